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
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from mathml.attention import attention, blocked_attention

SIZES = [128, 256, 512, 1024, 2048, 4096]
ROUNDS = 5
WIDTH = 64
LEAST = 0.02  # seconds that one timing takes: short calls are repeated
AGREE = 1e-12
MOST_GROWTH = 1.3  # of the memory of blocks, as a power of n, between the two largest sizes

Way = Callable[[], Any]


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


def times(ways: dict[str, Way], rounds: int) -> dict[str, float]:
    """The processor's seconds for one call of each, the quickest of some rounds."""
    calls = {name: max(1, round(LEAST / seconds(way, 1))) for name, way in ways.items()}
    best = dict.fromkeys(ways, math.inf)
    for _ in range(rounds):
        for name, way in ways.items():
            best[name] = min(best[name], seconds(way, calls[name]))
    return best


def seconds(way: Way, calls: int) -> float:
    start = time.process_time()
    for _ in range(calls):
        way()
    return (time.process_time() - start) / calls


def size(field: str) -> float:
    """Of this process, in MB: "VmRSS" now, "VmHWM" at its largest since it was last told to forget."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"{field}:\s*(\d+) kB", status)[1]) / 1000  # type: ignore[index]


def memory(name: str, n: int) -> float:
    """By how many MB a process grows that does it once, after a small one; NaN where that cannot be read."""
    if not Path("/proc/self/clear_refs").exists():
        return math.nan
    command = [sys.executable, "-m", "benchmarks.attention", "--grow", name, str(n)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def grow(name: str, n: int) -> None:
    with threadpool_limits(1):
        WAYS[name](64)()
        way = WAYS[name](n)
        Path("/proc/self/clear_refs").write_text("5")  # forget how large it has been
        before = size("VmRSS")
        way()
        print(size("VmHWM") - before)


def growth(values: list[float], sizes: list[int]) -> float:
    """The power of n by which it grows between the two largest sizes."""
    return math.log(max(values[-1], 0.1) / max(values[-2], 0.1)) / math.log(sizes[-1] / sizes[-2])


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
            found = times(ways, given.rounds)
        for name in names:
            used[name].append(memory(name, n))
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
