"""Every number of every briefing is found again in the graph by questions of the test's own, and its sentence in the source.

Nothing here goes through the functions that made the briefings: the graph is read as plain rows, what is in force on a day is
worked out from the dates, and the rest is counted. Only the kinds of briefings are asked for through the front door.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from app.briefings.model import Briefing, Cell, Table
from app.building import build
from data import CORPUS
from graph.store import Store
from loaders.clean import fold_punctuation
from tests.app.briefing_pages import DAY, LATER, QUESTIONS, every_briefing

SCRAMBLED = "000_9a2e4e0a8dd42b47.txt"
"""A page with the sound of a character behind it, here and there (產(chǎn)業(yè)): only its cleaned text can be searched."""


@dataclass
class Policy:
    """A loaded policy as the graph has it."""

    id: str
    title: str
    district: str
    kind: str
    draft: bool
    start: str | None
    end: str | None
    years: int | None
    unread: int
    replaced: bool

    def in_force(self, day: str) -> bool:
        """Neither a draft, nor ended, nor replaced, nor still to come."""
        ended, to_come = bool(self.end and self.end < day), bool(self.start and self.start > day)
        return not (self.draft or self.replaced or ended or to_come)

    def has_ended(self, day: str) -> bool:
        """Whether it was something once."""
        return bool(self.end and self.end < day) or self.replaced


@dataclass
class Facts:
    """The graph as plain rows."""

    store: Store
    policies: dict[str, Policy] = field(default_factory=dict)
    policy_of: dict[str, str] = field(default_factory=dict)
    topics_of: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    amounts_of: defaultdict[str, set[float]] = field(default_factory=lambda: defaultdict(set))
    districts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self._rows(
            "MATCH (p:Policy)-[:APPLIES_IN]->(d:District) WHERE p.in_corpus "
            "OPTIONAL MATCH (n:Policy)-[:SUPERSEDES]->(p) "
            "RETURN p.id AS id, p.title AS title, d.name AS district, d.kind AS kind, p.draft AS draft, "
            "p.effective_from AS start, p.effective_to AS end, p.valid_years AS years, p.unread_count AS unread, "
            "collect(n.draft) AS newer, count(n) AS newer_count"
        ):
            replaced = row.pop("newer_count") > sum(bool(draft) for draft in row.pop("newer"))
            row |= {"draft": bool(row["draft"]), "unread": row["unread"] or 0, "replaced": replaced}
            self.policies[row["id"]] = Policy(**row)
        self.policy_of = {
            r["id"]: r["policy"] for r in self._rows("MATCH (c:Clause) RETURN c.id AS id, c.policy AS policy")
        }
        for row in self._rows("MATCH (c:Clause)-[:ABOUT]->(t:Topic) RETURN c.id AS clause, t.name AS topic"):
            self.topics_of[row["clause"]].add(row["topic"])
        uplifts: defaultdict[str, set[float]] = defaultdict(set)
        for row in self._rows(
            "MATCH (c:Clause)-[:GRANTS]->(b:Benefit) RETURN c.id AS clause, b.value AS value, b.kind AS kind"
        ):
            (uplifts if row["kind"] == "uplift" else self.amounts_of)[row["clause"]].add(row["value"])
        for clause, added in uplifts.items():
            # "工业智能企业每档支持资金提高10万元": 110 stands on 100 and 10
            self.amounts_of[clause] |= {value + more for value in self.amounts_of[clause] for more in added}
        for row in self._rows(
            "MATCH (c:Clause)-[m:MATCHES_CITY_LEVEL|MATCHES_NATIONAL_LEVEL]->(x) RETURN c.id AS clause, m.rate AS rate, m.cap AS cap"
        ):
            self.amounts_of[row["clause"]] |= {row[name] for name in ("rate", "cap") if row[name] is not None}
        self.districts = {
            r["name"]: r["kind"]
            for r in self._rows(
                "MATCH (d:District)-[:PART_OF]->(:District {name: '北京市'}) RETURN d.name AS name, d.kind AS kind"
            )
        }

    def _rows(self, query: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self.store.run(query, {})]

    @property
    def loaded(self) -> set[str]:
        """Districts of which a policy is loaded."""
        return {p.district for p in self.policies.values() if p.district in self.districts}

    def clauses(self, topic: str, day: str, district: str | None = None) -> set[str]:
        """Clauses in force about a topic, of one district or of all districts."""
        return {
            clause
            for clause, topics in self.topics_of.items()
            if topic in topics
            and self._counts(clause, day)
            and (district is None or self.district_of(clause) == district)
        }

    def _counts(self, clause: str, day: str) -> bool:
        policy = self.policies[self.policy_of[clause]]
        return policy.in_force(day)

    def district_of(self, clause: str) -> str:
        """Where a clause's policy holds."""
        return self.policies[self.policy_of[clause]].district

    def topics(self, district: str, day: str) -> set[str]:
        """Topics that policies in force of a district speak of."""
        return {
            topic
            for clause, topics in self.topics_of.items()
            if self.district_of(clause) == district and self._counts(clause, day)
            for topic in topics
        }

    def live(self, day: str, district: str | None = None) -> list[Policy]:
        """Policies in force."""
        return [p for p in self.policies.values() if p.in_force(day) and district in {None, p.district}]

    def edges(self, pattern: str, day: str, district: str) -> list[dict[str, Any]]:
        """Rows of a pattern with clauses a and b (b may be missing), where the policies of both are in force in the district."""
        rows = self._rows(pattern)
        return [
            row
            for row in rows
            if all(self._counts(str(row[end]), day) for end in ("a", "b") if row.get(end) in self.policy_of)
            and any(
                self.district_of(str(row[end])) == district
                for end in ("a", "b")
                if row.get(end) in self.policy_of
            )
        ]


@pytest.fixture(scope="module")
def corpus(embedded_server: Store) -> Store:
    """The bundled policies, as `policygraph build` loads them."""
    build(embedded_server, [CORPUS])
    return embedded_server


@pytest.fixture(scope="module")
def facts(corpus: Store) -> Facts:
    """The graph as plain rows."""
    return Facts(corpus)


@pytest.fixture(scope="module")
def briefings(corpus: Store) -> dict[str, Briefing]:
    """A briefing of every kind."""
    return every_briefing(corpus)


@pytest.fixture(params=QUESTIONS)
def briefing(request: pytest.FixtureRequest, briefings: dict[str, Briefing]) -> Briefing:
    """Each of them in turn."""
    return briefings[request.param]


# --- amounts: each is one that the clause of its footnote grants


def test_an_amount_of_the_table_is_granted_by_the_clause_of_its_footnote(
    facts: Facts, briefings: dict[str, Briefing]
) -> None:
    checked = 0
    for name in ("compare", "compare-many", "profile", "profile-other"):
        page = briefings[name]
        clause_of = {source.number: source.clause for source in page.sources}
        for cell in _cells(page.table, *(t for t in page.data if t.columns == page.table.columns)):
            if cell.unit in {"CNY", "share", "year"} and cell.value is not None:
                assert cell.notes, f"{cell.words} has no footnote"
                granted = set().union(*(facts.amounts_of[clause_of[note]] for note in cell.notes))
                assert _among(cell.value, granted), (name, cell)
                checked += 1
    assert checked > 40


def test_a_figure_with_an_amount_is_granted_by_the_clauses_of_its_footnotes(
    facts: Facts, briefings: dict[str, Briefing]
) -> None:
    for name in ("compare", "compare-many"):
        page = briefings[name]
        clause_of = {source.number: source.clause for source in page.sources}
        for figure in page.figures:
            if figure.unit != "count":
                granted = set().union(*(facts.amounts_of[clause_of[note]] for note in figure.notes))
                assert all(_among(value, granted) for value in figure.values), figure


def test_an_amount_that_only_the_workbook_tells_is_granted_by_a_clause_of_the_topic(
    facts: Facts, briefings: dict[str, Briefing]
) -> None:
    known_behind = _sheet(briefings["profile"], "本区已有的事项")
    own, middle, best = 1, 2, 3
    for row in known_behind.rows:
        topic = row[0].words
        here = _granted(facts, facts.clauses(topic, DAY, "丰台区"))
        anywhere = _granted(
            facts, {c for c in facts.clauses(topic, DAY) if facts.district_of(c) in facts.districts}
        )
        for first in (own, own + 3):
            assert _stands(row[first], here), row
        for place in (best, best + 3):
            assert _stands(row[place], anywhere), row
        for place in (middle, middle + 3):
            # a median is one of the amounts, or lies half-way between two
            halves = {(a + b) / 2 for a in anywhere for b in anywhere}
            assert _stands(row[place], halves), row
    for row in _sheet(briefings["compare"], "各区状态").rows:
        here = _granted(facts, facts.clauses("算力租用与算力券", DAY, row[0].words))
        assert all(_stands(cell, here) for cell in row), row


# --- worked amounts: worked out again


@pytest.mark.parametrize("name", ["chain", "chain-cost"])
def test_a_worked_amount_is_share_times_case_below_the_cap(
    facts: Facts, briefings: dict[str, Briefing], name: str
) -> None:
    page = briefings[name]
    clause_of = {source.number: source.clause for source in page.sources}
    rows = _sheet(page, "全部条款").rows
    assert rows
    for row in rows:
        granted = facts.amounts_of[clause_of[row[3].notes[0]]]
        shares = [float(share) / 100 for share in re.findall(r"× (\d+(?:\.\d+)?)%", row[2].words)]
        caps = [
            _yuan(amount)
            for amount in re.findall(r"(?:上限取?|最高) ?(\d+(?:\.\d+)? ?[万亿]?元)", row[2].words)
        ]
        assert shares or caps, row
        assert all(_among(share, granted) or _among(1.0, {share}) for share in shares), row
        assert all(_among(cap, granted) for cap in caps), row
        assert row[3].value == min([5_000_000 * share for share in shares] + caps), row
    most, least = max(row[3].value or 0 for row in rows), min(row[3].value or 0 for row in rows)
    districts = {row[0].words for row in rows}
    assert [figure.values for figure in page.figures[:4]] == [
        (5_000_000,),
        (len(districts),),
        (most,),
        (least,),
    ]
    assert list(page.chart.values) == [  # type: ignore[union-attr]
        max(row[3].value or 0 for row in rows if row[0].words == place)
        for place in page.chart.names  # type: ignore[union-attr]
    ]


def test_counts_of_a_chain_are_counts_of_edges(facts: Facts, briefings: dict[str, Briefing]) -> None:
    page = briefings["chain"]
    topic = "首台(套)首批次与首试首用"
    rows = facts.store.run(
        "MATCH (c:Clause)-[m:MATCHES_CITY_LEVEL|MATCHES_NATIONAL_LEVEL]->(x) "
        "RETURN c.id AS clause, m.kind AS kind, labels(x)[0] AS label, x.id AS target, x.policy AS policy",
        {},
    )
    about = [row for row in rows if row["clause"] in facts.clauses(topic, DAY)]
    paying = {row["clause"] for row in about if row["kind"] == "cofunding"}
    aligned = {row["clause"] for row in about if row["kind"] == "aligned"} - paying
    held = {
        row["clause"]
        for row in about
        if row["kind"] == "cofunding"
        and row["label"] != "Programme"
        and facts.policies[row["policy"] or row["target"]].in_force(DAY)
    }
    assert page.figures[4].values == (len(paying - held),)
    assert f"另有 {len(aligned)} 条与上级支持同一件事" in page.points[0].words


# --- counts


@pytest.mark.parametrize(
    ("name", "topic"), [("compare", "算力租用与算力券"), ("compare-many", "研发投入补助")]
)
def test_districts_of_a_comparison_are_counted_again(
    facts: Facts, briefings: dict[str, Briefing], name: str, topic: str
) -> None:
    page = briefings[name]
    told = {source.district for source in page.sources if source.district in facts.districts}
    speaking = {facts.district_of(clause) for clause in facts.clauses(topic, DAY)} & set(facts.districts)
    assert page.figures[0].values == (len(told), len(facts.loaded))
    assert told <= speaking
    # who speaks of it and is not counted is named, and so is who does not speak of it
    named = " ".join(point.words for point in page.points)
    for district in facts.loaded - told:
        assert _short(district) in named, district
    silent = [c for c in facts.clauses(topic, DAY) if facts.district_of(c) in speaking - told]
    if silent:
        assert any(f"{len(silent)} 条提到此事而没有写数额" in words for words in page.unknown)


@pytest.mark.parametrize(("name", "district"), [("profile", "丰台区"), ("profile-other", "石景山区")])
def test_counts_of_a_profile_are_counted_again(
    facts: Facts, briefings: dict[str, Briefing], name: str, district: str
) -> None:
    page = briefings[name]
    own = facts.topics(district, DAY)
    others = {place: facts.topics(place, DAY) for place in facts.loaded - {district}}
    lacking = {
        topic: sum(topic in topics for topics in others.values())
        for topic in set().union(*others.values()) - own
    }
    pairs = _pairs(facts, district)
    assert [figure.values for figure in page.figures] == [
        (len(facts.live(DAY, district)), sum(p.district == district for p in facts.policies.values())),
        (len(own),),
        (len(lacking),),
        (sum(2 * count >= len(others) for count in lacking.values()),),
        (len(pairs),),
    ]
    assert f"({len(others)} 个区中 {max(lacking.values())} 个支持)" in page.headline
    assert page.chart is not None
    assert dict(zip(page.chart.names, page.chart.values, strict=True)).items() <= lacking.items()
    sheet = _sheet(page, "本区未见的事项")
    assert {row[0].words: row[2].value for row in sheet.rows} == lacking
    year = (datetime.date.fromisoformat(DAY) + datetime.timedelta(days=365)).isoformat()
    lapsing = [p for p in facts.live(DAY, district) if p.end and p.end <= year]
    assert (f"一年内到期 {len(lapsing)} 件" if lapsing else "没有写明到期日的政策会到期") in page.points[
        0
    ].words
    behind = [
        row
        for row in _sheet(page, "本区已有的事项").rows
        if row[1].value and row[3].value and row[1].value < row[3].value
    ]
    assert f"{len(behind)} 个的最高金额低于同城最高" in " ".join(point.words for point in page.points)


@pytest.mark.parametrize(("name", "district"), [("conflicts", "石景山区"), ("conflicts-none", "丰台区")])
def test_counts_of_conflicts_are_counts_of_edges(
    facts: Facts, briefings: dict[str, Briefing], name: str, district: str
) -> None:
    page = briefings[name]
    pairs = _pairs(facts, district)
    alike = facts.edges(
        "MATCH (a:Clause)-[e:SIMILAR_TO]->(b:Clause) WHERE e.duplicate RETURN a.id AS a, b.id AS b",
        DAY,
        district,
    )
    against = facts.edges(
        "MATCH (a:Clause)-[e:EXCLUDES]->(b:Clause) WHERE e.derived AND e.kind = 'contradiction' RETURN a.id AS a, b.id AS b",
        DAY,
        district,
    )
    rules = facts.edges(
        "MATCH (a:Clause)-[e:EXCLUDES]->(x) WHERE NOT e.derived RETURN a.id AS a", DAY, district
    )
    stacking = facts.edges("MATCH (a:Clause)-[e:STACKS_WITH]->(x) RETURN a.id AS a", DAY, district)
    expected = [len(pairs), len(alike), len(against), len(rules), len(stacking)]
    assert [figure.values for figure in page.figures] == [(count,) for count in expected]
    if pairs:
        sure = sum(row["strength"] == "sure" for row in pairs)
        assert f"{len(pairs)} 对支持不能同时领,其中 {sure} 对确定" in page.headline
        grouped = _sheet(page, "按事项和规则归并")
        assert sum(row[1].value or 0 for row in grouped.rows) == len(pairs)
        assert len(_sheet(page, "不能同时领的各对").rows) == len(pairs)
        assert any(f"{len(pairs) - sure} 对存疑" in words for words in page.unknown)


def test_counts_of_a_change_are_counted_again(facts: Facts, briefings: dict[str, Briefing]) -> None:
    page = briefings["changes"]
    then, now = ({p.id for p in facts.live(day)} for day in (DAY, LATER))
    lost = {place: facts.topics(place, DAY) - facts.topics(place, LATER) for place in facts.loaded}
    gained = {place: facts.topics(place, LATER) - facts.topics(place, DAY) for place in facts.loaded}
    assert [figure.values for figure in page.figures] == [
        (len(then), len(now)),
        (len(then - now),),
        (len(now - then),),
        (sum(map(len, lost.values())),),
        (sum(map(len, gained.values())),),
    ]
    assert page.chart is not None
    told = {_short(place): len(topics) for place, topics in lost.items() if topics}
    assert dict(zip(page.chart.names, page.chart.values, strict=True)) == told
    assert f"{len(then - now)} 件政策失效" in page.headline
    assert f"失去 {sum(told.values())} 项支持" in page.headline
    for row in page.table.rows:
        dates = re.findall(r"\d{4}-\d{2}-\d{2}", row[4].words)
        assert any(p.end in dates for p in facts.policies.values() if _short(p.district) == row[0].words), row


def test_the_box_of_what_is_not_known_counts_right(facts: Facts, briefing: Briefing) -> None:
    box = " ".join(briefing.unknown)
    if briefing.kind != "冲突与叠加":
        empty = set(facts.districts) - facts.loaded
        assert f"{len(empty)} 个区没有收录任何文件" in box
        assert f"收录 {len(facts.policies)} 件政策" in briefing.basis
    unread = sum(p.unread for p in facts.policies.values())
    assert (f"有 {unread} 处数额没有读懂" if unread else "没有未读的数额") in box


# --- words: no number is said that no value stands behind


def test_every_number_in_the_headline_is_a_figure_or_counted_above(briefing: Briefing) -> None:
    behind = {value for figure in briefing.figures for value in figure.values}
    behind |= {cell.value for cell in _cells(briefing.table) if cell.value is not None}
    counted = {"地区画像": 2, "冲突与叠加": 1, "匹配链": 1}
    unexplained = [told for told in _said(briefing.headline) if not _among(told, behind)]
    assert len(unexplained) <= counted.get(briefing.kind, 0), unexplained


def test_figures_say_their_values(briefing: Briefing) -> None:
    for figure in briefing.figures:
        told = list(_said(figure.words))
        assert len(told) == len(figure.values), figure
        assert all(
            abs(a - b) < 1e-6 * max(1, b) for a, b in zip(sorted(told), sorted(figure.values), strict=True)
        ), figure


def test_cells_say_their_values(briefing: Briefing) -> None:
    for table in (briefing.table, *briefing.data):
        for cell in _cells(table):
            if cell.value is not None and cell.unit != "count":
                assert any(
                    abs(told - cell.value) < 1e-6 * max(1, cell.value) for told in _said(cell.words)
                ), cell


def test_amounts_in_the_picture_are_in_the_graph(facts: Facts, briefing: Briefing) -> None:
    known = set().union(*facts.amounts_of.values()) | {5_000_000.0}
    known |= {cell.value for cell in _cells(briefing.table) if cell.value is not None}
    svg = ET.fromstring(briefing.picture.svg)
    words = [node.text or "" for node in svg.iter() if node.tag.endswith("text")]
    told = [value for line in words for value in _said(line, r"万元|亿元|万|%")]
    assert [value for value in told if not _among(value, known)] == []
    assert told or briefing.kind in {"冲突与叠加", "变化"}


# --- sentences


def test_every_quote_stands_in_the_clause_and_in_the_file(facts: Facts, briefing: Briefing) -> None:
    rows = facts.store.run("MATCH (c:Clause) RETURN c.id AS id, c.text AS text", {})
    texts = {row["id"]: _plain(row["text"]) for row in rows}
    rows = facts.store.run("MATCH (p:Policy) WHERE p.in_corpus RETURN p.id AS id, p.document AS document", {})
    files = {row["id"]: CORPUS / row["document"] for row in rows}
    assert briefing.sources
    for source in briefing.sources:
        if source.clause:
            assert _plain(source.quote) in texts[source.clause], source
        if files[source.policy].name != SCRAMBLED:
            assert _letters(source.quote) in _letters(files[source.policy].read_text(encoding="utf-8")), (
                source
            )


def _pairs(facts: Facts, district: str) -> list[dict[str, Any]]:
    query = (
        "MATCH (a:Clause)-[e:EXCLUDES]->(b:Clause) WHERE e.derived AND e.kind IN ['exclusive', 'duplicate'] "
        "RETURN a.id AS a, b.id AS b, e.strength AS strength"
    )
    return facts.edges(query, DAY, district)


def _granted(facts: Facts, clauses: set[str]) -> set[float]:
    return set().union(*(facts.amounts_of[clause] for clause in clauses))


def _sheet(briefing: Briefing, title: str) -> Table:
    return next(table for table in briefing.data if table.title == title)


def _cells(*tables: Table) -> Iterator[Cell]:
    for table in tables:
        for row in table.rows:
            yield from row


def _said(
    words: str, units: str = r"万元|亿元|万|亿|元|%|个|对|件|条|项|处|年|(?= /)|(?= →)|$"
) -> Iterator[float]:
    """Numbers with a unit in words of ours: yuan, shares as fractions, counts; names in quotation marks are left out."""
    outside = re.sub(r"“[^”]*”|《[^》]*》|\d{4}-\d{2}-\d{2}", "", words)
    for figure, unit in re.findall(rf"(?<![\d.\u7b2c])(\d+(?:\.\d+)?)\s?({units})", outside):
        yield float(figure) * {"万元": 1e4, "万": 1e4, "亿元": 1e8, "亿": 1e8, "%": 0.01}.get(unit, 1)


def _yuan(words: str) -> float:
    return next(_said(words))


def _among(value: float, known: set[float]) -> bool:
    return any(abs(value - one) <= 1e-6 * max(1, abs(one)) for one in known)


def _stands(cell: Cell, known: set[float]) -> bool:
    """Whether the cell's value, where it has one, is among these."""
    return cell.value is None or _among(cell.value, known)


def _short(district: str) -> str:
    return "经开区" if district.endswith("经济技术开发区") else district.removesuffix("区")


def _plain(words: str) -> str:
    """Without blanks, punctuation half-width."""
    return re.sub(r"\s", "", fold_punctuation(words))


def _letters(words: str) -> str:
    """Characters and figures alone: a page's markup and blanks may stand between them."""
    return re.sub(r"[^\w%]|_", "", words)
