"""Finds the words that tell what an amount is and who it is for: cues, recipients and things, sentence by sentence.

The words are data/lexicons/amount_cues.yaml and recipients.yaml; what follows from them is for roles.py and terms.py.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import msgspec

from loaders.amounts.units import Quantity
from loaders.lexicon import LexiconError, WordFinder, read_lexicon


class Token(NamedTuple):
    """A cue in its place: `cue` is its class in amount_cues.yaml, or "recipient", "thing" or "transparent".

    `per` is the guideline's unit that a recipient or a counter stands for.
    """

    cue: str
    start: int
    end: int
    per: str | None


class Sentence(msgspec.Struct):
    """A sentence with quantities: [start, end) of `text`, its cues and quantities in order, none of them overlapping.

    `cues` are the classes that its tokens have.
    """

    text: str
    start: int
    end: int
    tokens: list[Token]
    quantities: list[Quantity]
    cues: frozenset[str]


class _Words(NamedTuple):
    finder: WordFinder
    meanings: list[tuple[str, str | None] | None]


@cache
def _words() -> _Words:
    """One finder for the words of both lexicons, and what each means; words of class "none" mean nothing."""
    words: dict[str, tuple[str, str | None] | None] = {}

    def add(word: str, cue: str, per: str | None = None) -> None:
        if word in words:
            raise LexiconError(
                f"词表 amount_cues.yaml 与 recipients.yaml 中“{word}”出现两次(其一在 {cue}),只能留一处。"
            )
        words[word] = None if cue == "none" else (cue, per)

    for cue, entry in read_lexicon("amount_cues")["classes"].items():
        for word in entry["words"]:
            # a counter may carry its unit: 每家>企业
            name, _, per = word.partition(">") if cue == "counter" else (word, "", "")
            add(name, cue, per or None)
    recipients = read_lexicon("recipients")
    for per, entry in recipients["recipients"].items():
        for word in entry["words"]:
            add(word, "recipient", per)
    for cue, key in (("thing", "things"), ("transparent", "transparent")):
        for word in recipients[key]["words"]:
            add(word, cue)
    return _Words(WordFinder(list(words)), list(words.values()))


@cache
def classifiers() -> dict[str, str]:
    """What a counted unit is per: 家 → 企业, 项目 → 项目."""
    lexicon = read_lexicon("recipients")
    return {**lexicon["classifiers"]["words"], **{per: per for per in lexicon["recipients"]}}


@cache
def measures() -> frozenset[str]:
    """The counters that make a price: 每千瓦时, 每平方米."""
    return frozenset(read_lexicon("amount_cues")["measures"])


@cache
def schemes() -> re.Pattern[str]:
    """What money set aside for a whole scheme is called: 专项资金, 数据券."""
    words = sorted(read_lexicon("amount_cues")["schemes"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


# What a line ends with that a list on lines of its own goes on behind.
_LIST_GOES_ON = frozenset(":;")
_STOP = re.compile("[。!?\n]")


def read_sentences(text: str, start: int, end: int, quantities: list[Quantity]) -> list[Sentence]:
    """The sentences of text[start:end] that hold quantities; `quantities` are those of that stretch, in order.

    A sentence that begins with 其中 goes on with the one before, and a list on lines of its own with the colon above it.
    """
    stops = [start - 1]
    for match in _STOP.finditer(text, start, end):
        if text[match.start() - 1] not in _LIST_GOES_ON:
            stops.append(match.start())
    stops.append(end)
    sentences: list[Sentence] = []
    done = at = 0
    while done < len(quantities):
        while stops[at + 1] < quantities[done].start:
            at += 1
        first = at - 1 if at and text.startswith("其中", stops[at] + 1) else at
        if sentences and sentences[-1].start > stops[first]:
            done -= len(sentences.pop().quantities)
        upto = done
        while upto < len(quantities) and quantities[upto].start < stops[at + 1]:
            upto += 1
        sentences.append(read_sentence(text, stops[first] + 1, stops[at + 1], quantities[done:upto]))
        done = upto
    return sentences


def last_sentence(text: str, start: int, end: int, quantities: list[Quantity]) -> Sentence:
    """The last sentence of text[start:end], which may hold no quantity."""
    last = len(text[:end].rstrip())
    first = max(text.rfind("。", start, last), text.rfind("\n", start, last), start - 1) + 1
    return read_sentence(text, first, last, [q for q in quantities if first <= q.start < last])


def read_sentence(text: str, start: int, end: int, quantities: list[Quantity]) -> Sentence:
    """The sentence text[start:end] with its cues; those inside a quantity (年度 in 3个年度) say nothing of their own."""
    tokens = _find(text, start, end)
    cues = frozenset([token.cue for token in tokens])
    if any(quantity.kind == "years" or quantity.value == 1 for quantity in quantities):
        # 3个连续自然年度; 全额补贴, which gives without another word
        tokens = _outside(text, tokens, quantities)
    return Sentence(text, start, end, tokens, quantities, cues)


_new = tuple.__new__


def _find(text: str, start: int, end: int) -> list[Token]:
    finder, meanings = _words()
    # tuple.__new__ builds a token in two thirds of the time that the class's own constructor takes
    return [
        _new(Token, (meaning[0], first + start, last + start, meaning[1]))
        for word, first, last in finder.find(text[start:end])
        if (meaning := meanings[word])
    ]


def _outside(text: str, tokens: list[Token], quantities: list[Quantity]) -> list[Token]:
    """The tokens that are no part of a quantity; of one that only begins in it (三年补贴: no 年补贴) what is left is read anew."""
    kept: list[Token] = []
    at, count = 0, len(quantities)
    for token in tokens:
        while at < count and quantities[at].end <= token.start:
            at += 1
        if at == count or token.end <= quantities[at].start:
            kept.append(token)
        elif quantities[at].end < token.end:
            kept += _find(text, quantities[at].end, token.end)
    return kept
