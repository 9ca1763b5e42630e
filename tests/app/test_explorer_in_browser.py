"""The three readers' paths in a real browser: each question answered in at most four clicks, with the sentence in view and no
request that leaves the machine."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Download, Page

from app.building import build
from app.explorer import PAGES
from app.texts import say
from graph.server_control import stop_server
from graph.settings import read_settings
from graph.store import Store
from tests.app.browser import CHROMIUM, Reader, chromium, explorer
from tests.app.conftest import TWO_CITIES

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium on this machine: the explorer cannot be tried in a browser"
)

MOST_CLICKS = 4
NETWORK = """() => [...document.querySelectorAll('*')].map((e) => e.shadowRoot && e.shadowRoot.querySelector('.network')).find(Boolean)"""
STREAMLITS_OWN_WORDS = (
    "Choose",
    "Press Enter",
    "Running",
    "Deploy",
    "required",
    "Select",
    "No results",
    "Traceback",
    "Error",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(corpus_home: Path) -> Iterator[str]:
    with explorer(corpus_home) as found:
        yield found


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader who has just opened the explorer; at the end nothing has left the machine."""
    reader = Reader(browser, address)
    reader.open("?as_of=2026-11-23")
    yield reader
    assert reader.left_the_machine == []
    reader.page.close()


def test_which_districts_support_compute_rental_and_how_much(reader: Reader) -> None:
    reader.go_to("跨区对比")
    reader.choose("支持事项", "算力租用与算力券")
    assert reader.finding().startswith(
        "10 个已收录地区中 4 个支持算力租用与算力券，比例 20%–50%，上限 50 万–1000 万元。另有经开区只提到"
    )
    assert reader.sees("按照购买或租用算力实际投入的20%给予最高200万元支持")
    assert reader.clicks <= MOST_CLICKS


def test_what_fengtai_does_not_support_that_others_do(reader: Reader) -> None:
    reader.go_to("空白分析")
    reader.choose("地区", "丰台区")
    assert "丰台区的已收录政策中，有 30 项支持事项未见支持" in reader.finding()
    reader.page.locator(".quote").first.scroll_into_view_if_needed()
    assert reader.sees("参展与企业出海")
    assert reader.page.locator(".quote").first.is_visible()
    assert reader.clicks <= MOST_CLICKS


def test_what_each_district_adds_to_a_city_award_and_what_may_not_be_drawn_together(reader: Reader) -> None:
    reader.go_to("匹配链")
    finding = reader.finding()
    assert "同一项市级奖励 500 万元" in finding
    for words in ("经开区再给 500 万元", "通州再给 250 万元", "丰台再给 100 万元（工业智能项目 150 万元）"):
        assert words in finding
    assert reader.sees("按照不超过市级资金的50%给予配套支持")
    rule = reader.page.locator(".card.rule .quote", has_text="从优不重复").first
    rule.wait_for(timeout=5_000)  # further down the page, drawn a moment after the rest
    assert rule.is_visible()
    assert reader.clicks <= MOST_CLICKS


def test_a_cite_opens_the_text_with_the_sentence_lit_and_the_address_opens_the_same(
    reader: Reader, browser: Browser, address: str
) -> None:
    reader.go_to("跨区对比")
    reader.click(".quotes a", "丰台区")
    reader.page.locator(".text .mark.lit").first.wait_for()
    lit = "".join(reader.page.locator(".text .mark.lit").all_inner_texts())
    assert lit.startswith("加大人工智能算力供给支持")
    colleague = Reader(browser, address)
    colleague.page.goto(reader.page.url)
    colleague.settle()
    colleague.page.locator(".text .mark.lit").first.wait_for()
    assert "".join(colleague.page.locator(".text .mark.lit").all_inner_texts()) == lit
    colleague.page.close()


def test_a_mark_shows_its_fact_and_a_fact_its_sentence(reader: Reader) -> None:
    reader.open("reader?district=丰台区")
    reader.click(".text .mark.amount", "给予最高200万元")
    assert "上限 200 万元" in reader.page.locator(".fact.lit").first.inner_text()
    assert "quote=" in reader.page.url
    reader.click(".fact", "大模型与算法备案")
    assert "合规备案" in "".join(reader.page.locator(".text .mark.lit").all_inner_texts())


def test_a_click_on_a_node_shows_its_sentence_and_the_next_opens_its_neighbours(reader: Reader) -> None:
    reader.go_to("图谱")
    before = reader.page.evaluate(f"({NETWORK})().nodes.length")
    _click_node(reader, "丰台区 第一条")
    assert reader.sees("按照购买或租用算力实际投入的20%给予最高200万元支持")
    _click_node(reader, "丰台区 第一条")
    opened = reader.page.evaluate(f"({NETWORK})().nodes.length")
    assert opened > before
    _click_node(reader, "丰台区 第一条")
    assert reader.page.evaluate(f"({NETWORK})().nodes.length") == before


def test_a_click_on_a_tile_and_on_a_row_acts(reader: Reader) -> None:
    reader.go_to("冲突与叠加")
    reader.click('svg [data-id="石景山区"]')
    assert reader.finding().startswith("石景山区有 39 对支持不能同时领")
    first = reader.page.locator(".card.rule").first.inner_text()
    reader.click("tr.pickable:nth-child(2) td:last-child")
    assert reader.page.locator("tr.picked").count() == 1
    assert reader.page.locator(".card.rule").first.inner_text() != first


def test_filters_go_along_from_page_to_page(reader: Reader) -> None:
    reader.go_to("空白分析")
    reader.choose("地区", "丰台区")
    reader.go_to("匹配链")
    assert "丰台再给" in reader.finding()
    assert "经开区" not in reader.finding()


def test_the_first_page_is_found_by_its_name_too(reader: Reader) -> None:
    reader.open("overview?as_of=2026-11-23&district=丰台区")
    # of a page that it does not know Streamlit says so in English
    assert reader.page.locator("[role=dialog]").count() == 0
    assert reader.finding().startswith("已收录 11 个地区的 24 件政策")
    assert [tag.inner_text() for tag in reader.page.locator("[aria-current=page]").all()] == ["总览"]
    assert reader.page.url.endswith("/?as_of=2026-11-23&district=%E4%B8%B0%E5%8F%B0%E5%8C%BA")


def test_every_page_fits_its_window_in_chinese(reader: Reader) -> None:
    for name in PAGES:
        reader.open(f"{name}?words=算力")
        body = reader.page.locator("[data-testid=stMain]")
        for width in (1280, 1920):
            reader.page.set_viewport_size({"width": width, "height": 900})
            reader.page.wait_for_timeout(100)
            assert body.evaluate("(e) => e.scrollWidth <= e.clientWidth + 1"), (name, width)
        words = body.inner_text()
        assert [own for own in STREAMLITS_OWN_WORDS if re.search(rf"\b{own}", words)] == [], name


def test_tables_and_pictures_are_taken_away(reader: Reader, browser: Browser, tmp_path: Path) -> None:
    reader.go_to("跨区对比")
    csv = _saved(reader, "下载 CSV", tmp_path).decode("utf-8-sig")
    assert "丰台区,支持,按购买或租用算力实际投入,0.2,2000000," in csv  # exact yuan, shares as fractions
    book = openpyxl.load_workbook(io.BytesIO(_saved(reader, "下载 Excel", tmp_path)))
    assert book.active.max_row > 5
    assert _saved(reader, "下载图片", tmp_path).startswith(b"\x89PNG")
    _draws_offline(browser, tmp_path / "picture.html", _saved(reader, "下载网页", tmp_path), "svg")
    reader.go_to("图谱")
    page = _saved(reader, "下载网页", tmp_path)
    opened = _draws_offline(browser, tmp_path / "network.html", page, "canvas")
    assert opened.locator(".told").inner_text().startswith("算力租用与算力券")
    opened.close()


def test_an_empty_page_takes_over_the_graph_that_is_built_elsewhere(browser: Browser, tmp_path: Path) -> None:
    settings = read_settings(home=tmp_path / "home", environ={})
    (tmp_path / "a.txt").write_text(TWO_CITIES["丰台"], encoding="utf-8")
    with explorer(settings.home) as address, Store.connect(settings) as store:
        (settings.home / "current.json").unlink()
        reader = Reader(browser, address)
        reader.open()
        assert reader.page.locator(".notice").inner_text().startswith("图谱还是空的")
        build(store, [tmp_path / "a.txt"])
        reader.page.locator(".finding", has_text="1 件政策").wait_for(timeout=10_000)
        assert reader.left_the_machine == []
        reader.page.close()
        stop_server(store.folder)


def test_text_of_documents_is_text_on_every_page(browser: Browser, hostile_home: Path) -> None:
    with explorer(hostile_home) as address:
        reader = Reader(browser, address)
        reader.page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
        for name in PAGES:
            reader.open(f"{name}?words=租用算力")
            assert "坏了" not in reader.page.title(), name
            shown = reader.page.locator("[data-testid=stMain]")
            assert shown.locator("script, strong, img[src=x], b:has-text('粗')").count() == 0, name
        reader.open("reader")
        assert reader.sees("<script>document.title='坏了'</script>")
        reader.page.close()


def _click_node(reader: Reader, words: str) -> None:
    # The picture may still be moving into its frame: the spot counts once it stays.
    spot = reader.page.evaluate(
        f"""async (words) => {{
          const holder = ({NETWORK})();
          const spot = () => {{
            const node = holder.nodes.get().find((one) => one.words.startsWith(words));
            const box = holder.getBoundingClientRect();
            const place = holder.network.canvasToDOM({{ x: node.x, y: node.y }});
            return [box.x + place.x, box.y + place.y];
          }};
          for (let last = [], now = spot(); ; last = now, now = spot()) {{
            if (now.every((part, at) => part === last[at])) return now;
            await new Promise((resolve) => setTimeout(resolve, 200));
          }}
        }}""",
        words,
    )
    reader.page.mouse.click(*spot)
    reader.settle()
    reader.page.wait_for_timeout(300)


def _saved(reader: Reader, button: str, folder: Path) -> bytes:
    with reader.page.expect_download() as found:
        reader.page.get_by_role("button", name=button, exact=True).first.click()
    download: Download = found.value
    path = folder / download.suggested_filename
    download.save_as(path)
    return path.read_bytes()


def _draws_offline(browser: Browser, path: Path, content: bytes, drawn: str) -> Page:
    """Opens a saved page with the network cut."""
    path.write_bytes(content)
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.locator(drawn).first.wait_for()
    assert asked == [path.as_uri()]
    return page


def test_the_words_of_the_pages_are_those_of_the_table(reader: Reader) -> None:
    names = reader.page.locator("[data-testid=stSidebarNavLink]").all_inner_texts()
    assert names == [say(f"page.{name}") for name in PAGES]
