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

__all__ = ["Array", "Difference", "NotPlainError", "Plain", "Tolerance", "difference", "plain", "wide"]

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
    """Where two pieces of plain data first differ."""

    expected: Plain  # the two parts that differ: two arrays, or what is no array
    came: Plain
    part: str = ""  # where these stand in the whole, as one would index it: "['weights'][0]"
    at: tuple[int, ...] | None = None  # the index of the first number that differs, in two arrays of one shape
    differing: int = 0  # so many numbers do

    @property
    def numbers(self) -> tuple[Array, Array]:
        """The first two numbers that differ."""
        return np.asarray(self.expected[self.at]), np.asarray(self.came[self.at])


def difference(expected: Plain, came: Plain, tolerance: Tolerance, part: str = "") -> Difference | None:
    """Where `came` is not what is expected; None where they are the same."""
    if isinstance(expected, np.ndarray) and isinstance(came, np.ndarray):
        return _between_arrays(expected, came, tolerance, part)
    if _is_row(expected) and _is_row(came) and len(expected) == len(came):
        pairs = [(f"{part}[{i}]", plain(expected[i]), plain(came[i])) for i in range(len(expected))]
    elif isinstance(expected, dict) and isinstance(came, dict) and expected.keys() == came.keys():
        pairs = [(f"{part}[{k!r}]", expected[k], came[k]) for k in expected]
    elif type(expected) is type(came) and isinstance(expected, (str, frozenset, type(None))) and expected == came:
        return None
    else:
        return Difference(expected, came, part)
    differences = (difference(e, c, tolerance, at) for at, e, c in pairs)
    return next((d for d in differences if d), None)


def _between_arrays(expected: Array, came: Array, tolerance: Tolerance, part: str) -> Difference | None:
    if expected.shape != came.shape:
        return Difference(expected, came, part)
    apart = tolerance.apart(expected, came)
    if not apart.any():
        return None
    first = tuple(int(i) for i in np.argwhere(apart)[0])
    return Difference(expected, came, part, first, int(apart.sum()))


def _is_row(x: Plain) -> bool:
    """Whether x has items that are counted: a list, or an array of at least one dimension."""
    return isinstance(x, list) or (isinstance(x, np.ndarray) and x.ndim > 0)
