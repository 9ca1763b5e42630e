"""冲突与叠加: what may not be drawn together, what may, and the best set."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.address import param, putting
from app.answers import bundle as bundles
from app.answers.conflicts import (
    allowing_cards,
    contradiction_table,
    duplicate_cards,
    duplicate_table,
    finding,
    pair_cards,
    pair_key,
    pair_map,
    pair_picture,
    pair_table,
    stacking_evidence,
    stacking_table,
)
from app.city import cities, city, city_name, of_city
from app.evidence import show_cards, show_evidence
from app.figures import show_figure
from app.filters import (
    choose,
    choose_district,
    choose_industry,
    choose_number,
    choose_several,
    choose_topic,
    in_industry,
    row_of_filters,
)
from app.layout import aside, heading, notice, say_finding
from app.punctuation import in_print
from app.session import as_of, ask, names, rows
from app.tables import show_table
from app.texts import say
from graph.errors import UsageError
from queries.amounts import Given
from queries.bundle import Project, best_bundle
from queries.conflicts import Conflict, conflicts, contradictions, duplicates
from queries.reader import Reader
from queries.rules import StackingRule, load_stackings

WAN = 10_000
MOST_TOPICS = 6
VIEWS = ("pairs", "stackings", "duplicates", "contradictions", "bundle")


def show() -> None:
    """The page: one question at a time, chosen on top."""
    views = {say(f"conflicts.view.{view}"): view for view in VIEWS}
    with row_of_filters(1, 1, 1, 1) as (first, second, third, fourth):
        with first:
            view = views[choose("view", say("conflicts.view"), list(views), next(iter(views)))]
        with second:
            district = choose_district(everywhere=view != "bundle")
        if view == "bundle":
            _show_bundle(district, third, fourth)
            return
        with third:
            topic = choose_topic()
        with fourth:
            industry = choose_industry()
    match view:
        case "pairs":
            _show_pairs(district, topic, industry)
        case "stackings":
            _show_stackings(district, industry)
        case "duplicates":
            _show_duplicates(district, topic)
        case _:
            _show_contradictions(district)


def _show_pairs(district: str | None, topic: str | None, industry: str | None) -> None:
    fits = in_industry(industry)
    found = [
        pair
        for pair in of_city(conflicts, as_of(), district=district, topic=topic)
        if fits(pair.a.policy, pair.a.clause) or fits(pair.b.policy, pair.b.clause)
    ]
    name = _name(district)
    say_finding(finding(found, name, _everywhere()))
    if not found:
        return
    pair = next(
        (pair for pair in found if param("pair") in {pair_key(pair), pair.a.clause, pair.b.clause}), found[0]
    )
    if name is None:
        left, right = st.columns(2, gap="medium")
        with left:
            picture = pair_map(found, rows("coverage", city=city(), as_of=as_of()))
            show_figure(picture, picture.title, then=putting("district"), remark=say("conflicts.map.click"))
        with right:
            _show_pair(pair, columns=1)
    else:
        picture = pair_picture(found, name)
        show_figure(picture, picture.title, then=putting("pair"), remark=say("conflicts.picture.click"))
        _show_pair(pair, columns=3)
    heading(say("conflicts.pairs"))
    show_table(pair_table(found), picked=pair_key(pair), then=putting("pair"))


def _show_pair(pair: Conflict, *, columns: int) -> None:
    heading(say("conflicts.pair"))
    show_cards(pair_cards(pair), "pair", columns=columns)
    show_evidence(allowing_cards(pair), "allowing", title=say("conflicts.allowing"))


def _show_stackings(district: str | None, industry: str | None) -> None:
    fits = in_industry(industry)
    rules = of_city(_stackings, as_of(), district=district)
    found = [rule for rule in rules if fits(rule.ref.policy, rule.ref.clause)]
    where = _name(district) or _everywhere()
    key = "conflicts.stackings.finding" if found else "conflicts.stackings.none"
    say_finding(say(key, where=where, count=len(found)))
    if found:
        show_table(stacking_table(found))
        show_evidence(stacking_evidence(found), "stackings")


def _show_duplicates(district: str | None, topic: str | None) -> None:
    found = of_city(duplicates, as_of(), district=district, topic=topic)
    where = _name(district) or _everywhere()
    key = "conflicts.duplicates.finding" if found else "conflicts.duplicates.none"
    say_finding(say(key, where=where, count=len(found)))
    if not found:
        return
    keys = [f"{pair.a.clause}|{pair.b.clause}" for pair in found]
    at = keys.index(param("pair")) if param("pair") in keys else 0
    show_cards(duplicate_cards(found[at]), "duplicate", columns=2)
    show_table(duplicate_table(found), picked=keys[at], then=putting("pair"))


def _show_contradictions(district: str | None) -> None:
    found = of_city(contradictions, as_of(), district=district)
    where = _name(district) or _everywhere()
    key = "conflicts.contradictions.finding" if found else "conflicts.contradictions.none"
    say_finding(say(key, where=where, count=len(found)))
    if found:
        show_table(contradiction_table(found))


def _show_bundle(district: str | None, third: DeltaGenerator, fourth: DeltaGenerator) -> None:
    known = {name.name: name.value for name in names("topic")}
    with third:
        award = choose_number("award", say("bundle.award"), 0, least=0, most=1_000_000, step=50)
    with fourth:
        cost = choose_number("cost", say("bundle.cost"), 1000, least=0, most=10_000_000, step=100)
    chosen = choose_several(
        "topics", say("bundle.topics"), list(known), say("bundle.topics.none"), most=MOST_TOPICS
    )
    if district is None or not chosen:
        notice(say("bundle.choose"))
        return
    given = Given(city_award=award * WAN or None, cost=cost * WAN or None)
    project = Project(given, district=district, topics=tuple(known[name] for name in chosen))
    try:
        found = ask(best_bundle, project, as_of())
    except UsageError as error:
        notice(in_print(error.message))
        return
    name = _name(district) or ""
    say_finding(bundles.finding(found, name))
    if not found.best.items:
        return
    picture = bundles.bundle_picture(found, name)
    show_figure(picture, picture.title)
    heading(say("bundle.chosen"))
    show_table(bundles.chosen_table(found.best.items))
    if found.left_out:
        heading(say("bundle.left"))
        show_table(bundles.left_table(found))
    for words in bundles.remarks(found):
        aside(words)
    show_evidence(bundles.chosen_evidence(found.best.items), "bundle", expanded=True)


def _everywhere() -> str:
    """What all places together are called: the city, where there are others."""
    return city_name() or "" if len(cities()) > 1 else say("conflicts.everywhere")


def _stackings(store: Reader, day: str, district: str | None = None) -> tuple[StackingRule, ...]:
    return load_stackings(store, day, districts=None if district is None else [district])


def _name(district: str | None) -> str | None:
    return next((name.name for name in names("district") if name.value == district), None)
