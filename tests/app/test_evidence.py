"""Cites and addresses: always in one order, short, and leading back to the sentence."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from app.evidence import cite_line, opening, reader_address, short_title, shortened_quote


@pytest.mark.parametrize(
    ("title", "district", "short"),
    [
        ("北京市东城区关于推动金融产业高质量发展的若干措施", "东城区", "推动金融产业高质量发展的若干措施"),
        ("北京海淀区支持金融业高质量发展的若干措施", "海淀区", "支持金融业高质量发展的若干措施"),
        (
            "关于支持北京城市副中心数字经济高质量发展的实施细则",
            "通州区",
            "支持北京城市副中心数字经济高质量发展的实施细则",
        ),
        ("浙江省温州市鹿城区支持外贸发展若干措施", "鹿城区", "支持外贸发展若干措施"),
        (
            "北京市经济和信息化局关于印发2024年资金实施指南的通知",
            "北京市",
            "2024年资金实施指南",
        ),  # the notice's issuer goes
        ("市级首台(套)奖励", "", "市级首台(套)奖励"),  # 市级 is no city
        ("北京市管理办法", "北京市", "北京市管理办法"),  # nothing would be left to tell it by
    ],
)
def test_titles_are_told_without_what_the_cite_says_already(title: str, district: str, short: str) -> None:
    assert short_title(title, district) == short


def test_cites_stand_in_one_order() -> None:
    line = cite_line("丰台区", "丰台区支持人工智能若干措施", ("第五条", "(1)"))
    assert line == "丰台区 · 支持人工智能若干措施 · 第五条(1)"


def test_addresses_hold_policy_cite_and_sentence() -> None:
    address = reader_address("policy-1", ("第五条", "(1)"), "最高200万元")
    parts = urlsplit(address.href)
    assert parts.path == "reader"
    assert parse_qs(parts.query) == {"policy": ["policy-1"], "cite": ["第五条(1)"], "quote": ["最高200万元"]}


def test_long_quotes_are_held_by_both_ends() -> None:
    quote = "按照" + "购买或租用算力实际投入的" * 8 + "20%给予最高200万元支持"
    short = shortened_quote(quote)
    head, _, tail = short.partition("…")
    assert quote.startswith(head)
    assert quote.endswith(tail)
    assert len(short) < 50


def test_a_clause_is_called_by_its_first_words() -> None:
    assert opening("支持工业软件产品研发。支持研发设计") == "支持工业软件产品研发"
    assert opening("\n加大 人工智能") == "加大"
