"""The outputs of a cell, as a notebook keeps them: made by us, or taken from what a stranger sent."""

import io
from collections.abc import Iterable
from typing import Any

__all__ = ["MOST", "Kept", "error", "outputs", "size", "stopped", "stream", "too_much"]

MOST = 1_000_000  # characters that a cell may put out
# Others, such as HTML, may hold what a browser runs: in Formgrader, as the instructor.
_SHOWN = ("text/plain", "image/png", "image/jpeg")


class Kept(io.StringIO):
    """What is printed, up to so many characters; the rest is lost."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self._most = most

    def write(self, text: str) -> int:
        super().write(text[: max(self._most - self.tell(), 0)])
        return len(text)


def stream(name: str, text: str) -> dict[str, Any]:
    """What was printed to "stdout" or "stderr"."""
    return {"output_type": "stream", "name": name, "text": _text(text)}


def error(name: str, words: str, lines: list[str]) -> dict[str, Any]:
    """What was raised, with the lines that a notebook shows of it."""
    shown = [_text(line) for line in lines or [f"{name}: {words}"]]
    return {"output_type": "error", "ename": _text(name), "evalue": _text(words), "traceback": shown}


def stopped(words: str) -> dict[str, Any]:
    """That a cell or a test did not come to its end."""
    return error("Stopped", words, [words])


def too_much() -> dict[str, Any]:
    """That there was more."""
    return stream("stderr", "[Too much output: the rest is cut.]\n")


def size(output: dict[str, Any]) -> int:
    """The characters in it, more or less."""
    words = (output.get("text", ""), output.get("evalue", ""), *output.get("traceback", ()))
    return sum(len(str(part)) for part in (*words, *output.get("data", {}).values()))


def outputs(came: Iterable[Any], most: int) -> list[dict[str, Any]]:
    """What came as a cell's outputs, in the form that notebooks have; what has another form is left out.

    Parameters
    ----------
    most : characters that there is room for
    """
    kept = list[dict[str, Any]]()
    for output in came:
        plain = _output(output) if isinstance(output, dict) else None
        if plain is None:
            continue
        most -= size(plain)
        if most < 0:
            return [*kept, too_much()]
        kept.append(plain)
    return kept


def _output(came: dict[str, Any]) -> dict[str, Any] | None:
    kind = came.get("output_type")
    if kind == "stream":
        return stream("stderr" if came.get("name") == "stderr" else "stdout", str(came.get("text", "")))
    if kind == "error":
        lines = came.get("traceback")
        kept = [str(line) for line in lines] if isinstance(lines, list) else []
        return error(str(came.get("ename", "")), str(came.get("evalue", "")), kept)
    if kind in ("display_data", "execute_result"):
        data = came.get("data")
        data = data if isinstance(data, dict) else {}
        bundle = {mime: _text(data[mime]) for mime in _SHOWN if isinstance(data.get(mime), str)}
        output = {"output_type": kind, "data": bundle, "metadata": {}}
        return output | {"execution_count": None} if kind == "execute_result" else output
    return None


def _text(came: str) -> str:
    """The same, but for halves of characters, which no file can hold."""
    return came.encode(errors="replace").decode()
