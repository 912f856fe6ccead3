"""What PyTorch did, stored by tools/frozen/torch_steps.py and torch_attention.py."""

from pathlib import Path

import numpy as np


def stored(name):
    with np.load(Path(__file__).parent / "data" / f"{name}.npz", allow_pickle=False) as arrays:
        return dict(arrays)


TORCH = stored("torch_steps")
ATTENTION = stored("torch_attention")


def walk(optimizer):
    """The path from 1 by the stored gradients."""
    path = [np.ones(TORCH["gradients"].shape[1])]
    for gradient in TORCH["gradients"]:
        path.append(optimizer.step(path[-1], gradient))
    return np.array(path)
