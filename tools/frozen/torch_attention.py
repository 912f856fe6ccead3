"""Make tests/data/torch_attention.npz: what PyTorch's attention, heads and layer normalisation answer, with slopes.

    python -m tools.frozen.torch_attention

Needs PyTorch, which is no part of the course: run it in an environment of its own, with NumPy and this repository on
the path. Made with Python 3.11.7, PyTorch 2.13.0, NumPy 2.4.6; the file holds the versions that it was made with.

All is float64, and what goes in is stored beside what comes out.
"""

import platform
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

TORCH_ATTENTION = Path(__file__).parents[2] / "tests" / "data" / "torch_attention.npz"
SEED = 0

Torch: TypeAlias = Any  # it is not there when this is type-checked
Stored: TypeAlias = dict[str, Any]

# The shapes of Q, K and V, and how the mask is made.
CASES: dict[str, tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], str]] = {
    "plain": ((5, 4), (7, 4), (7, 3), "none"),
    "large": ((5, 64), (7, 64), (7, 3), "none"),  # scores of about a thousand
    "causal": ((6, 4), (6, 4), (6, 4), "causal"),
    "padding": ((2, 3, 4), (2, 5, 4), (2, 5, 2), "padding"),
    "blind": ((4, 4), (5, 4), (5, 3), "blind"),  # the second query may see nothing
    "heads": ((2, 3, 6, 4), (2, 3, 6, 4), (2, 3, 6, 4), "causal"),
}


def make_mask(kind: str, n: int, m: int) -> Any:
    """True where a query may see a key."""
    if kind == "causal":
        return np.tri(n, m, dtype=bool)
    if kind == "padding":
        return np.arange(m) < np.array([2, 5])[:, None, None]
    if kind == "blind":
        return np.arange(n)[:, None] != np.ones(m)
    return np.ones((n, m), dtype=bool)


def attend(torch: Torch, name: str, rng: np.random.Generator) -> Stored:
    """One case: what goes in, the answers, and the slopes of Σ g ⊙ answers."""
    *shapes, kind = CASES[name]
    size = 20.0 if name == "large" else 1.0
    arrays = [rng.normal(scale=size, size=shapes[0]), *(rng.normal(size=shape) for shape in shapes[1:])]
    mask = make_mask(kind, shapes[0][-2], shapes[1][-2])
    Q, K, V = (torch.tensor(array, requires_grad=True) for array in arrays)
    answers = torch.nn.functional.scaled_dot_product_attention(Q, K, V, attn_mask=torch.tensor(mask))
    g = rng.normal(size=tuple(answers.shape))
    (answers * torch.tensor(g)).sum().backward()
    slopes = {f"{name}_d{letter}": t.grad.numpy() for letter, t in zip("QKV", (Q, K, V), strict=True)}
    inputs = {f"{name}_{letter}": array for letter, array in zip("QKV", arrays, strict=True)}
    return inputs | slopes | {f"{name}_mask": mask, f"{name}_g": g, f"{name}_answers": answers.detach().numpy()}


def attend_in_heads(torch: Torch, rng: np.random.Generator) -> Stored:
    """Four heads of width 3, without biases, by torch.nn.MultiheadAttention."""
    n, d, h = 5, 12, 4
    X, W = rng.normal(size=(n, d)), rng.normal(size=(4, d, d)) / np.sqrt(d)
    layer = torch.nn.MultiheadAttention(d, h, bias=False, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        layer.in_proj_weight.copy_(torch.tensor(np.concatenate([W[i].T for i in range(3)])))
        layer.out_proj.weight.copy_(torch.tensor(W[3].T))
        rows = torch.tensor(X)[None]
        hidden = torch.tensor(~np.tri(n, dtype=bool))
        answers, _ = layer(rows, rows, rows, attn_mask=hidden)
    return {"multi_X": X, "multi_W": W, "multi_answers": answers[0].numpy()}


def normalise(torch: Torch, rng: np.random.Generator) -> Stored:
    """Rows of very different sizes, one of them constant."""
    X = rng.normal(size=(2, 4, 6)) * np.array([1.0, 1e4, 1e-4, 0.0])[:, None] + 3
    gain, offset = rng.normal(size=6), rng.normal(size=6)
    rows = torch.nn.functional.layer_norm(torch.tensor(X), (6,), torch.tensor(gain), torch.tensor(offset))
    return {"norm_X": X, "norm_gain": gain, "norm_offset": offset, "norm_rows": rows.numpy()}


def main() -> None:
    """Ask PyTorch, and store what it answers."""
    import torch  # type: ignore[import-not-found]

    rng = np.random.default_rng(SEED)
    stored: Stored = {}
    for name in CASES:
        stored |= attend(torch, name, rng)
    stored |= attend_in_heads(torch, rng) | normalise(torch, rng)
    made_with = [
        f"Python {platform.python_version()}",
        f"PyTorch {torch.__version__.partition('+')[0]}",
        f"NumPy {np.__version__}",
    ]
    np.savez_compressed(TORCH_ATTENTION, made_with=made_with, **stored)
    print(f"{TORCH_ATTENTION}: {TORCH_ATTENTION.stat().st_size:,} bytes; made with {', '.join(made_with)}")


if __name__ == "__main__":
    main()
