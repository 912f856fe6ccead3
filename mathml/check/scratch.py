"""From scratch: whether a function is built from what is off limits."""

import importlib
import linecache
import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from mathml.check.failures import CheckFailed
from mathml.check.off_limits import Use, uses

__all__ = ["ALLOWED", "OFF_LIMITS", "from_scratch", "verdict"]

OFF_LIMITS = ("numpy.linalg", "scipy", "sklearn", "mathml")
ALLOWED = ("mathml.check", "mathml.datasets", "mathml.figures", "mathml.live", "sklearn.datasets")

# By these anything can be reached without being named, so that no reading can tell what is used.
_UNREADABLE = (
    *("eval", "exec", "compile", "globals", "locals", "vars", "getattr", "__import__", "__builtins__", "get_ipython"),
    *("builtins", "ctypes", "gc", "importlib", "inspect", "IPython", "marshal", "pickle", "pkgutil", "runpy"),
    *("operator.attrgetter", "operator.methodcaller", "sys.modules", "sys._getframe", "types"),
)
_BACK_DOORS = {
    "__dict__",
    "__getattribute__",
    "__globals__",
    "__builtins__",
    "__subclasses__",
    "__code__",
    "__loader__",
}


def from_scratch(
    function: object, off_limits: Sequence[str] = OFF_LIMITS, *, given: Iterable[str] = (), hint: str | None = None
) -> None:
    """Fail if the cells that `function` is built from use what is off limits.

    Parameters
    ----------
    function : of the student
    off_limits : dotted names: of modules with all that is in them, or of functions
    given : names of functions that may be used as they are: those of earlier exercises
    hint : what to do instead

    Raises
    ------
    CheckFailed
        If the function, a helper or an alias of it uses such a thing, or something that cannot be read.
    RuntimeError
        If there is no notebook whose cells could be read.
    """
    names, cells = notebook(function)
    for name in names:
        message = verdict(name, cells, off_limits, given)
        if message:
            raise CheckFailed(message + (f"\nHint: {hint}" if hint else ""))


def verdict(
    name: str, cells: Sequence[str], off_limits: Sequence[str] = OFF_LIMITS, given: Iterable[str] = ()
) -> str | None:
    """What is wrong with how `name` is built, as a message; None if nothing is."""
    for use in uses(name, cells, given):
        reason = _reason(use.path, off_limits)
        if reason:
            return (
                f"{name} {reason}\n  {_where(use, cells)}\nThis exercise asks for your own code; as it is, it scores 0."
            )
    return None


def _reason(path: str, off_limits: Sequence[str]) -> str | None:
    parts = path.split(".")
    if path.startswith("?") and len(parts) == 1:
        return f"uses `{path[1:]}`, but no cell shows where that comes from."
    if _is_in(path, _UNREADABLE) or _BACK_DOORS.intersection(parts):
        return f"uses `{path.removeprefix('?.')}`, which hides what is used: it cannot be read by this check."
    if parts[0] == "?":
        tails = [limit.split(".")[1:] for limit in off_limits if "." in limit]
        runs = (parts[i : i + len(tail)] == tail for tail in tails for i in range(1, len(parts)))
        return f"uses `.{'.'.join(parts[1:])}`, which is off limits here." if any(runs) else None
    for known in _known_as(path, {limit.split(".")[0] for limit in off_limits}):
        if _is_in(known, off_limits) and not _is_in(known, ALLOWED):
            return f"uses {known}, which is off limits here."
    return None


def _is_in(path: str, places: Iterable[str]) -> bool:
    return any(path == place or path.startswith(place + ".") for place in places)


def _known_as(path: str, packages: Iterable[str]) -> Iterator[str]:
    """The names of a thing: as it is written, and where it, or what it is taken from, has its home."""
    yield path
    root, *rest = path.split(".")
    if root not in packages:
        return
    walked = root
    try:
        thing: object = importlib.import_module(root)
        for part in rest:
            walked += f".{part}"
            thing = getattr(thing, part) if hasattr(thing, part) else importlib.import_module(walked)
            home, name = getattr(thing, "__module__", None), getattr(thing, "__qualname__", None)
            yield f"{home}.{name}" if home and name else getattr(thing, "__name__", walked)
    except ImportError:
        return


def _where(use: Use, cells: Sequence[str]) -> str:
    lines = cells[use.cell].splitlines()
    text = lines[use.line - 1].strip() if use.line <= len(lines) else ""
    return f"line {use.line}: {text}"


# --- the notebook ---------------------------------------------------------------------------------


def _in_the_notebook(function: object) -> tuple[list[str], list[str]]:
    """By which names the notebook knows the function, and the cells that have run, in their order."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None:
        raise RuntimeError("from_scratch reads the cells of a notebook: call it in one")
    names = [name for name, value in shell.user_ns.items() if value is function and not name.startswith("_")]
    ran = shell.history_manager.input_hist_raw[1:]
    return names or [getattr(function, "__name__", "")], ran or _compiled(shell.compile)


notebook = _in_the_notebook  # where there is no notebook, as when grading, something else knows the cells


def _compiled(compiler: object) -> list[str]:
    """The cells as they were compiled, each once: for a runner that keeps no history, such as nbval."""
    folder = os.path.dirname(compiler.get_code_name("", "", 0))  # type: ignore[attr-defined]
    return ["".join(linecache.getlines(file)) for file in linecache.cache if os.path.dirname(file) == folder]
