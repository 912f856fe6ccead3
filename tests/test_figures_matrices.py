"""The pictures of lesson 2 tell the truth: at any setting, the numbers on the artists satisfy the theorem."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from matplotlib.path import Path
from numpy.testing import assert_allclose, assert_array_equal

from mathml import matrices
from mathml.figures import matrices as figures
from mathml.figures.decompositions import photograph
from tests.test_figures_vectors import area, line, number_after, picture

few = settings(max_examples=12)
numbers = st.floats(-2, 2).map(lambda x: round(x, 3))
tables = st.lists(numbers, min_size=4, max_size=4).map(lambda entries: np.reshape(entries, (2, 2)))
parts = st.floats(0, 1)
degrees = st.integers(0, 359)


def segments(shown, name):
    return np.array(shown.artist(name).get_segments())


def color(shown, name):
    return shown.artist(name).get_facecolor()[:3]


# --- what a matrix does to the plane --------------------------------------------------------------


@few
@given(A=tables, part=parts)
def test_the_arrows_are_the_columns_and_the_squares_area_is_the_determinant(A, part):
    shown = picture(figures.moved_grid).update(A=A, part=part)
    M = (1 - part) * np.eye(2) + part * A
    assert_allclose(shown.artist("e1").tip, M[:, 0], atol=1e-12)
    assert_allclose(shown.artist("e2").tip, M[:, 1], atol=1e-12)
    assert_allclose(area(line(shown, "square")[:4]), abs(np.linalg.det(M)), atol=1e-9)
    assert number_after("signed area", shown.text) == pytest.approx(np.linalg.det(M), abs=0.006)


@few
@given(A=tables, part=parts)
def test_the_grid_the_circle_and_the_letter_are_moved_by_the_same_matrix(A, part):
    M = (1 - part) * np.eye(2) + part * A
    before = picture(figures.moved_grid).update(part=0.0)
    still = {name: line(before, name).copy() for name in ("circle", "square", "letter")}
    streets = segments(before, "grid")
    assert_allclose(np.hypot(*still["circle"].T), 1)
    after = before.update(A=A, part=part)
    assert_allclose(segments(after, "grid"), streets @ M.T, atol=1e-12)
    for name, outline in still.items():
        assert_allclose(line(after, name), outline @ M.T, atol=1e-12)


def test_the_colour_changes_when_the_plane_is_flipped():
    shown = picture(figures.moved_grid)
    kept, flipped = (color(shown.update(A=[[1, 0], [0, s]], part=1.0), "square") for s in (0.5, -0.5))
    assert kept != flipped
    assert "mirrored" in shown.text
    assert "not mirrored" not in shown.text


def test_a_singular_matrix_leaves_no_area():
    shown = picture(figures.moved_grid).update(A=[[1, 2], [2, 4]], part=1.0)
    assert area(line(shown, "square")[:4]) == pytest.approx(0, abs=1e-12)
    assert "the F in it is flat" in shown.text


def test_a_product_with_the_transpose_looks_broken():
    shown = figures.moved_grid(multiply=lambda A, B: A.T @ B)
    assert not np.allclose(shown.artist("e1").tip, (1.5, 0.5))


# --- rotate, stretch, rotate ----------------------------------------------------------------------


@few
@given(A=tables)
def test_after_three_moves_the_circle_is_where_the_matrix_leads_it(A):
    shown = picture(figures.svd_in_three_moves).update(A=A, step=3.0)
    on_the_goal = line(shown, "goal")[::4]
    assert_allclose(line(shown, "circle"), on_the_goal, atol=1e-9)
    around = picture(figures.svd_in_three_moves).update(A=A, step=0.0)
    assert_allclose(line(around, "circle") @ A.T, on_the_goal, atol=1e-9)


@few
@given(A=tables, step=st.floats(0, 3))
def test_the_singular_vectors_stay_perpendicular_all_the_way(A, step):
    shown = picture(figures.svd_in_three_moves).update(A=A, step=step)
    first, second = shown.artist("v1").tip, shown.artist("v2").tip
    assert first @ second == pytest.approx(0, abs=1e-9)
    if step <= 1:
        assert_allclose(np.hypot(*line(shown, "circle").T), 1)
    if step >= 2:
        s = np.linalg.svd(A)[1]
        assert math.hypot(*first) == pytest.approx(s[0], abs=1e-9)
        assert math.hypot(*second) <= s[1] + 1e-9  # less, while it is being flipped


@few
@given(A=tables)
def test_the_moves_are_a_turn_a_stretch_along_the_axes_and_a_turn(A):
    shown = picture(figures.svd_in_three_moves)
    s = np.linalg.svd(A)[1]
    tips = {k: [shown.update(A=A, step=float(k)).artist(name).tip.copy() for name in ("v1", "v2")] for k in range(4)}
    assert_allclose(tips[1], np.eye(2), atol=1e-9)
    assert_allclose(tips[2], np.diag(s), atol=1e-9)
    assert_allclose(A @ np.transpose(tips[0]), np.transpose(tips[3]), atol=1e-9)


def test_singular_vectors_that_are_broken_miss_the_goal():
    def in_the_wrong_order(A):
        U, s, Vt = matrices.svd(A)
        return U, s[::-1], Vt

    shown = figures.svd_in_three_moves(svd=in_the_wrong_order).update(step=3.0)
    assert not np.allclose(line(shown, "circle"), line(shown, "goal")[::4], atol=0.1)


# --- eigenvectors ---------------------------------------------------------------------------------


@few
@given(A=tables, angle=degrees)
def test_the_hunted_vector_and_its_image_and_the_angle_between_them(A, angle):
    shown = picture(figures.eigen_hunt).update(A=A, angle=angle, lines=False)
    v, moved = shown.artist("v").tip, shown.artist("Av").tip
    assert_allclose(v, line(shown, "circle")[angle], atol=1e-12)  # what `nodes` points at
    assert_allclose(moved, A @ v, atol=1e-12)
    assume(math.hypot(*moved) > 1e-6)
    cosine = np.clip(v @ moved / math.hypot(*moved), -1, 1)
    assert number_after("from v to Av:", shown.figure.texts[0].get_text().replace("°", " ")) == pytest.approx(
        math.degrees(math.acos(cosine)), abs=0.06
    )


@few
@given(A=tables)
def test_on_the_lines_that_are_shown_a_is_a_number(A):
    values = np.linalg.eigvals(A)
    assume(np.abs(values[0] - values[1]) > 1e-3)
    shown = picture(figures.eigen_hunt).update(A=A, angle=10, lines=True)
    found = [end / math.hypot(*end) for _, end in segments(shown, "lines")]
    assert len(found) == (0 if np.iscomplexobj(values) else 2)
    for x in found:
        assert_allclose(A @ x, (x @ A @ x) * x, atol=1e-8)
    assert_allclose(sorted(x @ A @ x for x in found), sorted(values) if len(found) else [], atol=1e-8)


@pytest.mark.parametrize(("angle", "apart", "value"), [(45, "0.0°", "Av = 2.00 v"), (135, "180.0°", "Av = −1.00 v")])
def test_an_eigenvector_keeps_its_line_and_the_sign_of_its_eigenvalue_says_which_way(angle, apart, value):
    shown = picture(figures.eigen_hunt).update(A=[[0.5, 1.5], [1.5, 0.5]], angle=angle, lines=False)
    assert f"{apart} from v, an eigenvector; {value}" in shown.text
    assert len(line(shown, "hit"))


def test_a_rotation_has_no_eigenvector_a_shear_one_and_a_scaling_all():
    shown = picture(figures.eigen_hunt)
    turn = [[0.6, -0.8], [0.8, 0.6]]
    assert all("eigenvector" not in shown.update(A=turn, angle=k, lines=False).text for k in range(0, 360, 10))
    assert "none, for every direction turns" in shown.update(A=turn, lines=True).text
    shown.update(A=[[1, 1], [0, 1]], lines=True)
    assert_allclose(segments(shown, "lines")[..., 1], 0, atol=1e-6)
    assert "every direction stays" in shown.update(A=2 * np.eye(2), lines=True).text
    assert "0.0° from v, an eigenvector; Av = 0.00 v" in shown.update(A=np.zeros((2, 2)), angle=20).text


def test_a_broken_product_hunts_another_vector():
    shown = figures.eigen_hunt(multiply=lambda A, B: A.T @ B).update(A=[[1, 1], [0, 2]], angle=0)
    assert "an eigenvector" not in shown.text


@few
@given(A=tables, step=st.integers(0, 12), start=degrees)
def test_each_step_multiplies_and_scales_and_the_curve_is_the_rayleigh_quotient(A, step, start):
    shown = picture(figures.power_iteration).update(A=A, step=step, start=float(start))
    path = [*line(shown, "ends"), shown.artist("v").tip]
    assert len(path) == step + 1
    assert_allclose(np.hypot(*np.transpose(path)), 1)
    for v, following in itertools.pairwise(path):
        length = math.hypot(*(A @ v))
        assert_allclose(length * following, A @ v, atol=1e-9 if length else 1)
    quotients = line(shown, "quotients")
    assert_allclose(quotients, [(k, v @ A @ v) for k, v in enumerate(path)], atol=1e-9)
    assert number_after("v · Av is", shown.text) == pytest.approx(quotients[-1, 1], abs=6e-4)


@pytest.mark.parametrize("sign", [1, -1])
def test_power_iteration_ends_at_the_eigenvector_of_the_largest_eigenvalue(sign):
    A = sign * np.array([[1.0, 1.5], [1.5, 0.0]])
    shown = picture(figures.power_iteration).update(A=A, step=12, start=110.0)
    v, largest = shown.artist("v").tip, sign * (0.5 + math.sqrt(2.5))
    assert_allclose(A @ v, largest * v, atol=0.01)
    assert_allclose(line(shown, "level")[:, 1], largest)
    along = line(shown, "goal")[1]
    assert_allclose(A @ along, largest * along, atol=1e-6)


def test_two_eigenvalues_of_equal_size_never_settle():
    shown = picture(figures.power_iteration).update(A=[[0, -1], [1, 0]], step=7)
    assert "it never settles" in shown.text
    assert not len(line(shown, "goal"))


def test_a_step_that_is_not_scaled_leaves_the_circle():
    shown = figures.power_iteration(unit=lambda x: np.asarray(x)).update(step=3)
    assert math.hypot(*shown.artist("v").tip) > 1.1


# --- quadratic forms ------------------------------------------------------------------------------

KINDS = {
    (1, 1): "bowl, so A is positive definite",
    (-1, -1): "dome, so A is negative definite",
    (1, -1): "saddle, so A is indefinite",
    (1, 0): "valley, so A is positive semidefinite, not definite",
    (-1, 0): "ridge, so A is negative semidefinite, not definite",
    (0, 0): "flat, so A is the zero matrix",
}


def form(first, second, turn):
    q = np.array([math.cos(math.radians(turn)), math.sin(math.radians(turn))])
    return first * np.outer(q, q) + second * (np.eye(2) - np.outer(q, q))


@few
@given(first=numbers, second=numbers, turn=st.floats(0, 180), x=st.tuples(numbers, numbers))
def test_a_level_curve_is_where_the_form_has_that_value_and_the_band_where_it_is_above(first, second, turn, x):
    shown = picture(figures.quadratic_form).update(first=first, second=second, turn=turn, x=x)
    A, x = form(first, second, turn), np.array(x)
    levels = [sign * level for sign in (1, -1) for level in (0.5, 1, 2, 4, 8)]
    bands = shown.artist("bands").get_paths()
    for level, curve, band in zip(levels, shown.artist("levels").get_segments(), bands, strict=True):
        curve = np.reshape(curve, (-1, 2))
        curve = curve[np.hypot(*curve.T) < 3.7]  # what can be seen
        assert_allclose(np.einsum("ij,jk,ik->i", curve, A, curve), level, atol=0.02)
        if abs(x @ A @ x - level) > 0.02:
            assert Path(band.vertices).contains_point(x) == (x @ A @ x * np.sign(level) > abs(level))
    assert_allclose(line(shown, "x"), [x])
    assert number_after("xᵀAx =", shown.text) == pytest.approx(x @ A @ x, abs=0.006)


@few
@given(first=numbers, second=numbers, turn=st.floats(0, 180))
def test_the_signs_of_the_eigenvalues_name_the_shape(first, second, turn):
    shown = picture(figures.quadratic_form).update(first=first, second=second, turn=turn)
    signs = tuple(sorted((int(np.sign(first)), int(np.sign(second))), key=lambda s: (s == 0, -s)))
    assert KINDS[signs] in shown.text
    A = form(first, second, turn)
    for name, value in (("q1", first), ("q2", second)):
        q = shown.artist(name).tip
        assert_allclose(A @ q, value * q, atol=1e-12)


@few
@given(first=numbers, second=numbers, turn=st.floats(0, 180))
def test_a_label_stands_on_its_level(first, second, turn):
    shown = picture(figures.quadratic_form).update(first=first, second=second, turn=turn)
    for k in range(6):
        text = shown.artist(f"level {k}")
        if text.get_text():
            x = np.array(text.get_position())
            assert number_after("", text.get_text()) == pytest.approx(x @ form(first, second, turn) @ x, abs=0.02)


def test_a_form_without_the_cross_term_looks_broken():
    shown = figures.quadratic_form(quadratic_form=lambda A, x: float(np.diag(A) @ np.square(x)))
    curve = shown.artist("levels").get_segments()[1]
    assert not np.allclose(np.einsum("ij,jk,ik->i", curve, form(1.5, 0.5, 30), curve), 1, atol=0.1)


# --- tables of numbers ----------------------------------------------------------------------------


@pytest.mark.parametrize("entry", [(0, 0), (0, 3), (1, 1), (1, 2)])
def test_the_entry_is_its_row_times_its_column(entry):
    shown = picture(figures.product).update(entry=entry)
    A, B, C = (np.asarray(shown.artist(name).get_array()) for name in ("A", "B", "AB"))
    row, column = shown.artist("row"), shown.artist("column")
    i, j = round(row.get_y() + 0.5), round(column.get_x() + 0.5)
    assert (i, j) == entry
    assert shown.artist("cell").get_xy() == (j - 0.5, i - 0.5)
    number = shown.artist("number")
    assert number.get_position() == (j, i)
    assert number_after("", number.get_text()) == A[i] @ B[:, j] == C[i, j]
    assert number_after("=", shown.figure.texts[0].get_text()) == C[i, j]
    terms = shown.figure.texts[0].get_text().partition("=")[0].translate(str.maketrans("−", "-", "() ")).split("+")
    assert sum(math.prod(map(float, term.split("·"))) for term in terms) == C[i, j]


def test_other_tables_can_be_multiplied_and_a_broken_product_is_seen():
    A, B = np.arange(6).reshape(3, 2), np.arange(8).reshape(2, 4) - 3
    shown = figures.product(A=A, B=B).update(entry=(2, 3))
    assert_array_equal(shown.artist("AB").get_array(), A @ B)
    broken = figures.product(A=A, B=B, multiply=lambda A, B: A @ B + 1).update(entry=(2, 3))
    assert broken.artist("number").get_text() != shown.artist("number").get_text()


@pytest.mark.parametrize(("how", "after"), [("transpose", lambda X: X.T), ("reshape", lambda X: X.reshape(3, 2))])
def test_the_entries_go_to_their_places(how, after):
    shown, X = picture(figures.transpose_or_reshape), np.arange(1, 7).reshape(2, 3)

    def grid_of_the_boxes(part):
        shown.update(how=how, part=part)
        places = np.array([shown.artist(f"entry {k}").get_bbox().p0 for k in range(1, 7)])
        columns, rows = (np.unique(places[:, axis].round(6), return_inverse=True) for axis in (0, 1))
        table = np.zeros((len(rows[0]), len(columns[0])))
        table[rows[1], columns[1]] = range(1, 7)
        return table

    assert_array_equal(grid_of_the_boxes(0.0), X)
    assert_array_equal(grid_of_the_boxes(1.0), after(X))
    assert f"whose rows are {'; '.join(', '.join(map(str, row)) for row in after(X))}" in shown.text


def test_a_reshape_that_is_called_a_transpose_looks_like_one():
    shown = figures.transpose_or_reshape(transpose=lambda X: X.reshape(X.shape[::-1]))
    assert "1, 2; 3, 4; 5, 6" in shown.text


@few
@given(pair=st.tuples(st.integers(0, 23), st.integers(0, 23)), turn=st.floats(-180, 180))
def test_inner_products_in_space_are_squares_of_those_in_the_plane(pair, turn):
    shown = picture(figures.kernel_trick).update(pair=pair, turn=turn)
    gram = np.asarray(shown.artist("gram").get_array())
    x, y = line(shown, "pair")
    assert gram[pair] == pytest.approx((x @ y) ** 2)
    assert_allclose(segments(shown, "beams")[:, 1], [x, y])
    assert number_after("(x · y)² =", shown.text) == pytest.approx((x @ y) ** 2, abs=0.006)
    assert number_after("φ(x) · φ(y) =", shown.text) == pytest.approx(gram[pair], abs=0.006)
    assert_allclose(line(shown, "lifted pair"), np.asarray(shown.artist("lifted").get_offsets())[list(pair)])
    assert shown.artist("cell").get_xy() == (pair[1] - 0.5, pair[0] - 0.5)


def test_the_gram_matrix_is_a_kernel_and_a_plane_parts_the_rings():
    shown = picture(figures.kernel_trick)
    gram = np.asarray(shown.artist("gram").get_array())
    assert_allclose(gram, gram.T)
    assert np.linalg.eigvalsh(gram).min() > -1e-9
    assert np.linalg.matrix_rank(gram) == 3
    squared_lengths = np.sqrt(np.diag(gram))  # x₁² + x₂² is linear in space
    assert squared_lengths[:12].max() < 1.8 < squared_lengths[12:].min()


def test_a_lift_without_the_root_of_two_breaks_the_equality():
    shown = figures.kernel_trick(lift=lambda X: np.column_stack([X[:, 0] ** 2, X[:, 0] * X[:, 1], X[:, 1] ** 2]))
    assert number_after("(x · y)² =", shown.text) != number_after("φ(x) · φ(y) =", shown.text)


# --- data -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [1, 8, 40, 106])
def test_no_picture_of_rank_k_is_nearer_and_the_error_is_the_tail_of_the_singular_values(k):
    shown, X = picture(figures.compression).update(k=k), photograph()
    s = np.linalg.svd(X, compute_uv=False)
    image = np.asarray(shown.artist("image").get_array())
    assert np.linalg.matrix_rank(image, tol=1e-8 * s[0]) == k
    error = np.linalg.norm(X - image) / np.linalg.norm(X)
    assert error == pytest.approx(np.linalg.norm(s[k:]) / np.linalg.norm(s), abs=1e-12)
    (at, seen), (_, stored) = line(shown, "dots")
    assert (at, seen) == (k, pytest.approx(error, abs=1e-12))
    assert line(shown, "tails")[k, 1] == pytest.approx(error, abs=1e-12)
    assert stored == line(shown, "storage")[k, 1] == k * (106 + 160 + 1) / (106 * 160)
    assert number_after("the original by", shown.text) == pytest.approx(100 * error, abs=0.06)


def test_singular_values_in_the_wrong_order_compress_badly(rng):
    def ascending(X):
        U, s, Vt = np.linalg.svd(X, full_matrices=False)
        return U[:, ::-1], s[::-1], Vt[::-1]

    X = rng.normal(size=(12, 9))
    good, bad = (figures.compression(svd=svd, X=X).update(k=3) for svd in (matrices.svd, ascending))
    assert line(bad, "dots")[0, 1] > line(good, "dots")[0, 1] + 0.1


@few
@given(angle=st.floats(-180, 180))
def test_variance_along_and_variance_left_over_always_add_up_to_the_same(angle):
    shown = picture(figures.principal_axis).update(angle=angle)
    X, feet, u = line(shown, "points"), line(shown, "shadows"), shown.artist("u").tip
    assert_allclose(feet, np.outer(X @ u, u), atol=1e-12)
    assert_allclose(segments(shown, "drops"), np.stack([X, feet], axis=1))
    along, rest = shown.artist("along"), shown.artist("left over")
    assert along.get_height() == pytest.approx((X @ u).var(ddof=1))
    assert rest.get_y() == along.get_height()
    assert rest.get_y() + rest.get_height() == pytest.approx(X.var(axis=0, ddof=1).sum())
    assert along.get_height() <= line(shown, "most")[0, 1] + 1e-12
    assert number_after("on it is", shown.text) == pytest.approx(along.get_height(), abs=0.006)


def test_the_variance_is_largest_along_the_first_eigenvector():
    shown = picture(figures.principal_axis)
    S = np.cov(line(shown, "points").T)
    values, Q = np.linalg.eigh(S)
    best = math.degrees(math.atan2(Q[1, 1], Q[0, 1]))
    shown.update(angle=best)
    assert shown.artist("along").get_height() == pytest.approx(line(shown, "most")[0, 1])
    assert line(shown, "most")[0, 1] == pytest.approx(values[1])
    assert best % 180 == pytest.approx(41.75, abs=0.01)


def test_a_cloud_of_ones_own_is_centred(rng):
    X = rng.normal(size=(30, 2)) + 5
    shown = figures.principal_axis(X=X, names=("a", "b"))
    assert_allclose(line(shown, "points").mean(axis=0), 0, atol=1e-12)


@few
@given(first=st.floats(0.3, 2), second=st.floats(0.3, 2), correlation=st.floats(-0.95, 0.95))
def test_the_ellipse_has_the_eigenvectors_as_axes_and_the_cloud_has_its_covariance(first, second, correlation):
    shown = picture(figures.covariance_ellipse).update(first=first, second=second, correlation=correlation)
    between = correlation * first * second
    S = np.array([(first**2, between), (between, second**2)])
    assert_allclose(np.cov(line(shown, "points").T), S, atol=1e-9)
    for name, squared in (("one", 1), ("two", 4)):
        ring = line(shown, name)
        assert_allclose(np.einsum("ij,ij->i", ring, np.linalg.solve(S, ring.T).T), squared, rtol=1e-8)
    for name, value in zip(("short axis", "long axis"), np.linalg.eigvalsh(S), strict=True):
        tip = shown.artist(name).tip
        assert math.hypot(*tip) == pytest.approx(math.sqrt(value))
        assert_allclose(S @ tip, value * tip, atol=1e-8)


def test_eigenvalues_instead_of_their_roots_look_broken():
    def squares(S):
        values, Q = matrices.eigh(S)
        return values**2, Q

    shown = figures.covariance_ellipse(eigh=squares)
    assert math.hypot(*shown.artist("long axis").tip) > 2
