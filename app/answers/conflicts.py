"""冲突与叠加: pairs that may not both be drawn and by which rule, duplicates, contradictions, what may be drawn together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.answers.chains import say_scope, side_evidence
from app.answers.places import district_map
from app.evidence import Evidence, cite_cell, clause_address, opening, reader_address, short_title
from app.pictures.drawing import Picture, State
from app.pictures.pairs import Group, Item, Legend, Link, pairs
from app.pictures.tile_map import Tile
from app.punctuation import in_print
from app.tables import Row, Share, Table, Words, columns
from app.texts import say
from queries import reader
from queries.conflicts import Conflict, Contradiction, Duplicate, Side
from queries.rules import StackingRule

MOST_ITEMS = 45
"""Clauses of the picture; the table has the rest."""

MEANINGS = {
    State.SUPPORTED: "有不能同领的支持",
    State.NOT_FOUND: "已收录文件中未见",
    State.NOT_LOADED: "未收录文件",
}


def finding(found: Sequence[Conflict], district: str | None, everywhere: str) -> str:
    """How many pairs there are, how many of them sure, and where most; `everywhere` is what all districts together are called."""
    if not found:
        return say("conflicts.none", where=district or everywhere)
    sure = sum(pair.strength == "sure" for pair in found)
    words = say("conflicts.finding", where=district or everywhere, count=len(found), sure=sure)
    if district is None:
        name, count = Counter(pair.district for pair in found).most_common(1)[0]
        return words + say("conflicts.finding.most", district=name, count=count)
    rules = {(pair.rule_clause, pair.rule_quote) for pair in found}
    return words + say("conflicts.finding.rules", rules=len(rules))


def pair_map(found: Sequence[Conflict], coverage: Sequence[reader.Row]) -> Picture:
    """How many pairs each district has."""
    counts = Counter(pair.district for pair in found)
    most = max(counts.values(), default=1)

    def tile(row: reader.Row) -> Tile:
        name = row["district"]
        count = counts.get(name, 0)
        if count:
            lines = (say("conflicts.map.pairs", count=count),)
            return Tile(name, 0, 0, State.SUPPORTED, lines, shade=0.65 + 0.35 * count / most)
        return Tile(name, 0, 0, State.NOT_FOUND if row["policies"] else State.NOT_LOADED)

    return district_map(say("conflicts.map"), coverage, tile, MEANINGS)


def pair_picture(found: Sequence[Conflict], district: str) -> Picture:
    """The clauses of a district by policy, and an arc between any two that shut each other out."""
    sides: dict[str, Side] = {}
    for pair in found:
        for side in (pair.a, pair.b):
            sides.setdefault(side.clause, side)
    shown = sorted(list(sides.values())[:MOST_ITEMS], key=lambda side: side.policy_title)
    groups = []
    for title in dict.fromkeys(side.policy_title for side in shown):
        items = tuple(
            Item(side.clause, _label(side), tooltip=side.quote)
            for side in shown
            if side.policy_title == title
        )
        groups.append(Group(short_title(title, district), items))
    links = [
        Link(
            pair.a.clause,
            pair.b.clause,
            pair.strength == "sure",
            f"{in_print(pair.keeps)}：{pair.rule_quote}",
        )
        for pair in found
    ]
    legend = Legend(say("strength.sure"), say("strength.arguable"))
    return pairs(say("conflicts.picture", district=district), groups, links, legend)


def pair_key(pair: Conflict) -> str:
    """What names a pair in the address."""
    return f"{pair.a.clause}|{pair.b.clause}"


def pair_table(found: Sequence[Conflict]) -> Table:
    """The pairs with the rule that forbids them, what one may keep, and how sure that is; a row can be picked."""
    rows = [
        Row(
            (
                pair.district,
                _side_cell(pair.a, pair.district),
                _side_cell(pair.b, pair.district),
                Words(in_print(pair.keeps), under=pair.reach),
                Words(
                    "".join(pair.rule_cite),
                    under=short_title(pair.rule_title, pair.district),
                    go=clause_address(pair.rule_clause, pair.rule_quote),
                ),
                Words(say(f"strength.{pair.strength}"), under=in_print(pair.why or "")),
            ),
            pair_key(pair),
        )
        for pair in found
    ]
    heads = columns(district="name", side_a="text", side_b="text", keeps="text", rule="text", strength="text")
    return Table(say("conflicts.pairs"), heads, rows)


def pair_cards(pair: Conflict) -> list[Evidence]:
    """The two clauses with the rule's sentence between them."""
    rule = Evidence(
        pair.district,
        "",
        pair.rule_title,
        pair.rule_cite,
        pair.rule_quote,
        f"{pair.reach} · {in_print(pair.keeps)}",
        say("conflicts.rule"),
        "rule",
        clause=pair.rule_clause,
    )
    a = side_evidence(pair.a, pair.district, head=say("conflicts.a"))
    b = side_evidence(pair.b, pair.district, head=say("conflicts.b"))
    return [a, rule, b]


def allowing_cards(pair: Conflict) -> list[Evidence]:
    """Sentences of either policy that speak of drawing supports together and so bear on the pair."""
    return [
        Evidence.at(rule.ref, rule.quote, say("rules.with", what=say_scope(rule.scope)), tone="stack")
        for rule in pair.allowed_by
    ]


def duplicate_table(found: Sequence[Duplicate]) -> Table:
    """Clauses that give the same support."""
    rows = [
        Row(
            (
                pair.a_district,
                _side_cell(pair.a, pair.a_district),
                _side_cell(pair.b, pair.b_district),
                Share(pair.score),
                in_print(pair.why or ""),
            ),
            f"{pair.a.clause}|{pair.b.clause}",
        )
        for pair in found
    ]
    heads = columns(district="name", side_a="text", side_b="text", likeness="figure", why="long")
    return Table(say("conflicts.duplicates"), heads, rows)


def duplicate_cards(pair: Duplicate) -> list[Evidence]:
    """Both clauses."""
    a = side_evidence(pair.a, pair.a_district, head=say("conflicts.a"))
    return [a, side_evidence(pair.b, pair.b_district, head=say("conflicts.b"))]


def contradiction_table(found: Sequence[Contradiction]) -> Table:
    """Sentences of which one allows what the other forbids."""
    rows = [
        Row(
            (_sentence_cell(one.a, one.a_quote), _sentence_cell(one.b, one.b_quote), in_print(one.why or "")),
            f"{one.a.clause}|{one.b.clause}",
        )
        for one in found
    ]
    return Table(say("conflicts.contradictions"), columns(side_a="long", side_b="long", why="text"), rows)


def stacking_table(found: Sequence[StackingRule]) -> Table:
    """Every sentence that expressly allows drawing two supports."""
    rows = [
        Row(
            (
                rule.ref.district,
                say_scope(rule.scope),
                _limited(rule),
                rule.quote,
                cite_cell(rule.ref, rule.quote),
            )
        )
        for rule in found
    ]
    heads = columns(district="name", together="short", holds_for="short", sentence="long", clause="text")
    return Table(say("conflicts.stackings"), heads, rows).without_empty()


def stacking_evidence(found: Sequence[StackingRule]) -> list[Evidence]:
    """The same sentences as quotes."""
    return [
        Evidence.at(rule.ref, rule.quote, say("rules.with", what=say_scope(rule.scope)), tone="stack")
        for rule in found
    ]


def _limited(rule: StackingRule) -> str:
    return "".join(rule.holds_for)


def _label(side: Side) -> str:
    return f"{''.join(side.cite)} {side.quote}"


def _side_cell(side: Side, district: str) -> Words:
    return Words(
        f"{''.join(side.cite)} {opening(side.quote)}",
        under=short_title(side.policy_title, district),
        hint=side.quote,
        go=reader_address(side.policy, side.cite),
    )


def _sentence_cell(side: Side, quote: str) -> Words:
    return Words(
        f"{short_title(side.policy_title)} · {''.join(side.cite)}",
        under=quote,
        go=reader_address(side.policy, side.cite, quote),
    )
