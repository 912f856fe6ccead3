"""A JupyterLab of our own, which knows nothing of the user's."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from mathml.course.launch import lab_command, parse

PATIENCE = 120  # seconds, on a machine that is busy with other tests


class Lab(NamedTuple):
    """A running JupyterLab: the folder that it serves, the user's settings, and its process."""

    root: Path
    settings: Path
    address: str
    token: str
    pid: int

    def url(self, path: str) -> str:
        """The address of a file, with a fragment if it has one, in a window of its own."""
        path, _, fragment = path.partition("#")
        window = f"{self.address}/lab/workspaces/{secrets.token_hex(4)}"
        return f"{window}/tree/{path}?token={self.token}" + (f"#{fragment}" if fragment else "")


@contextmanager
def serve(root: Path, settings: Path) -> Iterator[Lab]:
    """Start JupyterLab as the course does, open to questions about itself; it ends with the `with` block."""
    port, token = free_port(), secrets.token_hex()
    options = parse(["--no-browser", f"--port={port}", "--", "--ServerApp.port_retries=0"])
    settings.mkdir(exist_ok=True)
    for app, file in {"LabApp": "jupyter_lab", "JupyterNotebookApp": "jupyter_notebook"}.items():
        config = json.dumps({app: {"expose_app_in_browser": True}})
        (settings / f"{file}_config.json").write_text(config, encoding="utf-8")
    log = settings / "log.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, *lab_command(root, options)],
            cwd=root,
            env={**os.environ, **jupyter_folders(settings), "JUPYTER_TOKEN": token},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    lab = Lab(root, settings, f"http://127.0.0.1:{port}", token, process.pid)
    try:
        wait_for(lab, process, log)
        yield lab
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, and end it if it does not: a server can wait forever for a kernel that is gone."""
    process.terminate()
    try:
        process.wait(PATIENCE / 4)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def jupyter_folders(settings: Path) -> dict[str, str]:
    """Nothing of what the user has set or left open is seen, or changed."""
    data = {name: str(settings / "data") for name in ["JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"]}
    return {"JUPYTER_CONFIG_DIR": str(settings), **data}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(PATIENCE * 10):
        try:
            urllib.request.urlopen(f"{lab.address}/api?token={lab.token}").close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")
