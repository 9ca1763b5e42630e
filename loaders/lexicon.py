"""The only file that knows the form of data/lexicons: reads YAML word lists, checks their form, and finds their words in text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import ahocorasick_rs
import yaml

from data import LEXICONS
from graph.errors import PolicyGraphError


class LexiconError(PolicyGraphError):
    """A lexicon entry that is broken or unknown; the message names file and entry."""


@cache
def read_lexicon(name: str) -> Any:
    """The content of data/lexicons/NAME.yaml, read once. Raises LexiconError where the file is missing or no YAML."""
    path = LEXICONS / f"{name}.yaml"
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"词表 {path.name}:{error}") from error


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """One pattern out of all those that stand under `key` in a lexicon, each entry {pattern, examples, …}."""
    entries = read_lexicon(name)[key]
    try:
        return re.compile("|".join(f"(?:{entry['pattern']})" for entry in entries))
    except (KeyError, TypeError, re.error) as error:
        raise LexiconError(f"词表 {name}.yaml 的“{key}”:{error}") from error


class WordFinder:
    """Finds many words in one pass; of overlapping words the leftmost, and there the longest, counts."""

    __slots__ = ("_automaton", "words")

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._automaton = ahocorasick_rs.AhoCorasick(
            words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(index into `words`, start, end) for each word found, in order of the text; offsets count characters."""
        return self._automaton.find_matches_as_indexes(text)
