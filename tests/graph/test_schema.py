"""schema.yaml as a whole, and what is said where it does not hold."""

from __future__ import annotations

import re

import pytest

from graph.errors import SchemaError
from graph.schema import PATH, load_schema, parse_schema

SCHEMA = load_schema()
CONTENT = {**SCHEMA.nodes, **SCHEMA.edges}

DESIGNED_NODES = {
    "Policy",
    "Clause",
    "Benefit",
    "District",
    "Agency",
    "Industry",
    "Topic",
    "Honor",
    "Programme",
}
DESIGNED_EDGES = {
    *("HAS_CLAUSE", "GRANTS", "ABOUT", "REWARDS", "TARGETS", "APPLIES_IN", "PART_OF", "OVERLAPS"),
    *("ISSUED_BY", "ADMINISTERED_BY", "SUPERSEDES", "BASED_ON", "IMPLEMENTS", "CITES"),
    *("MATCHES_CITY_LEVEL", "MATCHES_NATIONAL_LEVEL", "EXCLUDES", "STACKS_WITH", "SIMILAR_TO"),
}
EVIDENCE = {"document", "cite", "span_start", "span_end", "quote"}
NOT_FROM_TEXT = {
    "PART_OF",  # published tables of divisions
    "OVERLAPS",
    "SIMILAR_TO",  # found by comparison; both ends carry their text
}


def test_every_designed_label_and_edge_type_is_declared() -> None:
    assert set(SCHEMA.nodes) - DESIGNED_NODES == {"Amount"}
    assert set(SCHEMA.edges) - DESIGNED_EDGES == {"REQUIRES", "MENTIONS"}
    assert set(SCHEMA.nodes) >= DESIGNED_NODES
    assert set(SCHEMA.edges) >= DESIGNED_EDGES


@pytest.mark.parametrize("name", sorted(set(SCHEMA.edges) - NOT_FROM_TEXT))
def test_every_edge_from_text_carries_its_sentence(name: str) -> None:
    properties = SCHEMA.edges[name].properties
    assert {prop for prop in EVIDENCE if prop in properties and properties[prop].required} == EVIDENCE


@pytest.mark.parametrize("name", CONTENT)
def test_everything_has_a_chinese_label(name: str) -> None:
    labels = [CONTENT[name].label, *(prop.label for prop in CONTENT[name].properties.values())]
    assert all(re.search("[一-鿿]", label) for label in labels)


def test_one_name_has_one_type_wherever_it_stands() -> None:
    types: dict[str, set[str]] = {}
    for owner in CONTENT.values():
        for name, prop in owner.properties.items():
            types.setdefault(name, set()).add(prop.type)
    assert {name: found for name, found in types.items() if len(found) > 1} == {}


def test_no_two_labels_or_types_share_their_chinese_label() -> None:
    labels = [owner.label for owner in CONTENT.values()]
    assert sorted(labels) == sorted(set(labels))


def test_names_are_written_as_the_style_asks() -> None:
    assert all(re.fullmatch("[A-Z][a-z]+", name) for name in SCHEMA.nodes)
    assert all(re.fullmatch("[A-Z]+(_[A-Z]+)*", name) for name in SCHEMA.edges)
    names = {name for owner in CONTENT.values() for name in owner.properties}
    assert all(re.fullmatch("[a-z]+[a-z0-9]*(_[a-z]+)*", name) for name in names)


@pytest.mark.parametrize(
    ("found", "put", "sentence"),
    [
        ("key: [code]", "key: [cod]", "the key of District names cod"),  # a slip of the pen in a key
        ("to: [Benefit]", "to: [Benefits]", "GRANTS leads to Benefits"),
        ("use: [match, evidence]", "use: [matches]", "MATCHES_CITY_LEVEL uses the group matches"),
        ("type: boolean", "type: bool", "Invalid enum value 'bool'"),
        ("meaning:", "maening:", "maening"),
        ("version: 2", "version: [", "cannot be read"),
    ],
)
def test_a_broken_schema_is_refused_with_the_name_of_the_entry(found: str, put: str, sentence: str) -> None:
    with pytest.raises(SchemaError, match=re.escape(sentence)):
        parse_schema(PATH.read_text(encoding="utf-8").replace(found, put, 1))


def test_two_types_for_one_name_are_refused() -> None:
    text = PATH.read_text(encoding="utf-8").replace("heading: {type: string", "order: {type: string", 1)
    text = re.sub(r"\n      order: \{type: integer.*place among all clauses.*\n", "\n", text)
    with pytest.raises(SchemaError, match="order is integer here and string elsewhere"):
        parse_schema(text)
