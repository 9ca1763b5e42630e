"""All that is said of the policies of one city: each policy's own nodes, its links to other policies, what is alike and what is shut out.

Needs of the others only what is held of all policies, so that cities can be made side by side. How they are put together is
loaders.assemble's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby, islice

from graph.lines import LineMaker
from graph.model import Edge, Node
from graph.packing import EdgeLines
from graph.schema import Schema
from graph.workers import Message
from loaders.correct import Corrected
from loaders.linking.cases import link_cases, link_directions
from loaders.linking.city_level import LevelLinks
from loaders.linking.conflicts import link_conflicts
from loaders.linking.contradictions import link_district_contradictions, link_upper_contradictions
from loaders.linking.exclusions import PolicyRules, link_rules, policy_rules
from loaders.linking.policy_names import Open, PolicyNames
from loaders.linking.similar import SimilarLinks
from loaders.linking.upper_levels import UpperLevels
from loaders.linking.views import PolicyView, by_city
from loaders.linking.wording import Wording
from loaders.policy_nodes import PolicyNodes

_AT_ONCE = 1 << 12


class CityStatements(Message, frozen=True):
    """What is said of a city's policies, the edges as lines, so that the process that puts all together has little to do; the titles that
    stay open, and the policies (places in `Cities.policies`) that let supports stack; `end` is the place behind the city's last policy."""

    nodes: list[Node]
    edges: list[EdgeLines]
    opened: list[Open]
    letting: list[int]
    end: int


class Cities:
    """The policies city by city. `also_in` maps the index of a record to other documents that hold the same policy."""

    def __init__(
        self,
        policies: Sequence[PolicyView],
        wording: Wording,
        also_in: Mapping[int, list[str]],
        corrected: Corrected,
        schema: Schema,
    ) -> None:
        self.policies = sorted(policies, key=by_city)
        self.wording, self._also_in, self._corrected, self._schema = wording, also_in, corrected, schema
        self._names = PolicyNames(policies)
        self._levels = LevelLinks(UpperLevels(policies, wording), self._names, wording)
        carried_out = {policy.id: found for policy in policies if (found := self._names.carried_out(policy))}
        self._similar = SimilarLinks(self.policies, carried_out, wording)
        self._clauses = list(accumulate((len(policy.clauses) for policy in self.policies), initial=0))

    def parts(self) -> list[range]:
        """The places of each city's policies in `policies`."""
        sizes = [
            sum(1 for _ in some) for _, some in groupby(self.policies, key=lambda policy: by_city(policy)[0])
        ]
        ends = list(accumulate(sizes))
        return [range(end - size, end) for end, size in zip(ends, sizes, strict=True)]

    def make(self, part: range) -> CityStatements:
        """All statements about the policies of a city. Raises: ModelError for an edge that the schema does not have."""
        opened: list[Open] = []
        nodes: list[Node] = []
        known: dict[str, Node] = {}
        edges = LineMaker(self._schema)
        said = chain(
            self._statements([self.policies[place] for place in part], opened),
            self._similar.links(range(self._clauses[part.start], self._clauses[part.stop])),
        )
        for one in _some_at_once(said):
            if isinstance(one, Node):
                # A city's policies name the same topics and bodies again and again.
                if known.get(one.id) != one:
                    known[one.id] = one
                    nodes.append(one)
            else:
                edges.add(one)
        return CityStatements(
            nodes=nodes,
            edges=edges.lines(),
            opened=opened,
            letting=[place for place in part if self.policies[place].record.stacks],
            end=part.stop,
        )

    def _statements(self, policies: Sequence[PolicyView], opened: list[Open]) -> Iterator[Node | Edge]:
        members = []
        for policy in policies:
            yield from PolicyNodes(policy, self._also_in.get(policy.index, []), self._corrected).all()
            yield from self._names.links(policy, opened)
            yield from self._levels.links(policy)
            member = policy_rules(policy)
            yield from link_rules(member)
            yield from link_directions(member)
            yield from link_cases(policy)
            members.append(member)
        yield from _shut_out(members, self.wording)


def _some_at_once(statements: Iterator[Node | Edge]) -> Iterator[Node | Edge]:
    """The same statements, made some at a time: making one and writing it in turn takes a twentieth more time."""
    while some := list(islice(statements, _AT_ONCE)):
        yield from some


def _shut_out(members: Sequence[PolicyRules], wording: Wording) -> Iterator[Edge]:
    """What the rules of a city and its districts shut out."""
    for _, some in groupby(members, key=lambda member: by_city(member.policy)[1] or member.policy.id):
        district = list(some)
        yield from link_conflicts(district, wording)
        yield from link_district_contradictions(district)
    yield from link_upper_contradictions(members)
