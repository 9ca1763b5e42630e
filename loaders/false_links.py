"""Takes out the edges that people found not to hold (false_link in data/corrections).

Only edges go; a fact that was read wrongly is corrected in the record (correct.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.model import Edge, Node
from loaders.correct import Effect
from loaders.corrections import ClauseRef, FalseLink
from loaders.linking.policy_names import title_key
from loaders.linking.views import PolicyView


def drop_false_links(
    made: list[Node | Edge], policies: Iterable[PolicyView], false_links: Sequence[FalseLink]
) -> tuple[list[Node | Edge], list[Effect]]:
    """The nodes and edges without those that the entries name, and what each entry did."""
    if not false_links:
        return made, []
    ends = _Ends(made, policies)
    effects = []
    for entry in false_links:
        one, other = ends.ids(entry.start), ends.ids(entry.end)
        kept = [
            part
            for part in made
            if not isinstance(part, Edge) or part.type != entry.edge or not _joins(part, one, other)
        ]
        if len(kept) < len(made):
            effects.append(Effect(entry.id, "applied", len(made) - len(kept)))
        else:
            missing = [ref for ref, found in ((entry.start, one), (entry.end, other)) if not found]
            why = f"没有{_shown(missing[0])}" if missing else "已不再产生这条关系"
            effects.append(Effect(entry.id, "no_longer_applies", why=why))
        made = kept
    return made, effects


def _joins(edge: Edge, one: set[str], other: set[str]) -> bool:
    return (edge.start in one and edge.end in other) or (edge.start in other and edge.end in one)


def _shown(ref: ClauseRef) -> str:
    return f"《{ref.title}》{''.join(ref.cite)}"


class _Ends:
    """Finds the nodes that a title and cite mean: clauses and policies of the corpus, else nodes of that title or name."""

    def __init__(self, made: Iterable[Node | Edge], policies: Iterable[PolicyView]) -> None:
        self._policies = list(policies)
        self._named: dict[str, set[str]] = {}
        for part in made:
            if isinstance(part, Node):
                name = part.properties.get("title") or part.properties.get("name")
                if isinstance(name, str):
                    self._named.setdefault(name, set()).add(part.id)

    def ids(self, ref: ClauseRef) -> set[str]:
        """The ids of what a reference means, none where there is no such thing."""
        meant = [one for one in self._policies if title_key(one.record.title) == title_key(ref.title)]
        if ref.cite:
            return {
                clause.id for one in meant for clause in one.clauses if tuple(clause.clause.cite) == ref.cite
            }
        return {one.id for one in meant} | self._named.get(ref.title, set())
