"""The nodes and edges that one policy states by itself: its clauses, amounts, topics, honors, bodies, and where it applies.

Links to other policies are loaders.linking's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import chain

from graph.model import Edge, Node, Value, content_id
from loaders.correct import Corrected
from loaders.divisions import find_divisions
from loaders.evidence import evidence, title_evidence
from loaders.heads import Head
from loaders.lexicon import read_lexicon
from loaders.linking.exclusions import district_id
from loaders.linking.policy_names import number_key, title_key
from loaders.linking.views import ClauseView, PolicyView
from loaders.record import Benefit, ClauseRecord, Fact, Mention, OtherAmount, Pair, PolicyRecord, Threshold

_LEVEL_WORDS = (
    ("international", ("国际", "世界", "全球")),
    ("national", ("国家", "全国", "中国", "中央", "工业和信息化部", "部级")),
    ("provincial", ("省", "自治区")),
    ("municipal", ("市级", "北京市", "首都")),
    ("district", ("区级", "县级")),
)
# Roles of administered_by that stand on ADMINISTERED_BY; an issuer has an edge of its own.
_ISSUER = "issuer"


def policy_id(record: Head, place: str | None) -> str:
    """The id of a policy of the corpus: the code (or name) of where it applies, its title without notice and version, its number."""
    key = title_key(record.title)
    return content_id(
        "policy", place or record.jurisdiction or "", key.core, key.version, number_key(record.doc_number)
    )


def clause_ids(policy: str, clauses: Sequence[ClauseRecord]) -> list[str]:
    """The ids of a policy's clauses, from their cites; a cite that comes again is counted."""
    seen: dict[tuple[str, ...], int] = {}
    ids = []
    for clause in clauses:
        cite = tuple(clause.cite)
        seen[cite] = seen.get(cite, 0) + 1
        again = [seen[cite]] if seen[cite] > 1 else []
        ids.append(content_id("clause", policy, list(cite), *again))
    return ids


class PolicyNodes:
    """Makes the nodes and edges of one policy. `also_in` are other documents that hold the same policy, `corrected` what people set."""

    def __init__(self, policy: PolicyView, also_in: Sequence[str], corrected: Corrected) -> None:
        self._policy = policy
        self._corrected = corrected
        self._record = policy.record
        self._documents: list[str] = sorted({policy.record.source, *also_in})

    def all(self) -> Iterator[Node | Edge]:
        """All nodes and edges; ends of edges may be nodes that others make."""
        yield self._policy_node()
        yield from self._place_and_industries()
        yield from self._administration()
        yield from self._amounts(self._policy.id, [], self._record.other_amounts, ())
        parents = _parents(self._record.clauses)
        orders: dict[str, int] = {}
        for index, clause in enumerate(self._policy.clauses):
            parent = self._policy.clauses[parents[index]].id if parents[index] >= 0 else self._policy.id
            orders[parent] = orders.get(parent, -1) + 1
            yield self._clause_node(clause, index)
            yield self._has_clause(clause, parent, orders[parent])
            yield from self._clause_facts(clause)

    def _policy_node(self) -> Node:
        record = self._record
        set_by = self._corrected.fields.get((record.source, record.part), {})
        properties: dict[str, Value | None] = {
            "title": record.title,
            "in_corpus": True,
            "doc_number": number_key(record.doc_number),
            "level": record.level,
            "kind": record.kind,
            "draft": record.draft,
            "issued_on": record.issued_on,
            "valid_years": record.valid_years,
            "jurisdiction": self._policy.division.code if self._policy.division else None,
            "document": record.source,
            "part": record.part,
            "sha256": record.sha256,
            "unread_count": len(record.unread),
            "topics": _topic_codes(record.clauses),
            "documents": self._documents,
            "corrected_by": "、".join(sorted(set(set_by.values()))) or None,
            **_term(record),
        }
        return Node("Policy", self._policy.id, _known(properties))

    def _place_and_industries(self) -> Iterator[Node | Edge]:
        record = self._record
        division = self._policy.division
        if division is not None:
            yield Edge(
                "APPLIES_IN",
                self._policy.id,
                district_id(division.code),
                self._field_evidence("jurisdiction"),
            )
        for industry in dict.fromkeys(record.industries):
            node = Node("Industry", content_id("industry", industry), {"name": industry})
            yield node
            yield Edge("TARGETS", self._policy.id, node.id, self._field_evidence(f"industry:{industry}"))

    def _administration(self) -> Iterator[Node | Edge]:
        done: set[tuple[str, str]] = set()
        for fact in self._record.administered_by:
            node = self._agency(fact.agency)
            if (node.id, fact.role) in done:
                continue
            done.add((node.id, fact.role))
            yield node
            type_ = "ISSUED_BY" if fact.role == _ISSUER else "ADMINISTERED_BY"
            properties = {"role": fact.role, **self._evidence(fact)}
            yield Edge(type_, self._policy.id, node.id, properties)

    def _clause_node(self, clause: ClauseView, order: int) -> Node:
        facts = clause.clause
        record, start, end = self._record, *facts.span
        properties: dict[str, Value | None] = {
            "policy": self._policy.id,
            "policy_title": record.title,
            "document": record.source,
            "cite": list(facts.cite),
            "order": order,
            "heading": facts.heading,
            "topics": _topic_codes([facts]),
            "text": record.text[start:end],
            "span_start": start,
            "span_end": end,
        }
        return Node("Clause", clause.id, _known(properties))

    def _has_clause(self, clause: ClauseView, parent: str, order: int) -> Edge:
        facts = clause.clause
        start = facts.span[0]
        span = (start, start + len(facts.starts))
        properties = {"order": order, **evidence(self._record, span, facts.cite)}
        return Edge("HAS_CLAUSE", parent, clause.id, properties)

    def _clause_facts(self, clause: ClauseView) -> Iterator[Node | Edge]:
        facts = clause.clause
        made: Counter[str] = Counter()
        for order, benefit in enumerate(sorted(facts.benefits, key=_in_text)):
            yield from self._benefit(clause.id, facts.cite, benefit, order, made)
        yield from self._amounts(clause.id, facts.cite, facts.other_amounts, facts.thresholds)
        for mention in _first_mentions(facts):
            yield from self._mention(clause.id, facts.cite, mention)

    def _benefit(
        self, clause: str, cite: list[str], benefit: Benefit, order: int, made: Counter[str]
    ) -> Iterator[Node | Edge]:
        own = _counted_id(made, "benefit", clause, benefit.kind, benefit)
        where = self._evidence(benefit, cite)
        properties: dict[str, Value | None] = {
            "kind": benefit.kind,
            "value": float(benefit.value),
            "unit": benefit.unit,
            "per": benefit.per,
            "period": benefit.period,
            "order": order,
            **where,
        }
        yield Node("Benefit", own, _known(properties))
        yield Edge("GRANTS", clause, own, where)

    def _amounts(
        self,
        owner: str,
        cite: list[str],
        others: Sequence[OtherAmount],
        thresholds: Sequence[Threshold],
    ) -> Iterator[Node | Edge]:
        stated: list[tuple[str, Threshold | OtherAmount]] = [("threshold", fact) for fact in thresholds]
        stated += [(fact.kind, fact) for fact in others]
        made: Counter[str] = Counter()
        for order, (kind, fact) in enumerate(sorted(stated, key=lambda one: (*_in_text(one[1]), one[0]))):
            own = _counted_id(made, "amount", owner, kind, fact)
            where = self._evidence(fact, cite)
            properties: dict[str, Value] = {
                "kind": kind,
                "value": float(fact.value),
                "unit": fact.unit,
                "order": order,
                **where,
            }
            yield Node("Amount", own, properties)
            yield Edge("REQUIRES" if kind == "threshold" else "MENTIONS", owner, own, where)

    def _mention(self, clause: str, cite: list[str], mention: Mention) -> Iterator[Node | Edge]:
        where = self._evidence(mention, cite)
        if mention.kind == "topic":
            node = topic_node(mention.name)
            yield node
            yield Edge("ABOUT", clause, node.id, where)
        elif mention.kind == "honor":
            node = honor_node(mention.name, self._record.source)
            yield node
            yield Edge("REWARDS", clause, node.id, where)
        elif mention.kind == "agency":
            node = self._agency(mention.name)
            yield node
            yield Edge("ADMINISTERED_BY", clause, node.id, {"role": "responsible", **where})
        else:
            node = Node("Industry", content_id("industry", mention.name), {"name": mention.name})
            yield node
            yield Edge("TARGETS", clause, node.id, where)

    def _agency(self, name: str) -> Node:
        """The node of a body, with the names that people found to mean it."""
        aliases, entry = self._corrected.agencies.get(name, ((), ""))
        node = agency_node(name, self._record.source)
        if aliases:
            node.properties.update({"aliases": list(aliases), "corrected_by": entry})
        return node

    def _evidence(self, fact: Fact, cite: Sequence[str] | None = None) -> dict[str, Value]:
        return {**evidence(self._record, fact.span, cite), **self._policy.corrected_by(fact)}

    def _field_evidence(self, name: str) -> dict[str, Value]:
        span: Pair | None = self._record.evidence.get(name)
        return evidence(self._record, span) if span else title_evidence(self._record)


def agency_node(name: str, document: str) -> Node:
    """The node of a public body, with the code of the division that its name begins with."""
    properties: dict[str, Value] = {"name": name, "documents": [document]}
    code = _division_of_body(name)
    if code is not None:
        properties["district"] = code
    return Node("Agency", content_id("agency", name), properties)


def honor_node(name: str, document: str) -> Node:
    """The node of a title or certification, with the level that its name states."""
    properties: dict[str, Value] = {"name": name, "documents": [document]}
    for level, words in _LEVEL_WORDS:
        if name.startswith(words):
            properties["level"] = level
            break
    return Node("Honor", content_id("honor", name), properties)


@cache
def topic_node(code: str) -> Node:
    """The node of a topic of the closed list."""
    entry = _topics().get(code, {"name": code})
    properties: dict[str, Value | None] = {
        "code": code,
        "name": entry["name"],
        "covers": entry.get("covers"),
        "excludes": entry.get("not"),
    }
    return Node("Topic", content_id("topic", code), _known(properties))


def all_topic_nodes() -> list[Node]:
    """Every topic of the closed list, so that what nobody pays for shows as such."""
    return [topic_node(code) for code in sorted(_topics())]


@cache
def _topics() -> dict[str, dict[str, str]]:
    return {entry["id"]: entry for entry in read_lexicon("topics")["topics"]}


@cache
def _division_of_body(name: str) -> str | None:
    first = next(iter(find_divisions(name.removeprefix("中共"))), None)
    if first is None or first.start != 0 or len(first.candidates) != 1:
        return None
    return first.candidates[0].code


def _term(record: PolicyRecord) -> dict[str, Value | None]:
    """From when to when a policy is in force: as stated, or computed from the date of issue and the years of validity."""
    stated = record.effective_from
    rule = stated if stated is not None and not stated[:1].isdigit() else None
    begin = None if rule else stated
    end = record.effective_to
    computed = []
    if begin is None and rule is not None and record.issued_on:
        begin = _later(record.issued_on, rule)
        computed += ["effective_from"] if begin else []
    if end is None and begin is not None and record.valid_years:
        end = _years_after(begin, record.valid_years)
        computed.append("effective_to")
    return {
        "effective_from": begin,
        "effective_rule": rule,
        "effective_to": end,
        "computed": computed or None,
    }


def _later(issued_on: str, rule: str) -> str | None:
    """ "issue+30d" of 2025-01-01 is 2025-01-31; None for a rule of another form."""
    base, _, days = rule.partition("+")
    if base != "issue" or (days and not (days.endswith("d") and days[:-1].isdigit())):
        return None
    return (date.fromisoformat(issued_on) + timedelta(days=int(days[:-1]) if days else 0)).isoformat()


def _years_after(begin: str, years: int) -> str:
    """The last day of a term: three years from 2025-03-01 end on 2028-02-29."""
    first = date.fromisoformat(begin)
    year = first.year + years
    try:
        end = first.replace(year=year)
    except ValueError:  # 29 February
        end = date(year, 3, 1)
    return (end - timedelta(days=1)).isoformat()


def _parents(clauses: Sequence[ClauseRecord]) -> list[int]:
    """The place of each clause's parent: the nearest clause before it whose cite it continues; -1 at the top."""
    places: dict[tuple[str, ...], int] = {}
    parents = []
    for index, clause in enumerate(clauses):
        cite = tuple(clause.cite)
        parents.append(
            next((places[cite[:n]] for n in range(len(cite) - 1, 0, -1) if cite[:n] in places), -1)
        )
        places[cite] = index
    return parents


def _first_mentions(facts: ClauseRecord) -> list[Mention]:
    """The first mention of each name in a clause."""
    first: dict[tuple[str, str], Mention] = {}
    for mention in sorted(facts.mentions, key=lambda one: one.span):
        first.setdefault((mention.kind, mention.name), mention)
    return list(first.values())


def _topic_codes(clauses: Iterable[ClauseRecord]) -> list[str] | None:
    """The topics of clauses, sorted; None where they have none. Kept on policy and clause beside the ABOUT edges: what a city's districts
    support is asked all the time, and to follow the edges of its clauses is to read most of what is stored of the city."""
    mentions = chain.from_iterable(clause.mentions for clause in clauses)
    return sorted({mention.name for mention in mentions if mention.kind == "topic"}) or None


def _counted_id(
    made: Counter[str], label: str, owner: str, kind: str, fact: Benefit | Threshold | OtherAmount
) -> str:
    """The id of an amount; two of one value read from the same words are counted, so that neither is lost."""
    key = (owner, kind, float(fact.value), fact.unit, *fact.span)
    own = content_id(label, *key)
    made[own] += 1
    return own if made[own] == 1 else content_id(label, *key, made[own])


def _in_text(fact: Fact) -> tuple[int, int, float]:
    return (*fact.span, getattr(fact, "value", 0.0))


def _known(properties: dict[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in properties.items() if value is not None}
