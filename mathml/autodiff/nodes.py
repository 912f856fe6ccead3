"""The graph that a function leaves behind, to be looked at and drawn."""

import inspect
from typing import Any, NamedTuple

import numpy as np

from mathml.arrays import Array, as_array
from mathml.autodiff.gradients import require_number, run
from mathml.autodiff.recording import Function, Variable, backward

__all__ = ["Node", "graph"]


class Node(NamedTuple):
    """An argument, or a result on the way from the arguments to the value.

    name : of the argument, or of the function that made it
    value : what it is
    parents : where in the list those are that it was made of
    slopes : ∂value/∂parent for each of them; if the value is an array, of the sum of its entries
    gradient : ∂f/∂value
    """

    name: str
    value: Array
    parents: tuple[int, ...]
    slopes: tuple[Array, ...]
    gradient: Array


def graph(f: Function, *args: Any) -> list[Node]:
    """What f computes on the way from its arguments to its value, and what comes back: each node after its parents.

    Parameters
    ----------
    f : as in `grad`
    args : all arguments of f, numbers and arrays. Those that its value does not depend on are left out

    Raises
    ------
    TypeError, ValueError
        As in `grad`.

    Lesson 3, "The chain rule through three layers".

    >>> for node in graph(lambda x, y: x * np.exp(y), 3, 0):
    ...     print(node.name, float(node.value), float(node.gradient), node.parents)
    x 3.0 1.0 ()
    y 0.0 3.0 ()
    exp 1.0 3.0 (1,)
    multiply 3.0 1.0 (0, 2)
    """
    start, end = run(lambda args: f(*args), [as_array(a, f"args[{i}]") for i, a in enumerate(args)])
    require_number(end)
    names = {a.number: name for a, name in zip(start, inspect.signature(f).parameters, strict=False)}
    way = [*backward(end, np.ones(()))][::-1]
    places = {node.number: place for place, (node, _) in enumerate(way)}

    def seen(node: Variable, g: Array) -> Node:
        name = node.function.__name__ if node.function else names.get(node.number, "")
        back = [*node.back(np.ones(node.shape))]
        return Node(name, node.value, tuple(places[p.number] for p, _ in back), tuple(slope for _, slope in back), g)

    return [seen(node, g) for node, g in way]
