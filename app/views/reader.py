"""政策阅读: a policy with every fact on its sentence; click a mark to see the fact, a fact to see the sentence."""

from __future__ import annotations

import streamlit as st

from app.address import drop, param
from app.answers.reading import (
    LIT,
    ReadFact,
    address_of,
    clause_of,
    facts,
    facts_table,
    locate,
    reader_data,
    unread_table,
)
from app.city import policy_on_day, timeline_of_city
from app.components.mounts import mount_reader
from app.filters import choose_district, choose_industry, in_industry, row_of_filters
from app.layout import aside, notice, say_finding
from app.punctuation import in_print
from app.session import as_of, names, record_of, rows
from app.tables import save_buttons, show_table
from app.texts import say
from loaders.record import PolicyRecord
from queries.timeline import PolicyOnDay

KEY, _CLICKED = "reader", "_clicked_fact"


def show() -> None:
    """The page."""
    chosen = _choose_policy()
    if chosen is None:
        notice(say("reader.nothing"))
        return
    record = record_of(chosen.policy)
    if record is None:
        notice(say("reader.no_text", title=chosen.policy_title))
        return
    found = _facts(chosen.policy, record)
    say_finding(_sentence(chosen, record, found))
    aside(_dates(chosen, record))
    cite, quote = param("cite"), param("quote")
    span = locate(record, cite, quote) if quote else None
    selected, lit = _selected(record, found, span, cite)
    aside(say("reader.legend"))
    mount_reader(reader_data(record, found, chosen.policy, lit, selected), KEY, _click)
    save_buttons(facts_table(found))
    _show_unread(record)


def _choose_policy() -> PolicyOnDay | None:
    """The policy of the address, else the first that fits the filters."""
    asked = _asked_policy()
    with row_of_filters(1, 1, 2) as (first, second, third):
        with first:
            district = choose_district()
        with second:
            fits = in_industry(choose_industry())
    known = {policy.policy: policy for policy in timeline_of_city(district).policies}
    fitting = [policy for policy in known if fits(policy, "")]
    linked = policy_on_day(asked) if asked else None
    if linked is not None:
        known[asked] = linked
    # A link leads to its policy whatever the filters say.
    options = fitting if asked in fitting or asked not in known else [asked, *fitting]
    if not options:
        return None
    start = options.index(asked) if asked in options else 0
    label = say("filter.policy")
    with third:
        chosen = st.selectbox(
            label,
            options,
            index=start,
            format_func=lambda policy: known[policy].policy_title,
            key=f"policy_{options[start]}_{len(options)}",
        )
    if chosen != asked:
        drop("cite", "quote", "clause")
        st.query_params["policy"] = chosen
    return known[chosen]


def _asked_policy() -> str:
    """The policy that the address names, by itself or by one of its clauses."""
    clause = param("clause")
    if clause:
        for row in rows("clauses", clauses=[clause], as_of=as_of()):
            drop("clause")
            st.query_params["policy"] = row["policy"]
            st.query_params["cite"] = "".join(row["cite"])
    return param("policy")


def _facts(policy: str, record: PolicyRecord) -> list[ReadFact]:
    topics = {name.value: name.name for name in names("topic")}
    return _kept_facts(policy, record.sha256, record, topics)


@st.cache_data(max_entries=60, show_spinner=False)
def _kept_facts(policy: str, sha256: str, _record: PolicyRecord, _topics: dict[str, str]) -> list[ReadFact]:  # noqa: ARG001
    return facts(_record, _topics)


def _sentence(policy: PolicyOnDay, record: PolicyRecord, found: list[ReadFact]) -> str:
    amounts = sum(fact.mark == "amount" for fact in found)
    return say(
        "reader.finding",
        title=policy.policy_title,
        clauses=len(record.clauses),
        amounts=amounts,
        state=in_print(policy.why),
    )


def _dates(policy: PolicyOnDay, record: PolicyRecord) -> str:
    parts = [policy.district, policy.doc_number or "", *record.industries]
    parts += [say("reader.issued", date=policy.issued_on)] if policy.issued_on else []
    return " · ".join(part for part in parts if part)


def _selected(
    record: PolicyRecord, found: list[ReadFact], span: tuple[int, int] | None, cite: str
) -> tuple[list[str], tuple[int, int] | None]:
    """What is lit: the fact of the address (of several in one place the one that was clicked), else its sentence with the facts in
    it, else its clause."""
    if span is not None:
        clicked = st.session_state.get(_CLICKED)
        facts_here = [fact.id for fact in found if tuple(fact.span) == span]
        if facts_here:
            return [clicked if clicked in facts_here else facts_here[0]], None
        inside = [fact.id for fact in found if span[0] <= fact.span[0] and fact.span[1] <= span[1]]
        return [LIT, *inside], span
    clause = clause_of(record, cite) if cite else None
    return ([f"c{record.clauses.index(clause)}"] if clause else [], None)


def _click() -> None:
    """Puts what was clicked into the address: a fact with its sentence, a clause by its cite."""
    state = st.session_state.get(KEY)
    clicked = state.get("selected") if state is not None else None
    record = record_of(param("policy"))
    if not isinstance(clicked, str) or record is None or clicked == LIT:
        return
    st.session_state[_CLICKED] = clicked
    if clicked.startswith("c"):
        st.query_params["cite"] = "".join(record.clauses[int(clicked[1:])].cite)
        drop("quote")
        return
    fact = next((fact for fact in _facts(param("policy"), record) if fact.id == clicked), None)
    for name, value in address_of(fact).items() if fact else ():
        st.query_params[name] = value


def _show_unread(record: PolicyRecord) -> None:
    table = unread_table(record)
    if not table.rows:
        aside(say("reader.unread.none"))
        return
    with st.expander(say("reader.unread.count", count=len(table.rows)), expanded=True):
        show_table(table)
