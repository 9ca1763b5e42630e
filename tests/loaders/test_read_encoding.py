"""Bytes → text: every encoding that policies come in, short texts too, and a clear no to what is none of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.lexicon import read_lexicon
from loaders.reading.encoding import decode
from loaders.reading.refusal import UnreadableError

SIMPLIFIED = "第一条 支持企业加大研发投入，最高不超过500万元。\n第二条 本办法自印发之日起施行。\n"
TRADITIONAL = "第一條 支持企業加大研發投入，最高不超過500萬元。\n第二條 本辦法自印發之日起施行。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "utf-16"),  # with byte order mark
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED, "gb2312"),
        (SIMPLIFIED, "utf-32"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "cp950"),
        (TRADITIONAL, "big5hkscs"),
        (TRADITIONAL, "gbk"),
        (TRADITIONAL, "utf-16-le"),
        ("面积3㎡，①项目；镕基、𠮷野\n" + SIMPLIFIED, "gb18030"),  # characters that GBK has not
        ("啫喱、啲嘢\n" + TRADITIONAL, "big5hkscs"),  # Hong Kong's own characters
    ],
)
def test_reads_the_encodings_of_chinese_documents(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", ["支持企业发展", "最高不超过五百万元", "京经信发〔2021〕84号", "一、总体要求"]
)
def test_reads_short_simplified_texts(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["支持企業發展", "產業發展獎勵補助", "第二條 補助金額"])
def test_reads_short_traditional_texts(text):
    assert decode(text.encode("big5")) == text


def test_a_gbk_text_that_is_valid_utf_8_by_accident():
    assert "十一".encode("gbk").decode("utf-8") == "ʮһ"
    assert decode("十一".encode("gbk")) == "十一"


@pytest.mark.parametrize("text", ["café", "naïve über", "plain ASCII", "R&D ≥ 3%"])
def test_utf_8_that_is_not_chinese_stays_utf_8(text):
    assert decode(text.encode()) == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff", exclude_categories=["Cc", "Cs"])))
def test_any_text_in_utf_8_with_its_mark_comes_back(text):
    assert decode(text.encode("utf-8-sig")) == text


@given(st.text(st.sampled_from(SIMPLIFIED + TRADITIONAL), min_size=12))
def test_common_characters_come_back_from_gb18030(text):
    chinese = "支持企业发展" + text
    assert decode(chinese.encode("gb18030")) == chinese


def no(data: bytes) -> str:
    """What is said of bytes that cannot be decoded."""
    with pytest.raises(UnreadableError) as refused:
        decode(data)
    return str(refused.value)


UNKNOWN = "编码无法识别（不是 UTF-8、UTF-16、GB18030 或 Big5）；请另存为 UTF-8 后再导入。"
TRUNCATED = "内容不完整，末尾缺少字节（可能没有下载完）；请重新获取该文件。"
BINARY = "是二进制文件，不是文本；请导入 .txt、.md、.html、.docx 或带文字层的 .pdf。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("これは企業の研究開発を支援するための補助金制度です。", "shift_jis"),
        ("これは企業の研究開発を支援するための補助金制度です。", "euc_jp"),
        ("이것은 기업의 연구개발을 지원하는 보조금 제도입니다.", "euc_kr"),
        ("Aide à la création, déjà créée à l'étranger", "latin-1"),
    ],
)
def test_other_encodings_are_not_guessed(text, encoding):
    assert no(text.encode(encoding)) == UNKNOWN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_cut_off_inside_a_character(encoding):
    assert no((SIMPLIFIED + "万").encode(encoding)[:-1]) == TRUNCATED


def test_a_damaged_byte_is_named_by_its_place():
    data = SIMPLIFIED.encode()
    assert no(data[:9] + b"\xff" + data[10:]) == (
        "第 10 个字节起不是有效的 UTF-8 编码，内容已损坏；请重新获取该文件。"
    )


@pytest.mark.parametrize(
    "data",
    [
        SIMPLIFIED.encode() + b"\0",  # zero bytes are in no UTF-8 and no GB18030 text
        b"\x7fELF\x02\x01\x01" + bytes(64),
        bytes(range(1, 32)) * 20,
    ],
)
def test_binary_data(data):
    assert no(data) == BINARY


@given(st.binary(min_size=1))
def test_any_bytes_give_text_or_a_sentence(data):
    try:
        said = decode(data)
    except UnreadableError as error:
        said = str(error)
    assert "\0" not in said


def test_the_list_of_common_characters_names_each_once():
    lexicon = read_lexicon("common_characters")
    characters = "".join(lexicon["characters"] + lexicon["punctuation"])
    assert len(characters) == len(set(characters))
    assert {"企", "業", "业", "，", "（"} <= set(characters)
