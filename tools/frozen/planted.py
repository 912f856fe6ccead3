"""What is planted in the corpus for word vectors to find: groups of words, and pairs that make analogies.

How well the stored vectors find it is measured in tests/test_datasets.py. One relation they hardly find: the plural.
"""

from itertools import permutations

from tools.frozen.corpus import COUNT, GRAMMAR

__all__ = ["ANALOGIES", "GROUPS"]


def _table(table: str, *keys: str) -> list[str]:
    return [record[key].lower() for record in GRAMMAR[table] for key in keys]


def _lists(*names: str) -> list[str]:
    return [word.lower() for name in names for word in (GRAMMAR["lists"] | GRAMMAR["cast"])[name]]


_RELATIONS: dict[str, list[tuple[str, str]]] = {
    "he and she": [(pair["male"].lower(), pair["female"].lower()) for pair in GRAMMAR["kin"]["pair"]],
    "the young of": [(record["adult"], record["young"]) for record in GRAMMAR["animal"]],
    "the tool of": [(record["person"], record["tool"]) for record in GRAMMAR["trade"]],
    "the capital of": [(record["name"].lower(), record["capital"].lower()) for record in GRAMMAR["country"]],
    "more than one": [(record["one"], record["many"]) for record in GRAMMAR["noun"]],
}

# (a, b, c, d): a is to b as c is to d, so b − a + c should come out nearest to d.
ANALOGIES: dict[str, list[tuple[str, str, str, str]]] = {
    relation: [(*first, *second) for first, second in permutations(pairs, 2)] for relation, pairs in _RELATIONS.items()
}

# Each has more than five words, so that all five nearest to a word can be of its group.
GROUPS: dict[str, list[str]] = {
    "animals": _table("animal", "adult", "young", "many", "said", "home"),
    "trades": _table("trade", "person", "tool", "stuff", "made"),
    "countries": _table("country", "name", "capital", "goods"),
    "relatives": [word for pair in _RELATIONS["he and she"] for word in pair],
    "vegetables": _lists("vegetable", "vegetables"),
    "flowers and fruit": _lists("flower", "flowers", "fruit", "fruits"),
    "instruments": _lists("instrument", "instruments"),
    "numbers": COUNT,
    "days": _lists("day"),
}
