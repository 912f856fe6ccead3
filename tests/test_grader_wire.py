"""What goes over the wire arrives as it was, and what comes is data or refused: no bytes make code run."""

import contextlib
import math
import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_array_equal, assert_equal

from mathml.grader.wire import LARGEST, NotData, Reference, pack, unpack

atoms = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.complex_numbers(allow_nan=False),
    st.text(),
    st.binary(),
    st.just(...),
    st.builds(range, st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 4)),
)
keys = st.one_of(st.integers(), st.text(string.ascii_letters), st.tuples(st.integers(), st.booleans()))
plain = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(keys, inner, max_size=4),
        st.sets(keys, max_size=4),
        st.frozensets(keys, max_size=4),
    ),
    max_leaves=12,
)
dtypes = st.sampled_from(["?", "i1", "u2", "i8", ">i4", "f2", "f4", "f8", ">f8", "c8", "c16", "U3"])
arrays = dtypes.flatmap(lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, min_side=0)))


@given(plain)
def test_plain_data_arrive_as_they_were(x):
    assert_equal(unpack(pack(x)), x)
    assert type(unpack(pack(x))) is type(x)
    assert pack(unpack(pack(x))) == pack(x)


@given(arrays)
def test_arrays_arrive_with_their_dtype_and_shape(x):
    came = unpack(pack(x))
    assert_array_equal(came, x)
    assert (came.dtype, came.shape) == (x.dtype, x.shape)
    assert came.flags.writeable


def test_an_array_may_be_a_view_of_another():
    x = np.arange(24.0).reshape(4, 6)[::2, ::-1].T
    assert_array_equal(unpack(pack(x)), x)


@pytest.mark.parametrize("kind", [np.bool_, np.int8, np.uint64, np.float16, np.float32, np.float64, np.complex128])
def test_numbers_of_numpys_keep_their_kind(kind):
    came = unpack(pack(kind(1)))
    assert came == kind(1)
    assert type(came) is kind
    assert unpack(pack(kind)) is kind


def test_nan_and_infinity_are_numbers():
    assert math.isnan(unpack(pack(math.nan)))
    assert unpack(pack([math.inf, -math.inf])) == [math.inf, -math.inf]


@pytest.mark.parametrize("name", ["PCG64", "MT19937", "Philox", "SFC64"])
def test_a_generator_goes_on_where_it_was(name):
    rng = np.random.Generator(getattr(np.random, name)(3))
    rng.normal(size=5)
    came = unpack(pack(rng))
    assert_array_equal(came.normal(size=9), rng.normal(size=9))


class Stranger:
    pass


@pytest.mark.parametrize(
    "x", [Stranger(), len, lambda: 0, Stranger, iter([]), np.array([None]), np.datetime64("2020"), ValueError("no")]
)
def test_what_is_no_data_is_refused_or_referred_to(x):
    with pytest.raises(NotData, match="is no plain data"):
        pack([1, x])
    reference = Reference("student", 3, type(x).__name__, "a name", callable(x))
    assert unpack(pack([1, x], lambda _: reference), lambda came: came) == [1, reference]
    with pytest.raises(NotData):
        unpack(pack([1, x], lambda _: reference))


class Sly(float):
    """A number that has more to say."""


def test_kinds_that_only_derive_from_data_are_none():
    for x in (Sly(1), type("L", (list,), {})([1]), type("D", (dict,), {})()):
        with pytest.raises(NotData):
            pack(x)


def test_what_has_no_end_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(NotData):
        pack(endless)
    deep = ()
    for _ in range(300):
        deep = (deep,)
    with pytest.raises(NotData):
        unpack(pack(deep))


def test_what_is_too_large_is_refused():
    with pytest.raises(NotData, match="too large"):
        pack(np.zeros(LARGEST, dtype=np.uint8))


@given(st.binary(max_size=200))
def test_bytes_that_nobody_packed_are_data_or_refused(noise):
    try:
        came = unpack(noise)
    except NotData:
        return
    assert_equal(unpack(pack(came)), came)


@given(plain, st.data())
def test_bytes_that_were_tampered_with_are_data_or_refused(x, data):
    packed = bytearray(pack(x))
    for _ in range(data.draw(st.integers(1, 4))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(NotData):
        unpack(bytes(packed))


@pytest.mark.parametrize(
    "written",
    [
        [9, ["O", [1], b"12345678"]],  # an array of objects
        [9, ["f8", [1 << 60], b""]],
        [9, ["f8", [-1], b""]],
        [9, ["M8[s]", [1], b"12345678"]],
        [11, {"bit_generator": "eval"}],
        [11, {"bit_generator": "PCG64"}],
        [13, ["root", 0, "", "", True]],
        [13, ["judge", "0", "", "", True]],
        [99, None],
    ],
    ids=str,
)
def test_kinds_that_are_not_known_are_refused(written):
    import msgpack

    code, content = written
    with pytest.raises(NotData):
        unpack(msgpack.packb(msgpack.ExtType(code, msgpack.packb(content))), lambda reference: reference)
    for name in (b"eval", b"numpy.object_", b"numpy.void"):
        with pytest.raises(NotData):
            unpack(msgpack.packb(msgpack.ExtType(12, name)))
