"""Finds the words that tell what an amount is and who it is for: cues, recipients and things, sentence by sentence.

The words are data/lexicons/amount_cues.yaml and recipients.yaml; what follows from them is for roles.py and terms.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from loaders.amounts.quantities import Quantity
from loaders.lexicon import LexiconError, WordFinder, read_lexicon


class Token(NamedTuple):
    """A cue in its place: `cue` is its class in amount_cues.yaml, or "recipient", "thing" or "transparent".

    `per` is the guideline's unit that a recipient or a counter stands for.
    """

    cue: str
    start: int
    end: int
    per: str | None


class _Cues(NamedTuple):
    finder: WordFinder
    cues: list[str]
    pers: list[str | None]


@cache
def _cues() -> _Cues:
    words: dict[str, tuple[str, str | None]] = {}

    def add(word: str, cue: str, per: str | None) -> None:
        if word in words:
            raise LexiconError(
                f"词表 amount_cues.yaml 与 recipients.yaml 中的“{word}”既是 {words[word][0]} 又是 {cue},只能留一处。"
            )
        words[word] = (cue, per)

    for cue, entry in read_lexicon("amount_cues")["classes"].items():
        for word in entry["words"]:
            name, _, per = word.partition(">") if cue == "counter" else (word, "", "")
            add(name, cue, per or None)
    recipients = read_lexicon("recipients")
    for per, entry in recipients["recipients"].items():
        for word in entry["words"]:
            add(word, "recipient", per)
    for cue, key in (("thing", "things"), ("transparent", "transparent")):
        for word in recipients[key]["words"]:
            add(word, cue, None)
    return _Cues(
        WordFinder(list(words)), [cue for cue, _ in words.values()], [per for _, per in words.values()]
    )


@cache
def schemes() -> re.Pattern[str]:
    """What money set aside for a whole scheme is called: 专项资金, 数据券."""
    return re.compile(
        "|".join(sorted(map(re.escape, read_lexicon("amount_cues")["schemes"]), key=len, reverse=True))
    )


@dataclass(slots=True)
class Sentence:
    """A sentence with quantities: [start, end) of `text`, its cues and quantities in order, none of them overlapping."""

    text: str
    start: int
    end: int
    tokens: list[Token]
    quantities: list[Quantity]
    cues: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.cues = frozenset([token.cue for token in self.tokens])


def read_sentences(text: str, start: int, end: int, quantities: list[Quantity]) -> list[Sentence]:
    """The sentences of text[start:end] that hold quantities; `quantities` are those of that stretch, in order.

    A sentence that begins with 其中 goes on with the one before.
    """
    finder, cues, pers = _cues()
    tokens = [Token(cues[i], a + start, b + start, pers[i]) for i, a, b in finder.find(text[start:end])]
    # a list on lines of its own goes on with the sentence that its colon opens
    stops = [token.start for token in tokens if token.cue == "stop" and text[token.start - 1] != ":"]
    starts = [token.start for token in tokens]
    sentences: list[Sentence] = []
    at = 0
    while at < len(quantities):
        stop = bisect_left(stops, quantities[at].start)
        first = stops[stop - 1] + 1 if stop else start
        last = stops[stop] if stop < len(stops) else end
        if stop and text.startswith("其中", first):
            first = stops[stop - 2] + 1 if stop > 1 else start
            if sentences and sentences[-1].start >= first:
                at -= len(sentences.pop().quantities)
        upto = at
        while upto < len(quantities) and quantities[upto].start < last:
            upto += 1
        inside = quantities[at:upto]
        own = tokens[bisect_left(starts, first) : bisect_left(starts, last)]
        sentences.append(Sentence(text, first, last, _outside(own, inside), inside))
        at = upto
    return sentences


def read_opening(text: str, start: int, end: int, quantities: list[Quantity]) -> Sentence:
    """The last sentence of text[start:end], which a colon ends; the items below go on with it."""
    finder, cues, pers = _cues()
    last = len(text[:end].rstrip())
    first = max(text.rfind("。", start, last), text.rfind("\n", start, last), start - 1) + 1
    tokens = [Token(cues[i], a + first, b + first, pers[i]) for i, a, b in finder.find(text[first:last])]
    inside = [quantity for quantity in quantities if first <= quantity.start < last]
    return Sentence(text, first, last, _outside(tokens, inside), inside)


def _outside(tokens: list[Token], quantities: list[Quantity]) -> list[Token]:
    """The tokens that are no part of a quantity: 年度 in 3个年度 says nothing of its own."""
    kept = []
    at = 0
    for token in tokens:
        while at < len(quantities) and quantities[at].end <= token.start:
            at += 1
        if at == len(quantities) or token.end <= quantities[at].start:
            kept.append(token)
    return kept
