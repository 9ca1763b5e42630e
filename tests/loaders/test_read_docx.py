"""Word documents → lines: order, tables, numbers that Word only shows, what python-docx passes over, forged archives."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.read import Source, read_document
from loaders.reading.docx_numbering import chinese_numeral
from loaders.reading.from_docx import read_docx
from loaders.reading.limits import MAX_UNPACKED_BYTES, MAX_XML_BYTES, MAX_XML_TAGS
from loaders.reading.lines import Reading
from loaders.reading.refusal import UnreadableError


@pytest.fixture
def document() -> Any:
    """An empty Word document."""
    return docx.Document()


@pytest.fixture
def saved(tmp_path):
    """Saves a document and reads it back."""

    def save_and_read(document: Any) -> Reading:
        document.save(tmp_path / "a.docx")
        return read_docx(tmp_path / "a.docx")

    return save_and_read


def add(document: Any, xml: str) -> Any:
    """Puts a piece of WordprocessingML at the end of the body."""
    element = parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))
    document.element.body.insert_element_before(element, "w:sectPr")
    return element


def test_paragraphs_and_tables_come_in_document_order(document, saved):
    document.add_paragraph("第一条 支持首台套。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["方向", "标准", "首台套", "最高500万元"], strict=True):
        cell.text = text
    document.add_paragraph("")
    document.add_paragraph("第二条 本办法自印发之日起施行。")

    assert (
        saved(document).text
        == "第一条 支持首台套。\n方向\t标准\n首台套\t最高500万元\n第二条 本办法自印发之日起施行。"
    )


def test_a_cell_of_several_paragraphs_keeps_its_lines(document, saved):
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text = "支持方向"
    cells[1].text = "1.首台套"
    cells[1].add_paragraph("2.贷款贴息")
    cells[1].add_table(1, 2).rows[0].cells[0].text = "表中表"

    assert saved(document).text == "支持方向\n1.首台套\n2.贷款贴息\n表中表"


def test_breaks_and_tabs_inside_a_paragraph(document, saved):
    document.add_paragraph("第一条\t支持\n第二条")
    assert saved(document).text == "第一条\t支持\n第二条"


# --- Numbers that Word shows but keeps out of the text


def add_list(document: Any, list_id: int, *levels: tuple[str, str], suffix: str = "nothing") -> None:
    """A numbering: format and text of each level, as ("chineseCounting", "第%1条")."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{list_id}">{inner}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))  # Word wants them in front of all w:num
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/></w:num>')
    )


def number(document: Any, list_id: int, level: int, text: str, style: str | None = None) -> None:
    """A paragraph of a list."""
    properties = document.add_paragraph(text, style=style)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')
    )


def test_articles_and_items_get_their_numbers(document, saved):
    add_list(document, 90, ("chineseCounting", "第%1条"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    for level, text in [(0, "甲"), (1, "乙"), (1, "丙"), (2, "丁"), (0, "戊"), (1, "己")]:
        number(document, 90, level, text)

    assert saved(document).text.split("\n") == [
        "第一条甲", "（一）乙", "（二）丙", "1.丁", "第二条戊", "（一）己",  # items restart under each article
    ]  # fmt: skip


def test_the_gap_behind_a_number_and_numbers_of_upper_levels(document, saved):
    add_list(document, 90, ("decimal", "%1"), ("decimal", "%1.%2"), suffix="tab")
    for level, text in [(0, "甲"), (1, "乙"), (1, "丙")]:
        number(document, 90, level, text)
    assert saved(document).text == "1 甲\n1.1 乙\n1.2 丙"


def test_two_lists_count_apart_and_blank_paragraphs_count_too(document, saved):
    add_list(document, 90, ("chineseCounting", "%1、"))
    add_list(document, 91, ("decimalEnclosedCircle", "%1"))
    for list_id, text in [(90, "甲"), (91, "子"), (90, ""), (90, "丙"), (91, "丑")]:
        number(document, list_id, 0, text)
    assert saved(document).text == "一、甲\n①子\n三、丙\n②丑"


def test_bullets_and_switched_off_numbers_give_none(document, saved):
    add_list(document, 90, ("bullet", "•"))
    number(document, 90, 0, "甲")
    number(document, 0, 0, "乙")  # list 0 means none
    assert saved(document).text == "甲\n乙"


def test_a_style_carries_its_numbering(document, saved):
    add_list(document, 90, ("chineseCounting", "第%1章"))
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>'))
    document.add_paragraph("总则", style="Heading 1")
    document.add_paragraph("附则", style="Heading 1")
    assert saved(document).text == "第一章总则\n第二章附则"


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"), (101, "一百〇一"),
        (110, "一百一十"), (1005, "一千〇五"), (1050, "一千〇五十"), (9999, "九千九百九十九"), (10000, "10000"), (0, "0"),
    ],
)  # fmt: skip
def test_chinese_numerals(number, numeral):
    assert chinese_numeral(number) == numeral


# --- What python-docx's own text passes over


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        # accepted insertions count, deletions do not
        ("<w:p><w:r><w:t>最高</w:t></w:r><w:ins w:id='1'><w:r><w:t>500</w:t></w:r></w:ins>"
         "<w:del w:id='2'><w:r><w:delText>300</w:delText></w:r></w:del><w:r><w:t>万元</w:t></w:r></w:p>", "最高500万元"),
        # content controls, around paragraphs and inside them
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>第一条</w:t></w:r></w:p></w:sdtContent></w:sdt>", "第一条"),
        ("<w:p><w:sdt><w:sdtContent><w:r><w:t>第一条</w:t></w:r></w:sdtContent></w:sdt></w:p>", "第一条"),
        # a field shows its result, not its code
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>", "3"),
        # pinyin over a character
        ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>chan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>产</w:t></w:r></w:rubyBase>"
         "</w:ruby></w:r></w:p>", "产"),
        # a text box stands behind the paragraph it hangs on
        ("<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>注：含税</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
         "<w:r><w:t>第一条</w:t></w:r></w:p>", "第一条\n注：含税"),
    ],
)  # fmt: skip
def test_reads_what_the_reader_of_the_document_sees(document, saved, xml, text):
    add(document, xml)
    assert saved(document).text == text


def test_headers_hidden_text_and_contents_are_left_out_and_reported(document, saved):
    document.sections[0].header.paragraphs[0].text = "某区人民政府文件"
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("第一章 总则\t1", style="toc 1")
    document.add_paragraph("第一条")
    document.add_paragraph().add_run("批注").font.hidden = True

    reading = saved(document)

    assert reading.text == "第一条"
    assert [(piece.reason, piece.text, piece.span) for piece in reading.dropped] == [
        ("页眉", "某区人民政府文件", (0, 0)),
        ("目录", "第一章 总则\t1", (0, 0)),
        ("隐藏文字", "批注", (3, 3)),
    ]


def test_footnotes_stand_at_the_end(document, tmp_path):
    document.add_paragraph("第一条 支持企业")
    document.save(tmp_path / "a.docx")
    note = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>企业指在本区注册的法人。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    relation = (
        '<Relationship Id="rId99" Target="footnotes.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    rewrite(
        tmp_path / "a.docx",
        add={"word/footnotes.xml": note.encode()},
        change={
            "word/_rels/document.xml.rels": lambda old: old.replace(b"</Relationships>", relation.encode())
        },
    )
    assert read_docx(tmp_path / "a.docx").text == "第一条 支持企业\n企业指在本区注册的法人。"


# --- Files that cannot be read


def rewrite(path: Path, *, add: dict[str, bytes] | None = None, change: dict[str, Any] | None = None) -> None:
    """Rewrites an archive with entries added, or changed by a function."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    for name, edit in (change or {}).items():
        entries[name] = edit(entries[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**entries, **(add or {})}.items():
            archive.writestr(name, content)


def word_file(tmp_path: Path) -> Path:
    """A document of one paragraph."""
    document = docx.Document()
    document.add_paragraph("第一条 支持企业")
    document.save(tmp_path / "a.docx")
    return tmp_path / "a.docx"


def no(path: Path) -> str:
    """What is said of a file that cannot be read."""
    with pytest.raises(UnreadableError) as refused:
        read_docx(path)
    return str(refused.value)


DAMAGED = "Word 文件已损坏或不完整；请重新获取，或用 Word/WPS 打开后另存为 .docx。"
TOO_LARGE = "解压后过大（可能是压缩炸弹），未读取；请用 Word/WPS 另存为不含图片的 .docx 或 .txt。"


def test_a_bomb_of_one_xml_part(tmp_path):
    path = word_file(tmp_path)
    rewrite(path, change={"word/document.xml": lambda old: old + b" " * MAX_XML_BYTES})
    assert no(path) == TOO_LARGE


def test_a_bomb_of_empty_paragraphs(tmp_path):
    path = word_file(tmp_path)
    many = b"<w:p/>" * MAX_XML_TAGS
    rewrite(path, change={"word/document.xml": lambda old: old.replace(b"<w:p>", many + b"<w:p>", 1)})
    assert path.stat().st_size < 100_000
    assert no(path) == TOO_LARGE


def test_a_bomb_of_pictures_is_refused_before_it_is_unpacked(tmp_path):
    path = word_file(tmp_path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/media/1.png", "w") as picture,
    ):
        for _ in range(MAX_UNPACKED_BYTES // 1_000_000 + 1):
            picture.write(bytes(1_000_000))

    started = time.perf_counter()
    assert no(path) == TOO_LARGE
    assert time.perf_counter() - started < 2


def test_a_bomb_that_declares_a_small_size(tmp_path):
    path = word_file(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/1.png", bytes(30_000_000))
    size = (30_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (1000).to_bytes(4, "little")))
    assert no(path) == DAMAGED


def test_a_bomb_of_entities(tmp_path):
    path = word_file(tmp_path)
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "万">{entities}]><x>&a9;</x>'
    rewrite(path, change={"word/document.xml": lambda _: bomb.encode()})
    started = time.perf_counter()
    assert no(path) == DAMAGED
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_truncated_file(tmp_path, part):
    path = word_file(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    assert no(path) == DAMAGED


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("EncryptedPackage".encode("utf-16-le"), "有打开密码，无法读取；请去掉密码后再导入。"),
        ("WordDocument".encode("utf-16-le"), "是旧版 Word 格式（.doc），后缀却是 .docx；请用 Word/WPS 另存为 .docx。"),
    ],
)  # fmt: skip
def test_old_and_locked_files_share_a_shell(tmp_path, content, said):
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + content + bytes(500))
    assert no(path) == said


def test_an_archive_that_is_no_word_document(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("readme.txt", "第一条")
    assert no(tmp_path / "a.docx") == "不是 Word 文档（.docx）；请用 Word/WPS 打开后另存为 .docx。"


def test_xml_that_nests_without_end(tmp_path):
    path = word_file(tmp_path)
    deep = b"<w:sdt>" * 5_000 + b"</w:sdt>" * 5_000
    rewrite(path, change={"word/document.xml": lambda old: old.replace(b"<w:p>", deep + b"<w:p>")})
    assert no(path) == DAMAGED


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_gives_text_or_a_sentence(tmp_path, data):
    path = word_file(tmp_path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    assert str(read_document(Source(path, path.name))).startswith(("Document(", f"文件 {path.name}："))
