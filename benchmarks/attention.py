"""What attention costs as a text grows: with the whole table of scores, in blocks, and PyTorch's.

    make bench-attention                                          the whole table; fails if blocks need memory as n²
    python -m benchmarks.attention --sizes 128 512 --rounds 3     a part of it

One head, d_k = d_v = 64, float64, self-attention of n words. All answers are compared first. Times are the
processor's, on one thread; the ways take turns, and the quickest of some rounds counts. Memory is by how much the
process was larger at its largest, each time in a process of its own: it counts what PyTorch takes, too. It is read from
/proc, so only on Linux. PyTorch takes part where it is installed.
"""

import argparse
import importlib
import importlib.util
import math
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.measuring import Way, exponent, memory, print_memory, quickest
from mathml.attention import attention, blocked_attention

SIZES = [128, 256, 512, 1024, 2048, 4096]
ROUNDS = 5
WIDTH = 64
AGREE = 1e-12
MOST_GROWTH = 1.3  # of the memory of blocks, as a power of n, between the two largest sizes


def inputs(n: int) -> list[Any]:
    """Q, K and V, each (n, 64)."""
    rng = np.random.default_rng(n)
    return [rng.normal(size=(n, WIDTH)) for _ in range(3)]


def with_the_table(n: int) -> Way:
    Q, K, V = inputs(n)
    return lambda: attention(Q, K, V)


def in_blocks(n: int) -> Way:
    Q, K, V = inputs(n)
    return lambda: blocked_attention(Q, K, V)


def in_pytorch(n: int) -> Way:
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    Q, K, V = (torch.from_numpy(array)[None, None] for array in inputs(n))
    return lambda: torch.nn.functional.scaled_dot_product_attention(Q, K, V)[0, 0].numpy()


WAYS: dict[str, Callable[[int], Way]] = {"table": with_the_table, "blocks": in_blocks, "PyTorch": in_pytorch}


# --- measure --------------------------------------------------------------------------------------


def grow(name: str, n: int) -> None:
    with threadpool_limits(1):
        print_memory(WAYS[name](n), before=WAYS[name](64))


def growth(values: list[float], sizes: list[int]) -> float:
    """The power of n by which it grows between the two largest sizes."""
    return exponent(sizes[-2:], np.maximum(values[-2:], 0.1))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of words, rising")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often the ways take turns")
    parser.add_argument("--grow", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.grow:
        grow(given.grow[0], int(given.grow[1]))
        return 0

    names = [name for name in WAYS if name != "PyTorch" or importlib.util.find_spec("torch")]
    print("n     " + "".join(f"{name + ' ms':>12}{name + ' MB':>12}" for name in names) + "   blocks : table")
    used: dict[str, list[float]] = {name: [] for name in names}
    for n in given.sizes:
        with threadpool_limits(1):
            ways = {name: WAYS[name](n) for name in names}
            answers = [way() for way in ways.values()]
            assert all(np.allclose(answer, answers[0], rtol=AGREE, atol=AGREE) for answer in answers)
            found = quickest(ways, given.rounds)
        for name in names:
            used[name].append(memory("benchmarks.attention", "--grow", name, str(n)))
        columns = "".join(f"{1000 * found[name]:12.2f}{used[name][-1]:12.1f}" for name in names)
        print(f"{n:<6}{columns}{found['blocks'] / found['table']:10.2f}", flush=True)
    if len(given.sizes) < 2 or math.isnan(used["blocks"][-1]):
        return 0
    grows = {name: growth(values, given.sizes) for name, values in used.items()}
    print("memory grows as " + ", ".join(f"n^{power:.2f} ({name})" for name, power in grows.items()))
    if grows["blocks"] > MOST_GROWTH:
        print(f"the memory of blocks may grow as n^{MOST_GROWTH} at most", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
