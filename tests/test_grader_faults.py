"""Whatever goes wrong while a class is graded: the marks at the end are those of a run that nothing disturbed."""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import postgres
from tests.conftest import IN_CI
from tests.small_course import NAME, RIGHT, WRONG, grade, gradebook, hand_in, make, marks

pytestmark = pytest.mark.usefixtures("walls")
COMMAND = [str(Path(sys.executable).parent / "mathml"), "grade", NAME, "--workers", "2"]
BUSY = "sum(range(10**6))\n\n\n"  # so that there is something to disturb
SLOW = "import time\n\ntime.sleep(0.5)\n\n\n"
ANSWERS = [RIGHT, WRONG, "", "def mean(x):\n    return 3", "def mean(x)", "import os\n\nos._exit(0)", "1 / 0"]
CLASS = {f"s{number:02}": BUSY + ANSWERS[number % len(ANSWERS)] for number in range(14)}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A class that is not graded yet, and what it gets, and how long that takes."""
    course = make(tmp_path_factory.mktemp("undisturbed"))
    for student, source in CLASS.items():
        hand_in(course, student, source)
    graded = shutil.copytree(course, course.parent / "graded")
    began = time.monotonic()
    subprocess.run(COMMAND, cwd=graded, check=False, capture_output=True)
    took = time.monotonic() - began
    assert sorted(set(marks(graded).values())) == [0, 3, 10]
    return course, marks(graded), took


@pytest.fixture
def course(undisturbed, tmp_path):
    return shutil.copytree(undisturbed[0], tmp_path / "course")


def rows(course):
    """How many submissions, scores and comments there are in the gradebook."""
    with gradebook(course) as book:
        handed_in = book.assignment_submissions(NAME)
        books = [one for submission in handed_in for one in submission.notebooks]
        return len(handed_in), sum(len(one.grades) for one in books), sum(len(one.comments) for one in books)


def begin(course, folder, *options):
    """The command; its processes can be told by their folder for what is temporary."""
    return subprocess.Popen(
        [*COMMAND, *options],
        cwd=course,
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def workers(folder):
    """The processes that came of the command: the warm one, lanes, judges, students."""
    mark, found = f"TMPDIR={folder}".encode(), []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"mathml.grader.warm" in (path / "cmdline").read_bytes() and mark in (path / "environ").read_bytes():
                found.append(int(path.name))
    return found


def comes_true(condition):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


# --- processes that are killed --------------------------------------------------------------------


def test_the_command_is_killed_at_twenty_moments(undisturbed, course, tmp_path):
    _, expected, took = undisturbed
    moments = random.Random(20)
    for _ in range(20):
        process = begin(course, tmp_path, "--force")
        time.sleep(moments.uniform(0.3, 1.0) * took)
        process.kill()
        process.communicate()
    assert comes_true(lambda: not workers(tmp_path))
    assert grade(course) == 1  # a student's side that ended is worth a look
    assert marks(course) == expected
    assert rows(course) == (14, 42, 14)
    assert not list(course.rglob("*.part"))
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


def test_its_processes_are_killed_again_and_again(undisturbed, course, tmp_path):
    _, expected, _ = undisturbed
    for student, source in CLASS.items():
        hand_in(course, student, SLOW + source)
    process, chance, killed = begin(course, tmp_path), random.Random(7), 0
    while process.poll() is None and killed < 20:
        time.sleep(1)
        if len(there := workers(tmp_path)) > 4:  # it does not only start
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(there), signal.SIGKILL)
                killed += 1
    _, said = process.communicate()
    assert killed > 1
    assert process.returncode in (0, 1), said
    assert grade(course) == 1
    assert marks(course) == expected
    assert rows(course) == (14, 42, 14)


# --- a disk that is full --------------------------------------------------------------------------


def test_a_full_disk_is_said_and_the_next_run_goes_on(undisturbed, tmp_path):
    source, expected, _ = undisturbed
    disk = tmp_path / "disk"
    disk.mkdir()
    script = f"""
        mount -t tmpfs -o size=2m none {disk} && cp -r {source} {disk}/course && cd {disk}/course || exit 9
        dd if=/dev/zero of={disk}/ballast bs=1k 2>/dev/null
        truncate -s -40k {disk}/ballast
        {" ".join(COMMAND)}
        echo "first: $?"
        rm {disk}/ballast
        {" ".join(COMMAND)} > /dev/null
        echo "second: $?"
        cp -r {disk}/course {tmp_path}/course
    """
    rights = ["-m"] if os.geteuid() == 0 else ["-rm"]
    done = subprocess.run(["unshare", *rights, "sh", "-c", script], capture_output=True, text=True)
    assert "first: 2" in done.stdout, done.stderr
    assert "second: 1" in done.stdout, done.stderr
    assert "mathml: " in done.stderr
    assert "No space left on device" in done.stderr or "full" in done.stderr
    assert "Traceback" not in done.stderr
    assert marks(tmp_path / "course") == expected


# --- a database that goes away --------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pg")
    with postgres.serve(folder) as server:
        if server is None:
            (pytest.fail if IN_CI else pytest.skip)(postgres.NONE)
        yield server


@pytest.fixture
def on_postgres(server, undisturbed, tmp_path):
    course = make(tmp_path, db_url=server.url(f"course_{time.monotonic_ns()}"))
    for student, source in CLASS.items():
        hand_in(course, student, SLOW + source)
    return course


def test_postgresql_keeps_the_same_marks(undisturbed, on_postgres, capsys):
    _, expected, _ = undisturbed
    assert grade(on_postgres) == 1
    assert marks(on_postgres) == expected
    assert grade(on_postgres) == 1
    assert "0 graded, 14 as before" in capsys.readouterr().out
    assert rows(on_postgres) == (14, 42, 14)
    assert not (on_postgres / "gradebook.db").exists()


def test_a_server_that_goes_away_is_waited_for(undisturbed, on_postgres, server, tmp_path):
    _, expected, _ = undisturbed
    process = begin(on_postgres, tmp_path)
    assert comes_true(lambda: list(on_postgres.glob("autograded/*/*/*.ipynb")))
    server.stop()
    time.sleep(2)
    server.start()
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1, said
    assert "the gradebook does not answer" in said
    assert marks(on_postgres) == expected
    assert rows(on_postgres) == (14, 42, 14)


def test_a_gradebook_that_is_locked_is_waited_for(undisturbed, course, tmp_path):
    _, expected, _ = undisturbed
    lock = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    process = begin(course, tmp_path)
    assert comes_true(lambda: list(course.glob("autograded/*/*/*.ipynb")))
    lock.execute("BEGIN EXCLUSIVE")
    time.sleep(7)  # SQLite itself waits for five seconds
    lock.rollback()
    lock.close()
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1, said
    assert marks(course) == expected


# --- workers elsewhere ----------------------------------------------------------------------------


def test_dask_grades_the_same_and_a_worker_that_dies_is_replaced(undisturbed, course, tmp_path):
    from distributed import LocalCluster

    _, expected, _ = undisturbed
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        process = begin(course, tmp_path, "--dask", cluster.scheduler_address)
        assert comes_true(lambda: list(course.glob("autograded/*/*/*.ipynb")))
        os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
        _, said = process.communicate(timeout=120)
        assert process.returncode == 1, said
    assert marks(course) == expected
    assert rows(course) == (14, 42, 14)


def test_a_scheduler_that_is_not_there_is_said(course, capsys):
    assert grade(course, "--dask", "tcp://127.0.0.1:9") == 2
    assert "127.0.0.1:9" in capsys.readouterr().err
