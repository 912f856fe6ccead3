"""A canvas that draws only what moved shows what a whole redraw would show, to the pixel."""

import inspect
import io
from functools import wraps

import matplotlib
import numpy as np
import pytest
from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle
from numpy.testing import assert_array_equal
from PIL import Image

from mathml.figures import figure
from mathml.figures.canvas import png
from mathml.figures.style import STYLE

STEPS = [0, 1, 2, 3, 1, 0, 3, 0]


def redrawn(picture):
    """The pixels of a figure as Matplotlib itself draws it, all of it."""
    with style.context(STYLE, after_reset=True):
        FigureCanvasAgg.draw(picture.canvas)
    return np.asarray(picture.canvas.buffer_rgba()).copy()


# --- small figures, each of which moves something else --------------------------------------------


def small(draw):
    """A figure of this test, with room for words around its Axes."""

    @figure(size=(3, 2))
    @wraps(draw)
    def with_room(ax):
        ax.set_position((0.2, 0.25, 0.7, 0.55))
        return draw(ax)

    return with_room


@small
def a_line_and_words(ax):
    (line,) = ax.plot([0, 1], [0, 1])
    words = ax.figure.text(0.1, 0.9, "")

    def update(k=0):
        line.set_ydata([k, 1])
        words.set_text("k" * k)
        return f"{k}"

    return update


@small
def limits(ax):
    ax.plot([0, 1, 2, 3], [0, 1, 4, 9], "o-")
    ax.grid(True)

    def update(k=0):
        ax.set(xlim=(-k, 4), ylim=(0, 10 * 10**k))
        return f"{k}"

    return update


@small
def ticks(ax):
    ax.plot([0, 1], [0, 1])

    def update(k=0):
        ax.set_xticks(np.linspace(0, 1, 2 + k), [f"{'i' * k}{n}" for n in range(2 + k)])
        return f"{k}"

    return update


@small
def scale(ax):
    ax.plot([1, 10, 100], [1, 2, 3])

    def update(k=0):
        ax.set_xscale("log" if k % 2 else "linear")
        return f"{k}"

    return update


@small
def title_and_names_of_the_axes(ax):
    ax.plot([0, 1], [0, 1])

    def update(k=0):
        ax.set_title("title\n" * k + "T")
        ax.set(xlabel="x" * k, ylabel="y")
        return f"{k}"

    return update


@small
def what_appears(ax):
    (line,) = ax.plot([0, 1], [0, 1], linewidth=9, visible=False)
    (other,) = ax.plot([0, 1], [1, 0], linewidth=9)

    def update(k=0):
        line.set_visible(k in (1, 2))
        other.set_visible(k != 2)
        return f"{k}"

    return update


@small
def a_line_that_moves_below_one_that_stands_still(ax):
    (moves,) = ax.plot([0, 1], [0, 1], linewidth=9, zorder=2)
    ax.plot([0, 1], [0.5, 0.5], linewidth=9, alpha=0.5, zorder=5)
    ax.text(0.5, 0.5, "above", ha="center", zorder=6)

    def update(k=0):
        moves.set_ydata([k / 3, 1])
        return f"{k}"

    return update


@small
def a_line_that_comes_to_the_front(ax):
    lines = ax.plot([0, 1], [[0, 1, 0.5], [1, 0, 0.5]], linewidth=9)

    def update(k=0):
        for i, line in enumerate(lines):
            line.set_zorder(3 if i == k else 2)
        return f"{k}"

    return update


@small
def one_of_two_panels(ax):
    ax.set_axis_off()
    left, right = (ax.figure.add_axes((x, 0.2, 0.35, 0.7)) for x in (0.1, 0.6))
    right.plot([0, 1], [0, 1])
    dots = left.scatter([0, 1], [0, 1])

    def update(k=0):
        dots.set_offsets([(0, k / 3), (1, 1)])
        return f"{k}"

    return update


@small
def a_panel_that_appears(ax):
    ax.set_position((0.1, 0.2, 0.35, 0.7))
    panel = ax.figure.add_axes((0.6, 0.2, 0.35, 0.7))
    panel.plot([0, 1], [0, 1])

    def update(k=0):
        panel.set_visible(k in (1, 2))
        return f"{k}"

    return update


@small
def a_panel_that_is_moved_and_stretched(ax):
    ax.plot([0, 1], [0, 1])

    def update(k=0):
        ax.set_position((0.1, 0.2, 0.3 + min(k, 2) / 10, 0.7))
        ax.set_aspect("equal" if k == 3 else "auto")
        return f"{k}"

    return update


@small
def axes_that_are_hidden(ax):
    (line,) = ax.plot([0, 1], [0, 1])

    def update(k=0):
        line.set_ydata([0, k])
        ax.set_ylim(0, 3)
        (ax.set_axis_off if k % 2 else ax.set_axis_on)()
        return f"{k}"

    return update


@small
def a_heat_map_and_its_bar(ax):
    ax.set_position((0.1, 0.2, 0.5, 0.7))
    image = ax.imshow(np.arange(6).reshape(2, 3))
    ax.figure.colorbar(image, cax=ax.figure.add_axes((0.7, 0.2, 0.05, 0.7)))

    def update(k=0):
        image.set_data(np.roll(np.arange(6), k).reshape(2, 3))
        image.set_clim(0, 5 + k // 2)
        return f"{k}"

    return update


@small
def the_colour_of_the_axes(ax):
    ax.plot([0, 1], [0, 1])

    def update(k=0):
        ax.set_facecolor(f"C{k}")
        return f"{k}"

    return update


@small
def the_colour_of_the_card(ax):

    def update(k=0):
        ax.figure.set_facecolor(f"C{k}")
        return f"{k}"

    return update


@small
def patches_areas_and_notes(ax):
    box = ax.add_patch(Rectangle((0, 0), 0.5, 0.5, alpha=0.5))
    area = ax.fill_between([0, 1], [0, 0], [1, 0], alpha=0.5)
    note = ax.annotate("here", (0, 0), (0.5, 0.8), arrowprops={"arrowstyle": "->"})
    arrows = ax.quiver([0, 1], [0, 1], [1, 1], [0, 1], scale=5)

    def update(k=0):
        box.set_width(k / 3)
        area.set_data([0, 1], [0, 0], [k / 3, 1])
        note.xy = (k / 3, 0)
        note.set_text("here" * k)
        arrows.set_UVC([1, k], [k, 1])
        return f"{k}"

    return update


@small
def the_words_of_a_legend(ax):
    ax.plot([0, 1], [0, 1], label="a")
    words = ax.legend().get_texts()[0]

    def update(k=0):
        words.set_text("a" * (k + 1))
        return f"{k}"

    return update


@small
def a_small_picture_in_the_picture(ax):
    inset = ax.inset_axes((0.6, 0.6, 0.3, 0.3))
    (line,) = inset.plot([0, 1], [0, 1])

    def update(k=0):
        line.set_ydata([0, k])
        inset.set_ylim(0, k + 1)
        return f"{k}"

    return update


FIGURES = {name: found for name, found in vars().items() if inspect.isfunction(found) and hasattr(found, "size")}
every_kind = pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES.keys())


# --- to the pixel ---------------------------------------------------------------------------------


@every_kind
def test_moving_and_drawing_again_shows_what_a_whole_redraw_shows(draw):
    expected = [redrawn(draw().update(k=k)) for k in range(4)]
    moved = draw()
    for k in STEPS:
        assert_array_equal(moved.update(k=k).canvas.pixels(), expected[k], str(k))
        assert_array_equal(moved.canvas.pixels(), expected[k], str(k))


@every_kind
def test_a_readers_own_style_changes_nothing_of_a_frame(draw):
    expected = [draw().update(k=k).frame(1) for k in range(4)]
    reader = {"font.size": 30, "axes.titlesize": 30, "xtick.labelsize": 30, "xtick.color": "red", "text.color": "red"}
    reader |= {"lines.antialiased": False, "axes.facecolor": "black", "axes.grid": True, "image.cmap": "gray"}
    with matplotlib.rc_context(reader | {"figure.dpi": 30}):
        picture = draw()
        assert [picture.update(k=k).frame(1) == expected[k] for k in STEPS] == [True] * len(STEPS)


@every_kind
def test_a_frame_does_not_depend_on_the_pixels_of_the_frames_before(draw):
    picture = draw()
    for k, ratio in [(0, 1), (1, 2), (1, 1.5), (2, 1)]:
        assert picture.update(k=k).frame(ratio) == draw().update(k=k).frame(ratio)


def test_what_was_never_moved_is_not_drawn_again():
    drawn = []

    @small
    def two_lines(ax):
        still, moves = ax.plot([0, 1], [[0, 1], [1, 0]])
        still.set_zorder(1)
        draw = still.draw
        still.draw = lambda renderer: (drawn.append(still), draw(renderer))

        def update(k=0):
            moves.set_ydata([0, k])
            return f"{k}"

        return update

    picture = two_lines()
    for k in range(3):
        picture.update(k=k).canvas.draw()
    before = len(drawn)
    for k in range(9):
        picture.update(k=k).canvas.draw()
    assert len(drawn) == before


# --- PNG ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (7, 1), (64, 48)])
def test_a_png_holds_exactly_the_pixels(rng, size):
    pixels = rng.integers(0, 256, (*size, 4), dtype=np.uint8)
    with Image.open(io.BytesIO(png(pixels))) as image:
        image.verify()
    assert_array_equal(np.asarray(Image.open(io.BytesIO(png(pixels)))), pixels)
