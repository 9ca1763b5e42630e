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

from graph.model import Edge, Graph, Growing, Node, Value, content_id
from graph.schema import Schema, load_schema
from graph.workers import in_forks
from loaders.city_statements import Cities
from loaders.clause_words import iter_words
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
from loaders.heads import Head, read_heads
from loaders.linking.exclusions import Allowance, district_id, policy_rules
from loaders.linking.policy_names import Open
from loaders.linking.settings import linking_settings
from loaders.linking.shared_funds import link_shared_funds
from loaders.linking.views import ClauseView, PolicyView, forget
from loaders.linking.wording import Wording
from loaders.policy_nodes import all_topic_nodes, clause_ids, policy_id
from loaders.record import PolicyRecord
from loaders.reprints import Reprint, unite_reprints

_LINKING = "建立条款、支持标准与配套、排他、相似关系"

Progress = Callable[[str, int, int], None]
"""Told the part of the work, and how many policies of how many it has done."""


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
) -> Assembly:
    """The graph of records, all in memory; see `assemble_into`."""
    graph = Graph(schema or load_schema())
    return Assembly(graph, assemble_into(graph, list(records), corrections))


def assemble_into(
    graph: Growing,
    records: Sequence[PolicyRecord],
    corrections: Sequence[Correction] = (),
    *,
    progress: Progress = lambda _part, _done, _total: None,
    jobs: int = 1,
) -> Report:
    """Puts all nodes and edges of all records into a graph, whatever their order, with the corrections applied; the records are not changed.

    With `jobs` processes the graph is the same; each reads from `records` what is there when it begins.

    Raises: ModelError where two records contradict one another, LexiconError for a broken lexicon.
    """
    with _without_garbage_collection():
        return _assemble(graph, records, corrections, progress, jobs)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """What is made here holds no cycles and is kept: looking for garbage in millions of objects again and again costs a sixth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # All that is there counts as old from here on; else it would be looked through once more at the next step.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _assemble(
    graph: Growing,
    records: Sequence[PolicyRecord],
    corrections: Sequence[Correction],
    progress: Progress,
    jobs: int,
) -> Report:
    report = Report()
    corrected = apply_corrections(records, corrections)
    heads = read_heads(corrected.records)
    kept, reprints = unite_reprints(heads, corrected.records)
    report.reprints = list(reprints.values())
    also_in = {index: [other.source for other in one.others] for index, one in reprints.items()}
    placed = _placed({index: heads[index] for index in kept}, corrected.records, report)
    policies: list[PolicyView] = []
    wording = Wording(_iter_clauses(placed, corrected, report, progress, policies, jobs))
    _say_all(graph, Cities(policies, wording, also_in, corrected, graph.schema), report, progress, jobs)
    effects = drop_false_links(graph, policies, corrected.false_links)
    report.corrections = sorted([*corrected.effects, *effects], key=lambda effect: effect.id)
    report.open_titles.sort(key=lambda left: (left.policy, left.title))
    forget(policies)
    return report


def _say_all(graph: Growing, cities: Cities, report: Report, progress: Progress, jobs: int) -> None:
    """Puts in all nodes and edges, one after another; some come again and are united by the graph.

    Links are made anew from all policies: rare words, neighbours and candidates of a pair may change with any document.
    """
    _say(graph, all_topic_nodes())
    _say(graph, _divisions(cities.policies))
    allowances: list[Allowance] = []
    progress(_LINKING, 0, len(cities.policies))
    # City by city, so that the records of a city are read once and are at hand for all that is made of them.
    for made in in_forks(cities.make, cities.parts(), jobs):
        _say(graph, made.nodes)
        for lines in made.edges:
            graph.add_lines(lines)
        report.open_titles += made.opened
        for place in made.letting:
            allowances += policy_rules(cities.policies[place]).allowances
        progress(_LINKING, made.end, len(cities.policies))
    _say(graph, link_shared_funds(allowances, cities.wording))


def _say(graph: Growing, statements: Iterable[Node | Edge]) -> None:
    for one in statements:
        if isinstance(one, Node):
            graph.add_node(one.label, one.id, one.properties)
        else:
            graph.add_edge(one.type, one.start, one.end, one.properties)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A policy to be made: its id, the index and head of its record, and where it holds."""

    id: str
    index: int
    head: Head
    division: Division | None


def _placed(heads: Mapping[int, Head], records: Sequence[PolicyRecord], report: Report) -> list[_Placed]:
    """The policies with their ids and divisions, division by division; versions of one policy are told apart by their text."""
    divisions = _resolve_divisions(list(heads.values()), report)
    ids = [
        policy_id(head, one.code if one else None)
        for head, one in zip(heads.values(), divisions, strict=True)
    ]
    shared = {own for own, count in Counter(ids).items() if count > 1}
    placed = []
    for (index, head), division, common in zip(heads.items(), divisions, ids, strict=True):
        if division is None:
            report.without_division.append(head.shown)
        own = common
        if common in shared:
            report.versions.append(head.shown)
            own = content_id("policy", common, hashlib.sha256(records[index].text.encode()).hexdigest())
        placed.append(_Placed(own, index, head, division))
    for listed in (report.without_division, report.by_company, report.versions):
        listed.sort()
    return sorted(placed, key=lambda one: (one.division.code if one.division else "", one.id))


def _iter_clauses(
    placed: Sequence[_Placed],
    corrected: Corrected,
    report: Report,
    progress: Progress,
    policies: list[PolicyView],
    jobs: int,
) -> Iterator[list[list[str]]]:
    """The words of the clauses of all policies, sentence by sentence; views of the policies, their clauses numbered in this order, are
    added to `policies`."""
    place = 0
    indexes = [one.index for one in placed]
    for done, (one, read) in enumerate(
        zip(placed, iter_words(corrected.records, indexes, jobs), strict=True)
    ):
        progress("比较条款用语", done, len(placed))
        set_by = corrected.facts.get((one.head.source, one.head.part), {})
        policy = PolicyView(one.id, corrected.records, one.index, one.division, set_by)
        ids = clause_ids(one.id, policy.record.clauses)
        for index, (clause, words) in enumerate(zip(ids, read, strict=True)):
            policy.clauses.append(ClauseView(clause, policy, index, place, words.matters))
            place += 1
            yield words.sentences
        cites = Counter(clause.cite for clause in policy.clauses)
        report.repeated_cites += [
            f"{one.head.shown}{''.join(cite)}" for cite, count in cites.items() if count > 1
        ]
        policies.append(policy)
    report.repeated_cites.sort()


def _resolve_divisions(records: Sequence[Head], report: Report) -> list[Division | None]:
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
                report.by_company.append(f"{record.shown}:{record.jurisdiction}")
    return found


def _division(record: Head) -> Division | None:
    if record.division is not None:
        return division_by_code(record.division)
    return resolve_division(record.jurisdiction, record.title) if record.jurisdiction else None


def _candidate_in(name: str, around: tuple[set[str], ...]) -> Division | None:
    for cities in around:
        near = [one for one in division_candidates(name) if one.parent in cities]
        if near:
            return near[0] if len(near) == 1 else None
    return None


def _divisions(policies: Sequence[PolicyView]) -> Iterator[Node | Edge]:
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
