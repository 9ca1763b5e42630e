"""MATCHES_CITY_LEVEL and MATCHES_NATIONAL_LEVEL: what a clause pays on top of, or beside, an upper level's support.

Cofunding comes from the record's matches; aligned from topics, matters and wording. Names in 《》 are resolved by policy_names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graph.model import Edge, Node, Value, content_id
from loaders.evidence import evidence
from loaders.linking.matters import all_matters
from loaders.linking.policy_names import PolicyNames
from loaders.linking.settings import linking_settings, topic_name
from loaders.linking.upper_levels import Counterpart, UpperLevels, by_score, keep_best
from loaders.linking.views import ClauseView, PolicyView, Sentence, plain
from loaders.linking.wording import Wording
from loaders.record import LevelMatch

CITY, NATIONAL = "MATCHES_CITY_LEVEL", "MATCHES_NATIONAL_LEVEL"


@dataclass(frozen=True, slots=True)
class Target:
    """What a match pays on top of: the id of a clause, policy or programme, and how sure that is."""

    id: str
    strength: Literal["sure", "arguable"]
    why: str
    topic: str | None = None


class LevelLinks:
    """Makes the edges to the upper levels, and the programmes that no clause of the corpus stands for."""

    def __init__(self, uppers: UpperLevels, names: PolicyNames, wording: Wording) -> None:
        self._uppers = uppers
        self._wording = wording
        self._names = names
        self._settings = linking_settings()

    def links(self, policy: PolicyView) -> Iterator[Node | Edge]:
        """All edges that start in a policy's clauses, and the nodes they lead to."""
        for clause in policy.clauses:
            made: dict[tuple[str, str, int], Edge] = {}
            for match in sorted(clause.clause.matches, key=lambda one: (one.span, one.level, one.target)):
                for one in self._cofunding(clause, match):
                    if isinstance(one, Edge):
                        made.setdefault((one.type, one.end, match.span[0]), one)
                    else:
                        yield one
            yield from made.values()
            yield from self._aligned(clause, {edge.end for edge in made.values()})

    def _cofunding(self, clause: ClauseView, match: LevelMatch) -> Iterator[Node | Edge]:
        """What one match leads to: the clauses that it means; what it names, unless a clause is sure to be that."""
        targets = self._targets(clause, match)
        if not any(target.strength == "sure" for target in targets):
            end = self._names.find(match.target)
            if end is None:
                programme = _programme(clause, match)
                end = programme.id
                yield programme
            targets.append(Target(end, "sure", f"原文按“{match.target}”配套"))
        for target in targets:
            yield _cofunding_edge(clause, match, target)

    def _targets(self, clause: ClauseView, match: LevelMatch) -> list[Target]:
        """The clauses that a match means: those that its sentence names are sure; in other policies those of its topics are arguable."""
        division = next((one for one in clause.policy.uppers if one.level == match.level), None)
        if division is None:
            return []
        named = self._uppers.named_by(clause, _matters_named(clause, match), division)
        targets = [Target(one.clause.id, "sure", self._why_cofunding(clause, match, one)) for one in named]
        if self._names.find(match.target) is not None:
            return targets
        best: dict[str, Counterpart] = {}
        sure = {one.clause.policy.id for one in named}
        for one in self._uppers.counterparts(clause, division, aligned=False):
            other = one.clause.policy
            if other.id in sure or one.topic in self._settings.payment_topics:
                continue
            if clause.policy.may_share_sector(other):
                keep_best(best, other.id, one)
        ranked = sorted(best.values(), key=by_score, reverse=True)
        return targets + [
            Target(one.clause.id, "arguable", self._why_cofunding(clause, match, one), one.topic)
            for one in ranked
        ]

    def _aligned(self, clause: ClauseView, cofunded: set[str]) -> Iterator[Edge]:
        best: dict[str, Counterpart] = {}
        for upper in clause.policy.uppers:
            for one in self._uppers.counterparts(clause, upper, aligned=True):
                if one.clause.id in cofunded:
                    continue
                keep_best(best, one.clause.id, one)
        for one in best.values():
            sentence = clause.sentence_about(one.matters)
            if sentence is not None and one.topic is not None:
                yield self._aligned_edge(clause, one, one.topic, sentence)

    def _aligned_edge(self, clause: ClauseView, one: Counterpart, topic: str, sentence: Sentence) -> Edge:
        sure = len(one.matters) > 1 or (
            bool(one.matters) and one.likeness.score >= self._settings.thresholds.sure_wording
        )
        properties: dict[str, Value] = {
            "kind": "aligned",
            "strength": "sure" if sure else "arguable",
            "why": self._why_aligned(clause, one),
            "topic": topic,
            **evidence(clause.policy.record, sentence.span, clause.cite),
        }
        return Edge(CITY, clause.id, one.clause.id, properties)

    def _why_aligned(self, clause: ClauseView, one: Counterpart) -> str:
        if one.matters:
            return f"两级都支持{'、'.join(one.matters)}" + self._shared_words(clause, one)
        return f"两级支持同一事项:{topic_name(one.topic or '')}" + self._shared_words(clause, one)

    def _why_cofunding(self, clause: ClauseView, match: LevelMatch, one: Counterpart) -> str:
        if one.topic is None:
            return f"原文按“{match.target}”配套,上级条款写明{'、'.join(one.matters)}"
        about = "、".join(one.matters) or topic_name(one.topic)
        stated = f"原文按“{match.target}”配套,未指明文件;上级条款支持{about}"
        return stated + self._shared_words(clause, one)

    def _shared_words(self, clause: ClauseView, one: Counterpart) -> str:
        rarest = self._wording.told(clause, one.clause, one.likeness)
        return f",共同用语:{'、'.join(rarest)}" if rarest else ""


def _matters_named(clause: ClauseView, match: LevelMatch) -> list[str]:
    """The narrow matters that say what a match is about: those of its target; of its sentence too where that has no other match.

    What the whole policy is about (工业互联网 in its title) is no news in a sentence, unless the clause's heading says it again.
    """
    matters = all_matters()
    found = set(matters.narrow(matters.find(plain(match.target))))
    around = next((one for one in clause.sentences if one.span[0] <= match.span[0] < one.span[1]), None)
    if around is not None:
        start, end = around.span
        targets = {one.target for one in clause.clause.matches if start <= one.span[0] < end}
        if len(targets) == 1:
            heading = matters.find(plain(clause.clause.heading or ""))
            found |= set(matters.narrow(around.matters)) - (clause.policy.subject - heading)
    return sorted(found)


def _cofunding_edge(clause: ClauseView, match: LevelMatch, target: Target) -> Edge:
    properties: dict[str, Value] = {
        "kind": "cofunding",
        "strength": target.strength,
        "why": target.why,
        "target": match.target,
        **evidence(clause.policy.record, match.span, clause.cite),
        **clause.policy.corrected_by(match),
    }
    for name, value in (("rate", match.rate), ("cap", match.cap), ("topic", target.topic)):
        if value is not None:
            properties[name] = value
    return Edge(NATIONAL if match.level == "national" else CITY, clause.id, target.id, properties)


def _programme(clause: ClauseView, match: LevelMatch) -> Node:
    """What a match names; of a name that only says that there is money (市级支持资金) nobody knows that two clauses mean the same."""
    upper = next((one for one in clause.policy.uppers if one.level == match.level), None)
    generic = linking_settings().generic_programme.compiled().search(plain(match.target))
    whose = [upper.code if upper else ""] + ([clause.id] if generic else [])
    properties: dict[str, Value] = {
        "name": match.target,
        "level": match.level,
        "documents": [clause.policy.record.source],
    }
    if upper is not None:
        properties["district"] = upper.code
    return Node("Programme", content_id("programme", match.level, match.target, *whose), properties)
