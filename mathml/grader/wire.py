"""Plain data as bytes, from one process to another, and nothing else: whatever comes is data, never code.

MessagePack writes numbers, text, lists and dictionaries. What it does not know is written as one of the kinds below.
What is no plain data stays where it is, and a reference to it goes over.
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import msgpack  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

__all__ = ["LARGEST", "NotData", "Reference", "pack", "unpack"]

LARGEST = 2**27  # bytes of one message, and of an array
_DEEPEST = 100  # lists within lists

_TUPLE, _SET, _FROZENSET, _RANGE, _SLICE, _ELLIPSIS, _INTEGER, _COMPLEX = range(1, 9)
_ARRAY, _NUMBER, _RANDOM, _TYPE, _REFERENCE = range(9, 14)

_TYPES = {kind.__name__: kind for kind in (bool, int, float, complex, str, bytes, list, tuple, dict, set, object)}
_SCALARS = {kind.__name__: kind for kind in np.sctypeDict.values() if np.dtype(kind).kind in "biufc"}
_BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


class NotData(TypeError):  # noqa: N818
    """Something cannot be written, or what came was not written by `pack`."""


class Reference(NamedTuple):
    """Something that is no data, on one side or the other.

    owner : "judge" or "student": whose process holds it
    number : by which it is known there
    kind : the name of its type
    name : its own, if it has one
    callable : whether it can be called
    """

    owner: str
    number: int
    kind: str
    name: str
    callable: bool


Refer: TypeAlias = Callable[[Any], Reference]
Resolve: TypeAlias = Callable[[Reference], Any]


def pack(value: Any, refer: Refer | None = None) -> bytes:
    """The bytes of plain data: numbers, text, arrays of numbers, containers of these; `refer` says what stands for
    the rest.

    Raises
    ------
    NotData
        If there is something else in it, and no `refer`; or if it is too large, or endless.
    """

    def known(x: Any) -> msgpack.ExtType:
        return _written(x, refer, inner)

    def inner(x: Any) -> bytes:
        packed: bytes = msgpack.packb(x, default=known, strict_types=True, unicode_errors="surrogatepass")
        return packed

    try:
        packed = inner(value)
    except (ValueError, OverflowError, RecursionError) as error:
        raise NotData(f"this cannot be sent: {error}") from None
    if len(packed) > LARGEST:
        raise NotData(f"this is too large to be sent: {len(packed):,} bytes, where {LARGEST:,} are the most")
    return packed


def _written(x: Any, refer: Refer | None, inner: Callable[[Any], bytes]) -> msgpack.ExtType:
    kind = type(x)
    if kind is tuple:
        return msgpack.ExtType(_TUPLE, inner(list(x)))
    if kind is set or kind is frozenset:
        return msgpack.ExtType(_SET if kind is set else _FROZENSET, inner(sorted(x, key=inner)))
    if kind is np.ndarray and x.dtype.kind in "biufcU":
        return msgpack.ExtType(_ARRAY, inner([x.dtype.str, list(x.shape), np.ascontiguousarray(x).tobytes()]))
    if kind in _SCALARS.values():
        return msgpack.ExtType(_NUMBER, inner([x.dtype.str, x.tobytes()]))
    if kind is int:  # MessagePack's have 64 bits
        return msgpack.ExtType(_INTEGER, hex(x).encode())
    if kind is complex:
        return msgpack.ExtType(_COMPLEX, inner([x.real, x.imag]))
    if kind in (range, slice):
        return msgpack.ExtType(_RANGE if kind is range else _SLICE, inner([x.start, x.stop, x.step]))
    if x is ...:
        return msgpack.ExtType(_ELLIPSIS, b"")
    if kind is np.random.Generator and type(x.bit_generator).__name__ in _BIT_GENERATORS:
        return msgpack.ExtType(_RANDOM, inner(x.bit_generator.state))
    if kind is type and x.__name__ in _TYPES and _TYPES[x.__name__] is x:
        return msgpack.ExtType(_TYPE, x.__name__.encode())
    if kind is type and x in _SCALARS.values():
        return msgpack.ExtType(_TYPE, f"numpy.{x.__name__}".encode())
    if kind is np.str_:
        return msgpack.ExtType(_NUMBER, inner(["U", str(x)]))
    if refer is None:
        raise NotData(f"{kind.__name__} is no plain data")
    return msgpack.ExtType(_REFERENCE, inner(list(refer(x))))


def unpack(packed: bytes, resolve: Resolve | None = None) -> Any:
    """What `pack` wrote; `resolve` says what a reference stands for.

    Raises
    ------
    NotData
        If it was not written by `pack`, or holds a reference and there is no `resolve`.
    """
    depth = 0

    def known(code: int, data: bytes) -> Any:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise NotData("what came is nested too deeply")
        try:
            return _read(code, data, resolve, inner)
        finally:
            depth -= 1

    def inner(data: bytes) -> Any:
        return msgpack.unpackb(data, ext_hook=known, strict_map_key=False, unicode_errors="surrogatepass")

    try:
        return inner(packed)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, msgpack.UnpackException) as error:
        raise NotData(f"what came is no data: {error}") from None


def _read(code: int, data: bytes, resolve: Resolve | None, inner: Callable[[bytes], Any]) -> Any:
    match code:
        case 1 | 2 | 3:
            return {_TUPLE: tuple, _SET: set, _FROZENSET: frozenset}[code](inner(data))
        case 4 | 5:
            return {_RANGE: range, _SLICE: slice}[code](*inner(data))
        case 6:
            return ...
        case 7:
            return int(data, 16)
        case 8:
            return complex(*inner(data))
        case 9:
            return _array(*inner(data))
        case 10:
            return _scalar(*inner(data))
        case 11:
            return _generator(inner(data))
        case 12:
            return _SCALARS[data.decode()[6:]] if data.startswith(b"numpy.") else _TYPES[data.decode()]
        case 13 if resolve is not None:
            return resolve(_reference(*inner(data)))
    raise NotData(f"there is no kind {code}")


def _array(dtype: str, shape: list[int], content: bytes) -> NDArray[Any]:
    kind = _dtype(dtype)
    if any(type(n) is not int or n < 0 for n in shape) or math.prod(shape) * kind.itemsize != len(content):
        raise NotData(f"an array of shape {shape} and {len(content)} bytes came")
    return np.frombuffer(content, kind).reshape(shape).copy()


def _scalar(dtype: str, content: Any) -> Any:
    if dtype == "U":
        return np.str_(content)
    return _array(dtype, [], content)[()]


def _dtype(name: str) -> np.dtype[Any]:
    dtype = np.dtype(str(name))
    if dtype.kind not in "biufcU" or dtype.itemsize > LARGEST:
        raise NotData(f"an array of {dtype} came")
    return dtype


def _generator(state: dict[str, Any]) -> np.random.Generator:
    name = state["bit_generator"]
    if name not in _BIT_GENERATORS:
        raise NotData(f"a generator {name!r} came")
    bits = getattr(np.random, name)(0)
    bits.state = state
    return np.random.Generator(bits)


def _reference(owner: Any, number: Any, kind: Any, name: Any, is_callable: Any) -> Reference:
    if owner not in ("judge", "student") or type(number) is not int:
        raise NotData("a reference came that refers to nothing")
    return Reference(owner, number, str(kind)[:100], str(name)[:100], is_callable is True)
