"""How quickly a live figure follows the hand, beside a plain `interact` that redraws the same figure.

    make bench-live                                          the whole table; fails where a ratio falls short
    python -m benchmarks.live --cases "one slider" --moves 0     a part of it

Both stand in one notebook, in JupyterLab in a real browser, and are moved in turns with real keys and a real mouse.
A time goes from the event to the animation frame in which the picture has changed.
"""

import argparse
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import psutil
from playwright.sync_api import CDPSession, Locator, Page, Playwright, TimeoutError, expect, sync_playwright

from tests.browser import chromium
from tests.browser.jupyter import PATIENCE, Lab, serve
from tests.browser.pages import open_notebook, run_all
from tools.notebooks import METADATA

PROBE = Path(__file__).with_name("live_probe.js").read_text(encoding="utf-8")
ROUNDS = 2  # ours, interact, ours, interact, …
STEPS = 20  # timed movements of each kind in a round
SWEEPS = 3  # of a drag, there and back
REST = 0.4  # seconds in which a hand rests

IMPORTS = """
%matplotlib inline
import matplotlib
matplotlib.rcParams["savefig.dpi"] = "figure"

import numpy as np
from IPython.display import display
from ipywidgets import FloatSlider, interact

from mathml.figures import figure
from mathml.figures import vectors as figures
from mathml.live import live, point

RATIO = {ratio}


def plain(drawn, change=lambda **sliders: sliders, **sliders):
    "What people write: a function that draws the figure, and `interact`."

    def show(**values):
        shown = drawn().update(**change(**values)).figure
        shown.set_dpi(100 * RATIO)
        display(shown)

    interact(show, **sliders)


@figure
def saddle(ax):
    "A surface on 200 × 200 points, and its contours."
    x, y = np.meshgrid(np.linspace(-2, 2, 200), np.linspace(-2, 2, 200))
    ax.set(xlim=(-2, 2), ylim=(-2, 2), xlabel="x", ylabel="y")
    drawn = []

    def update(bend=1.0):
        for old in drawn:
            old.remove()
        z = x**2 - bend * y**2 + np.sin(3 * bend * x)
        drawn[:] = [ax.contourf(x, y, z, 14, cmap="PuOr"), ax.contour(x, y, z, 14, colors="k", linewidths=0.8)]
        return f"x² − {{bend:.2f}} y²"

    return update
"""


@dataclass(frozen=True)
class Case:
    """A figure, ours and theirs, and how each is moved."""

    ours: str
    theirs: str
    ratio: int = 1
    dragged: bool = False  # ours is a point in the picture
    demand: float = 0.5  # the part of the targets that holds here


CASES = {
    "one slider": Case(
        "live(figures.projection, angle=(-180, 180, 0.1))",
        "plain(figures.projection, angle=FloatSlider(40, min=-180, max=180, step=0.1))",
        demand=1,
    ),
    "two sliders": Case(
        "live(figures.projection, angle=(-180, 180, 0.1), length=(0.1, 3, 0.01))",
        "plain(figures.projection, angle=FloatSlider(40, min=-180, max=180, step=0.1), length=(0.1, 3.0, 0.01))",
    ),
    "a dragged point": Case(
        "live(figures.vector_sum, a=point((-4, 4), (-3, 3), 0.01))",
        "plain(figures.vector_sum, lambda x, y: {'a': (x, y)}, "
        "x=FloatSlider(3, min=-4, max=4, step=0.01), y=FloatSlider(0.5, min=-3, max=3, step=0.01))",
        dragged=True,
    ),
    "200 × 200 contour": Case(
        "live(saddle, bend=(0.1, 4, 0.001))",
        "plain(saddle, bend=FloatSlider(1, min=0.1, max=4, step=0.001))",
    ),
    "pixel ratio 2": Case(
        "live(figures.projection, angle=(-180, 180, 0.1))",
        "plain(figures.projection, angle=FloatSlider(40, min=-180, max=180, step=0.1))",
        ratio=2,
    ),
}


@dataclass
class Measured:
    """Milliseconds from the hand to the picture, and what else was seen of one side of a case."""

    kept: list[float] = field(default_factory=list)
    new: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)  # frames a second while dragging
    late: list[int] = field(default_factory=list)  # frames after the hand had stopped
    catch_up: list[float] = field(default_factory=list)
    bytes: list[float] = field(default_factory=list)  # a frame
    blanks: int = 0
    heights: set[int] = field(default_factory=set)


# --- one side of a case ---------------------------------------------------------------------------


class Side:
    """One cell of the notebook with a picture in it, and the hand on its control."""

    def __init__(self, page: Page, cell: Locator, traffic: "Traffic", dragged: bool) -> None:
        self.page, self.cell, self.traffic, self.dragged = page, cell, traffic, dragged
        self.measured = Measured()
        kind = ".mathml-live-point" if dragged else '.mathml-live input[type="range"], .noUi-handle'
        self.handle = cell.locator(kind).first

    def begin(self) -> None:
        self.handle.scroll_into_view_if_needed()
        self.page.evaluate("cell => window.probe.watch(cell)", self.cell.element_handle())
        self.handle.hover()
        self.handle.focus()
        time.sleep(REST)

    def end(self) -> None:
        seen = self.page.evaluate("window.probe.read()")
        self.page.evaluate("window.probe.stop()")
        self.measured.blanks += seen["blanks"]
        self.measured.heights |= {*seen["heights"]}

    def step(self, key: str) -> float | None:
        """Milliseconds from a key to the changed picture; None if it did not change."""
        self.page.evaluate("window.probe.clear()")
        self.page.keyboard.press(key)
        return self.answer()

    def answer(self) -> float | None:
        try:
            self.page.wait_for_function("window.probe.changes.length", timeout=5000)
        except TimeoutError:
            return None
        seen = self.page.evaluate("window.probe.read()")
        return seen["changes"][0] - seen["events"][0]

    def kept_steps(self) -> None:
        """Step for step, as one looks at a picture: to values that were seen, or fetched ahead."""
        for key, steps in [("ArrowRight", STEPS // 2), ("ArrowLeft", STEPS // 2)]:
            for _ in range(steps):
                self.measured.kept += filter(None, [self.step(key)])
                time.sleep(0.1)

    def new_steps(self, places: Iterator[float]) -> None:
        """Far jumps, each to a value that was never seen."""
        box = self.track()
        for part in itertools.islice(places, STEPS // 2):
            self.page.evaluate("window.probe.clear()")
            x, y = self.at(box, part)
            if self.dragged:
                self.page.mouse.move(*self.middle())
                self.page.mouse.down()
                self.page.evaluate("window.probe.clear()")
                self.page.mouse.move(x, y)
                self.measured.new += filter(None, [self.answer()])
                self.page.mouse.up()
            else:
                self.page.mouse.click(x, y)
                self.measured.new += filter(None, [self.answer()])

    def drag(self) -> None:
        """There and back again, as fast as a hand that plays."""
        box = self.track()
        self.page.mouse.move(*self.middle())
        self.page.evaluate("window.probe.clear()")
        self.traffic.bytes = 0
        self.page.mouse.down()
        there = [0.35 + 0.3 * i / 60 for i in range(61)]
        for part in (there + there[::-1]) * SWEEPS:
            self.page.mouse.move(*self.at(box, part))  # returns when the page has had it, in its next frame
        self.page.mouse.up()
        time.sleep(1.2)
        seen = self.page.evaluate("window.probe.read()")
        first, last = seen["events"][0], seen["events"][-1]
        while_dragging = [t for t in seen["changes"] if t <= last]
        after = [t - last for t in seen["changes"] if t > last]
        self.measured.rates.append(1000 * len(while_dragging) / (last - first))
        self.measured.late.append(seen["late"])
        self.measured.catch_up.append(max(after, default=0.0))
        self.measured.bytes.append(self.traffic.bytes / len(seen["changes"]))

    def middle(self) -> tuple[float, float]:
        box = self.handle.bounding_box() or {}
        if self.handle.get_attribute("type") == "range":
            part = self.handle.evaluate("input => input.value / input.max")
            return box["x"] + 8 + part * (box["width"] - 16), box["y"] + box["height"] / 2
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def track(self) -> dict[str, float]:
        """The box of the way that the handle can take."""
        name = ".mathml-live-picture" if self.dragged else ".noUi-base"
        track = self.handle if self.handle.get_attribute("type") == "range" else self.cell.locator(name).first
        return dict(track.bounding_box() or {})

    def at(self, box: dict[str, float], part: float) -> tuple[float, float]:
        """A place on the track, not quite from end to end."""
        height = 0.4 + 0.3 * part if self.dragged else 0.5
        return box["x"] + (0.1 + 0.8 * part) * box["width"], box["y"] + height * box["height"]


class Traffic:
    """Bytes that come from the server through web sockets."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0
        session.send("Network.enable")
        session.on("Network.webSocketFrameReceived", self.count)

    def count(self, event: dict[str, Any]) -> None:
        text = event["response"]["payloadData"]
        self.bytes += len(text) if event["response"]["opcode"] == 1 else len(text) * 3 // 4  # base64


# --- the notebook ---------------------------------------------------------------------------------


def write(path: Path, ratio: int, *sources: str) -> None:
    """A notebook whose first cell holds the imports."""
    v4 = nbformat.v4
    cells = [v4.new_code_cell(source) for source in [IMPORTS.format(ratio=ratio), *sources]]  # type: ignore[no-untyped-call]
    nbformat.write(v4.new_notebook(cells=cells, metadata=METADATA), path)  # type: ignore[no-untyped-call]


def open_and_run(page: Page, lab: Lab, path: Path) -> Locator:
    """The notebook's cells, when all have run."""
    notebook = open_notebook(page, lab, path.name)
    page.add_script_tag(content=PROBE)
    run_all(page, notebook)
    page.wait_for_function(
        "[...document.querySelectorAll('.jp-CodeCell')].slice(1).every(cell =>"
        " cell.querySelector('canvas[aria-label], .jp-OutputArea-output img'))"
    )
    time.sleep(2)
    return page.locator(".jp-Notebook .jp-CodeCell")


def measure(lab: Lab, page: Page, case: Case) -> tuple[Measured, Measured]:
    path = lab.root / "bench.ipynb"
    write(path, case.ratio, case.ours, case.theirs)
    cells = open_and_run(page, lab, path)
    traffic = Traffic(page.context.new_cdp_session(page))
    ours = Side(page, cells.nth(1), traffic, case.dragged)
    theirs = Side(page, cells.nth(2), traffic, False)
    places = {side: shuffled() for side in (ours, theirs)}
    for _ in range(ROUNDS):
        for side in (ours, theirs):
            side.begin()
            side.kept_steps()
            side.new_steps(places[side])
            time.sleep(REST)
            side.drag()
            side.end()
    return ours.measured, theirs.measured


def shuffled() -> Iterator[float]:
    """Places on the track, each far from those before it and none twice: multiples of the golden section."""
    return ((i * 0.6180339887) % 1 for i in itertools.count(1))


# --- the table ------------------------------------------------------------------------------------


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def table(name: str, ours: Measured, theirs: Measured) -> str:
    def both(times: list[float]) -> str:
        return f"{statistics.median(times):5.0f} /{p95(times):4.0f}"

    rows = [
        ("kept or fetched ahead, ms (median / 95 %)", both(ours.kept), both(theirs.kept)),
        ("never seen, ms (median / 95 %)", both(ours.new), both(theirs.new)),
        ("frames a second while dragging", *(f"{statistics.median(side.rates):.0f}" for side in (ours, theirs))),
        ("frames after the hand has stopped, at most", *(str(max(side.late)) for side in (ours, theirs))),
        ("catch-up after release, ms", *(f"{statistics.median(side.catch_up):.0f}" for side in (ours, theirs))),
        (
            "kB through the socket for a frame",
            *(f"{statistics.median(side.bytes) / 1e3:.0f}" for side in (ours, theirs)),
        ),
        ("blank frames", str(ours.blanks), str(theirs.blanks)),
        ("heights of the cell", str(len(ours.heights)), str(len(theirs.heights))),
    ]
    lines = [f"{name:44}{'live':>14}{'interact':>14}", *(f"  {row:42}{a:>14}{b:>14}" for row, a, b in rows)]
    return "\n".join(lines)


def shortfalls(ours: Measured, theirs: Measured, demand: float) -> Iterator[str]:
    """What misses its target. Half the demand is half the ratio."""
    times = [
        ("kept: median", statistics.median(theirs.kept) / statistics.median(ours.kept), 8),
        ("kept: 95 %", p95(theirs.kept) / p95(ours.kept), 6),
        ("never seen: median", statistics.median(theirs.new) / statistics.median(ours.new), 2),
        ("frames a second", statistics.median(ours.rates) / statistics.median(theirs.rates), 6),
    ]
    for name, ratio, target in times:
        if ratio < demand * target:
            yield f"{name}: {ratio:.1f} times as good, but {demand * target:g} is the target"
    if max(ours.late) > 1:
        yield f"{max(ours.late)} frames after the hand had stopped"
    if ours.blanks or len(ours.heights) > 1:
        yield f"{ours.blanks} blank frames, heights {sorted(ours.heights)}"


# --- memory ---------------------------------------------------------------------------------------

MOVE = """moves => {
    const input = document.querySelector('.mathml-live input[type=range]');
    const length = Number(input.max) + 1;
    window.moved = 0;
    const move = () => {
        input.valueAsNumber = (window.moved * 37) % length;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        if (++window.moved < moves) requestAnimationFrame(move);
    };
    move();
}"""


def memory(lab: Lab, playwright: Playwright, moves: int) -> Iterator[tuple[str, dict[str, float]]]:
    """Megabytes in the browser and in the kernel while a page moves by itself.

    Nobody looks on meanwhile: a debugger that is attached to a page, as Playwright is, keeps a copy of each frame.
    """
    path = lab.root / "memory.ipynb"
    write(path, 1, CASES["one slider"].ours)
    with chromium_alone(lab.settings / "profile") as (process, address):
        browser = playwright.chromium.connect_over_cdp(address)
        page = browser.contexts[0].pages[0]
        open_and_run(page, lab, path)
        page.evaluate(MOVE, moves)
        browser.close()  # only the connection
        for part in range(1, 11):
            time.sleep(moves / 10 / 50)
            yield f"{10 * part} %", sizes(lab, process)
        browser = playwright.chromium.connect_over_cdp(address)
        moved = browser.contexts[0].pages[0].evaluate("window.moved")
        yield f"{moved} moves", sizes(lab, process)


@contextmanager
def chromium_alone(profile: Path) -> Iterator[tuple[psutil.Process, str]]:
    """A Chromium that can be left to itself, and where to reach it."""
    options = ["--headless", "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]
    command = [str(chromium.find()), *chromium.arguments(), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    note = profile / "DevToolsActivePort"
    try:
        while not note.exists() or not note.read_text():
            time.sleep(0.1)
        yield psutil.Process(process.pid), f"http://127.0.0.1:{note.read_text().splitlines()[0]}"
    finally:
        process.terminate()
        process.wait()


def sizes(lab: Lab, browser: psutil.Process) -> dict[str, float]:
    """What belongs to each alone, in megabytes."""
    kernels = [p for p in psutil.Process(lab.pid).children(recursive=True) if "ipykernel_launcher" in p.cmdline()]
    return {
        "browser": sum(p.memory_full_info().uss for p in [browser, *browser.children(recursive=True)]) / 1e6,
        "kernel": max(kernels, key=psutil.Process.create_time).memory_full_info().uss / 1e6,  # the newest one's
    }


def growth(sizes: list[dict[str, float]]) -> Iterator[str]:
    """What is not flat: the last fifth of the moves needs a tenth more than the second fifth."""
    for name in sizes[0]:
        early, late = (statistics.mean(measured[name] for measured in part) for part in (sizes[2:4], sizes[8:10]))
        if late > 1.1 * early:
            yield f"{name} grew from {early:.0f} to {late:.0f} MB"


# --- the command ----------------------------------------------------------------------------------


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--cases", nargs="*", choices=CASES, default=[*CASES], help="a part of them; none for memory alone"
    )
    parser.add_argument(
        "--moves", type=int, default=10_000, help="after which memory must be flat; 0 to leave that out"
    )
    options = parser.parse_args()
    expect.set_options(timeout=1000 * PATIENCE)
    found: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder), Path(folder) / ".settings") as lab,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        errors: list[str] = []

        @contextmanager
        def page(ratio: int) -> Iterator[Page]:
            context = browser.new_context(viewport={"width": 1300, "height": 1000}, device_scale_factor=ratio)
            new = context.new_page()
            new.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
            new.on("pageerror", lambda error: errors.append(str(error)))
            yield new
            context.close()

        for name in options.cases:
            print(f"{name} …", end="\r", file=sys.stderr, flush=True)
            with page(CASES[name].ratio) as new:
                ours, theirs = measure(lab, new, CASES[name])
            print(table(name, ours, theirs), "\n")
            found += [f"{name}: {short}" for short in shortfalls(ours, theirs, CASES[name].demand)]
        if options.moves:
            used = []
            print(f"megabytes after a part of {options.moves} moves")
            for part, measured in memory(lab, playwright, options.moves):
                used.append(measured)
                print(f"{part:>12}", *(f"{name} {size:6.0f}" for name, size in measured.items()), sep="   ")
            found += growth(used)
        browser.close()
    found += [f"an error in the console: {error}" for error in errors]
    print("", *found, sep="\n") if found else print("All targets are met.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
