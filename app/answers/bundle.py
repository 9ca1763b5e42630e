"""最优组合: what to draw together, what it comes to, what is left out and by which rule."""

from __future__ import annotations

from collections.abc import Sequence

from app.evidence import Evidence, cite_cell, short_title
from app.pictures.drawing import Picture
from app.pictures.pairs import Group, Legend, Link, pairs
from app.pictures.pairs import Item as PictureItem
from app.punctuation import in_print
from app.spoken import say_range, say_working, spaced
from app.tables import Row, Table, Words, Yuan, columns
from app.texts import say
from queries.bundle import Bundle, Item, Selection


def finding(found: Bundle, district: str) -> str:
    """What the best set comes to, and what stays out."""
    if not found.best.items:
        return say("bundle.none", district=district)
    words = say(
        "bundle.finding",
        district=district,
        count=len(found.best.items),
        total=_total(found.best),
    )
    if found.left_out:
        words += say("bundle.finding.left", left=len(found.left_out))
    if found.runner_up is not None:
        words += say("bundle.finding.second", total=spaced(_total(found.runner_up)))
    return words + "。"


def bundle_picture(found: Bundle, district: str) -> Picture:
    """What is drawn, what is left out, and an arc to what shuts it out."""
    chosen = tuple(_picture_item(item, faint=False) for item in found.best.items)
    left = tuple(_picture_item(one.item, faint=True) for one in found.left_out)
    groups = [Group(say("bundle.chosen"), chosen)] + ([Group(say("bundle.left"), left)] if left else [])
    links = [
        Link(one.item.key, other.key, not block.arguable, f"{in_print(block.keeps)}：{block.quote}")
        for one in found.left_out
        for other, block in one.blocked_by
    ]
    legend = Legend(say("bundle.blocked"), say("strength.arguable")) if links else Legend("", "")
    return pairs(say("bundle.picture", district=district), groups, links, legend)


def chosen_table(chosen: Sequence[Item]) -> Table:
    """The supports of the best set."""
    rows = [
        Row(
            (
                item.first.ref.district,
                item.first.label,
                Yuan(item.low, item.high),
                Words(
                    "；".join(say_working(one.steps) for one in item.alternatives if one.steps),
                    under=say_working(item.note or ""),
                ),
                "；".join(dict.fromkeys(c for one in item.alternatives for c in one.conditions)),
                cite_cell(item.first.ref, item.first.quote),
            )
        )
        for item in chosen
    ]
    heads = columns(
        district="name", for_whom="text", amount="figure", steps="text", conditions="text", clause="text"
    )
    return Table(say("bundle.chosen"), heads, rows).without_empty()


def left_table(found: Bundle) -> Table:
    """What is left out, by which rule, and beside which chosen support."""
    rows = [
        Row(
            (
                cite_cell(one.item.first.ref, one.item.first.quote),
                Yuan(one.item.low, one.item.high),
                Words(_place(other), under=other.first.label),
                block.quote,
                Words(
                    in_print(block.keeps),
                    under=say("strength.arguable") if block.arguable else in_print(block.rule_name),
                ),
            )
        )
        for one in found.left_out
        for other, block in one.blocked_by
    ]
    heads = columns(clause="text", amount="figure", blocked_by="text", sentence="long", keeps="text")
    return Table(say("bundle.left"), heads, rows)


def chosen_evidence(chosen: Sequence[Item]) -> list[Evidence]:
    """The sentence behind each support of the best set."""
    return [
        Evidence.at(one.ref, one.quote, f"{say_range(one.low, one.high)}：{say_working(one.steps)}")
        for item in chosen
        for one in item.alternatives
    ]


def remarks(found: Bundle) -> list[str]:
    """What a reader must weigh: pairs that a sentence allows, pairs of two levels on which none says anything, what has no amount."""
    words = [say("bundle.allowed", a=_place(a), b=_place(b), quote=quote) for a, b, quote in found.allowed]
    words += [say("bundle.silent", a=_place(a), b=_place(b)) for a, b in found.silent]
    if found.unpriced:
        named = "、".join(dict.fromkeys(_place(item) for item in found.unpriced))
        words.append(say("bundle.unpriced", named=named))
    return list(dict.fromkeys(words))


def _total(selection: Selection) -> str:
    return say_range(selection.low, selection.high)


def _place(item: Item) -> str:
    ref = item.first.ref
    return f"{ref.district} · {short_title(ref.policy_title, ref.district)} · {ref.cite_text}"


def _picture_item(item: Item, *, faint: bool) -> PictureItem:
    ref = item.first.ref
    # what tells the supports apart comes first: of one policy all titles are the same
    named = f"{ref.cite_text} {item.first.label}".strip()
    label = f"{named} · {short_title(ref.policy_title, ref.district)}"
    return PictureItem(item.key, label, say_range(item.low, item.high), item.first.quote, faint)
