"""Libraries that the course does not install, behind `fit`: what a user of each would write.

Nothing here is imported unless it is asked for.
"""

from importlib import import_module
from typing import Any

import numpy as np

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

    def __init__(self, k: int) -> None:
        self.k = k

    def fit(self, table: Any) -> Any:
        surprise, known = import_module("surprise"), np.argwhere(~np.isnan(table))
        entries = [(i, j, table[i, j], None) for i, j in known.tolist()]
        data = surprise.Dataset(surprise.Reader(rating_scale=(0, 1)))
        return surprise.SVD(n_factors=self.k, random_state=0).fit(data.construct_trainset(entries))


class Torch:
    """A network of PyTorch's, which learns by batches of 32 in float64 like ours."""

    def __init__(self, network: Any, loss: Any, optimizer: Any, epochs: int) -> None:
        self.network, self.loss, self.optimizer, self.epochs = network, loss, optimizer, epochs

    def fit(self, X: Any, y: Any) -> "Torch":
        torch = import_module("torch")
        X, y = torch.from_numpy(X), torch.from_numpy(y)
        for _ in range(self.epochs):
            for batch in torch.randperm(len(X)).split(32):
                self.optimizer.zero_grad()
                self.loss(self.network(X[batch]), y[batch]).backward()
                self.optimizer.step()
        return self

    def predict(self, X: Any) -> Any:
        torch = import_module("torch")
        with torch.no_grad():
            return self.network(torch.from_numpy(X)).argmax(1).numpy()


def cnn(epochs: int) -> Torch:
    """16 filters of 5 × 5, the largest of each 2 × 2, and a linear layer; squared error and gradient descent."""
    torch = import_module("torch")
    nn = torch.nn
    torch.set_num_threads(1)
    layers = [nn.Unflatten(1, (1, 8)), nn.Conv2d(1, 16, 5, padding=2), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten()]
    network = nn.Sequential(*layers, nn.Linear(256, 10)).double()

    def loss(scores: Any, y: Any) -> Any:
        return ((scores - nn.functional.one_hot(y, 10)) ** 2).mean()

    return Torch(network, loss, torch.optim.SGD(network.parameters(), lr=0.1), epochs)


def transformer(epochs: int) -> Torch:
    """One block of two heads, 32 wide, over the eight rows of an image; cross-entropy and Adam."""
    torch = import_module("torch")
    nn = torch.nn
    torch.set_num_threads(1)
    block = nn.TransformerEncoderLayer(32, 2, 128, dropout=0.0, activation="relu", batch_first=True, norm_first=True)

    class Mean(nn.Module):  # type: ignore[name-defined,misc]
        def forward(self, X: Any) -> Any:
            return X.mean(1)

    network = nn.Sequential(nn.Linear(8, 32, bias=False), block, nn.LayerNorm(32), Mean(), nn.Linear(32, 10)).double()
    return Torch(network, nn.CrossEntropyLoss(), torch.optim.Adam(network.parameters(), lr=0.01), epochs)
