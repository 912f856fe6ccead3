"""What the course adds to JupyterLab's server."""

import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from jupyter_server.services.contents.filemanager import FileContentsManager
from jupyter_server.services.kernels.connection.base import BaseKernelWebsocketConnection
from tornado.websocket import WebSocketHandler

from mathml.course import server


class Connection(BaseKernelWebsocketConnection):
    """One between kernel and browser, without a kernel and a browser."""

    def connect(self):
        return "connected"


class Handler(WebSocketHandler):
    """The browser's end."""

    def __init__(self):
        self.nodelay = False

    def set_nodelay(self, value):
        self.nodelay = value


PICTURE = {"image/png": "iVBORw0KGgo=", "text/plain": "what is to be seen"}


def extended(folder):
    """What the extension uses of a server, after it was loaded."""
    settings = {"kernel_websocket_connection_class": Connection}
    app = SimpleNamespace(settings=settings)
    found = SimpleNamespace(contents_manager=FileContentsManager(root_dir=str(folder)), web_app=app)
    server._load_jupyter_server_extension(found)
    return found


@pytest.fixture
def save(tmp_path):
    """Save a notebook with one output through a contents manager that has the extension; what is on the disk then."""
    manager = extended(tmp_path).contents_manager

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
    manager = extended(tmp_path).contents_manager
    manager.save({"type": "file", "format": "text", "content": "words"}, "notes.txt")
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "words"


def test_no_message_from_python_waits_for_the_browser_to_confirm_the_one_before(tmp_path):
    made = extended(tmp_path).web_app.settings["kernel_websocket_connection_class"]
    connection = made(websocket_handler=Handler())
    assert isinstance(connection, Connection)
    assert connection.connect() == "connected"
    assert connection.websocket_handler.nodelay


def test_installing_the_course_enables_it():
    command = [sys.executable, "-m", "jupyter", "server", "extension", "list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "mathml.course.server" in listed.stdout + listed.stderr
