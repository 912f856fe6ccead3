"""A canvas that draws only what moved: what stands still is kept as a ground, the rest is drawn on top of it.

Matplotlib notes for each artist whether it is stale. So a figure need not say what moves, and what is seen is what a
whole redraw would show, to the pixel: a test holds every figure to that.
"""

import zlib
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from numpy.typing import NDArray

from mathml.figures.style import drawing

Pixels: TypeAlias = NDArray[np.uint8]

__all__ = ["Canvas", "Pixels", "png"]


class Canvas(FigureCanvasAgg):
    """Agg, but `draw` moves what is stale, and redraws the rest only where it changed."""

    _ground: Any = None  # the pixels of what stands still
    _still: frozenset[Artist] = frozenset()  # what is drawn there
    _laid: Any = None  # the sizes and limits that it was drawn for

    def draw(self) -> None:
        with drawing():
            layers = _layers(self.figure.get_children())
            moving = self._moving(layers)
            still = frozenset(artist for layer in layers for artist in layer).difference(moving)
            if self._laid != self._measures() or self._ground_is_stale() or self._still != still:
                self._lay_ground(moving)
                self._still = still
            else:
                self.renderer.restore_region(self._ground)
            for artist in moving:
                artist.draw(self.renderer)

    def pixels(self) -> Pixels:
        """The picture as it is now: `(height, width, 4)`, red, green, blue, opacity."""
        self.draw()
        return np.asarray(self.buffer_rgba())  # type: ignore[no-untyped-call]

    def _moving(self, layers: list[list[Artist]]) -> list[Artist]:
        """What is drawn on top of the ground: all that moves, and all that lies above it in the same Axes.

        The first time that is nothing, since nothing has moved yet.
        """
        if self._laid is None:
            return []
        return [artist for layer in layers for artist in _from_the_first(layer, self._moves)]

    def _moves(self, artist: Artist) -> bool:
        return not isinstance(artist, Axis) and (artist.stale or artist not in self._still)

    def _ground_is_stale(self) -> bool:
        shown = [ax for ax in self.figure.axes if ax.axison]
        parts = [self.figure.patch, *(part for ax in shown for part in (ax.xaxis, ax.yaxis, ax.patch))]
        return any(part.stale for part in parts)

    def _measures(self) -> list[Any]:
        """What every pixel depends on."""
        axes = [
            (ax.viewLim.bounds, ax.get_position(original=True).bounds, ax.get_aspect(), ax.axison)
            for ax in self.figure.axes
        ]
        return [self.figure.bbox.bounds, self.figure.dpi, *axes]

    def _lay_ground(self, moving: list[Artist]) -> None:
        """Draw and keep what stands still."""
        for artist in moving:
            artist.set_animated(True)  # to Matplotlib: not drawn with the others
        super().draw()  # type: ignore[no-untyped-call]
        for artist in moving:
            artist.set_animated(False)
        self._ground = self.copy_from_bbox(self.figure.bbox)  # type: ignore[no-untyped-call]
        self._laid = self._measures()


def _layers(artists: Iterable[Artist]) -> list[list[Artist]]:
    """The artists of each Axes, and those of the figure itself, in the order in which they are drawn.

    What moves in one is not drawn below another: Axes lie side by side, and the figure's words outside of them.
    """
    children = list(artists)
    axes = [ax for ax in _upwards(children) if isinstance(ax, Axes) and ax.get_visible()]
    own = [artist for artist in _upwards(children) if not isinstance(artist, Axes)]
    return [*([artist for artist in _upwards(ax.get_children()) if _is_drawn(artist, ax)] for ax in axes), own[1:]]


def _upwards(artists: Iterable[Artist]) -> list[Artist]:
    return sorted(artists, key=lambda artist: artist.get_zorder())


def _is_drawn(artist: Artist, ax: Axes) -> bool:
    """Whether an artist of these Axes is drawn on top of their patch."""
    hidden = [*ax.spines.values(), ax.xaxis, ax.yaxis] if not ax.axison else []
    return artist is not ax.patch and artist not in hidden


def _from_the_first(layer: list[Artist], chosen: Callable[[Artist], bool]) -> list[Artist]:
    return layer[next((i for i, artist in enumerate(layer) if chosen(artist)), len(layer)) :]


def png(pixels: Pixels) -> bytes:
    """A PNG of the pixels `(height, width, 4)`, quickly: each row as its difference from the row above.

    Flat pictures become almost all zeros that way, for which zlib's lowest level is enough (PNG 1.2, section 6.4).
    """
    height, width, _ = pixels.shape
    rows = np.empty((height, 1 + 4 * width), np.uint8)
    rows[:, 0] = 2  # the filter type "up"
    flat = pixels.reshape(height, 4 * width)
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])
    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 6, 0, 0, 0])  # eight bits each of RGBA
    chunks = [_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows.data, 1)), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)
