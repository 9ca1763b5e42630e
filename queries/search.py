"""Finds clauses by words in their text, two-character Chinese words too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.errors import UsageError
from queries.catalog import fetch
from queries.clauses import ClauseRef, clause_ref
from queries.reader import Reader

WINDOW_CHARS = 30
"""How much text a snippet shows on either side of the first word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause in which all words stand. `snippet` is the text around the first of them, `places` where the words stand in `quote`."""

    ref: ClauseRef
    score: float
    places: tuple[tuple[int, int], ...]
    snippet: str
    quote: str


def search(
    reader: Reader, text: str, as_of: str, *, places: Iterable[str] | None = None, limit: int = 50
) -> list[Hit]:
    """Clauses that have every word of `text` (parted by blanks), best first; with `places` (codes) only those of policies that apply there.

    Raises: UsageError for an empty text.
    """
    words = text.split()
    if not words:
        raise UsageError("请给出要找的词")
    wanted = None if places is None else sorted(places)
    given = {"words": words, "places": wanted, "as_of": as_of, "limit": limit}
    if wanted is not None:
        # A city has some thousands of clauses; the index is the whole country's, and a word like 企业 took it seconds.
        rows = fetch(reader, "search_places", given)
    # The index holds pairs of characters, so a single one is found only by reading every clause.
    elif any(len(word) == 1 for word in words):
        rows = fetch(reader, "scan_clauses", given)
    else:
        rows = fetch(reader, "search_clauses", {**given, "query": fulltext_query(words)})
    return [
        Hit(
            clause_ref(row),
            row.get("score", 0.0),
            stand := _places(row["quote"], words),
            _snippet(row["quote"], stand),
            row["quote"],
        )
        for row in rows
    ]


def words_apart(text: str) -> str:
    """The same words with longer ones cut at the dictionary's words: "算力租用 补贴" → "算力 租用 补贴".

    For a second look where no clause has the words as they were typed: documents write 租用算力 as well.
    """
    import rjieba  # its dictionary takes 0.2 s to load

    return " ".join(part for word in text.split() for part in rjieba.cut(word) if part.strip())


def fulltext_query(words: list[str]) -> str:
    """A full-text query (Lucene) for texts with all words, whatever signs stand in them."""
    phrases = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    return " AND ".join(f'"{phrase}"' for phrase in phrases)


def _places(text: str, words: list[str]) -> tuple[tuple[int, int], ...]:
    found = []
    for word in words:
        start = text.find(word)
        while start >= 0:
            found.append((start, start + len(word)))
            start = text.find(word, start + len(word))
    return tuple(sorted(found))


def _snippet(text: str, places: tuple[tuple[int, int], ...]) -> str:
    start, end = places[0]
    begin, stop = max(0, start - WINDOW_CHARS), min(len(text), end + WINDOW_CHARS)
    cut = text[begin:stop].replace("\n", " ").strip()
    return ("…" if begin > 0 else "") + cut + ("…" if stop < len(text) else "")
