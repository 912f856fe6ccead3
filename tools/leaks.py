"""Does something that is handed out hold a solution, a hidden test, or an answer of the corpus?

What is secret is cut into fingerprints: long lines, without the spaces, quotes and comments in which copies differ.
What is handed out is searched wherever text can hide: names, comments and extra fields of archives, archives within
archives, every string of a notebook or other JSON, and base64 within those.
"""

import base64
import gzip
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from mathml.course.cells import BEGIN_HIDDEN, END_HIDDEN, is_solution
from mathml.grader.corpus import read_corpus
from tools.notebooks import read
from tools.release import BEGIN_SOLUTION, END_SOLUTION

__all__ = ["leaks", "secrets", "squeeze", "texts"]

LONG = 30  # characters after squeezing: a shorter line may stand in many programs


# --- what is secret -------------------------------------------------------------------------------


def secrets(root: Path) -> dict[str, list[str]]:
    """The fingerprints of each solution, hidden test and corpus answer, by the name of where it stands."""
    released = squeeze("\n".join(cell.source for path in _notebooks(root / "release") for cell in read(path).cells))
    return {**_assignment_secrets(root / "source", released), **_corpus_secrets(root / "tests" / "corpus", released)}


def _notebooks(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.ipynb")) if ".ipynb_checkpoints" not in path.parts]


def _assignment_secrets(source: Path, released: str) -> dict[str, list[str]]:
    return {
        f"source/{path.parent.name}: {cell.metadata.nbgrader.grade_id}": _fingerprints(lines, cell.source, released)
        for path in _notebooks(source)
        for cell in read(path).cells
        if (lines := _secret_lines(cell))
    }


def _secret_lines(cell: NotebookNode) -> list[str]:
    """The lines between nbgrader's marks; all of a solution cell without marks."""
    lines, secret, inside = cell.source.splitlines(), [], False
    for line in lines:
        if BEGIN_SOLUTION in line or BEGIN_HIDDEN in line:
            inside = True
        elif END_SOLUTION in line or END_HIDDEN in line:
            inside = False
        elif inside:
            secret.append(line)
    return secret or (lines if is_solution(cell) else [])


def _fingerprints(lines: list[str], cell: str, released: str) -> list[str]:
    """The long lines that students do not get anyway; if there are none, the whole cell."""
    long = [line for line in map(_code, lines) if len(line) >= LONG and line not in released]
    return long or ["".join(map(_code, cell.splitlines()))]


def _code(line: str) -> str:
    """A line without its comment; nbgrader's marks are comments, too."""
    return squeeze(re.sub(r"(^|\s)#.*", "", line))


def _corpus_secrets(corpus: Path, released: str) -> dict[str, list[str]]:
    """Every answer as a whole, but for those that students have: the stub, and pastes of `mathml` or of a lesson."""
    return {
        f"{folder.name}: {answer}": [whole]
        for folder in sorted(path for path in corpus.iterdir() if path.is_dir())
        for answer in read_corpus(folder)
        if answer.kind != "paste" and (whole := squeeze(answer.source)) not in released
    }


# --- where it may be ------------------------------------------------------------------------------


def leaks(data: bytes, secret: dict[str, list[str]]) -> list[str]:
    """Where in a file, whatever it is, something secret stands."""
    return [
        f"{place} holds a part of {name}"
        for place, text in texts("it", data)
        for squeezed in [squeeze(text)]
        for name, fingerprints in secret.items()
        if any(fingerprint in squeezed for fingerprint in fingerprints)
    ]


def squeeze(text: str) -> str:
    """What is left when spaces, quotes, colours, escapes and HTML entities go."""
    text = re.sub(r"\x1b\[[\d;]*m|\\[nt]", "", html.unescape(text))
    return re.sub(r"[\s\"'\\]", "", text)


def texts(place: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Every text within some bytes, with a name for the place where it stands."""
    text = data.decode("utf-8", errors="ignore")
    yield place, text
    if data.startswith(b"\x1f\x8b"):
        yield from texts(f"{place}, unpacked", gzip.decompress(data))
    elif zipfile.is_zipfile(io.BytesIO(data)):
        yield from _zipped_texts(place, data)
    else:
        yield from _json_texts(place, text)


def _zipped_texts(place: str, data: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield f"the comment of {place}", archive.comment.decode("utf-8", errors="ignore")
        for file in archive.infolist():
            yield f"the name of {file.filename}", file.filename
            for hidden in (file.comment, file.extra):
                yield f"the entry of {file.filename}", hidden.decode("utf-8", errors="ignore")
            yield from texts(file.filename, archive.read(file))


def _json_texts(place: str, text: str) -> Iterator[tuple[str, str]]:
    try:
        strings = list(_strings(json.loads(text)))
    except ValueError:
        strings = [text]
    for string in strings:
        yield place, string
        for token in re.findall(r"[A-Za-z0-9+/\s]{40,}={0,2}", string):
            yield f"base64 in {place}", _decoded(token)


def _strings(value: Any) -> Iterator[str]:
    """Each string in JSON; a list of strings is one text, as notebooks store it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield key
            yield from _strings(child)
    elif isinstance(value, list):
        yield "".join(child for child in value if isinstance(child, str))
        for child in value:
            if not isinstance(child, str):
                yield from _strings(child)


def _decoded(token: str) -> str:
    token = re.sub(r"[\s=]", "", token)
    whole = token[: len(token) - (len(token) % 4 == 1)]
    return base64.b64decode(whole + "=" * (-len(whole) % 4)).decode("utf-8", errors="ignore")
