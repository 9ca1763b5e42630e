"""Damaged documents made from the bundled policies by a seed: the same seed gives the same bytes.

Each kind of damage is one function: a policy's text and a random generator in, a file's suffix and bytes out.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import docx

from data import CORPUS
from loaders.read import list_sources, read_document
from loaders.split import split_policies
from loaders.types import Document
from tests.loaders.pdf_writer import write_pdf

Damaged = tuple[str, bytes]
"""A file's suffix and its bytes."""

ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5hkscs")
_MARKER = re.compile(
    r"第[一二三四五六七八九十百]+[条章]|[((][一二三四五六七八九十\d]+[))]|[一二三四五六七八九十]+、|\d{1,2}[.、]|[①-⑳]"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SIGNS = "\0\x01\x07\x1b\x7f\x85\xa0\xad\u200b\u200e\u202e\u2028\u2066\ufeff\ufffd\U0001f4b0\U00020bb7《》“”()()〔〕【】%‰¥"
_LARGEST_PICK = 4_000


@dataclass(frozen=True, slots=True)
class BadDocument:
    """One damaged document: its number and kind of damage say how it was made."""

    number: int
    damage: str
    suffix: str
    content: bytes

    def write(self, folder: Path) -> Path:
        """Puts it into a folder; the name says how it was made."""
        path = folder / f"{self.number:04}-{self.damage}{self.suffix}"
        path.write_bytes(self.content)
        return path


def bad_documents(count: int, seed: int, folder: Path) -> Iterator[BadDocument]:
    """`count` damaged documents, every kind of damage in turn; `folder` is for files that are made on the way."""
    damages = list(_DAMAGES)
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        damage = damages[number % len(damages)]
        suffix, content = _DAMAGES[damage](chance.choice(_policies()), chance, folder)
        yield BadDocument(number, damage, suffix, content)


@cache
def _policies() -> list[str]:
    """The bundled policies one by one, none longer than a few pages."""
    texts = []
    for source in list_sources([CORPUS]):
        document = read_document(source) if not hasattr(source, "reason") else None
        if isinstance(document, Document):
            texts += [policy.text[:_LARGEST_PICK] for policy in split_policies(document)[0]]
    return texts


# --- plain text


def _encoded(text: str, chance: random.Random) -> bytes:
    return text.encode(chance.choice(ENCODINGS), errors="replace")


def _flip(data: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(chance.choice((1, 3, 30, 300))):
        flipped[chance.randrange(len(flipped))] = chance.randrange(256)
    return bytes(flipped)


def _bytes_flipped(text: str, chance: random.Random, _: Path) -> Damaged:
    return ".txt", _flip(_encoded(text, chance), chance)


def _truncated(text: str, chance: random.Random, _: Path) -> Damaged:
    data = _encoded(text, chance)
    return chance.choice((".txt", ".md")), data[: chance.randrange(len(data))]


def _encodings_mixed(text: str, chance: random.Random, _: Path) -> Damaged:
    lines = text.split("\n")
    return ".txt", b"\n".join(_encoded(line, chance) for line in lines)


def _markers_shuffled(text: str, chance: random.Random, _: Path) -> Damaged:
    markers = _MARKER.findall(text)
    chance.shuffle(markers)
    left = iter(markers)
    return ".txt", _MARKER.sub(lambda _match: next(left), text).encode()


def _lines_shuffled(text: str, chance: random.Random, _: Path) -> Damaged:
    lines = text.split("\n")
    lines += chance.choices(lines, k=len(lines) // 2)
    chance.shuffle(lines)
    return ".txt", "\n".join(lines).encode()


def _markers_nested(text: str, chance: random.Random, _: Path) -> Damaged:
    """Thousands of markers behind one another, each of which could open a level, and brackets that never close."""
    opening = chance.choice(
        ("第一条 一、(一)1.(1)①", "(", "《", "第一章第一条", "一、", "((一)", "“‘", "①②③④⑤⑥")
    )
    deep = opening * (chance.choice((50, 500, 5_000)) // len(opening) + 1)
    at = chance.randrange(len(text))
    return ".txt", (text[:at] + deep + text[at:]).encode()


def _numerals_huge(text: str, chance: random.Random, _: Path) -> Damaged:
    def huge(_match: re.Match[str]) -> str:
        many = chance.choice((20, 400, 5_000))
        return chance.choice(
            (
                "9" * many,
                "0." + "0" * many + "1",
                "1," + "000," * many + "000",
                "1" + "万亿" * (many // 20),
                "九千" * (many // 20) + "亿",
                "百分之" + "九十" * (many // 20),
                f"1e{many}",
                "٣٤٥",
                "１２" * (many // 20),
                "½²③",
                "-" * (many // 20) + "5",
                "1.2.3.4",
            )
        )

    share = chance.random()
    return ".txt", _FIGURE.sub(lambda m: huge(m) if chance.random() < share / 4 else m[0], text).encode()


def _signs_strewn(text: str, chance: random.Random, _: Path) -> Damaged:
    letters, signs = list(text), chance.sample(_SIGNS, 8)
    for _ in range(chance.choice((5, 50, 500))):
        letters.insert(chance.randrange(len(letters)), chance.choice(signs))
    return ".txt", "".join(letters).encode()


def _breaks_lost(text: str, chance: random.Random, _: Path) -> Damaged:
    joined = chance.choice(("", " ", "\u3000", "\r", "\v", "\f", "\u2028"))
    return ".txt", joined.join(text if chance.random() < 0.3 else text.split("\n")).encode()


def _piece_repeated(text: str, chance: random.Random, _: Path) -> Damaged:
    """One piece of the text, again and again on one line."""
    at = chance.randrange(len(text))
    piece = text[at : at + chance.randint(1, 30)]
    return ".txt", (text[:at] + piece * (20_000 // len(piece)) + text[at:]).encode()


def _spliced(text: str, chance: random.Random, _: Path) -> Damaged:
    pieces = []
    for _ in range(chance.randint(2, 40)):
        other = chance.choice(_policies())
        at = chance.randrange(len(other))
        pieces.append(other[at : at + chance.randint(1, 300)])
    return ".md", (text[: chance.randrange(len(text))] + "".join(pieces)).encode()


# --- web pages


def _page(text: str) -> str:
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"<!doctype html><html><body><div class=main>{lines}</div></body></html>"


def _tags_strewn(text: str, chance: random.Random, _: Path) -> Damaged:
    tags = [
        "<td>",
        "</td>",
        "<table>",
        "</tr>",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<p",
        "&#",
        "&#x110000;",
    ]
    tags += [
        "<ul><li>",
        "</body>",
        "<nav>",
        "<pre>",
        "<br/",
        "]]>",
        "<![CDATA[",
        "<template>",
        "<svg>",
        "<select>",
        "\0",
        "<tr hidden>",
    ]
    page = list(_page(text))
    for _ in range(chance.choice((3, 30, 300))):
        page.insert(chance.randrange(len(page)), chance.choice(tags))
    return chance.choice((".html", ".htm")), "".join(page).encode()


def _tags_nested(text: str, chance: random.Random, _: Path) -> Damaged:
    tag = chance.choice(("div", "table><tr><td", "ul><li", "b", "font", "svg", "select><option", "dl><dd"))
    many = chance.choice((100, 511, 600, 20_000))
    return ".html", _page(text).replace("<div class=main>", f"<{tag}>" * many, 1).encode()


def _page_broken(text: str, chance: random.Random, _: Path) -> Damaged:
    data = _page(text).encode(chance.choice(("utf-8", "gb18030")))
    return ".html", _flip(data, chance) if chance.random() < 0.5 else data[: chance.randrange(len(data))]


# --- Word documents


@cache
def _word(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _word_broken(text: str, chance: random.Random, _: Path) -> Damaged:
    data = _word(text)
    return ".docx", _flip(data, chance) if chance.random() < 0.6 else data[: chance.randrange(len(data))]


def _word_xml_changed(text: str, chance: random.Random, _: Path) -> Damaged:
    """The archive is whole, its XML is not what Word writes."""
    entities = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    changes: list[Callable[[str], str]] = [
        lambda xml: xml.replace("?>", f"?>{entities}]>", 1).replace(
            "<w:t>", "<w:t>&i;", 1
        ),  # a billion laughs
        lambda xml: xml.replace(
            "?>", '?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>', 1
        ).replace("<w:t>", "<w:t>&a;", 1),
        lambda xml: _nested(
            xml, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", chance.choice((3, 200, 5_000))
        ),
        lambda xml: _nested(
            xml, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", chance.choice((3, 100, 2_000))
        ),
        lambda xml: _nested(xml, "<w:ins>", "</w:ins>", chance.choice((3, 300))),
        lambda xml: xml.replace("</w:p>", "", chance.randint(1, 5)),
        lambda xml: xml.replace("<w:body>", "<w:bodily>"),
        lambda xml: xml.replace("w:t", "w:q"),
        lambda xml: xml.replace("<w:r>", "<w:ins><w:r>", 1),
        lambda xml: xml.replace("<w:t>", "<w:t>&#0;", 1),
        lambda xml: re.sub("<w:r>", "<w:del/><w:r/><w:sdt><w:sdtContent/></w:sdt><w:r>", xml),
        lambda xml: xml[:0],
        lambda xml: xml[: chance.randrange(len(xml))],
    ]
    change = chance.choice(changes)
    return ".docx", _with_entry(_word(text), "word/document.xml", lambda xml: change(xml.decode()).encode())


def _nested(xml: str, opening: str, closing: str, depth: int) -> str:
    """The document's first paragraph so many elements deep."""
    return xml.replace("<w:p>", opening * depth + "<w:p>", 1).replace("</w:p>", "</w:p>" + closing * depth, 1)


def _word_parts_changed(text: str, chance: random.Random, _: Path) -> Damaged:
    """A part is gone, huge, doubled or something else."""
    name = chance.choice(
        (
            "word/document.xml",
            "[Content_Types].xml",
            "_rels/.rels",
            "word/styles.xml",
            "word/_rels/document.xml.rels",
        )
    )
    change = chance.choice(
        (lambda _: b"", lambda part: part * 2, lambda _: b" " * 30_000_000, lambda part: _flip(part, chance))
    )
    return ".docx", _with_entry(_word(text), name, change)


def _with_entry(archive: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            part = old.read(entry)
            new.writestr(entry, change(part) if entry == name else part)
    return written.getvalue()


# --- PDF


def _pdf(text: str, folder: Path) -> bytes:
    lines = [line[at : at + 40] for line in text.split("\n") for at in range(0, len(line), 40)]
    lines = [
        f"·{line}" if line[0].isdigit() else line for line in lines
    ]  # a figure is write_pdf's mark for a place
    pages = [lines[at : at + 38] for at in range(0, len(lines), 38)]
    path = write_pdf(folder / "whole.pdf", pages)
    data = path.read_bytes()
    path.unlink()
    return data


def _pdf_broken(text: str, chance: random.Random, folder: Path) -> Damaged:
    data = _pdf(text[:1_500], folder)
    if chance.random() < 0.6:
        return ".pdf", _flip(data, chance)
    cut = data[: chance.randrange(len(data))]
    return ".pdf", cut + b"\n%%EOF" if chance.random() < 0.5 else cut


def _pdf_objects_changed(text: str, chance: random.Random, folder: Path) -> Damaged:
    """References lead in circles or nowhere, lengths and counts lie."""
    data = _pdf(text[:1_500], folder)
    old, new = chance.choice(
        (
            (rb"/Count \d+", b"/Count 999999999"),
            (rb"/Kids\[\d+", b"/Kids[2"),
            (rb"/Length \d+", b"/Length 99999999"),
            (rb"/Contents \d+", b"/Contents 1"),
            (rb"/Parent 2", b"/Parent 6"),
            (rb"startxref\s+\d+", b"startxref\n0"),
            (rb"/MediaBox\[[^]]*\]", b"/MediaBox[0 0 1e38 -1e38]"),
            (rb"/FlateDecode", b"/LZWDecode"),
            (rb"/ToUnicode \d+", b"/ToUnicode 3"),
        )
    )
    return ".pdf", re.sub(old, new, data)


_DAMAGES: dict[str, Callable[[str, random.Random, Path], Damaged]] = {
    damage.__name__.strip("_").replace("_", "-"): damage
    for damage in (
        _bytes_flipped,
        _truncated,
        _encodings_mixed,
        _markers_shuffled,
        _lines_shuffled,
        _markers_nested,
        _numerals_huge,
        _signs_strewn,
        _breaks_lost,
        _piece_repeated,
        _spliced,
        _tags_strewn,
        _tags_nested,
        _page_broken,
        _word_broken,
        _word_xml_changed,
        _word_parts_changed,
        _pdf_broken,
        _pdf_objects_changed,
    )
}
