"""Formulas that a program can take apart as a reader does: sums, products, quotients, powers and functions.

Python's signs and NumPy's functions build them, so an ordinary function writes itself down when it is given a variable.

    >>> x = variable("x")
    >>> x * 3 * x * np.exp(3 * x) + 0
    3·x²·e^(3·x)
"""

import math
import numbers
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property, reduce
from typing import Any, NoReturn

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_array, require
from mathml.calculus.notation import latex, text

__all__ = ["FUNCTIONS", "Expression", "as_expression", "substitute", "variable"]


class Expression(NDArrayOperatorsMixin):
    """A formula: its kind, and the formulas that it is made of.

    Parameters
    ----------
    kind : "number", "variable", "sum", "product", "quotient", "power", or a function's name as in `FUNCTIONS`
    parts : what it is made of; nothing for a number and a variable
    content : the number, or the name of the variable

    Lesson 3, "Three rules".
    """

    def __init__(self, kind: str, *parts: "Expression", content: Any = None) -> None:
        self.kind, self.parts, self.content = kind, parts, content
        self._hash = hash((kind, parts, content))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        """Whether both are the same formula, written the same way."""
        if self is other:
            return True
        if not isinstance(other, Expression) or self._hash != other._hash:
            return False
        return (self.kind, self.content, self.parts) == (other.kind, other.content, other.parts)

    def __ne__(self, other: object) -> bool:
        return not self == other

    @cached_property
    def variables(self) -> frozenset[str]:
        """The names of all variables in it."""
        own = [self.content] if self.kind == "variable" else []
        return frozenset(own).union(*(part.variables for part in self.parts))

    def __call__(self, *x: ArrayLike, **values: ArrayLike) -> float | Array:
        """Its value where each variable is a number or an array: e(x=2.0), or e(2.0) where there is but one variable.

        Raises
        ------
        ValueError
            If a variable is given no value.
        """
        if x:
            require(len(x) == 1 and len(self.variables) <= 1, f"values must be named: {_names(self.variables)}")
            values = dict.fromkeys(self.variables or {"x"}, x[0])
        missing = self.variables - set(values)
        require(not missing, f"a value must be given for {_names(missing)}")
        known = {variable(name): _as_numbers(value, name) for name, value in values.items()}
        value = _evaluate(self, known, lambda number: np.float64(number.content))
        value, *_ = np.broadcast_arrays(value, *known.values())
        return value.copy() if value.ndim else value.item()

    def __repr__(self) -> str:
        return text(self)

    def _repr_latex_(self) -> str:
        return f"${latex(self)}$"

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> "Expression":
        """What Python's signs and NumPy's functions come down to."""
        from mathml.calculus.tidying import SIGNS, function  # the two modules need each other

        name = ufunc.__name__
        if method == "__call__" and name in FUNCTIONS:
            return function(name, as_expression(inputs[0]))
        if method == "__call__" and name in SIGNS:
            return SIGNS[name](*map(as_expression, inputs))
        if name in ("less", "less_equal", "greater", "greater_equal"):
            raise TypeError("an expression has no value to compare: a function that takes branches has no one formula")
        raise TypeError(f"an expression is made of sums, products, powers and {_names(FUNCTIONS)}, but {name} came")

    def __array_function__(self, function: Callable[..., Any], *_: Any) -> NoReturn:
        raise TypeError(f"an expression stands for one number, but {function.__name__} came, which takes arrays")

    def __float__(self) -> NoReturn:
        raise TypeError("an expression has no value yet: take NumPy's functions, np.sin instead of math.sin")


FUNCTIONS: dict[str, np.ufunc] = {f.__name__: f for f in (np.exp, np.log, np.sqrt, np.sin, np.cos, np.tan, np.tanh)}


def variable(name: str) -> Expression:
    """A variable of that name, of which formulas are made.

    Lesson 3, "Three rules".

    >>> x = variable("x")
    >>> (x + 1) ** 2 / np.sqrt(x)
    (x + 1)²/√x
    """
    if not isinstance(name, str):
        raise TypeError(f"name must be text, but {type(name).__name__} {name!r} came")
    require(name, "name must not be empty")
    return Expression("variable", content=name)


def as_expression(value: object) -> Expression:
    """A number as an expression; an expression as it is."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if not isinstance(value, numbers.Real):
        raise TypeError(f"an expression is made of expressions and numbers, but {type(value).__name__} {value!r} came")
    require(math.isfinite(value), f"an expression is made of finite numbers, but {value} came")
    if isinstance(value, numbers.Rational):
        exact = Fraction(int(value.numerator), int(value.denominator))
        return Expression("number", content=int(exact) if exact.denominator == 1 else exact)
    number = float(value)
    return Expression("number", content=int(number) if number.is_integer() and abs(number) < 1e15 else number)


def substitute(e: Expression, replacements: Mapping[Expression, Expression]) -> Expression:
    """The formula with each part that is in the table replaced, and tidied again."""
    return as_expression(_evaluate(e, replacements, lambda number: number))


def _evaluate(e: Expression, known: Mapping[Expression, Any], leaf: Callable[[Expression], Any]) -> Any:
    """What the signs and functions of the formula make of the values that are known. A part that recurs is worked out
    once."""
    values = dict(known)

    def value(e: Expression) -> Any:
        if e not in values:
            parts = [value(part) for part in e.parts]
            if e.kind == "number":
                values[e] = leaf(e)
            elif e.kind == "variable":
                values[e] = e
            else:
                values[e] = FUNCTIONS[e.kind](*parts) if e.kind in FUNCTIONS else reduce(JOINED[e.kind], parts)
        return values[e]

    return value(e)


def _as_numbers(value: ArrayLike, name: str) -> Any:
    """Real numbers, or complex ones: the complex step is one way to differentiate."""
    return np.asarray(value)[()] if np.iscomplexobj(value) else as_array(value, name)[()]


JOINED = {"sum": operator.add, "product": operator.mul, "quotient": operator.truediv, "power": operator.pow}


def _names(names: Any) -> str:
    return ", ".join(sorted(names))
