"""Corrections: what people entered is checked when read, applied on every build, and each entry's effect is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from data import CORRECTIONS
from loaders.assemble import Assembly, assemble
from loaders.corrections import Correction, CorrectionError, read_corrections
from loaders.record import PolicyRecord
from tests.loaders.linking.links import links
from tests.loaders.records import clause, policy

BASE = {"id": "c1", "reason": "核对原文", "date": "2026-01-05"}
TEXT = "对企业给予最高200万元支持,由海淀区商务局负责,支持租用算力。"


def record(title: str = "甲", **more: Any) -> PolicyRecord:
    one = clause(
        "第一条",
        TEXT,
        topics="compute-rental",
        benefits={"最高200万元": ("cap", 2e6)},
        agencies=("北京市海淀区商务局",),
    )
    return policy(title, "海淀区", one, **more)


def entry(**values: Any) -> dict[str, Any]:
    return {**BASE, "policy": {"title": "甲"}, **values}


def write(folder: Path, *entries: Any, name: str = "a.yaml") -> Path:
    (folder / name).write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf-8")
    return folder


def build(folder: Path, *entries: dict[str, Any], records: tuple[PolicyRecord, ...] = ()) -> Assembly:
    """The graph of 甲 (or of other records) with the entries applied."""
    corrections: list[Correction] = read_corrections(write(folder, *entries))
    assembly = assemble(records or (record(),), corrections)
    assert assembly.graph.check() == []
    return assembly


def effect(assembly: Assembly) -> tuple[str, int]:
    (one,) = assembly.report.corrections
    return one.status, one.times


def values_of(assembly: Assembly) -> list[tuple[object, object]]:
    return [
        (n.properties["value"], n.properties.get("corrected_by")) for n in assembly.graph.nodes("Benefit")
    ]


# --- what an entry does

WRONG = entry(
    kind="wrong_value",
    cite=["第一条"],
    fact="benefits",
    was={"value": 2e6},
    now={"value": 3e6, "per": "企业"},
)


def test_a_wrong_value_is_replaced_and_says_by_whom(tmp_path: Path) -> None:
    assembly = build(tmp_path, WRONG)
    assert values_of(assembly) == [(3e6, "c1")]
    assert effect(assembly) == ("applied", 1)


def test_the_records_given_are_not_changed(tmp_path: Path) -> None:
    given = record()
    build(tmp_path, WRONG, records=(given,))
    assert given.clauses[0].benefits[0].value == 2e6


def test_a_fact_that_is_none_goes(tmp_path: Path) -> None:
    assembly = build(tmp_path, {**WRONG, "now": None})
    assert values_of(assembly) == []
    assert effect(assembly) == ("applied", 1)


@pytest.mark.parametrize("day", ["2025-05-01", date(2025, 5, 1)])  # YAML reads an unquoted day as a date
def test_a_field_of_the_policy_is_set(day: object, tmp_path: Path) -> None:
    assembly = build(tmp_path, entry(kind="wrong_value", was={"issued_on": None}, now={"issued_on": day}))
    (node,) = assembly.graph.nodes("Policy")
    assert (node.properties["issued_on"], node.properties["corrected_by"]) == ("2025-05-01", "c1")


def test_a_corrected_district_moves_the_policy(tmp_path: Path) -> None:
    assembly = build(
        tmp_path, entry(kind="wrong_value", was={"jurisdiction": "海淀区"}, now={"jurisdiction": "东城区"})
    )
    assert set(links(assembly.graph, "APPLIES_IN")) == {("甲", "东城区")}


def test_a_missing_fact_is_added_with_its_sentence(tmp_path: Path) -> None:
    missing = entry(
        kind="missing_fact",
        cite=["第一条"],
        fact="mentions",
        quote="租用算力",
        values={"kind": "topic", "name": "talent"},
    )
    assembly = build(tmp_path, missing)
    found = links(assembly.graph, "ABOUT")["甲 第一条", "人才引育与产教融合"]
    assert (found["quote"], found["corrected_by"]) == ("租用算力", "c1")
    assert effect(assembly) == ("applied", 1)


def test_a_missing_rule_of_the_policy_is_added(tmp_path: Path) -> None:
    missing = entry(
        kind="missing_fact",
        fact="excludes",
        quote="最高200万元",
        values={"scope": "within_policy", "rule": "best"},
    )
    found = links(build(tmp_path, missing).graph, "EXCLUDES", derived=False)
    assert found["甲 第一条", "甲"]["corrected_by"] == "c1"


def test_two_names_of_one_body_become_one(tmp_path: Path) -> None:
    other = policy("乙", "海淀区", clause("第一条", "由区商务委负责。", agencies=("北京市海淀区商务委员会",)))
    same = {
        **BASE,
        "kind": "same_agency",
        "name": "北京市海淀区商务局",
        "aliases": ["北京市海淀区商务委员会"],
    }
    assembly = build(tmp_path, same, records=(record(), other))
    (body,) = assembly.graph.nodes("Agency")
    assert body.properties["aliases"] == ["北京市海淀区商务委员会"]
    assert body.properties["documents"] == ["乙.txt", "甲.txt"]
    assert effect(assembly) == ("applied", 1)


CITY = policy(
    "市办法",
    "北京市",
    clause("第三条", "对租用算力的企业给予补贴。", topics="compute-rental"),
    level="municipal",
)
FALSE = {
    **BASE,
    "kind": "false_link",
    "edge": "MATCHES_CITY_LEVEL",
    "from": {"title": "甲", "cite": ["第一条"]},
    "to": {"title": "市办法", "cite": ["第三条"]},
}


def test_a_link_that_does_not_hold_goes(tmp_path: Path) -> None:
    assert links(assemble([record(), CITY]).graph, "MATCHES_CITY_LEVEL")
    assembly = build(tmp_path, FALSE, records=(record(), CITY))
    assert not links(assembly.graph, "MATCHES_CITY_LEVEL")
    assert effect(assembly) == ("applied", 1)


def test_of_an_edge_without_direction_either_end_may_come_first(tmp_path: Path) -> None:
    turned = {**FALSE, "from": FALSE["to"], "to": FALSE["from"]}
    assert effect(build(tmp_path, turned, records=(record(), CITY))) == ("applied", 1)


# --- what no longer applies is reported


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({**WRONG, "policy": {"title": "乙"}}, "no_longer_applies"),  # the policy is gone
        ({**WRONG, "policy": {"title": "甲", "doc_number": "京发〔2020〕1号"}}, "no_longer_applies"),
        ({**WRONG, "policy": {"title": "甲", "document": "别处.txt"}}, "no_longer_applies"),
        ({**WRONG, "cite": ["第九条"]}, "no_longer_applies"),  # the clause is gone
        ({**WRONG, "was": {"value": 5e6}, "now": {"value": 6e6}}, "no_longer_applies"),  # another value now
        ({**WRONG, "was": {"value": 1e6}, "now": {"value": 2e6}}, "already_so"),  # reading has learnt it
        (
            entry(kind="missing_fact", fact="cites", quote="《某条例》", values={"title": "某条例"}),
            "no_longer_applies",
        ),
        ({**BASE, "kind": "same_agency", "name": "甲局", "aliases": ["乙局"]}, "no_longer_applies"),
        (FALSE, "no_longer_applies"),  # without the city's document there is no such link
    ],
)
def test_an_entry_that_does_nothing_says_so(given: dict[str, Any], status: str, tmp_path: Path) -> None:
    assembly = build(tmp_path, given)
    assert effect(assembly) == (status, 0)
    if status == "no_longer_applies":
        assert assembly.report.corrections[0].why


# --- bad entries stop the build


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({**WRONG, "date": "去年"}, "a.yaml 第1条(c1)"),
        ({**WRONG, "reason": " "}, "理由"),
        ({**WRONG, "kind": "wrong"}, "第1条"),
        ({**WRONG, "typo": 1}, "typo"),
        ({**WRONG, "fact": "amounts"}, "fact"),
        ({**WRONG, "was": {"amount": 1}}, "amount"),
        (entry(kind="wrong_value", was={"colour": 1}, now={"colour": 2}), "colour"),
        (
            entry(kind="missing_fact", cite=["第一条"], fact="benefits", quote="x", values={"kind": "cap"}),
            "benefits",
        ),
        (
            entry(
                kind="missing_fact",
                fact="benefits",
                quote="x",
                values={"kind": "cap", "value": 1, "unit": "CNY"},
            ),
            "cite",
        ),
        ("text", "第1条"),
    ],
)
def test_a_bad_entry_stops_the_build_with_file_and_entry(given: Any, words: str, tmp_path: Path) -> None:
    with pytest.raises(CorrectionError) as error:
        read_corrections(write(tmp_path, given))
    assert "a.yaml 第1条" in str(error.value)
    assert words in str(error.value)


def test_an_id_is_used_once(tmp_path: Path) -> None:
    write(tmp_path, WRONG, name="a.yaml")
    with pytest.raises(CorrectionError, match=r"b\.yaml 第1条.*c1.*a\.yaml"):
        read_corrections(write(tmp_path, WRONG, name="b.yaml"))


@pytest.mark.parametrize("content", ["- [", "id: c1", b"\xff\xfe\xff"])
def test_a_file_that_is_no_list_of_entries_is_named(content: str | bytes, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CorrectionError, match=r"a\.yaml"):
        read_corrections(tmp_path)


def test_the_bundled_corrections_can_be_read() -> None:
    read_corrections(CORRECTIONS)


def test_the_examples_of_the_guide_are_entries(tmp_path: Path) -> None:
    guide = (CORRECTIONS / "README.md").read_text(encoding="utf-8")
    (example,) = guide.split("```yaml\n")[1:]
    (tmp_path / "a.yaml").write_text(example.split("```")[0], encoding="utf-8")
    assert [type(one).__name__ for one in read_corrections(tmp_path)] == [
        "WrongValue",
        "WrongValue",
        "MissingFact",
        "SameAgency",
        "FalseLink",
    ]


def test_no_folder_and_an_empty_file_are_no_corrections(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "none") == []
    (tmp_path / "a.yaml").write_text("# 暂无\n", encoding="utf-8")
    assert read_corrections(tmp_path) == []
