"""The student's side: a shell that runs the cells of one submission, and lends its functions to the judge."""

import io
import socket
import sys
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

from mathml.grader.link import Link
from mathml.grader.outputs import MOST, error, size, stream, too_much

__all__ = ["Shell", "serve"]

_SHELLS_OWN = {"In", "Out", "exit", "quit", "open", "get_ipython"}


class Shell(InteractiveShell):
    """IPython without a terminal: what a cell puts out is kept, in the form that notebooks have."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self.outputs: list[dict[str, Any]] = []
        self._room = MOST

    def init_history(self) -> None:
        """Keep nothing in a file."""
        self.config.HistoryManager.enabled = False
        super().init_history()  # type: ignore[no-untyped-call]

    def init_display_pub(self) -> None:
        self.display_pub = _Publisher(parent=self, shell=self)  # type: ignore[no-untyped-call]

    def init_displayhook(self) -> None:
        super().init_displayhook()  # type: ignore[no-untyped-call]
        self.displayhook = _Hook(parent=self, shell=self, cache_size=0)  # type: ignore[no-untyped-call]
        self.display_trap.hook = self.displayhook

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no window."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.put(error(etype.__name__, str(evalue), list(stb)))

    # --- cells --------------------------------------------------------------------------------

    def put(self, output: dict[str, Any]) -> None:
        """Keep an output of the cell, if there is still room."""
        if size(output) <= self._room:
            self._room -= size(output)
            self.outputs.append(output)
        elif self._room >= 0:
            self._room = -1
            self.outputs.append(too_much())

    def write(self, name: str, text: str) -> None:
        """What goes to stdout or stderr, joined to what went there just before."""
        room = max(self._room, 0)
        if self.outputs and self.outputs[-1].get("name") == name and len(text) <= room:
            self.outputs[-1]["text"] += text
            self._room -= len(text)
            return
        if room and len(text) > room:
            self.outputs.append(stream(name, text[:room]))
            self._room = 0
        self.put(stream(name, text))

    def run(self, source: str) -> dict[str, Any]:
        """Run a cell: its outputs, whether it went through, and the names that mean something else now."""
        before = dict(self.user_ns)
        self.outputs, self._room = [], MOST
        kept = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Writer(self, "stdout"), _Writer(self, "stderr")
        try:
            result = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        finally:
            sys.stdout, sys.stderr = kept
        names = [
            name
            for name, value in self.user_ns.items()
            if not name.startswith("_") and name not in _SHELLS_OWN and before.get(name, before) is not value
        ]
        return {"outputs": self.outputs, "ok": result.success, "names": names, "count": self.execution_count - 1}

    def look(self, name: str) -> Any:
        """What a name stands for."""
        if name not in self.user_ns:
            raise NameError(f"name {name!r} is not defined")
        return self.user_ns[name]


class _Publisher(DisplayPublisher):
    shell: Shell

    def publish(self, data: Any, metadata: Any = None, *_: Any, **more: Any) -> None:
        self.shell.put({"output_type": "display_data", "data": data, "metadata": metadata or {}})

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear()


class _Hook(DisplayHook):
    shell: Shell

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        result = {"output_type": "execute_result", "data": format_dict, "metadata": md_dict or {}}
        self.shell.put(result | {"execution_count": self.prompt_count})

    def finish_displayhook(self) -> None:
        pass


class _Writer(io.TextIOBase):
    def __init__(self, shell: Shell, name: str) -> None:
        self.shell, self.name = shell, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.shell.write(self.name, text)
        return len(text)


def serve(ends: socket.socket, shell: Shell) -> None:
    """Run cells and answer calls until the judge hangs up."""
    Link(ends, "student", {"run": shell.run, "look": shell.look}).serve()
