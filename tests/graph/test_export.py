"""Every form holds the whole graph, the same bytes each time, and runs nothing that stands in a document."""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path
from xml.etree import ElementTree

import networkx
import openpyxl
import pytest

from graph.bookkeeping import StoredRecord
from graph.builds import open_build, stored_manifest
from graph.errors import StoreError, UsageError
from graph.export import FORMATS, export_graph, export_store
from graph.export.cypher_script import statements
from graph.model import Graph
from graph.schema import load_schema
from graph.store import Store
from tests.graph.samples import (
    CAP,
    CLAUSE,
    CLAUSE_TEXT,
    FORMULA_TEXT,
    ITEM,
    NAMED_POLICY,
    OTHER_POLICY,
    POLICY,
    tiny_graph,
)
from tests.neo4j import server as neo4j


def exported(form: str, folder: Path) -> Path:
    out = folder / f"graph.{form}"
    export_graph(tiny_graph(), form, out)
    return out


def content(path: Path) -> dict[str, bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_graph_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    first = exported(form, tmp_path / "first")
    if form == "xlsx":
        time.sleep(2.1)  # a zip file's clock ticks every two seconds
    assert content(exported(form, tmp_path / "second")) == content(first)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_graph_can_be_exported(form: str, tmp_path: Path) -> None:
    export_graph(Graph(load_schema()), form, tmp_path / "out")
    assert (tmp_path / "out").exists()


def test_a_file_is_replaced_and_no_draft_is_left(tmp_path: Path) -> None:
    out = tmp_path / "graph.jsonl"
    out.write_text("old")
    export_graph(tiny_graph(), "jsonl", out)
    assert out.read_text(encoding="utf-8") == "".join(f"{line}\n" for line in tiny_graph().to_jsonl())
    assert [path.name for path in tmp_path.iterdir()] == ["graph.jsonl"]


def test_an_export_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "graph.jsonl"
    out.write_text("old")

    def fail(_graph: Graph) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Graph, "to_jsonl", fail)
    with pytest.raises(StoreError, match=r"graph\.jsonl 所在的磁盘已满"):
        export_graph(tiny_graph(), "jsonl", out)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("graph.jsonl", "old")]


def test_what_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有 rdf 这种导出格式:请从 jsonl、csv"):
        export_graph(tiny_graph(), "rdf", tmp_path / "out")
    (tmp_path / "mine.txt").touch()
    with pytest.raises(UsageError, match="已存在且不是空文件夹"):
        export_graph(tiny_graph(), "csv", tmp_path)
    with pytest.raises(UsageError, match="是文件夹:请给"):
        export_graph(tiny_graph(), "jsonl", tmp_path)


def test_graphml_is_read_by_networkx(tmp_path: Path) -> None:
    graph = networkx.read_graphml(exported("graphml", tmp_path))
    assert graph.number_of_nodes() == len(tiny_graph().nodes())
    assert graph.number_of_edges() == len(tiny_graph().edges())
    assert graph.nodes[ITEM]["text"] == FORMULA_TEXT
    assert graph.nodes[ITEM]["label"] == "Clause"
    assert graph.nodes[CAP]["value"] == 2_000_000.0
    assert json.loads(graph.nodes[CLAUSE]["cite"]) == ["第一条"]


def test_gexf_names_colours_and_holds_every_value(tmp_path: Path) -> None:
    spaces = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
    root = ElementTree.parse(exported("gexf", tmp_path)).getroot()
    node = root.find(f".//g:node[@id='{CLAUSE}']", spaces)
    assert node is not None
    assert node.get("label") == "丰台区支持人工智能若干措施 第一条"
    colour = node.find("viz:color", spaces)
    assert colour is not None
    assert colour.attrib == {"r": "79", "g": "129", "b": "189"}  # 4F81BD
    values = {value.get("for"): value.get("value") for value in node.iterfind(".//g:attvalue", spaces)}
    assert values["span_end"] == str(len(CLAUSE_TEXT))
    assert len(root.findall(".//g:edge", spaces)) == len(tiny_graph().edges())


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_characters_that_xml_cannot_hold_are_marked(form: str, tmp_path: Path) -> None:
    graph = Graph(load_schema())
    graph.add_node("Topic", "topic-x", {"code": "x", "name": "算力\x0b\x00租用"})
    export_graph(graph, form, tmp_path / "out")
    assert "算力\ufffd\ufffd租用" in "".join(
        [
            *ElementTree.parse(tmp_path / "out").getroot().itertext(),
            (tmp_path / "out").read_text(encoding="utf-8"),
        ]
    )


class TestExcel:
    @pytest.fixture
    def workbook(self, tmp_path: Path) -> openpyxl.Workbook:
        return openpyxl.load_workbook(exported("xlsx", tmp_path))

    def test_there_is_a_sheet_for_each_label_and_edge_type(self, workbook: openpyxl.Workbook) -> None:
        labels, types = tiny_graph().counts()
        assert workbook.sheetnames == [*labels, *types]

    def test_headings_are_chinese_and_numbers_are_numbers(self, workbook: openpyxl.Workbook) -> None:
        rows = list(workbook["Benefit"].iter_rows(values_only=True))
        found = dict(zip(rows[0], next(row for row in rows if row[0] == CAP), strict=True))
        assert found["数值 (value)"] == 2_000_000
        assert found["条款号 (cite)"] == "第一条"

    def test_edges_name_their_ends(self, workbook: openpyxl.Workbook) -> None:
        heading, row = list(workbook["APPLIES_IN"].iter_rows(values_only=True))
        assert heading[:4] == ("起点 (from)", "起点名称", "终点 (to)", "终点名称")
        assert row[1:4] == ("丰台区支持人工智能若干措施", "district-110106", "丰台区")

    def test_a_text_that_looks_like_a_formula_stays_text(self, workbook: openpyxl.Workbook) -> None:
        cells = [cell for row in workbook["Clause"].iter_rows() for cell in row if cell.value == FORMULA_TEXT]
        assert [(cell.data_type, cell.quotePrefix, cell.hyperlink) for cell in cells] == [("s", True, None)]

    def test_no_cell_anywhere_is_a_formula(self, workbook: openpyxl.Workbook) -> None:
        assert not [
            cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        ]

    def test_a_text_that_is_too_long_for_a_cell_says_so(self, tmp_path: Path) -> None:
        graph = Graph(load_schema())
        graph.add_node("Topic", "topic-x", {"code": "x", "name": "算" * 40_000})
        export_graph(graph, "xlsx", tmp_path / "long.xlsx")
        cell = openpyxl.load_workbook(tmp_path / "long.xlsx")["Topic"]["C2"].value
        assert (len(cell), cell[-13:]) == (32_767, "算…(共 40000 字)")


class TestJsonLd:
    @pytest.fixture
    def entries(self, tmp_path: Path) -> dict[str, dict[str, object]]:
        document = json.loads(exported("jsonld", tmp_path).read_text(encoding="utf-8"))
        assert document["@context"]["@vocab"] == "https://schema.org/"
        return {entry["@id"].removeprefix("urn:policygraph:"): entry for entry in document["@graph"]}

    def test_a_policy_is_legislation(self, entries: dict[str, dict[str, object]]) -> None:
        policy = entries[POLICY]
        assert (policy["@type"], policy["name"]) == ("Legislation", "丰台区支持人工智能若干措施")
        assert policy["temporalCoverage"] == "2026-01-01/2028-12-31"
        assert policy["legislationJurisdiction"] == [{"@id": "urn:policygraph:district-110106"}]
        assert entries[NAMED_POLICY]["legislationIdentifier"] == "京经信发〔2021〕84号"

    def test_a_repeal_is_a_change(self, entries: dict[str, dict[str, object]]) -> None:
        named = [{"@id": f"urn:policygraph:{NAMED_POLICY}"}]
        assert entries[OTHER_POLICY]["legislationChanges"] == named
        assert entries[OTHER_POLICY]["legislationRepeals"] == named
        assert entries[OTHER_POLICY]["isBasedOn"] == named

    def test_a_clause_is_part_of_what_contains_it(self, entries: dict[str, dict[str, object]]) -> None:
        assert entries[CLAUSE]["isPartOf"] == {"@id": f"urn:policygraph:{POLICY}"}
        assert entries[ITEM]["isPartOf"] == {"@id": f"urn:policygraph:{CLAUSE}"}
        assert entries[ITEM]["legislationIdentifier"] == "第一条(1)"

    def test_a_cap_is_the_largest_amount_of_a_grant(self, entries: dict[str, dict[str, object]]) -> None:
        assert entries[CAP]["amount"] == {
            "@type": "MonetaryAmount",
            "currency": "CNY",
            "maxValue": 2_000_000.0,
        }


class TestCsv:
    def test_headers_are_those_of_neo4j_admin(self, tmp_path: Path) -> None:
        out = exported("csv", tmp_path)
        with (out / "nodes_Clause.csv").open(encoding="utf-8", newline="") as file:
            heading, *rows = csv.reader(file)
        assert heading[:3] == ["id:ID", "policy:string", "policy_title:string"]
        assert heading[-1] == ":LABEL"
        assert {"cite:string[]", "order:long"} <= set(heading)
        item = dict(zip(heading, next(row for row in rows if row[0] == ITEM), strict=True))
        assert item["text:string"] == FORMULA_TEXT
        assert item["cite:string[]"] == "第一条\x1f(1)"
        with (out / "edges_GRANTS.csv").open(encoding="utf-8", newline="") as file:
            heading = next(csv.reader(file))
        assert (heading[:2], heading[-1]) == ([":START_ID", ":END_ID"], ":TYPE")

    def test_neo4j_admin_imports_the_same_graph(self, neo4j_server_home: Path, tmp_path: Path) -> None:
        out = exported("csv", tmp_path)
        _import(neo4j_server_home, out)
        with (
            neo4j.running(neo4j_server_home) as running,
            Store.connect(running.settings(tmp_path / "home")) as store,
        ):
            store.execute((out / "after_import.cypher").read_text(encoding="utf-8").split(";\n")[:-1])
            assert list(store.read_graph().to_jsonl()) == list(tiny_graph().to_jsonl())

    def test_a_store_is_exported_as_its_graph_is(self, store: Store, tmp_path: Path) -> None:
        with open_build(store) as build:
            build.load(tiny_graph(), {})
        export_store(store, "csv", tmp_path / "streamed")
        files = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "streamed").iterdir()}
        assert files.pop("nodes_Build.csv").count("complete") == 1
        assert "nodes_Build.csv" in files.pop("README.txt")
        whole = {path.name: path.read_text(encoding="utf-8") for path in exported("csv", tmp_path).iterdir()}
        del whole["README.txt"]
        assert files.keys() == whole.keys()
        for name, text in whole.items():
            assert sorted(files[name].split("\n")) == sorted(text.split("\n"))

    def test_what_was_imported_is_a_build_that_can_be_changed(
        self, embedded_store: Store, neo4j_server_home: Path, tmp_path: Path
    ) -> None:
        records = [StoredRecord("a.txt", 0, '{"title": "措施"}'.encode()), StoredRecord("b.txt", 0, b"{}")]
        manifest = {"sources": {"a.txt": "0" * 64, 'b "2".txt': "1" * 64}}
        with open_build(embedded_store) as build:
            build.load(tiny_graph(), manifest, records)
        export_store(embedded_store, "csv", tmp_path / "csv")
        _import(neo4j_server_home, tmp_path / "csv")
        with (
            neo4j.running(neo4j_server_home) as running,
            Store.connect(running.settings(tmp_path / "home")) as store,
        ):
            store.execute(
                (tmp_path / "csv" / "after_import.cypher").read_text(encoding="utf-8").split(";\n")[:-1]
            )
            assert stored_manifest(store)["sources"] == manifest["sources"]
            with open_build(store) as build:
                assert list(build.iter_records()) == records
                assert build.load(tiny_graph(), manifest, records).changed is False

    @pytest.fixture
    def neo4j_server_home(self, tmp_path: Path) -> Path:
        """The folder of a Neo4j that was never started."""
        lacking = neo4j.missing()
        if lacking:
            pytest.skip(lacking)
        neo4j.prepare(tmp_path / "neo4j")
        return tmp_path / "neo4j"


def _import(server_home: Path, folder: Path) -> None:
    """Run the command that README.txt gives."""
    command = (folder / "README.txt").read_text(encoding="utf-8").split("neo4j-admin ")[1].split("\n\n")[0]
    neo4j.admin(server_home, *command.replace("\\\n", " ").split(), folder=folder)


def test_the_cypher_script_makes_the_same_graph(neo4j_store: Store) -> None:
    for statement in statements(tiny_graph()):
        neo4j_store.execute([statement])
    assert list(neo4j_store.read_graph().to_jsonl()) == list(tiny_graph().to_jsonl())


def test_the_cypher_script_has_one_statement_a_line(tmp_path: Path) -> None:
    lines = exported("cypher", tmp_path).read_text(encoding="utf-8").splitlines()
    assert [f"{statement};" for statement in statements(tiny_graph())] == lines
