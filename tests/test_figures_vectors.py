"""The pictures of lesson 1 tell the truth: at any setting, the numbers on the artists satisfy the theorem."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from mathml import vectors
from mathml.algorithms.kmeans import KMeans
from mathml.algorithms.nearest_neighbors import NearestNeighbors
from mathml.algorithms.tsne import neighbor_probabilities
from mathml.datasets import load_digit_maps
from mathml.figures import spaces
from mathml.figures import vectors as figures
from mathml.figures.digits import digits
from mathml.information import entropy

few = settings(max_examples=30)  # settings are seen, not only computed, and that takes milliseconds
degrees = st.floats(-180, 180)
lengths = st.floats(0.1, 3)
coefficients = st.floats(-2, 2)
points = st.tuples(st.floats(-3, 3), st.floats(-3, 3))
powers = st.one_of(st.floats(1, 20), st.just(math.inf))

pictures = {}


def picture(draw):
    """Each figure is drawn once and then moved, as in a lesson."""
    if draw not in pictures:
        pictures[draw] = draw()
    return pictures[draw]


def line(shown, name):
    """The points (n, 2) of a line or an outline."""
    artist = shown.artist(name)
    return artist.get_xydata() if hasattr(artist, "get_xydata") else np.asarray(artist.get_xy())


# --- sums and combinations ------------------------------------------------------------------------


@few
@given(a=points, b=points, scale=coefficients)
def test_the_sum_is_the_diagonal_of_the_parallelogram(a, b, scale):
    shown = picture(figures.vector_sum).update(a=a, b=b, scale=scale)
    total, moved = shown.artist("sum"), shown.artist("moved b")
    assert_allclose(total.tip, np.array(a) + scale * np.array(b), atol=1e-12)
    assert_allclose(total.tip, moved.tip, atol=1e-12)
    assert_allclose(total.tip, line(shown, "opposite a")[1], atol=1e-12)
    assert_allclose(moved.tip - moved.tail, line(shown, "scaled b")[1], atol=1e-12)
    assert_allclose(total.tail, 0, atol=1e-12)


@few
@given(c1=coefficients, c2=coefficients)
def test_a_linear_combination_walks_along_both_vectors(c1, c2):
    shown = picture(figures.linear_combination).update(c1=c1, c2=c2)
    v, w = shown.artist("v").tip, shown.artist("w").tip
    first, second = shown.artist("c1 v"), shown.artist("c2 w")
    assert_allclose(first.tip, c1 * v, atol=1e-12)
    assert_allclose(second.tail, first.tip, atol=1e-12)
    assert_allclose(second.tip - second.tail, c2 * w, atol=1e-12)
    assert_allclose(shown.artist("combination").tip, second.tip, atol=1e-12)


# --- shadows and angles ---------------------------------------------------------------------------


@few
@given(angle=degrees, length=lengths, b_length=lengths)
def test_the_shadow_lies_along_b_and_the_rest_is_perpendicular(angle, length, b_length):
    shown = picture(figures.projection).update(angle=angle, length=length, b_length=b_length)
    a, b = shown.artist("a").tip, shown.artist("b").tip
    foot, (start, end) = line(shown, "shadow")[1], line(shown, "rest")
    assert_allclose(foot[0] * b[1] - foot[1] * b[0], 0, atol=1e-12)
    assert_allclose((end - start) @ b, 0, atol=1e-12)
    assert_allclose(foot + (end - start), a, atol=1e-12)
    assert_allclose(math.hypot(*a), length)
    assert number_after("a · b is", shown.text) == pytest.approx(a @ b, abs=0.006)
    assert number_after("shadow", shown.artist("shadow length").get_text()) == pytest.approx(
        a @ b / math.hypot(*b), abs=0.006
    )


def test_a_broken_projection_looks_broken():
    def onto_the_wrong_vector(a, b):
        return vectors.project(b, a)

    shown = figures.projection(project=onto_the_wrong_vector)
    assert abs((line(shown, "rest")[1] - line(shown, "rest")[0]) @ shown.artist("b").tip) > 0.1


@few
@given(angle=degrees, a_length=lengths, b_length=lengths)
def test_the_cosine_is_the_shadow_of_one_direction_on_the_other(angle, a_length, b_length):
    shown = picture(figures.cosine).update(angle=angle, a_length=a_length, b_length=b_length)
    u, v = shown.artist("unit a").tip, shown.artist("unit b").tip
    assert_allclose([u @ u, v @ v], 1)
    assert_allclose(line(shown, "cosine")[1] @ v, math.cos(math.radians(angle)), atol=1e-12)
    assert_allclose((line(shown, "rest")[1] - line(shown, "rest")[0]) @ v, 0, atol=1e-12)
    (x,), (y,) = shown.artist("here").get_data()
    assert y == pytest.approx(math.cos(math.radians(x)), abs=1e-12)


def test_a_cosine_that_forgets_the_lengths_looks_broken():
    shown = figures.cosine(cosine_similarity=vectors.dot)
    assert shown.artist("here").get_ydata()[0] > 1


# --- lengths --------------------------------------------------------------------------------------


@few
@given(p=powers)
def test_every_point_of_the_unit_ball_has_length_one(p):
    shown = picture(figures.unit_balls).update(p=p)
    assert_allclose([vectors.norm(x, p) for x in line(shown, "unit ball")], 1)
    outline = line(shown, "inside")
    assert_allclose(outline[:-1], line(shown, "unit ball"))


@few
@given(p=powers)
def test_the_marked_neighbour_is_the_nearest_and_the_grown_ball_ends_there(p):
    shown = picture(figures.unit_balls).update(p=p)
    all_distances = [vectors.norm(x, p) for x in line(shown, "points")]
    (nearest,) = line(shown, "nearest")
    assert vectors.norm(nearest, p) == min(all_distances)
    assert_allclose([vectors.norm(x, p) for x in line(shown, "touching ball")], min(all_distances))
    written = [number_after("", shown.artist(f"distance {i}").get_text()[1:]) for i in range(len(all_distances))]
    assert_allclose(written, all_distances, atol=0.006)


def test_which_point_is_nearest_changes_with_p():
    shown = picture(figures.unit_balls)
    assert len({tuple(line(shown.update(p=p), "nearest")[0]) for p in (1, 2, math.inf)}) == 3


def test_a_broken_norm_draws_another_ball():
    shown = figures.unit_balls(norm=lambda x, p: float(np.sum(np.abs(x))))
    assert not np.allclose([vectors.norm(x, 2) for x in line(shown.update(p=2), "unit ball")], 1)


@few
@given(p=st.sampled_from([1, 1.5, 2, 4]), t=st.floats(0.2, 4))
def test_the_least_loss_in_the_ball_satisfies_the_kkt_conditions(p, t):
    shown = picture(figures.regularization).update(p=p, t=t)
    (w,) = line(shown, "best")
    least, ellipse = np.array([1.1, 2.3]), line(shown, "level") - [1.1, 2.3]
    if vectors.norm(least, p) <= t:
        assert_allclose(w, least)
        return
    assert vectors.norm(w, p) == pytest.approx(t)
    # The level curve is an ellipse with dᵀ H d = 1 for d from its middle: it gives H, and H d is the gradient.
    squares = np.column_stack([ellipse[:, 0] ** 2, 2 * ellipse.prod(axis=1), ellipse[:, 1] ** 2])
    h11, h12, h22 = np.linalg.lstsq(squares, np.ones(len(squares)))[0]
    downhill = -np.array([[h11, h12], [h12, h22]]) @ (w - least)
    if p > 1:  # downhill points straight out of the ball, as the norm's gradient does
        outward = np.sign(w) * np.abs(w) ** (p - 1)
        assert_allclose(downhill / math.hypot(*downhill), outward / math.hypot(*outward), atol=2e-2)
    else:  # no way along an edge leads down: the largest entries of the gradient are where w is not zero
        largest = np.abs(downhill).max()
        assert_allclose(np.abs(downhill)[np.abs(w) > 1e-2], largest, rtol=2e-2)


def test_l1_makes_a_weight_zero_and_l2_does_not():
    shown = picture(figures.regularization)
    assert np.abs(line(shown.update(p=1, t=1.3), "best")).min() < 1e-9
    assert np.abs(line(shown.update(p=2, t=1.3), "best")).min() > 0.1


def test_normalised_rows_lie_on_the_circle_and_standardised_columns_have_mean_0_and_deviation_1():
    shown = picture(figures.normalization)

    def cloud(kind):
        shown.update(kind=kind)
        return np.vstack([line(shown, name) for name in shown.artists if name.startswith("class")])

    raw, rows, columns = cloud("raw"), cloud("rows"), cloud("columns")
    assert_allclose(np.hypot(*rows.T), 1)
    assert_allclose(rows[:, 0] * raw[:, 1], rows[:, 1] * raw[:, 0])  # the same directions
    assert_allclose([columns.mean(axis=0), columns.std(axis=0)], [[0, 0], [1, 1]], atol=1e-12)


# --- spaces ---------------------------------------------------------------------------------------


@few
@given(c1=coefficients, c2=coefficients, apart=st.floats(5, 175))
def test_the_combination_lies_in_the_span(c1, c2, apart):
    shown = picture(figures.span).update(c1=c1, c2=c2, apart=apart)
    v, w, x = (shown.artist(name).tip for name in ("v", "w", "combination"))
    assert_allclose(x, c1 * v + c2 * w, atol=1e-12)  # seeing on paper is linear
    assert_allclose(line(shown, "walk"), [(0, 0), c1 * v, x], atol=1e-12)
    assert area(line(shown, "span")) > 1


@pytest.mark.parametrize("apart", [0, 180])
def test_parallel_vectors_span_a_line(apart):
    shown = picture(figures.span).update(apart=apart, c1=1.0, c2=0.5)
    sheet, x = line(shown, "span"), shown.artist("combination").tip
    assert area(sheet) == pytest.approx(0, abs=1e-9)
    assert_allclose(sheet @ [x[1], -x[0]], 0, atol=1e-9)
    assert "1 dimension" in shown.figure.texts[0].get_text()


def test_space_is_seen_without_bending():
    first, second = spaces._PAPER.T
    assert_allclose([first @ first, second @ second, first @ second], [1, 1, 0], atol=1e-12)


@few
@given(apart=st.floats(1, 179))
def test_gram_schmidt_ends_with_perpendicular_vectors_of_length_one(apart):
    shown = picture(figures.gram_schmidt).update(step=3, apart=apart)
    q1, q2, v, w = (shown.artist(name).tip for name in ("q1", "q2", "v", "w"))
    assert_allclose([q1 @ q1, q2 @ q2, q1 @ q2], [1, 1, 0], atol=1e-9)
    assert_allclose(line(shown, "shadow")[1] + shown.artist("rest").tip, w, atol=1e-12)
    assert_allclose(shown.artist("rest").tip @ v, 0, atol=1e-9)


def test_gram_schmidt_without_the_subtraction_looks_broken():
    shown = figures.gram_schmidt(gram_schmidt=vectors.normalize_rows)
    assert abs(shown.artist("q1").tip @ shown.artist("q2").tip) > 0.1
    assert "q₁ · q₂ = 0.00" not in shown.text


def test_a_parallel_vector_adds_no_direction():
    shown = picture(figures.gram_schmidt).update(step=3, apart=0)
    assert_allclose(shown.artist("q2").tip, 0, atol=1e-12)
    assert "nothing is left of w" in shown.text


# --- data -----------------------------------------------------------------------------------------


@few
@given(index=st.integers(0, 1796), row=st.integers(0, 7), column=st.integers(0, 7))
def test_the_strip_is_the_image_row_after_row(index, row, column):
    shown = picture(figures.digit_vector).update(index=index, pixel=(row, column))
    image = np.asarray(shown.artist("image").get_array())
    bars = np.array(shown.artist("entries").get_segments())
    chosen = np.array(shown.artist("entries of the row").get_segments())
    assert_allclose(bars[:, 1, 1], image.ravel())
    assert_allclose(chosen[:, 1, 1], image[row])
    assert_allclose(line(shown, "entry of the pixel")[1], (8 * row + column + 1, image[row, column]))
    assert shown.artist("row").get_y() + 0.5 == shown.artist("pixel").get_y() + 0.5 == row
    assert shown.artist("pixel").get_x() + 0.5 == column
    assert number_after("is entry", shown.text) == 8 * row + column + 1
    assert number_after("of x:", shown.text) == image[row, column]
    assert number_after("64 entries,", shown.text) == pytest.approx(math.hypot(*image.ravel()), abs=0.06)


@pytest.mark.parametrize("metric", ["l1", "l2", "cosine", "dot"])
@pytest.mark.parametrize("index", [0, 57, 296])
def test_the_digits_found_are_the_nearest(metric, index):
    shown = picture(figures.retrieval).update(index=index, metric=metric)
    images, _ = digits()
    query = np.asarray(shown.artist("image 0").get_array()).ravel()
    assert_allclose(query, images[1500 + index])
    if metric == "dot":
        farness = -images[:1500] @ query
    else:
        farness = vectors.pairwise_distances(images[:1500], [query], metric)[:, 0]
    found = [np.asarray(shown.artist(f"image {k}").get_array()).ravel() for k in range(1, 6)]
    assert_allclose(found, images[np.argsort(farness, kind="stable")[:5]])


def test_a_search_that_is_broken_finds_the_wrong_digits():
    class Farthest(NearestNeighbors):
        def kneighbors(self, Q=None):
            distances, indices = super().kneighbors(Q)
            return distances, indices[:, ::-1]

    right, wrong = figures.retrieval(), figures.retrieval(NearestNeighbors=Farthest)
    assert not np.array_equal(right.artist("image 1").get_array(), wrong.artist("image 1").get_array())


def test_each_spoke_leads_to_the_nearest_centre_and_inertia_never_rises():
    shown, before = picture(figures.kmeans_steps), math.inf
    for step in range(8):
        shown.update(step=step)
        spokes = np.array(shown.artist("spokes").get_segments())
        centers = np.asarray(shown.artist("centers").get_offsets())
        lengths_of_spokes = np.hypot(*(spokes[:, 0] - spokes[:, 1]).T)
        assert_allclose(lengths_of_spokes, vectors.pairwise_distances(spokes[:, 0], centers).min(axis=1))
        inertia = np.sum(lengths_of_spokes**2)
        assert inertia <= before
        assert number_after("inertia", shown.text) == pytest.approx(inertia, abs=0.06)
        before = inertia


def test_k_means_that_never_moves_looks_stuck():
    class Stuck(KMeans):
        def fit(self, X):
            super().fit(X)
            self.history_ = [self.history_[0]] * 3
            return self

    shown = figures.kmeans_steps(KMeans=Stuck)
    first = np.array(shown.artist("centers").get_offsets())
    assert_allclose(shown.update(step=2).artist("centers").get_offsets(), first)


@few
@given(eps=st.floats(0.05, 0.8), min_samples=st.integers(2, 12))
def test_core_points_are_crowded_border_points_touch_one_and_noise_does_not(eps, min_samples):
    shown = picture(figures.dbscan).update(eps=eps, min_samples=min_samples)
    core, border = (np.asarray(shown.artist(name).get_offsets()).reshape(-1, 2) for name in ("core", "border"))
    noise = line(shown, "noise").reshape(-1, 2)
    X = np.vstack([core, border, noise])
    neighbours = (np.hypot(*(X[:, np.newaxis] - X).T) <= eps).sum(axis=0)
    assert len(X) == 174
    assert all(neighbours[: len(core)] >= min_samples)
    assert all(neighbours[len(core) :] < min_samples)
    if len(core):
        to_core = np.hypot(*(X[len(core) :, np.newaxis] - core).T).min(axis=0)
        assert all(to_core[: len(border)] <= eps)
        assert all(to_core[len(border) :] > eps)
    assert_allclose(np.asarray(shown.artist("discs").get_widths()), 2 * eps)


@few
@given(first=st.integers(0, 9), second=st.integers(0, 9), scale=coefficients)
def test_the_third_image_is_the_first_plus_the_scaled_second(first, second, scale):
    shown = picture(figures.digit_sum).update(first=first, second=second, scale=scale)
    one, other, total = (np.asarray(shown.artist(f"image {k}").get_array()) for k in range(3))
    assert_allclose(total, one + math.copysign(1, scale) * other, atol=1e-12)
    images, labels = digits()
    assert_allclose(one.ravel(), images[labels == first].mean(axis=0))


@settings(max_examples=5)
@given(index=st.integers(0, 599), name=st.sampled_from(["t-SNE", "UMAP"]))
def test_the_marked_neighbours_are_the_nearest_in_all_dimensions(index, name):
    shown = picture(figures.digit_map).update(index=index, name=name)
    maps = load_digit_maps()
    X = digits()[0][maps.indices]
    distances = vectors.pairwise_distances(X[[index]], X)[0]
    nearest = np.sort(distances)[1:11]  # the digit itself is at distance 0
    flat = maps.tsne if name == "t-SNE" else maps.umap
    flat = (flat - flat.min(axis=0)) / np.ptp(flat, axis=0)
    assert_allclose(line(shown, "digits"), flat)
    assert_allclose(np.ravel(shown.artist("image").get_array()), X[index])
    marked = [int(np.argmin(np.hypot(*(flat - place).T))) for place in line(shown, "neighbours")]
    assert_allclose(np.sort(distances[marked]), nearest)
    assert_allclose(line(shown, "query")[0], flat[index])


@settings(max_examples=5)
@given(perplexity=st.floats(2, 200), digit=st.integers(0, 9))
def test_the_bell_gives_each_digit_its_likeness(perplexity, digit):
    shown = picture(figures.neighborhood).update(perplexity=perplexity, digit=digit)
    d, likeness = line(shown, "others").T
    P, sigmas = neighbor_probabilities(d[np.newaxis], perplexity)
    assert_allclose(likeness, P[0] / P[0].max())
    assert likeness[d.argmin()] == 1
    along, bell = line(shown, "bell").T
    assert_allclose(bell, np.exp(-(along**2 - d.min() ** 2) / (2 * sigmas[0] ** 2)))
    assert entropy(P[0]) == pytest.approx(math.log(perplexity), abs=1e-6)


def test_the_way_of_a_map_shows_each_digit_under_its_kind():
    maps, labels = np.random.default_rng(0).normal(size=(3, 40, 2)), np.arange(40) % 10
    shown = figures.unfolding(maps=maps, labels=labels).update(step=2)
    flat = (maps[2] - maps[2].min(axis=0)) / np.ptp(maps[2], axis=0)
    for digit in range(10):
        assert_allclose(line(shown, f"digit {digit}"), flat[labels == digit])


def test_it_counts_who_stands_next_to_one_of_the_same_kind():
    maps, labels = np.array([[[0, 0], [1, 0], [5, 5], [6, 5], [5.6, 9]]]), np.array([3, 3, 7, 1, 7])
    assert "40% of the digits" in figures.unfolding(maps=maps, labels=labels).text


# --- reading what is written ----------------------------------------------------------------------


def number_after(words, text):
    """The number that follows these words."""
    written = text.partition(words)[2].split()[0] if words else text.split()[0]
    return float(written.rstrip(".,;:").replace("−", "-"))


def area(outline):
    x, y = outline.T
    return abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2
