"""Thresholds, caps and word lists of linking, as data/lexicons/linking.yaml gives them.

What the words are looked for in is for the kinds of links.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from loaders.lexicon import LexiconError, read_lexicon


class Home(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The divisions that are in every graph: all districts of `division`, and the areas named."""

    division: str
    areas: tuple[str, ...]
    source: str


class Sector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Industries that the same kind of fund pays for."""

    name: str
    industries: tuple[str, ...]


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern with strings that it must find and others that it must not."""

    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def compiled(self, **names: str) -> re.Pattern[str]:
        """The pattern, with {name} replaced by a text that is matched as it stands."""
        text = self.pattern
        for name, value in names.items():
            text = text.replace("{" + name + "}", re.escape(value))
        return re.compile(text)


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From where on two clauses are linked; wording and scores run from 0 to 1."""

    form_chars: int
    similar_score: float
    duplicate_wording: float
    duplicate_service_wording: float
    sure_wording: float
    collision_wording: float


class Caps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many neighbours are looked at and how many edges a clause may start, so that a build grows with the corpus."""

    window: int
    city_window: int
    country_window: int
    rare_words: int
    candidates: int
    upper_candidates: int
    upper_policies: int
    similar_links: int
    conflict_links: int
    contradictions: int


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of linking.yaml."""

    home: Home
    sectors: tuple[Sector, ...]
    wide_topics: frozenset[str]
    payment_topics: frozenset[str]
    form_topics: frozenset[str]
    voucher_topics: frozenset[str]
    common_words: frozenset[str]
    bound_sentence: Cue
    between_cities: Cue
    reaches_upper: Cue
    first_years: Cue
    later_years: Cue
    denied: Cue
    generic_programme: Cue
    thresholds: Thresholds
    caps: Caps

    def sector_of(self, industry: str) -> str | None:
        """The sector of an industry, None where it belongs to all or is unknown."""
        return next((sector.name for sector in self.sectors if industry in sector.industries), None)


@cache
def linking_settings() -> Settings:
    """The settings, read once. Raises LexiconError where the file is not of that form."""
    try:
        return msgspec.convert(read_lexicon("linking"), Settings)
    except msgspec.ValidationError as error:
        raise LexiconError(f"词表 linking.yaml:{error}") from error


@cache
def topic_name(code: str) -> str:
    """The Chinese name of a topic of the closed list, the code itself where it is not on the list."""
    return next((entry["name"] for entry in read_lexicon("topics")["topics"] if entry["id"] == code), code)
