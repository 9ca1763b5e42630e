"""Builds small records as reading would make them: the text is put together from the clauses, facts are found by their quotes."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from loaders.record import (
    AdministeredBy,
    Benefit,
    Citation,
    ClauseRecord,
    Exclusion,
    LevelMatch,
    Mention,
    OtherAmount,
    Pair,
    PolicyRecord,
    Stacking,
    Supersedes,
    Threshold,
    Unread,
)

Fact = dict[str, Any]


def clause(
    cite: str,
    text: str,
    *,
    heading: str | None = None,
    topics: str = "",
    benefits: dict[str, tuple[str, float]] | None = None,
    honors: tuple[str, ...] = (),
    agencies: tuple[str, ...] = (),
    matches: tuple[Fact, ...] = (),
    thresholds: dict[str, float] | None = None,
) -> dict[str, Any]:
    """A clause of `policy`. `cite` is the chain with blanks between ("第五条 (1)"), `topics` ids with blanks between.

    `benefits` maps a quote to (kind, value), `thresholds` a quote to yuan; a match has level, target, quote, rate and cap.
    """
    return {
        "cite": cite.split(),
        "text": text,
        "heading": heading,
        "topics": topics.split(),
        "benefits": benefits or {},
        "honors": honors,
        "agencies": agencies,
        "matches": matches,
        "thresholds": thresholds or {},
    }


def policy(
    title: str,
    jurisdiction: str,
    *clauses: dict[str, Any],
    level: str = "district",
    source: str | None = None,
    industries: tuple[str, ...] = ("人工智能",),
    excludes: tuple[Fact, ...] = (),
    stacks: tuple[Fact, ...] = (),
    cites: tuple[Fact, ...] = (),
    supersedes: tuple[Fact, ...] = (),
    administered_by: tuple[Fact, ...] = (),
    **fields: Any,
) -> PolicyRecord:
    """A record whose text is the title and the clauses, a line each. Facts of the policy are dictionaries with a `quote`."""
    pieces, starts = [title], []
    length = len(title)
    for one in clauses:
        marker = f"\n{one['cite'][-1]} "
        starts.append(length + len(marker))
        pieces += [marker, one["text"]]
        length += len(marker) + len(one["text"])
    text = "".join(pieces)
    spans = [(start, start + len(one["text"])) for start, one in zip(starts, clauses, strict=True)]
    made = [_clause(text, one, span) for one, span in zip(clauses, spans, strict=True)]
    where = _Finder(text, made)
    record = PolicyRecord(
        source=source or f"{title}.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        part=0,
        title=title,
        level=level,  # type: ignore[arg-type]
        jurisdiction=jurisdiction,
        kind="措施",
        draft=False,
        doc_number=None,
        issued_on=None,
        effective_from=None,
        effective_to=None,
        valid_years=None,
        industries=list(industries),
        clauses=made,
        other_amounts=[],
        administered_by=[where.fact(AdministeredBy, one) for one in administered_by],
        supersedes=[where.fact(Supersedes, one) for one in supersedes],
        cites=[where.fact(Citation, one) for one in cites],
        excludes=[where.fact(Exclusion, one) for one in excludes],
        stacks=[where.fact(Stacking, one) for one in stacks],
        unread=[],
        unresolved=[],
        evidence={},
        text=text,
        offsets=[(0, 0)],
    )
    return msgspec.structs.replace(record, **fields)


class _Finder:
    def __init__(self, text: str, clauses: list[ClauseRecord]) -> None:
        self.text, self.clauses = text, clauses

    def fact(self, kind: type[Any], values: Fact) -> Any:
        span = _span(self.text, values["quote"], (0, len(self.text)))
        stated = next((one.cite for one in self.clauses if one.span[0] <= span[0] < one.span[1]), [])
        given = {**values, "span": span}
        if kind in (Exclusion, Stacking):
            given["stated_in"] = stated
        return msgspec.convert(given, kind)


def _clause(text: str, one: dict[str, Any], span: Pair) -> ClauseRecord:
    def fact(made: type[Any], quote: str, **values: Any) -> Any:
        return made(span=_span(text, quote, span), quote=quote, **values)

    units = {"rate": "share", "ratio": "share", "area": "m2", "years": "year"}
    named = [("honor", one["honors"]), ("agency", one["agencies"]), ("topic", one["topics"])]
    return ClauseRecord(
        cite=one["cite"],
        heading=one["heading"],
        starts=one["text"][:16],
        span=span,
        benefits=[
            fact(Benefit, quote, kind=kind, value=value, unit=units.get(kind, "CNY"))
            for quote, (kind, value) in one["benefits"].items()
        ],
        thresholds=[
            fact(Threshold, quote, value=value, unit="CNY") for quote, value in one["thresholds"].items()
        ],
        other_amounts=list[OtherAmount](),
        honors=list(one["honors"]),
        agencies=list(one["agencies"]),
        matches=[
            fact(LevelMatch, match["quote"], **{k: v for k, v in match.items() if k != "quote"})
            for match in one["matches"]
        ],
        topics=one["topics"],
        mentions=[
            Mention(kind=kind, name=name, span=span, quote=one["text"])  # type: ignore[arg-type]
            for kind, names in named
            for name in names
        ],
    )


def _span(text: str, quote: str, within: Pair) -> Pair:
    start = text.index(quote, *within)
    return (start, start + len(quote))


def unread(text: str, quote: str) -> Unread:
    """An amount that no rule accounts for."""
    return Unread(span=_span(text, quote, (0, len(text))), quote=quote, reason="未知用途")
