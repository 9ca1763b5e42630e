"""A small graph for the tests of model, servers and exports: two policies of two districts, with awkward texts."""

from __future__ import annotations

from graph.model import Graph, Value, coded_id, content_id
from graph.schema import load_schema

FENGTAI = coded_id("district", "110106")
BEIJING = coded_id("district", "110000")
COMPUTE = coded_id("topic", "compute-rental")
POLICY = content_id("policy", "丰台区支持人工智能若干措施", None)
OTHER_POLICY = content_id("policy", "通州区支持数字经济实施细则", "通经信局〔2025〕1号")
NAMED_POLICY = content_id("policy", "北京市高精尖产业发展资金管理办法", "京经信发〔2021〕84号")
CLAUSE = content_id("clause", POLICY, ["第一条"])
ITEM = content_id("clause", POLICY, ["第一条", "(1)"])
OTHER_CLAUSE = content_id("clause", OTHER_POLICY, ["第六条"])
CAP = content_id("benefit", CLAUSE, "cap", 2_000_000, "CNY", 24)
RATE = content_id("benefit", CLAUSE, "rate", 0.2, "share", 17)
SCALE = content_id("amount", CLAUSE, "threshold", 10_000_000, "CNY", 5)
AGENCY = content_id("agency", "北京市丰台区科学技术和信息化局")
HONOR = content_id("honor", "专精特新“小巨人”企业")

CLAUSE_TEXT = "支持算力租用。\n对年收入1000万元以上的企业,按20%补贴,最高200万元。"
"""With a line feed, as clauses of several paragraphs have."""

FORMULA_TEXT = '=HYPERLINK("http://example.org","点此");<script>alert(1)</script> & \'引号\' \\ 反斜杠 𠮷'
"""A text that a spreadsheet, a web page or a CSV reader could take for something else."""


def evidence(
    document: str, quote: str, span_start: int, cite: tuple[str, ...] = ()
) -> dict[str, Value | None]:
    """The five properties that every fact from text carries."""
    return {
        "document": document,
        "cite": list(cite),
        "span_start": span_start,
        "span_end": span_start + len(quote),
        "quote": quote,
    }


def tiny_graph() -> Graph:
    """Ten kinds of nodes and twelve of edges, every one valid by schema.yaml."""
    graph = Graph(load_schema())
    _add_shared_nodes(graph)
    _add_policies(graph)
    _add_clauses(graph)
    _add_facts(graph)
    return graph


def _add_shared_nodes(graph: Graph) -> None:
    graph.add_node("District", BEIJING, {"code": "110000", "name": "北京市", "kind": "city"})
    graph.add_node(
        "District", FENGTAI, {"code": "110106", "name": "丰台区", "kind": "district", "aliases": ["丰台"]}
    )
    graph.add_edge("PART_OF", FENGTAI, BEIJING, {"source": "GB/T 2260"})
    graph.add_node("Topic", COMPUTE, {"code": "compute-rental", "name": "算力租用与算力券", "covers": ""})
    graph.add_node("Agency", AGENCY, {"name": "北京市丰台区科学技术和信息化局", "documents": ["a.txt"]})
    graph.add_node(
        "Honor",
        HONOR,
        {"name": "专精特新“小巨人”企业", "level": "national", "documents": ["a.txt", "b;c.txt"]},
    )


def _add_policies(graph: Graph) -> None:
    shared = {"in_corpus": True, "part": 0, "draft": False, "sha256": "0" * 64, "unread_count": 0}
    graph.add_node(
        "Policy",
        POLICY,
        {
            **shared,
            "title": "丰台区支持人工智能若干措施",
            "document": "a.txt",
            "documents": ["a.txt"],
            "level": "district",
            "effective_from": "2026-01-01",
            "effective_to": "2028-12-31",
            "valid_years": 3,
            "jurisdiction": "110106",
        },
    )
    graph.add_node(
        "Policy",
        OTHER_POLICY,
        {
            **shared,
            "title": "通州区支持数字经济实施细则",
            "doc_number": "通经信局〔2025〕1号",
            "document": "b;c.txt",
            "documents": ["b;c.txt"],
        },
    )
    graph.add_node(
        "Policy",
        NAMED_POLICY,
        {
            "title": "北京市高精尖产业发展资金管理办法",
            "doc_number": "京经信发〔2021〕84号",
            "in_corpus": False,
            "documents": ["b;c.txt"],
        },
    )
    graph.add_edge("APPLIES_IN", POLICY, FENGTAI, evidence("a.txt", "丰台区", 0))
    graph.add_edge("BASED_ON", OTHER_POLICY, NAMED_POLICY, evidence("b;c.txt", "根据《办法》", 30))
    graph.add_edge("SUPERSEDES", OTHER_POLICY, NAMED_POLICY, evidence("b;c.txt", "同时废止", 90))


def _add_clauses(graph: Graph) -> None:
    clauses = [
        (CLAUSE, POLICY, "a.txt", ["第一条"], 0, CLAUSE_TEXT, "支持算力租用"),
        (ITEM, POLICY, "a.txt", ["第一条", "(1)"], 1, FORMULA_TEXT, None),
        (OTHER_CLAUSE, OTHER_POLICY, "b;c.txt", ["第六条"], 0, "对租用算力的中小微企业发放算力券。", None),
    ]
    for id_, policy, document, cite, order, text, heading in clauses:
        known = graph.node(policy)
        assert known is not None
        graph.add_node(
            "Clause",
            id_,
            {
                "policy": policy,
                "policy_title": known.properties["title"],
                "document": document,
                "cite": cite,
                "order": order,
                "text": text,
                "heading": heading,
                "span_start": 100 * order,
                "span_end": 100 * order + len(text),
            },
        )
    graph.add_edge("HAS_CLAUSE", POLICY, CLAUSE, {**evidence("a.txt", "第一条", 0, ("第一条",)), "order": 0})
    graph.add_edge(
        "HAS_CLAUSE", CLAUSE, ITEM, {**evidence("a.txt", "(1)", 60, ("第一条", "(1)")), "order": 0}
    )
    graph.add_edge(
        "HAS_CLAUSE",
        OTHER_POLICY,
        OTHER_CLAUSE,
        {**evidence("b;c.txt", "第六条", 0, ("第六条",)), "order": 0},
    )


def _add_facts(graph: Graph) -> None:
    cap, rate, scale = "最高200万元", "按20%", "1000万元以上"
    first = ("第一条",)
    graph.add_node(
        "Benefit",
        CAP,
        {
            **evidence("a.txt", cap, 24, first),
            "kind": "cap",
            "value": 2_000_000,
            "unit": "CNY",
            "per": "企业",
            "order": 1,
        },
    )
    graph.add_node(
        "Benefit",
        RATE,
        {**evidence("a.txt", rate, 17, first), "kind": "rate", "value": 0.2, "unit": "share", "order": 0},
    )
    graph.add_node(
        "Amount",
        SCALE,
        {**evidence("a.txt", scale, 5, first), "kind": "threshold", "value": 1e7, "unit": "CNY", "order": 0},
    )
    graph.add_edge("GRANTS", CLAUSE, CAP, evidence("a.txt", cap, 24, first))
    graph.add_edge("GRANTS", CLAUSE, RATE, evidence("a.txt", rate, 17, first))
    graph.add_edge("REQUIRES", CLAUSE, SCALE, evidence("a.txt", scale, 5, first))
    graph.add_edge("ABOUT", CLAUSE, COMPUTE, evidence("a.txt", "算力租用", 2, first))
    graph.add_edge("ABOUT", OTHER_CLAUSE, COMPUTE, evidence("b;c.txt", "租用算力", 1, ("第六条",)))
    graph.add_edge("REWARDS", ITEM, HONOR, evidence("a.txt", "小巨人", 110, ("第一条", "(1)")))
    graph.add_edge(
        "ADMINISTERED_BY", CLAUSE, AGENCY, {**evidence("a.txt", "区科信局", 40, first), "role": "responsible"}
    )
    start, end = sorted([CLAUSE, OTHER_CLAUSE])
    graph.add_edge("SIMILAR_TO", start, end, {"score": 0.5, "duplicate": False, "topic": "compute-rental"})
    for scope in ("within_policy", "annual_single"):
        graph.add_edge(
            "EXCLUDES",
            ITEM,
            POLICY,
            {
                **evidence("a.txt", "从高不重复", 150, ("第一条", "(1)")),
                "scope": scope,
                "rule": "highest",
                "derived": False,
                "by": ITEM,
            },
        )
