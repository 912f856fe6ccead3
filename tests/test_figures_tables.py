"""The numbers on the pictures of tables and of linear systems."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import load_digits

from mathml.figures import matrices as figures

DIGITS = load_digits()


@pytest.fixture(scope="module")
def table():
    return figures.digit_table()


@pytest.fixture(scope="module")
def lines():
    return figures.crossing()


def test_the_rows_of_the_table_are_digits_and_the_strip_is_the_largest_of_each_column(table):
    assert_array_equal(table.artist("table").get_array(), DIGITS.data[:40])
    assert_array_equal(table.artist("largest").get_array()[0], DIGITS.data.max(axis=0))


@given(row=st.integers(0, 39), column=st.integers(0, 63))
def test_the_pixel_that_is_framed_has_the_number_that_is_pointed_at(table, row, column):
    text = table.update(cell=(row, column)).text
    image = table.artist("image").get_array()
    j, i = np.add(table.artist("pixel").get_xy(), 0.5).astype(int)
    assert_array_equal(image, DIGITS.images[row])
    assert image[i, j] == DIGITS.data[row, column]
    assert f"row {row + 1}, column {column + 1}  =  {DIGITS.data[row, column]:.0f};" in text
    assert f"the image of a {DIGITS.target[row]}," in text


@given(angle=st.floats(5, 90), shift=st.floats(0, 0.3))
def test_the_crossing_lies_on_both_lines_and_runs_as_far_as_the_shift_over_the_sine(lines, angle, shift):
    lines.update(angle=angle, shift=shift)
    (x,), (y,) = lines.artist("solution").get_data()
    start, end = np.transpose(lines.artist("second").get_data())
    along = (end - start) / np.hypot(*(end - start))
    assert y == pytest.approx(1)
    assert along[0] * (y - start[1]) - along[1] * (x - start[0]) == pytest.approx(0, abs=1e-12)
    ways = np.transpose(lines.artist("way").get_data())
    assert_allclose(ways[1] - ways[0], [shift / math.sin(math.radians(angle)), 0], atol=1e-12)
    assert f"the crossing runs by {shift / math.sin(math.radians(angle)):.2f}" in lines.text


def test_without_an_exchange_of_rows_the_picture_goes_wrong():
    def careless(A, b):  # starts with the first row, whatever its pivot
        with np.errstate(divide="ignore", invalid="ignore"):
            factor = A[1, 0] / A[0, 0]
            y = (b[1] - factor * b[0]) / (A[1, 1] - factor * A[0, 1])
            return np.array([(b[0] - A[0, 1] * y) / A[0, 0], y])

    assert "to (nan, nan)" in figures.crossing(solve=careless).text
