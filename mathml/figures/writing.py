"""Pictures of a trained transformer: where its heads look in a sentence, and what it writes."""

import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from mathml import functions
from mathml.algorithms.tokens import Vocabulary
from mathml.algorithms.transformer import Transformer
from mathml.arrays import Array
from mathml.datasets import load_word_model
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, GREY, INK, ORANGE, label, panels, readout, several, signed

__all__ = ["heads", "trained", "writing"]

END = "."  # stands before a sentence and after it


@cache
def trained() -> tuple[Transformer, Vocabulary]:
    """The stored model, and its words."""
    stored = load_word_model()
    words = Vocabulary([END, *(word for sentence in stored.sentences for word in sentence)])
    longest = max(map(len, stored.sentences))
    return Transformer().restore(stored.numbers, len(words), longest + 1), words


def _read(text: str, words: Vocabulary, most: int) -> tuple[list[str], list[str]]:
    """The words of a text that the model knows, after the sign that begins a sentence; and those that it does not."""
    known = set(words.pieces)
    came = text.lower().replace(".", " ").replace(",", " ").split()
    return [END, *(word for word in came if word in known)][:most], [word for word in came if word not in known]


# --- where it looks -------------------------------------------------------------------------------

_ROOM = 76.0  # letters in a row
_MOST = 15  # words that are shown


@figure(size=(9.4, 5.4))
def heads(
    ax: Axes, softmax: Maths = functions.softmax, model: Any = None, vocabulary: Any = None
) -> Callable[..., str]:
    """Where each head of a transformer looks in a sentence, when one of its words asks.

    Parameters: the `sentence`, in words that the model knows, and the number of the `word` that asks, from 0, the full
    stop that begins a sentence. Each row is a head: the darker a word, the larger its weight. Data: the `model`, a
    `Transformer` of words, and its `vocabulary`; without them, the stored one.
    """
    if model is None:
        model, vocabulary = trained()
    (page,) = panels(ax, (0.02, 0.02, 0.96, 0.77))
    page.set_axis_off()
    blocks, h = len(model.weights_.blocks), model.heads
    rows = blocks * h
    page.set(xlim=(-9.5, _ROOM), ylim=(rows - 0.35, -0.65))
    page.set_autoscale_on(False)
    boxes: list[list[Any]] = []
    texts: list[list[Text]] = []
    for row in range(rows):
        name = f"block {row // h + 1}\nhead {row % h + 1}"
        page.text(-9.3, row, name, color=GREY, fontsize=11, ha="left", va="center")
        boxes.append([])
        texts.append([])
        for place in range(_MOST):
            box = Rectangle((0, row - 0.27), 1, 0.54, gid=f"weight {row} {place}")
            boxes[-1].append(page.add_patch(box))
            texts[-1].append(page.text(0, row, "", ha="center", va="center", fontsize=10.5))
    result, parts = readout(ax), readout(ax, 1)

    @cache
    def looked(sentence: str) -> tuple[list[str], list[str], Array, Array]:
        told, unknown = _read(sentence, vocabulary, min(_MOST, model.context_))
        tokens = vocabulary.encode(told)
        A = model.attention_weights(tokens)
        return told, unknown, A.reshape(rows, len(told), len(told)), softmax(model.predict_scores(tokens))

    def update(sentence: str = "the queen took off", word: int = 4) -> str:
        told, unknown, A, p = looked(sentence)
        asks = min(word, len(told) - 1)
        widths = np.array([len(one) + 1.6 for one in told])
        widths *= min(1.0, _ROOM / widths.sum())
        starts = np.cumsum(widths) - widths
        for row in range(rows):
            for place, (box, text) in enumerate(zip(boxes[row], texts[row], strict=True)):
                shown = place < len(told)
                box.set_visible(shown)
                text.set_visible(shown)
                if not shown:
                    continue
                weight = float(A[row, asks, place])
                box.set(x=starts[place] + 0.15, width=widths[place] - 0.3, facecolor=to_rgba(BLUE, weight))
                box.set(edgecolor=ORANGE if place == asks else GREY, linewidth=2.5 if place == asks else 0.6)
                text.set(text=told[place], x=starts[place] + widths[place] / 2)
                text.set_color("white" if weight > 0.55 else INK)
        best = np.argsort(-p[asks])[:3]
        guesses = ", ".join(f"{vocabulary.pieces[i]} {p[asks, i]:.2f}" for i in best)
        result.set_text(f"“{told[asks]}” asks;  next: {guesses}")
        missing = f"not among its words: {', '.join(unknown)}"[:80]
        parts.set_text(missing if unknown else f"{several(rows, 'head')}: the darker a word, the larger its weight")
        most = A[:, asks].argmax(axis=-1)
        looks = "; ".join(
            f"block {row // h + 1}, head {row % h + 1} at “{told[most[row]]}” with {A[row, asks, most[row]]:.2f}"
            for row in range(rows)
        )
        skipped = f" It does not know: {', '.join(unknown)}." if unknown else ""
        asked = f"In “{' '.join(told[1:])}”, word {asks}, “{told[asks]}”, asks"
        return f"{asked}. Most look: {looks}. Next may come: {guesses}.{skipped}"

    return update


# --- what it writes -------------------------------------------------------------------------------

_LIKELIEST = 6  # next words that are shown
_LONGEST = 18  # words that it writes
_LINE = 70  # letters in a line


@figure(size=(9.0, 4.8))
def writing(
    ax: Axes, softmax: Maths = functions.softmax, model: Any = None, vocabulary: Any = None
) -> Callable[..., str]:
    """What a transformer writes on from some words, and between which words it chose at first.

    Parameters: the `beginning`, in words that the model knows; the `temperature` of the choice; and the `draw`, a seed.
    The bars are the likeliest words after the beginning. Data: as in `heads`.
    """
    if model is None:
        model, vocabulary = trained()
    page, bars_ax = panels(ax, (0.04, 0.55, 0.92, 0.2), (0.2, 0.12, 0.74, 0.4))
    page.set(xlim=(0, 1), ylim=(0, 1))
    page.set_axis_off()
    written = page.text(0, 0.9, "", fontsize=14, color=INK, va="top", linespacing=1.5, gid="written")
    bars_ax.set(xlim=(0, 1), ylim=(_LIKELIEST - 0.4, -0.6), yticks=[])
    bars_ax.set(xlabel="probability", ylabel="next word")
    bars_ax.yaxis.labelpad = 88
    bars_ax.grid(True, axis="x")
    bars = bars_ax.barh(range(_LIKELIEST), 0, height=0.66, color=BLUE, zorder=2)
    numbers = [label(bars_ax, "", INK, 11, ha="left") for _ in bars]
    names = [bars_ax.text(-0.012, row, "", ha="right", va="center", fontsize=12) for row in range(_LIKELIEST)]
    for place, bar in enumerate(bars):
        bar.set_gid(f"probability {place}")
    result, parts = readout(ax), readout(ax, 1)
    (stop,) = vocabulary.encode([END])

    def update(beginning: str = "the queen", temperature: float = 0.5, draw: int = 0) -> str:
        told, unknown = _read(beginning, vocabulary, model.context_)
        start = vocabulary.encode(told)
        p = softmax(model.predict_scores(start)[-1], temperature=temperature)
        best = np.argsort(-p, kind="stable")[:_LIKELIEST]
        for row, (bar, name, number, token) in enumerate(zip(bars, names, numbers, best, strict=True)):
            name.set_text(vocabulary.pieces[token])
            bar.set_width(p[token])
            number.set(text=signed(p[token], 3), position=(min(p[token] + 0.012, 0.9), row))
        tokens = model.sample(start, _LONGEST, temperature=temperature, stop=int(stop), rng=draw)
        words = " ".join(vocabulary.decode(tokens[1:])).replace(" .", ".")
        written.set_text(textwrap.fill(words, _LINE))
        result.set_text(f"T = {temperature:.3g}, draw {draw}")
        missing = f"not among its words: {', '.join(unknown)}"[:80]
        parts.set_text(missing if unknown else f"after “{' '.join(told[1:])}” it chooses among the words below")
        listed = ", ".join(f"{vocabulary.pieces[token]} {signed(p[token], 3)}" for token in best)
        skipped = f" It does not know: {', '.join(unknown)}." if unknown else ""
        return f"At the temperature {temperature:.3g} it writes: “{words}” At first: {listed}.{skipped}"

    return update
