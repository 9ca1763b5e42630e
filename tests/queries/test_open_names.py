"""Names that stay open between several policies or agencies: told with every candidate, and of a city only those that it names."""

from __future__ import annotations

from graph.builds import open_build
from graph.model import Graph, Value, coded_id, content_id
from graph.schema import load_schema
from graph.store import Store
from queries.coverage import open_names

CITY, OTHER = "110000", "330300"


def test_a_name_is_told_with_its_candidates(store: Store) -> None:
    with open_build(store) as build:
        build.load(_two_cities(), {})
    policy = [("某办法", "某办法(2020年版)"), ("某办法", "某办法(2023年版)")]
    agency = [("发改局", "市发改局")]
    assert _told(store) == [*agency, *policy]
    # a policy of 甲市 names the policy, the agency is one of 乙市
    assert _told(store, CITY) == policy
    assert _told(store, OTHER) == agency


def _told(store: Store, city: str | None = None) -> list[tuple[str, str]]:
    return [(one.name, one.candidate_name) for one in open_names(store, city=city)]


def _two_cities() -> Graph:
    """A policy of 甲市 names 某办法, which may be either of two policies of 乙市; 发改局 may be an agency of 乙市."""
    graph = Graph(load_schema())
    for code, name in ((CITY, "甲市"), (OTHER, "乙市")):
        place: dict[str, Value | None] = {"code": code, "name": name, "kind": "city", "aliases": []}
        graph.add_node("District", coded_id("district", code), place)
    naming = _policy(graph, CITY, "甲市措施")
    several = sorted(_policy(graph, OTHER, f"某办法({year}年版)") for year in (2020, 2023))
    named = content_id("policy", "", "某办法")
    graph.add_node(
        "Policy",
        named,
        {"title": "某办法", "in_corpus": False, "documents": ["a.txt"], "candidates": several},
    )
    graph.add_edge("CITES", naming, named, _evidence("某办法"))
    full = content_id("agency", "市发改局")
    for name, candidates in (("市发改局", None), ("发改局", [full])):
        graph.add_node(
            "Agency",
            content_id("agency", name),
            {"name": name, "district": OTHER, "documents": ["a.txt"], "candidates": candidates},
        )
    return graph


def _policy(graph: Graph, code: str, title: str) -> str:
    id_ = content_id("policy", code, title)
    own: dict[str, Value | None] = {
        "title": title,
        "in_corpus": True,
        "jurisdiction": code,
        "level": "municipal",
        "draft": False,
        "unread_count": 0,
        "document": "a.txt",
        "documents": ["a.txt"],
    }
    graph.add_node("Policy", id_, own)
    graph.add_edge("APPLIES_IN", id_, coded_id("district", code), _evidence(title))
    return id_


def _evidence(quote: str) -> dict[str, Value | None]:
    return {"document": "a.txt", "cite": [], "span_start": 0, "span_end": len(quote), "quote": quote}
