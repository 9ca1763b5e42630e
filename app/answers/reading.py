"""政策阅读: a policy's text in paragraphs, every fact a mark on its sentence, the clause tree, and what was not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.evidence import shortened_quote
from app.punctuation import in_print
from app.spoken import say_benefit, say_quantity, say_share, say_yuan
from app.tables import Column, Row, Table
from app.texts import say
from loaders.record import ClauseRecord, LevelMatch, Mention, Pair, PolicyRecord
from queries.rules import KEEPS, SCOPES

MARKS = (
    "amount",
    "condition",
    "other",
    "match",
    "rule",
    "stack",
    "honor",
    "agency",
    "topic",
    "industry",
    "reference",
    "date",
    "unread",
)
"""Kinds of marks in the order of the legend; each has a look in reader.css."""

_HEAD_LINE = re.compile(r"\[[^\]\n]{2,8}\]")
"""A line of the block in front of a text as portals print it: [发文机构] …"""

LIT = "lit"
"""The id of a stretch that the address asks for and that is no fact of its own."""


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A fact of the text: its kind of mark, what it says in a few words, and where it stands. `anchor` is the id of its clause."""

    id: str
    mark: str
    words: str
    span: Pair
    quote: str
    cite: tuple[str, ...]
    anchor: str


def facts(record: PolicyRecord, topics: Mapping[str, str]) -> list[ReadFact]:
    """Every fact of a record in the order of the text. `topics` names the topics by their codes."""
    found = sorted(_all(record, topics), key=lambda fact: (fact[2], fact[0], fact[1]))
    places = _clause_places(record)
    result = []
    for number, (mark, words, span) in enumerate(dict.fromkeys(found)):
        at = next((at for at, clause in places if clause.span[0] <= span[0] < clause.span[1]), None)
        cite = tuple(record.clauses[at].cite) if at is not None else ()
        anchor = f"c{at}" if at is not None else ""
        quote = record.text[span[0] : span[1]]
        result.append(ReadFact(f"f{number}", mark, words, span, quote, cite, anchor))
    return result


def reader_data(
    record: PolicyRecord, found: Sequence[ReadFact], policy: str, lit: Pair | None, selected: Sequence[str]
) -> dict[str, Any]:
    """What the reader component is given; `selected` are the ids that are lit at first, the first of them in view."""
    return {
        "key": f"{policy} {record.sha256} {lit}",
        "tree": [
            {"anchor": f"c{at}", "words": _branch(clause), "depth": len(clause.cite) - 1}
            for at, clause in enumerate(record.clauses)
        ],
        "paragraphs": list(_paragraphs(record, found, lit)),
        "facts": [
            {
                "id": fact.id,
                "mark": fact.mark,
                "kind": " · ".join(filter(None, (say(f"mark.{fact.mark}"), "".join(fact.cite)))),
                "words": fact.words,
                "sentence": fact.quote,
            }
            for fact in found
        ],
        "legend": [
            {"kind": mark, "words": say(f"mark.{mark}"), "count": sum(fact.mark == mark for fact in found)}
            for mark in _used(found)
        ],
        "say": {"head": say("reader.head"), "none": say("reader.unread.none")},
        "selected": list(selected),
    }


def locate(record: PolicyRecord, cite: str, quote: str) -> Pair | None:
    """Where the quote of an address stands in the clause of that cite (else anywhere in the text); None where it is not found."""
    clause = clause_of(record, cite)
    regions = ([clause.span] if clause else []) + [(0, len(record.text))]
    head, _, tail = quote.partition("…")
    for start, end in regions if head else ():
        found = _find(record.text, head, start, end)
        if found is None:
            continue
        behind = _find(record.text, tail, found[1], end) if tail else None
        return (found[0], behind[1]) if behind else found
    return None


def clause_of(record: PolicyRecord, cite: str) -> ClauseRecord | None:
    """The clause that a cite in one word (第五条(1)) names."""
    return next((clause for clause in record.clauses if "".join(clause.cite) == cite), None)


def unread_table(record: PolicyRecord) -> Table:
    """Figures that no rule accounts for, and names that stay open."""
    rows = [Row((one.quote, say("reader.unread.figure"), in_print(one.reason))) for one in record.unread]
    rows += [
        Row((one.quote or one.name, say("reader.unread.name"), _candidates(one.candidates)))
        for one in record.unresolved
    ]
    names = (say("reader.unread.quote"), say("reader.unread.kind"), say("reader.unread.why"))
    return Table(say("reader.unread"), tuple(Column(name) for name in names), rows)


def facts_table(found: Iterable[ReadFact]) -> Table:
    """All facts with cite and sentence, for a file."""
    rows = [
        Row((say(f"mark.{fact.mark}"), fact.words, "".join(fact.cite), fact.quote), fact.id) for fact in found
    ]
    names = ("reader.fact.kind", "reader.fact.words", "column.clause", "column.sentence")
    return Table(say("reader.facts"), tuple(Column(say(name)) for name in names), rows)


def address_of(fact: ReadFact) -> dict[str, str]:
    """What the address holds of a fact that was clicked."""
    return {"cite": "".join(fact.cite), "quote": shortened_quote(fact.quote)}


def _all(record: PolicyRecord, topics: Mapping[str, str]) -> Iterator[tuple[str, str, Pair]]:
    """Mark, words and span of every fact."""
    for clause in record.clauses:
        yield from _of_clause(clause, topics)
    for other in record.other_amounts:
        yield "other", f"{say(f'amount.{other.kind}')} {say_quantity(other.value, other.unit)}", other.span
    for body in record.administered_by:
        yield "agency", f"{say(f'role.{body.role}')}：{body.agency}", body.span
    for old in record.supersedes:
        yield "reference", say("reader.supersedes", title=old.title), old.span
    for cited in record.cites:
        yield "reference", say(f"reader.cites.{cited.role}", title=cited.title), cited.span
    for rule in record.excludes:
        yield "rule", f"{SCOPES[rule.scope]}：{in_print(KEEPS[rule.rule])}", rule.span
    for stack in record.stacks:
        yield "stack", say("reader.stack"), stack.span
    for one in record.unread:
        yield "unread", in_print(one.reason), one.span
    for name in record.unresolved:
        yield "unread", f"{name.name}：{_candidates(name.candidates)}", name.span
    for field, span in record.evidence.items():
        if field in _DATES:
            yield "date", f"{say(f'reader.{field}')}：{_date(record, field)}", span


def _of_clause(clause: ClauseRecord, topics: Mapping[str, str]) -> Iterator[tuple[str, str, Pair]]:
    for benefit in clause.benefits:
        words = say_benefit(benefit.kind, benefit.value, benefit.unit, benefit.per, benefit.period)
        yield "amount", words, benefit.span
    for threshold in clause.thresholds:
        yield "condition", say_quantity(threshold.value, threshold.unit), threshold.span
    for other in clause.other_amounts:
        yield "other", f"{say(f'amount.{other.kind}')} {say_quantity(other.value, other.unit)}", other.span
    for match in clause.matches:
        yield "match", _match(match), match.span
    for mention in clause.mentions:
        yield mention.kind, _mention(mention, topics), mention.span


def _match(match: LevelMatch) -> str:
    parts = [f"{say(f'level.{match.level}')}：{match.target}"]
    parts += [say_share(match.rate)] if match.rate is not None else []
    parts += [say("chains.cap", cap=say_yuan(match.cap))] if match.cap is not None else []
    return "，".join(parts)


def _mention(mention: Mention, topics: Mapping[str, str]) -> str:
    return topics.get(mention.name, mention.name) if mention.kind == "topic" else mention.name


_DATES = ("issued_on", "effective_from", "effective_to", "valid_years", "doc_number")


def _date(record: PolicyRecord, name: str) -> str:
    value = getattr(record, name)
    if name == "effective_from" and isinstance(value, str) and value.startswith("issue"):
        days = value.removeprefix("issue").strip("+d")
        return say("reader.effective.later", days=days) if days else say("reader.effective.issue")
    return f"{value} 年" if name == "valid_years" else str(value)


def _clause_places(record: PolicyRecord) -> list[tuple[int, ClauseRecord]]:
    """Clauses with their places, the innermost (latest to begin) first."""
    return sorted(enumerate(record.clauses), key=lambda pair: -pair[1].span[0])


def _branch(clause: ClauseRecord) -> str:
    words = clause.heading or clause.starts
    return f"{clause.cite[-1]} {words}" if words else clause.cite[-1]


def _used(found: Sequence[ReadFact]) -> list[str]:
    """What was not read is listed always: that there is nothing of it is an answer too."""
    marks = {fact.mark for fact in found} | {"unread"}
    return [mark for mark in MARKS if mark in marks]


def _paragraphs(
    record: PolicyRecord, found: Sequence[ReadFact], lit: Pair | None
) -> Iterator[dict[str, Any]]:
    """The text by lines, a clause that begins inside a line on a line of its own, indented by its depth."""
    breaks = _paragraph_breaks(record)
    marks = [(fact.span, fact.id, fact.mark) for fact in found]
    marks += [(lit, LIT, LIT)] if lit else []
    for (start, owner), (end, _) in zip(breaks, [*breaks[1:], (len(record.text), None)], strict=True):
        inside = [mark for mark in marks if mark[0][0] < end and start < mark[0][1]]
        pieces = list(_pieces(record.text, start, end, inside))
        if not "".join(piece["text"] for piece in pieces).strip():
            continue
        depth = len(record.clauses[owner].cite) - 1 if owner is not None else 0
        yield {
            "anchor": "" if owner is None else f"c{owner}",
            "indent": depth,
            "pieces": pieces,
            "head": owner is None and _HEAD_LINE.match(record.text, start) is not None,
        }


def _paragraph_breaks(record: PolicyRecord) -> list[tuple[int, int | None]]:
    """Where paragraphs begin, each with the clause (place in the record) that it belongs to."""
    text = record.text
    begins: dict[int, int | None] = {0: None}
    owners = sorted((clause.span[0], clause.span[1], at) for at, clause in enumerate(record.clauses))
    previous_end = 0
    for start, end, at in owners:
        # the marker stands between the clause before (or the line's beginning) and the clause's own text
        begins[max(previous_end, text.rfind("\n", 0, start) + 1)] = at
        line = text.find("\n", start, end)
        while line >= 0:
            begins[line + 1] = at
            line = text.find("\n", line + 1, end)
        previous_end = end
    first = min((start for start, _, _ in owners), default=len(text))
    for region in ((0, first), (previous_end, len(text))):
        line = text.find("\n", *region)
        while line >= 0:
            begins.setdefault(line + 1, None)
            line = text.find("\n", line + 1, region[1])
    return sorted(begins.items())


def _pieces(
    text: str, start: int, end: int, marks: Sequence[tuple[Pair, str, str]]
) -> Iterator[dict[str, Any]]:
    """A paragraph in pieces that each belong to the same facts, the narrowest fact first."""
    cuts = sorted({start, end, *(min(max(at, start), end) for span, _, _ in marks for at in span)})
    for left, right in pairwise(cuts):
        words = text[left:right].strip("\n")
        own = sorted(
            (m for m in marks if m[0][0] <= left and right <= m[0][1]), key=lambda m: m[0][1] - m[0][0]
        )
        if words:
            kinds = list(dict.fromkeys(mark for _, _, mark in own))
            yield {"text": words, "facts": [id_ for _, id_, _ in own], "kinds": kinds}


def _find(text: str, words: str, start: int, end: int) -> Pair | None:
    """Where words stand, line breaks of the text counting as the blanks of an address."""
    at = text[start:end].replace("\n", " ").find(words)
    return (start + at, start + at + len(words)) if at >= 0 else None


def _candidates(names: Sequence[str]) -> str:
    return say("reader.unread.candidates", names="、".join(names)) if names else say("reader.unread.unknown")
