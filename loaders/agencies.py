"""Finds the bodies that a policy names and resolves them to canonical names; says who issues, interprets, implements."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from loaders.agency_lists import find_listed, list_spans
from loaders.agency_mentions import Found, MentionFinder, iter_defined
from loaders.agency_places import Seat, seat_of
from loaders.agency_roles import read_issuers, read_roles, signature_start
from loaders.lexicon import pattern
from loaders.plain import PlainView
from loaders.record import AdministeredBy, Mention, Unresolved

F = TypeVar("F", Mention, AdministeredBy)

# "市政府办公室《关于…的意见》", "市财政局关于印发…": a body as the author of another document
_SPEAKS = re.compile(r"《|关于|印发|等?\d*部门关于")
_BODY_IN_BRACKETS = re.compile(r"\((?P<also>(?![^)]*称)[一-鿿]{6,20})\)")


@dataclass(slots=True)
class Agencies:
    """Mentions of responsible bodies passage by passage, the policy's administration, and names left unresolved."""

    by_passage: list[list[Mention]]
    administered_by: list[AdministeredBy] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)


def extract_agencies(view: PlainView, jurisdiction: str | None) -> Agencies:
    """The bodies of a policy of `jurisdiction`; names get the jurisdiction in front, as the gold has them."""
    seat = seat_of(jurisdiction, view.text[: view.preamble.end])
    found = _find_all(view, seat)
    _join_short_names(found)
    agencies = Agencies([[] for _ in view.passages])
    roles = read_issuers(view, seat)
    starts = [one.start for one in found]
    for at, passage in enumerate(view.passages):
        inside = found[bisect_right(starts, passage.start - 1) : bisect_right(starts, passage.end - 1)]
        if not inside:
            continue
        end = signature_start(view.text, passage.start, passage.end, inside)
        inside = [one for one in inside if one.end <= end]
        roles += read_roles(
            view.text, passage.start, end, [one for one in inside if one.standing != "national"]
        )
        inside = [one for one in inside if not one.government]
        agencies.by_passage[at] = _first_of_each(
            Mention(span=(one.start, one.end), kind="agency", name=one.name)
            for one in inside
            if _counts(one, view.text)
        )
        agencies.unresolved += [
            Unresolved(
                span=(one.start, one.end), kind="agency", name=one.name, candidates=list(one.candidates)
            )
            for one in inside
            if one.candidates or not (one.place or one.known or one.standing in ("national", "below"))
        ]
    agencies.administered_by = _first_of_each(roles)
    return agencies


def _find_all(view: PlainView, seat: Seat) -> list[Found]:
    """Every body that the text names, in order; those in lists are read as lists, titles in 《》 name none."""
    text = view.text
    finder = MentionFinder(text, seat, [passage.start for passage in view.passages])
    found: list[Found] = []
    done = 0
    for start, end in list_spans(text):
        found += finder.find(done, start)
        found += find_listed(text, start, end, finder)
        done = end
    found += finder.find(done, len(text))
    if "《" in text:
        found = [one for one in found if not _in_title(text, one.start)]
    found += _also_known(text, finder, found)
    found.sort(key=lambda one: one.start)
    for name, bodies in list(iter_defined(text, found)):
        found += _named_again(text, name, bodies, found)
    found.sort(key=lambda one: one.start)
    return found


def _also_known(text: str, finder: MentionFinder, found: list[Found]) -> list[Found]:
    """What stands in brackets behind a body and is one too, though no lexicon has its words: "发展改革局(半导体产业推进办公室)"."""
    starts = {one.start for one in found}
    also = []
    for one in found:
        bracket = _BODY_IN_BRACKETS.match(text, one.end) if one.place and one.standing == "own" else None
        if bracket and bracket.start("also") not in starts and bracket["also"].endswith(finder.kinds.endings):
            name = one.name.removesuffix(one.department) + bracket["also"]
            also.append(Found(*bracket.span("also"), name, "own", one.place, bracket["also"], known=False))
    return also


def _overlaps(one: Found, spans: list[tuple[int, int]]) -> bool:
    at = bisect_right(spans, (one.end, 0)) - 1
    return at >= 0 and spans[at][1] > one.start


def _in_title(text: str, at: int) -> bool:
    floor = max(0, at - 120)
    return text.rfind("《", floor, at) > text.rfind("》", floor, at)


def _named_again(text: str, name: str, bodies: list[Found], found: list[Found]) -> Iterable[Found]:
    """Where the text calls bodies by the short name that it gave them, and nothing else was read."""
    spans = sorted((one.start, one.end) for one in found)
    for at in re.finditer(re.escape(name), text):
        again = [
            Found(at.start(), at.end(), body.name, body.standing, body.place, body.department)
            for body in bodies
        ]
        if (
            not _overlaps(again[0], spans)
            and not _in_title(text, at.start())
            and at.start() > bodies[-1].end + 8
        ):
            yield from again


def _join_short_names(found: list[Found]) -> None:
    """A department's short name is its full one: 营商环境局 where the same text names 营商环境建设局 of the same place.

    Short is whose characters all stand, in order, in the other's name, from the first on and with the same last one. A name that many
    places have (商务局 beside 商务金融局) is no short one, and one that fits two names stays as it is, with both as candidates.
    """
    departments = {(one.place, one.department): one.name for one in found if one.department}
    for one in found:
        if not one.department or one.known:
            continue
        fuller = [
            name
            for (place, department), name in departments.items()
            if place == one.place and _shortens(one.department, department)
        ]
        if len(fuller) == 1:
            one.name = fuller[0]
        elif fuller:
            one.candidates = tuple(fuller)


def _shortens(short: str, full: str) -> bool:
    if len(short) >= len(full) or short[0] != full[0] or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def _counts(one: Found, text: str) -> bool:
    """Whether a body is named with a task or power in the clause: not the nation's, and an upper one only where it does something."""
    if one.listed:
        return True
    if _SPEAKS.match(text, one.end):
        return False
    if one.standing in ("national", "below"):
        return False
    return one.standing == "own" or bool(pattern("agency_kinds", "acts").match(text[one.end : one.end + 8]))


def _first_of_each(facts: Iterable[F]) -> list[F]:
    """The first fact about each body, and about each role of it."""
    kept: dict[tuple[str, str], F] = {}
    for fact in facts:
        kept.setdefault((fact.name, "") if isinstance(fact, Mention) else (fact.agency, fact.role), fact)
    return list(kept.values())
