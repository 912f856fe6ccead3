"""Set up, put the assignments into `work/`, open JupyterLab: what `start.py` does."""

import argparse
import os
import subprocess
from pathlib import Path

from mathml.course import assignments
from mathml.course.environment import LOCKS, Environment, SetupError

__all__ = ["START_PAGE", "lab_command", "main", "parse"]

ROOT = Path(__file__).resolve().parents[2]
START_PAGE = "notebooks/00_start_here.ipynb"


def main(arguments: list[str] | None = None) -> str:
    """Do it all; what is returned is the sentence that says why it could not be done."""
    options = parse(arguments)
    try:
        environment = Environment(ROOT)
        environment.prepare(options.install)
        for line in assignments.hand_out(ROOT):
            print(line)
        return "" if options.setup_only else open_lab(environment, options)
    except SetupError as error:
        return str(error)
    except PermissionError as error:
        return f"No permission to write {error.filename}: move the course to a folder of your own and run it there."
    except OSError as error:
        return f"The set-up stopped: {error}."
    except KeyboardInterrupt:
        return "Stopped. Run start.py again to go on."


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="start.py", description="Set up the course (the first time) and open it in JupyterLab."
    )
    parser.add_argument("--no-browser", action="store_true", help="print the address instead of opening a browser")
    parser.add_argument("--port", type=int, help="the port to serve on (JupyterLab's default is 8888)")
    parser.add_argument("--setup-only", action="store_true", help="set up, but open nothing")
    parser.add_argument(
        "--with", dest="install", choices=[*LOCKS], default="course", help="what to install (tests: for contributors)"
    )
    parser.add_argument("jupyter", nargs="*", help="after --, what is passed on to `jupyter lab`")
    return parser.parse_args(arguments)


def open_lab(environment: Environment, options: argparse.Namespace) -> str:
    """Serve the whole course, on its start page, until it is stopped."""
    command = [str(environment.python), *lab_command(ROOT, options)]
    print(f"Opening {START_PAGE} in JupyterLab; to stop it, press Ctrl-C here twice.", flush=True)
    os.chdir(ROOT)  # where nbgrader looks for its configuration
    if os.name == "posix":
        os.execve(command[0], command, environment.variables())
    status = subprocess.call(command, env=environment.variables())
    return f"JupyterLab stopped with status {status}." if status else ""


def lab_command(root: Path, options: argparse.Namespace) -> list[str]:
    """What Python is called with to serve the course in `root`."""
    command = ["-m", "jupyterlab", f"--ServerApp.root_dir={root}", f"--LabApp.default_url=/lab/tree/{START_PAGE}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # in a container; JupyterLab would refuse
        command.append("--allow-root")
    if options.no_browser:
        command.append("--no-browser")
    if options.port:
        command.append(f"--port={options.port}")
    return [*command, *options.jupyter]
