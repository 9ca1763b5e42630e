"""MATCHES_CITY_LEVEL and MATCHES_NATIONAL_LEVEL: what a clause pays on top of, or beside, an upper level's support.

Cofunding comes from the record's matches; aligned from topics, matters and wording. Names in 《》 are resolved by policy_names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from graph.model import Edge, Node, Value, content_id
from loaders.divisions import Division
from loaders.evidence import evidence
from loaders.linking.matters import all_matters
from loaders.linking.neighbours import blocks_of, likeness_key
from loaders.linking.policy_names import PolicyNames
from loaders.linking.settings import linking_settings, topic_name
from loaders.linking.views import ClauseView, PolicyView, Sentence, plain
from loaders.linking.wording import Likeness, Wording
from loaders.record import LevelMatch

CITY, NATIONAL = "MATCHES_CITY_LEVEL", "MATCHES_NATIONAL_LEVEL"


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A clause of an upper level that supports what a clause supports: by which topic and matters, and how alike the wording is."""

    clause: ClauseView
    topic: str | None
    matters: tuple[str, ...]
    likeness: Likeness

    @property
    def score(self) -> tuple[bool, float, str]:
        """Sorts counterparts: clauses that are about the topic first, then those with more shared matters, then by likeness."""
        about = self.topic is None or self.topic in self.clause.topics
        return (about, len(self.matters) + self.likeness.score, self.clause.id)


@dataclass(frozen=True, slots=True)
class Target:
    """What a match pays on top of: the id of a clause, policy or programme, and how sure that is."""

    id: str
    strength: Literal["sure", "arguable"]
    why: str
    topic: str | None = None


class UpperLevels:
    """The clauses of municipal and provincial policies, by division and topic, and by division and narrow matter."""

    def __init__(self, policies: Iterable[PolicyView], wording: Wording) -> None:
        self._wording = wording
        self._settings = linking_settings()
        by_division: dict[str, list[ClauseView]] = {}
        for policy in policies:
            if policy.division is not None and policy.division.level in ("municipal", "provincial"):
                clauses = [clause for clause in policy.clauses if not self._names_a_form_only(clause)]
                by_division.setdefault(policy.division.code, []).extend(clauses)
        self._by_topic = {code: blocks_of(some, _named_topics) for code, some in by_division.items()}
        self._by_matter = {code: blocks_of(some, _narrow_matters) for code, some in by_division.items()}

    def counterparts(self, clause: ClauseView, upper: Division, *, aligned: bool) -> list[Counterpart]:
        """For each topic of the clause the best counterpart in each policy of `upper`, for the best few policies a topic.

        Where the text itself says that the city pays (not `aligned`), sector and field of the city's clause do not matter.
        """
        chosen: list[Counterpart] = []
        # A clause that grants nothing is about its first topic; the others are named in passing.
        topics = clause.topics if clause.clause.benefits else clause.topics[:1]
        for topic in topics:
            best: dict[str, Counterpart] = {}
            for other in self._near(self._by_topic.get(upper.code, {}).get(topic, []), clause):
                found = self._compare(clause, other, topic, any_field=not aligned)
                if found and (not aligned or self._is_fit(clause, found)):
                    _keep_best(best, other.policy.id, found)
            chosen += self._best_policies(best)
        return chosen

    def named_by(self, clause: ClauseView, narrow: list[str], upper: Division) -> list[Counterpart]:
        """Clauses of `upper` with one of the narrow matters that the words of a match name: these say what the city pays for."""
        best: dict[str, Counterpart] = {}
        for matter in narrow:
            for other in self._near(self._by_matter.get(upper.code, {}).get(matter, []), clause):
                shared = tuple(name for name in narrow if name in other.matters)
                likeness = self._wording.likeness(clause, other)
                _keep_best(best, other.policy.id, Counterpart(other, None, shared, likeness))
        return self._best_policies(best)

    def _best_policies(self, best: dict[str, Counterpart]) -> list[Counterpart]:
        return sorted(best.values(), key=_score, reverse=True)[: self._settings.caps.upper_policies]

    def _compare(
        self, clause: ClauseView, other: ClauseView, topic: str, *, any_field: bool
    ) -> Counterpart | None:
        held = _matters_for(other, clause.policy, any_field=any_field)
        if held is None:
            return None
        matters = tuple(all_matters().of_topic(clause.matters & held, topic))
        if topic not in other.topics:
            matters = tuple(
                name for name in matters if topic in all_matters().told_topics(frozenset((name,)))
            )
        if not matters and (topic in self._settings.wide_topics or topic not in other.topics):
            return None
        return Counterpart(other, topic, matters, self._wording.likeness(clause, other))

    def _is_fit(self, clause: ClauseView, found: Counterpart) -> bool:
        """Whether the same kind of fund may pay for both; a narrow matter (并购贷款贴息) counts across sectors."""
        if clause.policy.may_share_sector(found.clause.policy):
            return True
        return bool(all_matters().narrow(frozenset(found.matters)))

    def _near(self, block: list[ClauseView], clause: ClauseView) -> list[ClauseView]:
        """The whole block, or where it is long the part whose clauses are most like this one in matters and amounts."""
        limit = self._settings.caps.upper_candidates
        if len(block) <= limit:
            return block
        key, low, high = likeness_key(clause), 0, len(block)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if likeness_key(block[middle]) < key else (low, middle)
        start = max(0, min(low - limit // 2, len(block) - limit))
        return block[start : start + limit]

    def _names_a_form_only(self, clause: ClauseView) -> bool:
        """对与银行签订贷款合同并符合标准的项目给予贷款贴息支持: how is paid, and nothing that it is for."""
        length = sum(len(sentence.text) for sentence in clause.sentences)
        if clause.clause.benefits or length >= self._settings.thresholds.form_chars:
            return False
        matters = all_matters().by_name
        topics = {topic for name in clause.matters for topic in matters[name].topics} | set(clause.topics)
        return topics <= self._settings.form_topics


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
        targets = [Target(one.clause.id, "sure", self._why_cofunding(match, one)) for one in named]
        if self._names.find(match.target) is not None:
            return targets
        best: dict[str, Counterpart] = {}
        sure = {one.clause.policy.id for one in named}
        for one in self._uppers.counterparts(clause, division, aligned=False):
            other = one.clause.policy
            if other.id in sure or one.topic in self._settings.payment_topics:
                continue
            if clause.policy.may_share_sector(other):
                _keep_best(best, other.id, one)
        ranked = sorted(best.values(), key=_score, reverse=True)
        return targets + [
            Target(one.clause.id, "arguable", self._why_cofunding(match, one), one.topic) for one in ranked
        ]

    def _aligned(self, clause: ClauseView, cofunded: set[str]) -> Iterator[Edge]:
        best: dict[str, Counterpart] = {}
        for upper in clause.policy.uppers:
            for one in self._uppers.counterparts(clause, upper, aligned=True):
                if one.clause.id in cofunded:
                    continue
                _keep_best(best, one.clause.id, one)
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
            "why": self._why_aligned(one),
            "topic": topic,
            **evidence(clause.policy.record, sentence.span, clause.clause.cite),
        }
        return Edge(CITY, clause.id, one.clause.id, properties)

    def _why_aligned(self, one: Counterpart) -> str:
        if one.matters:
            return f"两级都支持{'、'.join(one.matters)}" + self._shared_words(one.likeness)
        return f"两级支持同一事项:{topic_name(one.topic or '')}" + self._shared_words(one.likeness)

    def _why_cofunding(self, match: LevelMatch, one: Counterpart) -> str:
        if one.topic is None:
            return f"原文按“{match.target}”配套,上级条款写明{'、'.join(one.matters)}"
        about = "、".join(one.matters) or topic_name(one.topic)
        stated = f"原文按“{match.target}”配套,未指明文件;上级条款支持{about}"
        return stated + self._shared_words(one.likeness)

    def _shared_words(self, likeness: Likeness) -> str:
        rarest = self._wording.rarest(likeness.words)
        return f",共同用语:{'、'.join(rarest)}" if rarest else ""


def _named_topics(clause: ClauseView) -> frozenset[str]:
    """The topics of a clause and those that its matters tell: a city's clause lists many things, of which reading keeps the strongest."""
    told = all_matters().told_topics(clause.matters) if clause.topics else frozenset[str]()
    return told.union(clause.topics)


def _narrow_matters(clause: ClauseView) -> frozenset[str]:
    return frozenset(all_matters().narrow(clause.matters) if clause.topics else ())


def link_shared_funds(policies: Iterable[PolicyView], wording: Wording) -> Iterator[Edge]:
    """A district's rule that lets its support stack with a city's fund, and the city's sentence that asks its districts to cofund it.

    符合北京市高精尖等市级政策规定的,可同时申报享受市、区两级政策支持 names the fund of 北京市高精尖产业发展资金管理办法, whose 第九条
    says 鼓励各区对高精尖资金支持的项目和机构给予配套.
    """
    asking: dict[str, list[tuple[PolicyView, ClauseView]]] = {}
    policies = list(policies)
    for policy in policies:
        for rule in policy.record.stacks:
            home = _stating_clause(policy, rule.stated_in)
            if rule.with_ == "district" and policy.division is not None and home is not None:
                asking.setdefault(policy.division.code, []).append((policy, home))
    for policy in policies:
        for rule in policy.record.stacks:
            home = _stating_clause(policy, rule.stated_in)
            if rule.with_ != "municipal" or rule.clause is not None or home is None:
                continue
            for upper in policy.uppers:
                for city, clause in asking.get(upper.code, []):
                    fund = [
                        word
                        for word in wording.shared_words(plain(rule.quote), plain(city.record.title))
                        if word not in (upper.name, upper.short)
                    ]
                    if fund:
                        yield Edge(
                            CITY,
                            home.id,
                            clause.id,
                            {
                                "kind": "aligned",
                                "strength": "sure",
                                "why": f"规则呼应:一方允许与“{fund[0]}”资金同时享受,一方鼓励各区给予配套",
                                **evidence(policy.record, rule.span),
                            },
                        )


def _stating_clause(policy: PolicyView, cite: list[str]) -> ClauseView | None:
    return next((clause for clause in policy.clauses if clause.clause.cite == cite), None)


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


def _matters_for(clause: ClauseView, policy: PolicyView, *, any_field: bool) -> frozenset[str] | None:
    """The matters of the sentences that hold for a policy; None where none of them does."""
    sentences = clause.sentences if any_field else clause.sentences_for(policy)
    if not sentences:
        return None
    return frozenset[str]().union(*(one.matters for one in sentences))


def _cofunding_edge(clause: ClauseView, match: LevelMatch, target: Target) -> Edge:
    properties: dict[str, Value] = {
        "kind": "cofunding",
        "strength": target.strength,
        "why": target.why,
        "target": match.target,
        **evidence(clause.policy.record, match.span, clause.clause.cite),
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


def _keep_best(best: dict[str, Counterpart], key: str, one: Counterpart) -> None:
    known = best.get(key)
    best[key] = max(known, one, key=_score) if known else one


def _score(one: Counterpart) -> tuple[bool, float, str]:
    return one.score
