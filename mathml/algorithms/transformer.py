"""Transformer: blocks of attention that read what stands so far, and say what comes next."""

from collections.abc import Sequence
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.block_stack import Weights, as_weights, first_weights, listed, look, planned_adam, read
from mathml.algorithms.tokens import Tokens, as_tokens, fill_up
from mathml.arrays import Array, Matrix, Vector, as_count, as_vector, require
from mathml.attention import causal_mask, sinusoidal_positions
from mathml.autodiff import grad
from mathml.functions import softmax
from mathml.information import cross_entropy_from_logits
from mathml.optimization import minimize_in_batches, pack
from mathml.optimization.batches import Batch, Seed

__all__ = ["Transformer"]

MEASURED = 500  # so many sequences say how large the loss is


class Transformer:
    """Predict each token of a sequence from those before it, by blocks of attention.

        X₀ = E[tokens] + P             for each token its row of E, and its position
        Xₗ = blockₗ(Xₗ₋₁)              attention that sees no later token, then a small network at each place
        Z = layer_norm(X_L) W + b      row i scores what token i + 1 may be
        loss = −mean log softmax(Zᵢ)ₜ  t is what token i + 1 is

    No row sees what comes later, so one pass is as many tasks as there are tokens. `mathml.autodiff` goes back through
    all of it. Adam makes the steps: η grows over the first tenth of them, and falls to 0 by half a wave of the cosine.

    Parameters
    ----------
    n_blocks : L, how many blocks follow each other
    d : how wide a token is on its way through them
    heads : h, how many heads share that width; d must be a multiple of h
    hidden : how wide the small network in each block is; 2 d if it is not given
    learning_rate : η at its highest
    batch_size, epochs : as in `mathml.optimization`
    rng : a seed or a `numpy.random.Generator`, for the first weights and the batches

    Attributes
    ----------
    weights_ : the `Weights`; k is one more than the highest token of fit
    context_ : how many tokens it reads at most: one fewer than the longest sequence of fit has
    loss_path_ : (epochs + 1,) the loss at the start and after each epoch, of 500 sequences if there are more

    Lesson 6, "Used in: a model of words"; Vaswani et al., Attention is all you need (2017), section 3, without its
    encoder; Xiong et al., On layer normalization in the transformer architecture (2020), for where it normalises.

    >>> model = Transformer(1, d=8, heads=1, epochs=60, learning_rate=0.05, rng=0).fit([[0, 1, 2, 0, 1, 2, 0, 1]])
    >>> model.sample([1], 5, temperature=0.1, rng=0).tolist()
    [1, 2, 0, 1, 2, 0]
    """

    def __init__(
        self,
        n_blocks: int = 2,
        *,
        d: int = 32,
        heads: int = 2,
        hidden: int | None = None,
        learning_rate: float = 0.01,
        batch_size: int = 32,
        epochs: int = 30,
        rng: Seed = None,
    ) -> None:
        self.n_blocks = n_blocks
        self.d = d
        self.heads = heads
        self.hidden = hidden
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.rng = rng

    # --- forward ------------------------------------------------------------------------------

    def embed(self, tokens: Tokens, weights: Weights) -> Array:
        """X₀ of tokens (..., n), (..., n, d)."""
        return weights.embedding[tokens] + sinusoidal_positions(tokens.shape[-1], self.d)

    def forward(self, tokens: Tokens, weights: Weights) -> Array:
        """layer_norm(X_L) of tokens (..., n), (..., n, d)."""
        return read(self.embed(tokens, weights), weights, self.heads, causal_mask(tokens.shape[-1]))

    def loss(self, tokens: Tokens, lengths: Tokens, weights: Weights) -> float:
        """The mean loss of rows of tokens, (b, longest), in each of which so many are told; the rest fills it up."""
        n = lengths.max()
        asked = np.flatnonzero(np.arange(1, n) < lengths[:, np.newaxis])  # places, row by row, that a token follows
        X = self.forward(tokens[:, : n - 1], weights).reshape(-1, self.d)[asked]
        return cross_entropy_from_logits(tokens[:, 1:n].reshape(-1)[asked], X @ weights.W + weights.b)

    # --- learning -----------------------------------------------------------------------------

    def fit(self, sequences: Sequence[ArrayLike]) -> "Transformer":
        """Learn from sequences of tokens, each of two whole numbers or more; their lengths may differ.

        Raises
        ------
        ValueError
            If a sequence is too short or holds something else, or the loss grows instead of falling.
        """
        tokens, lengths = fill_up(sequences)  # what fills a row up comes after it, so none of its tokens sees that
        rng = np.random.default_rng(self.rng)
        first = self._first(int(tokens.max()) + 1, rng)

        def loss(x: Vector, batch: Batch) -> float:
            return self.loss(tokens[batch], lengths[batch], as_weights(x, first))

        n = len(tokens)
        measured = np.arange(n)[:: -(-n // MEASURED)]
        run = minimize_in_batches(
            lambda x, _: loss(x, measured),
            n,
            pack(listed(first)),
            planned_adam(self.learning_rate, n, self.batch_size, self.epochs),
            grad(loss),
            batch_size=self.batch_size,
            epochs=self.epochs,
            rng=rng,
        )
        require(not run.diverged, f"learning_rate must be smaller: with {self.learning_rate:g} descent {run.message}")
        self.context_, self.loss_path_ = int(lengths.max()) - 1, run.values
        self.weights_ = as_weights(run.path[-1], first)
        return self

    def restore(self, numbers: ArrayLike, k: SupportsIndex, context: SupportsIndex) -> "Transformer":
        """Be fitted again, from what an earlier fit has found.

        Parameters
        ----------
        numbers : (p,) all numbers of its weights: `pack(listed(model.weights_))`
        k : how many different tokens there are
        context : its `context_`

        Raises
        ------
        ValueError
            If a model of these sizes has not p numbers.
        """
        like = self._first(as_count(k, "k"), np.random.default_rng(0))
        self.weights_, self.context_ = as_weights(as_vector(numbers, "numbers"), like), as_count(context, "context")
        return self

    def _first(self, k: int, rng: np.random.Generator) -> Weights:
        return first_weights(k, k, self.n_blocks, self.d, self.heads, self.hidden, rng)

    # --- answers ------------------------------------------------------------------------------

    def predict_scores(self, tokens: ArrayLike) -> Matrix:
        """Z of tokens (n,), (n, k): row i scores what may come after the first i + 1 of them."""
        known = self._as_known(tokens)
        return self.forward(known, self.weights_) @ self.weights_.W + self.weights_.b

    def predict(self, tokens: ArrayLike) -> Tokens:
        """The token with the highest score after each of tokens (n,), (n,)."""
        likeliest: Tokens = self.predict_scores(tokens).argmax(axis=1)
        return likeliest

    def attention_weights(self, tokens: ArrayLike) -> Array:
        """How much each of tokens (n,) looks at which, by block and head: (L, h, n, n), whose rows sum to one."""
        known = self._as_known(tokens)
        return look(self.embed(known, self.weights_), self.weights_, self.heads, causal_mask(len(known)))

    def sample(
        self,
        start: ArrayLike,
        length: SupportsIndex,
        *,
        temperature: float = 1.0,
        stop: int | None = None,
        rng: Seed = None,
    ) -> Tokens:
        """Write on: draw what comes next by softmax(z / T), read it as well, and so on.

        Parameters
        ----------
        start : (n,) the first tokens, one or more; of a long row the last `context_` are read
        length : how many tokens to add at most
        temperature : T, above 0; near 0 the highest score always wins
        stop : a token after which nothing is added
        rng : a seed or a `numpy.random.Generator`

        Returns
        -------
        tokens : start, and what follows
        """
        row, length = [*self._as_known(start, any_length=True)], as_count(length, "length", least=0)
        rng = np.random.default_rng(rng)
        for _ in range(length):
            z = self.predict_scores(row[-self.context_ :])[-1]
            row.append(rng.choice(len(z), p=softmax(z, temperature=temperature)))
            if row[-1] == stop:
                break
        return np.array(row)

    def _as_known(self, tokens: ArrayLike, any_length: bool = False) -> Tokens:
        require(hasattr(self, "weights_"), "Transformer must be fitted before it can predict: call fit first")
        known = as_tokens(tokens, "tokens", k=len(self.weights_.embedding))
        fits = any_length or len(known) <= self.context_
        require(fits, f"tokens must be at most {self.context_}, as in fit, but {len(known)} came")
        return known
