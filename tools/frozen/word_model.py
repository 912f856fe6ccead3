"""Make mathml/data/word_model.npz: sentences about a person, and a transformer of ours that learned to write them.

    python -m tools.frozen.word_model

Needs nothing but this repository and NumPy, and about half a minute. Made with Python 3.11.7, NumPy 2.4.6; the file
holds the versions that it was made with.

The sentences are those of the corpus that name a person and later say he, she, his, her or the like, each also with he
and she exchanged. So nothing but the person tells which of the two comes next: to guess it, a head must look there. The
model reads all sentences but the last ones, which show whether it does.
"""

import platform
from pathlib import Path

import numpy as np

from mathml.algorithms.block_stack import listed
from mathml.algorithms.tokens import Tokens, Vocabulary
from mathml.algorithms.transformer import Transformer
from mathml.arrays import Array
from mathml.datasets import load_sentences
from mathml.optimization import pack
from tools.frozen.tiny_attention import EXCHANGED, PRONOUNS, exchange

WORD_MODEL = Path(__file__).parents[2] / "mathml" / "data" / "word_model.npz"
HELD_OUT, EPOCHS, SEED = 70, 100, 0
END = "."  # stands before a sentence and after it
MALE, FEMALE = {"he", "his", "him", "himself"}, {"she", "her", "herself"}


def tell() -> list[list[str]]:
    """The sentences, each once, in a random order."""
    about_one = [words for words in load_sentences() if names_a_person_and_refers_to_it(words)]
    both = sorted({tuple(words) for told in about_one for words in (told, exchange(told))})
    order = np.random.default_rng(SEED).permutation(len(both))
    return [list(both[i]) for i in order]


def names_a_person_and_refers_to_it(words: list[str]) -> bool:
    return bool(PRONOUNS.intersection(words)) and any(word in EXCHANGED and word not in PRONOUNS for word in words)


def encode(sentences: list[list[str]]) -> tuple[Vocabulary, list[Tokens]]:
    vocabulary = Vocabulary([END, *(word for words in sentences for word in words)])
    return vocabulary, [vocabulary.encode([END, *words, END]) for words in sentences]


def train(rows: list[Tokens], seed: int = SEED) -> Transformer:
    return Transformer(epochs=EPOCHS, rng=seed).fit(rows[:-HELD_OUT])


def where_it_looks(model: Transformer, vocabulary: Vocabulary, rows: list[Tokens]) -> tuple[Array, float]:
    """Where he or she comes next, as a person was named: each head's weight on that, (L, h), and how often the model
    gives the right one of the two the higher score."""
    tells, asks = (np.isin(vocabulary.pieces, list(words)) for words in (EXCHANGED, PRONOUNS))
    male, female = (np.isin(vocabulary.pieces, list(words)) for words in (MALE, FEMALE))
    weights, right = [], []
    for row in rows:
        told, following = row[:-1], row[1:]
        p = np.exp(model.predict_scores(told))
        A = model.attention_weights(told)
        for i in np.flatnonzero(asks[following] & (np.cumsum(tells[told]) > 0)):
            weights.append(A[:, :, i, tells[told]].sum(axis=-1))
            right.append((p[i, male].sum() > p[i, female].sum()) == male[following[i]])
    return np.mean(weights, axis=0), float(np.mean(right))


def main() -> None:
    """Let it learn, say what it has learned, and store it in half precision."""
    sentences = tell()
    vocabulary, rows = encode(sentences)
    model = train(rows)
    numbers = pack(listed(model.weights_)).astype(np.float16)
    model.restore(numbers, len(vocabulary), model.context_)
    for name, some in ("read", rows[:-HELD_OUT]), ("held out", rows[-HELD_OUT:]):
        weights, right = where_it_looks(model, vocabulary, some)
        print(f"{name}: weight on the person by head {weights.round(2).tolist()}, he or she right {right:.2f}")
    made_with = [f"Python {platform.python_version()}", f"NumPy {np.__version__}"]
    texts = [" ".join(words) for words in sentences]
    np.savez_compressed(WORD_MODEL, made_with=made_with, sentences=texts, numbers=numbers)
    print(f"{WORD_MODEL}: {WORD_MODEL.stat().st_size:,} bytes; made with {', '.join(made_with)}")


if __name__ == "__main__":
    main()
