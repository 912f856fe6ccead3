"""Every figure: drawn once, moved by its parameters, said in words, fit to be seen by everyone."""

import importlib
import inspect
import io
import itertools
import math
import pkgutil
import subprocess
import sys

import matplotlib
import numpy as np
import pytest
from matplotlib.text import Text
from numpy.testing import assert_allclose, assert_array_equal
from PIL import Image

from mathml import figures, vectors
from mathml.figures import figure, style
from tests.test_canvas import redrawn

MODULES = [
    importlib.import_module(f"mathml.figures.{module.name}") for module in pkgutil.iter_modules(figures.__path__)
]
FIGURES = {
    f"{module.__name__}.{name}": found
    for module in MODULES
    for name, found in vars(module).items()
    if hasattr(found, "size") and inspect.isfunction(found) and found.__module__ == module.__name__
}
every_figure = pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES.keys())

ANOTHER = {
    "beginning": "the old king",
    "event": "a six",
    "feature": "sepal width (cm)",
    "given": "the sum is 7",
    "how": "reshape",
    "hue": "blue",
    "kind": "rows",
    "loss": "hinge",
    "max_depth": 2,
    "mask": "none",
    "metric": "dot",
    "name": "UMAP",
    "order": ("B", "E", "A", "C", "D"),
    "penalty": "L1",
    "plan": "cosine",
    "scale": -0.5,
    "sentence": "nobody knew what grandmother had in",
    "shape": "uniform",
    "source": "Cauchy",
    "surface": "Rosenbrock",
    "without": "residuals",
}


def another(name, value):
    """A setting that is not the default."""
    if name in ANOTHER:
        return ANOTHER[name]
    if name == "p" and value >= 1:  # a norm's, not a probability
        return math.inf
    if isinstance(value, tuple):
        return tuple(another(name, x) for x in value)
    if isinstance(value, int):
        return value - 1 if value else 1
    return value / 2 if value else 0.5


def settings(picture):
    """Each parameter changed alone."""
    return [{name: another(name, value)} for name, value in picture.parameters.items()]


def walk(picture, rng):
    """Settings near and far in any order, and back to the start."""
    start = dict(picture.parameters)
    several = [{name: another(name, value) for name, value in start.items() if rng.random() < 0.5} for _ in range(2)]
    further = [start | changed for changed in [*settings(picture), *several]]
    return [further[i] for i in rng.permutation(len(further))] + [start]


@figure
def dot_on_a_line(ax, double=lambda x: 2 * x):
    ax.set(xlim=(-9, 9), xlabel="x", ylabel="y")
    (dot,) = ax.plot([], [], "o", gid="dot")

    def update(x=1.0, y=0.0):
        dot.set_data([double(x)], [y])
        return f"a dot at {double(x):g}, {y:g}"

    return update


# --- the protocol ---------------------------------------------------------------------------------


def test_there_are_figures_to_test():
    assert {"projection", "vector_sum", "unit_balls", "span"} <= {name.rpartition(".")[2] for name in FIGURES}


def test_a_figure_is_drawn_once_and_then_only_moved():
    drawn = []

    @figure
    def counted(ax):
        drawn.append(ax)
        return lambda x=0: f"{x}"

    assert counted().update(x=1).update(x=2).text == "2"
    assert len(drawn) == 1


def test_update_returns_the_figure_and_keeps_what_is_not_named():
    picture = dot_on_a_line().update(x=3.0)
    assert picture.update(y=5.0) is picture
    assert picture.parameters == {"x": 3.0, "y": 5.0}
    assert picture.text == "a dot at 6, 5"


def test_a_function_that_is_passed_in_drives_the_picture():
    assert dot_on_a_line(double=lambda x: 100 * x).artist("dot").get_xdata() == [100]


def test_an_unknown_parameter_is_named_with_the_known_ones():
    with pytest.raises(TypeError, match="has the parameters x, y, but z came"):
        dot_on_a_line().update(z=1)


def test_an_unknown_artist_is_named_with_the_known_ones():
    with pytest.raises(KeyError, match="no artist is called 'cat'; there are dot"):
        dot_on_a_line().artist("cat")


def test_an_update_that_fails_leaves_the_parameters_as_they_were():
    picture = dot_on_a_line()
    with pytest.raises(TypeError):
        picture.update(x=None)
    assert picture.parameters == {"x": 1.0, "y": 0.0}
    assert picture.update(x=2.0).text == "a dot at 4, 0"


def test_a_notebook_gets_the_picture_its_width_and_the_words():
    picture = dot_on_a_line()
    data, metadata = picture._repr_mimebundle_()
    assert data["text/plain"] == repr(picture) == picture.text == "a dot at 2, 0"
    assert metadata["image/png"] == {"width": 640, "alt": picture.text}
    assert pixels_wide(data["image/png"]) == 2 * 640


def test_savefig_writes_what_the_notebook_shows(tmp_path):
    picture = dot_on_a_line()
    picture.savefig(tmp_path / "dot.png")
    assert (tmp_path / "dot.png").read_bytes() == picture.png()


def test_a_figure_does_not_depend_on_the_readers_own_style():
    before = dot_on_a_line()
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "black", "figure.dpi": 30}):
        assert dot_on_a_line().png() == before.png()
        assert dot_on_a_line().update(x=2.0).frame() == before.update(x=2.0).frame()


def test_png_is_the_same_after_frames_of_other_sizes():
    picture = dot_on_a_line()
    png = picture.png()
    for ratio in (1, 3, 1.5):
        picture.update(x=3.0).frame(ratio)
    assert picture.update(x=1.0).png() == png


@pytest.mark.parametrize("ratio", [1, 1.1, 1.25, 1.5, 2, 3])
@pytest.mark.parametrize("size", [(6.4, 4.4), (5.8, 5.4), (8.4, 2.7), (12, 7)])
def test_a_frame_has_the_pixels_of_the_screen_that_it_is_for(size, ratio):
    picture = figure(size=size)(lambda ax: lambda: "nothing")()
    frame = Image.open(io.BytesIO(picture.frame(ratio)))
    assert_allclose(frame.size, [picture.width * ratio, picture.height * ratio], atol=0.51)
    assert_array_equal(np.asarray(frame), picture.canvas.pixels())


def test_a_figure_that_is_wider_than_the_page_is_made_smaller_and_not_cut():
    picture = figure(size=(12, 7))(lambda ax: lambda: "nothing")()
    assert (picture.width, picture.height) == (960, 560)


# --- places ---------------------------------------------------------------------------------------


@figure
def dots_on_axes_of_all_kinds(ax):
    ax.set(xlim=(0, 4), ylim=(-1, 1), aspect="equal", position=(0.1, 0.55, 0.4, 0.4))
    logarithmic, heat = ax.figure.add_axes((0.6, 0.5, 0.3, 0.4)), ax.figure.add_axes((0.2, 0.1, 0.6, 0.3))
    logarithmic.set(xscale="log", xlim=(1, 1000), ylim=(3, 0))
    heat.imshow(np.zeros((3, 5)), cmap="gray_r", gid="heat")
    kinds = {"equal": ax, "logarithmic": logarithmic, "heat": heat}
    dots = {name: on.plot([], [], "s", color="red", gid=name)[0] for name, on in kinds.items()}

    def update(on="equal", x=1.0, y=0.5):
        for name, dot in dots.items():
            dot.set_data([x] if name == on else [], [y] if name == on else [])
        return f"a dot at {x}, {y}"

    return update


@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize(
    ("on", "x", "y"), [("equal", 1, 0.5), ("equal", 3, -0.5), ("logarithmic", 10, 2), ("heat", 0, 2), ("heat", 4, 0)]
)
def test_a_place_is_where_the_picture_shows_the_point(on, x, y, ratio):
    picture = dots_on_axes_of_all_kinds().update(on=on, x=x, y=y)
    ((across, down),) = picture.places([(x, y)], on)
    red, green = np.asarray(Image.open(io.BytesIO(picture.frame(ratio))), dtype=int)[..., :2].transpose(2, 0, 1)
    rows, columns = np.nonzero(red > green + 100)
    seen = (columns.mean() + 0.5) / red.shape[1], (rows.mean() + 0.5) / red.shape[0]
    assert_allclose((across, down), seen, atol=1 / 200)


def test_places_are_on_the_figures_own_axes_if_nothing_else_is_said():
    picture = dots_on_axes_of_all_kinds()
    assert_array_equal(picture.places([(1, 0), (2, 1)]), picture.places([(1, 0), (2, 1)], on="equal"))


def test_places_follow_limits_that_move():
    picture = dots_on_axes_of_all_kinds()
    before = picture.places([(1, 2)], "logarithmic")
    picture.artist("logarithmic").axes.set(xlim=(0.1, 100))
    after = picture.places([(0.1, 2)], "logarithmic")
    assert_allclose(after, before)


def test_importing_and_drawing_never_loads_pyplot():
    drawing = "from mathml.figures import vectors as figures; figures.projection().png()"
    code = f"import sys; {drawing}; print('matplotlib.pyplot' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


# --- every figure of every lesson -----------------------------------------------------------------


@every_figure
def test_has_a_docstring_that_names_each_parameter(draw):
    for name in draw().parameters:
        assert f"`{name}`" in inspect.getdoc(draw)


@every_figure
def test_takes_its_maths_as_an_argument_with_mathmls_as_the_default(draw):
    defaults = [argument.default for argument in list(inspect.signature(draw).parameters.values())[1:]]
    assert any(str(getattr(default, "__module__", "")).startswith("mathml.") for default in defaults)
    assert all(default is not inspect.Parameter.empty for default in defaults)


@every_figure
def test_every_parameter_changes_the_text_alternative_and_the_picture(draw):
    picture = draw()
    text, seen, start = picture.text, pixels(picture), dict(picture.parameters)
    assert len(text) > 30
    for setting in settings(picture):
        picture.update(**start | setting)
        assert picture.text != text, setting
        assert pixels(picture) != seen, setting


@every_figure
def test_update_moves_artists_and_neither_adds_nor_removes_nor_rescales(draw):
    picture = draw()
    artists, limits = children(picture), [ax.axis() for ax in picture.figure.axes]
    for setting in settings(picture):
        picture.canvas.draw()
        picture.update(**setting)
        shown = [ax for ax in picture.figure.axes if ax.axison]
        assert not any(still.stale for ax in shown for still in (ax.xaxis, ax.yaxis, ax.patch))
        assert children(picture) == artists
        assert [ax.axis() for ax in picture.figure.axes] == limits


@every_figure
def test_what_is_shown_depends_on_the_parameters_and_not_on_the_way_there(draw, rng):
    picture = draw()
    for setting in walk(picture, rng):
        fresh = draw().update(**setting)
        assert picture.update(**setting).text == fresh.text
        assert_array_equal(picture.canvas.pixels(), redrawn(fresh), str(setting))


@every_figure
def test_axes_are_labelled_or_hidden(draw):
    for ax in draw().figure.axes:
        assert not ax.axison or (ax.get_xlabel() and ax.get_ylabel())


@every_figure
def test_no_words_are_cut_off(draw):
    picture = draw()
    start = dict(picture.parameters)
    for setting in [{}, *settings(picture)]:
        picture.update(**start | setting).canvas.draw()
        left, bottom, right, top = picture.figure.bbox.extents
        for text in picture.figure.findobj(Text):
            if text.get_visible() and text.get_text() and (text.axes is None or text.axes.axison):
                box = text.get_window_extent()
                assert left <= box.x0 <= box.x1 <= right, (setting, text)
                assert bottom <= box.y0 <= box.y1 <= top, (setting, text)


@every_figure
def test_the_png_is_small_and_says_nothing_about_its_maker(draw):
    png = draw().png()
    assert len(png) < 60_000
    assert not {b"tEXt", b"iTXt", b"zTXt", b"tIME", b"eXIf"} & set(chunks(png))


@every_figure
def test_the_png_and_a_frame_are_the_same_whatever_was_drawn_before(draw):
    picture = draw()
    start = dict(picture.parameters)
    picture.update(**settings(picture)[0]).frame(1.5)
    assert picture.update(**start).frame(1) == draw().frame(1)
    assert picture.png() == draw().png()


# --- colours --------------------------------------------------------------------------------------

# Machado, Oliveira and Fernandes, A physiologically-based model for simulation of color vision deficiency (2009),
# table of matrices at full severity.
BLINDNESS = {
    "protan": [(0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)],
    "deutan": [(0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)],
    "tritan": [(1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)],
    "none": np.eye(3),
}
LETTERS = [style.BLUE, style.RED, style.GREEN, style.INK]
FILLS = [style.BLUE, style.RED, style.GREEN, style.ORANGE]


@pytest.mark.parametrize("kind", BLINDNESS)
def test_the_colour_blind_can_tell_the_colours_apart(kind):
    for pair in [*itertools.combinations(LETTERS, 2), *itertools.combinations(FILLS, 2)]:
        a, b = (lab(np.array(BLINDNESS[kind]) @ linear(color)) for color in pair)
        assert vectors.distance(a, b) > 15, pair  # 2.3 is just noticeable


@pytest.mark.parametrize("color", [*LETTERS, style.PURPLE, style.BROWN, style.GREY])
def test_words_have_the_contrast_that_reading_needs(color):
    def luminance(c):
        return float(linear(c) @ (0.2126, 0.7152, 0.0722))

    contrast = (luminance(style.CARD) + 0.05) / (luminance(color) + 0.05)
    assert contrast > 4.5  # WCAG 2.2, success criterion 1.4.3


def linear(color):
    """Light intensities of a colour: IEC 61966-2-1."""
    s = np.array(matplotlib.colors.to_rgb(color))
    return np.where(s <= 0.04045, s / 12.92, ((s + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """CIE L*a*b* of light intensities, for daylight."""
    to_xyz = np.array([(0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)])
    x, y, z = np.cbrt(np.clip(to_xyz @ rgb / (0.9505, 1, 1.089), 0.008856, 1))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


# --- a look at what was drawn ---------------------------------------------------------------------


def chunks(png):
    """The names of a PNG's chunks."""
    place = 8
    while place < len(png):
        yield png[place + 4 : place + 8]
        place += 12 + int.from_bytes(png[place : place + 4])


def children(picture):
    """All artists but the ticks, which Matplotlib makes when it needs them."""
    return [child for part in (picture.figure, *picture.figure.axes) for child in part.get_children()]


def pixels(picture):
    return picture.canvas.pixels().tobytes()


def pixels_wide(png):
    return int.from_bytes(png[16:20])
