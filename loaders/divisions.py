"""Knows the divisions of China: provinces, cities, districts and development areas, with codes, names and what lies in what.

Finds and resolves their names; which of them made a policy is for jurisdiction.py, the bodies in them are for agencies.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loaders.division_table import Division, Kind, Level
from loaders.gazetteer import DivisionMention, gazetteer
from loaders.lexicon import LexiconError

__all__ = [
    "Division",
    "DivisionMention",
    "Kind",
    "Level",
    "choose_division",
    "division_by_code",
    "division_candidates",
    "divisions_under",
    "find_divisions",
    "iter_lineage",
    "resolve_division",
    "resolve_local_division",
    "upper_division",
]


def resolve_division(name: str, context: str = "") -> Division | None:
    """The division that a name means: "北京市海淀区", "海淀区", "海淀", "合肥高新区"; None where it is none or may be several.

    `context` is text around the name (a title, an issuer, the whole policy): a name that several divisions carry, as 鼓楼区
    does, means the one whose city or province the context names, if it speaks for one only. So does a name that an area's own
    documents use (经开区).
    """
    around = find_divisions(context)
    candidates = division_candidates(name)
    if candidates:
        return choose_division(candidates, around)
    return _only(gazetteer().local_candidates(name, _clearly_named(around)))


def resolve_local_division(name: str, home: Division) -> Division | None:
    """The division that a name means in a document of `home`: 朝阳区 in one of 北京市, 经开区 in one of 武汉市 or of the area itself."""
    known = gazetteer()
    for upper in iter_lineage(home):
        near = known.below(name, {upper.code})
        if near:
            return _only(tuple(division_by_code(code) for code in near))
    named = {one.code for one in iter_lineage(home)}
    return _only(known.candidates(name) or known.local_candidates(name, named))


def division_candidates(name: str) -> tuple[Division, ...]:
    """All divisions that a name may mean, in the order of their codes; () where it is no division's name."""
    return gazetteer().candidates(name)


def choose_division(candidates: tuple[Division, ...], around: Iterable[DivisionMention]) -> Division | None:
    """The one candidate that the mentions around it speak for, or None.

    A clear mention of the candidate, of a division above it, or of a sister speaks for it; its city says more than its province.
    Where mentions speak for two candidates the choice stays open.
    """
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    named = _clearly_named(around)
    for steps in (2, 3):
        spoken_for = tuple(one for one in candidates if named.intersection(_lineage_codes(one)[:steps]))
        if spoken_for:
            return _only(spoken_for)
    return None


def find_divisions(text: str) -> list[DivisionMention]:
    """Every division named in `text`, in order; a chain (广东省|广州市|南沙区) is one mention of its last link.

    Offsets count characters of `text`, whose punctuation is half-width. Short names count for provinces and cities only:
    海淀 may be part of other words.
    """
    return gazetteer().find(text) if text else []


def division_by_code(code: str) -> Division:
    """The division of a code. Raises LexiconError where no division has it."""
    found = gazetteer().of_code(code)
    if found is None:
        raise LexiconError(f"没有代码为“{code}”的行政区划")
    return found


def iter_lineage(division: Division) -> Iterator[Division]:
    """The division itself, then what it belongs to, up to its province; the country is left out."""
    by_code = gazetteer().by_code
    one: Division | None = division
    while one is not None and one.kind != "country":
        yield one
        one = by_code[one.parent] if one.parent else None


def districts_of(city: Division) -> list[Division]:
    """The districts and counties right under a city that there are today, in the order of their codes; no development areas."""
    under = (one for one in gazetteer().by_code.values() if one.parent == city.code)
    return sorted(
        (one for one in under if one.kind == "district" and one.into is None), key=lambda one: one.code
    )


def divisions_under(division: Division) -> list[Division]:
    """The divisions and areas that belong to a division directly, in the order of their codes; former ones are left out."""
    below = (one for one in gazetteer().by_code.values() if one.parent == division.code and not one.into)
    return sorted(below, key=lambda one: one.code)


def upper_division(division: Division, level: Level) -> Division | None:
    """The division of a level that `division` is or belongs to: 南沙区 at the municipal level is 广州市."""
    return next((one for one in iter_lineage(division) if one.level == level), None)


def _lineage_codes(division: Division) -> list[str]:
    return [one.code for one in iter_lineage(division)]


def _clearly_named(mentions: Iterable[DivisionMention]) -> set[str]:
    """Codes of what is named without doubt, and of all above it: who names 秦淮区 names 南京市 too."""
    sure = (mention.candidates[0] for mention in mentions if len(mention.candidates) == 1)
    return {one.code for division in sure for one in iter_lineage(division)}


def _only(divisions: tuple[Division, ...]) -> Division | None:
    return divisions[0] if len(divisions) == 1 else None
