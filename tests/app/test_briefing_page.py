"""The explorer's page of briefings: it starts for every kind, and offers the files."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app.building import build
from data import CORPUS
from graph.store import Store


@pytest.fixture(scope="module")
def corpus(embedded_server: Store) -> Store:
    """The bundled policies, as `policygraph build` loads them."""
    build(embedded_server, [CORPUS])
    return embedded_server


def _page() -> None:
    from app.views.briefing import show

    show()


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
    assert len(page.get("iframe")) == 1
