"""检索: where words stand, clause by clause, and in which districts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.answers.overview import look
from app.answers.places import district_map
from app.evidence import Evidence, cite_cell
from app.pictures.drawing import Picture, State
from app.pictures.tile_map import Tile
from app.tables import Row, Table, Words, columns
from app.texts import say
from queries import reader
from queries.search import Hit

MEANINGS = {
    State.SUPPORTED: "有条款写到",
    State.NOT_FOUND: "已收录文件中未见",
    State.EXPIRED: "只有失效的文件写到",
    State.NOT_LOADED: "未收录文件",
}


def finding(asked: str, words: str, hits: Sequence[Hit], limit: int) -> str:
    """In how many districts, policies and clauses the words stand; where none has them as they were asked for, in how many their parts."""
    if not hits:
        return say("search.none", words=asked)
    apart = "" if words == asked else say("search.apart", words=asked)
    if len(hits) >= limit:
        return apart + say("search.finding.cut", words=words, clauses=len(hits))
    return apart + say(
        "search.finding",
        words=words,
        districts=len({hit.ref.district for hit in hits}),
        policies=len({hit.ref.policy for hit in hits}),
        clauses=len(hits),
    )


def hit_map(words: str, hits: Sequence[Hit], coverage: Sequence[reader.Row]) -> Picture:
    """How many clauses of each district have the words."""
    counts = Counter(hit.ref.district for hit in hits)
    live = {hit.ref.district for hit in hits if hit.ref.state.is_live}
    most = max(counts.values(), default=1)

    def tile(row: reader.Row) -> Tile:
        name = row["district"]
        if counts[name]:
            state = State.SUPPORTED if name in live else State.EXPIRED
            lines = (say("search.map.hits", count=counts[name]),)
            return Tile(name, 0, 0, state, lines, shade=0.65 + 0.35 * counts[name] / most)
        return Tile(name, 0, 0, State.NOT_FOUND if row["policies"] else State.NOT_LOADED)

    return district_map(say("search.map", words=words), coverage, tile, MEANINGS)


def hit_table(hits: Sequence[Hit], words: Sequence[str]) -> Table:
    """The clauses, best first, with the words standing out."""
    rows = [
        Row(
            (
                hit.ref.district,
                Words(hit.ref.state.label, state=look(hit.ref.state)),
                Words(hit.snippet, places=_places(hit.snippet, words)),
                cite_cell(hit.ref, _around(hit)),
            )
        )
        for hit in hits
    ]
    return Table(
        say("search.table"), columns(district="name", state="short", snippet="long", clause="text"), rows
    )


def hit_evidence(hits: Sequence[Hit]) -> list[Evidence]:
    """The whole clauses, with the words standing out."""
    return [
        Evidence(
            hit.ref.district,
            hit.ref.policy,
            hit.ref.policy_title,
            hit.ref.cite,
            hit.quote,
            places=_apart(hit.places),
        )
        for hit in hits
    ]


def _places(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    found = []
    for word in words:
        start = text.find(word)
        while start >= 0:
            found.append((start, start + len(word)))
            start = text.find(word, start + len(word))
    return _apart(tuple(sorted(found)))


def _apart(places: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Places that do not overlap, the first of any two kept."""
    kept: list[tuple[int, int]] = []
    for start, end in places:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def _around(hit: Hit) -> str:
    """The sentence of the first word: what the reading page lights."""
    start, end = hit.places[0]
    begin = max(hit.quote.rfind(mark, 0, start) for mark in "。;\n\uff1b") + 1
    stops = [at for at in (hit.quote.find(mark, end) for mark in "。;\n\uff1b") if at >= 0]
    return hit.quote[begin : min(stops, default=len(hit.quote))].strip()
