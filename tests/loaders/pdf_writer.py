"""Writes small PDF files for tests: pages of Chinese lines, pictures, a lock; as few objects as PDF needs."""

from __future__ import annotations

import zlib
from pathlib import Path

_PICTURE = b"q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
_LOCK = b"<</Filter/Standard/V 1/R 2/P -44/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>"


def write_pdf(
    path: Path,
    pages: list[list[str]],
    *,
    locked: bool = False,
    mapped: bool = True,
    pad: bytes = b"",
    recognised: bool = False,
) -> Path:
    """A PDF with these lines on its pages, 12 points wide a character; a page without lines holds a picture instead.

    A line "7 企业|5+3 支持" paints 企业 from the place of the 8th character on, and then, each character 3 points further
    apart, 支持 in front of it.
    `recognised` text is invisible, as text recognition lays it over a picture; `locked` asks for a password; without
    `mapped` its characters have no Unicode values; `pad` goes into each page's content before it is packed.
    """
    first_page = 5
    kids = b" ".join(b"%d 0 R" % (first_page + 2 * number) for number in range(len(pages)))
    font = b"<</Type/Font/Subtype/Type0/BaseFont/Test/Encoding/Identity-H/DescendantFonts[4 0 R]"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        font + (b"/ToUnicode %d 0 R>>" % (first_page + 2 * len(pages)) if mapped else b">>"),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Test/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/Test/Flags 4"
        b"/FontBBox[0 -200 1000 800]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>",
    ]
    codes = {
        c: b"%04x" % code for code, c in enumerate(sorted({c for lines in pages for c in "".join(lines)}), 1)
    }
    for number, lines in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (first_page + 2 * number + 1)
        )
        objects.append(_stream(pad + b"3 Tr " * recognised + (_content(lines, codes) if lines else _PICTURE)))
    objects.append(_stream(_to_unicode(codes)))
    path.write_bytes(_file(objects, b"/Encrypt %s/ID[<01><01>]" % _LOCK if locked else b""))
    return path


def _content(lines: list[str], codes: dict[str, bytes]) -> bytes:
    shown = [
        b"%.1f Tc 1 0 0 1 %.1f %d Tm <%s> Tj"
        % (spread, 50 + 12 * place, 760 - 18 * at, b"".join(codes[c] for c in text))
        for at, line in enumerate(lines)
        for place, spread, text in _pieces(line)
    ]
    return b"BT /F1 12 Tf " + b" ".join(shown) + b" ET"


def _pieces(line: str) -> list[tuple[float, float, str]]:
    if not line[0].isdigit():
        return [(0.0, 0.0, line)]
    pieces = [piece.split(" ") for piece in line.split("|")]
    return [
        (float(place.partition("+")[0]), float(place.partition("+")[2] or 0), text) for place, text in pieces
    ]


def _to_unicode(codes: dict[str, bytes]) -> bytes:
    pairs = [b"<%s> <%s>" % (code, c.encode("utf-16-be").hex().encode()) for c, code in codes.items()]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    maps = [b"%d beginbfchar %s endbfchar" % (len(block), b" ".join(block)) for block in blocks]
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def "
        b"1 begincodespacerange <0000> <ffff> endcodespacerange "
        + b" ".join(maps)
        + b" endcmap CMapName currentdict /CMap defineresource pop end end"
    )


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


def _file(objects: list[bytes], trailer: bytes) -> bytes:
    content = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    content += b"trailer<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer)
    return content + b"startxref\n%d\n%%%%EOF\n" % start
