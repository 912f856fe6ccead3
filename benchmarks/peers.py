"""Libraries that the course does not install, behind `fit`: what a user of each would write.

Nothing here is imported unless it is asked for.
"""

from importlib import import_module
from typing import Any

import numpy as np

from mathml.attention import sinusoidal_positions

__all__ = ["Gensim", "Surprise", "Torch", "cnn", "transformer", "umap"]


def umap() -> Any:
    return import_module("umap").UMAP(random_state=0, n_jobs=1, init="pca")


class Gensim:
    """Word vectors by gensim, one word after the other in C."""

    def __init__(self, epochs: int) -> None:
        self.epochs = epochs

    def fit(self, sentences: list[list[str]]) -> Any:
        settings = {"vector_size": 28, "window": 5, "negative": 5, "min_count": 6, "sample": 3e-4, "alpha": 0.1}
        model = import_module("gensim.models").Word2Vec
        return model(sentences, sg=1, epochs=self.epochs, workers=1, seed=0, **settings)


class Surprise:
    """Factors of a table with holes by surprise's SVD, one known entry after the other in C."""

    def __init__(self, k: int, **settings: float) -> None:
        self.k, self.settings = k, settings

    def fit(self, table: Any) -> "Surprise":
        surprise, known = import_module("surprise"), np.argwhere(~np.isnan(table))
        entries = [(i, j, table[i, j], None) for i, j in known.tolist()]
        data = surprise.Dataset(surprise.Reader(rating_scale=(np.nanmin(table), np.nanmax(table))))
        model = surprise.SVD(n_factors=self.k, random_state=0, **self.settings)
        self.model_ = model.fit(data.construct_trainset(entries))
        return self

    def predict_entry(self, i: int, j: int) -> float:
        return float(self.model_.predict(i, j).est)


class Torch:
    """A network of PyTorch's, which learns by batches in float64 like ours."""

    def __init__(self, network: Any, loss: Any, optimizer: Any, epochs: int, batch_size: int, *, planned: bool) -> None:
        self.network, self.loss, self.optimizer = network, loss, optimizer
        self.epochs, self.batch_size, self.planned = epochs, batch_size, planned

    def fit(self, X: Any, y: Any) -> "Torch":
        torch = import_module("torch")
        X, (self.classes_, y) = torch.from_numpy(X), np.unique(y, return_inverse=True)
        y, steps = torch.from_numpy(y), self.epochs * -(-len(X) // self.batch_size)
        [rate] = [group["lr"] for group in self.optimizer.param_groups]
        cycle = {"total_steps": steps, "pct_start": 0.1, "div_factor": steps / 10, "cycle_momentum": False}
        plan = torch.optim.lr_scheduler.OneCycleLR(self.optimizer, rate, **cycle) if self.planned else None
        for _ in range(self.epochs):
            for batch in torch.randperm(len(X)).split(self.batch_size):
                self.optimizer.zero_grad()
                self.loss(self.network(X[batch]), y[batch]).backward()
                self.optimizer.step()
                if plan:
                    plan.step()
        return self

    def predict(self, X: Any) -> Any:
        torch = import_module("torch")
        with torch.no_grad():
            return self.classes_[self.network(torch.from_numpy(X)).argmax(1).numpy()]


def cnn(epochs: int, batch_size: int = 32, seed: int = 0) -> Torch:
    """16 filters of 5 × 5, the largest of each 2 × 2, and a linear layer; squared error and gradient descent."""
    torch = import_module("torch")
    nn = torch.nn
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    layers = [nn.Unflatten(1, (1, 8)), nn.Conv2d(1, 16, 5, padding=2), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten()]
    network = nn.Sequential(*layers, nn.Linear(256, 10)).double()

    def loss(scores: Any, y: Any) -> Any:
        return ((scores - nn.functional.one_hot(y, 10)) ** 2).mean()

    return Torch(network, loss, torch.optim.SGD(network.parameters(), lr=0.1), epochs, batch_size, planned=False)


def transformer(epochs: int, batch_size: int = 32, seed: int = 0) -> Torch:
    """One block of two heads, 32 wide, over the eight rows of an image; cross-entropy and Adam, with ours' plan."""
    torch = import_module("torch")
    nn = torch.nn
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    block = nn.TransformerEncoderLayer(32, 2, 64, dropout=0.0, activation="relu", batch_first=True, norm_first=True)

    class Placed(nn.Module):  # type: ignore[name-defined,misc]
        P = torch.from_numpy(sinusoidal_positions(8, 32))

        def forward(self, X: Any) -> Any:
            return X + self.P

    class Mean(nn.Module):  # type: ignore[name-defined,misc]
        def forward(self, X: Any) -> Any:
            return X.mean(1)

    layers = [nn.Linear(8, 32, bias=False), Placed(), block, nn.LayerNorm(32), Mean(), nn.Linear(32, 10)]
    network = nn.Sequential(*layers).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    return Torch(network, nn.CrossEntropyLoss(), optimizer, epochs, batch_size, planned=True)
