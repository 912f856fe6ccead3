"""Many submissions at a time, on this machine or on many: one function, and what it makes of each task."""

import atexit
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import cache
from itertools import islice
from typing import Any

from mathml.grader.pool import Graders, Walls

__all__ = ["grade_all", "grade_here"]

Task = dict[str, Any]
Submit = Callable[[Task], "Future[dict[str, Any]]"]


def grade_all(
    tasks: Iterable[Task],
    walls: Walls = Walls(),  # noqa: B008 (it cannot be changed)
    workers: int | None = None,
    dask: str | None = None,
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Grade all, and yield each task's number and what came of it, in the order in which they are done.

    Tasks are taken as they are needed, so that no more of them are held than are being graded.

    Parameters
    ----------
    workers : how many at a time on this machine; None for one on each processor
    dask : instead, the address of a Dask scheduler, whose workers grade

    Raises
    ------
    Unsandboxed
        If the students' sides must be walled in, and the system does not allow it.
    OSError
        If the scheduler does not answer.
    """
    if dask is not None:
        yield from _by_dask(tasks, walls, dask)
        return
    workers = workers or os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as executor:
        yield from _fan_out(tasks, lambda task: executor.submit(grade_here, walls, task), lambda: workers)


def _by_dask(tasks: Iterable[Task], walls: Walls, address: str) -> Iterator[tuple[int, dict[str, Any]]]:
    from distributed import Client

    with Client(address, timeout="10s", set_as_default=False) as client:  # type: ignore[no-untyped-call]
        executor = client.get_executor(pure=False, retries=5)  # for a worker that dies; another takes over

        def threads() -> int:
            return sum(client.nthreads().values()) or 1

        yield from _fan_out(tasks, lambda task: executor.submit(grade_here, walls, task), threads)


def _fan_out(tasks: Iterable[Task], submit: Submit, places: Callable[[], int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Keep all places busy, with one task more for each, so that none waits."""
    numbered, waiting = enumerate(tasks), dict["Future[dict[str, Any]]", int]()
    try:
        while True:
            for number, task in islice(numbered, max(2 * places() - len(waiting), 0)):
                waiting[submit(task)] = number
            if not waiting:
                return
            for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(done), done.result()
    finally:
        for left in waiting:
            left.cancel()


@cache
def _kept(walls: Walls) -> Graders:
    """This process's own, for as long as it lives."""
    graders = Graders(walls)
    atexit.register(graders.close)
    return graders


def grade_here(walls: Walls, task: Task) -> dict[str, Any]:
    """Grade a submission. The warm process that does it is kept, and ends with this one."""
    return _kept(walls).grade(task)
