"""Grade one submission: in one of several lanes, which a warm process forks as they are needed."""

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
from mathml.grader.signals import LANE, READY
from mathml.grader.wire import pack, unpack

__all__ = ["Graders", "Unsandboxed", "Walls"]

_STARTING = 120.0  # seconds to import everything in
_TRIES = 3  # of a submission
_STARTS = 5  # of the warm process


class Unsandboxed(RuntimeError):  # noqa: N818
    """This system cannot keep the students' code apart; the message says why."""


class Walls(NamedTuple):
    """What keeps a student's code apart.

    sandbox : whether it must be walled in
    memory : bytes that it may use
    """

    sandbox: bool = True
    memory: int = 2**30


class Graders:
    """A warm process, and its lanes: in each, one submission is graded after the other.

    Each thread that asks gets a lane of its own. All are begun when they are first needed, and kept.

    Parameters
    ----------
    walls : around each student's side
    most : seconds after which a submission is given up, whatever it does
    """

    def __init__(self, walls: Walls = Walls(), most: float = 600.0) -> None:  # noqa: B008 (it cannot be changed)
        self.walls, self.most = walls, most
        self._idle = queue.SimpleQueue[Channel]()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket

    def grade(self, task: dict[str, Any]) -> dict[str, Any]:
        """Grade a submission: plain data in, plain data out.

        What was lost may have been lost for another's fault: it is graded again, and counts as it is at the third time.

        Raises
        ------
        Unsandboxed
            If the students' sides must be walled in, and the system does not allow it.
        """
        for _ in range(_TRIES):
            graded = self._grade(task)
            if not graded["lost"]:
                break
        return graded

    def _grade(self, task: dict[str, Any]) -> dict[str, Any]:
        lane = self._lane()
        try:
            lane.send(pack(task))
            graded: dict[str, Any] = unpack(lane.receive(time.monotonic() + self.most))
        except Gone as gone:
            graded = refusal(f"it was given up: {gone}", lost=not isinstance(gone, TooSlow))
        if graded["refused"] and (graded["lost"] or graded["refused"].startswith("it was given up")):
            lane.socket.close()
        else:
            self._idle.put(lane)
        return graded

    # --- lanes --------------------------------------------------------------------------------

    def _lane(self) -> Channel:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            pass
        with self._lock:
            for _ in range(_STARTS):
                try:
                    return self._begun()
                except (OSError, Gone) as error:  # the warm process is gone
                    why = error
                    self._end()
        raise RuntimeError(f"the process that grades did not start: {why}")

    def _begun(self) -> Channel:
        if self._process is None:
            self._start()
        mine, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [LANE], [theirs.fileno()])
        lane = Channel(mine)
        words = lane.receive(time.monotonic() + _STARTING).decode()
        if words != READY:
            mine.close()
            raise Unsandboxed(words)
        return lane

    def _start(self) -> None:
        if not hasattr(os, "fork"):
            raise RuntimeError("this system cannot fork a process, which grading needs: use Linux, macOS or WSL")
        self._control, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "mathml.grader.warm", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                [*command, "--memory", str(self.walls.memory), *([] if self.walls.sandbox else ["--open"])],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )

    def _end(self) -> None:
        if self._process is None:
            return
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, 9)
            self._process.wait()
        self._process = None

    def close(self) -> None:
        """End the process, and all that came of it."""
        while not self._idle.empty():
            self._idle.get().socket.close()
        self._end()

    def __enter__(self) -> "Graders":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()


def _environment() -> dict[str, str]:
    known = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR")
    kept = {name: value for name, value in os.environ.items() if name in known}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
