"""The student's copy: what of this repository is handed out, as a folder and as a zip.

    python -m tools.student

build/student/ is to be published, build/mathml-student.zip to be sent. Neither is made if a solution, a hidden test
or an answer of the corpus would be in it.
"""

import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tools.leaks import leaks, secrets
from tools.readme import filled

__all__ = ["archive", "build", "files", "main", "readme", "replace"]

ROOT = Path(__file__).resolve().parent.parent
HANDED_OUT = [
    *("notebooks", "release", "mathml", "binder"),
    *("start.py", "pyproject.toml", "nbgrader_config.py", "LICENSE", ".gitignore"),
]
README = "docs/student.md"


def build(root: Path, folder: Path) -> None:
    """Copy what is handed out to the empty `folder`."""
    for file in files(root):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / file, folder / file)
    (folder / "README.md").write_text(readme(root), encoding="utf-8", newline="\n")


def files(root: Path) -> list[Path]:
    """The committed files that are handed out: nothing that merely lies about."""
    # The owner of a checkout may be another than the user, in a container for instance.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--", *HANDED_OUT]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return [Path(name) for name in sorted(listed.split("\0")) if name]


def readme(root: Path) -> str:
    """The student's README: the page for students, with the way to Binder if there is one."""
    return filled((root / README).read_text(encoding="utf-8"), root)


def archive(folder: Path) -> bytes:
    """A zip of the folder, the same for the same files: sorted, and without times."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"mathml-student/{path.relative_to(folder).as_posix()}")  # dated 1980
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if path.stat().st_mode & 0o100 else 0o100644) << 16
            zipped.writestr(entry, path.read_bytes())
    return made.getvalue()


def replace(folder: Path, made: Path) -> None:
    """Let `folder` hold what `made` holds; a git repository in it stays, so that the copy can be pushed."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name != ".git":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copytree(made, folder, dirs_exist_ok=True)


def main() -> int:
    folder, zipped = ROOT / "build" / "student", ROOT / "build" / "mathml-student.zip"
    with tempfile.TemporaryDirectory() as made:
        build(ROOT, Path(made))
        data = archive(Path(made))
        if found := leaks(data, secrets(ROOT)):
            print(*found, sep="\n")
            return 1
        replace(folder, Path(made))
    zipped.write_bytes(data)
    print(f"{folder.relative_to(ROOT)} and {zipped.relative_to(ROOT)} ({len(data) / 1e6:.1f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
