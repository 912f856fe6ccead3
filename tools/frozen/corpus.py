"""Make mathml/data/corpus.txt: short stories from the village of Saltmere, told by a grammar of ours.

    python -m tools.frozen.corpus

The words and sentence frames are in grammar.toml; this file fills them in. Only `random.random` is used, whose
sequence for a seed Python keeps from version to version, so the text is the same everywhere. Made with Python 3.11.

What is planted for word vectors and language models to find: topics; pairs (king and queen, cat and kitten, smith
and hammer, a country and its capital, apple and apples); numbers and days in their order; opposites; he and his
after a king, she and her after a queen. tools/frozen/planted.py lists it.
"""

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

Scene: TypeAlias = dict[str, Any]  # what each slot of a frame stands for: a word, a record, or words to take from

GRAMMAR: Scene = tomllib.loads(Path(__file__).with_name("grammar.toml").read_text(encoding="utf-8"))
CORPUS = Path(__file__).parents[2] / "mathml" / "data" / "corpus.txt"
SEED = 3
LENGTHS = [6, 8, 10, 14, 20, 28, 38]  # sentences of a story: a short and a long one may share a topic
KIN_SHARE = {"home": 0.9, "court": 0.6}  # how often a sentence is about a relative or a royal; elsewhere 0.2
ASIDES = ["aside", "animals", "animals", "nouns", "nouns", "trades", "travels"]
COUNT = ["one", *GRAMMAR["lists"]["number"]]
PRONOUNS = {
    "male": {"he": "he", "his": "his", "him": "him", "himself": "himself"},
    "female": {"he": "she", "his": "her", "him": "her", "himself": "herself"},
}


class Writer:
    """Tells stories, at random but for the seed, and writes no sentence twice if it can help it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed).random
        self.written: set[str] = set()
        self.decks: dict[str, list[Any]] = {}

    def chance(self, probability: float) -> bool:
        return self.random() < probability

    def pick(self, items: Sequence[Any]) -> Any:
        return items[int(self.random() * len(items))]

    def shuffled(self, items: Sequence[Any]) -> list[Any]:
        return sorted(items, key=lambda _: self.random())

    def deal(self, deck: str, items: Sequence[Any]) -> Any:
        """One of the items, as from a pack of cards: each comes as often as the others."""
        if not self.decks.get(deck):
            self.decks[deck] = self.shuffled(items)
        return self.decks[deck].pop()

    # --- a story is made of days, a day of sentences

    def story(self, topic: str, length: int) -> list[str]:
        """Paragraphs of at least `length` sentences together; each paragraph is a day."""
        people = self.people()
        days: list[list[str]] = []
        while sum(map(len, days)) < length:
            scene = people | self.cast(topic) | {"weather": self.pick(GRAMMAR["weather"][people["season"]])}
            days.append(list(self.day(topic, scene, "later" if days else "opening")))
        return [" ".join(day) for day in days]

    def day(self, topic: str, scene: Scene, opening: str) -> Iterator[str]:
        """Sentences of a day that begins, goes on and ends; the hero is called by name, or he or she."""
        told: set[str] = set()
        of_hero = False
        for frames in self.plan(topic, opening):
            if not frames:
                yield self.someone_else(topic, scene)
                of_hero = False
                continue
            hero = scene["he"] if of_hero and self.chance(0.6) else scene["protagonist"]
            text, frame = self.sentence([f for f in frames if f not in told], scene | {"hero": hero})
            told.add(frame)
            of_hero = "{hero}" in frame or "{protagonist}" in frame
            yield text

    def plan(self, topic: str, opening: str) -> Iterator[list[str]]:
        """The frames that each sentence of a day may choose from; none for a sentence about someone else."""
        common, own = GRAMMAR["common"], GRAMMAR["topics"][topic]
        yield common[opening]
        yield from [own["start"]] * self.pick([1, 1, 2])
        for _ in range(self.pick([3, 4, 5, 6])):
            yield own["middle"]
            if self.chance(0.3):
                yield common[self.pick(ASIDES)]
            if self.chance(KIN_SHARE.get(topic, 0.2)):
                yield []
        yield own["end"]

    def someone_else(self, topic: str, scene: Scene) -> str:
        """A sentence about a king or a queen, an uncle or an aunt: one frame for him and for her."""
        pairs = GRAMMAR["kin"]["pair"]
        at_home = [pair for pair in pairs if topic in pair["topics"]]
        pair = self.pick(at_home) if at_home and self.chance(0.5) else self.deal("pairs", pairs)
        gender = self.deal(pair["male"], ["male", "female"])
        theirs = {"season": scene["season"], "name": scene["visitors"][gender], **PRONOUNS[gender]}
        if self.chance(0.6):
            return self.sentence(pair["frames"], theirs | {"kin": pair[gender]})[0]
        called = pair["says"].format(pair[gender], **theirs)
        return self.sentence(GRAMMAR["kin"]["frames"], theirs | {"kin": called})[0]

    # --- a sentence is a frame with its slots filled in

    def sentence(self, frames: Sequence[str], scene: Scene) -> tuple[str, str]:
        """A sentence, new if there is one, and the frame that it came from."""
        for _ in range(30):
            frame = self.pick(frames)
            text = self.fill(frame, scene)
            if text not in self.written:
                break
        self.written.add(text)
        return text, frame

    def fill(self, frame: str, scene: Scene) -> str:
        slots = self.words() | {k: list(v) if isinstance(v, list) else v for k, v in scene.items()}

        def word(match: re.Match[str]) -> str:
            slot, _, key = match[1].partition(".")
            value = slots[slot][key] if key else slots[slot]
            return str(value.pop() if isinstance(value, list) else value)

        text = frame
        while "{" in text or "[" in text:  # a word may itself be a frame
            text = re.sub(r"\[([^][]*)\]", lambda choice: str(self.pick(choice[1].split("|"))), text)
            text = re.sub(r"\{([\w.]+)\}", word, text)
        text = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", " ".join(text.split()))
        return text[0].upper() + text[1:] + ("" if text.endswith("?") else ".")

    # --- what the slots stand for: for a story, for a day, for a sentence

    def people(self) -> Scene:
        gender, other = self.shuffled(["male", "female"])
        names = {g: self.shuffled(GRAMMAR["people"][g]) for g in ("male", "female")}
        return PRONOUNS[gender] | {
            "protagonist": names[gender][0],
            "friend": names[other][0],
            "friend_him": PRONOUNS[other]["him"],
            "visitors": {"male": names["male"][1], "female": names["female"][1]},
            "season": self.pick(list(GRAMMAR["weather"])),
        }

    def cast(self, topic: str) -> Scene:
        scene: Scene = {name: self.shuffled(words) for name, words in GRAMMAR["cast"].items()}
        for table in ("animal", "trade", "country"):
            deck = f"{table} of {topic}"
            scene |= {slot: self.deal(deck, GRAMMAR[table]) for slot in (table, table + "2")}
        return scene

    def words(self) -> Scene:
        scene: Scene = {name: self.shuffled(words) for name, words in GRAMMAR["lists"].items()}
        scene |= {table: self.pick(GRAMMAR[table]) for table in ("noun", "opposite")}
        for slot, row in (("next", COUNT), ("week", GRAMMAR["lists"]["day"])):
            scene[slot] = dict(zip(("before", "after"), self.pick(list(pairwise(row))), strict=True))
        start = self.pick(range(len(COUNT) - 3))
        return scene | {"run": ", ".join(COUNT[start : start + 4])}


def make(seed: int = SEED) -> str:
    """The whole corpus: stories of all topics in turn, each with a line `# Title (topic)` before it."""
    writer = Writer(seed)
    titles = {topic: writer.shuffled(own["titles"]) for topic, own in GRAMMAR["topics"].items()}
    stories = []
    for i in range(min(map(len, titles.values()))):
        for topic in titles:
            paragraphs = writer.story(topic, writer.pick(LENGTHS))
            stories.append("\n\n".join([f"# {titles[topic][i]} ({topic})", *paragraphs]))
    return "\n\n".join(stories) + "\n"


if __name__ == "__main__":
    CORPUS.write_text(make(), encoding="utf-8", newline="\n")
