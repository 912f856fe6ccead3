"""A process that has imported everything once, and forks for each submission: a judge, and a student's side.

    python -P -m mathml.grader.warm FD [--memory BYTES] [--open]

It is begun anew, with one thread, by `mathml.grader.pool`. For each socket that comes over the socket FD it forks a
lane, which takes tasks from that and answers each. A lane's first fork, before any task, becomes the one that its
students' sides are forked from: it never sees a test.
"""

import argparse
import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mathml.grader.link import Channel, Gone
from mathml.grader.outputs import Kept
from mathml.grader.rebuild import Refused, rebuild, submitted_cells
from mathml.grader.sandbox import (
    Limits,
    Unavailable,
    confine,
    fork_apart,
    keep_only,
    restrict,
    system_calls,
    wall_in,
)
from mathml.grader.session import Session, refusal
from mathml.grader.signals import BEGIN, END, READY
from mathml.grader.wire import pack, unpack

__all__ = ["main"]

_WARM = (  # what lessons and assignments import
    *("numpy", "matplotlib.pyplot", "sklearn.datasets", "mathml.check", "mathml.figures", "mathml.live"),
    *("mathml.algorithms", "mathml.attention", "mathml.autodiff", "mathml.optimization", "mathml.statistics"),
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


def _nursery(requests: socket.socket, shell: Any, limits: Limits, apart: bool) -> None:
    """Make a student's side for each socket that comes; the one before it ends."""
    from mathml.grader.student import serve

    user, before = _USERS + os.getpid() % _USERS, 0
    if apart:
        import mathml

        try:
            calls = system_calls()
            wall_in([Path(mathml.__file__).parent])
            _, status = os.waitpid(fork_apart(lambda: confine(limits, user, calls)), 0)
            if status:
                raise Unavailable("a child that was to give up its rights could not")
        except OSError as error:
            requests.sendall(f"this system cannot wall a process in ({error})".encode())
            return
    requests.sendall(READY.encode())
    while True:
        message, handed, _, _ = socket.recv_fds(requests, 1, 1)
        if before:
            _end(before)
            before = 0
        if not message:
            return
        if message == BEGIN:
            ends = socket.socket(fileno=handed[0])

            def work(ends: socket.socket = ends) -> None:
                keep_only(ends.fileno())
                if apart:
                    confine(limits, user, calls)
                else:
                    _restrict(limits)
                serve(ends, shell)

            before = fork_apart(work) if apart else _fork(work)
            ends.close()


def _restrict(limits: Limits) -> None:
    """Where there are no walls: the limits that there are."""
    with contextlib.suppress(ValueError, OSError):
        restrict(limits)


def _fork(work: Callable[[], None]) -> int:
    """Without walls: a process of its own, and the group of those that it begins."""
    child = os.fork()
    if child == 0:
        try:
            os.setpgid(0, 0)
            work()
        finally:
            os._exit(0)
    with contextlib.suppress(OSError):  # one of the two is the first to do it
        os.setpgid(child, child)
    return child


def _end(child: int) -> None:
    """With it goes what it began."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)


# --- the judges -----------------------------------------------------------------------------------


def _judge(task: dict[str, Any], requests: socket.socket) -> dict[str, Any]:
    """Grade one submission."""

    def begin() -> socket.socket:
        mine, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(requests, [BEGIN], [theirs.fileno()])
        return mine

    try:
        steps, notes = rebuild(task["instructors"], submitted_cells(task["notebook"]))
    except Refused as why:
        return refusal(str(why))
    session = Session(begin, task["seconds"])
    with contextlib.redirect_stdout(Kept(0)), contextlib.redirect_stderr(Kept(0)):  # it is nobody's terminal
        graded = session.grade(steps)
    done = [{**one._asdict(), "step": one.step._asdict()} for one in graded]
    return {"refused": "", "lost": session.lost, "steps": done, "notes": [*notes, *session.notes]}


def _judge_apart(task: dict[str, Any], requests: socket.socket, tasks: Channel, limits: Limits) -> bool:
    """In a process of its own, so that each submission is judged by one that knows of no other.

    False, if nobody waits for it any more.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _restrict(limits)  # what the student's side sends and lets it do takes memory and time here, too
            tasks.send(pack(_judge(task, requests)))
            code = 0
        finally:
            os._exit(code)
    wanted = _is_waited_for(child, tasks.socket)
    if not wanted:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    requests.sendall(END)
    if status and wanted:
        tasks.send(pack(refusal("its judge was lost", lost=True)))
    return wanted


def _is_waited_for(child: int, tasks: socket.socket) -> bool:
    """Wait until the child ends, or the other end of the socket is closed."""
    if not hasattr(os, "pidfd_open"):
        return True
    ended = os.pidfd_open(child)
    try:
        events, _, _ = select.select([ended, tasks.fileno()], [], [])
        # The next task may come before the child that has answered this one is seen to end.
        return ended in events or tasks.recv(1, socket.MSG_PEEK) != b""
    finally:
        os.close(ended)


def _lane(tasks: Channel, shell: Any, limits: Limits, apart: bool) -> None:
    """Grade what comes, one after the other."""
    mine, theirs = socket.socketpair()
    if os.fork() == 0:
        tasks.socket.close()
        mine.close()
        try:
            _nursery(theirs, shell, limits, apart)
        finally:
            os._exit(0)
    theirs.close()
    with contextlib.suppress(Gone):
        tasks.send(mine.recv(1000))
        while _judge_apart(unpack(tasks.receive()), mine, tasks, limits):
            pass


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m mathml.grader.warm", description=__doc__)
    parser.add_argument("socket", type=int)
    parser.add_argument("--memory", type=int, default=Limits.memory, help="bytes that a submission may use")
    parser.add_argument("--open", action="store_true", help="without walls around the students' sides")
    options = parser.parse_args()
    control = socket.socket(fileno=options.socket)
    shell = _warm_up()
    gc.freeze()  # what is there now is not looked through again, and so stays shared
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # lanes that end are not waited for
    while True:
        message, handed, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return 0
        tasks = socket.socket(fileno=handed[0])
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                _lane(Channel(tasks), shell, Limits(options.memory), not options.open)
            finally:
                os._exit(0)
        tasks.close()


if __name__ == "__main__":
    sys.exit(main())
