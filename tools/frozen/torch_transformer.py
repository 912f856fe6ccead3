"""Make tests/data/torch_transformer.npz: what PyTorch's transformer scores with the weights of ours.

    python -m tools.frozen.torch_transformer

Needs PyTorch, which is no part of the course: run it in an environment of its own, with NumPy and this repository on
the path. Made with Python 3.11.7, PyTorch 2.13.0, NumPy 2.4.6; the file holds the versions that it was made with.

The blocks are `torch.nn.TransformerEncoderLayer`s, which normalise first, bend by relu and drop nothing; the biases of
their heads, which ours have not, are zero. All is float64.
"""

import platform
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from mathml.algorithms.block_stack import Weights, first_weights, listed
from mathml.arrays import Array
from mathml.attention import Block, sinusoidal_positions
from mathml.optimization import pack

TORCH_TRANSFORMER = Path(__file__).parents[2] / "tests" / "data" / "torch_transformer.npz"
D, HEADS, HIDDEN, N_BLOCKS, SEED = 8, 2, 12, 2, 0
TOKENS, SEQUENCE = 7, 9  # different tokens, and how many stand in each of the sequences
ENTRIES, PLACES, CLASSES = 3, 5, 4

Torch: TypeAlias = Any  # it is not there when this is type-checked


def make_weights(inputs: int, outputs: int, rng: np.random.Generator) -> Weights:
    """Weights of a model that has learned something: no gain is just 1, and no offset 0."""
    first = first_weights(inputs, outputs, N_BLOCKS, D, HEADS, HIDDEN, rng)

    def moved(array: Array) -> Array:
        return array + rng.normal(scale=0.3, size=array.shape)

    blocks = [Block(*map(moved, block)) for block in first.blocks]
    return Weights(moved(first.embedding), blocks, *map(moved, first[2:]))


def as_torch(torch: Torch, weights: Weights) -> list[Torch]:
    """The arrays, in the order of `listed`, as leaves whose gradients can be asked for."""
    return [torch.tensor(array, requires_grad=True) for array in listed(weights)]


def read(torch: Torch, X: Torch, leaves: list[Torch], mask: Torch) -> Torch:
    """What the blocks make of X, (b, n, D), normalised; mask is True where a key is hidden."""
    size = len(Block._fields)
    for i in range(N_BLOCKS):
        block = Block(*leaves[1 + i * size : 1 + (i + 1) * size])
        layer = torch.nn.TransformerEncoderLayer(
            D, HEADS, HIDDEN, dropout=0.0, batch_first=True, norm_first=True, dtype=torch.float64
        )
        theirs = {
            "self_attn.in_proj_weight": torch.cat([W.T for W in (block.W_Q, block.W_K, block.W_V)]),
            "self_attn.in_proj_bias": torch.zeros(3 * D, dtype=torch.float64),
            "self_attn.out_proj.weight": block.W_O.T,
            "self_attn.out_proj.bias": torch.zeros(D, dtype=torch.float64),
            "norm1.weight": block.gain_1,
            "norm1.bias": block.offset_1,
            "linear1.weight": block.W_1.T,
            "linear1.bias": block.b_1,
            "linear2.weight": block.W_2.T,
            "linear2.bias": block.b_2,
            "norm2.weight": block.gain_2,
            "norm2.bias": block.offset_2,
        }
        X = torch.func.functional_call(layer, theirs, (X,), {"src_mask": mask})
    gain, offset, _, _ = leaves[-4:]
    return torch.nn.functional.layer_norm(X, (D,), gain, offset)


def outcome(torch: Torch, leaves: list[Torch], scores: Torch, targets: Torch) -> dict[str, Array]:
    """The scores, their loss, and its gradient by all numbers of the weights."""
    loss = torch.nn.functional.cross_entropy(scores.flatten(0, -2), targets.flatten())
    gradient = pack(part.numpy() for part in torch.autograd.grad(loss, leaves))
    return {"scores": scores.detach().numpy(), "loss": loss.detach().numpy(), "gradient": gradient}


def next_token(torch: Torch, rng: np.random.Generator) -> dict[str, Any]:
    """The model of a language: each row of tokens is read with a causal mask."""
    weights, tokens = make_weights(TOKENS, TOKENS, rng), rng.integers(TOKENS, size=(4, SEQUENCE))
    leaves, told = as_torch(torch, weights), torch.tensor(tokens)
    P = torch.tensor(sinusoidal_positions(SEQUENCE - 1, D))
    later = torch.ones(SEQUENCE - 1, SEQUENCE - 1, dtype=torch.bool).triu(1)
    X = read(torch, leaves[0][told[:, :-1]] + P, leaves, later)
    found = outcome(torch, leaves, X @ leaves[-2] + leaves[-1], told[:, 1:])
    return {"tokens": tokens, "numbers": pack(listed(weights)), **found}


def label(torch: Torch, rng: np.random.Generator) -> dict[str, Any]:
    """The classifier: each token sees all, and what comes out is averaged."""
    weights, X, y = make_weights(ENTRIES, CLASSES, rng), rng.normal(size=(6, PLACES, ENTRIES)), np.arange(6) % CLASSES
    leaves = as_torch(torch, weights)
    P = torch.tensor(sinusoidal_positions(PLACES, D))
    seen = read(torch, torch.tensor(X) @ leaves[0] + P, leaves, torch.zeros(PLACES, PLACES, dtype=torch.bool))
    found = outcome(torch, leaves, seen.mean(dim=1) @ leaves[-2] + leaves[-1], torch.tensor(y))
    return {"X": X, "y": y, "numbers": pack(listed(weights)), **found}


def main() -> None:
    """Let both read, and store what they made of it."""
    import torch  # type: ignore[import-not-found]

    rng = np.random.default_rng(SEED)
    models = {"language": next_token(torch, rng), "classifier": label(torch, rng)}
    made_with = [
        f"Python {platform.python_version()}",
        f"PyTorch {torch.__version__.partition('+')[0]}",
        f"NumPy {np.__version__}",
    ]
    arrays: dict[str, Any] = {
        f"{model}_{name}": array for model, found in models.items() for name, array in found.items()
    }
    np.savez_compressed(TORCH_TRANSFORMER, made_with=made_with, **arrays)
    print(f"{TORCH_TRANSFORMER}: {TORCH_TRANSFORMER.stat().st_size:,} bytes; made with {', '.join(made_with)}")


if __name__ == "__main__":
    main()
