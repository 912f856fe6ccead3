"""word2vec: a vector for each word, so that words with the same neighbours get similar ones."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from mathml.arrays import Matrix, Vector, as_count, as_number, require
from mathml.functions import log_sigmoid, sigmoid
from mathml.optimization.batches import Seed, minibatches
from mathml.vectors import normalize_rows, unit

__all__ = ["Word2Vec", "step"]

Words = Sequence[str]
Pairs = NDArray[np.intp]


class Word2Vec:
    """Learn two vectors for each word, of itself and as a neighbour, by telling real neighbours from random ones.

        P(c is near w) = σ(v_w · u_c)
        loss of a pair = −log σ(v_w · u_c) − Σᵢ log σ(−v_w · u_nᵢ)    with k random words n₁, …, n_k
        ∂/∂v_w = Σ (σ(v_w · u) − y) u,    ∂/∂u = (σ(v_w · u) − y) v_w    y is 1 for c, and 0 for the others

    The gradients are by hand. A step takes some pairs together, and its rate falls evenly to 0. A word with the part f
    of the text is skipped with the probability 1 − √(t/f) − t/f; random words come in proportion to their counts to the
    power of 3/4.

    Parameters
    ----------
    d : how many entries a vector has
    window : how many words to either side are neighbours at most; for each word it is drawn from 1 to that
    negatives : k, how many random words for each pair
    min_count : how often a word must stand in the text
    sample : t, above 0: words that are a larger part of the text are skipped now and then
    learning_rate : of the first step
    batch_size : how many pairs a step takes
    epochs : how often the text is read
    rng : a seed or a `numpy.random.Generator`

    Attributes
    ----------
    words_ : n words, the most frequent first
    counts_ : (n,) how often each stands in the text
    vectors_ : (n, d) v, the word vectors
    contexts_ : (n, d) u, the context vectors
    loss_path_ : (epochs,) the mean loss of the pairs of each epoch, as they came

    Lesson 1, "Used in: word2vec" and "Used in: embeddings"; Lesson 6, "Used in: word2vec"; Mikolov et al., Distributed
    representations of words and phrases and their compositionality (2013), equation 4 and sections 2.2 and 2.3.

    >>> text = [["a", "b"], ["c", "d"]] * 200
    >>> model = Word2Vec(d=4, window=1, min_count=1, sample=1.0, learning_rate=0.1, batch_size=8, rng=0).fit(text)
    >>> bool(model.vector("a") @ model.context("b") > model.vector("a") @ model.context("d"))
    True
    """

    def __init__(
        self,
        d: int = 28,
        *,
        window: int = 5,
        negatives: int = 5,
        min_count: int = 6,
        sample: float = 3e-4,
        learning_rate: float = 0.1,
        batch_size: int = 256,
        epochs: int = 40,
        rng: Seed = None,
    ) -> None:
        self.d = d
        self.window = window
        self.negatives = negatives
        self.min_count = min_count
        self.sample = sample
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.rng = rng

    # --- learning -----------------------------------------------------------------------------

    def fit(self, sentences: Iterable[Words]) -> "Word2Vec":
        """Learn from sentences, each a sequence of words.

        Raises
        ------
        TypeError
            If a sentence is a string, or holds something that is none.
        ValueError
            If fewer than two words stand in the text often enough, or the loss grows instead of falling: a step is too
            long if a word comes many times in it, as in a text of few words.
        """
        d, window, negatives, epochs = (as_count(getattr(self, n), n) for n in ("d", "window", "negatives", "epochs"))
        rate, sample = (_as_positive(getattr(self, n), n) for n in ("learning_rate", "sample"))
        words, counts, text = self._read(sentences)
        rng = np.random.default_rng(self.rng)
        V, U = rng.uniform(-0.5 / d, 0.5 / d, size=(len(words), d)), np.zeros((len(words), d))
        kept, noise = _kept(counts, sample), _noise(counts)
        losses = []
        for epoch in range(epochs):
            pairs, spent, done = _pairs(text, kept, window, rng), 0.0, 0
            for batch in minibatches(len(pairs), self.batch_size, rng):
                others = np.searchsorted(noise, rng.random((len(batch), negatives)), side="right")
                left = 1 - (epoch + done / len(pairs)) / epochs
                spent += step(V, U, pairs[batch, 0], np.column_stack([pairs[batch, 1], others]), rate * left)
                done += len(batch)
            losses.append(spent / len(pairs))
            grows = losses[-1] > 3 * (1 + negatives) * np.log(2)  # at the start all is 0: each σ costs log 2
            said = f"with {rate:g} and {self.batch_size} pairs at a time the loss grows"
            require(not grows, f"learning_rate or batch_size must be smaller: {said}")
        self.words_, self.counts_, self.vectors_, self.contexts_ = words, counts, V, U
        self.loss_path_ = np.array(losses)
        return self

    def _read(self, sentences: Iterable[Words]) -> tuple[list[str], NDArray[np.int64], list[Pairs]]:
        """The words that stand in the text often enough, how often, and each sentence as their numbers."""
        least, told = as_count(self.min_count, "min_count"), [_as_words(row, i) for i, row in enumerate(sentences)]
        counted = Counter(word for row in told for word in row)
        words = sorted((word for word, count in counted.items() if count >= least), key=lambda word: -counted[word])
        often = f"of the {len(counted)} words two or more must stand in the text {least} times or more"
        require(len(words) >= 2, f"{often}, but {len(words)} do")
        number = {word: i for i, word in enumerate(words)}
        text = [np.array([number[word] for word in row if word in number], dtype=np.intp) for row in told]
        together = [row for row in text if len(row) > 1]
        require(together, "sentences must hold neighbours, but no pair of words stands in one sentence")
        return words, np.array([counted[word] for word in words]), together

    # --- answers ------------------------------------------------------------------------------

    def vector(self, word: str) -> Vector:
        """The word vector v, (d,); a `ValueError` if the model does not know the word."""
        number = self._number(word)
        v: Vector = self.vectors_[number]
        return v

    def context(self, word: str) -> Vector:
        """The context vector u, (d,); a `ValueError` if the model does not know the word."""
        number = self._number(word)
        u: Vector = self.contexts_[number]
        return u

    def most_similar(self, word: str, k: int = 5) -> list[tuple[str, float]]:
        """The k words whose vectors have the largest cosines with that of a word, and these cosines."""
        return self._nearest(self.vector(word), {word}, k)

    def analogy(self, a: str, b: str, c: str, k: int = 1) -> list[tuple[str, float]]:
        """The k words that are to c as b is to a: nearest to b − a + c, by unit vectors; none of the three."""
        return self._nearest(unit(self.vector(b)) - unit(self.vector(a)) + unit(self.vector(c)), {a, b, c}, k)

    def _nearest(self, v: Vector, without: set[str], k: int) -> list[tuple[str, float]]:
        cosines = normalize_rows(self.vectors_) @ unit(v)
        found = ((self.words_[i], float(cosines[i])) for i in np.argsort(-cosines, kind="stable"))
        others = [(word, cosine) for word, cosine in found if word not in without]
        return others[: as_count(k, "k")]

    def _number(self, word: str) -> int:
        require(hasattr(self, "words_"), "Word2Vec must be fitted before it can answer: call fit first")
        require(word in self.words_, f"word must be one of the {len(self.words_)} words, but {word!r} came")
        return self.words_.index(word)


# --- a step ---------------------------------------------------------------------------------------


def step(V: Matrix, U: Matrix, words: Pairs, neighbours: Pairs, rate: float) -> float:
    """One step downhill for some pairs, which changes V and U in place; the loss before it.

    Parameters
    ----------
    V, U : (n, d) the word and the context vectors
    words : (b,) the number of each pair's word
    neighbours : (b, 1 + k) its neighbour, and then k random words
    rate : η

    Lesson 6, "Used in: word2vec".
    """
    v, u = V[words], U[neighbours]
    z = np.einsum("bd,bkd->bk", v, u)
    error = sigmoid(z)
    error[:, 0] -= 1  # σ(z) − y
    np.subtract.at(V, words, rate * np.einsum("bk,bkd->bd", error, u))  # a word may come more than once: all count
    np.subtract.at(U, neighbours, rate * error[..., np.newaxis] * v[:, np.newaxis])
    return float(-log_sigmoid(z[:, 0]).sum() - log_sigmoid(-z[:, 1:]).sum())


# --- how ------------------------------------------------------------------------------------------


def _pairs(text: list[Pairs], kept: Vector, window: int, rng: np.random.Generator) -> Pairs:
    """Each word of the text beside each of its neighbours, (pairs, 2), for one epoch: some words are skipped."""
    found = []
    for whole in text:
        row = whole[rng.random(len(whole)) < kept[whole]]
        reach, places = rng.integers(1, window + 1, size=len(row)), np.arange(len(row))
        apart = np.abs(places[:, np.newaxis] - places)
        here, there = np.nonzero((apart > 0) & (apart <= reach[:, np.newaxis]))
        found.append(np.column_stack([row[here], row[there]]))
    pairs = np.concatenate(found)
    require(len(pairs), "sample must be larger: all words were skipped, and no pair was left")
    return pairs


def _kept(counts: NDArray[np.int64], sample: float) -> Vector:
    """With which probability a word is not skipped."""
    part = sample * counts.sum() / counts
    kept: Vector = np.minimum(np.sqrt(part) + part, 1.0)
    return kept


def _noise(counts: NDArray[np.int64]) -> Vector:
    """Where the share of each word ends, of random words in proportion to counts^¾."""
    shares = np.cumsum(counts**0.75)
    ends: Vector = shares / shares[-1]
    return ends


def _as_words(row: Words, i: int) -> Words:
    if isinstance(row, str) or not all(isinstance(word, str) for word in row):
        raise TypeError(f"sentences must be lists of words, but sentences[{i}] is {row!r:.40}")
    return row


def _as_positive(x: float, name: str) -> float:
    x = as_number(x, name)
    require(0 < x < np.inf, f"{name} must be finite and above 0, but {name} = {x:g} came")
    return x
