"""The whole cycle of nbgrader, once, in a copy of the course, and what each of its steps left behind."""

import csv
import getpass
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.plugins import FileNameCollectorPlugin
from nbgrader.server_extensions.assignment_list.handlers import AssignmentList
from nbgrader.validator import Validator
from traitlets.config.loader import PyFileConfigLoader

from mathml.course.cells import grade_id, is_test
from tools import release
from tools.notebooks import read, text

ROOT = Path(__file__).resolve().parent.parent
CONFIG = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
ASSIGNMENTS = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())
IN_CLASS, FAR_AWAY = getpass.getuser(), "1234"

each_assignment = pytest.mark.parametrize("name", ASSIGNMENTS)

# Most of the time of a command is spent on importing nbgrader, so one process runs several.
DRIVER = """
import shlex, sys
from nbgrader.apps import NbGraderApp
for command in sys.argv[1:]:
    NbGraderApp.launch_instance(shlex.split(command))
    NbGraderApp.instance().reset()
"""


@pytest.fixture(scope="module")
def cycle(tmp_path_factory):
    """One student hands in the solution through the exchange, another the untouched release through Moodle."""
    course, home = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("home")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    shutil.copytree(ROOT / "source", course / "source", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    environment = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_DATA_DIR": str(home),  # where a student's nbgrader keeps copies of what was handed in
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),  # nbgrader calls alembic
    }

    def nbgrader(*commands):
        command = [sys.executable, "-c", DRIVER, *commands]
        done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    nbgrader(
        *(f"generate_assignment {name} --force" for name in ASSIGNMENTS),
        "release_assignment vectors",
        "fetch_assignment vectors",
    )
    work = course / "work" / "vectors" / "vectors.ipynb"
    work.write_text(text(solved(read(work), read(course / "source" / "vectors" / "vectors.ipynb"))))
    archive = course / "downloaded" / "vectors" / "archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "MML-Vectors-99.zip", "w") as all_submissions:
        notebook = course / "release" / "vectors" / "vectors.ipynb"
        all_submissions.write(notebook, f"Ada Lovelace_{FAR_AWAY}_assignsubmission_file_/vectors.ipynb")
    said = nbgrader(
        "submit vectors",
        "collect vectors",
        "zip_collect vectors",
        "autograde vectors",
        "generate_feedback vectors",
        "export --to grades.csv",
    )
    return SimpleNamespace(course=course, work=work, said=said.splitlines())


def solved(notebook, source):
    """The released notebook, with what the source has in its solution cells."""
    answers = {grade_id(cell): cell.source for cell in source.cells}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers[grade_id(cell)]
    return notebook


def points(notebook):
    return sum(cell.metadata.nbgrader.points for cell in notebook.cells if is_test(cell))


def validate(path):
    return Validator(config=CONFIG).validate(str(path))


# --- source and release ---------------------------------------------------------------------------


@each_assignment
def test_an_assignment_has_100_points(name):
    assert points(read(ROOT / "source" / name / f"{name}.ipynb")) == 100
    assert points(read(ROOT / "release" / name / f"{name}.ipynb")) == 100


@each_assignment
def test_a_statement_says_how_many_points_depend_on_hidden_checks(name):
    said, hidden = {}, {}
    for cell in read(ROOT / "source" / name / f"{name}.ipynb").cells:
        if cell.id.endswith("-statement"):
            exercise = cell.id.removesuffix("-statement")
            said[exercise] = int(re.search(r"\*\*Hidden:\*\* (?:all )?(\d+) points? depend", cell.source)[1])
            hidden[exercise] = 0
        elif is_test(cell) and "BEGIN HIDDEN TESTS" in cell.source:
            hidden[exercise] += cell.metadata.nbgrader.points
    assert said == hidden


def test_release_is_what_nbgrader_makes_of_source_byte_for_byte(cycle):
    assert release.differences(cycle.course / "release", ROOT / "release") == []


def test_make_release_makes_the_same_without_a_gradebook(tmp_path, capsys):
    assert release.main(["--check"]) == 0, capsys.readouterr().out
    assert not (ROOT / "release" / "gradebook.db").exists()


@each_assignment
def test_run_all_reaches_the_last_cell_of_an_untouched_release(name):
    path = ROOT / "release" / name / f"{name}.ipynb"
    notebook = read(path)
    notebook.cells.append(new_code_cell("print('the end')"))
    # Like "Run All", this stops at the first error in a cell that is not tagged `raises-exception`.
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    assert notebook.cells[-1].outputs[0].text == "the end\n"
    for cell in filter(is_test, notebook.cells):
        (error,) = (output for output in cell.outputs if output.output_type == "error")
        assert "not answered yet" in error.evalue.lower(), grade_id(cell)


# --- the cycle ------------------------------------------------------------------------------------


def test_the_solution_gets_full_marks_and_the_untouched_release_none(cycle):
    with (cycle.course / "grades.csv").open(newline="") as file:
        grades = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {student: float(row["score"]) for student, row in grades.items()} == {IN_CLASS: 100, FAR_AWAY: 0}
    assert {(row["assignment"], float(row["max_score"])) for row in grades.values()} == {("vectors", 100)}


def test_every_test_of_the_untouched_release_fails_with_hidden_tests_put_back(cycle):
    graded = read(cycle.course / "autograded" / FAR_AWAY / "vectors" / "vectors.ipynb")
    assert any("HIDDEN TESTS" in cell.source for cell in graded.cells)
    for cell in filter(is_test, graded.cells):
        assert "not answered yet" in str(cell.outputs).lower(), grade_id(cell)


def test_both_students_get_feedback_with_their_score(cycle):
    for student, score in {IN_CLASS: 100, FAR_AWAY: 0}.items():
        page = (cycle.course / "feedback" / student / "vectors" / "vectors.html").read_text()
        assert f"{score} of 100 points" in page


def test_autograde_warns_of_nothing_but_that_hidden_tests_were_put_back(cycle):
    said = [line for line in cycle.said if line.startswith("[AutogradeApp")]
    assert any("Autograding" in line for line in said)
    assert [line for line in said if "| INFO]" not in line and "'checksum'" not in line] == []


def test_validate_passes_the_solution(cycle):
    assert validate(cycle.work) == {}


@each_assignment
def test_validate_fails_every_test_of_an_untouched_release_for_it_is_not_answered_yet(name):
    path = ROOT / "release" / name / f"{name}.ipynb"
    failed = validate(path)["failed"]
    assert len(failed) == sum(map(is_test, read(path).cells))
    assert all("not answered yet" in cell["raw_error"].lower() for cell in failed)


def test_the_gradebook_and_the_exchange_lie_in_the_course(cycle):
    assert (cycle.course / "gradebook.db").is_file()
    assert (cycle.course / "exchange" / "mathml" / "outbound" / "vectors" / "vectors.ipynb").is_file()


def test_the_assignment_list_in_lab_shows_what_was_fetched(cycle, monkeypatch):
    """Lab reads the settings from within work/, and finds them by the variable that start.py sets."""
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(cycle.course))
    monkeypatch.chdir(cycle.course)
    lab = AssignmentList()
    lab.root_dir = str(cycle.course)
    (assignment,) = lab.list_released_assignments()["value"]
    assert (assignment["path"], assignment["status"]) == ("work/vectors", "fetched")


# --- the settings and the lint --------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Ada Lovelace_1234_assignsubmission_file_/vectors.ipynb",
        "Ada Lovelace_1234_assignsubmission_file_vectors.ipynb",
        "Ada Lovelace_1234_assignsubmission_file_\\vectors.ipynb",
        "lovelaceada_1234_56789_vectors.ipynb",
        "lovelaceada_LATE_1234_56789_vectors.ipynb",
        "lovelaceada_1234_56789_vectors-2.ipynb",
    ],
)
def test_zip_collect_reads_the_names_of_moodle_and_canvas(name):
    found = FileNameCollectorPlugin(config=CONFIG).collect(f"/course/downloaded/vectors/extracted/all_9_files/{name}")
    assert found == {"student_id": "1234", "file_id": "vectors"}


def test_zip_collect_skips_what_names_no_student():
    assert FileNameCollectorPlugin(config=CONFIG).collect("/course/extracted/vectors.ipynb") is None


def graded(source):
    nbgrader = {
        "grade": True,
        "solution": False,
        "locked": True,
        "grade_id": "f-test",
        "schema_version": 3,
        "points": 1,
    }
    return new_notebook(cells=[new_code_cell(source, metadata={"nbgrader": nbgrader})])


HIDDEN = (
    "check(f, 1, gives=2)\n### BEGIN HIDDEN TESTS\ncheck(f, 2, gives=3{})\n### END HIDDEN TESTS\ncheck(f, 3, gives=4{})"
)


@pytest.mark.parametrize(
    ("inside", "outside", "faults"),
    [
        (", hidden=True", "", []),
        ("", "", ["f-test, line 3: this check is hidden, and must say hidden=True"]),
        (", hidden=True", ", hidden=True", ["f-test, line 5: this check must not say hidden=True"]),
    ],
)
def test_hidden_checks_and_no_others_say_hidden(inside, outside, faults):
    assert release.source_faults(graded(HIDDEN.format(inside, outside))) == faults


def test_a_release_with_a_solution_a_hidden_test_or_an_output_is_refused():
    notebook = graded(HIDDEN.format("", ""))
    notebook.cells[0].outputs = [{"output_type": "stream", "name": "stdout", "text": "42"}]
    assert release.release_faults(notebook) == [
        "cell 0 still says BEGIN HIDDEN TESTS",
        "cell 0 still says END HIDDEN TESTS",
        "cell 0 has outputs",
    ]


def test_differences_name_every_file_that_is_not_the_same(tmp_path):
    for folder, files in {"made": {"a": "1", "b": "1"}, "committed": {"b": "2", "c": "1"}}.items():
        (tmp_path / folder).mkdir()
        for name, content in files.items():
            (tmp_path / folder / name).write_text(content)
    assert release.differences(tmp_path / "made", tmp_path / "committed") == ["a", "b", "c"]
