"""A live figure on a page, as tests see it."""

import base64
import io
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, expect


class Shown:
    """A live figure: its picture, its words, its controls."""

    def __init__(self, root: Locator) -> None:
        self.page = root.page
        mark = f"shown-{secrets.token_hex(4)}"  # to be found at once on a long page
        root.evaluate("(root, mark) => (root.id = mark)", mark)
        self.root = self.page.locator(f"#{mark}")
        self.canvas = self.root.locator("canvas")
        self.picture = self.root.locator(".mathml-live-picture")
        self.told = self.root.locator(".mathml-live-told")
        self.message = self.root.locator(".mathml-live-message")
        expect(self.canvas).to_have_attribute("aria-label", re.compile(r"\w"))

    @property
    def text(self) -> str:
        return self.canvas.get_attribute("aria-label") or ""

    def control(self, name: str) -> Locator:
        """What moves a parameter, below the picture or in it, by the name that is read out for it."""
        return self.root.get_by_label(name, exact=True).and_(
            self.root.locator("[tabindex], input, select, button, [role]")
        )

    def pixels(self) -> Any:
        """What the canvas shows: (height, width, 4)."""
        png = self.canvas.evaluate("canvas => canvas.toDataURL()").partition(",")[2]
        return np.asarray(Image.open(io.BytesIO(base64.b64decode(png))))

    def look(self) -> int:
        """A number that is another one for another picture."""
        found: int = self.canvas.evaluate(
            """canvas => {
                const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                return new Uint32Array(data.buffer).reduce((hash, pixel) => (Math.imul(hash, 31) + pixel) | 0);
            }"""
        )
        return found

    def height(self) -> float:
        """Of all that the cell puts out."""
        box: float = self.root.evaluate("root => root.closest('.jp-Cell-outputArea').getBoundingClientRect().height")
        return box

    def until(self, condition: str, words: str = "") -> None:
        """Wait for a condition on `canvas` and `words`, and look at every frame of the screen."""
        canvas = self.canvas.element_handle()
        self.page.wait_for_function(f"([canvas, words]) => {condition}", arg=[canvas, words])

    def reset(self) -> None:
        self.root.get_by_role("button", name="start").click()

    def touch(self) -> None:
        """Point at it, and wait until the picture has this screen's pixels."""
        self.picture.hover(position={"x": 2, "y": 2})
        self.until("Math.round(canvas.clientWidth * devicePixelRatio) === canvas.width")

    @contextmanager
    def moves(self) -> Iterator[None]:
        """What is done in the `with` block changes the picture and its words, and not the room that they take."""
        text, look, height = self.text, self.look(), self.height()
        yield
        self.until("canvas.getAttribute('aria-label') !== words", text)
        assert self.look() != look, f"the same picture: {text} {self.text}"
        assert self.height() == height, self.text
