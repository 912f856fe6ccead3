"""A process that has imported everything once, and forks for each submission: a judge, and a student's side.

    python -P -m mathml.grader.warm FD [--open]

It is begun anew, with one thread, by `mathml.grader.pool`, takes tasks from the socket FD and answers each. Its first
fork, before any task, becomes the one that the students' sides are forked from: it never sees a test.
"""

import argparse
import contextlib
import importlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from mathml.grader.link import Channel, Gone
from mathml.grader.rebuild import Cell, Refused, rebuild, submitted_cells
from mathml.grader.sandbox import Limits, Unavailable, confine, fork_apart, system_calls, wall_in
from mathml.grader.session import Session
from mathml.grader.wire import pack, unpack

__all__ = ["main"]

_WARM = (  # what lessons and assignments import
    *("numpy", "matplotlib.pyplot", "sklearn.datasets", "mathml.algorithms", "mathml.attention", "mathml.autodiff"),
    *(
        "mathml.check",
        "mathml.figures",
        "mathml.live",
        "mathml.optimization",
        "mathml.probability",
        "mathml.statistics",
    ),
)
_USERS = 100_000  # from here on, for each nursery a user that is nobody else


# --- the students' sides --------------------------------------------------------------------------


def _warm_up() -> Any:
    """Import what submissions import, and make a shell; what is not used costs nothing after the fork."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    os.environ.pop("JPY_PARENT_PID", None)
    for module in _WARM:
        importlib.import_module(module)
    import matplotlib.pyplot as plt

    from mathml.grader.student import Shell

    shell = Shell.instance()
    shell.run("%matplotlib inline")
    plt.plot([0, 1])
    plt.close("all")
    shell.reset(new_session=True)  # type: ignore[no-untyped-call]
    return shell


def _nursery(requests: socket.socket, shell: Any, apart: bool) -> None:
    """Make a student's side for each socket that comes; the one before it ends."""
    from mathml.grader.student import serve

    limits, user, before = Limits(), _USERS + os.getpid() % _USERS, 0
    if apart:
        import mathml

        try:
            calls = system_calls()
            wall_in([Path(mathml.__file__).parent])
            _, status = os.waitpid(fork_apart(lambda: confine(limits, user, calls)), 0)
            if status:
                raise Unavailable("a child that was to give up its rights could not")
        except OSError as error:
            requests.send(f"this system cannot wall a process in ({error})".encode())
            return
    requests.send(b"ready")
    while True:
        message, handed, _, _ = socket.recv_fds(requests, 16, 1)
        if before:
            with contextlib.suppress(ProcessLookupError):
                os.kill(before, signal.SIGKILL)
            os.waitpid(before, 0)
            before = 0
        if not message:
            return
        if message == b"begin":
            ends = socket.socket(fileno=handed[0])

            def work(ends: socket.socket = ends) -> None:
                requests.close()
                if apart:
                    confine(limits, user, calls)
                serve(ends, shell)

            before = fork_apart(work) if apart else _fork(work)
            ends.close()


def _fork(work: Any) -> int:
    """Without walls: a process of its own, and no more."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


# --- the judges -----------------------------------------------------------------------------------


def _judge(task: dict[str, Any], requests: socket.socket) -> dict[str, Any]:
    """Grade one submission."""

    def begin() -> socket.socket:
        mine, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(requests, [b"begin"], [theirs.fileno()])
        return mine

    try:
        cells = submitted_cells(Path(task["path"])) if "path" in task else [Cell(*cell) for cell in task["cells"]]
    except Refused as why:
        return {"refused": str(why), "steps": [], "notes": []}
    steps, notes = rebuild(task["instructors"], cells)
    graded = Session(begin, task["seconds"]).grade(steps)
    return {"refused": "", "steps": [[list(g.step), g.outputs, g.score] for g in graded], "notes": notes}


def _judge_apart(task: dict[str, Any], requests: socket.socket, tasks: Channel) -> None:
    """In a process of its own, so that each submission is judged by one that knows of no other."""
    child = os.fork()
    if child == 0:
        try:
            tasks.send(pack(_judge(task, requests)))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    requests.send(b"end")
    if status:
        tasks.send(pack({"refused": "its judge was lost", "steps": [], "notes": []}))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m mathml.grader.warm", description=__doc__)
    parser.add_argument("socket", type=int)
    parser.add_argument("--open", action="store_true", help="without walls around the students' sides")
    options = parser.parse_args()
    tasks = Channel(socket.socket(fileno=options.socket))
    shell = _warm_up()
    mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork() == 0:
        tasks.socket.close()
        mine.close()
        try:
            _nursery(theirs, shell, not options.open)
        finally:
            os._exit(0)
    theirs.close()
    tasks.send(mine.recv(1000))
    while True:
        try:
            task = unpack(tasks.receive())
        except Gone:
            return 0
        _judge_apart(task, mine, tasks)


if __name__ == "__main__":
    sys.exit(main())
