"""Every worked example of the annotators' chains, to the yuan (tests/gold/links.json, "chains").

Each example names its clause by the chain's steps; `chosen` says which of a clause's offers the example means, in the words that tell them apart.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from queries.amounts import Given, choose, total, work_out
from queries.clauses import load_facts
from tests.queries.gold import DAY, FOLDER, Gold

CHAINS = json.loads((FOLDER / "links.json").read_text(encoding="utf-8"))["chains"]
EXAMPLES = [
    pytest.param(chain, example, id=f"{chain['title'][:8]}-{i}")
    for chain in CHAINS
    for i, example in enumerate([chain["worked_example"], *chain["more_examples"]])
]

# What an example says beside its sums → the words of the offer that it means.
WORDS = {
    "industrial_ai": "工业智能",
    "总部企业": "总部企业",
    "外贸企业": "外贸企业",
    "平台": "专业技术平台",
    "赋能小微": "赋能小微",
}
# The clause that a chain is worked out on, where no district is named.
CLAUSES = {
    "新智造100": ("001-19", ["第九条"]),
    "算力": ("001-17", ["第六条"]),
    "机器人首试首用": ("001-13", ["第四条"]),
    "工业互联网平台": ("001-01", ["第四条"]),
    "游戏平台": ("001-11", ["二"]),
    "总部与外贸": ("001-05", ["第一条", "4"]),
}
BY_DISTRICT = {
    ("同一笔市级首台(套)补贴", "丰台区"): ("004", ["第六条", "(3)"]),
    ("同一笔市级首台(套)补贴", "通州区"): ("001-19", ["第五条"]),
    ("同一笔市级首台(套)补贴", "北京经济技术开发区"): ("001-13", ["第四条"]),
    ("算力", "丰台区"): ("004", ["第一条"]),
    ("算力", "朝阳区"): ("001-18", ["5"]),
    ("同拿国家或市级科技项目", "石景山区"): ("001-01", ["第三条"]),
    ("同拿国家或市级科技项目", "丰台区"): ("004", ["第四条", "(4)"]),
    ("同拿国家或市级科技项目", "北京经济技术开发区"): ("001-15", ["二", "(二)", "5"]),
}


@pytest.mark.parametrize(("chain", "example"), EXAMPLES)
def test_example_comes_out_to_the_yuan(gold: Gold, chain: dict[str, Any], example: dict[str, Any]) -> None:
    given = example["given"]
    policy, cite = _clause(chain["title"], given)
    [facts] = load_facts(gold.store, [gold.clause(policy, cite)], DAY)
    sets = given.get("catalogue_sets")
    worked = work_out(
        facts,
        Given(
            city_award=given.get("city_award_cny", given.get("upper_award_cny")) or None,
            national_award=given.get("national_award_cny"),
            cost=given.get("compute_cost_cny", given.get("platform_investment_cny")),
            units={"台套": sets} if sets else {},
        ),
    )
    chosen = [item for item in worked if item.basis.value in _bases(given)]
    for word in (WORDS.get(key if value is True else str(value), "") for key, value in given.items()):
        chosen = (choose(chosen, word) if word else chosen) or chosen
    if "算力" in chain["title"]:
        chosen = choose(chosen, "算力券") or chosen[:1]
    if "platform_investment_cny" in given:
        chosen = choose(chosen, "平台建设投入")
    if not sets:
        chosen = chosen[:1]
    amount = total(chosen)
    assert amount.low == amount.high == example["district_pays_cny"]
    assert all(item.quote in facts.text for item in chosen)


def test_city_and_district_together_on_compute(gold: Gold) -> None:
    # 市级至多 5000000×20%=1000000,合计至多 1500000
    [city] = load_facts(gold.store, [gold.clause("000", ["一", "方向3"])], DAY)
    [paid] = work_out(city, Given(cost=5_000_000))
    assert paid.exact == 1_000_000
    [paid] = work_out(city, Given(cost=1_000_000))
    assert paid.exact == 200_000


def _clause(title: str, given: dict[str, Any]) -> tuple[str, list[str]]:
    for (start, district), place in BY_DISTRICT.items():
        if title.startswith(start) and given.get("district") == district:
            return place
    if given.get("kind") == "外贸企业":
        return "001-05", ["第三条", "1"]
    return next(place for start, place in CLAUSES.items() if title.startswith(start))


def _bases(given: dict[str, Any]) -> set[str]:
    if given.get("compute_cost_cny") or given.get("platform_investment_cny"):
        return {"cost"}
    return {"city_award", "national_award"} | ({"fixed"} if given.get("catalogue_sets") else set())
