"""Pictures of attention to a sentence: with every number, and with a mask."""

from collections.abc import Callable
from functools import cache

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from mathml import attention
from mathml.arrays import Matrix
from mathml.datasets import AttendedSentence, load_tiny_attention
from mathml.figures.core import Maths, figure
from mathml.figures.products import number_table
from mathml.figures.style import BLUE, GREEN, GREY, ORANGE, RED, panels, plain, readout, vector_text

__all__ = ["MASKS", "WORDS", "masked", "step_by_step"]

# --- every number ---------------------------------------------------------------------------------

WORDS = ("birds", "sing", "sweet", "songs")
_X = np.array([[1.0, 0, 2, 0], [0, 1, 0, 1], [2, 0, 0, 1], [1, 0, 1, 1]])
_W_Q = np.array([[1.0, 0], [0, 2], [0, 1], [-1, 0]])
_W_K = np.array([[0.0, 1], [1, 0], [1, 0], [0, -1]])
_W_V = np.array([[1.0, 0], [0, 1], [0, 2], [3, 0]])
_STEPS = ("the words", "queries, keys and values", "scores", "scaled", "weights", "answers")


@figure(size=(9.4, 5.6))
def step_by_step(
    ax: Axes, scores: Maths = attention.scores, attention_weights: Maths = attention.attention_weights
) -> Callable[..., str]:
    """Attention for four words, with every number: made up, d = 4, d_k = d_v = 2.

    Parameters: the `step`, from 0 to 5, up to which it is computed; and the `cell`, the word that asks and the word
    that is asked, each from 0 to 3. The table of scores is the artist "scores".
    """
    Q, K, V = _X @ _W_Q, _X @ _W_K, _X @ _W_V
    scaled = scores(Q, K)
    S = scaled * np.sqrt(2)
    A = attention_weights(Q, K)
    answers = A @ V
    places = {
        "X": (0.09, 0.46, 0.22, 0.3),
        "Q": (0.385, 0.46, 0.115, 0.3),
        "K": (0.575, 0.46, 0.115, 0.3),
        "V": (0.765, 0.46, 0.115, 0.3),
        "scores": (0.09, 0.05, 0.27, 0.3),
        "weights": (0.44, 0.05, 0.27, 0.3),
        "answers": (0.79, 0.05, 0.135, 0.3),
    }
    screens = dict(zip(places, panels(ax, *places.values()), strict=True))
    tables = {"X": _X, "Q": Q, "K": K, "V": V, "scores": S, "weights": A, "answers": answers}
    titles = {
        "X": "X", "Q": "Q = X W_Q", "K": "K = X W_K", "V": "V = X W_V",
        "scores": "Q Kᵀ", "weights": "softmax", "answers": "A V",
    }  # fmt: skip
    shown, numbers = {}, {}
    for name, screen in screens.items():
        shown[name] = number_table(screen, tables[name], name)
        screen.set_title(titles[name], fontsize=12, color=GREY)
        numbers[name] = {
            place: screen.text(place[1], place[0], "", ha="center", va="center", fontsize=12)
            for place in np.ndindex(tables[name].shape)
        }
    for name in ("X", "scores"):
        for row, word in enumerate(WORDS):
            screens[name].text(-0.65, row, word, ha="right", va="center", fontsize=12, color=GREY)
    colors = {"Q": BLUE, "K": RED, "V": RED, "scores": GREEN, "weights": GREEN, "answers": BLUE}
    frames = {name: _frame(screens[name], color, 1 if color == GREEN else 2) for name, color in colors.items()}
    result, parts = readout(ax), readout(ax, 1)

    def update(step: int = 0, cell: tuple[int, int] = (0, 2)) -> str:
        i, j = cell
        present = {"X": 0, "Q": 1, "K": 1, "V": 1, "scores": 2, "weights": 4, "answers": 5}
        for name, first in present.items():
            seen = step >= first
            values = scaled if name == "scores" and step >= 3 else tables[name]
            shown[name].set_data(values if seen else np.zeros_like(values))
            for place, number in numbers[name].items():
                number.set_text(_short(values[place]) if seen else "")
            if name in frames:
                frames[name].set_visible(seen or name == "scores")  # the cell that the hand moves is always seen
        screens["scores"].set_title("Q Kᵀ / √2" if step >= 3 else "Q Kᵀ", fontsize=12, color=GREY)
        for name, row in (("Q", i), ("K", j), ("V", j), ("answers", i)):
            frames[name].set_y(row - 0.5)
        for name in ("scores", "weights"):
            frames[name].set_xy((j - 0.5, i - 0.5))
        said = (
            f"“{WORDS[i]}” is x = {vector_text(_X[i])}",
            f"q = {vector_text(Q[i])},  k = {vector_text(K[j])},  v = {vector_text(V[j])}",
            f"q · k = {_dot(Q[i], K[j])} = {_short(S[i, j])}",
            f"{_short(S[i, j])} / √2 = {_short(scaled[i, j])}",
            f"e^{_short(scaled[i, j])} / Σ = {_short(A[i, j])}",
            f"{_mean(A[i], V)} = {_rounded(answers[i])}",
        )[step]
        result.set_text(said if step < 5 else f"“{WORDS[i]}” hears {_rounded(answers[i])}")
        parts.set_text(
            f"{_STEPS[step]}:  “{WORDS[i]}” asks, “{WORDS[j]}” is asked" if step else "point at a cell below"
        )
        return f"Step {step}, {_STEPS[step]}. “{WORDS[i]}” asks, “{WORDS[j]}” is asked: {said}."

    return update


def _frame(screen: Axes, color: str, width: int) -> Rectangle:
    frame = Rectangle((-0.5, -0.5), width, 1, fill=False, edgecolor=color, linewidth=3.5, zorder=8)
    frame.set_clip_on(False)
    screen.add_patch(frame)
    return frame


def _short(number: float) -> str:
    return plain(round(float(number), 2) + 0.0)


def _rounded(x: Matrix) -> str:
    return vector_text(np.round(x, 2))


def _dot(a: Matrix, b: Matrix) -> str:
    return " + ".join(f"{_bracketed(x)}·{_bracketed(y)}" for x, y in zip(a, b, strict=True))


def _bracketed(x: float) -> str:
    return f"({_short(x)})" if x < 0 else _short(x)


def _mean(weights: Matrix, V: Matrix) -> str:
    return " + ".join(f"{_short(a)} {vector_text(v)}" for a, v in zip(weights, V, strict=True))


# --- a mask ---------------------------------------------------------------------------------------

_BLUES = colormaps["Blues"]
_HIDDEN = "#BDBDBA"
MASKS = ("none", "causal", "causal, without itself", "the last three")


def _mask(kind: str, n: int) -> NDArray[np.bool_]:
    """True where a word may be seen."""
    causal = attention.causal_mask(n)
    masks: dict[str, NDArray[np.bool_]] = {
        "none": np.ones((n, n), dtype=bool),
        "causal": causal,
        "causal, without itself": causal & ~np.eye(n, dtype=bool),
        "the last three": causal & ~np.tri(n, n, -3, dtype=bool),
    }
    return masks[kind]


@figure(size=(9.4, 5.6))
def masked(ax: Axes, attention_weights: Maths = attention.attention_weights) -> Callable[..., str]:
    """Whom each word of a sentence may hear, and how it shares its attention among them: a head of a trained model.

    Parameters: the number of the `word` that asks, from 0 to 13, and the `mask`, one of MASKS.
    """
    sentence, Q, K = _head()
    n = len(sentence.words)
    left, right = panels(ax, (0.105, 0.055, 0.455, 0.6), (0.7, 0.105, 0.28, 0.55))
    edges = np.arange(n + 1) - 0.5
    grid = left.pcolormesh(
        edges, edges, np.zeros((n, n)), zorder=3, gid="weights"
    )  # above the words, which stand still
    grid.set_array(None)  # it has colours of its own
    left.set_ylim(n - 0.5, -0.5)
    left.set_xticks(range(n), sentence.words, rotation=60, ha="left", rotation_mode="anchor", fontsize=10)
    left.xaxis.tick_top()
    left.set_yticks(range(n), sentence.words, fontsize=10)
    left.tick_params(length=0)
    left.set(xlabel="who is asked", ylabel="who asks")
    left.xaxis.set_label_position("top")
    left.spines[:].set_visible(False)
    frame = _frame(left, ORANGE, n)
    bars = right.barh(range(n), 0, height=0.7, color=BLUE, zorder=2)
    for key, bar in enumerate(bars):
        bar.set_gid(f"weight {key}")
    right.set(xlim=(0, 1), ylim=(n - 0.4, -0.6), yticks=range(n), xlabel="weight", ylabel="who is asked")
    right.set_yticklabels(sentence.words, fontsize=10)
    right.grid(True, axis="x")
    result, parts = readout(ax), readout(ax, 1)
    weights_of = cache(lambda kind: attention_weights(Q, K, _mask(kind, n)))

    def update(word: int = 6, mask: str = "causal") -> str:
        seen, A = _mask(mask, n), weights_of(mask)
        colors = _BLUES(A)
        colors[~seen] = to_rgba(_HIDDEN)
        grid.set_facecolor(colors.reshape(-1, 4))
        frame.set_y(word - 0.5)
        for bar, weight in zip(bars, A[word], strict=True):
            bar.set_width(weight)
        most, name, total = int(np.argmax(A[word])), sentence.words[word], float(A[word].sum())
        if total:
            said = f"“{name}” hears “{sentence.words[most]}” most: {A[word, most]:.2f}"
        else:
            said = f"“{name}” may hear nobody: all weights are 0"
        result.set_text(said)
        count = int(seen[word].sum())
        parts.set_text(f"mask: {mask};   it may see {count} of {n};   its weights sum to {total:.0f};   grey is hidden")
        return (
            f"With the mask “{mask}”, word {word} may see {count} of {n} words; {said}. Its weights sum to {total:.0f}."
        )

    return update


@cache
def _head() -> tuple[AttendedSentence, Matrix, Matrix]:
    """A sentence, and its queries and keys."""
    head = load_tiny_attention()
    sentence = head.sentences[0]
    return sentence, sentence.X @ head.W_Q, sentence.X @ head.W_K
