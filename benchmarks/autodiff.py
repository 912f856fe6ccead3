"""What a gradient costs beside other engines: one network that reads digits, one loss, the same derivatives.

    make bench-autodiff                                        the whole table; fails where ours is too slow
    python -m benchmarks.autodiff --sizes 32x32 --rounds 3     a part of it

The network has one hidden layer of relus; n x h is n images and h hidden units. All engines take turns on the same
numbers, after it has been seen that their gradients agree, and the quickest of some rounds counts. "f" is the loss
alone, in NumPy: what no engine can beat. Times are the processor's, on one thread: what others do on the machine
does not count.

micrograd goes number by number, so it is given a slice that it can do: 2 images and 2 hidden units. The work is all
but proportional to images times weights, so what it took is scaled by that (~). PyTorch takes part where it is
installed, in float64 like the rest.
"""

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Callable
from typing import Any

import autograd
import autograd.numpy
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from threadpoolctl import threadpool_limits

from benchmarks.measuring import Way, quickest, seconds
from mathml import autodiff

SIZES = ["1x16", "32x32", "256x64", "1797x128"]
SLICE = (2, 2)  # what micrograd is given
ROUNDS = 7  # ours, theirs, ours, theirs, …
LIMIT = 2.0  # the largest ratio to autograd that is accepted
AGREE = 1e-10

Arrays = list[NDArray[np.float64]]
CLASSES = 10


# --- one network, in each engine ------------------------------------------------------------------


def problem(n: int, hidden: int) -> tuple[Arrays, Arrays]:
    """n images and what they are, (n, 64) and (n, 10); and the first weights."""
    digits, rng = load_digits(), np.random.default_rng(n)
    X, Y = digits.data[:n] / 16, np.eye(CLASSES)[digits.target[:n]]
    shapes = [(64, hidden), (hidden,), (hidden, CLASSES), (CLASSES,)]
    return [X, Y], [rng.normal(scale=0.2, size=shape) for shape in shapes]


def loss(numpy: Any, data: Arrays) -> Callable[[Arrays], Any]:
    """The mean squared error as a function of the weights, written in that NumPy."""
    X, Y = data

    def f(weights: Arrays) -> Any:
        W, b, V, c = weights
        return numpy.mean((numpy.maximum(X @ W + b, 0.0) @ V + c - Y) ** 2)

    return f


def in_numpy(data: Arrays, weights: Arrays) -> Way:
    return lambda: loss(np, data)(weights)


def in_ours(data: Arrays, weights: Arrays) -> Way:
    gradient = autodiff.grad(loss(np, data))
    return lambda: gradient(weights)


def in_autograd(data: Arrays, weights: Arrays) -> Way:
    gradient = autograd.grad(loss(autograd.numpy, data))
    return lambda: gradient(weights)


def in_pytorch(data: Arrays, weights: Arrays) -> Way:
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    X, Y = map(torch.from_numpy, data)
    W, b, V, c = leaves = [torch.from_numpy(w).requires_grad_() for w in weights]

    def gradient() -> Any:
        return torch.autograd.grad((((X @ W + b).relu() @ V + c - Y) ** 2).mean(), leaves)

    return gradient


def in_micrograd(data: Arrays, weights: Arrays) -> Way:
    value = np.vectorize(importlib.import_module("micrograd.engine").Value, otypes=[object])
    relu, slope = (np.vectorize(f, otypes=[o]) for f, o in ((lambda v: v.relu(), object), (lambda v: v.grad, float)))
    X, Y = data

    def gradient() -> Any:
        W, b, V, c = leaves = [value(w) for w in weights]
        errors = (relu(X @ W + b) @ V + c - Y).ravel()  # NumPy's arrays of objects call their + and *
        (sum(error * error for error in errors) * (1 / errors.size)).backward()
        return [slope(leaf) for leaf in leaves]

    return gradient


ENGINES = {"autograd": in_autograd, "PyTorch": in_pytorch}


# --- measure --------------------------------------------------------------------------------------


def work(n: int, weights: Arrays) -> int:
    """Images times weights, which the time of a large network is proportional to."""
    return n * sum(w.size for w in weights)


def require_agreement(expected: Way, engine: Way, name: str) -> None:
    for ours, theirs in zip(expected(), engine(), strict=True):
        if not np.allclose(ours, theirs, rtol=AGREE, atol=AGREE):
            raise SystemExit(f"{name} finds another gradient: nothing to compare")


def measure(n: int, hidden: int, rounds: int) -> dict[str, float]:
    """The quickest of each engine on one network."""
    data, weights = problem(n, hidden)
    engines = {"f": in_numpy(data, weights), "ours": in_ours(data, weights)}
    for name, make in ENGINES.items():
        engines[name] = make(data, weights)
        require_agreement(engines["ours"], engines[name], name)
    return quickest(engines, rounds)


def measure_micrograd(rounds: int) -> float:
    """Seconds for each image and weight, on the slice."""
    data, weights = problem(*SLICE)
    engine = in_micrograd(data, weights)
    require_agreement(in_ours(data, weights), engine, "micrograd")
    return min(seconds(engine) for _ in range(rounds)) / work(SLICE[0], weights)


# --- the table ------------------------------------------------------------------------------------


def row(size: str, times: dict[str, float], micrograd: float) -> str:
    others = "".join(f"{1e3 * times[name]:11.2f} ms{times['ours'] / times[name]:7.2f}" for name in ENGINES)
    cells = f"{1e3 * times['f']:9.2f} ms{1e3 * times['ours']:9.2f} ms{others}"
    return f"{size:12}{cells}{1e3 * micrograd:13,.0f} ms{micrograd / times['ours']:10,.0f}"


def heading() -> str:
    others = "".join(f"{name:>14}{'ours/':>7}" for name in ENGINES)
    return f"{'n x h':12}{'f':>12}{'ours':>12}{others}{'micrograd ~':>16}{'/ours':>10}"


# --- the command ----------------------------------------------------------------------------------


def as_size(text: str) -> str:
    n, hidden = map(int, text.split("x"))
    if not (1 <= n <= 1797 and hidden >= 1):
        raise ValueError
    return text


@threadpool_limits.wrap(limits=1)  # of NumPy's matrix products
def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.autodiff", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--sizes", nargs="+", type=as_size, default=SIZES, metavar="NxH", help="images (to 1797) x hidden units"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is timed")
    parser.add_argument("--limit", type=float, default=LIMIT, help="the largest ratio to autograd that is accepted")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("each timing needs one round or more")
    if importlib.util.find_spec("torch") is None:
        del ENGINES["PyTorch"]
        print("PyTorch is not installed, and left out.")

    found = []
    print(heading())
    each = measure_micrograd(options.rounds)
    for size in options.sizes:
        print(f"{size} …", end="\r", file=sys.stderr, flush=True)
        n, hidden = map(int, size.split("x"))
        times = measure(n, hidden, options.rounds)
        print(row(size, times, each * work(n, problem(n, hidden)[1])))
        ratio = times["ours"] / times["autograd"]
        if ratio > options.limit:
            found.append(f"{size}: {ratio:.2f} times as long as autograd, but {options.limit:g} is the limit")
    print("", *found, sep="\n") if found else print("No gradient takes longer than it may.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
