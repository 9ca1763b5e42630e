"""Takes out the edges that people found not to hold (false_link in data/corrections).

Only edges go; a fact that was read wrongly is corrected in the record (correct.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.model import Growing
from loaders.correct import Effect
from loaders.corrections import ClauseRef, FalseLink
from loaders.linking.policy_names import title_key
from loaders.linking.views import PolicyView


def drop_false_links(
    graph: Growing, policies: Iterable[PolicyView], false_links: Sequence[FalseLink]
) -> list[Effect]:
    """Takes the edges that the entries name out of the graph; what each entry did."""
    if not false_links:
        return []
    ends = _Ends(graph, policies, {ref.title for entry in false_links for ref in (entry.start, entry.end)})
    return [_drop(graph, entry, ends) for entry in false_links]


def _drop(graph: Growing, entry: FalseLink, ends: _Ends) -> Effect:
    one, other = ends.ids(entry.start), ends.ids(entry.end)
    gone = graph.remove_edges(entry.edge, one, other)
    if gone:
        return Effect(entry.id, "applied", gone)
    missing = [ref for ref, found in ((entry.start, one), (entry.end, other)) if not found]
    why = f"没有{_shown(missing[0])}" if missing else "已不再产生这条关系"
    return Effect(entry.id, "no_longer_applies", why=why)


def _shown(ref: ClauseRef) -> str:
    return f"《{ref.title}》{''.join(ref.cite)}"


class _Ends:
    """Finds the nodes that a title and cite mean: clauses and policies of the corpus, else nodes of that title or name."""

    def __init__(self, graph: Growing, policies: Iterable[PolicyView], titles: set[str]) -> None:
        keys = {title_key(title) for title in titles}
        self._policies = [one for one in policies if title_key(one.title) in keys]
        self._named: dict[str, set[str]] = {}
        for node in graph.nodes():
            name = node.properties.get("title") or node.properties.get("name")
            if isinstance(name, str) and name in titles:
                self._named.setdefault(name, set()).add(node.id)

    def ids(self, ref: ClauseRef) -> set[str]:
        """The ids of what a reference means, none where there is no such thing."""
        meant = [one for one in self._policies if title_key(one.title) == title_key(ref.title)]
        if ref.cite:
            return {clause.id for one in meant for clause in one.clauses if clause.cite == ref.cite}
        return {one.id for one in meant} | self._named.get(ref.title, set())
