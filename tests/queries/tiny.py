"""A graph small enough to answer every question on it by hand: a city, three districts, a development area, eight policies.

On 2026-06-01: 市办法 is in force until 2027-12-31 and a draft would replace it; 甲措施 is in force until 2028-12-31 and has replaced 甲旧办法, which
is only named; 甲智能 is in force until 2026-12-31; 乙数字 states three years from an unknown day; 乙人才 lapsed on 2025-12-31; 新区算力 states no term;
of 丙区 nothing is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from graph.model import Graph, coded_id, content_id
from graph.schema import load_schema

DAY = "2026-06-01"
CITY, JIA, YI, BING, NEW = "990000", "990101", "990102", "990103", "990000-new"
SMALL_GIANT = "专精特新“小巨人”企业"
CITY_SRDI = "市级专精特新企业"
TOPICS = {
    "compute-rental": "算力租用与算力券",
    "first-use": "首台(套)首批次与首试首用",
    "srdi-hightech": "专精特新与高新技术企业认定",
    "talent": "人才引育",
    "upper-project-match": "国家与市级项目、课题资金配套",
}


@dataclass
class _Policy:
    """A policy under construction: clauses are laid one behind the other in its text."""

    graph: Graph
    name: str
    document: str
    id: str
    title: str
    jurisdiction: str
    length: int = 0
    clauses: dict[str, str] = field(default_factory=dict)
    topics: set[str] = field(default_factory=set)

    def evidence(self, cite: list[str], quote: str) -> dict[str, object]:
        clause = self.graph.node(self.clauses["".join(cite)])
        assert clause is not None
        text, begin = str(clause.properties["text"]), int(str(clause.properties["span_start"]))
        start = begin + text.index(quote)
        return {
            "document": self.document,
            "cite": cite,
            "span_start": start,
            "span_end": start + len(quote),
            "quote": quote,
        }

    def clause(
        self, cite: str, text: str, *, heading: str | None = None, topics: dict[str, str] | None = None
    ) -> str:
        """A clause; `topics` maps a topic to the words that tell of it."""
        id = content_id("clause", self.id, [cite])
        self.graph.add_node(
            "Clause",
            id,
            {
                "policy": self.id,
                "policy_title": self.title,
                "document": self.document,
                "cite": [cite],
                "order": len(self.clauses),
                "heading": heading,
                "topics": sorted(topics) if topics else None,
                "text": text,
                "span_start": self.length,
                "span_end": self.length + len(text),
            },
        )
        self.length += len(text)
        self.clauses[cite] = id
        order = len(self.clauses) - 1
        self.graph.add_edge("HAS_CLAUSE", self.id, id, {**self.evidence([cite], text[:4]), "order": order})
        for topic, words in (topics or {}).items():
            self.graph.add_edge("ABOUT", id, coded_id("topic", topic), self.evidence([cite], words))
            self.topics.add(topic)
        policy = self.graph.node(self.id)
        assert policy is not None
        if self.topics:
            policy.properties["topics"] = sorted(self.topics)
        return id

    def benefit(
        self,
        cite: str,
        kind: str,
        value: float,
        quote: str,
        *,
        unit: str = "CNY",
        per: str | None = None,
        period: str | None = None,
    ) -> None:
        clause = self.clauses[cite]
        evidence = self.evidence([cite], quote)
        id = content_id("benefit", clause, kind, value, unit, evidence["span_start"])
        order = sum(edge.start == clause for edge in self.graph.edges("GRANTS"))
        own = {"kind": kind, "value": value, "unit": unit, "per": per, "period": period, "order": order}
        self.graph.add_node("Benefit", id, {**evidence, **own})
        self.graph.add_edge("GRANTS", clause, id, evidence)

    def threshold(self, cite: str, value: float, quote: str, unit: str = "CNY") -> None:
        clause = self.clauses[cite]
        evidence = self.evidence([cite], quote)
        id = content_id("amount", clause, "threshold", value, unit, evidence["span_start"])
        self.graph.add_node(
            "Amount", id, {**evidence, "kind": "threshold", "value": value, "unit": unit, "order": 0}
        )
        self.graph.add_edge("REQUIRES", clause, id, evidence)

    def honor(self, cite: str, honor: str, quote: str) -> None:
        self.graph.add_edge(
            "REWARDS", self.clauses[cite], content_id("honor", honor), self.evidence([cite], quote)
        )

    def match(self, cite: str, type: str, upper: str, quote: str, **own: object) -> None:
        known = {"kind": "cofunding", "strength": "sure", "why": "原文写明", **own}
        self.graph.add_edge(type, self.clauses[cite], upper, {**self.evidence([cite], quote), **known})  # type: ignore[dict-item]

    def excludes(
        self, cite: str, scope: str, rule: str, target: str, quote: str, holds_for: list[str] | None = None
    ) -> None:
        own = {
            "scope": scope,
            "rule": rule,
            "derived": False,
            "by": self.clauses[cite],
            "holds_for": holds_for,
        }
        self.graph.add_edge("EXCLUDES", self.clauses[cite], target, {**self.evidence([cite], quote), **own})  # type: ignore[dict-item]

    def stacks(self, cite: str, scope: str, target: str, quote: str) -> None:
        self.graph.add_edge(
            "STACKS_WITH", self.clauses[cite], target, {**self.evidence([cite], quote), "scope": scope}
        )  # type: ignore[dict-item]

    def agency(self, cite: str, agency: str, role: str, quote: str, *, whole: bool = False) -> None:
        start = self.id if whole else self.clauses[cite]
        self.graph.add_edge(
            "ADMINISTERED_BY",
            start,
            content_id("agency", agency),
            {**self.evidence([cite], quote), "role": role},
        )  # type: ignore[dict-item]


@dataclass(frozen=True)
class Tiny:
    """The graph, and the policies by the short names that the tests use."""

    graph: Graph
    policies: dict[str, str]
    clauses: dict[str, str]

    def clause(self, name: str) -> str:
        """The id of "甲措施/第一条"."""
        return self.clauses[name]


@cache
def tiny() -> Tiny:
    """The graph; the same object every time, for nobody changes it."""
    graph = Graph(load_schema())
    _places(graph)
    policies = _policies(graph)
    clauses = {
        f"{name}/{cite}": id for name, policy in policies.items() for cite, id in policy.clauses.items()
    }
    assert graph.check() == []
    return Tiny(graph, {name: policy.id for name, policy in policies.items()}, clauses)


def _places(graph: Graph) -> None:
    kinds = {
        CITY: ("测试市", "city"),
        JIA: ("甲区", "district"),
        YI: ("乙区", "district"),
        BING: ("丙区", "district"),
    }
    for code, (name, kind) in {**kinds, NEW: ("测试新区", "development_area")}.items():
        aliases = ["新区"] if code == NEW else []
        own = {"code": code, "name": name, "kind": kind, "aliases": aliases}
        graph.add_node("District", coded_id("district", code), own)
        if code != CITY:
            upper = coded_id("district", CITY)
            graph.add_edge("PART_OF", coded_id("district", code), upper, {"source": "测试"})
    graph.add_edge("OVERLAPS", coded_id("district", NEW), coded_id("district", YI), {"source": "测试"})
    for code, name in TOPICS.items():
        graph.add_node("Topic", coded_id("topic", code), {"code": code, "name": name})
    for honor, level in ((SMALL_GIANT, "national"), (CITY_SRDI, "municipal")):
        own = {"name": honor, "level": level, "documents": ["jia.txt"]}
        graph.add_node("Honor", content_id("honor", honor), own)
    for name in ("人工智能", "先进制造"):
        graph.add_node("Industry", content_id("industry", name), {"name": name})
    for name, code in (("甲区经济和信息化局", JIA), ("甲区经信局", JIA), ("测试市财政局", CITY)):
        own = {"name": name, "district": code, "documents": ["jia.txt"]}
        graph.add_node("Agency", content_id("agency", name), own)
    national = {"name": "国家重大专项", "level": "national", "documents": ["yi.txt"]}
    graph.add_node("Programme", content_id("programme", "国家重大专项", "national"), national)


def _policy(graph: Graph, name: str, title: str, code: str, **own: object) -> _Policy:
    id = content_id("policy", code, title)
    document = f"{code}-{name}.txt"
    known = {
        "title": title,
        "in_corpus": True,
        "jurisdiction": code,
        "document": document,
        "documents": [document],
    }
    level = "municipal" if code == CITY else "district"
    graph.add_node("Policy", id, {**known, "level": level, "draft": False, "unread_count": 0, **own})  # type: ignore[dict-item]
    policy = _Policy(graph, name, document, id, title, code)
    evidence = {"document": document, "cite": [], "span_start": 0, "span_end": 2, "quote": title[:2]}
    graph.add_edge("APPLIES_IN", id, coded_id("district", code), evidence)  # type: ignore[arg-type]
    return policy


def _policies(graph: Graph) -> dict[str, _Policy]:
    city = _policy(
        graph, "市办法", "测试市产业资金管理办法", CITY,
        doc_number="测发〔2025〕1号", effective_from="2025-01-01", effective_to="2027-12-31",
    )  # fmt: skip
    draft = _policy(graph, "市草案", "测试市产业资金管理办法(修订征求意见稿)", CITY, draft=True)
    jia = _policy(
        graph,
        "甲措施",
        "甲区支持先进制造若干措施",
        JIA,
        effective_from="2025-06-01",
        effective_to="2028-12-31",
    )
    smart = _policy(
        graph,
        "甲智能",
        "甲区促进人工智能若干措施",
        JIA,
        effective_from="2025-01-01",
        effective_to="2026-12-31",
    )
    yi = _policy(
        graph, "乙数字", "乙区支持数字经济若干措施", YI, effective_rule="issue", valid_years=3, unread_count=2
    )
    talent = _policy(graph, "乙人才", "乙区促进人才若干措施", YI, effective_to="2025-12-31")
    new = _policy(graph, "新区算力", "测试新区支持算力若干措施", NEW)
    _city_clauses(city, draft)
    _jia_clauses(jia, smart, city)
    _yi_clauses(yi, talent, new)
    _links(graph, city, draft, jia, smart, yi)
    return {policy.name: policy for policy in (city, draft, jia, smart, yi, talent, new)}


def _city_clauses(city: _Policy, draft: _Policy) -> None:
    area = coded_id("district", CITY)
    city.clause(
        "第一条",
        "对租用算力的企业,按照不超过实际费用的20%给予最高3000万元补贴。",
        topics={"compute-rental": "租用算力"},
    )
    city.benefit("第一条", "rate", 0.2, "不超过实际费用的20%", unit="share")
    city.benefit("第一条", "cap", 30_000_000, "最高3000万元", per="企业")
    city.clause("第二条", "对首台(套)产品,给予最高500万元奖励。", topics={"first-use": "首台(套)产品"})
    city.benefit("第二条", "cap", 5_000_000, "最高500万元")
    city.clause("第三条", "已获得其他市级财政资金支持的,不再重复支持。")
    city.excludes(
        "第三条", "same_level_funds", "not_again", area, "已获得其他市级财政资金支持的,不再重复支持"
    )
    city.clause("第四条", "鼓励各区对本办法支持的项目给予配套。由测试市财政局负责解释。")
    city.stacks("第四条", "district", area, "鼓励各区对本办法支持的项目给予配套")
    city.agency("第四条", "测试市财政局", "interpreter", "由测试市财政局负责解释", whole=True)
    draft.clause("第一条", "支持首台(套)产品推广应用。原办法同时废止。", topics={"first-use": "首台(套)产品"})


def _jia_clauses(jia: _Policy, smart: _Policy, city: _Policy) -> None:
    area = coded_id("district", JIA)
    jia.clause(
        "第一条",
        "对租用算力的企业,按照实际投入的30%给予最高200万元支持,工业智能企业最高支持300万元,连续支持不超过2年。(责任单位:甲区经济和信息化局)",
        topics={"compute-rental": "租用算力"},
    )
    jia.benefit("第一条", "rate", 0.3, "实际投入的30%", unit="share")
    jia.benefit("第一条", "cap", 2_000_000, "最高200万元", per="企业")
    jia.benefit("第一条", "cap", 3_000_000, "最高支持300万元", per="企业")
    jia.benefit("第一条", "years", 2, "不超过2年", unit="year")
    jia.agency("第一条", "甲区经济和信息化局", "responsible", "责任单位:甲区经济和信息化局")
    jia.clause(
        "第二条",
        "对获得市级首台(套)奖励超过20万元的企业,按照市级奖励的50%给予最高100万元配套。",
        heading="支持首试首用",
        topics={"first-use": "首台(套)"},
    )
    jia.benefit("第二条", "rate", 0.5, "市级奖励的50%", unit="share")
    jia.benefit("第二条", "cap", 1_000_000, "最高100万元", per="企业")
    jia.threshold("第二条", 200_000, "市级首台(套)奖励超过20万元")
    jia.match(
        "第二条", "MATCHES_CITY_LEVEL", city.clauses["第二条"], "按照市级奖励的50%给予最高100万元配套",
        rate=0.5, cap=1_000_000, target="市级首台(套)奖励", topic="first-use",
    )  # fmt: skip
    jia.clause(
        "第三条",
        "对首次认定的国家专精特新“小巨人”企业、市级专精特新企业,分别一次性给予50万元、20万元奖励,晋级享受差额奖励。",
        topics={"srdi-hightech": "专精特新"},
    )
    jia.benefit("第三条", "fixed", 500_000, "给予50万元", per="企业", period="once")
    jia.benefit("第三条", "fixed", 200_000, "50万元、20万元", per="企业", period="once")
    jia.honor("第三条", SMALL_GIANT, "国家专精特新“小巨人”企业")
    jia.honor("第三条", CITY_SRDI, "市级专精特新企业")
    jia.excludes("第三条", "clause", "difference_only", jia.id, "晋级享受差额奖励", ["第三条"])
    jia.clause(
        "第四条",
        "同一项目符合本措施多项条款的,按照从优不重复原则支持。符合市级政策规定的,可同时享受市、区两级支持。由甲区经济和信息化局负责解释。《甲区旧办法》(甲发〔2020〕9号)同时废止。",
    )
    jia.excludes(
        "第四条", "within_policy", "best", jia.id, "同一项目符合本措施多项条款的,按照从优不重复原则支持"
    )
    jia.stacks(
        "第四条", "municipal", coded_id("district", CITY), "符合市级政策规定的,可同时享受市、区两级支持"
    )
    jia.agency("第四条", "甲区经济和信息化局", "interpreter", "由甲区经济和信息化局负责解释", whole=True)
    smart.clause(
        "第一条",
        "对租用算力的企业,按照实际投入的30%给予最高200万元支持。",
        topics={"compute-rental": "租用算力"},
    )
    smart.benefit("第一条", "rate", 0.3, "实际投入的30%", unit="share")
    smart.benefit("第一条", "cap", 2_000_000, "最高200万元", per="企业")
    smart.clause("第二条", "享受本措施支持的,不再享受甲区其他同类政策。由甲区经信局负责解释。")
    smart.excludes("第二条", "same_district", "not_again", area, "享受本措施支持的,不再享受甲区其他同类政策")
    smart.agency("第二条", "甲区经信局", "interpreter", "由甲区经信局负责解释", whole=True)


def _yi_clauses(yi: _Policy, talent: _Policy, new: _Policy) -> None:
    yi.clause(
        "第一条",
        "按照算力服务合同金额的40%发放算力券,每家企业每年不超过50万元。",
        topics={"compute-rental": "算力券"},
    )
    yi.benefit("第一条", "rate", 0.4, "算力服务合同金额的40%", unit="share")
    yi.benefit("第一条", "cap", 500_000, "每年不超过50万元", per="企业", period="year")
    yi.clause(
        "第二条",
        "对承担国家重大专项的企业,按照国家资金的20%给予最高200万元配套。",
        topics={"upper-project-match": "国家重大专项"},
    )
    yi.benefit("第二条", "rate", 0.2, "国家资金的20%", unit="share")
    yi.benefit("第二条", "cap", 2_000_000, "最高200万元", per="企业")
    yi.match(
        "第二条", "MATCHES_NATIONAL_LEVEL", content_id("programme", "国家重大专项", "national"),
        "按照国家资金的20%给予最高200万元配套", rate=0.2, cap=2_000_000, target="国家重大专项",
    )  # fmt: skip
    yi.clause("第三条", "同一项目同时符合测试市、乙区其他政策的,按照从优不重复原则支持。")
    yi.excludes(
        "第三条",
        "same_district",
        "best",
        coded_id("district", YI),
        "同一项目同时符合测试市、乙区其他政策的,按照从优不重复原则支持",
    )
    talent.clause("第一条", "对引进的人才,一次性给予10万元奖励。", topics={"talent": "人才"})
    talent.benefit("第一条", "fixed", 100_000, "给予10万元", per="个人", period="once")
    new.clause("第一条", "支持建设算力平台,降低企业算力成本。", topics={"compute-rental": "算力成本"})


def _links(graph: Graph, city: _Policy, draft: _Policy, jia: _Policy, smart: _Policy, yi: _Policy) -> None:
    old = content_id("policy", JIA, "甲区旧办法")
    graph.add_node(
        "Policy",
        old,
        {
            "title": "甲区旧办法",
            "doc_number": "甲发〔2020〕9号",
            "in_corpus": False,
            "documents": [jia.document],
        },
    )
    graph.add_edge(
        "SUPERSEDES", jia.id, old, jia.evidence(["第四条"], "《甲区旧办法》(甲发〔2020〕9号)同时废止")
    )  # type: ignore[arg-type]
    graph.add_edge("SUPERSEDES", draft.id, city.id, draft.evidence(["第一条"], "原办法同时废止"))  # type: ignore[arg-type]
    for policy, words in ((jia, "市级首台(套)奖励"), (yi, "国家重大专项")):
        graph.add_edge("CITES", policy.id, city.id, policy.evidence(["第二条"], words))  # type: ignore[arg-type]
    for policy, industry in ((jia, "先进制造"), (smart, "人工智能"), (yi, "人工智能")):
        words = policy.evidence(["第一条"], "算力")
        graph.add_edge("TARGETS", policy.id, content_id("industry", industry), words)  # type: ignore[arg-type]
    _pair(graph, jia, "第一条", smart, "第一条", by=(smart, "第二条"), kind="duplicate", rule="not_again", scope="same_district",
          topic="compute-rental", quote="享受本措施支持的,不再享受甲区其他同类政策", why="同一笔算力费用只能领一次")  # fmt: skip
    _pair(graph, jia, "第四条", yi, "第三条", by=(yi, "第三条"), kind="contradiction", rule="best", scope="municipal",
          quote="同一项目同时符合测试市、乙区其他政策的,按照从优不重复原则支持", why="一方允许市、区两级同时享受,另一方不允许")  # fmt: skip
    a, b = sorted((jia.clauses["第一条"], smart.clauses["第一条"]))
    own = {"score": 0.9, "duplicate": True, "topic": "compute-rental", "why": "比例和上限相同"}
    graph.add_edge("SIMILAR_TO", a, b, own)
    a, b = sorted((jia.clauses["第一条"], yi.clauses["第一条"]))
    graph.add_edge("SIMILAR_TO", a, b, {"score": 0.5, "duplicate": False, "why": "同为算力"})


def _pair(
    graph: Graph,
    one: _Policy,
    one_cite: str,
    other: _Policy,
    other_cite: str,
    *,
    by: tuple[_Policy, str],
    quote: str,
    **own: object,
) -> None:
    a, b = sorted((one.clauses[one_cite], other.clauses[other_cite]))
    policy, cite = by
    known = {"derived": True, "by": policy.clauses[cite], "strength": "sure"}
    graph.add_edge("EXCLUDES", a, b, {**policy.evidence([cite], quote), **known, **own})  # type: ignore[dict-item]
