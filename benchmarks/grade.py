"""How fast a class is graded, beside `nbgrader autograde`: wall clock and processor, on one machine, taking turns.

    make bench-grade                          the whole table (a quarter of an hour); fails if a target is missed
    python -m benchmarks.grade --students 20  a part of it
    python -m benchmarks.grade --thousand     a thousand submissions: memory, descriptors and processes

The class is made of the corpus of `vectors`. Its everyday exercises take about 0.2 s a submission; the two that work
through all scanned digits are reported apart. The limit is what the same cells take in a warm interpreter, with neither
shell nor walls nor records. Processor time is the machine's, so nothing else should run.
"""

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import nbformat

from mathml.course.cells import grade_id, is_solution
from mathml.grader.courses import Course
from mathml.grader.demo import make_class
from mathml.grader.rebuild import rebuild, submitted_cells

ROOT = Path(__file__).resolve().parent.parent
NAME = "vectors"
LONG = ("redundant_columns", "name_digits")  # each works through all scanned digits
TURNS = 5
TARGET, MOST = 12.0, 2.0  # times stock's throughput; times the limit's processor time
COMMANDS = Path(sys.executable).parent
ENVIRONMENT = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PATH": os.pathsep.join([str(COMMANDS), os.environ["PATH"]])}


class Cost(NamedTuple):
    """Seconds, of the clock and of the processor."""

    wall: float
    cpu: float


# --- the class ------------------------------------------------------------------------------------


def a_class(folder: Path, students: int, chosen: set[str]) -> Path:
    """A course whose assignment has the chosen exercises only, and what a class has handed in."""
    origin, course = folder / "origin", folder / "course"
    shutil.copytree(ROOT / "source" / NAME, origin / "source" / NAME)
    shutil.copytree(ROOT / "tests" / "corpus" / NAME, origin / "tests" / "corpus" / NAME)
    shutil.copy(ROOT / "nbgrader_config.py", origin)
    path = origin / "source" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if is_asked(cell, chosen)]
    nbformat.write(notebook, path)
    for answers in (origin / "tests" / "corpus" / NAME).glob("*.py"):
        if answers.stem not in chosen:
            answers.unlink()
    make_class(origin, course, NAME, students, odd=False)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as settings:
        settings.write('\ndel c["Autograde"]  # nbgrader grades in its own way\n')
    return course


def is_asked(cell: Any, chosen: set[str]) -> bool:
    exercise = grade_id(cell).partition("-")[0]
    return exercise in chosen or not (is_solution(cell) or "-" in grade_id(cell))


def exercises() -> set[str]:
    return {path.stem for path in (ROOT / "tests" / "corpus" / NAME).glob("*.py")}


# --- measuring ------------------------------------------------------------------------------------


@contextlib.contextmanager
def measured(costs: list[Cost]) -> Iterator[None]:
    wall, cpu = time.perf_counter(), machine_cpu()
    yield
    costs.append(Cost(time.perf_counter() - wall, machine_cpu() - cpu))


def machine_cpu() -> float:
    """Seconds that all processors of the machine have worked."""
    _, user, nice, system, *_ = Path("/proc/stat").read_text().split(maxsplit=5)
    return (int(user) + int(nice) + int(system)) / os.sysconf("SC_CLK_TCK")


def run(course: Path, *command: str) -> None:
    done = subprocess.run(
        [str(COMMANDS / command[0]), *command[1:]], cwd=course, env=ENVIRONMENT, capture_output=True, text=True
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")


def ours(course: Path, *options: str) -> Cost:
    costs: list[Cost] = []
    with measured(costs):
        run(course, "mathml", "grade", NAME, "--force", *options)
    return costs[0]


def stocks(course: Path, students: list[str]) -> Cost:
    """`nbgrader autograde` for some of the class: it takes a pattern of names."""
    costs: list[Cost] = []
    aside = course / "aside"
    aside.mkdir()
    for folder in (course / "submitted").iterdir():
        if folder.name not in students:
            folder.rename(aside / folder.name)
    try:
        with measured(costs):
            run(course, "nbgrader", "autograde", NAME, "--force")
    finally:
        for folder in aside.iterdir():
            folder.rename(course / "submitted" / folder.name)
        aside.rmdir()
    return costs[0]


def limit(course: Path) -> float:
    """Processor seconds a submission that the cells themselves take, in a warm interpreter."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.grade", "--limit-of", str(course)],
        cwd=ROOT,
        env=ENVIRONMENT,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout.split()[-1])


def run_bare(course: Path) -> None:
    """Print the processor's seconds a submission of running all cells, tests too, one after the other."""
    from mathml.check import scratch

    assignment, total = Course(course).assignment(NAME), 0.0
    submissions = Course(course).submissions(NAME)
    names, cells = list[str](), list[str]()
    scratch.notebook = lambda function: (names, cells)
    for counted in (False, True):  # once to warm up
        for submission in submissions[: None if counted else 3]:
            steps, _ = rebuild(assignment.cells, submitted_cells(submission.read()))
            namespace: dict[str, Any] = {"__name__": "__main__"}
            cells[:] = [step.source for step in steps if step.kind == "code" and step.role != "test"]
            began = time.process_time()
            for step in steps:
                if step.kind == "code":
                    names[:] = [step.grade_id.partition("-")[0]]
                    with contextlib.suppress(Exception):
                        exec(compile(step.source, "<cell>", "exec"), namespace)
            total += counted * (time.process_time() - began)
    print(total / len(submissions))


# --- the table ------------------------------------------------------------------------------------


def compare(title: str, students: int, chosen: set[str], turns: int) -> list[str]:
    """Print the costs of a class, and say which targets are missed."""
    with tempfile.TemporaryDirectory() as folder:
        course = a_class(Path(folder), students, chosen)
        names = sorted(path.name for path in (course / "submitted").iterdir())
        mine, theirs, bare = list[Cost](), list[Cost](), list[float]()
        for turn in range(turns):
            theirs.append(stocks(course, names[turn::turns]))
            mine.append(ours(course))
            bare.append(limit(course))
        stock = Cost(sum(cost.wall for cost in theirs) / students, sum(cost.cpu for cost in theirs) / students)
        print(f"\n{title}: {students} submissions, seconds a submission\n")
        print(f"{'':44}{'wall':>8}{'cpu':>8}{'×':>8}")
        row("nbgrader autograde", stock, stock)
        whole = Cost(*(statistics.median(values) / students for values in zip(*mine, strict=True)))
        row(f"mathml grade, {os.cpu_count()} workers", whole, stock)
        for label, options in [
            ("… 1 worker", ["--workers", "1"]),
            (f"… {os.cpu_count()} workers, without the sandbox", ["--allow-unsandboxed"]),
        ]:
            row(label, each(ours(course, *options), students), stock)
        with dask() as address:
            row("… over Dask, 2 workers", each(ours(course, "--dask", address), students), stock)
        own = statistics.median(bare)
        print(f"{'the cells themselves, in a warm interpreter':44}{'':8}{own:8.3f}")
        faster, dearer = stock.wall / whole.wall, whole.cpu / own
        print(f"\n{faster:.1f} times nbgrader's throughput; {dearer:.2f} times the limit's processor time")
        missed = [f"{title}: {faster:.1f} times as fast, and not {TARGET:g}"] if faster < TARGET else []
        return [*missed, *([f"{title}: {dearer:.2f} times the limit, and not {MOST:g}"] if dearer > MOST else [])]


def row(label: str, cost: Cost, stock: Cost) -> None:
    print(f"{label:44}{cost.wall:8.3f}{cost.cpu:8.3f}{stock.wall / cost.wall:8.1f}", flush=True)


def each(cost: Cost, students: int) -> Cost:
    return Cost(cost.wall / students, cost.cpu / students)


@contextlib.contextmanager
def dask() -> Iterator[str]:
    """A scheduler and two workers, which are processes of this machine."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


# --- a thousand -----------------------------------------------------------------------------------


def many(students: int) -> list[str]:
    """Grade a large class, and look at what the command and its processes hold in the meantime."""
    with tempfile.TemporaryDirectory() as folder:
        course = a_class(Path(folder), students, exercises() - set(LONG))
        before = processes()
        began = time.perf_counter()
        command = [str(COMMANDS / "mathml"), "grade", NAME, "--json"]
        seen: list[tuple[float, int, int]] = []
        with open(Path(folder) / "out.json", "w", encoding="utf-8") as out:
            process = subprocess.Popen(command, cwd=course, env=ENVIRONMENT, stdout=out)
            while process.poll() is None:
                time.sleep(1)
                with contextlib.suppress(OSError, ValueError):
                    seen.append(held(process.pid, before))
        took = time.perf_counter() - began
        time.sleep(1)
        graded = json.loads((Path(folder) / "out.json").read_text())
        early, late = seen[len(seen) // 4], seen[-2]
        print(f"{len(graded)} submissions in {took:.0f} s: {len(graded) / took:.1f} a second")
        print(f"{'':24}{'at a quarter':>14}{'at the end':>14}")
        for label, was, now in zip(("memory, MB", "descriptors", "processes"), early, late, strict=True):
            print(f"{label:24}{was:14.0f}{now:14.0f}")
        left = processes() - before
        print(f"{len(left)} processes left")
        faults = [f"memory grew from {early[0]:.0f} to {late[0]:.0f} MB"] if late[0] > 1.1 * early[0] + 10 else []
        faults += [f"descriptors grew from {early[1]} to {late[1]}"] if late[1] > early[1] + 4 else []
        return [*faults, *([f"{len(left)} processes are left"] if left else [])]


def held(command: int, before: set[int]) -> tuple[float, int, int]:
    """MB and descriptors of the command and of the processes that stay, and how many processes there are."""
    mine = processes() - before
    longest = sorted(mine)[:4]  # the command, the warm process and its lanes
    memory = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in {command, *longest})
    descriptors = sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in {command, *longest})
    return memory * os.sysconf("SC_PAGE_SIZE") / 1e6, descriptors, len(mine)


def processes() -> set[int]:
    """Of this machine, but for those that have ended."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if status.read_text().rpartition(")")[2].split()[0] != "Z":
                found.add(int(status.parent.name))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grade", description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--thousand", action="store_true", help="only a thousand submissions in one run")
    parser.add_argument("--limit-of", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.limit_of:
        run_bare(options.limit_of)
        return 0
    if options.thousand:
        missed = many(1000)
    else:
        missed = compare("everyday exercises", options.students, exercises() - set(LONG), options.turns)
        compare("all scanned digits", max(options.students // 5, 2), set(LONG), 2)  # what takes long, for comparison
    print(*(["", "missed:", *missed] if missed else []), sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
