"""MATCHES_CITY_LEVEL between rules: a district lets its support stack with a city's fund, and the city asks its districts to cofund it.

Matches that clauses state are for city_level.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from graph.model import Edge
from loaders.evidence import evidence
from loaders.linking.exclusions import Allowance
from loaders.linking.settings import linking_settings
from loaders.linking.views import plain
from loaders.linking.wording import Wording


def link_shared_funds(allowances: Sequence[Allowance], wording: Wording) -> Iterator[Edge]:
    """The edges, given all rules that let stack, from rules that let stack to sentences that ask for cofunding, where the rule names the fund; a few for each rule.

    符合北京市高精尖等市级政策规定的,可同时申报享受市、区两级政策支持 names the fund of 北京市高精尖产业发展资金管理办法, whose 第九条
    says 鼓励各区对高精尖资金支持的项目和机构给予配套.
    """
    asking: dict[str, list[Allowance]] = {}
    for allowance in allowances:
        if allowance.stacking.with_ == "district" and allowance.policy.division is not None:
            asking.setdefault(allowance.policy.division.code, []).append(allowance)
    for some in asking.values():
        some.sort(key=lambda one: one.clause.id)
    for letting in allowances:
        if letting.stacking.with_ == "municipal" and letting.stacking.clause is None:
            found = (
                (asked, fund)
                for upper in letting.policy.uppers
                for asked in asking.get(upper.code, [])
                if (fund := _fund(letting, asked, wording)) is not None
            )
            for asked, fund in islice(found, linking_settings().caps.upper_policies):
                yield _edge(letting, asked, fund)


def _fund(letting: Allowance, asked: Allowance, wording: Wording) -> str | None:
    """The rarest word that a rule shares with the title of the city's policy, the city's own name aside."""
    shared = wording.shared_words(plain(letting.stacking.quote), plain(asked.policy.title))
    places = {name for one in letting.policy.uppers for name in (one.name, one.short)}
    return next((word for word in shared if word not in places), None)


def _edge(letting: Allowance, asked: Allowance, fund: str) -> Edge:
    record = letting.policy.record
    return Edge(
        "MATCHES_CITY_LEVEL",
        letting.clause.id,
        asked.clause.id,
        {
            "kind": "aligned",
            "strength": "sure",
            "why": f"规则呼应:一方允许与“{fund}”资金同时享受,一方鼓励各区给予配套",
            **evidence(record, letting.stacking.span, letting.clause.cite),
        },
    )
