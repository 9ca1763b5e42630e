"""The reading page's text: nothing lost, every fact on its sentence, and an address that finds its sentence again."""

from __future__ import annotations

import pytest

from app.answers.reading import LIT, facts, locate, reader_data
from app.evidence import shortened_quote
from data import CORPUS
from loaders.batch import extract_files
from loaders.read import Refusal
from loaders.record import PolicyRecord


@pytest.fixture(scope="module")
def records() -> list[PolicyRecord]:
    """The records of the bundled policies."""
    found: list[PolicyRecord] = []
    for extraction in extract_files([CORPUS], 1):
        if not isinstance(extraction, Refusal):
            found += extraction.records
    return found


@pytest.fixture(scope="module")
def fengtai(records: list[PolicyRecord]) -> PolicyRecord:
    """丰台's policy: inline items, amounts, matches."""
    return next(record for record in records if record.title.startswith("丰台区"))


def _bare(text: str) -> str:
    return "".join(text.split())


def test_no_character_of_the_text_is_lost(records: list[PolicyRecord]) -> None:
    for record in records:
        data = reader_data(record, facts(record, {}), "p", None, [])
        shown = "".join(piece["text"] for line in data["paragraphs"] for piece in line["pieces"])
        assert _bare(shown) == _bare(record.text), record.title


def test_every_fact_is_marked_on_its_own_words(fengtai: PolicyRecord) -> None:
    found = facts(fengtai, {})
    data = reader_data(fengtai, found, "p", None, [])
    marked: dict[str, str] = {}
    for line in data["paragraphs"]:
        for piece in line["pieces"]:
            for id_ in piece["facts"]:
                marked[id_] = marked.get(id_, "") + piece["text"]
    assert {fact.id: _bare(fact.quote) for fact in found} == {
        id_: _bare(text) for id_, text in marked.items()
    }


def test_items_inside_a_line_stand_on_lines_of_their_own_indented(fengtai: PolicyRecord) -> None:
    lines = reader_data(fengtai, [], "p", None, [])["paragraphs"]
    texts = {"".join(piece["text"] for piece in line["pieces"]): line["indent"] for line in lines}
    first = next(text for text in texts if text.startswith("(1)支持大模型合规备案"))
    parent = next(text for text in texts if text.startswith("第二条"))
    assert (texts[parent], texts[first]) == (0, 1)


def test_facts_are_told_in_words(fengtai: PolicyRecord) -> None:
    found = {
        (fact.mark, fact.words, fact.cite) for fact in facts(fengtai, {"compute-rental": "算力租用与算力券"})
    }
    assert ("amount", "上限 200 万元 · 每家企业", ("第一条",)) in found
    assert ("topic", "算力租用与算力券", ("第一条",)) in found
    assert ("date", "有效期至：2028-12-31", ()) in found


def test_an_address_finds_its_sentence_again(records: list[PolicyRecord]) -> None:
    for record in records:
        for fact in facts(record, {}):
            span = locate(record, "".join(fact.cite), shortened_quote(fact.quote))
            assert span is not None, (record.title, fact)
            assert _bare(record.text[slice(*span)])[:10] == _bare(fact.quote)[:10]


def test_a_sentence_that_is_no_fact_is_lit_too(fengtai: PolicyRecord) -> None:
    span = locate(
        fengtai,
        "第六条(3)",
        "对获得市级首台(套)项目补贴的企业,按照不超过市级补贴资金的30%给予最高100万元支持",
    )
    assert span is not None
    data = reader_data(fengtai, facts(fengtai, {}), "p", span, [LIT])
    lit = [piece["text"] for line in data["paragraphs"] for piece in line["pieces"] if LIT in piece["facts"]]
    assert "".join(lit) == fengtai.text[slice(*span)]


@pytest.mark.parametrize("quote", ["这句话不在文中", "…"])
def test_a_sentence_that_is_not_there_lights_nothing(fengtai: PolicyRecord, quote: str) -> None:
    assert locate(fengtai, "第一条", quote) is None
