"""Derived EXCLUDES inside one policy that clauses state themselves: for two times, for two cases, for directions of one year.

Needs no rule for the whole policy; those are for conflicts.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from graph.model import Edge
from loaders.linking.derived_pair import Ground, derived_pair, first_shared_topic
from loaders.linking.exclusions import PolicyRules
from loaders.linking.settings import linking_settings
from loaders.linking.views import ClauseView, PolicyView
from loaders.record import Pair


def link_directions(member: PolicyRules) -> Iterator[Edge]:
    """同一单位原则上只能获得2025年内高精尖项目资金单个方向支持: the directions are the paying clauses under one parent."""
    for rule in member.rules:
        if rule.exclusion.scope == "annual_single":
            ground = Ground(
                by=rule.clause,
                span=rule.exclusion.span,
                scope="annual_single",
                rule=rule.exclusion.rule,
                kind="exclusive",
                why="同一年度只能选一个方向",
            )
            for one, other in _siblings(member.policy):
                if rule.holds_for(one) and rule.holds_for(other):
                    yield derived_pair(one, other, ground)


def link_cases(policy: PolicyView) -> Iterator[Edge]:
    """Clauses side by side for two times (注册后三年内, 注册三年以上) or two cases (获得……支持的, 未获得……支持的): nobody is under both."""
    for pair in _siblings(policy):
        topic = first_shared_topic(*pair)
        if topic is None:
            continue
        for one, other in (pair, pair[::-1]):
            ground = _later_years(one, other, topic) or _denied_case(one, other, topic)
            if ground is not None:
                yield derived_pair(one, other, ground)
                break


def _siblings(policy: PolicyView) -> Iterator[tuple[ClauseView, ClauseView]]:
    """Pairs of paying clauses under one parent, in the order of the text; of long lists the first."""
    groups: dict[tuple[str, ...], list[ClauseView]] = {}
    for clause in policy.paying():
        groups.setdefault(clause.cite[:-1], []).append(clause)
    for group in groups.values():
        yield from combinations(group[: linking_settings().caps.conflict_links], 2)


def _later_years(early: ClauseView, late: ClauseView, topic: str) -> Ground | None:
    settings = linking_settings()
    first = {match["years"] for match in settings.first_years.compiled().finditer(_text(early))}
    for match in settings.later_years.compiled().finditer(_text(late)):
        if match["years"] in first:
            why = "按年限先后适用,时间上不重叠"
            return Ground(
                late, _sentence_span(late, match), "clause", "choose_one", "temporal", why, "sure", topic
            )
    return None


def _denied_case(affirming: ClauseView, denying: ClauseView, topic: str) -> Ground | None:
    match = linking_settings().denied.compiled().search(_text(denying))
    if match is None or not _affirms(_text(affirming), match["case"]):
        return None
    why = f"一条以{match['case']}为前提,另一条以未{match['case']}为前提"
    span = _sentence_span(denying, match)
    return Ground(denying, span, "clause", "choose_one", "exclusive", why, "sure", topic)


def _affirms(text: str, case: str) -> bool:
    """Whether a text has the case without a denial in front."""
    denial = re.compile("(?:未|没有|不曾)$")
    return any(not denial.search(text[: match.start()]) for match in re.finditer(re.escape(case), text))


def _text(clause: ClauseView) -> str:
    return "".join(sentence.text + "\n" for sentence in clause.sentences)


def _sentence_span(clause: ClauseView, match: re.Match[str]) -> Pair:
    """The sentence of `_text(clause)` in which a match stands."""
    return clause.sentences[_text(clause).count("\n", 0, match.start())].span
