"""What PyTorch did with the same gradients, stored by tools/frozen/torch_steps.py."""

from pathlib import Path

import numpy as np

with np.load(Path(__file__).parent / "data" / "torch_steps.npz", allow_pickle=False) as stored:
    TORCH = dict(stored)


def walk(optimizer):
    """The path from 1 by the stored gradients."""
    path = [np.ones(TORCH["gradients"].shape[1])]
    for gradient in TORCH["gradients"]:
        path.append(optimizer.step(path[-1], gradient))
    return np.array(path)
