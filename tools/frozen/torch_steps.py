"""Make tests/data/torch_steps.npz: where PyTorch's optimisers go, and the rates that its schedules plan.

    python -m tools.frozen.torch_steps

Needs PyTorch, which is no part of the course: run it in an environment of its own, with NumPy and this repository on
the path. Made with Python 3.11.7, PyTorch 2.13.0, NumPy 2.4.6; the file holds the versions that it was made with.

Each optimiser is given the same made-up gradients, so that its path says nothing but how it steps. They change sign and
size; one coordinate is seen in every seventh step alone, and one never. All is float64.
"""

import platform
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

TORCH_STEPS = Path(__file__).parents[2] / "tests" / "data" / "torch_steps.npz"
STEPS, RATE, SEED = 60, 0.1, 0

Torch: TypeAlias = Any  # it is not there when this is type-checked
Array: TypeAlias = NDArray[np.float64]

# The class in torch.optim, and what it is given beside the rate.
OPTIMIZERS: dict[str, tuple[str, dict[str, Any]]] = {
    "momentum": ("SGD", {"momentum": 0.9}),
    "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
    "adagrad": ("Adagrad", {}),
    "rmsprop": ("RMSprop", {}),
    "rmsprop_short": ("RMSprop", {"alpha": 0.5, "eps": 1e-3}),
    "adam": ("Adam", {}),
    "adam_short": ("Adam", {"betas": (0.5, 0.6), "eps": 1e-3}),
}
# The same in torch.optim.lr_scheduler.
SCHEDULES: dict[str, tuple[str, dict[str, Any]]] = {
    "stairs": ("StepLR", {"step_size": 20, "gamma": 0.5}),
    "exponential": ("ExponentialLR", {"gamma": 0.95}),
    "cosine": ("CosineAnnealingLR", {"T_max": STEPS, "eta_min": 0.01}),
    "inverse_time": ("LambdaLR", {"lr_lambda": lambda t: 1 / (1 + t / 8)}),
    "warm_up": ("LinearLR", {"start_factor": 1 / 10, "total_iters": 9}),
}


def make_gradients() -> Array:
    """`(STEPS, 5)` gradients of very different sizes."""
    gradients = np.random.default_rng(SEED).normal(loc=0.3, size=(STEPS, 5)) * [1, 1e-4, 1e3, 1, 0]
    gradients[np.arange(STEPS) % 7 != 0, 3] = 0
    return gradients


def walk(torch: Torch, gradients: Array, optimizer: str, schedule: str | None = None) -> tuple[Array, Array]:
    """The path `(STEPS + 1, 5)` from 1, and the rate `(STEPS,)` of each step."""
    x = torch.ones(5, dtype=torch.float64, requires_grad=True)
    name, options = OPTIMIZERS[optimizer]
    steps = getattr(torch.optim, name)([x], lr=RATE, **options)
    if schedule:
        name, options = SCHEDULES[schedule]
        plan = getattr(torch.optim.lr_scheduler, name)(steps, **options)
    path, rates = [x.detach().numpy().copy()], []
    for gradient in gradients:
        rates.append(steps.param_groups[0]["lr"])
        x.grad = torch.from_numpy(gradient.copy())
        steps.step()
        if schedule:
            plan.step()
        path.append(x.detach().numpy().copy())
    return np.array(path), np.array(rates)


def main() -> None:
    """Let each of them walk, and store where it came."""
    import torch  # type: ignore[import-not-found]

    gradients = make_gradients()
    arrays: dict[str, Any] = {"gradients": gradients}
    for name in OPTIMIZERS:
        arrays[name], _ = walk(torch, gradients, name)
    for name in SCHEDULES:
        arrays[f"momentum_{name}"], arrays[name] = walk(torch, gradients, "momentum", name)
    made_with = [
        f"Python {platform.python_version()}",
        f"PyTorch {torch.__version__.partition('+')[0]}",
        f"NumPy {np.__version__}",
    ]
    TORCH_STEPS.parent.mkdir(exist_ok=True)
    np.savez_compressed(TORCH_STEPS, made_with=made_with, **arrays)
    print(f"{TORCH_STEPS}: {TORCH_STEPS.stat().st_size:,} bytes; made with {', '.join(made_with)}")


if __name__ == "__main__":
    main()
