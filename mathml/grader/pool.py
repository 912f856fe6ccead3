"""Warm processes that grade one submission after the other, begun from here and ended from here."""

import os
import queue
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from types import TracebackType
from typing import Any

from mathml.grader.link import Channel, Gone
from mathml.grader.wire import pack, unpack

__all__ = ["Grader", "Unsandboxed", "grade_all"]

_STARTING = 120.0  # seconds to import everything in


class Unsandboxed(RuntimeError):  # noqa: N818
    """This system cannot keep the students' code apart; the message says why."""


class Grader:
    """A warm process, which grades one submission after the other.

    Parameters
    ----------
    sandbox : whether a student's side must be walled in
    most : seconds after which a submission is given up, whatever it does

    Raises
    ------
    Unsandboxed
        If it must be walled in, and the system does not allow it.
    """

    def __init__(self, sandbox: bool = True, most: float = 600.0) -> None:
        self.sandbox, self.most = sandbox, most
        self._start()

    def _start(self) -> None:
        mine, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "mathml.grader.warm", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                [*command, *([] if self.sandbox else ["--open"])],
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
        """Grade a submission: plain data in, plain data out."""
        self._channel.send(pack(task))
        try:
            found: dict[str, Any] = unpack(self._channel.receive(time.monotonic() + self.most))
        except Gone as gone:
            self.close()
            self._start()
            return {"refused": f"it was given up: {gone}", "steps": [], "notes": []}
        return found

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
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH")}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


def grade_all(
    tasks: Iterable[dict[str, Any]], workers: int | None = None, sandbox: bool = True
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Grade by several warm processes at a time: each task's number and what came of it, in the order they are done.

    workers : how many; None for one on each processor

    Raises
    ------
    Unsandboxed
        If the students' sides must be walled in, and the system does not allow it.
    """
    tasks = list(tasks)
    workers = max(1, min(workers or os.cpu_count() or 1, len(tasks)))
    idle = queue.SimpleQueue[Grader]()

    def grade(task: dict[str, Any]) -> dict[str, Any]:
        grader = idle.get()
        try:
            return grader.grade(task)
        finally:
            idle.put(grader)

    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(workers))
        for starting in [pool.submit(Grader, sandbox) for _ in range(workers)]:
            idle.put(stack.enter_context(starting.result()))
        waiting = {pool.submit(grade, task): number for number, task in enumerate(tasks)}
        for done in as_completed(waiting):
            yield waiting[done], done.result()
