"""Reads what a policy is: level, jurisdiction, kind, draft, document number, dates and term of validity.

Looks where such things stand: metadata block, notice, title, signature, closing clauses. Documents it names are for references.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from loaders.dates import DATE, find_validity, read_date
from loaders.divisions import Level
from loaders.jurisdiction import Jurisdiction, find_jurisdiction
from loaders.lexicon import pattern, read_lexicon
from loaders.plain import PlainView
from loaders.titles import DOC_NUMBER, inner_title, plain_number
from loaders.types import Span


@dataclass(slots=True)
class Identity:
    """The record fields of the same names; `evidence` maps a field to the span it was read from (plain view)."""

    where: Jurisdiction
    kind: str | None = None
    draft: bool = False
    doc_number: str | None = None
    issued_on: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    valid_years: int | None = None
    evidence: dict[str, Span] = field(default_factory=dict)

    @property
    def level(self) -> Level | None:
        return self.where.level

    @property
    def jurisdiction(self) -> str | None:
        return self.where.name


def extract_identity(view: PlainView) -> Identity:
    """The identity of a policy; what the source does not say stays None."""
    where = find_jurisdiction(view)
    identity = Identity(where, evidence={"title": view.title})
    if where.span and where.name:
        identity.evidence["jurisdiction"] = where.span
    if where.level_span and where.level:
        identity.evidence["level"] = where.level_span
    _read_kind(view, identity)
    _read_draft(view, identity)
    _read_doc_number(view, identity)
    _read_issued_on(view, identity)
    _read_validity(view, identity)
    return identity


# --- kind and draft


@cache
def _kinds() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {
        word: entry["name"] for entry in read_lexicon("policy_kinds")["kinds"] for word in entry["words"]
    }
    words = "|".join(sorted(kinds, key=len, reverse=True))
    return re.compile(rf"(?:{words})$"), kinds


def _read_kind(view: PlainView, identity: Identity) -> None:
    """The last word of the title decides; of a notice that issues a policy, the last word of that policy's title.

    What a notice issues may be no document of a kind (关于印发2025年救助标准的通知): then it is a notice.
    """
    title = inner_title(view.text, view.title)
    word_end, kinds = _kinds()
    word = word_end.search(view.text, title.start, title.end) or word_end.search(view.text, *view.title)
    if word:
        identity.kind = kinds[word[0]]
        identity.evidence["kind"] = Span(*word.span())


def _read_draft(view: PlainView, identity: Identity) -> None:
    marks = pattern("policy_kinds", "draft_titles")
    places = [view.title, *(view.fields[name] for name in ("title",) if name in view.fields)]
    found = next(filter(None, (marks.search(view.text, *place) for place in places)), None)
    if found is None:
        notices = pattern("policy_kinds", "draft_notices")
        found = notices.search(view.text, 0, view.title.start) or notices.search(view.text, *view.preamble)
    if found:
        identity.draft = True
        identity.evidence["draft"] = Span(*found.span())


# --- number and date of issue

_NUMBER_VALUE = re.compile(DOC_NUMBER)
# On a line of its own, in front of the title or right behind it: "京经信发〔2021〕84号", "(穗府规〔2020〕3号)"
_NUMBER_LINE = re.compile(
    rf"(?:^|\n)\(?(?:(?:发文字号|文号|编号|字号):?)?(?P<number>{DOC_NUMBER})\)?(?=\n|$)"
)
_NUMBER_BEHIND = re.compile(rf"\n?\((?P<number>{DOC_NUMBER})(?:[,;]?{DATE}[^()]{{0,6}})?\)")


def _read_doc_number(view: PlainView, identity: Identity) -> None:
    """Its own number: the portal's field, or a line of its own in the head. Numbers of other documents stand in sentences."""
    text, place = view.text, view.fields.get("doc_number")
    found = _NUMBER_VALUE.search(text, *place) if place else None
    span = Span(*found.span()) if found else None
    if span is None:
        line = _NUMBER_LINE.search(text, 0, view.preamble.end)
        line = line or _NUMBER_BEHIND.match(text, view.title.end) or _NUMBER_BEHIND.search(text, *view.title)
        span = Span(*line.span("number")) if line else None
    if span:
        identity.doc_number = plain_number(text[span.start : span.end])
        identity.evidence["doc_number"] = span


# "北京市丰台区科学技术和信息化局⏎2025年10月30日"
_SIGNED = re.compile(
    rf"(?:局|委|会|室|府|心|厅|部|院|处|办)(?:\((?:代?章|盖章)\))?\n?(?P<date>{DATE})(?=\n|$|\(此件)"
)
# The last line of a notice that no body signs: "…请贯彻执行。⏎2025年9月29日"
_DATED = re.compile(rf"(?<=[。\n])(?P<date>{DATE})\n?(?:\(此件[^()]*\)\n?)?$")
# On a line of its own: "发布日期:2024年1月15日"
_LABELLED = re.compile(rf"(?:^|\n)(?:成文|印发|发文|发布|公布)(?:日期|时间):(?P<date>{DATE})")
# Below the text: "某区人民政府办公室 2023年5月8日印发"
_PRINTED = re.compile(rf"(?:^|\n)[^\n。]{{4,30}}(?:室|厅|局|处|科|委)\n?(?P<date>{DATE})印发")
# "(2021年3月1日印发)" right behind the title
_ISSUED_BEHIND = re.compile(rf"\n?\((?:{DOC_NUMBER}[,;]?)?(?P<date>{DATE})[^()]{{0,40}}\)")


def _read_issued_on(view: PlainView, identity: Identity) -> None:
    text = view.text
    if _read_dated_field(view, identity, "written_on"):
        return
    signed = _SIGNED.search(text, 0, view.title.start) or _ISSUED_BEHIND.match(text, view.title.end)
    signed = signed or _DATED.search(text, max(0, view.title.start - 60), view.title.start)
    signed = signed or _SIGNED.search(text, view.title.end)
    if signed is None and _read_dated_field(view, identity, "published_on"):
        return
    signed = signed or _LABELLED.search(text) or _PRINTED.search(text, view.title.end)
    if signed:
        identity.issued_on = read_date(signed["date"])
        identity.evidence["issued_on"] = Span(*signed.span("date"))


def _read_dated_field(view: PlainView, identity: Identity, name: str) -> bool:
    """Takes the date of issue from a field of the portal's block; whether it holds one."""
    place = view.fields.get(name)
    date = read_date(view.text[slice(*place)]) if place else None
    if place is None or date is None:
        return False
    identity.issued_on, identity.evidence["issued_on"] = date, place
    return True


# --- validity


def _read_validity(view: PlainView, identity: Identity) -> None:
    """The text's own words; a portal's date of effect counts more than "自公布之日起", for it is a date."""
    text = view.text
    found = find_validity(text, [Span(0, view.title.start), Span(view.title.end, len(text))])
    values = (
        ("effective_from", found.effective_from, found.from_span),
        ("effective_to", found.effective_to, found.to_span),
    )
    for name, value, span in values:
        place = view.fields.get(name)
        stated = read_date(text[slice(*place)]) if place else None
        if place and stated:
            setattr(identity, name, stated)
            identity.evidence[name] = place
        elif value and span:
            setattr(identity, name, value)
            identity.evidence[name] = span
    if found.valid_years and found.years_span:
        identity.valid_years = found.valid_years
        identity.evidence["valid_years"] = found.years_span
