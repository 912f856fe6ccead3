"""Make mathml/data/tiny_attention.npz: one attention head of a small transformer that learned to guess the next word.

    python -m tools.frozen.tiny_attention

Needs PyTorch, which is no part of the course: run it in an environment of its own, with NumPy and this repository on
the path. Made with Python 3.11.7, PyTorch 2.13.0+cpu (one thread), NumPy 2.4.6; the file holds the versions that it
was made with.

One block: words and places are embedded, added and normalised; four heads attend; a small network follows, and the
next word is read off with the word embeddings. It reads the corpus, and the corpus again with he and she exchanged, so
that only the person can tell whether his or her comes next. Of the four heads the one is stored that looks for that
person most. The stored scores and weights are PyTorch's own.

Vaswani et al. (2017), Attention Is All You Need, equation 1.
"""

import math
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from mathml.datasets import load_sentences
from tools.frozen.corpus import GRAMMAR

TINY_ATTENTION = Path(__file__).parents[2] / "mathml" / "data" / "tiny_attention.npz"
SHOWN = [
    "the kind man took off his hat and sat down by the fire",
    "the daughter of the miller took off her hat and sat down by the fire",
    "nobody knew what grandmother had in her pocket until she showed it",
]
PAD, START, END = "<pad>", "<start>", "<end>"
SEED, WIDTH, HEADS, D_K = 2, 32, 4, 8
EPOCHS, BATCH, RATE = 50, 64, 5e-3
GENDER_COUNTS = 4.0  # times more than another word: there are few of these words, and they are what is to be learned

Tensor: TypeAlias = Any  # PyTorch is not there when this is type-checked
Parameters: TypeAlias = dict[str, Tensor]

_PAIRS = [(pair["male"].lower(), pair["female"].lower()) for pair in GRAMMAR["kin"]["pair"]]
_PAIRS += [(a.lower(), b.lower()) for a, b in zip(GRAMMAR["people"]["male"], GRAMMAR["people"]["female"], strict=True)]
_PAIRS += [("he", "she"), ("himself", "herself"), ("his", "her")]
EXCHANGED = dict(_PAIRS) | {b: a for a, b in _PAIRS} | {"him": "her"}
PRONOUNS = {"his", "her", "him", "himself", "herself", "he", "she"}
AFTER_HIM = {None, "for", "her"}  # what follows him in the corpus, and her where it means him


def exchange(sentence: list[str]) -> list[str]:
    """The same sentence about a woman instead of a man, or the other way round."""
    following = [*sentence[1:], None]
    return [
        "him" if word == "her" and after in AFTER_HIM else EXCHANGED.get(word, word)
        for word, after in zip(sentence, following, strict=True)
    ]


def encode(sentences: list[list[str]], number: dict[str, int]) -> Tensor:
    """Numbers of the words `(sentences, longest)`, between a start and an end, filled up with padding."""
    import torch  # type: ignore[import-not-found]

    rows = [torch.tensor([number[w] for w in (START, *sentence, END)]) for sentence in sentences]
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=number[PAD])


def initial(words: int, places: int) -> Parameters:
    import torch

    def normal(*shape: int, spread: float) -> Tensor:
        return (spread * torch.randn(*shape)).requires_grad_()

    step = WIDTH**-0.5
    return {
        "word": normal(words, WIDTH, spread=0.3),
        "place": normal(places, WIDTH, spread=0.1),
        "W_Q": normal(HEADS, WIDTH, D_K, spread=step),
        "W_K": normal(HEADS, WIDTH, D_K, spread=step),
        "W_V": normal(HEADS, WIDTH, D_K, spread=step),
        "W_O": normal(HEADS, D_K, WIDTH, spread=step),
        "W_1": normal(WIDTH, 4 * WIDTH, spread=step),
        "b_1": torch.zeros(4 * WIDTH, requires_grad=True),
        "W_2": normal(4 * WIDTH, WIDTH, spread=step / 2),
    }


def normalise(x: Tensor) -> Tensor:
    import torch

    return torch.nn.functional.layer_norm(x, (WIDTH,))


def attend(p: Parameters, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """What the heads get `(b, n, d)`, their scores and their weights `(b, heads, n, n)`; none looks ahead."""
    import torch

    n = x.shape[1]
    inputs = normalise(p["word"][x] + p["place"][:n])
    Q, K = (torch.einsum("bnd,hdk->bhnk", inputs, p[W]) for W in ("W_Q", "W_K"))
    scores = Q @ K.transpose(-1, -2) / math.sqrt(D_K)
    ahead = torch.triu(torch.ones(n, n, dtype=torch.bool), diagonal=1)
    return inputs, scores, torch.softmax(scores.masked_fill(ahead, -math.inf), dim=-1)


def next_word(p: Parameters, x: Tensor) -> Tensor:
    """A score for each word to come next, at each place `(b, n, words)`."""
    import torch

    inputs, _, weights = attend(p, x)
    V = torch.einsum("bnd,hdk->bhnk", inputs, p["W_V"])
    y = p["word"][x] + p["place"][: x.shape[1]] + torch.einsum("bhnk,hkd->bnd", weights @ V, p["W_O"])
    y = y + torch.nn.functional.gelu(normalise(y) @ p["W_1"] + p["b_1"]) @ p["W_2"]
    return 3 * normalise(y) @ p["word"].T


def train(p: Parameters, X: Tensor, importance: Tensor) -> None:
    import torch

    steps = EPOCHS * math.ceil(len(X) / BATCH)
    optimiser = torch.optim.AdamW(p.values(), betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(X)).split(BATCH):
            x = X[batch]
            x = x[:, : int((x > 0).sum(dim=1).max())]
            guesses = next_word(p, x[:, :-1]).flatten(0, 1)
            loss = torch.nn.functional.cross_entropy(guesses, x[:, 1:].flatten(), importance, ignore_index=0)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()


def looks_for_the_person(p: Parameters, X: Tensor, words: list[str]) -> Tensor:
    """For each head: how much of its weight is on a word that tells he from she, where such a pronoun comes next."""
    import torch

    tells = torch.tensor([word in EXCHANGED for word in words])
    asks = torch.tensor([word in PRONOUNS for word in words])
    x = X[:, :-1]
    at_pronoun = asks[X[:, 1:]] & (tells[x].cumsum(dim=1) > 0)  # (sentences, n)
    weight = (attend(p, x)[2] * tells[x][:, None, None, :]).sum(dim=-1)  # (sentences, heads, n)
    return (weight * at_pronoun[:, None, :]).sum(dim=(0, 2)) / at_pronoun.sum()


def main() -> None:
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    told = load_sentences()
    told += [exchange(sentence) for sentence in told if exchange(sentence) != sentence]
    words = [PAD, START, END, *sorted({word for sentence in told for word in sentence})]
    number = dict(zip(words, count(), strict=False))
    X = encode(told, number)
    p = initial(len(words), X.shape[1])
    train(p, X, torch.tensor([GENDER_COUNTS if word in PRONOUNS else 1.0 for word in words]))

    stored: dict[str, Any] = {"made_with": np.array([f"torch {torch.__version__}", f"numpy {np.__version__}"])}
    with torch.no_grad():
        attention = looks_for_the_person(p, X, words)
        head = int(attention.argmax())
        stored |= {W: p[W][head].numpy() for W in ("W_Q", "W_K", "W_V")}
        for i, sentence in enumerate(SHOWN):
            x = encode([sentence.split()], number)[:, :-1]
            inputs, scores, weights = attend(p, x)
            stored |= {
                f"words_{i}": np.array([START, *sentence.split()]),
                f"guesses_{i}": np.array([words[j] for j in next_word(p, x)[0].argmax(dim=-1)]),
                f"inputs_{i}": inputs[0].numpy(),
                f"scores_{i}": scores[0, head].numpy(),
                f"weights_{i}": weights[0, head].numpy(),
            }
    print("weight on the person, by head:", [round(a, 2) for a in attention.tolist()])
    np.savez_compressed(TINY_ATTENTION, **stored)


if __name__ == "__main__":
    main()
