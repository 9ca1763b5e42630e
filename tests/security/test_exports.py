"""Files that people take away: no script in pages and pictures, no formula in tables, whatever a document's text holds."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from app.briefings.files import made
from app.briefings.kinds import Question, answer
from app.building import build
from app.cli import cli
from app.tables import csv_bytes, xlsx_bytes
from graph.export.formats import export_graph
from graph.export.formulas import FORMULA_SIGNS, harmless
from graph.server_control import stop_server
from graph.settings import read_settings
from graph.store import Store
from tests.app.conftest import HOSTILE_TEXT
from tests.graph.samples import tiny_graph

FORMULAS = """鹿城区支持数字经济若干措施
第一条 =HYPERLINK("http://example.org/","点此")。对租用算力的企业,按照租用费用的20%给予最高200万元补贴。
第二条 @SUM(1+1)*cmd|' /C calc'!A0。对获得市级首台(套)奖励的企业,给予最高300万元奖励。
第三条 +支持租用算力,给予最高100万元补贴,有效期-1年。
第四条 本措施自印发之日起施行,有效期3年。
"""


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A graph of policies whose texts try to be markup, links and formulas."""
    sources = tmp_path_factory.mktemp("sources")
    (sources / "<img src=x onerror=alert(1)>.txt").write_text(HOSTILE_TEXT, encoding="utf-8")
    (sources / "=1+1.txt").write_text(FORMULAS, encoding="utf-8")
    settings = read_settings(home=tmp_path_factory.mktemp("home") / "home", environ={})
    with Store.connect(settings) as store:
        build(store, [sources])
        yield store
    stop_server(store.folder)


class _Page(HTMLParser):
    """What a browser would run or fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.dangers: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in {"script", "iframe", "object", "embed", "base", "form", "link"}:
            self.dangers.append(tag)
        for name, value in attrs:
            leads_out = name in {"src", "href", "xlink:href", "action", "data"} and not (
                value or ""
            ).startswith("#")
            if name.startswith("on") or leads_out:
                self.dangers.append(f"{tag} {name}={value}")


QUESTIONS = {
    "compare": Question("compare", "算力租用与算力券"),
    "profile": Question("profile", "鹿城区"),
    "chain": Question("chain", "首台(套)首批次与首试首用", award=5_000_000),
    "conflicts": Question("conflicts", "鹿城区"),
    "changes": Question("changes", "2026-11-23"),
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_briefing_holds_no_script_and_leads_nowhere(hostile_store: Store, kind: str) -> None:
    briefing = answer(hostile_store, QUESTIONS[kind], "2027-01-01")
    page = made(briefing, ".html").decode()
    assert "鹿城区" in page
    read = _Page(page)
    assert "table" in read.tags
    assert read.dangers == []
    # were there one, no browser would run it
    assert "default-src 'none'" in page
    assert "script-src" not in page
    assert _Page(briefing.picture.svg).dangers == []
    assert "default-src 'none'" in briefing.picture.to_html()


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_briefing_as_markdown_holds_no_markup_of_a_document(hostile_store: Store, kind: str) -> None:
    text = made(answer(hostile_store, QUESTIONS[kind], "2027-01-01"), ".md").decode()
    assert text.startswith("# ")
    assert not re.search(r"(?<!\\)</?(?:script|img|b)\b", text)
    assert not re.search(r"(?<!\\)\[[^\]]*\]\(", text)


def test_a_workbook_of_a_briefing_holds_no_formula(hostile_store: Store) -> None:
    for question in QUESTIONS.values():
        content = made(answer(hostile_store, question, "2027-01-01"), ".xlsx")
        assert _formulas(content) == []


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_a_text_that_begins_like_a_formula_is_harmless(sign: str) -> None:
    text = f"{sign}HYPERLINK(1)"
    kept = "'" + text.replace("\r", "\n")
    assert harmless(text) == kept
    frame = pd.DataFrame({text: [text]})
    rows = list(csv.reader(io.StringIO(csv_bytes(frame).decode("utf-8-sig"), newline="")))
    assert rows == [[kept], [kept]]
    assert _formulas(xlsx_bytes(frame)) == []


@pytest.mark.parametrize(
    "value", [-5, -0.5, 2_000_000, 0.3, None, True, "200万元", "第一条", "", "1-2", "a=b"]
)
def test_numbers_and_other_texts_stay_as_they_are(value: Any) -> None:
    assert harmless(value) == value


def test_amounts_in_files_are_numbers() -> None:
    frame = pd.DataFrame({"上限(元)": [2_000_000, -1]})
    assert csv_bytes(frame).decode("utf-8-sig").splitlines() == ["上限(元)", "2000000", "-1"]
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(frame)))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == [2_000_000, -1]


@pytest.mark.parametrize(
    "command",
    [
        ["query", "topic_clauses", "--param", "topics=算力租用与算力券", "--format", "csv"],
        ["search", "算力", "--format", "csv"],
        ["cypher", "MATCH (c:Clause) RETURN c.text AS `=1+1`, -1 AS b", "--format", "csv"],
        ["cypher", "RETURN 'a\r=1+1' AS a, 1 AS b", "--format", "csv"],
        ["cypher", "RETURN '=1+1' AS a, '-1' AS b, -1 AS c", "--format", "csv"],
    ],
)
def test_the_command_lines_csv_holds_no_formula(
    hostile_store: Store, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("POLICYGRAPH_HOME", str(hostile_store.settings.home))
    done = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    cells = [cell for row in csv.reader(io.StringIO(done.stdout, newline="")) for cell in row]
    assert len(cells) > 2
    assert [cell for cell in cells if cell.startswith(FORMULA_SIGNS) and not _is_number(cell)] == []


def test_the_whole_graph_as_a_workbook_holds_no_formula(hostile_store: Store, tmp_path: Path) -> None:
    export_graph(hostile_store.read_graph(), "xlsx", tmp_path / "graph.xlsx")
    assert _formulas((tmp_path / "graph.xlsx").read_bytes()) == []


def test_csv_for_neo4j_admin_keeps_texts_as_they_are(tmp_path: Path) -> None:
    """It is read by a program, and must give the same graph: docs/security.md says not to open it in a spreadsheet."""
    export_graph(tiny_graph(), "csv", tmp_path / "import")
    assert '"=HYPERLINK(' in (tmp_path / "import" / "nodes_Clause.csv").read_text(encoding="utf-8")


def _formulas(content: bytes) -> list[object]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 1
    return [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(?:\.\d+)?", cell) is not None
