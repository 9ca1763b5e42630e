"""Reads what bodies do for the whole policy: who issues, interprets, implements it and accepts applications.

The bodies themselves are found by agency_mentions.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import Literal, get_args

from loaders.agency_mentions import Found, MentionFinder
from loaders.agency_places import Seat
from loaders.lexicon import read_lexicon
from loaders.plain import PlainView, sentence_around
from loaders.record import AdministeredBy

Role = Literal["issuer", "interpreter", "implementer", "acceptor"]

_PIECE_ENDS = ",;。:\n"
# no piece of a sentence about bodies is longer; keeps a text without marks from being searched through at every cue
_LONGEST = 500
# a piece that goes on about the bodies of the piece before it: "…联合印发,共同负责解释"
_GOES_ON = re.compile(r"^(?:并|共同|负责|具体|统一|同时|联合|一并|分别|由其)*$")
# What may stand in front of an issuer in a title
_LEAD = re.compile(r"[《\s]*(?:(?:19|20)\d\d年)?")
# Who speaks, on lines of their own above "关于印发…"
_SPEAKERS = re.compile(r"(?:(?<=\n)|^)(?:[^\n,。:]{2,40}(?:委|会|局|府|厅|室|办|院|部)\n)+\Z", re.MULTILINE)
_DATE_LINE = re.compile(r"\n\s*[12]\d{3}年\d{1,2}月\d{1,2}日")
# "某局办公室⏎2023年8月9日印发" under the text, "某局2023年8月9日印发"
_SIGNED_BELOW = re.compile(
    rf"(?:办公室|办公厅|秘书[科处])?(?:{_DATE_LINE.pattern}|[12]\d{{3}}年\d{{1,2}}月\d{{1,2}}日印发)"
)
_SIGNATURE_CHARS = 160


def read_roles(text: str, start: int, end: int, found: list[Found]) -> list[AdministeredBy]:
    """What the bodies `found` in [start, end) do for the policy, by the cues in their pieces of sentences."""
    roles: list[AdministeredBy] = []
    chunk = text[start:end]
    if not any(word in chunk for word in read_lexicon("agency_kinds")["role_words"]):
        return roles
    for cue in _cues().finditer(text, start, end):
        role: Role = cue.lastgroup  # type: ignore[assignment]
        left, right = _piece(text, cue, start, end)
        doers = _within(found, left, right)
        if not doers and _GOES_ON.match(text[left : cue.start()]):
            doers = _doers_before(text, left, start, found)
        if not doers:
            continue
        if role in ("implementer", "acceptor") and "万元" in chunk:
            continue  # it does so for this award, not for the policy
        span = _span(text, doers, cue)
        roles += [
            AdministeredBy(span=span, agency=one.name, role=role) for one in doers if one.standing != "below"
        ]
    return roles


@cache
def _cues() -> re.Pattern[str]:
    entries = read_lexicon("agency_kinds")["roles"]
    assert {entry["role"] for entry in entries} == set(get_args(Role))
    return re.compile("|".join(f"(?P<{entry['role']}>{entry['pattern']})" for entry in entries))


def _piece(text: str, cue: re.Match[str], start: int, end: int) -> tuple[int, int]:
    """The piece of a sentence in which a cue stands, between commas."""
    start, end = max(start, cue.start() - _LONGEST), min(end, cue.end() + _LONGEST)
    left = max(start, *(text.rfind(mark, start, cue.start()) + 1 for mark in _PIECE_ENDS))
    right = min((at for mark in _PIECE_ENDS if (at := text.find(mark, cue.end(), end)) >= 0), default=end)
    return left, right


def _within(found: list[Found], start: int, end: int) -> list[Found]:
    """The bodies named in [start, end); `found` is in order."""
    first = bisect_left(found, start, key=lambda one: one.start)
    last = bisect_left(found, end, key=lambda one: one.start)
    return [one for one in found[first:last] if one.end <= end]


def _doers_before(text: str, left: int, start: int, found: list[Found]) -> list[Found]:
    """The bodies of the nearest piece in front of `left` in the same sentence."""
    start = sentence_around(text, left, max(start, left - _LONGEST), left).start
    while left > start:
        right = left - 1
        left = max(start, *(text.rfind(mark, start, right) + 1 for mark in _PIECE_ENDS))
        doers = _within(found, left, right)
        if doers:
            return doers
    return []


def _span(text: str, doers: list[Found], cue: re.Match[str]) -> tuple[int, int]:
    start, end = min(doers[0].start, cue.start()), max(doers[-1].end, cue.end())
    return (start - 1 if text[start - 1 : start] == "由" else start), end


def read_issuers(view: PlainView, seat: Seat) -> list[AdministeredBy]:
    """Who issued the policy: by the portal's field, else by the title of policy or notice, else by the signature under it.

    Who put it on the page (发布机构) is the last that counts: often an office of the issuer.
    """
    field = view.fields.get("issuer")
    issuers = _issuers(view.text, field.start, field.end, seat, whole=True) if field else []
    for start, end in _title_stretches(view):
        named = _issuers(view.text, start, end, seat)
        # a portal may name the first of several alone
        if named and {one.agency for one in issuers} <= {one.agency for one in named}:
            return named
    if issuers:
        return issuers
    publisher = view.fields.get("publisher")
    return _signature(view, seat) or (
        _issuers(view.text, publisher.start, publisher.end, seat, whole=True) if publisher else []
    )


def _title_stretches(view: PlainView) -> list[tuple[int, int]]:
    """What stands in front of 关于 in the policy's own title and in the notice's title above it."""
    stretches = []
    about = view.text.find("关于", *view.title)
    if about >= 0:
        stretches.append((view.title.start, about))
    notice = max(
        view.text.find("关于印发", 0, view.title.start), view.text.find("印发《", 0, view.title.start)
    )
    if notice > 0:
        line = view.text.rfind("\n", 0, notice) + 1
        above = _SPEAKERS.search(view.text, max(0, line - 300), line) if notice - line < 3 else None
        stretches.append((above.start() if above else line, notice))
    return stretches


def _issuers(text: str, start: int, end: int, seat: Seat, whole: bool = False) -> list[AdministeredBy]:
    stretch = text[start:end]
    finder = MentionFinder(stretch, seat)
    found = finder.find(0, len(stretch), listed=True)
    if not whole:
        lead = _LEAD.match(stretch)
        first = lead.end() if lead else 0
        party = finder.party_committee(first, found[0].start if found else len(stretch))
        found = ([party] if party else []) + found
        if found and found[0].start > first:  # "规范…商务局" is no issuer
            return []
    found = [one for one in found if one.standing != "below"]
    if not found and whole and stretch.strip():
        return [AdministeredBy(span=(start, end), agency=stretch.strip(), role="issuer")]
    return [
        AdministeredBy(span=(start + one.start, start + one.end), agency=one.name, role="issuer")
        for one in found
    ]


def _signature(view: PlainView, seat: Seat) -> list[AdministeredBy]:
    """The bodies that stand on lines of their own over a date, under the notice or under the policy."""
    stretches = [
        (0, view.title.start),
        tuple(view.preamble),  # of a notice whose title is the policy's
        (view.passages[-1].start, len(view.text)) if view.passages else (0, 0),
    ]
    for start, end in stretches:
        for date in _DATE_LINE.finditer(view.text, start, end):
            signed = _signed(view.text, max(start, date.start() - _SIGNATURE_CHARS), date.start(), seat)
            if signed:
                return signed
    return []


def _signed(text: str, start: int, end: int, seat: Seat) -> list[AdministeredBy]:
    signed: list[AdministeredBy] = []
    while end > start:
        line = max(text.rfind("\n", start, end) + 1, start)
        finder = MentionFinder(text[line:end], seat)
        found = finder.find(0, end - line, listed=True)
        filled = sum(one.end - one.start for one in found)
        if filled < len("".join(text[line:end].split())):
            party = finder.party_committee(0, end - line)
            if not party and not finder.is_body(0, end - line):
                break
            found = [party or finder.raw(0, end - line)]  # "杭州高新开发区(滨江)管理委员会办公室"
        signed[:0] = [
            AdministeredBy(span=(line + one.start, line + one.end), agency=one.name, role="issuer")
            for one in found
        ]
        end = line - 1
    return signed


def signature_start(text: str, start: int, end: int, found: list[Found]) -> int:
    """Where a signature begins at the end of [start, end): bodies that fill their line over a date; `end` where there is none."""
    for one in found:
        line_start = one.start == start or text[one.start - 1] in "\n "
        if line_start and one.end <= end and _SIGNED_BELOW.match(text, one.end):
            return one.start
    return end
