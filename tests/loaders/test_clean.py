"""Cleaning: what changes, what stays, and that every position leads back to its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.clean import clean, fold_punctuation

FULL = {"comma": "\uff0c", "open": "\uff08", "close": "\uff09", "colon": "\uff1a", "percent": "\uff05"}


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("產(chǎn)業(yè)發(fā)展", "产业发展"),  # seed 000: Traditional, with pinyin glosses
        ("南(nán)沙區", "南沙区"),
        ("專(zhuān )項", "专项"),  # a gloss with a blank in it
        ("習(xí) 近平思想(xiǎng) ,總體(tǐ) 要求", "习近平思想,总体要求"),  # … or behind it
        ("第一條?為進一步加強管理", "第一条 为进一步加强管理"),  # a wide blank that the scraper lost
        ("符合哪条?为何", "符合哪条?为何"),  # a question is none
        ("给予1\ufe301配套", "给予1\ufe301配套"),  # the upright colon stays: it is folded for matching alone
        ("陜西省發展", "陕西省发展"),  # a form that opencc leaves
        ("给予(最高)支持", "给予(最高)支持"),  # brackets that hold Chinese stay
        (
            "开发手机应用(app)",
            "开发手机应用(app)",
        ),  # Latin in brackets is no gloss where nothing carries a tone
        ("１０００万元", "1000万元"),  # full-width digits
        ("ＡＩ产业", "AI产业"),
        ("①面积300㎡", "①面积300㎡"),  # NFKC would make it 1面积300m2
        (
            f"京经信发{FULL['open']}2021{FULL['close']}",
            f"京经信发{FULL['open']}2021{FULL['close']}",
        ),  # brackets stay
        ("给予   最高\t200万元", "给予 最高 200万元"),  # runs of blanks become one
        ("# (一)支持\n**2024** 年", "(一)支持\n2024 年"),  # seed 002: markdown left over
        ("• [标  题] 办法", "[标 题] 办法"),  # seed 004: bullets of a portal
        ("第一段。\n\n\n第二段。", "第一段。\n第二段。"),
        ("最高2\u200b00\u00ad万元", "最高200万元"),  # characters that nobody sees
        ("最高\u202e002\u202c万元", "最高002万元"),  # a mark of direction: a screen would show 200
        ("支持\x1b]0;坏\x07企业\x1b[2J", "支持]0;坏企业[2J"),  # would command a terminal
        ("甲 ** 乙 \u200b 丙\n**\n丁", "甲 乙 丙\n丁"),  # what is dropped leaves one blank, no empty line
    ],
)
def test_cleans(source: str, cleaned: str) -> None:
    assert clean(source).text == cleaned


def test_small_and_wide_marks_count_as_the_usual_ones() -> None:
    # the source keeps its characters; a word processor wrote the small full stop and colon
    assert clean("1\ufe52支持\ufe55").text == "1\ufe52支持\ufe55"
    assert fold_punctuation("1\ufe52支持\ufe55 15元\uff0f平方米 甲\uff5c乙") == "1.支持: 15元/平方米 甲|乙"


def test_commas_that_a_scraper_strewed_in_are_dropped() -> None:
    strewn = "一,、支持甲,。对企业给予奖励,,最高100万元,;对项目给予补助,,最高50万元,。"
    assert clean(strewn).text == "一、支持甲。对企业给予奖励,最高100万元;对项目给予补助,最高50万元。"
    assert clean("甲,,乙").text == "甲,,乙"  # one slip is the text's own


def test_a_line_that_ends_amid_a_phrase_runs_on() -> None:
    text = "2、展位规模达到15000平方米以上至20000平方米以下的\n展会,给予5万元奖励;"
    assert clean(text).text == text.replace("\n", "")


def test_a_text_full_of_toneless_glosses_loses_them() -> None:
    # as one scrape has them, some characters glossed twice; 8 different syllables make a text of glosses
    glossed = "支(zhi)持研(yan)發(fa)機構(gou)建(jian)設(she),國(guo)家(jia)級產(chan)業創(chuang)(chuang)新(xin)中心"
    assert clean(glossed).text == "支持研发机构建设,国家级产业创新中心"
    assert clean("支持手机应用(app)和人工智能(an)发展").text == "支持手机应用(app)和人工智能(an)发展"


def test_joins_a_sentence_broken_by_a_page() -> None:
    # seed 002, at the foot of a page: "…给予重点企业及重⏎⏎大项目贷款贴息支持"
    broken = "加强企业梯度培育,支持重点领域企业小升规,规升强,推动企业升规稳规;支持受灾企业灾后重建,给予重点企业及重\n\n\n大项目贷款贴息支持。"
    assert clean(broken).text.endswith("给予重点企业及重大项目贷款贴息支持。")


def test_joins_the_lines_of_a_wrapped_page() -> None:
    line = "支持企业围绕工业智能算法和工业知识图谱开展自主研发创新应用"
    wrapped = "\n".join([line] * 12) + "。"
    assert "\n" not in clean(wrapped).text


def test_keeps_headings_and_items_apart() -> None:
    text = "二、重点支持方向\n(一)加强体系化能力\n发挥平台作用。\n(二)加强重点突破"
    assert clean(text).text == text


def test_folding_keeps_length_and_changes_only_punctuation() -> None:
    text = f"按照30{FULL['percent']}给予{FULL['comma']}最高{FULL['open']}含{FULL['close']}{FULL['colon']}《办法》。"
    folded = fold_punctuation(text)
    assert len(folded) == len(text)
    assert folded == "按照30%给予,最高(含):《办法》。"
    assert fold_punctuation("1\ufe301、1\u22361") == "1:1、1:1"


@given(st.text(alphabet="產业(chǎn)ā，。１2万元 \n\t#*•第一条、", max_size=200))
def test_every_position_leads_back_to_a_character_of_its_own_kind(source: str) -> None:
    mapped = clean(source)
    offsets = mapped.offsets()
    for position, character in enumerate(mapped.text):
        at = offsets.to_source(position)
        assert 0 <= at < len(source)
        if character in "业万元第一条、。":
            assert source[at] == character


@given(st.text(max_size=300))
def test_cleaning_any_text_ends_and_stays_clean_of_double_blanks(source: str) -> None:
    text = clean(source).text
    assert "  " not in text
