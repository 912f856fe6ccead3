"""What the lessons compute on: a corpus of our own, and arrays that were made once and stored. Nothing is downloaded.

The scripts that made them, with the versions of the libraries that they used, are in tools/frozen/ of the repository.
Digits, irises and the other small real data sets come from `sklearn.datasets` directly.
"""

import re
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mathml.arrays import Matrix, Vector, require

__all__ = [
    "AttendedSentence",
    "DigitMaps",
    "Documents",
    "TinyAttention",
    "WordModel",
    "WordVectors",
    "load_corpus",
    "load_digit_maps",
    "load_documents",
    "load_sentences",
    "load_tiny_attention",
    "load_word_model",
    "load_word_vectors",
    "tokenize",
]


# --- the corpus -----------------------------------------------------------------------------------


class Documents(NamedTuple):
    """Stories of the corpus, short and long: `titles[i]`, `topics[i]` and `texts[i]` belong together."""

    titles: list[str]
    topics: list[str]
    texts: list[str]


def load_corpus() -> str:
    """The whole corpus: 110 stories from a village called Saltmere, on ten topics, in about 29,000 words.

    Before each story stands a line `# Title (topic)`; each paragraph is one line. The text is made up: a grammar of
    ours tells it, in which topics, pairs (king and queen, cat and kitten), numbers in order and opposites are planted.
    """
    return files("mathml").joinpath("data", "corpus.txt").read_text(encoding="utf-8")


def load_documents() -> Documents:
    """The stories of the corpus one by one, for what compares documents.

    Returns
    -------
    titles, topics, texts : 110 each; texts without their titles, from 80 to 600 words long
    """
    parts = re.split(r"(?m)^# (.+) \((\w+)\)$", load_corpus())[1:]
    return Documents(parts[::3], parts[1::3], [text.strip() for text in parts[2::3]])


def load_sentences() -> list[list[str]]:
    """The sentences of all stories in order, each as its words, for what learns from neighbouring words."""
    sentences = (tokenize(sentence) for text in load_documents().texts for sentence in re.split(r"[.?]", text))
    return [words for words in sentences if words]


def tokenize(text: str) -> list[str]:
    """The words of a text in lower case; whatever is not a letter parts them.

    >>> tokenize("The king sat on the throne, and he smiled.")
    ['the', 'king', 'sat', 'on', 'the', 'throne', 'and', 'he', 'smiled']

    Raises
    ------
    TypeError
        If `text` is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, but {type(text).__name__} came")
    return re.findall(r"[^\W\d_]+", text.lower())


# --- word vectors ---------------------------------------------------------------------------------


class WordVectors(NamedTuple):
    """Two vectors for each word: of the word itself, and of the word as a neighbour of others.

        P(c is near w) = σ(v_w · u_c)

    words : n words, the most frequent first
    counts : (n,) how often each stands in the corpus
    vectors : (n, d) v, the word vectors
    contexts : (n, d) u, the context vectors
    """

    words: list[str]
    counts: NDArray[np.int64]
    vectors: Matrix
    contexts: Matrix

    def vector(self, word: str) -> Vector:
        """The word vector `(d,)` of one word; a `ValueError` if the word is not among `words`."""
        vector: Vector = self.vectors[self._place(word)]
        return vector

    def context(self, word: str) -> Vector:
        """The context vector `(d,)` of one word; a `ValueError` if the word is not among `words`."""
        context: Vector = self.contexts[self._place(word)]
        return context

    def _place(self, word: str) -> int:
        require(word in self.words, f"word must be one of the {len(self.words)} words, but {word!r} came")
        return self.words.index(word)


def load_word_vectors() -> WordVectors:
    """Vectors of the words that stand in the corpus at least six times, trained by gensim on the corpus.

    Skip-gram with negative sampling, five words to either side, five negatives for each pair.

    Lesson 1, "Used in: word2vec" and "Used in: embeddings"; Mikolov et al. (2013), equation 4.
    """
    stored = _stored("word_vectors")
    return WordVectors(
        stored["words"].tolist(),
        stored["counts"].astype(np.int64),
        stored["vectors"].astype(np.float64),
        stored["contexts"].astype(np.float64),
    )


# --- attention ------------------------------------------------------------------------------------


class AttendedSentence(NamedTuple):
    """What one attention head did with one sentence of n words, the first of which is `<start>`.

    words : n words
    guesses : n words, each the one that the model expected after this word
    X : (n, d) what the head was given: for each word and its place an embedding, normalised
    scores : (n, n) how well the query of word i matches the key of word j, before later words are masked
    weights : (n, n) rows sum to one; a word looks at itself and at the words before it
    """

    words: list[str]
    guesses: list[str]
    X: Matrix
    scores: Matrix
    weights: Matrix


class TinyAttention(NamedTuple):
    """One attention head of a trained model.

        scores = (X W_Q) (X W_K)ᵀ / √dₖ,    weights = softmax(scores, later words masked)

    W_Q, W_K, W_V : (d, d_k) the maps to queries, keys and values
    sentences : three sentences, and what the head did with them
    """

    W_Q: Matrix
    W_K: Matrix
    W_V: Matrix
    sentences: list[AttendedSentence]


def load_tiny_attention() -> TinyAttention:
    """A head that looks for the person: a transformer of one block, trained by PyTorch to guess the next word.

    Scores and weights are stored as PyTorch computed them, in single precision.

    Lesson 1, "Used in: transformers"; Vaswani et al. (2017), equation 1.
    """
    stored = _stored("tiny_attention")
    sentences = [
        AttendedSentence(
            stored[f"words_{i}"].tolist(),
            stored[f"guesses_{i}"].tolist(),
            *(stored[f"{name}_{i}"].astype(np.float64) for name in ("inputs", "scores", "weights")),
        )
        for i in range(3)
    ]
    W_Q, W_K, W_V = (stored[name].astype(np.float64) for name in ("W_Q", "W_K", "W_V"))
    return TinyAttention(W_Q, W_K, W_V, sentences)


class WordModel(NamedTuple):
    """What a transformer learned from sentences about a person, and the sentences.

    sentences : 482, each as its words; the model has read all but the last 70
    numbers : (p,) the weights of a `Transformer` with two blocks of two heads, d = 32, in half precision
    """

    sentences: list[list[str]]
    numbers: Vector


def load_word_model() -> WordModel:
    """Sentences that name a person and then say he, she, his or her; and a model of ours that learned to write them.

    They are those of the corpus, each also with he and she exchanged: nothing but the person tells which comes next.

    Lesson 6, "Several heads" and "Used in: a model of words".
    """
    stored = _stored("word_model")
    sentences = [text.split() for text in stored["sentences"].tolist()]
    return WordModel(sentences, stored["numbers"].astype(np.float64))


# --- maps of the digits ---------------------------------------------------------------------------


class DigitMaps(NamedTuple):
    """Two flat maps of the same digits: near on the map should mean near in the space of 64 pixels.

    indices : (n,) which rows of `sklearn.datasets.load_digits().data` are mapped
    tsne : (n, 2) by t-SNE
    umap : (n, 2) by UMAP
    """

    indices: NDArray[np.intp]
    tsne: Matrix
    umap: Matrix


def load_digit_maps() -> DigitMaps:
    """Sixty digits of each kind, mapped by scikit-learn's t-SNE and by umap-learn; neither was told the labels.

    Lesson 1, "Used in: t-SNE" and "Used in: UMAP"; van der Maaten and Hinton (2008); McInnes et al. (2018).
    """
    stored = _stored("digit_maps")
    return DigitMaps(
        stored["indices"].astype(np.intp), stored["tsne"].astype(np.float64), stored["umap"].astype(np.float64)
    )


def _stored(name: str) -> dict[str, NDArray[np.generic]]:
    """All arrays of a file in mathml/data, which holds plain arrays only: nothing is unpickled."""
    with (files("mathml") / "data" / f"{name}.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return dict(arrays)
