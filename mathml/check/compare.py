"""Plain data, and whether two pieces of it are the same.

Plain data are numbers, strings, booleans, `None`, arrays of these, and lists, tuples, sets and dictionaries of plain
data. Nothing here calls a method of what came: an answer has no say in whether it is right.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Plain: TypeAlias = Any  # an array of numbers, str, None, or a list, dict or set of plain data

__all__ = ["Difference", "NotPlain", "Plain", "Tolerance", "difference", "plain", "wide"]

_NUMBERS = {bool, int, float, complex, *np.sctypeDict.values()} - {np.str_, np.bytes_, np.void, np.object_}


class NotPlain(TypeError):
    """Something came that is not plain data; `kind` is what it is called."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"{kind} is not plain data")
        self.kind = kind


def plain(x: object) -> Plain:
    """`x` in its simplest form: numbers, and lists of equal rows of them, become arrays.

    Raises
    ------
    NotPlain
        If `x` is not plain data, or something in it is not.
    """
    kind = type(x)
    if x is None or kind is str:
        return x
    if kind in _NUMBERS:
        return _numbers(x)
    if kind is np.str_:
        return str.__str__(x)  # type: ignore[arg-type]
    if issubclass(kind, np.ndarray):
        array = np.ndarray.view(x, np.ndarray)  # type: ignore[arg-type]
        return array if array.dtype.kind in "buifc" else _items(array)
    for sequence in (list, tuple, range):
        if issubclass(kind, sequence):
            return _stacked([plain(v) for v in sequence.__iter__(x)])  # type: ignore[arg-type]
    for unordered in (set, frozenset):
        if issubclass(kind, unordered):
            return frozenset(_key(v) for v in unordered.__iter__(x))  # type: ignore[arg-type]
    if issubclass(kind, dict):
        return {_key(k): plain(v) for k, v in dict.items(x)}  # type: ignore[arg-type]
    raise NotPlain(kind.__name__)


def _numbers(x: object) -> NDArray[Any]:
    array = np.asarray(x)
    if array.dtype.kind == "O":  # an int too long for int64
        array = np.asarray(np.inf if x > 0 else -np.inf) if abs(x) > 1e308 else np.asarray(float(x))  # type: ignore
    return array


def _items(array: NDArray[Any]) -> Plain:
    if array.dtype.kind not in "UO":
        raise NotPlain(f"array of {array.dtype.name}")
    return plain(array.tolist())


def _stacked(items: list[Plain]) -> Plain:
    """One array, if the items are arrays of one shape."""
    if all(isinstance(v, np.ndarray) for v in items) and len({v.shape for v in items}) <= 1:
        return np.array(items)
    return items


def _key(k: object) -> object:
    """A key of a dictionary, or a member of a set: numbers, strings, and tuples of these."""
    if issubclass(type(k), tuple):
        return tuple(_key(v) for v in tuple.__iter__(k))  # type: ignore[arg-type]
    simple = plain(k)
    return simple.item() if isinstance(simple, np.ndarray) else simple


@dataclass(frozen=True)
class Tolerance:
    """How far a number may be off: by `rtol` of itself, and by `atol`.

    What is not given follows the coarser dtype of the two arrays, and `atol` their largest number too, so that neither
    1e-200 passes for 0 nor rounding for a mistake.
    """

    rtol: float | None = None
    atol: float | None = None

    def between(self, expected: NDArray[Any], came: NDArray[Any]) -> tuple[float, float]:
        """The two tolerances for these two arrays."""
        floats = [a.dtype.itemsize // (2 if a.dtype.kind == "c" else 1) for a in (expected, came) if a.dtype.kind in "fc"]
        rtol, rounding = {2: (1e-2, 1e-3), 4: (1e-4, 1e-6)}.get(min(floats, default=8), (1e-7, 1e-10))
        sizes = np.abs(wide(expected))
        largest = np.max(sizes, where=np.isfinite(sizes), initial=0.0) or 1.0
        return (
            rtol if self.rtol is None else self.rtol,
            float(rounding * largest) if self.atol is None else self.atol,
        )

    def apart(self, expected: NDArray[Any], came: NDArray[Any]) -> NDArray[np.bool_]:
        """Where two arrays of one shape differ; NaN equals NaN."""
        rtol, atol = self.between(expected, came)
        e, c = wide(expected), wide(came)
        with np.errstate(all="ignore"):
            near = np.isfinite(e) & (np.abs(e - c) <= atol + rtol * np.abs(e))
            return ~(near | (e == c) | (np.isnan(e) & np.isnan(c)))


def wide(a: NDArray[Any]) -> NDArray[Any]:
    """The numbers as float64, or complex128 where they are complex."""
    return a.astype(np.complex128 if a.dtype.kind == "c" else np.float64)


class Difference(NamedTuple):
    """The first place where two pieces of plain data differ, and what stands there."""

    place: str  # as one would index it: "[1, 2]" or "['weights'][0]"; empty for the whole
    expected: Plain
    came: Plain
    count: tuple[int, int] = (1, 1)  # so many of so many numbers differ


def difference(expected: Plain, came: Plain, tolerance: Tolerance, place: str = "") -> Difference | None:
    """The first place where `came` is not what is expected, or None where they are the same."""
    if isinstance(expected, np.ndarray) and isinstance(came, np.ndarray):
        return _first_number(expected, came, tolerance, place)
    if _is_row(expected) and _is_row(came) and len(expected) == len(came):
        pairs = [(f"{place}[{i}]", e, c) for i, (e, c) in enumerate(zip(expected, came, strict=True))]
    elif isinstance(expected, dict) and isinstance(came, dict) and expected.keys() == came.keys():
        pairs = [(f"{place}[{k!r}]", e, came[k]) for k, e in expected.items()]
    elif type(expected) is type(came) and not _is_row(expected) and expected == came:
        return None
    else:
        return Difference(place, expected, came)
    differences = (difference(plain(e), plain(c), tolerance, at) for at, e, c in pairs)
    return next((d for d in differences if d), None)


def _first_number(e: NDArray[Any], c: NDArray[Any], tolerance: Tolerance, place: str) -> Difference | None:
    if e.shape != c.shape:
        return Difference(place, e, c)
    apart = tolerance.apart(e, c)
    if not apart.any():
        return None
    first = tuple(int(i) for i in np.argwhere(apart)[0])
    index = f"[{', '.join(map(str, first))}]" if first else ""
    return Difference(place + index, np.asarray(e[first]), np.asarray(c[first]), (int(apart.sum()), apart.size))


def _is_row(x: Plain) -> bool:
    return isinstance(x, list) or (isinstance(x, np.ndarray) and x.ndim > 0)
