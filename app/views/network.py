"""图谱: search a node, open and close its neighbours by clicks, and read the sentence behind a node or an edge."""

from __future__ import annotations

import streamlit as st

from app.address import drop, param
from app.answers.network import Subgraph, gather, start_choices
from app.answers.network_data import Namer, edge_id, network_data, network_page, say_relation
from app.city import cities, places, timeline_of_city
from app.components.mounts import mount_network
from app.evidence import Evidence, show_cards
from app.filters import choose_several, row_of_filters
from app.layout import aside, heading, notice, say_finding
from app.session import as_of, ask, names, record_of, rows
from app.texts import say
from graph.schema import load_schema
from queries.neighbourhood import SHARED, Neighbourhood, neighbourhood, neighbourhood_in
from queries.reader import Row

KEY = "network"
DEFAULT_TOPIC = "compute-rental"
EDGES = 150
"""Edges that one node brings in at most."""

SEARCHED = ("Topic", "Policy", "District", "Honor", "Industry", "Agency", "Programme")


def show() -> None:
    """The page."""
    with row_of_filters(2, 1, 1) as (first, second, third):
        with first:
            start = _choose_start()
        with second:
            labels = _choose_kinds("labels", {kind.label: name for name, kind in load_schema().nodes.items()})
        with third:
            types = _choose_kinds("types", {kind.label: name for name, kind in load_schema().edges.items()})
    if start is None:
        notice(say("network.nothing"))
        return
    subgraph = _gather(start, labels, types)
    if start not in subgraph.nodes:
        notice(say("network.alone"))
        return
    namer = _namer(subgraph)
    title = say(
        "network.finding", name=namer.full(start), nodes=len(subgraph.nodes) - 1, edges=len(subgraph.edges)
    )
    say_finding(title)
    chosen = param("at") or start
    left, right = st.columns([8, 4], gap="medium")
    with left:
        data = network_data(subgraph, namer, chosen)
        mount_network(data, KEY, _click)
        aside(say("network.click") + _left_out(subgraph))
        st.download_button(
            say("picture.html"),
            lambda: network_page(title, data, _told(subgraph, namer)).encode(),
            f"{say('page.network')}.html",
            "text/html",
            on_click="ignore",
        )
    with right:
        _show_chosen(subgraph, namer, chosen)


def _choose_start() -> str | None:
    """The node of the address, or what is chosen in the list of names."""
    known = start_choices(_names())
    asked = param("node")
    if asked and asked not in known.values():
        # a clause or an amount that a click led to has no entry in the list of names
        known = {say("network.asked"): asked, **known}
    if not known:
        return None
    options = list(known)
    topic = next((name.name for name in names("topic") if name.value == DEFAULT_TOPIC), "")
    default = next((at for at, words in enumerate(options) if words.endswith(f" · {topic}")), 0)
    start = next((at for at, words in enumerate(options) if known[words] == asked), default)
    words = st.selectbox(say("network.start"), options, index=start, key=f"node_{asked}") or options[start]
    if known[words] != (asked or known[options[default]]):
        drop("at", "open")
        st.query_params["node"] = known[words]
    return known[words]


def _names() -> list[Row]:
    """What can be begun with. Of several cities it is what the city has: its policies and places, and the names that all share."""
    if len(cities()) < 2:
        return rows("names", labels=list(SEARCHED))
    shared = rows("names", labels=list(SHARED))
    own = [
        {"label": "Policy", "name": policy.policy_title, "id": policy.policy}
        for policy in timeline_of_city().policies
    ]
    codes = {row["district_code"] for row in places()}
    districts = [row for row in rows("names", labels=["District"]) if row["code"] in codes]
    return [*shared, *own, *districts]


def _choose_kinds(key: str, known: dict[str, str]) -> list[str]:
    chosen = choose_several(key, say(f"network.{key}"), list(known), say(f"network.{key}.all"))
    return [known[words] for words in chosen]


def _gather(start: str, labels: list[str], types: list[str]) -> Subgraph:
    opened = [start, *(id_ for id_ in param("open").split(",") if id_ and id_ != start)]
    return gather(start, {id_: _around(id_) for id_ in opened}, labels, types)


def _around(id_: str) -> Neighbourhood:
    """A node's neighbours: of several cities those that the one that is looked at has, what is in force first."""
    label = _shared().get(id_) if len(cities()) > 1 else None
    if label is None:
        return ask(neighbourhood, id_, limit=EDGES)
    policies = sorted(timeline_of_city().policies, key=lambda policy: not policy.state.is_live)
    return ask(neighbourhood_in, label, id_, [policy.policy for policy in policies], limit=EDGES)


def _shared() -> dict[str, str]:
    """Id → label of the nodes that all cities have in common."""
    return {row["id"]: row["label"] for row in rows("names", labels=list(SHARED))}


def _left_out(subgraph: Subgraph) -> str:
    if not subgraph.left_out:
        return ""
    key = "network.cut.least" if subgraph.has_more else "network.cut"
    return say(key, count=subgraph.left_out)


def _namer(subgraph: Subgraph) -> Namer:
    clauses = sorted(id_ for id_, node in subgraph.nodes.items() if node.label == "Clause")
    known = rows("clauses", clauses=clauses, as_of=as_of()) if clauses else []
    return Namer(subgraph.nodes, known, timeline_of_city().policies, _text)


def _text(policy: str) -> str:
    record = record_of(policy)
    return "" if record is None else record.text


def _click() -> None:
    """A first click on a node chooses it, the next one opens or closes its neighbours; a click on an edge chooses the edge."""
    state = st.session_state.get(KEY)
    told = state.get("clicked") if state is not None else None
    if not told:
        return
    node = told.get("node")
    if node is None:
        st.query_params["at"] = told["edge"]
    elif param("at") == node:
        _toggle(node)
    else:
        st.query_params["at"] = node


def _toggle(node: str) -> None:
    opened = [id_ for id_ in param("open").split(",") if id_]
    kept = [id_ for id_ in opened if id_ != node]
    st.query_params["open"] = ",".join(kept if node in opened else [*opened, node])
    st.query_params["at"] = node


def _show_chosen(subgraph: Subgraph, namer: Namer, chosen: str) -> None:
    for number, edge in enumerate(subgraph.edges):
        if edge_id(edge, number) == chosen:
            heading(say_relation(edge, namer))
            piece = namer.place(edge)
            if piece is not None:
                show_cards([piece], "chosen")
            else:
                aside(say("network.no_text"))
            return
    if chosen not in subgraph.nodes:
        chosen = subgraph.start
    heading(namer.full(chosen))
    aside(load_schema().nodes[subgraph.nodes[chosen].label].label)
    if chosen != subgraph.start:
        is_open = chosen in subgraph.opened
        st.button(say("network.close" if is_open else "network.open"), on_click=_toggle, args=(chosen,))
    pieces = _sentences(subgraph, namer, chosen)
    show_cards(pieces, "chosen", height=560)


def _sentences(subgraph: Subgraph, namer: Namer, chosen: str) -> list[Evidence]:
    """A clause's own text, then the sentences of the edges around the node."""
    around = [edge for edge in subgraph.edges if chosen in {edge.source, edge.target}]
    pieces = [namer.place(edge) for edge in around]
    return list(dict.fromkeys([*namer.evidence(chosen), *(piece for piece in pieces if piece is not None)]))


def _told(subgraph: Subgraph, namer: Namer) -> dict[str, list[tuple[str, bool]]]:
    """What the file shows when a node or an edge is clicked."""
    told: dict[str, list[tuple[str, bool]]] = {}
    for id_ in subgraph.nodes:
        lines = [(namer.full(id_), False)]
        for piece in _sentences(subgraph, namer, id_):
            card = piece.as_card()
            lines += [(f"{card['cite']}\n{piece.note}".strip(), False), (piece.quote, True)]
        told[id_] = lines
    for number, edge in enumerate(subgraph.edges):
        found = namer.place(edge)
        lines = [(say_relation(edge, namer), False)]
        if found is not None:
            lines += [(str(found.as_card()["cite"]), False), (found.quote, True)]
        told[edge_id(edge, number)] = lines
    return told
