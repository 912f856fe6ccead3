"""The outputs of a cell, as a notebook keeps them: made by us, or taken from what a stranger sent."""

import json
from typing import Any

__all__ = ["error", "outputs", "stopped", "stream"]


def stream(name: str, text: str) -> dict[str, Any]:
    """What was printed to "stdout" or "stderr"."""
    return {"output_type": "stream", "name": name, "text": text}


def error(name: str, words: str, lines: list[str]) -> dict[str, Any]:
    """What was raised, with the lines that a notebook shows of it."""
    return {"output_type": "error", "ename": name, "evalue": words, "traceback": lines or [f"{name}: {words}"]}


def stopped(words: str) -> dict[str, Any]:
    """That a cell or a test did not come to its end."""
    return error("Stopped", words, [words])


def outputs(came: list[Any]) -> list[dict[str, Any]]:
    """What came as a cell's outputs, in the form that notebooks have; what has another form is left out."""
    return [plain for output in came if isinstance(output, dict) if (plain := _output(output))]


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
        bundle = {
            mime: value if isinstance(value, (str, dict, list)) and _is_json(value) else str(value)
            for mime, value in (data if isinstance(data, dict) else {}).items()
            if isinstance(mime, str)
        }
        output = {"output_type": kind, "data": bundle, "metadata": {}}
        return output | {"execution_count": None} if kind == "execute_result" else output
    return None


def _is_json(value: Any) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return False
    return True
