"""Tokens: text as whole numbers, which is what a language model reads and writes."""

from collections.abc import Iterable, Sequence
from typing import SupportsIndex, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import as_count, as_vector, require

__all__ = ["Tokens", "Vocabulary", "as_tokens", "fill_up", "windows"]

Tokens: TypeAlias = NDArray[np.intp]


class Vocabulary:
    """Pieces of text and their numbers: token i is the i-th of the pieces in their order.

        encode: piece ↦ token,    decode: token ↦ piece

    Parameters
    ----------
    pieces : each piece that occurs, as often as it likes: a text for its characters, a list for its words

    Attributes
    ----------
    pieces : k different pieces, sorted; `pieces[i]` has the token i

    Lesson 6, "Used in: a model of words".

    >>> letters = Vocabulary("abracadabra")
    >>> letters.encode("cab").tolist()
    [2, 0, 1]
    >>> "".join(letters.decode([2, 0, 1]))
    'cab'
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self.pieces = sorted(set(pieces))
        require(self.pieces, "pieces must hold one piece or more, but none came")
        self._token = {piece: token for token, piece in enumerate(self.pieces)}

    def __len__(self) -> int:
        """k, how many different pieces there are."""
        return len(self.pieces)

    def encode(self, pieces: Iterable[str]) -> Tokens:
        """The tokens of n pieces, (n,); a `ValueError` names one that is not in the vocabulary."""
        row = list(pieces)
        for piece in row:
            require(piece in self._token, f"pieces must be among the {len(self)} of the vocabulary, but {piece!r} came")
        return np.array([self._token[piece] for piece in row], dtype=np.intp)

    def decode(self, tokens: ArrayLike) -> list[str]:
        """The pieces of tokens (n,); a `ValueError` if one is not from 0 to k − 1."""
        return [self.pieces[token] for token in as_tokens(tokens, "tokens", k=len(self))]


def windows(tokens: ArrayLike, length: SupportsIndex) -> Tokens:
    """A long row of tokens, cut into windows; each begins with the last token of the one before.

        window i = tokens[i (length − 1)], …, tokens[(i + 1) (length − 1)]

    So every token but the first is once what comes next. What is left at the end, too short for a window, is dropped.

    Parameters
    ----------
    tokens : (n,)
    length : of each window, from 2 to n

    Returns
    -------
    windows : ((n − 1) // (length − 1), length)

    Lesson 6, "Used in: a model of words".

    >>> windows([0, 1, 2, 3, 4, 5], 3).tolist()
    [[0, 1, 2], [2, 3, 4]]
    """
    row, length = as_tokens(tokens, "tokens"), as_count(length, "length", least=2)
    require(length <= len(row), f"length must be at most {len(row)}, the number of tokens, but length = {length} came")
    starts = np.arange(0, len(row) - length + 1, length - 1)
    cut: Tokens = row[starts[:, np.newaxis] + np.arange(length)]
    return cut


def fill_up(sequences: Sequence[ArrayLike]) -> tuple[Tokens, Tokens]:
    """Sequences of different lengths as one array: each in its row, filled up with zeros at the end.

    Parameters
    ----------
    sequences : n rows of tokens, each of two or more

    Returns
    -------
    tokens : (n, longest)
    lengths : (n,)

    Lesson 6, "Masks".

    >>> fill_up([[5, 3], [1, 2, 4]])[0].tolist()
    [[5, 3, 0], [1, 2, 4]]
    """
    rows = [as_tokens(row, f"sequences[{i}]", least=2) for i, row in enumerate(sequences)]
    require(rows, "sequences must hold one sequence or more, but none came")
    lengths = np.array([len(row) for row in rows])
    tokens = np.zeros((len(rows), lengths.max()), dtype=np.intp)
    for row, filled in zip(rows, tokens, strict=True):
        filled[: len(row)] = row
    return tokens, lengths


def as_tokens(tokens: ArrayLike, name: str, *, least: int = 1, k: int | None = None) -> Tokens:
    """Tokens as a row (n,) of whole numbers from 0, below k if it is given.

    Raises
    ------
    TypeError
        If one is no number.
    ValueError
        If there are fewer than `least`, they are not one row, or one is not whole or out of range.
    """
    numbers = as_vector(tokens, name)
    row: Tokens = numbers.astype(np.intp)
    require(len(row) >= least, f"{name} must hold {least} tokens or more, but {len(row)} came")
    highest = "" if k is None else f" to {k - 1}"
    wrong = (numbers != row) | (row < 0) | (row >= (np.inf if k is None else k))
    for i in np.flatnonzero(wrong):
        raise ValueError(f"{name} must hold whole numbers from 0{highest}, but {name}[{i}] is {numbers[i]:g}")
    return row
