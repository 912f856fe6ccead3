"""The picture of partial derivatives: its walks go through the point, and its tangents have the slopes of calculus."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from mathml.figures.walks import two_walks

PLACE = st.floats(0.1, 3.9)


@pytest.fixture(scope="module")
def picture():
    return two_walks()


@given(PLACE, PLACE)
def test_each_tangent_touches_its_walk_with_the_slope_of_the_rules(picture, x, y):
    picture.update(at=(x, y))
    for name, place, slope in [("east", x, 2 * x * y), ("north", y, x**2)]:
        along, heights = np.array(picture.artist(f"tangent {name}").get_data())
        assert_allclose(np.diff(heights) / np.diff(along), slope, rtol=1e-6)
        assert_allclose(np.interp(place, along, heights), x**2 * y, rtol=1e-9)


@given(PLACE, PLACE)
def test_each_walk_holds_one_number_still_and_shows_the_heights_along_it(picture, x, y):
    picture.update(at=(x, y))
    east, north = (np.array(picture.artist(f"path {name}").get_data()) for name in ("east", "north"))
    assert_allclose(east[1], y)
    assert_allclose(north[0], x)
    assert_allclose(picture.artist("heights east").get_ydata(), east[0] ** 2 * y)
    assert_allclose(picture.artist("heights north").get_ydata(), x**2 * north[1])


def test_another_partial_derivative_drives_the_picture():
    assert "slope 7.00" in two_walks(partial=lambda f, x, j: 7).text
