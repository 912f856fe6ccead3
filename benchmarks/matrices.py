"""What the decompositions from scratch cost beside NumPy's, and how the cost grows with the matrix.

    make bench-matrices                                            the whole table; fails where a cost grows too fast
    python -m benchmarks.matrices --only svd eigh --sizes 50 100   a part of it

Ours and NumPy's take turns on the same matrix, on one thread; times are the processor's, and the quickest of some
rounds counts. The exponent p is fitted to all
sizes: time = c nᵖ. The textbook's is 3 for each; it is smaller while calls cost more than what they compute.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.measuring import exponent, quickest
from mathml import matrices

SIZES = [50, 100, 200, 400]
ROUNDS = 3  # ours, NumPy's, ours, NumPy's, …
LIMIT = 3.5  # an exponent beyond this is no cube any more

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A function of ours, what a user of NumPy would call instead, and the matrix that both are given."""

    ours: Callable[[Matrix], Any]
    theirs: Callable[[Matrix], Any]
    prepare: Callable[[Matrix], Matrix] = np.copy  # from a random matrix


CASES = {
    "solve": Case(lambda A: matrices.solve(A, A[0]), lambda A: np.linalg.solve(A, A[0])),
    "inverse": Case(matrices.inverse, np.linalg.inv),
    "log_determinant": Case(matrices.log_determinant, np.linalg.slogdet),
    "cholesky": Case(matrices.cholesky, np.linalg.cholesky, lambda A: A @ A.T),
    "qr": Case(matrices.qr, np.linalg.qr),
    "eigh": Case(matrices.eigh, np.linalg.eigh, lambda A: A + A.T),
    "eigenvalues": Case(matrices.eigenvalues, np.linalg.eigvals),
    "svd": Case(matrices.svd, lambda A: np.linalg.svd(A, full_matrices=False)),
}


# --- measure --------------------------------------------------------------------------------------


def measure(case: Case, n: int, rounds: int) -> tuple[float, float]:
    """The quickest of ours and of NumPy's on one n × n matrix."""
    A = case.prepare(np.random.default_rng(n).normal(size=(n, n)))
    times = quickest({"ours": lambda: case.ours(A), "theirs": lambda: case.theirs(A)}, rounds)
    return times["ours"], times["theirs"]


# --- the table ------------------------------------------------------------------------------------


def heading(sizes: Sequence[int]) -> str:
    columns = "".join(f"{f'n = {n}':>20}" for n in sizes)
    return f"{'':16}{columns}{'grows as':>16}\n{'':16}{'    ours   × NumPy’s' * len(sizes)}{'ours / NumPy’s':>16}"


def row(name: str, times: Sequence[tuple[float, float]], growth: Sequence[float]) -> str:
    cells = "".join(f"{1e3 * ours:8.1f} ms{ours / theirs:8.1f} " for ours, theirs in times)
    return f"{name:16}{cells}{f'n^{growth[0]:.1f} / n^{growth[1]:.1f}':>16}"


# --- the command ----------------------------------------------------------------------------------


@threadpool_limits.wrap(limits=1)
def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matrices", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--only", nargs="+", choices=CASES, default=[*CASES], metavar="NAME", help=f"of {', '.join(CASES)}"
    )
    parser.add_argument(
        "--sizes", nargs="+", type=int, default=SIZES, metavar="N", help="rows of the matrices, two or more"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is timed")
    parser.add_argument("--limit", type=float, default=LIMIT, help="the largest exponent of growth that is accepted")
    options = parser.parse_args()
    if len(set(options.sizes)) < 2 or min(options.sizes) < 1 or options.rounds < 1:
        parser.error("growth needs two sizes or more, and each timing one round or more")

    found = []
    print(heading(options.sizes))
    for name in options.only:
        times = []
        for n in options.sizes:
            print(f"{name}, n = {n} …", end="\r", file=sys.stderr, flush=True)
            times.append(measure(CASES[name], n, options.rounds))
        growth = [exponent(options.sizes, column) for column in zip(*times, strict=True)]
        print(row(name, times, growth))
        if growth[0] > options.limit:
            found.append(f"{name}: grows as n^{growth[0]:.1f}, but n^{options.limit:g} is the limit")
    print("", *found, sep="\n") if found else print("No cost grows faster than it may.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
