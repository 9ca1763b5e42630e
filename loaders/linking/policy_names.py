"""SUPERSEDES, BASED_ON, IMPLEMENTS, CITES: which policy a title in 《》 means, across documents.

A title resolves to a policy of the corpus where title, number and date allow it and nothing else fits; else it stays open, with candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from graph.model import Edge, Node, Value, content_id
from loaders.clean import fold_punctuation
from loaders.divisions import find_divisions
from loaders.evidence import evidence
from loaders.linking.settings import linking_settings
from loaders.linking.views import PolicyView
from loaders.record import Citation, Supersedes

_ROLES = {"basis": "BASED_ON", "implements": "IMPLEMENTS", "mention": "CITES"}

# 北京市经济和信息化局北京市财政局关于印发北京市高精尖产业发展资金管理办法的通知: the notice stands for what it issues.
_NOTICE = re.compile(r"^.{0,60}?关于(?:印发|发布|公布|转发)(.+)的通知$")
# 中共北京市委北京市人民政府|关于更好发挥数据要素作用…的实施意见: who issued it stands in front of some mentions and not of others.
_ISSUER = re.compile(
    r"^(.{2,40}?(?:委员会|委|人民政府|国务院|办公厅|办公室|管理局|局|部|厅|等部门))(关于.{6,})$"
)
# (试行), (修订版征求意见稿), (2023年版): tells versions of one policy apart.
_VERSION = re.compile(
    r"[(]((?:\d{4}年)?(?:试行|暂行|修订|修正|征求意见稿|意见征集稿|草案|送审稿|[新正]?版|修订版)+)[)]$"
)
_NO_LETTER = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
# Words that come and go when a policy is named from memory: 高精尖产业发展(项目)资金管理办法.
_FILLERS = re.compile("关于|若干|进一步|有关|项目|加快|推进|推动|的")
_NUMBER = re.compile(r"^(.*?)[\[(\u3014\u3010](\d{4})[\])\u3015\u3011](?:第)?(\d+)号?$")


class TitleKey(NamedTuple):
    """A title for comparing: `core` without punctuation and version, `version` ("试行", "")."""

    core: str
    version: str


@lru_cache(1 << 16)
def title_key(title: str) -> TitleKey:
    """《西城区推动文化产业高质量发展若干措施(试行)》 → ("西城区推动文化产业高质量发展若干措施", "试行"); a notice stands for what it issues."""
    text = "".join(fold_punctuation(title).split()).strip("\u300a\u300b\u3008\u3009")
    notice = _NOTICE.match(text)
    if notice:
        text = notice[1].strip("\u300a\u300b\u3008\u3009")
    version = _VERSION.search(text)
    core = text[: version.start()] if version else text
    return TitleKey(_NO_LETTER.sub("", core), version[1] if version else "")


def number_key(doc_number: str | None) -> str | None:
    """京经信发[2021]84号 and 京经信发〔2021〕84号 are one number; None stays None."""
    if doc_number is None:
        return None
    text = "".join(fold_punctuation(doc_number).split())
    parts = _NUMBER.match(text)
    return f"{parts[1]}\u3014{parts[2]}\u3015{int(parts[3])}号" if parts else text


@lru_cache(1 << 16)
def skeleton(title: str) -> str:
    """What is left of a title without the place in front, its version and the words that come and go."""
    core = title_key(title).core
    first = next(iter(find_divisions(core)), None)
    if first is not None and first.start == 0:
        core = core[first.end :]
    return _FILLERS.sub("", core)


@dataclass(frozen=True, slots=True)
class Open:
    """A title that stays open: in which policy it stands, and the ids of the policies that it may mean."""

    policy: str
    title: str
    doc_number: str | None
    candidates: tuple[str, ...]


class PolicyNames:
    """Knows the titles of the corpus and all titles that its policies name."""

    def __init__(self, policies: Iterable[PolicyView]) -> None:
        ordered = sorted(policies, key=lambda policy: policy.id)
        self._by_key: dict[TitleKey, list[PolicyView]] = {}
        self._by_number: dict[str, list[PolicyView]] = {}
        # By skeleton and place: of the place itself, and of all that lies below it (促进人工智能发展若干措施 is found in every city).
        self._of_place: dict[tuple[str, str | None], list[PolicyView]] = {}
        self._below: dict[tuple[str, str], list[PolicyView]] = {}
        self._by_skeleton: dict[str, list[PolicyView]] = {}
        for policy in ordered:
            self._by_key.setdefault(title_key(policy.title), []).append(policy)
            self._place(policy)
            number = number_key(policy.doc_number)
            if number:
                self._by_number.setdefault(number, []).append(policy)
        self._issued: dict[TitleKey, list[tuple[str, str]]] = {}
        self._titles: dict[str, str] = {}
        self._numbered: dict[TitleKey, set[str]] = {}
        self._named: dict[TitleKey, str] = {}
        for policy in ordered:
            for one in policy.references:
                self._know(one.title, one.doc_number)
        # What one name may mean is said once for all policies that use it: the union of what it may mean in each.
        self._candidates: dict[str, set[str]] = {}
        for policy in ordered:
            for one in policy.references:
                own, candidates = self._resolve(policy, one.title, one.doc_number)
                self._candidates.setdefault(own, set()).update(candidates)
        most = linking_settings().caps.candidates
        for own, several in self._candidates.items():
            if len(several) > most:
                self._candidates[own] = set(sorted(several)[:most])

    def _place(self, policy: PolicyView) -> None:
        bones = skeleton(policy.title)
        own = policy.division.code if policy.division else None
        self._by_skeleton.setdefault(bones, []).append(policy)
        self._of_place.setdefault((bones, own), []).append(policy)
        for upper in policy.uppers:
            self._below.setdefault((bones, upper.code), []).append(policy)

    def find(self, name: str) -> str | None:
        """The id of the one policy that a name without 《》 is the title of, among the corpus and all titles named; None where there is none."""
        key = title_key(name)
        known = self._by_key.get(key, [])
        return known[0].id if len(known) == 1 else self._named.get(key)

    def resolve(self, policy: PolicyView, title: str, doc_number: str | None) -> str:
        """The id of what a title in `policy` means: a policy of the corpus, or a node of its own, which may stay open."""
        return self._resolve(policy, title, doc_number)[0]

    def _resolve(self, policy: PolicyView, title: str, doc_number: str | None) -> tuple[str, tuple[str, ...]]:
        """The id, and the candidates where it is a node of its own."""
        number, key = number_key(doc_number), title_key(title)
        same_number = [one for one in self._by_number.get(number or "", []) if one is not policy]
        if len(same_number) == 1:
            return same_number[0].id, ()
        possible = [one for one in self._possible(policy, title) if self._may_be(policy, one, number)]
        exact = [
            one
            for one in possible
            if title_key(one.title) == key and not one.draft and number_key(one.doc_number) == number
        ]
        issued = self._issued_by_own_upper(policy, key) if number is None and not possible else None
        if issued is not None:
            return issued, ()
        namesakes = self._numbered.get(key, set()) if number is None else set()
        if len(exact) == 1 and len(possible) == 1 and not namesakes:
            return exact[0].id, ()
        own = _named_id(key, number)
        if not possible and len(namesakes) == 1:
            return next(iter(namesakes)), ()
        return own, tuple(sorted({one.id for one in possible} | namesakes - {own}))

    def carried_out(self, policy: PolicyView) -> set[str]:
        """Ids of the policies that a policy carries out or is based on, or may be."""
        found: set[str] = set()
        for one in policy.references:
            if one.carries_out:
                end = self.resolve(policy, one.title, one.doc_number)
                found |= {end, *self._candidates.get(end, ())}
        return found

    def links(self, policy: PolicyView, opened: list[Open]) -> Iterator[Node | Edge]:
        """The edges from a policy to those it names, and the nodes of those not in the corpus. Adds to `opened` what stays open with candidates."""
        record = policy.record
        replaced = [("SUPERSEDES", fact) for fact in record.supersedes]
        cited = [(_ROLES[fact.role], fact) for fact in record.cites]
        done: dict[str, set[str]] = {}
        facts: list[tuple[str, Supersedes | Citation]] = [*replaced, *cited]
        for type_, fact in sorted(facts, key=lambda item: (item[0] == "CITES", item[1].span)):
            end = self.resolve(policy, fact.title, fact.doc_number)
            types = done.setdefault(end, set())
            if type_ in types or (type_ == "CITES" and types):
                continue
            types.add(type_)
            if end in self._titles:
                candidates = tuple(sorted(self._candidates[end]))
                yield self._named_node(end, fact, policy, candidates)
                if candidates:
                    opened.append(Open(policy.id, fact.title, fact.doc_number, candidates))
            yield Edge(type_, policy.id, end, {**evidence(record, fact.span), **policy.corrected_by(fact)})

    def _know(self, title: str, doc_number: str | None) -> None:
        key, number = title_key(title), number_key(doc_number)
        own = _named_id(key, number)
        shown = "".join(title.split())
        self._titles[own] = min(shown, self._titles.get(own, shown))
        issued = _ISSUER.match(key.core)
        if issued:
            self._issued.setdefault(TitleKey(issued[2], key.version), []).append((issued[1], own))
        if number is None:
            self._named[key] = own
        else:
            self._numbered.setdefault(key, set()).add(own)
            self._named.setdefault(key, own)

    def _issued_by_own_upper(self, policy: PolicyView, key: TitleKey) -> str | None:
        """The one named document that differs from a title by the issuer in front alone, if that is of the policy's city, province or the
        nation: 关于更好发挥数据要素作用…的实施意见 in a policy of 北京市 is 中共北京市委北京市人民政府关于…"""
        own = {one.name for one in (*policy.uppers, policy.division) if one is not None}
        found = [
            id_
            for issuer, id_ in self._issued.get(key, [])
            if (places := find_divisions(issuer)) == []
            or own.intersection(one.name for place in places for one in place.candidates)
        ]
        return found[0] if len(set(found)) == 1 else None

    def _possible(self, policy: PolicyView, title: str) -> list[PolicyView]:
        """Policies of the corpus that a title may mean in `policy`: with the same skeleton, of places above, below or the same, or unknown."""
        bones = skeleton(title)
        if not bones:
            return []
        if policy.division is None:
            return self._by_skeleton.get(bones, [])
        places = [policy.division.code, *(one.code for one in policy.uppers), None]
        found = [one for place in places for one in self._of_place.get((bones, place), [])]
        return found + self._below.get((bones, policy.division.code), [])

    def _may_be(self, policy: PolicyView, other: PolicyView, number: str | None) -> bool:
        """Whether number, place and date let `policy` mean `other`."""
        if other is policy:
            return False
        other_number = number_key(other.doc_number)
        if number and other_number and number != other_number:
            return False
        if policy.division and other.division and not _related(policy, other):
            return False
        own_date, other_date = _date(policy), _date(other)
        return not (own_date and other_date and other_date > own_date)

    def _named_node(
        self, own: str, fact: Supersedes | Citation, policy: PolicyView, candidates: tuple[str, ...]
    ) -> Node:
        properties: dict[str, Value] = {
            "title": self._titles[own],
            "in_corpus": False,
            "documents": [policy.record.source],
        }
        number = number_key(fact.doc_number)
        if number is not None:
            properties["doc_number"] = number
        if candidates:
            properties["candidates"] = list(candidates)
        return Node("Policy", own, properties)


def _named_id(key: TitleKey, number: str | None) -> str:
    return content_id("policy", None, key.core, key.version, number)


def _related(policy: PolicyView, other: PolicyView) -> bool:
    """Whether one policy's division lies in the other's, or they are of one division."""
    if policy.division == other.division:
        return True
    return other.division in policy.uppers or policy.division in other.uppers


def _date(policy: PolicyView) -> str | None:
    """The day, or at least the year, that a policy is from: issue, begin, or the year of its number."""
    if policy.dated:
        return policy.dated
    parts = _NUMBER.match(number_key(policy.doc_number) or "")
    return parts[2] if parts else None
