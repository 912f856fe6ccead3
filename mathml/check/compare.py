"""Plain data, and whether two pieces of it are the same.

Plain data are numbers, strings, booleans, `None`, arrays of these, and lists, tuples, sets and dictionaries of plain
data. Nothing here calls a method of what came: an answer has no say in whether it is right.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Plain: TypeAlias = Any  # an array of numbers, str, None, or a list, dict or frozenset of plain data

__all__ = ["Array", "Difference", "NotPlainError", "Plain", "Tolerance", "difference", "is_row", "plain", "wide"]

_NUMBERS = {bool, int, float, complex, *np.sctypeDict.values()} - {np.str_, np.bytes_, np.void, np.object_}
_ROUNDING = {2: (1e-2, 1e-3), 4: (1e-4, 1e-6), 8: (1e-7, 1e-10)}  # bytes of a float: (rtol, part of the largest)


class NotPlainError(TypeError):
    """Something came that is not plain data; `kind` is what it is called."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"{kind} is not plain data")
        self.kind = kind


def plain(x: Any) -> Plain:
    """`x` in its simplest form: numbers, and lists of equal rows of them, become arrays.

    Raises
    ------
    NotPlainError
        If `x` is not plain data, or something in it is not.
    """
    kind = type(x)  # not isinstance, which asks x
    if x is None or kind is str:
        return x
    if kind in _NUMBERS:
        return _number(x)
    if kind is np.str_:
        return str(x)
    if issubclass(kind, np.ndarray):
        return _array(np.ndarray.view(x, np.ndarray))
    for sequence in (list, tuple, range):
        if issubclass(kind, sequence):
            return _stacked([plain(v) for v in sequence.__iter__(x)])
    for unordered in (set, frozenset):
        if issubclass(kind, unordered):
            return frozenset(_key(v) for v in unordered.__iter__(x))
    if issubclass(kind, dict):
        return {_key(k): plain(v) for k, v in dict.items(x)}
    raise NotPlainError(kind.__name__)


def _number(x: Any) -> Array:
    array = np.asarray(x)
    if array.dtype.kind != "O":
        return array
    try:
        return np.asarray(float(x))  # an int that is too long for int64
    except OverflowError:
        return np.asarray(np.inf if x > 0 else -np.inf)


def _array(array: Array) -> Plain:
    if array.dtype.kind in "buifc":
        return array
    if array.dtype.kind in "UO":
        return plain(array.tolist())
    raise NotPlainError(f"array of {array.dtype.name}")


def _stacked(items: list[Plain]) -> Plain:
    """One array, if the items are arrays of one shape."""
    if all(isinstance(v, np.ndarray) for v in items) and len({v.shape for v in items}) <= 1:
        return np.array(items)
    return items


def _key(k: Any) -> Any:
    """A key of a dictionary, or a member of a set: a number, a string, None, or a tuple of these."""
    if issubclass(type(k), tuple):
        return tuple(_key(v) for v in tuple.__iter__(k))
    simple = plain(k)
    return simple.item() if isinstance(simple, np.ndarray) else simple


@dataclass(frozen=True)
class Tolerance:
    """How far a number may be off: by `rtol` of itself, and by `atol`.

    What is not given follows the coarser dtype of the two arrays, and `atol` their largest number too, so that neither
    0 passes for 1e-200 nor rounding for a mistake.
    """

    rtol: float | None = None
    atol: float | None = None

    def allowed(self, expected: Array, came: Array) -> Array:
        """How far each number may be off."""
        sizes = np.abs(wide(expected))
        rtol, rounding = _ROUNDING[min(_float_bytes(expected), _float_bytes(came))]
        rtol = rtol if self.rtol is None else self.rtol
        largest = np.max(sizes, where=np.isfinite(sizes), initial=0.0) or 1.0
        atol = rounding * largest if self.atol is None else self.atol
        return np.asarray(atol + rtol * sizes)

    def apart(self, expected: Array, came: Array) -> NDArray[np.bool_]:
        """Where two arrays of one shape differ; NaN equals NaN."""
        e, c = wide(expected), wide(came)
        with np.errstate(all="ignore"):
            near = np.isfinite(e) & (np.abs(e - c) <= self.allowed(expected, came))
        return np.asarray(~(near | (e == c) | (np.isnan(e) & np.isnan(c))))


def wide(a: Array) -> Array:
    """The numbers as float64, or complex128 where they are complex."""
    return a.astype(np.complex128 if a.dtype.kind == "c" else np.float64)


def _float_bytes(a: Array) -> int:
    """The bytes of one real number, at most 8; integers are exact and count as 8."""
    size = {"f": a.dtype.itemsize, "c": a.dtype.itemsize // 2}.get(a.dtype.kind, 8)
    return min(size, 8)


class Difference(NamedTuple):
    """The first place where two pieces of plain data differ, and what stands there."""

    place: str  # as one would index it: "[1, 2]" or "['weights'][0]"; empty for the whole
    expected: Plain
    came: Plain
    arrays: tuple[Array, Array] | None = None  # where these are two numbers: the arrays that they stand in
    differing: int = 1  # so many numbers of the arrays differ


def difference(expected: Plain, came: Plain, tolerance: Tolerance, place: str = "") -> Difference | None:
    """The first place where `came` is not what is expected, or None where they are the same."""
    if isinstance(expected, np.ndarray) and isinstance(came, np.ndarray):
        return _first_number(expected, came, tolerance, place)
    if is_row(expected) and is_row(came) and len(expected) == len(came):
        pairs = [(f"{place}[{i}]", plain(expected[i]), plain(came[i])) for i in range(len(expected))]
    elif isinstance(expected, dict) and isinstance(came, dict) and expected.keys() == came.keys():
        pairs = [(f"{place}[{k!r}]", expected[k], came[k]) for k in expected]
    elif type(expected) is type(came) and isinstance(expected, (str, frozenset, type(None))) and expected == came:
        return None
    else:
        return Difference(place, expected, came)
    differences = (difference(e, c, tolerance, at) for at, e, c in pairs)
    return next((d for d in differences if d), None)


def _first_number(e: Array, c: Array, tolerance: Tolerance, place: str) -> Difference | None:
    if e.shape != c.shape:
        return Difference(place, e, c)
    apart = tolerance.apart(e, c)
    if not apart.any():
        return None
    first = tuple(int(i) for i in np.argwhere(apart)[0])
    index = f"[{', '.join(map(str, first))}]" if first else ""
    return Difference(place + index, np.asarray(e[first]), np.asarray(c[first]), (e, c), int(apart.sum()))


def is_row(x: Plain) -> bool:
    """Whether x has items that are counted: a list, or an array of at least one dimension."""
    return isinstance(x, list) or (isinstance(x, np.ndarray) and x.ndim > 0)
