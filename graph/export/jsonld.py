"""JSON-LD with schema.org's Legislation: policies and clauses as legislation, benefits as grants, agencies as organisations.

schema.org has no word for what excludes, stacks with, matches or resembles what: those edges stand under `pg:` with the
ids of their ends alone. For the whole graph with all its evidence take the plain form (jsonl).
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from graph.export.names import display_name, listed
from graph.model import Edge, Graph, Node

Entry = dict[str, Any]

ID_PREFIX = "urn:policygraph:"

CONTEXT = {
    # Spelled out here, not fetched: the file is read on networks that reach no other host.
    "@vocab": "https://schema.org/",
    "pg": "urn:policygraph:term:",
}

TYPES = {
    "Policy": "Legislation",
    "Clause": "Legislation",
    "Benefit": "MonetaryGrant",
    "District": "AdministrativeArea",
    "Agency": "GovernmentOrganization",
    "Industry": "DefinedTerm",
    "Topic": "DefinedTerm",
    "Honor": "DefinedTerm",
    "Programme": "Grant",
}
"""Amounts that are no benefit have no place in schema.org and are left out."""

EDGE_TERMS: dict[str, tuple[str, ...]] = {
    # a repeal is schema.org's legislationRepeals, which is one kind of legislationChanges
    "SUPERSEDES": ("legislationChanges", "legislationRepeals"),
    "BASED_ON": ("isBasedOn",),
    "IMPLEMENTS": ("legislationEnsuresImplementationOf",),
    "CITES": ("citation",),
    "APPLIES_IN": ("legislationJurisdiction",),
    "ISSUED_BY": ("legislationPassedBy",),
    "ADMINISTERED_BY": ("legislationResponsible",),
    "GRANTS": ("funding",),
    "ABOUT": ("about",),
    "TARGETS": ("audience",),
    "REWARDS": ("mentions",),
    "PART_OF": ("containedInPlace",),
}
OWN_TERMS = (
    "MATCHES_CITY_LEVEL",
    "MATCHES_NATIONAL_LEVEL",
    "EXCLUDES",
    "STACKS_WITH",
    "SIMILAR_TO",
    "OVERLAPS",
)


def write(graph: Graph, path: Path) -> None:
    """Write one JSON-LD document in UTF-8."""
    document = {"@context": CONTEXT, "@graph": _entries(graph)}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _entries(graph: Graph) -> list[Entry]:
    leading: dict[str, list[Edge]] = defaultdict(list)
    parents: dict[str, str] = {}
    for edge in graph.edges():
        leading[edge.start].append(edge)
        if edge.type == "HAS_CLAUSE":
            parents[edge.end] = edge.start
    return [
        {**_describe(node, parents.get(node.id)), **_relations(leading[node.id])}
        for node in graph.nodes()
        if node.label in TYPES
    ]


def _describe(node: Node, parent: str | None) -> Entry:
    properties = node.properties
    entry: Entry = {"@id": ID_PREFIX + node.id, "@type": TYPES[node.label], "name": display_name(node)}
    match node.label:
        case "Policy":
            entry |= _policy(node)
        case "Clause":
            entry |= {"legislationIdentifier": listed(properties["cite"], ""), "text": properties["text"]}
            if "heading" in properties:
                entry["headline"] = properties["heading"]
            if parent is not None:
                entry["isPartOf"] = _reference(parent)
        case "Benefit":
            entry |= _benefit(node)
        case "District" | "Topic":
            entry["identifier"] = properties["code"]
    if "aliases" in properties:
        entry["alternateName"] = properties["aliases"]
    return entry


def _policy(node: Node) -> Entry:
    properties = node.properties
    terms = {
        "legislationIdentifier": properties.get("doc_number"),
        "legislationDate": properties.get("issued_on"),
        "legislationType": properties.get("kind"),
        "temporalCoverage": _interval(node),
        "creativeWorkStatus": "Draft" if properties.get("draft") else None,
        "inLanguage": "zh-Hans",
    }
    return {term: value for term, value in terms.items() if value is not None}


def _interval(node: Node) -> str | None:
    start, end = node.properties.get("effective_from"), node.properties.get("effective_to")
    return None if start is None and end is None else f"{start or '..'}/{end or '..'}"


def _benefit(node: Node) -> Entry:
    properties = node.properties
    if properties["unit"] not in {"CNY", "USD"}:
        return {"@type": "Grant", "description": properties["quote"]}
    bound = "maxValue" if properties["kind"] == "cap" else "value"
    amount = {"@type": "MonetaryAmount", "currency": properties["unit"], bound: properties["value"]}
    return {"amount": amount, "description": properties["quote"]}


def _relations(edges: list[Edge]) -> Entry:
    relations: dict[str, list[Entry]] = defaultdict(list)
    for edge in edges:
        terms = (f"pg:{edge.type}",) if edge.type in OWN_TERMS else EDGE_TERMS.get(edge.type, ())
        for term in terms:
            reference = _reference(edge.end)
            if reference not in relations[term]:
                relations[term].append(reference)
    return dict(relations)


def _reference(id_: str) -> Entry:
    return {"@id": ID_PREFIX + id_}
