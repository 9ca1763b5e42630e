"""A document is data: reading one opens no other file, asks no address, and what it says commands no terminal."""

from __future__ import annotations

import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from graph.server_control import stop_server
from loaders.read import Refusal, Source, read_document
from tests.faults.processes import Place
from tests.loaders.pdf_writer import write_pdf

LINE = "第一条 支持租用算力,给予最高200万元补贴。"


@pytest.fixture
def address() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and the callers that it has had."""
    callers: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def accept() -> None:
            while not stop.is_set():
                try:
                    connection, caller = server.accept()
                except TimeoutError:
                    continue
                callers.append(str(caller))
                connection.close()

        thread = threading.Thread(target=accept)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", callers
        stop.set()
        thread.join()


def text_of(path: Path) -> str:
    read = read_document(Source(path, path.name))
    return "" if isinstance(read, Refusal) else read.text


def word(path: Path, **parts: str) -> Path:
    """A Word document with LINE, in whose parts (document, relationships) a string `OLD` is replaced by what is given."""
    document = docx.Document()
    document.add_paragraph(LINE)
    written = io.BytesIO()
    document.save(written)
    names = {"document": "word/document.xml", "relationships": "word/_rels/document.xml.rels"}
    changes = {names[part]: change for part, change in parts.items()}
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("latin-1")
            if name in changes:
                found, _, put = changes[name].partition(" → ")
                assert found in content
                content = content.replace(found, put, 1)
            new.writestr(name, content.encode("latin-1"))
    return path


def test_a_word_document_reads_no_other_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret")
    entity = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]><w:document'
    path = word(tmp_path / "a.docx", document=f"<w:document → {entity}")
    with zipfile.ZipFile(path) as archive:
        content = archive.read("word/document.xml").replace(b"<w:t>", b"<w:t>&a;", 1)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.docx", "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == "word/document.xml" else old.read(name))
    assert "the-secret" not in text_of(tmp_path / "b.docx")


def test_reading_asks_no_address(tmp_path: Path, address: tuple[str, list[str]]) -> None:
    url, callers = address
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="rIdX{name}" Type="{kind}/{name}" Target="{url}" TargetMode="External"/>'
        for name in ("attachedTemplate", "image", "header", "footnotes", "numbering")
    )
    document = word(tmp_path / "a.docx", relationships=f"</Relationships> → {relations}</Relationships>")
    page = tmp_path / "a.html"
    page.write_text(
        f'<html><head><link rel=stylesheet href="{url}"><meta http-equiv=refresh content="0;url={url}"><base href="{url}"></head>'
        f'<body><img src="{url}"><script src="{url}"></script><iframe src="{url}"></iframe><p>{LINE}</p></body></html>',
        encoding="utf-8",
    )
    pdf = write_pdf(tmp_path / "a.pdf", [["支持租用算力给予最高二百万元补贴支持租用算力"]])
    action = b"/OpenAction<</S/URI/URI(%s)>>/Pages 2 0 R" % url.encode()
    pdf.write_bytes(pdf.read_bytes().replace(b"/Pages 2 0 R", action, 1))
    for path in (document, page, pdf):
        assert "算力" in text_of(path)
    assert callers == []


def test_what_a_document_says_commands_no_terminal(tmp_path: Path) -> None:
    place = Place(tmp_path / "home")
    title = "鹿城区支持\x1b]0;坏\x07数字经济若干措施"
    text = f"{title}\n第一条 支持租用算力\x1b[2J。对租用算力的企业给予最高200万元\x9b31m补贴。\n第二条 支持数据交易。"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    try:
        place.run("build", tmp_path / "a.txt")
        said = place.run("search", "算力", "--format", "table") + place.run("status", "--format", "table")
    finally:
        stop_server(place.folder, force=True)
    assert "租用算力" in said
    assert not {"\x1b", "\x07", "\x9b"} & set(said)
