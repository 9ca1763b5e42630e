"""跨区对比: which districts support the same thing, at which share and cap, and how two clauses differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from app.answers.places import district_map
from app.evidence import Evidence, cite_cell, cite_line
from app.pictures.drawing import EVERY_STATE, Picture, State, text_width
from app.pictures.matrix import Cell as MatrixCell
from app.pictures.matrix import matrix
from app.pictures.tile_map import TILE_SIZE, TILE_TEXT, Tile, short_name
from app.spoken import PERIODS, say_per, say_range, say_share, say_short_span, say_span, spaced
from app.tables import Cell as TableCell
from app.tables import Row, Share, Table, Words, Yuan, columns
from app.texts import say
from queries import reader
from queries.clauses import ClauseRef
from queries.compare import (
    Cell,
    ClauseStandards,
    Comparison,
    Figures,
    Spread,
    Standard,
    Summary,
)
from queries.differences import SideBySide
from queries.states import Support

LOOKS = {
    Support.SUPPORTED: State.SUPPORTED,
    Support.NOT_FOUND: State.NOT_FOUND,
    Support.EXPIRED: State.EXPIRED,
    Support.NOTHING_LOADED: State.NOT_LOADED,
}

MARKED_FROM = 0.35
"""Below this share of common words nearly everything would be marked, which shows nothing."""

CHOICE = 16
"""Characters of a policy's title in a list of clauses."""

PLACE = "|"
"""Between the names of a district and a topic in the name of a matrix's cell: no name holds it."""


def look_of(cell: Cell) -> State:
    """The look of a district's cell."""
    return State.MENTIONED if cell.is_only_mentioned else LOOKS[cell.support]


def narrowed(comparison: Comparison, fits: Callable[[str, str], bool]) -> Comparison:
    """The table with the clauses of an industry only; a cell without any of them is no longer supported."""

    def keeps(ref: ClauseRef) -> bool:
        return fits(ref.policy, ref.clause)

    cells = []
    for cell in comparison.cells:
        clauses = tuple(clause for clause in cell.clauses if keeps(clause.ref))
        lapsed = tuple(ref for ref in cell.lapsed if keeps(ref))
        standards = [s for clause in clauses for s in clause.standards if s.on_topic]
        cells.append(
            replace(
                cell,
                clauses=clauses,
                lapsed=lapsed,
                coming=tuple(ref for ref in cell.coming if keeps(ref)),
                support=_support(cell.support, bool(clauses), bool(lapsed)),
                largest_cny=max(
                    (s.largest_cny for s in standards if s.largest_cny is not None), default=None
                ),
                largest_share=max((s.share for s in standards if s.share is not None), default=None),
            )
        )
    upper = tuple(clause for clause in comparison.upper if keeps(clause.ref))
    return replace(comparison, cells=tuple(cells), upper=upper)


def finding(topic_name: str, summary: Summary) -> str:
    """How many districts support the topic, between which shares, caps and sums, and which only speak of it."""
    mentioned = "、".join(short_name(cell.district) for cell in summary.mentioning)
    rest = say("compare.finding.mentioned", named=spaced(mentioned)) if mentioned else ""
    if not summary.supporting:
        return say("compare.finding.none", loaded=summary.loaded, topic=topic_name) + rest
    words = say("compare.finding", loaded=summary.loaded, count=len(summary.supporting), topic=topic_name)
    figures = summary.figures
    for key, spread in (("share", figures.shares), ("cap", figures.caps_cny), ("fixed", figures.fixed_cny)):
        if spread is not None:
            words += "，" + say(f"compare.finding.{key}", span=_span(spread, share=key == "share"))
    return f"{words}。{rest}"


def finding_of_all(cells: Sequence[Cell]) -> str:
    """Which topic most districts support."""
    by_topic: dict[str, int] = {}
    for cell in cells:
        by_topic.setdefault(cell.topic_name, 0)
        by_topic[cell.topic_name] += cell.is_supported
    loaded = {cell.district for cell in cells if cell.support is not Support.NOTHING_LOADED}
    most = max(by_topic.values(), default=0)
    if not most:
        return say("compare.finding.nothing")
    first = [name for name, count in by_topic.items() if count == most]
    alone = sum(count == 1 for count in by_topic.values())
    return say(
        "compare.finding.all",
        loaded=len(loaded),
        topics=sum(count > 0 for count in by_topic.values()),
        first="、".join(first[:2]),
        most=most,
        alone=alone,
    )


def topic_map(topic_name: str, coverage: Sequence[reader.Row], comparison: Comparison) -> Picture:
    """The map of one topic: share and cap of each district in its tile, the larger the darker."""
    cells = {cell.district: cell for cell in comparison.cells}
    most = max((cell.largest_cny or 0 for cell in comparison.cells), default=0)

    def tile(row: reader.Row) -> Tile:
        name = row["district"]
        cell = cells.get(name)
        if cell is None:
            return _upper_tile(name, row, comparison.upper)
        shade = 0.7 + 0.3 * ((cell.largest_cny or 0) / most) ** 0.5 if most else 0.85
        return Tile(name, 0, 0, look_of(cell), _figures(cell), _tooltip(cell), shade)

    return district_map(say("compare.map", topic=topic_name), coverage, tile, EVERY_STATE)


def topic_matrix(comparison: Comparison) -> Picture:
    """Topics by districts, the topics that most districts support first; every cell has the look of its state."""
    districts = list(dict.fromkeys(cell.district for cell in comparison.cells))
    by_topic: dict[str, list[Cell]] = {}
    for cell in comparison.cells:
        by_topic.setdefault(cell.topic_name, []).append(cell)
    supported = {
        topic: (sum(cell.is_supported for cell in cells), sum(cell.is_only_mentioned for cell in cells))
        for topic, cells in by_topic.items()
    }
    topics = sorted(
        (topic for topic in by_topic if any(supported[topic])),
        key=lambda topic: tuple(-count for count in supported[topic]),
    )
    cells = {
        (topics.index(cell.topic_name), districts.index(cell.district)): MatrixCell(
            look_of(cell),
            _one_figure(cell),
            _tooltip(cell),
            f"{cell.district}{PLACE}{cell.topic_name}",
        )
        for cell in comparison.cells
        if cell.topic_name in topics
    }
    return matrix(
        say("compare.matrix"),
        topics,
        [short_name(name) for name in districts],
        cells,
        meanings=EVERY_STATE,
    )


def standards_table(topic_name: str, comparison: Comparison) -> Table:
    """A row for every standard that is for the topic, the largest caps first, then what only speaks of it, lapsed and coming clauses."""
    rows: list[Row] = []
    for cell in sorted(comparison.cells, key=lambda cell: -(cell.largest_cny or 0)):
        rows += [_standard_row(cell.district, standard) for standard in cell.standards]
        rows += [
            _bare_row(cell.district, clause.ref, State.MENTIONED.value, State.MENTIONED)
            for clause in _spoken(cell)
        ]
        rows += [_bare_row(cell.district, ref, ref.state.label, State.EXPIRED) for ref in cell.lapsed]
        rows += [_bare_row(cell.district, ref, ref.state.label, State.NOT_FOUND) for ref in cell.coming]
    rows += [
        _standard_row(clause.ref.district, standard, clause.ref)
        for clause in comparison.upper
        for standard in clause.standards
        if standard.on_topic
    ]
    heads = columns(
        district="name",
        state="short",
        for_whom="text",
        share="figure",
        cap="figure",
        fixed="figure",
        years="figure",
        counted="short",
        clause="text",
    )
    return Table(say("compare.table", topic=topic_name), heads, rows).without_empty()


def evidence(comparison: Comparison) -> list[Evidence]:
    """The sentences of all standards on the topic, by district."""
    cells = sorted(comparison.cells, key=lambda cell: -(cell.largest_cny or 0))
    pieces = [Evidence.at(s.ref, s.quote, said(s)) for cell in cells for s in cell.standards]
    spoken = [Evidence.at(clause.ref, clause.quote) for cell in cells for clause in _spoken(cell)]
    upper = [
        Evidence.at(clause.ref, standard.quote, said(standard))
        for clause in comparison.upper
        for standard in clause.standards
        if standard.on_topic
    ]
    return [*pieces, *spoken, *upper]


def matrix_table(comparison: Comparison) -> Table:
    """The matrix for a file: a row for every district and topic, with its state and its largest figures."""
    rows = [
        Row(
            (
                cell.district,
                cell.topic_name,
                look_of(cell),
                Share.of(cell.largest_share),
                Yuan.of(cell.largest_cny),
                len(cell.clauses),
            )
        )
        for cell in comparison.cells
    ]
    heads = columns(
        district="name", topic="text", state="term", best_share="figure", best_sum="figure", clauses="figure"
    )
    return Table(say("compare.matrix"), heads, rows)


def clause_choices(comparison: Comparison) -> dict[str, str]:
    """The clauses that can be laid side by side: cite → id, those with the largest caps first."""
    cells = sorted(comparison.cells, key=lambda cell: -(cell.largest_cny or 0))
    clauses = [
        clause for cell in cells for clause in sorted(cell.clauses, key=lambda one: not _on_topic(one))
    ]
    return {cite_of(clause.ref): clause.ref.clause for clause in (*clauses, *comparison.upper)}


def clauses_in_force(comparison: Comparison) -> list[str]:
    """The ids of the clauses of the table whose policies are in force."""
    found = [*(clause for cell in comparison.cells for clause in cell.clauses), *comparison.upper]
    return [clause.ref.clause for clause in found if clause.ref.state.is_live]


def cite_of(ref: ClauseRef) -> str:
    """丰台区 · … · 第一条."""
    return cite_line(ref.district, ref.policy_title, ref.cite)


def cite_choice(cite: str) -> str:
    """A cite as a list of choices shows it: a long title is cut, so that the clause stays in view."""
    district, *title, clause = cite.split(" · ")
    words = " · ".join(title)
    return " · ".join(
        filter(None, (district, words if len(words) <= CHOICE else words[:CHOICE] + "…", clause))
    )


def first_pair(choices: dict[str, str], alike: Sequence[tuple[str, str]], district: str) -> tuple[str, str]:
    """The cites that stand side by side at first: those of the most alike clauses (ids; of the district, where one is asked for), else
    the first two districts'."""
    cites = {clause: cite for cite, clause in choices.items()}
    for one, other in alike:
        if one in cites and other in cites:
            sides = (cites[one], cites[other])
            if _is_of(sides[0], district):
                return sides
            if _is_of(sides[1], district):
                return sides[::-1]
    first = next((cite for cite in choices if district and _is_of(cite, district)), next(iter(choices)))
    own = first.partition(" ")[0]
    second = next((cite for cite in choices if not cite.startswith(own)), "")
    return first, second or next(cite for cite in choices if cite != first)


def _is_of(cite: str, district: str) -> bool:
    """Whether a cite is of the district; every one is where none is asked for."""
    return district in {"", cite.partition(" ")[0]}


def two_clauses(pair: SideBySide, *, marked: bool) -> list[Evidence]:
    """Two clauses with their standards and, where `marked`, the words that only one of them has standing out."""
    sides = ((pair.a, pair.a_runs, pair.a_standards), (pair.b, pair.b_runs, pair.b_standards))
    cards = []
    for ref, runs, standards in sides:
        places, at = [], 0
        for run in runs:
            if marked and not run.same:
                places.append((at, at + len(run.text)))
            at += len(run.text)
        note = "；".join(said(standard) for standard in standards)
        card = Evidence.at(ref, "".join(run.text for run in runs), note)
        cards.append(replace(card, places=tuple(places)))
    return cards


def said(standard: Standard) -> str:
    """What a standard gives, in a few words: "30%,上限 300 万元(每家企业 · 每年),3 年"."""
    counted = " · ".join(
        part for part in (say_per(standard.per), PERIODS.get(standard.period or "", "")) if part
    )
    parts = [standard.label] if standard.label else []
    parts += [say_share(standard.share)] if standard.share is not None else []
    parts += [f"上限 {say_range(standard.cap_cny, standard.cap_cny)}"] if standard.cap_cny is not None else []
    parts += (
        [f"定额 {say_range(standard.fixed_cny, standard.fixed_cny)}"]
        if standard.fixed_cny is not None
        else []
    )
    parts += [f"{standard.area_m2:g} 平方米"] if standard.area_m2 is not None else []
    parts += [f"{standard.years} 年"] if standard.years is not None else []
    return "，".join(parts) + (f"（{counted}）" if counted else "")


def _support(before: Support, live: bool, lapsed: bool) -> Support:
    if before is Support.NOTHING_LOADED or live:
        return before
    return Support.EXPIRED if lapsed else Support.NOT_FOUND


def _figures(cell: Cell) -> tuple[str, ...]:
    """What a tile says: all that the district gives, from the least to the largest (20%–30%, 上限 200–300 万元)."""
    if cell.is_only_mentioned:
        return tuple(State.MENTIONED.value.split("、"))
    if not cell.is_supported:
        return (cell.support.label,) if cell.support is Support.EXPIRED else ()
    figures = Figures.of(cell.standards)
    lines = [_span(figures.shares, share=True)] if figures.shares else []
    if figures.caps_cny:
        lines += _in_tile(say("compare.finding.cap", span=_short_span(figures.caps_cny)))
    if figures.fixed_cny:
        lines += _in_tile(say("compare.finding.fixed", span=_short_span(figures.fixed_cny)))
    return tuple(lines or [said(standard) for standard in cell.standards[:1]])


def _one_figure(cell: Cell) -> str:
    if cell.support is not Support.SUPPORTED:
        return ""
    if cell.largest_cny is not None:
        return say_range(cell.largest_cny, cell.largest_cny).removesuffix("元").replace(" ", "")
    return say_share(cell.largest_share) if cell.largest_share is not None else ""


def _in_tile(words: str) -> list[str]:
    """On two lines where they do not fit on one: 上限 | 200–300 万元."""
    head, _, rest = words.partition(" ")
    return [words] if text_width(words, TILE_SIZE) <= TILE_TEXT else [head, rest]


def _span(spread: Spread, *, share: bool = False) -> str:
    return say_span(list(spread), share=share)


def _short_span(spread: Spread) -> str:
    return say_short_span(*spread)


def _tooltip(cell: Cell) -> str:
    head = f"{cell.district} · {cell.topic_name}：{look_of(cell).value}"
    return "\n".join([head, *(f"{s.ref.cite_text} {said(s)}" for s in cell.standards)])


def _upper_tile(name: str, row: reader.Row, upper: Iterable[ClauseStandards]) -> Tile:
    own = [clause for clause in upper if clause.ref.district == name]
    live = [clause for clause in own if clause.ref.state.is_live]
    if live:
        standards = [s for clause in live for s in clause.standards if s.on_topic]
        return Tile(name, 0, 0, State.SUPPORTED, tuple(said(s) for s in standards[:2]))
    if own:
        return Tile(name, 0, 0, State.EXPIRED if _lapsed(own) else State.NOT_FOUND, (own[0].ref.state.label,))
    return Tile(name, 0, 0, State.NOT_FOUND if row["policies"] else State.NOT_LOADED)


def _lapsed(clauses: list[ClauseStandards]) -> bool:
    return any(clause.ref.state.is_lapsed for clause in clauses)


def _spoken(cell: Cell) -> list[ClauseStandards]:
    return [clause for clause in cell.clauses if not _on_topic(clause)]


def _on_topic(clause: ClauseStandards) -> bool:
    return any(standard.on_topic for standard in clause.standards)


def _standard_row(district: str, standard: Standard, upper: ClauseRef | None = None) -> Row:
    state = State.SUPPORTED
    if upper is not None and not upper.state.is_live:
        state = State.EXPIRED if upper.state.is_lapsed else State.NOT_FOUND
    counted = " · ".join(
        part for part in (say_per(standard.per), PERIODS.get(standard.period or "", "")) if part
    )
    label = Words(standard.label, under=f"按{standard.base}" if standard.base and standard.share else "")
    cells: tuple[TableCell, ...] = (
        district,
        state if state is not State.NOT_FOUND else Words(standard.ref.state.label, state=state),
        label,
        Share.of(standard.share),
        Yuan.of(standard.cap_cny),
        Yuan.of(standard.fixed_cny),
        standard.years,
        counted,
        cite_cell(standard.ref, standard.quote),
    )
    return Row(cells)


def _bare_row(district: str, ref: ClauseRef, words: str, state: State) -> Row:
    return Row(
        (district, Words(words, state=state), ref.heading or "", None, None, None, None, "", cite_cell(ref))
    )
