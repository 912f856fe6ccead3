"""A PostgreSQL server for the tests, of the system's packages. `python -m tests.postgres` gets one."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import IN_CI
from tests.debian import install

PACKAGE = "postgresql"
NONE = "There is no PostgreSQL server here, and none could be installed: install one for the tests of the gradebook."


def find() -> Path | None:
    """The folder of its commands, or None."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=None)


class Server:
    """A server of its own, on a socket in a folder of its own."""

    def __init__(self, commands: Path, folder: Path) -> None:
        self.commands, self.data, self.socket = commands, folder / "data", folder
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name  # it does not run as root
        if os.geteuid() == 0:
            shutil.chown(folder, self.user)
            for parent in folder.parents:
                if parent.stat().st_uid == 0 and parent != Path("/tmp"):
                    parent.chmod(parent.stat().st_mode | 0o011)
        self._run("initdb", "--auth=trust", "--no-sync", "--username=mathml", "--encoding=UTF8", "--pgdata", self.data)

    def _run(self, command: str, *arguments: object) -> None:
        done = subprocess.run(
            [self.commands / command, *map(str, arguments)],
            user=self.user if os.geteuid() == 0 else None,
            cwd=self.socket,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stderr}")

    def start(self) -> None:
        options = f"-c listen_addresses='' -c fsync=off -k {self.socket}"
        self._run("pg_ctl", "start", "--wait", "--silent", "-D", self.data, "-l", self.socket / "log", "-o", options)

    def stop(self) -> None:
        """As if somebody had pulled the plug."""
        self._run("pg_ctl", "stop", "--silent", "-m", "immediate", "-D", self.data)

    def url(self, database: str) -> str:
        """Of a new database."""
        self._run("createdb", "--host", self.socket, "--username=mathml", database)
        return f"postgresql+psycopg://mathml@/{database}?host={self.socket}"


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[Server | None]:
    """A server that runs; None if there is none."""
    commands = find()
    if commands is None:
        yield None
        return
    server = Server(commands, folder)
    server.start()
    try:
        yield server
    finally:
        with contextlib.suppress(RuntimeError):  # a test may have stopped it
            server.stop()


def main() -> str | None:
    """Make sure that there is one; without one, its tests are skipped, except in CI."""
    if find() is None:
        install(PACKAGE)
    if find() is None:
        if IN_CI:
            return NONE
        print(NONE)
    return None


if __name__ == "__main__":
    sys.exit(main())
