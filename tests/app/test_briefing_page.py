"""The explorer's page of briefings: it starts for every kind, and offers the files."""

from __future__ import annotations

import datetime

import pytest
from streamlit.testing.v1 import AppTest

from app.briefings.files import made
from app.briefings.kinds import answer
from app.briefings.question import Question
from app.building import build
from data import CORPUS
from graph.store import Store
from tests.app.pages import component_data


@pytest.fixture(scope="module")
def corpus(embedded_server: Store) -> Store:
    """The bundled policies, as `policygraph build` loads them."""
    build(embedded_server, [CORPUS])
    return embedded_server


def _page() -> None:
    from app.views.briefing import show

    show()


def _paper(page: AppTest) -> str:
    [(_, data)] = component_data(page, "paper")
    html: str = data["html"]
    return html


@pytest.mark.parametrize("kind", ["跨区对比", "地区画像", "匹配链", "冲突与叠加", "变化"])
def test_every_kind_is_shown_with_its_files(
    corpus: Store, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("POLICYGRAPH_HOME", str(corpus.settings.home))
    page = AppTest.from_function(_page, default_timeout=30)
    page.query_params["kind"] = kind
    page.run()
    assert not page.exception
    assert page.selectbox[0].value == kind
    assert len(page.get("download_button")) == 6
    assert len(component_data(page, "paper")) == 1


def test_a_chain_is_worked_out_for_the_award_that_is_typed(
    corpus: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYGRAPH_HOME", str(corpus.settings.home))
    page = AppTest.from_function(_page, default_timeout=30)
    page.query_params["kind"] = "匹配链"
    page.query_params["award"] = "1000"
    page.run()
    # 经开区 gives 1:1
    assert "1000 万元 × 100% = 1000 万元" in _paper(page)


def test_changes_since_a_build_ask_for_its_file(corpus: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGRAPH_HOME", str(corpus.settings.home))
    page = AppTest.from_function(_page, default_timeout=30)
    page.query_params["kind"] = "变化"
    page.query_params["since"] = "先前的图谱"
    page.run()
    assert not page.exception
    assert len(page.get("file_uploader")) == 1
    assert not component_data(page, "paper")
    assert "请上传先前的图谱" in page.get("html")[-1].proto.body
    earlier = "".join(f"{line}\n" for line in corpus.read_graph().to_jsonl())
    page.get("file_uploader")[0].upload("earlier.jsonl", earlier.encode(), "application/jsonl").run()
    assert not page.exception
    assert "24\u00a0件政策没有变化" in _paper(page)


def test_the_page_is_the_file_that_is_taken_away(corpus: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGRAPH_HOME", str(corpus.settings.home))
    page = AppTest.from_function(_page, default_timeout=30)
    page.session_state["as_of"] = datetime.date(2028, 1, 1)
    page.run()
    briefing = answer(corpus, Question("compare", "算力租用与算力券"), "2028-01-01")
    assert _paper(page) == made(briefing, ".html").decode()
