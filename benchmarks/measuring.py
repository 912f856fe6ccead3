"""How the benchmarks measure: the processor's time, taken in turns, and memory in a process of its own."""

import math
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["Way", "exponent", "memory", "print_memory", "quickest", "seconds", "settle"]

LEAST = 0.02  # seconds that one timing takes: short calls are repeated
SLOW = 5.0  # seconds beyond which one call says enough

Way = Callable[[], Any]


def seconds(way: Way, calls: int = 1) -> float:
    """The processor's seconds for one call: what others do on the machine does not count."""
    start = time.process_time()
    for _ in range(calls):
        way()
    return (time.process_time() - start) / calls


def settle() -> None:
    """Free a large array once: from then on the C library keeps freed memory, and hands it out again.

    Until then each array of a megabyte may be fetched from the system anew, page by page: in a small benchmark that
    would cost more than the arithmetic. A notebook has had its large array early.
    """
    np.ones(3_500_000)


def quickest(ways: Mapping[str, Way], rounds: int) -> dict[str, float]:
    """The seconds of each way, the quickest of some rounds in which they take turns; what is slow is timed once."""
    best = {name: seconds(way) for name, way in ways.items()}
    calls = {name: max(1, round(LEAST / max(first, 1e-6))) for name, first in best.items()}
    again = {name: way for name, way in ways.items() if best[name] < SLOW}
    for _ in range(rounds):
        for name, way in again.items():
            best[name] = min(best[name], seconds(way, calls[name]))
    return best


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """The p of value = c nᵖ, fitted to the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


# --- memory ---------------------------------------------------------------------------------------


def memory(module: str, *arguments: str) -> float:
    """What `python -m module arguments` says by `print_memory`, in MB; NaN where /proc does not tell it."""
    if not Path("/proc/self/clear_refs").exists():
        return math.nan
    command = [sys.executable, "-m", module, *arguments]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def print_memory(way: Way, before: Way = lambda: None) -> None:
    """Print by how many MB this process grows at its largest while it does that, once `before` is done."""
    before()
    Path("/proc/self/clear_refs").write_text("5")  # forget how large it has been
    size = _size("VmRSS")
    way()
    print(_size("VmHWM") - size)


def _size(field: str) -> float:
    """Of this process, in MB: "VmRSS" now, "VmHWM" at its largest since it was last told to forget."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"{field}:\s*(\d+) kB", status)[1]) / 1000  # type: ignore[index]
