"""Graphs for the explorer's tests: the bundled policies, and a policy whose text tries to be markup. Each on a server of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st

from app.building import build
from data import CORPUS
from graph.server_control import stop_server
from graph.settings import Settings, read_settings
from graph.store import Store

HOSTILE_TITLE = "鹿城区支持<script>document.title='坏了'</script>人工智能若干措施"
HOSTILE_TEXT = """鹿城区支持<script>document.title='坏了'</script>人工智能若干措施
第一条 支持租用算力。对租用算力的企业<img src=x onerror="document.title='坏了'">,按照[租用费用](javascript:alert(1))的20%给予最高200万元补贴,:red[每家企业] $x^2$。
第二条 支持首台(套)。对获得市级首台(套)奖励的企业,按照市级奖励资金的50%给予最高300万元配套支持。</script><b>粗</b>
第三条 同一项目符合本措施多个条款或鹿城区其他政策的,按照从优不重复原则支持。
第四条 本措施自印发之日起施行,有效期3年。
"""
"""A title and clauses that a careless page would take for HTML, Markdown, a link or a formula."""


_TERM = "本措施自2026年1月1日起施行,有效期至2028年12月31日。"
TWO_CITIES = {
    "丰台": f"""丰台区支持算力若干措施
第一条 支持租用算力。对租用算力的企业,按照租用费用的20%给予最高200万元补贴。
第二条 {_TERM}
""",
    "鹿城": f"""温州市鹿城区支持算力若干措施
第一条 支持租用算力。对租用算力的企业,按照租用费用的30%给予最高100万元补贴。
第二条 支持首台(套)。对获得市级首台(套)奖励的企业,按照市级奖励资金的50%给予最高300万元配套支持。
第三条 {_TERM}
""",
    "温州": f"""温州市支持首台(套)推广应用若干措施
第一条 支持首台(套)。对首台(套)产品研制企业,给予最高500万元奖励。
第二条 {_TERM}
""",
}


@pytest.fixture(scope="session")
def corpus_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with the graph of the bundled policies."""
    yield from _built(tmp_path_factory.mktemp("corpus-home"), CORPUS)


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with the graph of one policy that tries to be markup."""
    sources = tmp_path_factory.mktemp("hostile-sources")
    (sources / "坏.txt").write_text(HOSTILE_TEXT, encoding="utf-8")
    yield from _built(tmp_path_factory.mktemp("hostile-home"), sources)


@pytest.fixture(scope="session")
def two_cities_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with a district of Beijing and, with its city, one of another city that no map is drawn of."""
    sources = tmp_path_factory.mktemp("two-cities")
    for name, text in TWO_CITIES.items():
        (sources / f"{name}.txt").write_text(text, encoding="utf-8")
    yield from _built(tmp_path_factory.mktemp("two-cities-home"), sources)


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Settings]]:
    """Points the explorer of this process at a data folder, with nothing kept from another one; lets go of it at the end."""

    def use(home: Path) -> Settings:
        for name in [name for name in os.environ if name.startswith("NEO4J_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("POLICYGRAPH_HOME", str(home))
        return read_settings()

    yield use
    _let_go()


@pytest.fixture(scope="module", autouse=True)
def nothing_kept() -> Iterator[None]:
    """No test file leaves an open store or answers to the next."""
    yield
    _let_go()


@pytest.fixture
def corpus(corpus_home: Path, at_home: Callable[[Path], Settings]) -> Settings:
    """The explorer on the bundled policies."""
    return at_home(corpus_home)


@pytest.fixture
def two_cities(two_cities_home: Path, at_home: Callable[[Path], Settings]) -> Settings:
    """The explorer on policies of two cities."""
    return at_home(two_cities_home)


@pytest.fixture
def hostile(hostile_home: Path, at_home: Callable[[Path], Settings]) -> Settings:
    """The explorer on the policy that tries to be markup."""
    return at_home(hostile_home)


def _built(home: Path, sources: Path) -> Iterator[Path]:
    settings = read_settings(home=home, environ={})
    with Store.connect(settings) as store:
        build(store, [sources])
    yield home
    stop_server(Store(settings).folder)


def _let_go() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()
