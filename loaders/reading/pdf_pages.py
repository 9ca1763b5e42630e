"""A process of its own that unpacks one PDF: prints its pages' text as JSON, or why there is none.

Kept apart so that a forged file that unpacks to gigabytes, or breaks the reader, ends this process and nothing else.
Started by from_pdf.py with path, page limit, character limit and memory limit; makes no decision about the text.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pypdfium2
from pypdfium2 import raw


def print_pages(path: str, most_pages: int, most_characters: int) -> None:
    """Prints {"pages": [text, …], "pictures": [number of pictures on each page without text, else 0, …]}
    or {"problem": "password" | "damaged" | "long"}."""
    json.dump(_read_pages(path, most_pages, most_characters), sys.stdout)


def _read_pages(path: str, most_pages: int, most_characters: int) -> dict[str, Any]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        return {"problem": "password" if locked else "damaged"}
    texts: list[str] = []
    pictures: list[int] = []
    characters = 0
    if len(document) > most_pages:
        return {"problem": "long"}
    for number in range(len(document)):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            return {"problem": "damaged"}
        text = text_page.get_text_range()
        characters += len(text)
        if characters > most_characters:
            return {"problem": "long"}
        texts.append(text)
        pictures.append(0 if text.strip() else _count_pictures(page))
        text_page.close()
        page.close()
    return {"pages": texts, "pictures": pictures}


def _count_pictures(page: pypdfium2.PdfPage) -> int:
    return sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _limit_memory(most_bytes: int) -> None:
    try:
        import resource  # not on Windows, where the time limit must do
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))


if __name__ == "__main__":
    _limit_memory(int(sys.argv[4]))
    print_pages(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
