"""What students get: all that they need, nothing that is secret, and it works."""

import base64
import gzip
import io
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

from tools import student
from tools.leaks import leaks, secrets, squeeze
from tools.notebooks import read

ROOT = Path(__file__).resolve().parent.parent
SECRETS = secrets(ROOT)
ASSIGNMENTS = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())
SOURCE = read(ROOT / "source" / "vectors" / "vectors.ipynb")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("student")
    student.build(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def zipped(copy):
    return student.archive(copy)


# --- what is in it --------------------------------------------------------------------------------


def test_the_copy_holds_what_students_need_and_nothing_of_the_instructors(copy):
    assert sorted(path.name for path in copy.iterdir()) == [
        *(
            ".gitignore",
            "LICENSE",
            "README.md",
            "binder",
            "mathml",
            "nbgrader_config.py",
            "notebooks",
            "pyproject.toml",
        ),
        *("release", "start.py"),
    ]
    assert (copy / "release" / "vectors" / "vectors.ipynb").is_file()
    assert (copy / "notebooks" / "01_vectors.ipynb").is_file()


def test_the_zip_holds_the_same_files_and_what_may_be_run(copy, zipped):
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        files = {file.filename: archive.read(file) for file in archive.infolist()}
        modes = {file.filename: file.external_attr >> 16 for file in archive.infolist()}
    on_disk = {path.relative_to(copy).as_posix(): path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert files == {f"mathml-student/{name}": content for name, content in on_disk.items()}
    assert modes["mathml-student/binder/postBuild"] == 0o100755
    assert modes["mathml-student/README.md"] == 0o100644


def test_the_zip_of_the_same_files_is_the_same_whenever_it_is_made(copy, zipped):
    for path in copy.rglob("*"):
        os.utime(path, (10**9, 10**9))
    assert student.archive(copy) == zipped


def test_only_committed_files_are_handed_out(tmp_path):
    (tmp_path / "mathml").mkdir()
    for name in ("committed.py", "lies_about.py"):
        (tmp_path / "mathml" / name).touch()
    for command in (["init", "--quiet"], ["add", "mathml/committed.py"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert student.files(tmp_path) == [Path("mathml/committed.py")]


def test_a_new_copy_replaces_the_old_one_but_not_its_git_repository(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for file in (old / ".git" / "HEAD", old / "gone.py", old / "gone" / "too.py", new / "mathml" / "here.py"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    student.replace(old, new)
    left = sorted(path.relative_to(old).as_posix() for path in old.rglob("*") if path.is_file())
    assert left == [".git/HEAD", "mathml/here.py"]


# --- nothing secret -------------------------------------------------------------------------------


def test_no_solution_hidden_test_or_answer_of_the_corpus_is_in_the_zip(zipped):
    assert leaks(zipped, SECRETS) == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_solution_hidden_test_and_right_answer_has_a_fingerprint(assignment):
    source = read(ROOT / "source" / assignment / f"{assignment}.ipynb")
    marked = [cell for cell in source.cells if "BEGIN SOLUTION" in cell.source or "BEGIN HIDDEN" in cell.source]
    names = [f"source/{assignment}: {cell.metadata.nbgrader.grade_id}" for cell in marked]
    assert len(names) > 20
    assert [name for name in names if not SECRETS.get(name)] == []
    for path in (ROOT / "tests" / "corpus" / assignment).glob("*.py"):
        right = path.read_text().count("# %% right: ")
        assert sum(name.startswith(f"{assignment}: {path.stem}, right: ") for name in SECRETS) == right > 0
    assert all(fingerprint for fingerprints in SECRETS.values() for fingerprint in fingerprints)


def test_the_source_and_the_corpus_themselves_are_found():
    folders = [ROOT / part / name for name in ASSIGNMENTS for part in ("source", "tests/corpus")]
    found = [leak for folder in folders for path in folder.iterdir() for leak in leaks(path.read_bytes(), SECRETS)]
    assert {leak.partition(" holds a part of ")[2] for leak in found} == set(SECRETS)


def secret(mark):
    """What stands between nbgrader's marks in some cell of the source."""
    cell = next(cell for cell in SOURCE.cells if f"BEGIN {mark}" in cell.source)
    return cell.source.partition(f"### BEGIN {mark}\n")[2].partition("### END")[0]


SOLUTION, HIDDEN_TEST = secret("SOLUTION"), secret("HIDDEN TESTS")
RELEASED = "mathml-student/release/vectors/vectors.ipynb"
LESSON = "mathml-student/notebooks/01_vectors.ipynb"
MODULE = "mathml-student/mathml/vectors.py"


@pytest.fixture(scope="module")
def small(zipped):
    """A part of the zip, which is searched faster."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        return zip_of({name: archive.read(name) for name in (RELEASED, LESSON, MODULE)})


def test_the_part_itself_holds_nothing_secret(small):
    assert leaks(small, SECRETS) == []


def in_cell(**changes):
    """A leak in the first code cell of the released notebook."""

    def plant(notebook):
        next(cell for cell in notebook["cells"] if cell["cell_type"] == "code").update(changes)

    return RELEASED, plant


def printed(words):
    return in_cell(outputs=[{"output_type": "stream", "name": "stdout", "text": words.splitlines(keepends=True)}])


def displayed(kind, words):
    return in_cell(outputs=[{"output_type": "display_data", "data": {kind: words}, "metadata": {}}])


def encoded(words):
    return base64.b64encode(words.encode()).decode()


@pytest.mark.parametrize(
    ("file", "plant"),
    [
        in_cell(source=SOLUTION.splitlines(keepends=True)),
        in_cell(metadata={"widgets": {"state": {"1": {"value": SOLUTION}}}}),
        in_cell(metadata={"nbgrader": {"comment": HIDDEN_TEST}}),
        printed(SOLUTION),
        printed(HIDDEN_TEST),
        printed(repr(SOLUTION)),
        displayed("text/html", SOLUTION.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;")),
        displayed("application/json", {"deep": [{"down": SOLUTION}]}),
        displayed("application/octet-stream", encoded(SOLUTION)),
        displayed("image/png", encoded("\x89PNG tEXt" + HIDDEN_TEST)),
        (LESSON, lambda notebook: notebook["metadata"].update(note=SOLUTION)),
    ],
)
def test_a_leak_in_a_notebook_is_found(small, file, plant):
    def change(content):
        notebook = json.loads(content)
        plant(notebook)
        return json.dumps(notebook).encode()

    assert leaks(rewritten(small, {file: change}), SECRETS) != []


@pytest.mark.parametrize(
    "hide",
    [
        lambda words: words.encode(),
        lambda words: b"def f():\n" + words.replace("    ", "\t").encode() + b"  # copied\n",
        lambda words: f'NOTE = "{encoded(words)}"'.encode(),
        lambda words: gzip.compress(words.encode()),
        lambda words: zip_of({"vectors.py": words.encode()}),
        lambda words: zip_of({"vectors.txt.gz": gzip.compress(words.encode())}),
    ],
)
@pytest.mark.parametrize("words", [SOLUTION, HIDDEN_TEST], ids=["solution", "hidden test"])
def test_a_leak_in_any_other_file_is_found(small, hide, words):
    planted = rewritten(small, {MODULE: lambda content: hide(words)})
    assert leaks(planted, SECRETS) != []


def test_an_answer_of_the_corpus_is_found(small):
    path = next((ROOT / "tests" / "corpus" / "vectors").glob("*.py"))
    planted = rewritten(small, {MODULE: lambda content: content + path.read_bytes()})
    assert any(f"vectors: {path.stem}, right" in leak for leak in leaks(planted, SECRETS))


def test_a_leak_in_the_comment_or_in_a_name_of_the_zip_is_found(small):
    assert leaks(rewritten(small, {}, comment=SOLUTION.encode()), SECRETS) != []
    assert leaks(zip_of({squeeze(SOLUTION): b""}), SECRETS) != []


def rewritten(zipped, changes, comment=b""):
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert changes.keys() <= files.keys()
    return zip_of({name: changes.get(name, bytes)(content) for name, content in files.items()}, comment)


def zip_of(files, comment=b""):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


# --- it works -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(copy, tmp_path_factory):
    """`pip install .` in the copy, to a place of its own."""
    place = tmp_path_factory.mktemp("site-packages")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--target", str(place), str(copy)], check=True)
    return place


@pytest.mark.parametrize("notebook", ["notebooks/00_start_here.ipynb", "release/vectors/vectors.ipynb"])
def test_notebooks_of_the_copy_run_with_the_package_that_it_installs(copy, installed, notebook, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(installed))
    opened = read(copy / notebook)
    opened.cells.append(new_code_cell("import mathml; print(mathml.__file__)"))
    resources = {"metadata": {"path": str((copy / notebook).parent)}}
    NotebookClient(opened, kernel_name="python3", resources=resources).execute()
    assert opened.cells[-1].outputs[0].text.strip() == str(installed / "mathml" / "__init__.py")


def test_every_package_that_the_copy_names_is_in_it(copy):
    wheel = tomllib.loads((copy / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert [package for package in wheel["packages"] if not (copy / package / "__init__.py").is_file()] == []
