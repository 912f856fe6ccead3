"""What is planted in the corpus for word vectors to find: groups of words, and pairs that make analogies."""

from itertools import permutations
from typing import Any

from tools.frozen.corpus import GRAMMAR

__all__ = ["ANALOGIES", "GROUPS"]


def _table(name: str, *keys: str) -> list[str]:
    return [record[key].lower() for record in GRAMMAR[name] for key in keys]


def _list(*names: str) -> list[str]:
    return [word.lower() for name in names for word in (GRAMMAR["lists"] | GRAMMAR["cast"])[name]]


_KIN: list[dict[str, Any]] = GRAMMAR["kin"]["pair"]

GROUPS: dict[str, list[str]] = {
    "kitchen": [
        *_list("vegetable", "vegetables", "spice", "dish", "sweet"),
        *[
            "kitchen",
            "stove",
            "pot",
            "pan",
            "apron",
            "spoon",
            "bowl",
            "supper",
            "recipe",
            "dough",
            "butter",
            "honey",
            "slice",
            "chopped",
            "cracked",
            "eggs",
        ],
    ],
    "sea": [
        *_list("fish", "vessel", "vessels"),
        *[
            "harbour",
            "tide",
            "anchor",
            "mast",
            "sail",
            "net",
            "waves",
            "island",
            "shore",
            "sailors",
            "captain",
            "lighthouse",
            "sand",
            "oars",
        ],
    ],
    "garden": [
        *_list("flower", "flowers", "fruit", "fruits"),
        *["garden", "spade", "soil", "seeds", "weeds", "bees", "petals", "planted", "path", "tree", "basket", "snail"],
    ],
    "mountain": [
        "mountain",
        "summit",
        "peak",
        "ridge",
        "cliff",
        "glacier",
        "valley",
        "guide",
        "rope",
        "lantern",
        "hut",
        "rock",
        "stones",
        "steep",
        "cave",
    ],
    "music": [
        *_list("instrument", "instruments"),
        *[
            "song",
            "tune",
            "melody",
            "notes",
            "note",
            "rhythm",
            "choir",
            "concert",
            "hall",
            "conductor",
            "strings",
            "sang",
            "practised",
        ],
    ],
    "farm": [
        *_table("animal", "adult", "young", "many", "said", "food", "home"),
        *["farmer", "straw", "fields", "field", "bucket", "cart"],
    ],
    "workshop": [
        *_table("trade", "person", "tool", "stuff", "made"),
        *["workshop", "apprentice", "customer", "bench", "work"],
    ],
    "court": [
        *_table("country", "name", "capital", "goods"),
        *["palace", "ambassador", "border", "treaty", "feast", "capital", "streets", "merchants"],
    ],
    "people": [
        *(pair[gender].lower() for pair in _KIN for gender in ("male", "female")),
        *[
            "throne",
            "crown",
            "pony",
            "heir",
            "inn",
            "kite",
            "satchel",
            "baby",
            "twin",
            "secret",
            "miller",
            "sacks",
            "parcel",
            "cousins",
            "spectacles",
        ],
    ],
    "school": [
        *_list("shape"),
        *[
            "teacher",
            "machine",
            "pupils",
            "lesson",
            "error",
            "mistakes",
            "examples",
            "numbers",
            "sum",
            "board",
            "guess",
            "answer",
            "line",
            "angle",
        ],
    ],
    "numbers": ["one", *_list("number")],
    "days": _list("day"),
}

_RELATIONS: dict[str, list[tuple[str, str]]] = {
    "he and she": [(pair["male"].lower(), pair["female"].lower()) for pair in _KIN],
    "the young of": [(record["adult"], record["young"]) for record in GRAMMAR["animal"]],
    "the tool of": [(record["person"], record["tool"]) for record in GRAMMAR["trade"]],
    "the capital of": [(record["name"].lower(), record["capital"].lower()) for record in GRAMMAR["country"]],
    "more than one": [(record["one"], record["many"]) for record in GRAMMAR["noun"]],
}

# (a, b, c, d): a is to b as c is to d, so b − a + c should come out near d.
ANALOGIES: dict[str, list[tuple[str, str, str, str]]] = {
    relation: [(*first, *second) for first, second in permutations(pairs, 2)] for relation, pairs in _RELATIONS.items()
}
