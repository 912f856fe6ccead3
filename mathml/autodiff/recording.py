"""Recording what is computed, and the way back through it: the chain rule, on whole arrays.

A `Variable` is a box around an array that remembers what the array was made of. NumPy lets a box answer its functions,
so f runs on boxes as it runs on arrays, and leaves a graph behind with a node for each result. The way back goes from
the last node to the first, and asks at each the rules (in rules.py) what comes back to those it was made of.

That gives gradients of gradients too. The inner `grad` puts the boxes of the outer one into boxes of its own. A
function opens the outermost boxes only, and is then called with what is in them: if boxes are left, it is recorded
there as well. So each level keeps its own graph, and an ordinary gradient, with one level, goes back on plain arrays.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from itertools import count
from typing import Any, NoReturn

import numpy as np

__all__ = ["Variable", "no_grad"]

Function = Callable[..., Any]

# What rules.py fills.
RULES: dict[Function, Any] = {}  # for each argument of a function: from ū, u and all arguments to what comes back to it
COMPOSED: dict[Function, Function] = {}  # functions that are made of others
CONSTANT: set[Function] = set()  # functions whose derivative is 0 wherever there is one, or whose result is no number

numbers = count()  # of nodes and levels: what is made later has a higher number
_lowest: ContextVar[int] = ContextVar("lowest", default=0)  # levels below this one are not recorded


# --- forward: record ------------------------------------------------------------------------------


class Variable(np.lib.mixins.NDArrayOperatorsMixin):
    """An array that remembers what it was made of: function(*values, **options).

    Made by `grad` and its like, never by hand. NumPy's functions, operators, indices and the usual methods work on it.

    value : the array, or the Variable of an outer `grad`
    level : which `grad` it belongs to; a later one has a higher level
    parents : those that it was made of and that belong to the same `grad`, each with its rule
    """

    __slots__ = ("function", "level", "number", "options", "parents", "value", "values")

    def __init__(self, value: Any, level: int, made_by: Any = (None, (), {}), parents: Any = ()) -> None:
        self.value, self.level, self.number, self.parents = value, level, next(numbers), parents
        self.function, self.values, self.options = made_by

    def back(self, g: Any) -> Iterator[tuple["Variable", Any]]:
        """Each parent, with what goes back to it: ū ∂u/∂a, if ū = g came back to this."""
        for parent, rule in self.parents:
            part = rule(g, self.value, *self.values, **self.options)
            yield parent, unbroadcast(part, parent.shape)

    def __array_ufunc__(self, ufunc: Any, method: str, *args: Any, **options: Any) -> Any:
        if method != "__call__":
            raise TypeError(f"mathml.autodiff has no rule for numpy.{ufunc.__name__}.{method}")
        if "out" in options:
            (out,) = options.pop("out")
            if out is not self or self.ndim:  # x += 1 makes a new x of a number, but would change an array
                _refuse_change()
        return call(ufunc, *[np.asarray(a) if isinstance(a, (list, tuple)) else a for a in args], **options)

    def __array_function__(self, function: Function, types: Any, args: Any, options: Any) -> Any:
        return call(function, *args, **options)

    # What would lose the derivative without a word.

    def __array__(self, *args: Any, **options: Any) -> NoReturn:
        raise TypeError("a recorded array cannot become a plain one: use np.exp, not math.exp; np.stack, not np.array")

    def __float__(self) -> NoReturn:
        self.__array__()

    def __setitem__(self, index: Any, value: Any) -> NoReturn:
        _refuse_change()

    def __bool__(self) -> bool:
        return bool(_plain(self))

    # What arrays can do.

    def __getitem__(self, index: Any) -> Any:
        return take(self, index)

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    def __repr__(self) -> str:
        return f"Variable({self.value!r})"

    shape = property(lambda self: self.value.shape)
    ndim = property(lambda self: self.value.ndim)
    size = property(lambda self: self.value.size)
    dtype = property(lambda self: self.value.dtype)
    T = property(lambda self: np.transpose(self))

    def reshape(self, *shape: Any) -> Any:
        return np.reshape(self, shape[0] if len(shape) == 1 else shape)

    def transpose(self, *axes: Any) -> Any:
        return np.transpose(self, (axes[0] if len(axes) == 1 else axes) or None)


def call(function: Function, *args: Any, **options: Any) -> Any:
    """What NumPy calls instead of its function, if one of the arguments is recorded."""
    if function in CONSTANT:
        return function(*map_arrays(_plain, args), **map_arrays(_plain, options))
    if function not in RULES and function not in COMPOSED:
        raise TypeError(f"mathml.autodiff has no rule for {_name(function)}")
    if options and (unknown := options.keys() - _options(function)):
        raise TypeError(f"mathml.autodiff has no rule for {_name(function)} with {' and '.join(sorted(unknown))}")
    return apply(function, *args, **options) if function in RULES else COMPOSED[function](*args, **options)


def apply(function: Function, *args: Any, **options: Any) -> Any:
    """function(*args, **options), recorded at the highest level among the arguments."""
    level = max([a.level for a in args if isinstance(a, Variable)])
    ours = [isinstance(a, Variable) and a.level == level for a in args]
    values = [a.value if own else a for a, own in zip(args, ours, strict=True)]
    value = function(*values, **options)  # recorded there as well, if boxes of lower levels are left
    if level < _lowest.get():
        return value
    rules = RULES[function]
    rules = map(rules, range(len(args))) if callable(rules) else rules  # of a function of any number of arguments
    parents = [(a, rule) for a, own, rule in zip(args, ours, rules, strict=False) if own and rule]
    return Variable(value, level, (function, values, options), parents)


def unbroadcast(g: Any, shape: tuple[int, ...]) -> Any:
    """Broadcasting backward: where an entry was copied, what comes back to its copies is added up."""
    if g.shape == shape:
        return g
    new = g.ndim - len(shape)
    axes = (*range(new), *(new + i for i, n in enumerate(shape) if n == 1))
    return np.sum(g, axis=axes, keepdims=True).reshape(shape)


def primitive(function: Function) -> Function:
    """A function of our own that is recorded as NumPy's are."""

    @wraps(function)
    def dispatch(*args: Any, **options: Any) -> Any:
        recorded = any(isinstance(a, Variable) for a in args)
        return apply(dispatch, *args, **options) if recorded else function(*args, **options)

    return dispatch


@primitive
def take(a: Any, index: Any) -> Any:
    return a[index]


_METHODS: list[Function] = [np.sum, np.mean, np.var, np.std, np.max, np.min, np.any, np.all, np.argmax, np.argmin]
_METHODS += [np.clip, np.dot, np.ravel, np.squeeze, np.swapaxes, np.copy]
for _method in _METHODS:
    setattr(Variable, _method.__name__, _method)


@contextmanager
def no_grad() -> Iterator[None]:
    """Within it, what is computed with recorded arrays is a constant: a plain array, without a way back.

    A `grad` that is called within it works as ever.

    Lesson 3, "Backpropagation".

    >>> from mathml.autodiff import grad, no_grad
    >>> def f(x):
    ...     with no_grad():
    ...         highest = np.max(x)
    ...     return np.sum(x / highest)
    >>> grad(f)([1.0, 4.0]).tolist()
    [0.25, 0.25]
    """
    before = _lowest.set(next(numbers))
    try:
        yield
    finally:
        _lowest.reset(before)


# --- backward: ask the rules ----------------------------------------------------------------------


def backward(end: Variable, g: Any) -> Iterator[tuple[Variable, Any]]:
    """Every node on the way to the end, with what comes back to it.

        ā = Σ ū ∂u/∂a    over all u that were made of a

    The last comes first: when it is a's turn, all u have had theirs, and the sum is complete.
    """
    nodes, waiting = {}, [end]
    while waiting:
        node = waiting.pop()
        if node.number not in nodes:
            nodes[node.number] = node
            waiting += [parent for parent, _ in node.parents]
    gradients = {end.number: g}
    for number in sorted(nodes, reverse=True):  # what was made later has a higher number
        node, g = nodes[number], gradients.pop(number)
        yield node, g
        for parent, part in node.back(g):
            known = gradients.get(parent.number)
            gradients[parent.number] = part if known is None else known + part


# --- how ------------------------------------------------------------------------------------------


def map_arrays(function: Function, x: Any) -> Any:
    """The function of each array in a collection, made as the collection is; of anything else, its own."""
    if not _is_collection(x):
        return function(x)
    if isinstance(x, dict):
        return {key: map_arrays(function, value) for key, value in x.items()}
    return getattr(x, "_make", type(x))([map_arrays(function, value) for value in x])


def _is_collection(x: Any) -> bool:
    """Whether it has arrays in it: a list of numbers, or of such lists, is an array itself."""
    if isinstance(x, (list, tuple)):
        return any(isinstance(value, (np.ndarray, Variable)) or _is_collection(value) for value in x)
    return isinstance(x, dict)


def _plain(x: Any) -> Any:
    """What is in the innermost box."""
    while isinstance(x, Variable):
        x = x.value
    return x


def _refuse_change() -> NoReturn:
    raise TypeError("a recorded array cannot be changed in place: make a new one, as by x = x + 1 or np.where")


def _name(function: Function) -> str:
    return f"{'numpy' if isinstance(function, np.ufunc) else function.__module__}.{function.__name__}"


@cache
def _options(function: Function) -> set[str]:
    """The options of a function that its rules know, or what it is made of."""
    known = COMPOSED.get(function) or RULES[function][-1]
    return {name for name, p in inspect.signature(known).parameters.items() if p.default is not p.empty}
