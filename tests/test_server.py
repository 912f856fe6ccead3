"""What the course adds to JupyterLab's server."""

import subprocess
import sys

import nbformat
import pytest
from jupyter_server.services.contents.filemanager import FileContentsManager

from mathml.course import server

PICTURE = {"image/png": "iVBORw0KGgo=", "text/plain": "what is to be seen"}


@pytest.fixture
def save(tmp_path):
    """Save a notebook with one output through a contents manager that has the extension; what is on the disk then."""
    manager = FileContentsManager(root_dir=str(tmp_path))
    server._load_jupyter_server_extension(type("Server", (), {"contents_manager": manager}))

    def saved(data):
        output = nbformat.v4.new_output("execute_result", data, execution_count=1)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("live()", outputs=[output])])
        manager.save({"type": "notebook", "content": notebook}, "lesson.ipynb")
        return nbformat.read(tmp_path / "lesson.ipynb", as_version=4).cells[0].outputs[0].data

    return saved


def test_a_live_figure_is_saved_as_its_picture_and_its_words(save):
    assert save({server.WIDGET: {"model_id": "1"}, **PICTURE}) == PICTURE


def test_another_widget_is_saved_as_it_is(save):
    data = {server.WIDGET: {"model_id": "1"}, "text/plain": "FloatSlider()"}
    assert save(data) == data


def test_other_files_are_none_of_its_business(tmp_path):
    manager = FileContentsManager(root_dir=str(tmp_path))
    server._load_jupyter_server_extension(type("Server", (), {"contents_manager": manager}))
    manager.save({"type": "file", "format": "text", "content": "words"}, "notes.txt")
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "words"


def test_installing_the_course_enables_it():
    command = [sys.executable, "-m", "jupyter", "server", "extension", "list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "mathml.course.server" in listed.stdout + listed.stderr
