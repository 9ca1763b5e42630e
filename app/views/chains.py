"""匹配链: enter a city award, see what each district adds and what may not be drawn together."""

from __future__ import annotations

from app.address import leave
from app.answers.chains import (
    BOXES,
    amounts_evidence,
    amounts_table,
    chain_picture,
    finding,
    links_table,
    must_not_evidence,
    must_not_sentence,
    must_not_table,
)
from app.city import of_city
from app.evidence import clause_address, show_evidence
from app.figures import show_figure
from app.filters import (
    choose_district,
    choose_industry,
    choose_number,
    choose_topic,
    in_industry,
    row_of_filters,
)
from app.layout import aside, heading, say_finding
from app.session import as_of, ask, names
from app.tables import show_table
from app.texts import say
from queries.amounts import Given, Worked
from queries.chains import Chain, amounts_along, chains
from queries.conflicts import conflicts
from queries.rules import load_rules

DEFAULT_TOPIC = "first-use"
DEFAULT_AWARD = 500
WAN = 10_000


def show() -> None:
    """The page."""
    with row_of_filters(1, 1, 1, 1) as (first, second, third, fourth):
        with first:
            award = WAN * choose_number(
                "award", say("chains.award"), DEFAULT_AWARD, least=0, most=1_000_000, step=50
            )
        with second:
            topic = choose_topic(default=DEFAULT_TOPIC)
        with third:
            district = choose_district()
        with fourth:
            fits = in_industry(choose_industry())
    topic_name = next((name.name for name in names("topic") if name.value == topic), say("chains.all_topics"))
    given = Given(city_award=award)
    worked = [
        item
        for item in of_city(amounts_along, given, as_of(), district=district, topic=topic)
        if fits(item.ref.policy, item.ref.clause)
    ]
    found = [
        link
        for link in of_city(chains, as_of(), district=district, topic=topic)
        if fits(link.ref.policy, link.ref.clause)
    ]
    say_finding(finding(award, topic_name, worked))
    _show_picture(award, topic_name, [link for link in found if link.kind == "cofunding"], worked)
    if worked:
        show_evidence(amounts_evidence(worked), "amounts", expanded=True, columns=2, height=360)
        heading(say("chains.table"))
        show_table(amounts_table(worked))
        _show_must_not(worked)
    _show_links(found)


def _show_picture(award: float, topic_name: str, found: list[Chain], worked: list[Worked]) -> None:
    if not found:
        return
    picture = chain_picture(award, topic_name, found, worked)
    clauses = len({link.ref.clause for link in found})
    more = say("chains.more", shown=BOXES, more=clauses - BOXES) if clauses > BOXES else ""
    show_figure(picture, picture.title, then=_open, remark=say("chains.click") + more)


def _open(name: str) -> None:
    """A clause's box opens its text; policies and programmes that are only named have none."""
    if name.startswith("clause-"):
        leave(clause_address(name))


def _show_must_not(worked: list[Worked]) -> None:
    heading(say("chains.must_not"))
    districts = tuple(sorted({item.ref.district_code for item in worked}))
    rules = ask(load_rules, as_of(), districts=districts)
    pairs = ask(conflicts, as_of(), clauses=tuple(sorted({item.ref.clause for item in worked})))
    aside(must_not_sentence(worked, rules))
    show_evidence(must_not_evidence(worked, rules, pairs), "must_not", expanded=True, height=420)
    show_table(must_not_table(worked, rules))


def _show_links(found: list[Chain]) -> None:
    heading(say("chains.links"))
    hanging = sum(link.steps[0].hanging is not None for link in found)
    aside(say("chains.links.sentence", count=len(found), hanging=hanging))
    show_table(links_table(found))
