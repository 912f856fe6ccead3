"""The picture of backpropagation: values flow forward through a graph of operations, and gradients flow back."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.text import Text
from numpy.typing import ArrayLike

from mathml import autodiff
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, CARD, GREEN, GREY, LOW, ORANGE, RED, Arrow, beside, readout, signed

__all__ = ["computation_graph", "three_layers"]


def three_layers(w1: Any, x: Any, w2: Any, y: Any) -> Any:
    """The loss (out − y)² of a chain of layers: L₁ = w₁x, L₂ = tanh L₁, L₃ = w₂L₂, out = tanh L₃."""
    return np.square(np.tanh(w2 * np.tanh(w1 * x)) - y)


_NAMES = ("L₁", "L₂", "L₃", "out", "miss", "Loss")
_SIGNS = {"add": "{} + {}", "subtract": "{} − {}", "multiply": "{} · {}", "divide": "{} / {}", "negative": "−{}"}
_SIGNS |= {"square": "{}²", "power": "{}^{}"}
_OF_ONE = ("negative", "square")


class _Node(NamedTuple):
    """One number of the graph, and how it was made."""

    name: str
    formula: str  # in the names of its parents; nothing for an input
    value: float
    gradient: float
    parents: list[int]
    slopes: list[float]  # the local derivative for each parent


@figure(size=(9.4, 4.3))
def computation_graph(
    ax: Axes,
    graph: Maths = autodiff.graph,
    f: Callable[..., Any] = three_layers,
    names: Sequence[str] = _NAMES,
    start: Sequence[float] = (0.8, 1.5, 1.2, 0.2),
) -> Callable[..., str]:
    """Each edge knows its local derivative: along a path they multiply, and over all paths the products add up.

    Parameters: the number of a `node`; the `step`, first forward through each operation, then back; and `inputs`, the
    numbers that f is given. Data: a function `f` of numbers, the `names` of what its operations make, in their order,
    and the numbers at the `start`. The points of the artist "nodes" are the nodes, in order.
    """
    known = _nodes(graph, f, names, start)
    places, ways = _layout(known)
    operations = [k for k, node in enumerate(known) if node.parents]
    _prepare(ax, places, known, ways)
    now, chosen = (ax.plot([], [], "o", markersize=_MARKER, zorder=4, gid=name)[0] for name in ("now", "chosen"))
    now.set(alpha=0.2, markeredgewidth=0)
    chosen.set(color="none", markeredgecolor=ORANGE, markeredgewidth=4)
    paths = LineCollection([], colors=ORANGE, linewidths=7, alpha=0.5, capstyle="round", zorder=4, gid="paths")
    ax.add_collection(paths, autolim=False)
    style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 11, "zorder": 5}
    values = [ax.text(x, y - 0.13, "", color=BLUE, **style) for x, y in places]
    gradients = [ax.text(x, y - 0.53, "", color=RED, fontweight="bold", **style) for x, y in places]
    style |= {"fontsize": 10, "fontweight": "bold", "color": GREEN}
    slopes: dict[tuple[int, int], Text] = {}
    for (child, parent), way in ways.items():
        x, y = _beside_the_way(way)
        slopes[child, parent] = ax.text(x, y, "", gid=f"slope {child} {parent}", **style)
    result, parts = readout(ax, fontsize=14), readout(ax, 1)
    last = 2 * len(operations) + 1

    def update(node: int = 0, step: int = last, inputs: ArrayLike = tuple(start)) -> str:
        nodes = _nodes(graph, f, names, np.asarray(inputs, dtype=float).tolist())
        step = min(step, last)
        forward = {k for k in range(len(nodes)) if not nodes[k].parents} | {*operations[:step]}
        back = operations[::-1][: max(0, step - len(operations) - 1)]  # whose gradient has been passed on
        arrived = {k for k in range(len(nodes)) if step > len(operations) and _consumers(nodes, k) <= {*back}}
        routes = list(_routes(nodes, node))
        for k, text in enumerate(values):
            text.set_text(signed(nodes[k].value) if k in forward else "")
        for k, text in enumerate(gradients):
            text.set_text(f"∂ {signed(nodes[k].gradient)}" if k in arrived else "")
        for (child, parent), text in slopes.items():
            text.set_text(f"×{signed(_slope(nodes, child, parent))}" if child in forward else "")
        now.set_data(*places[_at_work(operations, step)].T)
        now.set_color(BLUE if step <= len(operations) else RED)
        paths.set_segments([ways[edge] for edge in dict.fromkeys(edge for route in routes for edge in route)])
        chosen.set_data(*places[[node]].T)
        sought = f"∂{nodes[-1].name}/∂{nodes[node].name}"
        result.set_text(f"{sought}  =  {_chain(nodes, node, routes) if node in arrived else '?'}")
        parts.set_text(_what_happens(nodes, operations, back, step))
        return (
            f"The graph of {nodes[-1].name}: "
            + ", ".join(f"{n.name} = {n.formula} = {signed(n.value)}" for n in nodes if n.parents)
            + f". Step {step} of {last}, {parts.get_text()}. For {nodes[node].name} = {signed(nodes[node].value)}: "
            f"{result.get_text()}."
        )

    return update


def _prepare(ax: Axes, places: Matrix, nodes: list[_Node], ways: dict[tuple[int, int], Matrix]) -> None:
    """What stands still: the arrows, and the formula of each operation. A unit is an inch."""
    ax.set_position((0, 0, 1, 1))
    width, height = ax.figure.bbox.width / ax.figure.dpi, ax.figure.bbox.height / ax.figure.dpi
    ax.set(xlim=(0, width), ylim=(0, height))
    ax.set_axis_off()
    ax.add_collection(LineCollection(list(ways.values()), colors=GREY, linewidths=1.5, zorder=1.5), autolim=False)
    for way in ways.values():
        Arrow(ax, GREY, thickness=0.03, zorder=1.5).point(beside(way[-1], way[-2] - way[-1], 0.15), way[-1])
    (rings,) = ax.plot(*places.T, "o", color=CARD, markersize=_MARKER, zorder=2, gid="nodes")
    rings.set(markeredgecolor=GREY, markeredgewidth=2)
    for node, (x, y) in zip(nodes, places, strict=True):
        ax.text(x, y + 0.12, node.name, fontsize=12, fontweight="bold", ha="center", va="center")
        if node.formula:
            ax.text(x, y + 0.48, node.formula, fontsize=11, color=GREY, ha="center", va="center")


def _beside_the_way(way: Matrix) -> Vector:
    """Where a number stands that belongs to an edge: above its middle, or below on the right where it rises steeply."""
    middle, along = way[len(way) // 2], way[-1] - way[0]
    across: Vector = np.array([-along[1], along[0]]) / np.hypot(*along)
    side = -1 if across[0] < -0.5 else 1
    place: Vector = middle + side * (0.13 + 0.2 * abs(across[0])) * across
    return place


# --- the graph ------------------------------------------------------------------------------------


def _nodes(graph: Maths, f: Callable[..., Any], names: Sequence[str], inputs: Sequence[float]) -> list[_Node]:
    """autodiff's own graph, in order, with names for the eye."""
    made = iter(names)
    nodes: list[_Node] = []
    for found in graph(f, *[float(number) for number in inputs]):
        parents, slopes = list(found.parents), [float(slope) for slope in found.slopes]
        name = next(made, f"({len(nodes)})") if parents else found.name.translate(LOW)
        formula = _formula(found.name, [nodes[k].name for k in parents]) if parents else ""
        nodes.append(_Node(name, formula, float(found.value), float(found.gradient), parents, slopes))
    return nodes


def _formula(function: str, names: list[str]) -> str:
    """How a node was made, as it is written."""
    sign = _SIGNS.get(function) if len(names) == 2 or function in _OF_ONE else None
    return sign.format(*names) if sign else f"{function} {', '.join(names)}"


def _consumers(nodes: list[_Node], k: int) -> set[int]:
    return {child for child, node in enumerate(nodes) if k in node.parents}


def _slope(nodes: list[_Node], child: int, parent: int) -> float:
    """The local derivative of a node by one of its parents, which may stand in it more than once."""
    return sum(slope for k, slope in zip(nodes[child].parents, nodes[child].slopes, strict=True) if k == parent)


def _routes(nodes: list[_Node], k: int) -> Iterator[list[tuple[int, int]]]:
    """All paths from the last node back to this one, each as its edges (child, parent)."""
    if k == len(nodes) - 1:
        yield []
    for child in sorted(_consumers(nodes, k)):
        for route in _routes(nodes, child):
            yield [*route, (child, k)]


# --- where the nodes lie, in inches ---------------------------------------------------------------

_RADIUS = 0.35
_MARKER = 2 * 72 * _RADIUS  # the same in points, for a marker
_LEFT, _RIGHT, _LOW_EDGE, _HIGH_EDGE = 0.45, 9.15, 0.75, 3.0


def _layout(nodes: list[_Node]) -> tuple[Matrix, dict[tuple[int, int], Matrix]]:
    """The place of each node, and of each edge (child, parent) the points from the parent to the child."""
    columns = _columns(nodes)
    rows = _rows(nodes, columns)
    x = _LEFT + (_RIGHT - _LEFT) / max(1, *columns) * np.array(columns)
    gap = min(1.3, (_HIGH_EDGE - _LOW_EDGE) / max(1.0, max(rows) - min(rows)))
    y = (_LOW_EDGE + _HIGH_EDGE) / 2 + gap * (np.array(rows) - (max(rows) + min(rows)) / 2)
    places = np.column_stack([x, y])
    edges = [(child, parent) for child, node in enumerate(nodes) for parent in dict.fromkeys(node.parents)]
    return places, {(child, parent): _way(places, parent, child) for child, parent in edges}


def _columns(nodes: list[_Node]) -> list[int]:
    """One after those of a node's parents; an input stands in the column before its first use."""
    columns: list[int] = []
    for node in nodes:
        columns.append(1 + max((columns[parent] for parent in node.parents), default=-1))
    for k, node in enumerate(nodes):
        if not node.parents:
            columns[k] = min((columns[child] for child in _consumers(nodes, k)), default=1) - 1
    return columns


def _rows(nodes: list[_Node], columns: list[int]) -> list[float]:
    """Each operation at the height of those before it, or as near as its column has room; inputs below operations."""
    rows = [0.0] * len(nodes)
    for column in range(max(columns) + 1):
        here = [k for k in range(len(nodes)) if columns[k] == column]
        made = [k for k in here if nodes[k].parents]
        for k in made:
            made_of = [j for j in nodes[k].parents if nodes[j].parents] or nodes[k].parents
            rows[k] = float(np.mean([rows[j] for j in made_of]))
        inputs = [k for k in here if not nodes[k].parents]
        for i, k in enumerate(inputs):
            rows[k] = min((rows[j] for j in made), default=len(inputs) / 2 + 0.5) - 1 - i
        made.sort(key=lambda k: -rows[k])
        if len(made) > 1:
            middle = float(np.mean([rows[k] for k in made]))
            for i, k in enumerate(made):
                rows[k] = middle + (len(made) - 1) / 2 - i
    return rows


def _way(places: Matrix, parent: int, child: int) -> Matrix:
    """From the rim of one node to the rim of the next: straight, or in a bow round the nodes between."""
    start, end = places[[parent, child]]
    others = np.delete(places, [parent, child], axis=0)
    t = np.linspace(0, 1, 41)[:, np.newaxis]
    for bow in (0.0, 1.4, -1.4, 2.0):
        middle = (start + end) / 2 + (0, bow)
        way: Matrix = (1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end
        if not len(others) or np.hypot(*(way[:, np.newaxis] - others).transpose(2, 0, 1)).min() > 1.6 * _RADIUS:
            break
    outside: Any = np.minimum(np.hypot(*(way - start).T), np.hypot(*(way - end).T)) > 1.12 * _RADIUS
    seen: Matrix = way[outside]
    return seen


# --- what is said ---------------------------------------------------------------------------------


def _chain(nodes: list[_Node], k: int, routes: list[list[tuple[int, int]]]) -> str:
    """The product along each path, and what they add up to."""
    products = [
        " × ".join(_factor(_slope(nodes, *edge)) for edge in route) if route else "1" for route in routes[:2]
    ] + ["…"] * (len(routes) > 2)
    return f"{'  +  '.join(products)}  =  {signed(nodes[k].gradient, 3)}"


def _factor(number: float) -> str:
    return signed(number) if round(number, 2) >= 0 else f"({signed(number)})"


def _at_work(operations: list[int], step: int) -> list[int]:
    """The node that this step works on: none at first, each operation, the last again, and each on the way back."""
    return [*[[]], *[[k] for k in operations], [operations[-1]], *[[k] for k in operations[::-1]]][step]


def _what_happens(nodes: list[_Node], operations: list[int], back: list[int], step: int) -> str:
    """What this step does, in the words of the chain rule."""
    last = nodes[-1].name
    if step == 0:
        return "before: the inputs are known"
    if step <= len(operations):
        node = nodes[operations[step - 1]]
        return f"forward: {node.name} = {node.formula} = {signed(node.value)}"
    if not back:
        return f"back: ∂{last}/∂{last} = 1"
    child = nodes[back[-1]]
    names = " and ".join(nodes[parent].name for parent in dict.fromkeys(child.parents))
    passed = f"∂{last}/∂{child.name} = {signed(child.gradient)} goes to {names}"
    return f"back through {child.name} = {child.formula}: {passed}, × each local derivative"
