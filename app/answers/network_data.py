"""图谱: what the picture's component and its file are given, and the sentences behind a node or an edge."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.answers.network import Subgraph, height_of, places
from app.answers.overview import look
from app.components.mounts import asset, network_options, vis_network
from app.evidence import Evidence, cite_line, in_its_sentence, opening, short_title
from app.markup import OWN_SCRIPT
from app.pictures.drawing import State
from app.spoken import say_share
from app.tables import STATE_CLASSES
from app.texts import say
from graph.schema import EdgeType, load_schema
from queries import reader
from queries.neighbourhood import PictureEdge, PictureNode
from queries.states import PolicyState
from queries.timeline import PolicyOnDay

_UNDIRECTED = ("SIMILAR_TO", "OVERLAPS")
LABEL = 20
"""Characters of a node's label; the whole is on hover."""


class Namer:
    """Knows how nodes are called on the screen: clauses by district and cite, the rest by their names. `text_of` gives the text of a
    policy (id), "" where it was not loaded."""

    def __init__(
        self,
        nodes: Mapping[str, PictureNode],
        clauses: Sequence[reader.Row],
        policies: Sequence[PolicyOnDay],
        text_of: Callable[[str], str],
    ) -> None:
        self._nodes, self._text_of = nodes, text_of
        self._clauses = {row["clause"]: row for row in clauses}
        self._policies = {policy.policy: policy for policy in policies}

    def full(self, id_: str) -> str:
        """The whole name, as a cite has it."""
        clause = self._clauses.get(id_)
        if clause is not None:
            return cite_line(clause["district"], clause["policy_title"], clause["cite"])
        return self._nodes[id_].name

    def short(self, id_: str) -> str:
        """A label of the picture."""
        clause = self._clauses.get(id_)
        if clause is not None:
            words = f"{clause['district']} {''.join(clause['cite'])} {opening(clause['quote'])}"
        else:
            name = self._nodes[id_].name
            words = short_title(name) if self._nodes[id_].label == "Policy" else name
        return words if len(words) <= LABEL else words[: LABEL - 1] + "…"

    def order(self, id_: str) -> str:
        """What nodes of a column are sorted by: clauses as they stand in their policy, the rest by name."""
        clause = self._clauses.get(id_)
        return self.full(id_) if clause is None else f"{clause['policy_title']} {clause['span_start']:09d}"

    def look(self, id_: str) -> State:
        """The look of its state: clauses and policies have one, a programme is not loaded by its nature."""
        label = self._nodes[id_].label
        clause = self._clauses.get(id_)
        if clause is not None:
            return look(PolicyState(clause["state"]))
        if label == "Policy":
            policy = self._policies.get(id_)
            return look(policy.state) if policy else State.NOT_LOADED
        return State.NOT_LOADED if label == "Programme" else State.SUPPORTED

    def evidence(self, id_: str) -> list[Evidence]:
        """A clause's own text."""
        clause = self._clauses.get(id_)
        if clause is None:
            return []
        cite = tuple(clause["cite"])
        return [Evidence(clause["district"], clause["policy"], clause["policy_title"], cite, clause["quote"])]

    def place(self, edge: PictureEdge) -> Evidence | None:
        """The sentence of an edge, its mention standing out, with the cite of the end that states it; None for an edge that no text states."""
        if not edge.quote:
            return None
        note = say_relation(edge, self)
        for end in (edge.source, edge.target):
            clause = self._clauses.get(end)
            if clause is not None:
                cite = tuple(edge.cite) or tuple(clause["cite"])
                piece = Evidence(
                    clause["district"], clause["policy"], clause["policy_title"], cite, edge.quote, note
                )
                return in_its_sentence(piece, clause["quote"])
            policy = self._policies.get(end)
            if policy is not None:
                piece = Evidence(
                    policy.district, policy.policy, policy.policy_title, tuple(edge.cite), edge.quote, note
                )
                return in_its_sentence(piece, self._text_of(policy.policy))
        return None


def say_relation(edge: PictureEdge, namer: Namer) -> str:
    """丰台区 第一条 —支持事项→ 算力租用与算力券."""
    return f"{namer.short(edge.source)} —{load_schema().edges[edge.type].label}→ {namer.short(edge.target)}"


def edge_id(edge: PictureEdge, number: int) -> str:
    """What names an edge of the picture."""
    return f"{edge.type}|{edge.source}|{edge.target}|{number}"


def network_data(
    subgraph: Subgraph,
    namer: Namer,
    chosen: str,
    expandable: bool = True,
) -> dict[str, Any]:
    """What the network component is given."""
    order = {id_: namer.order(id_) for id_ in subgraph.nodes}
    spots = places(subgraph, order)
    return {
        "start": subgraph.start,
        "nodes": [
            _node(node, namer, subgraph, spots[id_], chosen, expandable)
            for id_, node in subgraph.nodes.items()
        ],
        "edges": [
            _edge(edge, number, namer, chosen) | _curve(edge, spots)
            for number, edge in enumerate(subgraph.edges)
        ],
        "options": network_options(),
        "height": height_of(spots),
        "file_name": f"{say('page.network')}.png",
        "legend": _legend(subgraph, namer),
        "say": {name: say(f"network.tool.{name}") for name in ("drag", "larger", "smaller", "all", "save")},
    }


def network_page(title: str, data: Mapping[str, Any], told: Mapping[str, list[tuple[str, bool]]]) -> str:
    """One self-contained page with the picture and its sentences (`told`: node or edge → lines, and whether each is a quote)."""
    return asset("network_page.html") % {
        "policy": OWN_SCRIPT,
        "title": html.escape(title),
        "css": asset("base.css") + asset("network.css"),
        "data": embedded_json({**data, "told": told}),
        "vis": vis_network().replace("</script", "<\\/script"),
        "draw": asset("network_draw.js"),
    }


def embedded_json(content: object) -> str:
    """JSON that may stand inside a script element whatever its texts hold: no tag can begin or end in it."""
    text = json.dumps(content, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _node(
    node: PictureNode,
    namer: Namer,
    subgraph: Subgraph,
    spot: tuple[float, float],
    chosen: str,
    expandable: bool,
) -> dict[str, Any]:
    kind = load_schema().nodes[node.label]
    return {
        "id": node.id,
        "words": namer.short(node.id),
        # what is chosen stands written beside the picture
        "title": None if node.id == chosen else f"{kind.label} · {namer.full(node.id)}",
        "x": spot[0],
        "y": spot[1],
        "shape": "custom",
        "mark": kind.shape,
        "colour": kind.colour,
        "look": STATE_CLASSES[namer.look(node.id)],
        "start": node.id == subgraph.start,
        "chosen": node.id == chosen,
        "opened": node.id in subgraph.opened,
        "more": expandable,
    }


def _edge(edge: PictureEdge, number: int, namer: Namer, chosen: str) -> dict[str, Any]:
    kind = load_schema().edges[edge.type]
    colour, width, dashes = _style(kind)
    kept = ""
    if edge.type.startswith("MATCHES"):
        kept = kind.label if edge.rate is None else f"{kind.label} {say_share(edge.rate)}"
    id_ = edge_id(edge, number)
    return {
        "id": id_,
        "from": edge.source,
        "to": edge.target,
        "title": say_relation(edge, namer) + (f"\n{edge.quote}" if edge.quote else ""),
        "label": kept or None,
        "kept_label": kept,
        "type_label": kept or kind.label,
        "color": {"color": colour, "hover": colour, "highlight": "#C55A11"},
        "arrows": {"to": {"enabled": edge.type not in _UNDIRECTED}},
        "width": width + (2 if id_ == chosen else 0),
        "dashes": dashes,
    }


def _curve(edge: PictureEdge, spots: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """An edge inside a column goes around what stands between its ends."""
    (x1, y1), (x2, y2) = spots[edge.source], spots[edge.target]
    if x1 != x2:
        return {}
    # the side that labels leave free: to the right of the columns on the left, else to the left
    side = "curvedCW" if (x1 < 0) == (y1 < y2) else "curvedCCW"
    return {"smooth": {"type": side, "roundness": 0.35}}


def _style(kind: EdgeType) -> tuple[str, float, bool]:
    match kind.style:
        case "accent" | "solid":
            return kind.colour or "#1F4E79", 2.2, False
        case "dashed":
            return kind.colour or "#C00000", 1.8, True
        case "arrow":
            return kind.colour or "#7F7F7F", 1.6, False
        case _:
            return "#BDBDBD", 1.0, False


def _legend(subgraph: Subgraph, namer: Namer) -> dict[str, Any]:
    schema = load_schema()
    labels = {node.label for node in subgraph.nodes.values()}
    types = {edge.type for edge in subgraph.edges}
    nodes = [
        {"shape": kind.shape, "colour": kind.colour, "look": "supported", "words": kind.label}
        for name, kind in schema.nodes.items()
        if name in labels
    ]
    looks = {namer.look(id_) for id_ in subgraph.nodes} - {State.SUPPORTED}
    nodes += [
        {
            "shape": "square",
            "colour": "#595959",
            "look": STATE_CLASSES[state],
            "words": say(f"network.look.{STATE_CLASSES[state]}"),
        }
        for state in State
        if state in looks
    ]
    edges = []
    for name, kind in schema.edges.items():
        colour, width, dashes = _style(kind)
        if name in types and kind.style != "quiet":
            edges.append({"colour": colour, "width": width, "dashes": dashes, "words": kind.label})
    if any(schema.edges[name].style == "quiet" for name in types):
        edges.append({"colour": "#BDBDBD", "width": 1.0, "dashes": False, "words": say("network.quiet")})
    return {"nodes": nodes, "edges": edges}
