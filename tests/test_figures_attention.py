"""The pictures of lesson 6 show what their theorems say, at any setting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgba
from numpy.testing import assert_allclose, assert_array_equal

from mathml import attention as at
from mathml.figures import attention as figures
from mathml.figures import lookups
from mathml.figures.writing import trained
from mathml.functions import softmax

places = st.floats(-2, 2)


def heights(picture, *names):
    return np.array([picture.artist(name).get_height() for name in names])


def widths(picture, *names):
    return np.array([picture.artist(name).get_width() for name in names])


def rgb(picture, name):
    return np.array(picture.artist(name).get_facecolor()[:3])


# --- lookups --------------------------------------------------------------------------------------


@given(places, places, st.floats(0.05, 20))
def test_the_patch_is_the_mean_of_the_hues_by_the_weights(x, y, T):
    picture = SOFT.update(query=(x, y), temperature=T)
    weights = widths(picture, *figures.HUES)
    assert_allclose(weights.sum(), 1)
    scores = lookups._KEYS @ [x, y] / np.sqrt(2)
    assert_allclose(weights, softmax(scores / T), atol=1e-12)
    assert_allclose(rgb(picture, "answer"), weights @ lookups._VALUES, atol=1e-9)


SOFT, WANTED = figures.soft_lookup(), figures.wanted()


def test_cold_it_is_a_dictionary_and_hot_the_mean():
    cold = figures.soft_lookup().update(temperature=0.05, query=(1.7, 0.3))
    assert_allclose(rgb(cold, "answer"), lookups._VALUES[0], atol=0.01)
    hot = figures.soft_lookup().update(temperature=1e6)
    assert_allclose(rgb(hot, "answer"), lookups._VALUES.mean(axis=0), atol=1e-4)


@given(places, places, st.sampled_from(figures.HUES))
def test_pulls_are_shared_out_and_a_step_along_them_lowers_the_loss(x, y, hue):
    picture = WANTED.update(query=(x, y), hue=hue)
    pulls, want = widths(picture, *figures.HUES), lookups._VALUES[figures.HUES.index(hue)]
    assert_allclose(pulls.sum(), 0, atol=1e-12)
    z = lookups._KEYS @ [x, y] / np.sqrt(2)

    def loss(z):
        return np.sum((softmax(z) @ lookups._VALUES - want) ** 2) / 2

    h = 1e-5
    slopes = [(loss(z + h * one) - loss(z - h * one)) / (2 * h) for one in np.eye(8)]
    assert_allclose(pulls, -np.array(slopes), atol=1e-8)


def test_it_is_not_always_the_wanted_key_that_is_pulled_most():
    def first(x, y, hue):
        picture = figures.wanted().update(query=(x, y), hue=hue)
        return figures.HUES[int(np.argmax(widths(picture, *figures.HUES)))]

    found = {(hue, first(x, y, hue)) for x in (-1.5, 0, 1.5) for y in (-1.5, 0, 1.5) for hue in figures.HUES}
    assert any(hue != pulled for hue, pulled in found)
    assert any(hue == pulled for hue, pulled in found)


def test_a_learners_own_softmax_drives_the_picture():
    def hardest(q, K, temperature):
        return np.eye(8)[np.argmax(q @ K.T, axis=1)]

    picture = figures.soft_lookup(attention_weights=hardest)
    assert_array_equal(np.sort(widths(picture, *figures.HUES)), np.eye(8)[-1])


# --- softmax --------------------------------------------------------------------------------------


@given(st.floats(0.1, 20))
def test_the_words_ratio_is_e_to_the_difference_over_the_temperature(T):
    hat, cloak = widths(WORDS.update(temperature=T), "hat", "cloak")
    assert hat / cloak == pytest.approx(np.exp(2 / T), rel=1e-9)


WORDS = figures.temperature()


def test_unscaled_softmax_hardens_and_its_jacobian_dies_and_scaled_it_does_not():
    picture = figures.why_scale().update(d_k=1024)
    widths_seen, tops = picture.artist("largest weight").get_data()
    sizes = picture.artist("Jacobian").get_ydata()
    assert list(widths_seen) == [4 * 2**i for i in range(9)]
    assert_allclose([tops[0], tops[-1]], [0.53, 0.97], atol=0.01)
    assert_allclose([sizes[0], sizes[-1]], [0.34, 0.04], atol=0.01)
    picture.update(scaled=True)
    assert_allclose(picture.artist("Jacobian").get_ydata(), 0.36, atol=0.01)
    assert_allclose(picture.artist("largest weight").get_ydata(), 0.35, atol=0.015)


@pytest.mark.parametrize("d_k", [4, 64])
def test_its_scores_are_those_of_gaussian_queries_and_keys(d_k, rng):
    from mathml.figures.softmaxes import _scores

    z = np.sum(rng.normal(size=(5000, 1, d_k)) * rng.normal(size=(5000, 8, d_k)), axis=-1)
    ours = _scores(d_k)
    assert ours.shape == z.shape
    assert_allclose(ours.std(), z.std(), rtol=0.03)
    assert_allclose(np.quantile(np.abs(ours), [0.5, 0.9]), np.quantile(np.abs(z), [0.5, 0.9]), rtol=0.05)
    assert_allclose(np.abs(ours).mean(axis=1).std(), np.abs(z).mean(axis=1).std(), rtol=0.1)  # one length for all keys


def test_the_running_answer_is_attentions_at_every_step():
    from mathml.figures.softmaxes import _V, _Z

    picture = figures.running_softmax()
    for step in range(1, 6):
        seen = 4 * step
        picture.update(step=step)
        powers = heights(picture, *[f"power {key}" for key in range(seen)])
        assert powers.max() == 1
        answer = powers @ _V[:seen] / powers.sum()
        assert answer == pytest.approx(softmax(_Z[:seen]) @ _V[:seen], abs=1e-12)
        assert f"{answer:.3f}" in picture.text
    assert heights(picture.update(step=0), *[f"power {key}" for key in range(20)]).sum() == 0


# --- sentences ------------------------------------------------------------------------------------


def test_every_table_follows_from_the_one_before():
    picture = figures.step_by_step().update(step=5)
    shown = {
        name: np.array(picture.artist(name).get_array()) for name in ("Q", "K", "V", "scores", "weights", "answers")
    }
    assert_allclose(shown["scores"], shown["Q"] @ shown["K"].T / np.sqrt(2))
    assert_allclose(shown["weights"], softmax(shown["scores"]))
    assert_allclose(shown["answers"], shown["weights"] @ shown["V"])
    assert_allclose(picture.update(step=2).artist("scores").get_array(), shown["Q"] @ shown["K"].T)
    assert not np.any(picture.artist("weights").get_array())


@pytest.mark.parametrize("mask", figures.MASKS)
def test_what_is_hidden_has_no_weight_and_the_rest_sums_to_one(mask):
    picture = figures.masked()
    for word in range(14):
        picture.update(word=word, mask=mask)
        weights = widths(picture, *[f"weight {key}" for key in range(14)])
        colors = np.array(picture.artist("weights").get_facecolor()).reshape(14, 14, 4)[word]
        hidden = np.all(np.isclose(colors, to_rgba("#BDBDBA")), axis=-1)
        assert not np.any(weights[hidden])
        assert weights.sum() == pytest.approx(0 if hidden.all() else 1)
        if mask == "causal":
            assert_array_equal(hidden, np.arange(14) > word)


def test_each_head_shares_out_its_attention_and_one_finds_the_person():
    picture = figures.heads().update(sentence="nobody knew what grandmother had in", word=6)
    model, words = trained()
    A = model.attention_weights(words.encode([".", "nobody", "knew", "what", "grandmother", "had", "in"]))
    for row in range(4):
        shown = [picture.artist(f"weight {row} {place}").get_facecolor()[3] for place in range(7)]
        assert_allclose(shown, A[row // 2, row % 2, 6], atol=1e-12)
        assert sum(shown) == pytest.approx(1)
    assert "block 2, head 1 at “grandmother”" in picture.text


@pytest.mark.parametrize("sentence", ["", "   ", "xyzzy", "the " * 40, "<b>the</b> queen!", "The Queen, quickly."])
def test_whatever_is_typed_is_answered(sentence):
    assert figures.heads().update(sentence=sentence, word=9).text
    assert figures.writing().update(beginning=sentence).text


def test_unknown_words_are_named():
    assert "It does not know: quickly." in figures.heads().update(sentence="the queen quickly lost").text
    assert "It does not know: quickly." in figures.writing().update(beginning="the queen quickly").text


def test_what_is_written_begins_with_the_beginning_and_the_bars_are_the_models():
    picture = figures.writing().update(beginning="the old king", temperature=2.0)
    model, words = trained()
    p = softmax(model.predict_scores(words.encode([".", "the", "old", "king"]))[-1] / 2)
    assert_allclose(widths(picture, *[f"probability {k}" for k in range(6)]), np.sort(p)[:-7:-1], atol=1e-12)
    assert picture.artist("written").get_text().startswith("the old king ")


# --- positions ------------------------------------------------------------------------------------


@given(st.integers(0, 63), st.integers(0, 31))
def test_places_fit_by_their_distance(place, column):
    PLACES.update(place=place, column=column)
    fits = heights(PLACES, *[f"fit {t}" for t in range(64)])
    assert fits.argmax() == place
    for distance in range(1, min(place, 63 - place) + 1):
        assert fits[place - distance] == pytest.approx(fits[place + distance])
    assert_allclose(PLACES.artist("wave").get_ydata(), at.sinusoidal_positions(64, 32)[:, column])


PLACES, SHUFFLED = figures.positions(), figures.shuffled()


@given(st.permutations("ABCDE"))
def test_without_positions_each_strip_goes_with_its_token(order):
    first = np.array(SHUFFLED.update(order=tuple("ABCDE"), positions=False).artist("answers").get_array())
    strips = np.array(SHUFFLED.update(order=tuple(order)).artist("answers").get_array())
    assert_allclose(strips, first[["ABCDE".index(token) for token in order]], atol=1e-12)
    assert "changed by nothing" in SHUFFLED.text
    if "".join(order) != "ABCDE":
        assert "changed by nothing" not in SHUFFLED.update(positions=True).text


# --- stacks ---------------------------------------------------------------------------------------


@given(st.floats(0.01, 100), st.floats(-5, 5))
def test_a_normalised_row_keeps_its_shape(scale, shift):
    after = heights(NORMALISED.update(scale=scale, shift=shift), *[f"after {k}" for k in range(8)])
    row = heights(NORMALISED.update(scale=1.0, shift=0.0), *[f"before {k}" for k in range(8)])
    assert np.corrcoef(after, row)[0, 1] == pytest.approx(1)
    assert_allclose(after.mean(), 0, atol=1e-9)
    assert 0.9 < after.var() <= 1


NORMALISED = figures.normalised()


def test_without_residuals_all_words_become_the_same_and_without_normalisation_slopes_grow():
    picture = figures.stack()
    ends = {}
    for without in figures.WITHOUT:
        picture.update(depth=16, without=without)
        ends[without] = picture.artist("differences").get_ydata()[-1], picture.artist("slopes").get_ydata()[-1]
    assert ends["nothing"][0] > 0.2
    assert ends["residuals"][0] < 1e-14
    assert ends["nothing"][1] < 10
    assert ends["normalisation"][1] > 1e4
