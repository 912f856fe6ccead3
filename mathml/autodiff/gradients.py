"""Gradients as functions of functions, as the maths writes them: ∇ makes a function of a function."""

from typing import Any

import numpy as np

from mathml.arrays import as_array, as_count, require
from mathml.autodiff.recording import Function, Variable, backward, map_arrays, numbers

__all__ = ["grad", "value_and_grad", "vjp"]


def grad(f: Function, argument: int = 0) -> Function:
    """The gradient of f, as a function of what f is a function of.

        ∇f(x)ᵢ = ∂f/∂xᵢ

    Parameters
    ----------
    f : from numbers and arrays to one number, written in NumPy. It may not change in place what it has computed with
    argument : the position of x among the arguments of f; the others are constants. For x may come a number, an array,
        or a collection: a list, tuple or dict with arrays in it. A list of numbers is an array, as everywhere

    Returns
    -------
    gradient : ∇f(x), made as x is: a float for a number, an array for an array, a list of arrays for such a list

    Raises
    ------
    TypeError
        If f uses a function that there is no rule for, or changes in place what is recorded.
    ValueError
        If f gives something else than one number, or x is empty or holds NaN.

    Lesson 3, "Backpropagation"; Griewank and Walther, Evaluating Derivatives (2008), section 3.2.

    >>> grad(lambda x: np.sum(x**2))([1.0, 2.0]).tolist()
    [2.0, 4.0]
    >>> grad(grad(np.sin))(0.0)
    -0.0
    """
    both = value_and_grad(f, argument)

    def gradient(*args: Any, **options: Any) -> Any:
        return both(*args, **options)[1]

    return gradient


def value_and_grad(f: Function, argument: int = 0) -> Function:
    """f and its gradient by one function, for about three times the work of f however many numbers x has.

        x ↦ (f(x), ∇f(x))

    Parameters and errors as in `grad`.

    Lesson 3, "Backpropagation"; Griewank and Walther, Evaluating Derivatives (2008), section 4.6.

    >>> value_and_grad(lambda x: x**3)(2.0)
    (8.0, 12.0)
    """
    argument = as_count(argument, "argument", least=0)

    def with_gradient(*args: Any, **options: Any) -> tuple[Any, Any]:
        require(argument < len(args), f"argument {argument} of f must be given by its position, but {len(args)} were")
        before, x, after = args[:argument], args[argument], args[argument + 1 :]
        value, pull = vjp(lambda x: f(*before, x, *after, **options), x)
        require_number(value)
        return value, pull(1.0)

    return with_gradient


def vjp(f: Function, x: Any) -> tuple[Any, Function]:
    """The value of f at x, and the way back: a vector times the Jacobian, which is never built.

        pull(ū) = Jᵀ ū    with Jᵢⱼ = ∂fᵢ/∂xⱼ

    Parameters
    ----------
    f : as in `grad`, but its value may be an array
    x : as in `grad`

    Returns
    -------
    value : f(x)
    pull : from ū, the shape of f(x), to Jᵀ ū, made as x is; it may be called more than once

    Raises
    ------
    TypeError, ValueError
        As in `grad`, and if ū has not the shape of f(x).

    Lesson 3, "Backpropagation"; Griewank and Walther, Evaluating Derivatives (2008), section 3.2.

    >>> value, pull = vjp(lambda x: x**2, [1.0, 2.0])
    >>> pull([1.0, 10.0]).tolist()
    [2.0, 40.0]
    """
    start, end = run(f, x)

    def pull(g: Any) -> Any:
        g = as_array(g, "g")
        require(g.shape == end.shape, f"g must have the shape {end.shape} of f(x), but {g.shape} came")
        gradients = {node.number: g for node, g in backward(end, g) if not node.parents}
        return map_arrays(lambda a: _fresh(gradients[a.number] if a.number in gradients else np.zeros(a.shape)), start)

    return _fresh(end.value), pull


# --- how ------------------------------------------------------------------------------------------


def run(f: Function, x: Any) -> tuple[Any, Variable]:
    """x and f(x), recorded at a new level."""
    level = next(numbers)
    start = map_arrays(lambda a: Variable(as_array(a, "x"), level), x)
    end = f(start)
    while isinstance(end, Variable) and end.level > level:  # a later `grad` has let it out
        end = end.value
    if not (isinstance(end, Variable) and end.level == level):
        end = Variable(as_array(end, "f(x)"), level)  # a constant: it was made of nothing
    return start, end


def _fresh(x: Any) -> Any:
    """A result as the caller may keep and change it: a float if it is one number, else a copy."""
    if isinstance(x, Variable):
        return x
    return np.array(x) if np.ndim(x) else float(x)


def require_number(value: Any) -> None:
    shape = np.shape(value)
    require(
        shape == (), f"f(x) must be one number, for only then has it a gradient, but an array of shape {shape} came"
    )
