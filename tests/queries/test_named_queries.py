"""Every named query on the tiny graph, on both servers: the rows are worked out by hand from tiny.py.

A case names the columns that it looks at; `@甲措施/第一条` stands for a clause's id and `@甲措施` for a policy's.
"""

from __future__ import annotations

from typing import Any

import pytest

from graph.builds import open_build
from graph.model import Graph, coded_id, content_id
from graph.schema import load_schema
from graph.store import Store
from queries.catalog import ALL_ROWS, fetch, load_query, query_names
from queries.names import Names
from queries.parameters import bind, run_query
from tests.queries.tiny import BING, CITY, CITY_SRDI, DAY, JIA, NEW, SMALL_GIANT, YI, Tiny

COMPUTE = coded_id("topic", "compute-rental")
Case = tuple[str, dict[str, Any], str, list[tuple[Any, ...]]]

CASES: list[Case] = [
    (
        "policies_as_of",
        {},
        "district policy_title state effective_to",
        [
            ("测试市", "测试市产业资金管理办法", "in_force", "2027-12-31"),
            ("测试市", "测试市产业资金管理办法(修订征求意见稿)", "draft", None),
            ("测试新区", "测试新区支持算力若干措施", "no_term", None),
            ("甲区", "甲区促进人工智能若干措施", "in_force", "2026-12-31"),
            ("甲区", "甲区支持先进制造若干措施", "in_force", "2028-12-31"),
            ("乙区", "乙区促进人才若干措施", "expired", "2025-12-31"),
            ("乙区", "乙区支持数字经济若干措施", "term_unknown", None),
        ],
    ),
    (
        # Before any of them began: what had not started is told apart from what had no date.
        "policies_as_of",
        {"as_of": "2024-12-31", "district": "甲区"},
        "policy_title state",
        [("甲区促进人工智能若干措施", "not_yet"), ("甲区支持先进制造若干措施", "not_yet")],
    ),
    (
        # The last day of a term is still in force, the day after is not.
        "policies_as_of",
        {"as_of": "2026-12-31", "district": "甲"},
        "policy_title state",
        [("甲区促进人工智能若干措施", "in_force"), ("甲区支持先进制造若干措施", "in_force")],
    ),
    (
        "policies_as_of",
        {"as_of": "2027-01-01", "district": JIA, "level": "district"},
        "policy_title state",
        [("甲区促进人工智能若干措施", "expired"), ("甲区支持先进制造若干措施", "in_force")],
    ),
    (
        "policies_lapsing",
        {"until": "2027-05-31"},
        "district policy_title effective_to clauses",
        [("甲区", "甲区促进人工智能若干措施", "2026-12-31", 1)],
    ),
    (
        "repeals",
        {},
        "policy_title planned old_title old_doc_number old_in_corpus",
        [
            ("测试市产业资金管理办法(修订征求意见稿)", True, "测试市产业资金管理办法", "测发〔2025〕1号", True),
            ("甲区支持先进制造若干措施", False, "甲区旧办法", "甲发〔2020〕9号", False),
        ],
    ),
    (
        "lineage",
        {"policy": "测试市产业资金管理办法"},
        "relation outgoing policy_title state",
        [
            ("CITES", False, "乙区支持数字经济若干措施", "term_unknown"),
            ("CITES", False, "甲区支持先进制造若干措施", "in_force"),
            ("SUPERSEDES", False, "测试市产业资金管理办法(修订征求意见稿)", "draft"),
        ],
    ),
    (
        "lineage",
        {"policy": "甲区支持先进制造若干措施"},
        "relation outgoing policy_title state quote",
        [
            ("CITES", True, "测试市产业资金管理办法", "in_force", "市级首台(套)奖励"),
            ("SUPERSEDES", True, "甲区旧办法", "repealed", "《甲区旧办法》(甲发〔2020〕9号)同时废止"),
        ],
    ),
    (
        "shared_basis",
        {},
        "target_title relation policy_title",
        [
            ("测试市产业资金管理办法", "CITES", "乙区支持数字经济若干措施"),
            ("测试市产业资金管理办法", "CITES", "甲区支持先进制造若干措施"),
        ],
    ),
    (
        "policies_without_exclusion",
        {},
        "district policy_title state clauses",
        [
            ("测试新区", "测试新区支持算力若干措施", "no_term", 1),
            ("乙区", "乙区促进人才若干措施", "expired", 1),
        ],
    ),
    (
        "topic_cells",
        {"topics": "算力租用与算力券"},
        "district support clauses lapsed_clauses other_clauses",
        [
            ("测试新区", "supported", 1, 0, 0),
            ("甲区", "supported", 2, 0, 0),
            ("乙区", "supported", 1, 0, 0),
            ("丙区", "nothing_loaded", 0, 0, 0),
        ],
    ),
    (
        # The four states in one column: never mixed up.
        "topic_cells",
        {"topics": ["talent"], "city": CITY},
        "district support lapsed_clauses",
        [
            ("测试新区", "not_found", 0),
            ("甲区", "not_found", 0),
            ("乙区", "expired", 1),
            ("丙区", "nothing_loaded", 0),
        ],
    ),
    (
        "district_topics",
        {},
        "district loaded supported expired pending",
        [
            ("测试新区", 1, ["compute-rental"], [], []),
            ("甲区", 2, ["compute-rental", "first-use", "srdi-hightech"], [], []),
            ("乙区", 2, ["compute-rental", "upper-project-match"], ["talent"], []),
            ("丙区", 0, [], [], []),
        ],
    ),
    (
        "district_topics",
        {"as_of": "2024-12-31"},
        "district supported pending",
        [
            ("测试新区", ["compute-rental"], []),
            ("甲区", [], ["compute-rental", "first-use", "srdi-hightech"]),
            ("乙区", ["compute-rental", "talent", "upper-project-match"], []),
            ("丙区", [], []),
        ],
    ),
    (
        "district_honors",
        {},
        "district loaded supported",
        [("测试新区", 1, []), ("甲区", 2, [SMALL_GIANT, CITY_SRDI]), ("乙区", 2, []), ("丙区", 0, [])],
    ),
    (
        "district_industries",
        {"city": "测试市"},
        "district supported",
        [("测试新区", []), ("甲区", ["人工智能", "先进制造"]), ("乙区", ["人工智能"]), ("丙区", [])],
    ),
    (
        "topic_benefits",
        {"topics": "compute-rental"},
        "district cite kind value unit per period quote",
        [
            ("测试市", ["第一条"], "rate", 0.2, "share", None, None, "不超过实际费用的20%"),
            ("测试市", ["第一条"], "cap", 30_000_000.0, "CNY", "企业", None, "最高3000万元"),
            ("测试新区", ["第一条"], None, None, None, None, None, "支持建设算力平台,降低企业算力成本。"),
            ("甲区", ["第一条"], "rate", 0.3, "share", None, None, "实际投入的30%"),
            ("甲区", ["第一条"], "cap", 2_000_000.0, "CNY", "企业", None, "最高200万元"),
            ("甲区", ["第一条"], "rate", 0.3, "share", None, None, "实际投入的30%"),
            ("甲区", ["第一条"], "cap", 2_000_000.0, "CNY", "企业", None, "最高200万元"),
            ("甲区", ["第一条"], "cap", 3_000_000.0, "CNY", "企业", None, "最高支持300万元"),
            ("甲区", ["第一条"], "years", 2.0, "year", None, None, "不超过2年"),
            ("乙区", ["第一条"], "rate", 0.4, "share", None, None, "算力服务合同金额的40%"),
            ("乙区", ["第一条"], "cap", 500_000.0, "CNY", "企业", "year", "每年不超过50万元"),
        ],
    ),
    (
        "topic_clauses",
        {"topics": "first-use", "city": CITY},
        "district policy_title cite state other_topics quote",
        [
            ("测试市", "测试市产业资金管理办法", ["第二条"], "in_force", [], "首台(套)产品"),
            ("测试市", "测试市产业资金管理办法(修订征求意见稿)", ["第一条"], "draft", [], "首台(套)产品"),
            ("甲区", "甲区支持先进制造若干措施", ["第二条"], "in_force", [], "首台(套)"),
        ],
    ),
    (
        "topic_thresholds",
        {"topics": "first-use"},
        "district cite value unit quote",
        [("甲区", ["第二条"], 200_000.0, "CNY", "市级首台(套)奖励超过20万元")],
    ),
    (
        # Quotation marks need not be typed.
        "honor_benefits",
        {"honor": "专精特新小巨人企业"},
        "honor_name honor_level district cite kind value",
        [
            (SMALL_GIANT, "national", "甲区", ["第三条"], "fixed", 500_000.0),
            (SMALL_GIANT, "national", "甲区", ["第三条"], "fixed", 200_000.0),
        ],
    ),
    (
        "industry_policies",
        {"industry": "人工智能"},
        "district policy_title whole clause cite quote",
        [
            ("甲区", "甲区促进人工智能若干措施", True, None, ["第一条"], "算力"),
            ("乙区", "乙区支持数字经济若干措施", True, None, ["第一条"], "算力"),
        ],
    ),
    (
        "largest_caps",
        {"minimum": "200万"},
        "district policy_title cite kind value",
        [
            ("甲区", "甲区支持先进制造若干措施", ["第一条"], "cap", 3_000_000.0),
            ("甲区", "甲区促进人工智能若干措施", ["第一条"], "cap", 2_000_000.0),
            ("甲区", "甲区支持先进制造若干措施", ["第一条"], "cap", 2_000_000.0),
            ("乙区", "乙区支持数字经济若干措施", ["第二条"], "cap", 2_000_000.0),
        ],
    ),
    (
        "rate_clauses",
        {"level": "municipal"},
        "district cite rates caps highest",
        [("测试市", ["第一条"], 1, 1, 0.2)],
    ),
    (
        "agency_clauses",
        {"agency": "甲区经济和信息化局"},
        "policy_title clause cite role support quote",
        [
            ("甲区支持先进制造若干措施", None, ["第四条"], "interpreter", False, "由甲区经济和信息化局负责解释"),
            (
                "甲区支持先进制造若干措施",
                "@甲措施/第一条",
                ["第一条"],
                "responsible",
                True,
                "责任单位:甲区经济和信息化局",
            ),
        ],
    ),
    (
        # Two characters are a word.
        "search_clauses",
        {"words": ["人才"], "query": '"人才"'},
        "district policy_title cite state",
        [("乙区", "乙区促进人才若干措施", ["第一条"], "expired")],
    ),
    (
        # Twice in one clause, once in a short one, once in a long one.
        "search_places",
        {"words": ["算力"], "places": [JIA, YI]},
        "clause district state",
        [
            ("@乙数字/第一条", "乙区", "term_unknown"),
            ("@甲智能/第一条", "甲区", "in_force"),
            ("@甲措施/第一条", "甲区", "in_force"),
        ],
    ),
    ("search_places", {"words": ["算力", "工业"], "places": [JIA, YI]}, "clause", [("@甲措施/第一条",)]),
    ("search_places", {"words": ["算力"], "places": [JIA], "limit": 1}, "clause", [("@甲智能/第一条",)]),
    (
        # One character is found by reading all.
        "scan_clauses",
        {"words": ["券"]},
        "district cite quote",
        [("乙区", ["第一条"], "按照算力服务合同金额的40%发放算力券,每家企业每年不超过50万元。")],
    ),
    (
        "level_matches",
        {},
        "district cite upper kind rate cap target_label target_title target_cite target_state quote",
        [
            (
                "甲区", ["第二条"], "city", "cofunding", 0.5, 1_000_000.0, "Clause", "测试市产业资金管理办法", ["第二条"],
                "in_force", "按照市级奖励的50%给予最高100万元配套",
            ),
            (
                "乙区", ["第二条"], "national", "cofunding", 0.2, 2_000_000.0, "Programme", "国家重大专项", None,
                None, "按照国家资金的20%给予最高200万元配套",
            ),
        ],
    ),
    ("level_matches", {"topic": "first-use"}, "district cite", [("甲区", ["第二条"])]),
    ("level_matches", {"clause": "乙区支持数字经济若干措施:第二条"}, "district cite", [("乙区", ["第二条"])]),
    ("level_matches", {"district": "丙区"}, "district cite", []),
    ("level_matches", {"kind": "aligned"}, "district cite", []),
    ("level_matches", {"upper": "national"}, "district cite", [("乙区", ["第二条"])]),
    ("level_matches", {"upper": "city"}, "district cite", [("甲区", ["第二条"])]),
    (
        "policy_agencies",
        {},
        "district policy_title role agency_name cite",
        [
            ("测试市", "测试市产业资金管理办法", "interpreter", "测试市财政局", ["第四条"]),
            ("甲区", "甲区促进人工智能若干措施", "interpreter", "甲区经信局", ["第二条"]),
            ("甲区", "甲区支持先进制造若干措施", "interpreter", "甲区经济和信息化局", ["第四条"]),
        ],
    ),
    ("policy_agencies", {"role": "issuer"}, "agency_name", []),
    (
        "benefits_by_kind",
        {"kind": "rate", "minimum": "0.3"},
        "district policy_title cite value quote",
        [
            ("甲区", "甲区支持先进制造若干措施", ["第二条"], 0.5, "市级奖励的50%"),
            ("乙区", "乙区支持数字经济若干措施", ["第一条"], 0.4, "算力服务合同金额的40%"),
            ("甲区", "甲区促进人工智能若干措施", ["第一条"], 0.3, "实际投入的30%"),
            ("甲区", "甲区支持先进制造若干措施", ["第一条"], 0.3, "实际投入的30%"),
        ],
    ),
    ("benefits_by_kind", {"kind": "years", "level": "district"}, "district value unit", [("甲区", 2.0, "year")]),
    (
        "thresholds",
        {},
        "district cite value quote state",
        [("甲区", ["第二条"], 200_000.0, "市级首台(套)奖励超过20万元", "in_force")],
    ),
    ("thresholds", {"unit": "m2"}, "value", []),
    (
        "topics",
        {},
        "topic topic_name",
        [
            ("srdi-hightech", "专精特新与高新技术企业认定"),
            ("talent", "人才引育"),
            ("upper-project-match", "国家与市级项目、课题资金配套"),
            ("compute-rental", "算力租用与算力券"),
            ("first-use", "首台(套)首批次与首试首用"),
        ],
    ),
    (
        "topics_by_reach",
        {},
        "topic_name count districts clauses",
        [
            ("算力租用与算力券", 3, ["测试新区", "甲区", "乙区"], 4),
            ("专精特新与高新技术企业认定", 1, ["甲区"], 1),
            ("国家与市级项目、课题资金配套", 1, ["乙区"], 1),
            ("首台(套)首批次与首试首用", 1, ["甲区"], 1),
        ],
    ),
    (
        # Before 甲措施 began there was nobody who rewarded these honors.
        "honors_by_reach",
        {"as_of": "2025-01-01"},
        "honor_name",
        [],
    ),
    (
        "honors_by_reach",
        {"city": "测试市"},
        "honor_name count districts clauses",
        [(SMALL_GIANT, 1, ["甲区"], 1), (CITY_SRDI, 1, ["甲区"], 1)],
    ),
    ("level_matches", {"honor": CITY_SRDI}, "district cite", []),
    (
        "match_links",
        {"district": "甲区"},
        "clause upper kind rate cap target_label target programme quote",
        [
            (
                "@甲措施/第二条", "city", "cofunding", 0.5, 1_000_000.0, "Clause", "@市办法/第二条", None,
                "按照市级奖励的50%给予最高100万元配套",
            )
        ],
    ),
    (
        "match_links",
        {"district": "乙区", "kind": "cofunding"},
        "clause upper rate target_label programme",
        [("@乙数字/第二条", "national", 0.2, "Programme", "国家重大专项")],
    ),
    ("match_links", {"topic": "first-use"}, "clause", [("@甲措施/第二条",)]),
    ("match_links", {"honor": CITY_SRDI}, "clause", []),
    ("match_links", {"clause": "乙区支持数字经济若干措施:第二条"}, "clause", [("@乙数字/第二条",)]),
    (
        "match_targets",
        {"targets": ["@市办法/第二条"]},
        "target policy policy_title state cite quote",
        [
            (
                "@市办法/第二条", "@市办法", "测试市产业资金管理办法", "in_force", ["第二条"],
                "对首台(套)产品,给予最高500万元奖励。",
            )
        ],
    ),
    (
        # A policy as a whole: its state, and no words of a clause.
        "match_targets",
        {"targets": ["@市草案", "programme-0"]},
        "target policy state cite quote",
        [("@市草案", "@市草案", "draft", None, None)],
    ),
    (
        "upper_steps",
        {"clauses": ["@甲措施/第二条", "@乙数字/第二条"], "policies": []},
        "source relation rate target_label target_title target_level target_state",
        [("@乙数字/第二条", "MATCHES_NATIONAL_LEVEL", 0.2, "Programme", "国家重大专项", "national", None)],
    ),
    (
        "upper_districts",
        {"district": "新区"},
        "district_code district kind distance",
        [(CITY, "测试市", "city", 1)],
    ),
    (
        "exclusion_rules",
        {},
        "district policy_title cite scope rule holds_for target_title",
        [
            ("测试市", "测试市产业资金管理办法", ["第三条"], "same_level_funds", "not_again", None, "测试市"),
            ("甲区", "甲区促进人工智能若干措施", ["第二条"], "same_district", "not_again", None, "甲区"),
            ("甲区", "甲区支持先进制造若干措施", ["第三条"], "clause", "difference_only", ["第三条"], "甲区支持先进制造若干措施"),
            ("甲区", "甲区支持先进制造若干措施", ["第四条"], "within_policy", "best", None, "甲区支持先进制造若干措施"),
            ("乙区", "乙区支持数字经济若干措施", ["第三条"], "same_district", "best", None, "乙区"),
        ],
    ),
    ("exclusion_rules", {"rule": "best", "district": YI}, "cite", [(["第三条"],)]),
    ("exclusion_rules", {"scope": "clause", "policy": "甲区支持先进制造若干措施"}, "cite", [(["第三条"],)]),
    (
        "stacking_rules",
        {},
        "district cite scope holds_for target_title quote",
        [
            ("测试市", ["第四条"], "district", None, "测试市", "鼓励各区对本办法支持的项目给予配套"),
            ("甲区", ["第四条"], "municipal", None, "测试市", "符合市级政策规定的,可同时享受市、区两级支持"),
        ],
    ),
    ("stacking_rules", {"scope": "municipal", "policy": "甲区支持先进制造若干措施"}, "cite", [(["第四条"],)]),
    ("stacking_rules", {"district": "乙区"}, "cite", []),
    (
        "conflicts",
        {"kinds": ["duplicate", "exclusive"]},
        "kind topic_name rule scope why rule_title rule_cite rule_quote",
        [
            (
                "duplicate", "算力租用与算力券", "not_again", "same_district", "同一笔算力费用只能领一次",
                "甲区促进人工智能若干措施", ["第二条"], "享受本措施支持的,不再享受甲区其他同类政策",
            )
        ],
    ),
    ("conflicts", {"kinds": ["contradiction"], "district": "乙区"}, "kind scope rule_cite", [("contradiction", "municipal", ["第三条"])]),
    ("conflicts", {"topic": "talent"}, "kind", []),
    ("conflicts", {"clause": "@甲智能/第一条"}, "kind", [("duplicate",)]),
    ("conflicts", {"policy": "乙区支持数字经济若干措施"}, "kind", [("contradiction",)]),
    (
        "conflict_links",
        {"kinds": ["duplicate", "exclusive"], "district": "甲区"},
        "kind topic rule scope why rule_clause rule_quote",
        [
            (
                "duplicate", "compute-rental", "not_again", "same_district", "同一笔算力费用只能领一次",
                "@甲智能/第二条", "享受本措施支持的,不再享受甲区其他同类政策",
            )
        ],
    ),
    ("conflict_links", {"topic": "talent"}, "kind", []),
    (
        "exclusive_pairs",
        {"district": "甲区"},
        "kind topic rule scope why rule_clause rule_quote",
        [
            (
                "duplicate", "compute-rental", "not_again", "same_district", "同一笔算力费用只能领一次",
                "@甲智能/第二条", "享受本措施支持的,不再享受甲区其他同类政策",
            )
        ],
    ),
    ("exclusive_pairs", {"policy": "甲区促进人工智能若干措施"}, "kind", [("duplicate",)]),
    ("exclusive_pairs", {"policy": "甲区促进人工智能若干措施", "topic": "talent"}, "kind", []),
    ("exclusive_pairs", {"district": "甲区", "live": True}, "kind", [("duplicate",)]),
    # 甲智能 ends with 2026
    ("exclusive_pairs", {"district": "甲区", "live": True, "as_of": "2027-01-01"}, "kind", []),
    ("exclusive_pairs", {"district": "甲区", "as_of": "2027-01-01"}, "kind", [("duplicate",)]),
    # it has a contradiction alone
    ("exclusive_pairs", {"policy": "乙区支持数字经济若干措施"}, "kind", []),
    ("conflict_links", {"policy": "乙区支持数字经济若干措施"}, "kind", [("contradiction",)]),
    ("clause_conflict_links", {"clauses": ["@甲智能/第一条"]}, "kind rule_clause", [("duplicate", "@甲智能/第二条")]),
    ("clause_conflict_links", {"clauses": ["@甲智能/第一条"], "kinds": ["exclusive"]}, "kind", []),
    (
        # The pair of 甲区 is of two policies in force; the contradiction of 乙区 is no pair of supports.
        "link_counts",
        {},
        "district matching pairs",
        [("测试市", 0, 0), ("测试新区", 0, 0), ("甲区", 1, 1), ("乙区", 1, 0)],
    ),
    ("link_counts", {"places": [JIA], "as_of": "2027-01-01"}, "district matching pairs", [("甲区", 1, 0)]),
    (
        "similar_clauses",
        {},
        "score duplicate a_district b_district why",
        [(0.9, True, "甲区", "甲区", "比例和上限相同"), (0.5, False, "*", "*", "同为算力")],
    ),
    ("similar_clauses", {"duplicate": "true", "topic": "compute-rental", "district": "甲区"}, "score", [(0.9,)]),
    ("similar_clauses", {"duplicate": False, "district": "丙区"}, "score", []),
    (
        "similar_among",
        {"clauses": ["@甲措施/第一条", "@甲智能/第一条", "@乙数字/第一条", "@乙人才/第一条"]},
        "score",
        [(0.9,), (0.5,)],
    ),
    # alike to a clause that is not asked for
    ("similar_among", {"clauses": ["@乙数字/第一条"]}, "score", []),
    (
        "clauses",
        {"clauses": ["@乙人才/第一条", "@甲措施/第二条"]},
        "clause district level state cite heading",
        [
            ("@甲措施/第二条", "甲区", "district", "in_force", ["第二条"], "支持首试首用"),
            ("@乙人才/第一条", "乙区", "district", "expired", ["第一条"], None),
        ],
    ),
    (
        "clause_texts",
        {"clauses": ["@乙人才/第一条"]},
        "clause quote",
        [("@乙人才/第一条", "对引进的人才,一次性给予10万元奖励。")],
    ),
    (
        "clause_benefits",
        {"clauses": ["@甲措施/第二条"]},
        "kind value unit quote",
        [("rate", 0.5, "share", "市级奖励的50%"), ("cap", 1_000_000.0, "CNY", "最高100万元")],
    ),
    (
        "clause_thresholds",
        {"clauses": ["@甲措施/第二条", "@甲措施/第一条"]},
        "clause value quote",
        [("@甲措施/第二条", 200_000.0, "市级首台(套)奖励超过20万元")],
    ),
    (
        "clause_matches",
        {"clauses": ["@甲措施/第二条"]},
        "upper rate cap target_name quote",
        [("city", 0.5, 1_000_000.0, "市级首台(套)奖励", "按照市级奖励的50%给予最高100万元配套")],
    ),
    (
        # The rule is limited to 第三条, so 第一条 has none.
        "clause_difference_rules",
        {"clauses": ["@甲措施/第三条", "@甲措施/第一条"]},
        "clause quote",
        [("@甲措施/第三条", "晋级享受差额奖励")],
    ),
    (
        "clause_names",
        {"policies": ["@甲智能"]},
        "clause cite heading",
        [("@甲智能/第一条", ["第一条"], None), ("@甲智能/第二条", ["第二条"], None)],
    ),
    (
        "policy_clauses",
        {"policy": "乙区支持数字经济若干措施"},
        "cite benefits topics",
        [(["第一条"], 2, ["算力租用与算力券"]), (["第二条"], 2, ["国家与市级项目、课题资金配套"]), (["第三条"], 0, [])],
    ),
    ("policy_district", {"policy": "乙区促进人才若干措施"}, "district kind", [("乙区", "district")]),
    (
        "names",
        {"labels": ["District"]},
        "label code name aliases kind loaded",
        [
            ("District", BING, "丙区", [], "district", True),
            ("District", YI, "乙区", [], "district", True),
            ("District", CITY, "测试市", [], "city", True),
            ("District", NEW, "测试新区", ["新区"], "development_area", True),
            ("District", JIA, "甲区", [], "district", True),
        ],
    ),
    (
        "agency_names",
        {"district": JIA},
        "name clauses candidates",
        [("甲区经信局", 1, []), ("甲区经济和信息化局", 2, [])],
    ),
    ("open_names", {}, "name candidate_name", []),
    (
        "policies_as_of",
        {"city": CITY, "level": "municipal"},
        "policy_title",
        [("测试市产业资金管理办法",), ("测试市产业资金管理办法(修订征求意见稿)",)],
    ),
    (
        "policies_lapsing",
        {"until": "2027-05-31", "city": "测试市"},
        "policy_title",
        [("甲区促进人工智能若干措施",)],
    ),
    (
        "coverage",
        {},
        "district kind policies live clauses benefits unread",
        [
            ("测试市", "city", 2, 1, 5, 3, 0),
            ("测试新区", "development_area", 1, 1, 1, 0, 0),
            ("甲区", "district", 2, 2, 6, 10, 0),
            ("乙区", "district", 2, 1, 4, 5, 2),
            ("丙区", "district", 0, 0, 0, 0, 0),
        ],
    ),
    (
        "city_districts",
        {},
        "city district loaded",
        [("测试市", "测试新区", 1), ("测试市", "甲区", 2), ("测试市", "乙区", 2), ("测试市", "丙区", 0)],
    ),
    (
        # of 丙区 nothing is loaded
        "loaded_places",
        {},
        "district kind city",
        [
            ("测试市", "city", "测试市"),
            ("测试新区", "development_area", "测试市"),
            ("甲区", "district", "测试市"),
            ("乙区", "district", "测试市"),
        ],
    ),
    (
        "neighbourhood",
        {"ids": ["@乙人才/第一条"]},
        "type source_label source_name target_label target_name quote",
        [
            ("ABOUT", "Clause", "乙区促进人才若干措施", "Topic", "人才引育", "人才"),
            ("GRANTS", "Clause", "乙区促进人才若干措施", "Benefit", "给予10万元", "给予10万元"),
            ("HAS_CLAUSE", "Policy", "乙区促进人才若干措施", "Clause", "乙区促进人才若干措施", "对引进的"),
        ],
    ),
    ("neighbourhood", {"ids": ["@乙人才/第一条"], "types": ["ABOUT"]}, "type", [("ABOUT",)]),
    (
        "neighbourhood",
        {"ids": ["@甲措施/第二条"], "types": ["MATCHES_CITY_LEVEL"]},
        "source target rate",
        [("@甲措施/第二条", "@市办法/第二条", 0.5)],
    ),
    (
        "neighbourhood_in",
        {"label": "Topic", "node": COMPUTE, "policies": ["@甲措施"]},
        "policy place source source_label type target_label target_name quote",
        [("@甲措施", 0, "@甲措施/第一条", "Clause", "ABOUT", "Topic", "算力租用与算力券", "租用算力")],
    ),
    (
        "neighbourhood_in",
        {"label": "Honor", "node": content_id("honor", SMALL_GIANT), "policies": ["@甲措施", "@乙数字"]},
        "source target_name",
        [("@甲措施/第三条", SMALL_GIANT)],
    ),
    (
        "neighbourhood_in",
        {"label": "Industry", "node": content_id("industry", "先进制造"), "policies": ["@甲措施", "@甲智能"]},
        "source source_label source_name place",
        [("@甲措施", "Policy", "甲区支持先进制造若干措施", None)],
    ),
    ("neighbourhood", {"ids": ["@乙人才/第一条"], "limit": 2}, "type", [("ABOUT",), ("GRANTS",)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "columns", "rows"), CASES, ids=[f"{case[0]}-{i}" for i, case in enumerate(CASES)]
)
def test_answers(
    small: Store, answers: Tiny, name: str, given: dict[str, Any], columns: str, rows: list[tuple[Any, ...]]
) -> None:
    parameters = {key: _meant(value, answers) for key, value in given.items()}
    if any(parameter.name == "as_of" for parameter in load_query(name).parameters):
        parameters = {"as_of": DAY, **parameters}
    table = run_query(small, name, parameters)
    wanted = [tuple(_meant(value, answers) for value in row) for row in rows]
    found = [tuple(row[column] for column in columns.split()) for row in table.rows]
    assert [_masked(row, model) for row, model in zip(found, wanted, strict=False)] == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize(
    ("name", "given"), [case[:2] for case in CASES], ids=[f"{case[0]}-{i}" for i, case in enumerate(CASES)]
)
def test_all_rows_come_in_the_order_of_the_server(
    small: Store, answers: Tiny, name: str, given: dict[str, Any]
) -> None:
    query = load_query(name)
    meant = {key: _meant(value, answers) for key, value in given.items()}
    bound = bind(query, {"as_of": DAY, **meant} if "$as_of" in query.cypher else meant, Names(small))
    if "limit" in bound:
        bound["limit"] = ALL_ROWS
    by_server = small.run(query.cypher, bound)
    assert fetch(small, name, bound) == [
        {column.name: row[column.name] for column in query.columns} for row in by_server
    ]


def test_every_query_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(query_names())


@pytest.mark.parametrize("name", ["district_topics", "district_honors", "district_industries"])
def test_a_district_is_listed_where_the_graph_knows_nothing_of_the_kind(store: Store, name: str) -> None:
    graph = Graph(load_schema())
    city, jia = (coded_id("district", code) for code in (CITY, JIA))
    graph.add_node("District", city, {"code": CITY, "name": "测试市", "kind": "city"})
    graph.add_node("District", jia, {"code": JIA, "name": "甲区", "kind": "district"})
    graph.add_edge("PART_OF", jia, city, {"source": "测试"})
    graph.add_node("Policy", "policy-0", {"title": "甲区措施", "in_corpus": True, "documents": ["jia.txt"]})
    where = {"document": "jia.txt", "cite": [], "span_start": 0, "span_end": 2, "quote": "甲区"}
    graph.add_edge("APPLIES_IN", "policy-0", jia, where)
    with open_build(store) as build:
        build.load(graph, {})
    [row] = fetch(store, name, {"city": CITY, "as_of": DAY})
    assert (row["district"], row["loaded"]) == ("甲区", 1)
    assert row["supported"] == row["expired"] == row["pending"] == []


def test_pairs_come_with_the_lesser_id_first(small: Store, answers: Tiny) -> None:
    row = run_query(small, "conflicts", {"as_of": DAY, "kinds": ["duplicate"]}).rows[0]
    assert [row["a"], row["b"]] == sorted(answers.clause(name) for name in ("甲措施/第一条", "甲智能/第一条"))


def test_ids_are_those_of_the_graph() -> None:
    assert content_id("honor", SMALL_GIANT).startswith("honor-")


def _meant(value: Any, tiny: Tiny) -> Any:
    """A value with @names replaced by ids."""
    if isinstance(value, list):
        return [_meant(item, tiny) for item in value]
    if isinstance(value, str) and value.startswith("@"):
        name = value[1:]
        return tiny.clauses.get(name) or tiny.policies[name]
    return value


def _masked(row: tuple[Any, ...], model: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row with "*" where the case leaves a value open."""
    return tuple("*" if wanted == "*" else value for value, wanted in zip(row, model, strict=True))
