"""Grade one submission: by a warm process, of which there are as many as are asked at the same time."""

import os
import queue
import socket
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Any, NamedTuple

from mathml.grader.link import Channel, Gone, TooSlow
from mathml.grader.session import refusal
from mathml.grader.wire import pack, unpack

__all__ = ["Grader", "Graders", "Unsandboxed", "Walls"]

_STARTING = 120.0  # seconds to import everything in
_TRIES = 2


class Unsandboxed(RuntimeError):  # noqa: N818
    """This system cannot keep the students' code apart; the message says why."""


class Walls(NamedTuple):
    """What keeps a student's code apart.

    sandbox : whether it must be walled in
    memory : bytes that it may use
    """

    sandbox: bool = True
    memory: int = 2**30


class Grader:
    """A warm process, which grades one submission after the other.

    Parameters
    ----------
    walls : around each student's side
    most : seconds after which a submission is given up, whatever it does

    Raises
    ------
    Unsandboxed
        If the students' sides must be walled in, and the system does not allow it.
    """

    def __init__(self, walls: Walls = Walls(), most: float = 600.0) -> None:  # noqa: B008 (it cannot be changed)
        self.walls, self.most = walls, most
        self._start()

    def _start(self) -> None:
        mine, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "mathml.grader.warm", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                [*command, "--memory", str(self.walls.memory), *([] if self.walls.sandbox else ["--open"])],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )
        self._channel = Channel(mine)
        try:
            words = self._channel.receive(time.monotonic() + _STARTING)
        except Gone as gone:
            self.close()
            raise RuntimeError(f"the process that grades did not start: {gone}") from None
        if words != b"ready":
            self.close()
            raise Unsandboxed(words.decode())

    def grade(self, task: dict[str, Any]) -> dict[str, Any]:
        """Grade a submission: plain data in, plain data out.

        A process that was lost may have been lost for another's fault: what it was busy with is graded once more, and
        counts as it is then.
        """
        for _ in range(_TRIES):
            graded = self._grade(task)
            if not graded["lost"]:
                break
        return graded

    def _grade(self, task: dict[str, Any]) -> dict[str, Any]:
        try:
            self._channel.send(pack(task))
            graded: dict[str, Any] = unpack(self._channel.receive(time.monotonic() + self.most))
        except Gone as gone:
            graded = refusal(f"it was given up: {gone}", lost=not isinstance(gone, TooSlow))
        if graded["refused"] and graded["lost"]:
            self.close()
            self._start()
        return graded

    def close(self) -> None:
        """End the process, and all that came of it."""
        self._channel.socket.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, 9)
            self._process.wait()

    def __enter__(self) -> "Grader":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()


def _environment() -> dict[str, str]:
    known = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR")
    kept = {name: value for name, value in os.environ.items() if name in known}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


class Graders:
    """Warm processes for several threads: each is begun when it is first needed, and kept."""

    def __init__(self, walls: Walls) -> None:
        self.walls = walls
        self._idle = queue.SimpleQueue[Grader]()
        self._all: list[Grader] = []
        self._lock = threading.Lock()

    def grade(self, task: dict[str, Any]) -> dict[str, Any]:
        """Grade a submission by a process that is idle.

        Raises
        ------
        Unsandboxed
            If the students' sides must be walled in, and the system does not allow it.
        """
        try:
            grader = self._idle.get_nowait()
        except queue.Empty:
            grader = Grader(self.walls)
            with self._lock:
                self._all.append(grader)
        try:
            return grader.grade(task)
        finally:
            self._idle.put(grader)

    def close(self) -> None:
        for grader in self._all:
            grader.close()

    def __enter__(self) -> "Graders":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()
