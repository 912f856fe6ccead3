"""Pages that are read without a network: no script, no font and no formula comes from elsewhere."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from latex2mathml.converter import convert
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

__all__ = ["markdown", "page"]

_FOLDER = Path(__file__).parent


class _Renderer(IPythonRenderer):
    """Formulas as MathML, which browsers draw themselves; HTML as the text that it is."""

    def __init__(self) -> None:
        super().__init__(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)

    def inline_math(self, body: str) -> str:
        return _formula(body, "inline")

    def block_math(self, body: str) -> str:
        return _formula(body, "block")

    def latex_environment(self, name: str, body: str) -> str:
        return _formula(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")


def _formula(tex: str, display: str) -> str:
    known = re.sub(r"\\arg(?![a-zA-Z])", r"\\operatorname{arg}", tex)
    try:
        return str(convert(known, display=display))
    except Exception:  # the library raises all kinds; the words of the formula are better than none
        return f"<code>{Markup.escape(tex)}</code>"


def markdown(source: str) -> Markup:
    """HTML of Markdown with formulas; what is HTML in it is shown as text."""
    return Markup(MarkdownWithMath(renderer=_Renderer()).render(source))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["points"] = lambda number: f"{number:.4g}"
    environment.filters["decimal"] = lambda number: "–" if number != number else f"{number:.2f}"
    environment.globals["style"] = Markup((_FOLDER / "style.css").read_text(encoding="utf-8"))
    return environment


def page(name: str, /, **content: Any) -> str:
    """A page by its template; what is put into it is escaped, but for `Markup`."""
    return _environment().get_template(f"{name}.html").render(content)
