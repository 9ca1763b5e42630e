"""Records → graph: the nodes and edges of each policy, and the links between policies.

The only file that speaks both languages; what is linked with what is decided in loaders.linking, what may be said in graph.schema.
"""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph.model import Edge, Graph, Node, Value, content_id
from graph.schema import Schema, load_schema
from loaders.correct import Corrected, Effect, apply_corrections
from loaders.corrections import Correction
from loaders.divisions import (
    Division,
    districts_of,
    division_by_code,
    division_candidates,
    iter_lineage,
    resolve_division,
    upper_division,
)
from loaders.false_links import drop_false_links
from loaders.linking.cases import link_cases, link_directions
from loaders.linking.city_level import LevelLinks
from loaders.linking.conflicts import link_conflicts
from loaders.linking.contradictions import link_district_contradictions, link_upper_contradictions
from loaders.linking.exclusions import PolicyRules, district_id, link_rules, policy_rules
from loaders.linking.policy_names import Open, PolicyNames
from loaders.linking.settings import linking_settings
from loaders.linking.shared_funds import link_shared_funds
from loaders.linking.similar import link_similar
from loaders.linking.upper_levels import UpperLevels
from loaders.linking.views import ClauseView, PolicyView
from loaders.linking.wording import Wording
from loaders.policy_nodes import PolicyNodes, all_topic_nodes, clause_ids, policy_id
from loaders.record import PolicyRecord
from loaders.reprints import Reprint, unite_reprints

Progress = Callable[[str], None]
"""Told a short phrase at the beginning of each part of the work."""


@dataclass(slots=True)
class Report:
    """What assembling united, left open or could not place; each list sorted, the same whatever the order of the records.

    `versions` are policies of one title and number whose texts differ: each stays a policy of its own. `by_company` are policies whose
    ambiguous division (朝阳区) was settled by the policies around them. `repeated_cites` are cites that two clauses of a policy have.
    `corrections` says what each entry did.
    """

    reprints: list[Reprint] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    open_titles: list[Open] = field(default_factory=list)
    without_division: list[str] = field(default_factory=list)
    by_company: list[str] = field(default_factory=list)
    repeated_cites: list[str] = field(default_factory=list)
    corrections: list[Effect] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Assembly:
    """The graph of all records, and the report."""

    graph: Graph
    report: Report


def assemble(
    records: Iterable[PolicyRecord],
    corrections: Sequence[Correction] = (),
    *,
    schema: Schema | None = None,
    progress: Progress = lambda _: None,
) -> Assembly:
    """Builds the graph of all records, whatever their order, with the corrections applied; the records are not changed.

    Raises: ModelError where two records contradict one another, LexiconError for a broken lexicon.
    """
    with _without_garbage_collection():
        return _assemble(records, corrections, schema, progress)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """What is made here holds no cycles and is kept: looking for garbage in millions of objects again and again costs a sixth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _assemble(
    records: Iterable[PolicyRecord],
    corrections: Sequence[Correction],
    schema: Schema | None,
    progress: Progress,
) -> Assembly:
    report = Report()
    corrected = apply_corrections(records, corrections)
    kept, report.reprints = unite_reprints(corrected.records)
    policies = _views(kept, corrected, report)
    also_in = {id(one.kept): [other.source for other in one.others] for one in report.reprints}
    progress("建立政策、条款与支持标准")
    made = _made(policies, also_in, corrected, report, progress)
    effects: list[Effect] = []
    if corrected.false_links:
        made, effects = drop_false_links(list(made), policies, corrected.false_links)
    # Each node and edge goes into the graph as it is made: a list of all would hold them twice.
    graph = Graph(schema or load_schema())
    for one in made:
        if isinstance(one, Node):
            graph.add_node(one.label, one.id, one.properties)
        else:
            graph.add_edge(one.type, one.start, one.end, one.properties)
    report.corrections = sorted([*corrected.effects, *effects], key=lambda effect: effect.id)
    report.open_titles.sort(key=lambda left: (left.policy, left.title))
    return Assembly(graph, report)


def _made(
    policies: list[PolicyView],
    also_in: Mapping[int, list[str]],
    corrected: Corrected,
    report: Report,
    progress: Progress,
) -> Iterable[Node | Edge]:
    """All nodes and edges, one after another; some come again and are united by the graph."""
    yield from all_topic_nodes()
    yield from _divisions(policies)
    for policy in policies:
        yield from PolicyNodes(policy, also_in.get(id(policy.record), []), corrected).all()
    yield from link_policies(policies, report.open_titles, progress)


def link_policies(
    policies: list[PolicyView], open_titles: list[Open], progress: Progress = lambda _: None
) -> Iterator[Node | Edge]:
    """All links between policies and clauses; adds to `open_titles` what stays open.

    Links are made anew from all policies: rare words, neighbours and candidates of a pair may change with any document.
    """
    progress("比较条款用语")
    wording = Wording(clause for policy in policies for clause in policy.clauses)
    names = PolicyNames(policies)
    levels = LevelLinks(UpperLevels(policies, wording), names, wording)
    members = []
    progress("解析文件名称、市级与国家配套")
    for policy in policies:
        yield from names.links(policy, open_titles)
        yield from levels.links(policy)
        member = policy_rules(policy)
        yield from link_rules(member)
        yield from link_directions(member)
        yield from link_cases(policy)
        members.append(member)
    yield from link_shared_funds(members, wording)
    progress("推导排他与相似关系")
    yield from _conflicts(members, wording)
    carried_out = {policy.id: names.carried_out(policy) for policy in policies}
    yield from link_similar(policies, carried_out, wording)


def _conflicts(members: list[PolicyRules], wording: Wording) -> Iterator[Edge]:
    by_division: dict[str, list[PolicyRules]] = {}
    for member in members:
        division = member.policy.division
        by_division.setdefault(division.code if division else member.policy.id, []).append(member)
    for _, some in sorted(by_division.items()):
        yield from link_conflicts(some, wording)
        yield from link_district_contradictions(some)
    yield from link_upper_contradictions(members)


def _views(records: list[PolicyRecord], corrected: Corrected, report: Report) -> list[PolicyView]:
    """The records as the links see them, with their ids; versions of one policy are told apart by their text."""
    divisions = _resolve_divisions(records, report)
    ids = [
        policy_id(record, one.code if one else None) for record, one in zip(records, divisions, strict=True)
    ]
    shared = {own for own, count in Counter(ids).items() if count > 1}
    policies = []
    for record, division, common in zip(records, divisions, ids, strict=True):
        if division is None:
            report.without_division.append(_shown(record))
        own = common
        if common in shared:
            report.versions.append(_shown(record))
            own = content_id("policy", common, hashlib.sha256(record.text.encode()).hexdigest())
        policy = PolicyView(own, record, division, corrected.facts.get((record.source, record.part), {}))
        made = clause_ids(own, record.clauses)
        policy.clauses.extend(
            ClauseView(clause, policy, facts) for clause, facts in zip(made, record.clauses, strict=True)
        )
        cites = Counter(tuple(clause.cite) for clause in record.clauses)
        report.repeated_cites += [
            f"{_shown(record)}{''.join(cite)}" for cite, count in cites.items() if count > 1
        ]
        policies.append(policy)
    for listed in (report.without_division, report.by_company, report.versions, report.repeated_cites):
        listed.sort()
    return policies


def _resolve_divisions(records: list[PolicyRecord], report: Report) -> list[Division | None]:
    """The division of each record. A name that several divisions carry (朝阳区) means the one in the city of the document's other
    policies, or else of the whole corpus, if there is one such; what was settled so is reported."""
    found = [_division(record) for record in records]
    cities: dict[str, set[str]] = {}
    for record, division in zip(records, found, strict=True):
        if division is not None:
            above = {one.code for one in iter_lineage(division)}
            cities.setdefault(record.source, set()).update(above)
            cities.setdefault("", set()).update(above)
    for index, record in enumerate(records):
        if found[index] is None and record.jurisdiction:
            around = (cities.get(record.source, set()), cities.get("", set()))
            found[index] = _candidate_in(record.jurisdiction, around)
            if found[index] is not None:
                report.by_company.append(f"{_shown(record)}:{record.jurisdiction}")
    return found


def _division(record: PolicyRecord) -> Division | None:
    if record.division is not None:
        return division_by_code(record.division)
    return resolve_division(record.jurisdiction, record.title) if record.jurisdiction else None


def _candidate_in(name: str, around: tuple[set[str], ...]) -> Division | None:
    for cities in around:
        near = [one for one in division_candidates(name) if one.parent in cities]
        if near:
            return near[0] if len(near) == 1 else None
    return None


def _shown(record: PolicyRecord) -> str:
    return f"{record.source}:《{record.title}》"


def _divisions(policies: list[PolicyView]) -> Iterator[Node | Edge]:
    """The divisions of all policies with all above them, their cities' districts, and those that are in every graph."""
    home = linking_settings().home
    wanted: dict[str, Division] = {}
    cities = {home.division: division_by_code(home.division)}
    named = [division_by_code(code) for code in home.areas]
    for division in [*named, *(policy.division for policy in policies if policy.division)]:
        wanted.update((one.code, one) for one in iter_lineage(division))
        wanted[division.code] = division
        city = upper_division(division, "municipal")
        if city is not None:
            cities[city.code] = city
    for city in cities.values():
        wanted[city.code] = city
        wanted.update((one.code, one) for one in districts_of(city))
    for _, division in sorted(wanted.items()):
        yield _district_node(division)
        if division.parent in wanted:
            yield Edge(
                "PART_OF",
                district_id(division.code),
                district_id(division.parent),
                {"source": division.source},
            )
        for code in division.overlaps:
            if code in wanted:
                yield Edge(
                    "OVERLAPS", district_id(division.code), district_id(code), {"source": division.source}
                )


def _district_node(division: Division) -> Node:
    names = dict.fromkeys((division.full_name, division.short, *division.aliases))
    properties: dict[str, Value] = {"code": division.code, "name": division.name, "kind": division.kind}
    aliases = [name for name in names if name != division.name]
    if aliases:
        properties["aliases"] = aliases
    return Node("District", district_id(division.code), properties)
