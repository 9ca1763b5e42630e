"""Matching chains: district clause → city clause or programme → nation, each step with its sentence, and what each district adds.

A step whose target is unknown, a draft, expired or repealed hangs, and says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from queries.amounts import Basis, Given, Worked, work_out
from queries.catalog import ALL_ROWS, fetch
from queries.clauses import ClauseRef, clause_ref, load_facts
from queries.reader import Reader, Row
from queries.states import PolicyState


@dataclass(frozen=True, slots=True)
class Step:
    """One step up: what it leads to, where that stands, its words, and why it hangs (None where it holds)."""

    relation: str
    target: str
    target_label: str
    title: str
    cite: tuple[str, ...]
    state: PolicyState | None
    quote: str
    hanging: str | None


@dataclass(frozen=True, slots=True)
class Chain:
    """A clause and the steps above it. `kind` is cofunding (按市级资金的30%) or aligned (both levels support the same thing);
    `rate` is a share, `cap` in yuan; `upper` is city or national; `quote` is the sentence that makes the first step.
    """

    ref: ClauseRef
    upper: str
    kind: str
    rate: float | None
    cap: float | None
    strength: str
    why: str
    target_name: str | None
    quote: str
    steps: tuple[Step, ...]

    @property
    def hanging(self) -> str | None:
        """Why the chain hangs, None where every step holds."""
        return next((step.hanging for step in self.steps if step.hanging), None)


def chains(
    reader: Reader,
    as_of: str,
    *,
    district: str | None = None,
    topic: str | None = None,
    honor: str | None = None,
    clause: str | None = None,
    kind: str | None = None,
) -> list[Chain]:
    """The chains of a district (code), topic (code), honor or clause (ids), in the order of the query level_matches."""
    links = fetch(
        reader,
        "match_links",
        {"district": district, "topic": topic, "honor": honor, "clause": clause, "kind": kind},
    )
    if not links:
        return []
    own = sorted({link["clause"] for link in links})
    places = {row["clause"]: row for row in fetch(reader, "clauses", {"clauses": own, "as_of": as_of})}
    found = sorted({link["target"] for link in links if link["target_label"] != "Programme"})
    targets = {
        row["target"]: row for row in fetch(reader, "match_targets", {"targets": found, "as_of": as_of})
    }
    refs = {clause: clause_ref(row) for clause, row in places.items()}
    uppers = _Uppers(targets, _steps_above(reader, targets.values(), as_of))
    links.sort(key=_order(places, uppers))
    return [_chain(link, refs[link["clause"]], uppers.steps(link)) for link in links]


class _Uppers:
    """What links lead to. A clause of the city is the target of many, whose steps are the same and made once."""

    def __init__(self, targets: Mapping[str, Row], above: Mapping[str, list[Step]]) -> None:
        self._targets = targets
        self._above = above
        self._made: dict[tuple[str, str, str | None], tuple[Step, ...]] = {}

    def title(self, link: Row) -> str:
        """Of the policy, or of the programme, that a link leads to."""
        target = self._targets.get(link["target"])
        return str(link["programme"] if target is None else target["policy_title"])

    def steps(self, link: Row) -> tuple[Step, ...]:
        """The step of the link and those above it."""
        key = (link["target"], link["upper"], link["target_name"])
        if key not in self._made:
            self._made[key] = (self._first_step(link), *self._higher(link["target"]))
        return self._made[key]

    def _first_step(self, link: Row) -> Step:
        target = self._targets.get(link["target"], {})
        state = PolicyState(target["state"]) if target else None
        title = self.title(link)
        return Step(
            relation="MATCHES_NATIONAL_LEVEL" if link["upper"] == "national" else "MATCHES_CITY_LEVEL",
            target=link["target"],
            target_label=link["target_label"],
            title=title,
            cite=tuple(target.get("cite") or ()),
            state=state,
            quote=target.get("quote") or link["target_name"] or title,
            hanging=why_hanging(link["target_label"], state),
        )

    def _higher(self, id: str) -> list[Step]:
        policy = self._targets[id]["policy"] if id in self._targets else id
        return [step for source in dict.fromkeys((id, policy)) for step in self._above.get(source, ())]


def _order(places: Mapping[str, Row], uppers: _Uppers) -> Callable[[Row], tuple[object, ...]]:
    """That of the query level_matches."""
    by_place = {
        clause: tuple(row[key] for key in ("district_code", "policy_title", "policy", "place"))
        for clause, row in places.items()
    }

    def order(link: Row) -> tuple[object, ...]:
        place = by_place[link["clause"]]
        return place, link["upper"], link["kind"], uppers.title(link), link["target"], link["span_start"]

    return order


def hanging_matches(reader: Reader, as_of: str, *, district: str | None = None) -> list[Chain]:
    """Chains of policies in force whose sentence leads to nothing that is: no target, or only drafts and what has lapsed.

    A sentence that leads to several targets hangs only where all of them do.
    """
    found = [chain for chain in chains(reader, as_of, district=district) if chain.ref.state.is_live]
    held = {_sentence(chain) for chain in found if not chain.steps[0].hanging}
    return [chain for chain in found if _sentence(chain) not in held]


def _sentence(chain: Chain) -> tuple[str, str, str]:
    return chain.ref.clause, chain.upper, chain.quote


def amounts_along(
    reader: Reader,
    given: Given,
    as_of: str,
    *,
    district: str | None = None,
    topic: str | None = None,
    honor: str | None = None,
    clause: str | None = None,
) -> list[Worked]:
    """What each clause in force adds in a case: of an upper level's award, or of a cost where `given` names one.

    Sorted by district, policy and clause; variants of a clause (工业智能项目最高200万元) are rows of their own.
    """
    found = [
        row["clause"]
        for row in fetch(
            reader,
            "level_matches",
            {
                "district": district,
                "topic": topic,
                "honor": honor,
                "clause": clause,
                "kind": "cofunding",
                "limit": ALL_ROWS,
                "as_of": as_of,
            },
        )
        if PolicyState(row["state"]).is_live
    ]
    if given.cost is not None and topic is not None:
        rows = fetch(
            reader, "topic_clauses", {"topics": [topic], "city": None, "district": district, "as_of": as_of}
        )
        found += [row["clause"] for row in rows if PolicyState(row["state"]).is_live]
    if clause is not None:
        found.append(clause)
    wanted = {Basis.CITY_AWARD, Basis.NATIONAL_AWARD, Basis.COST}
    if given.units:
        wanted.add(Basis.FIXED)
    results = [
        worked
        for facts in load_facts(reader, found, as_of)
        for worked in work_out(facts, given)
        if worked.basis in wanted
    ]
    return sorted(results, key=lambda item: (item.ref.district_code, item.ref.policy_title))


def _steps_above(reader: Reader, targets: Collection[Row], as_of: str) -> dict[str, list[Step]]:
    """Steps above the first targets, by the id that they start from."""
    policies = sorted({row["policy"] for row in targets})
    clauses = sorted(row["target"] for row in targets if row["target"] != row["policy"])
    above: defaultdict[str, list[Step]] = defaultdict(list)
    if clauses or policies:
        for row in fetch(reader, "upper_steps", {"clauses": clauses, "policies": policies, "as_of": as_of}):
            above[row["source"]].append(_upper_step(row))
    return above


def _chain(link: Row, ref: ClauseRef, steps: tuple[Step, ...]) -> Chain:
    return Chain(
        ref=ref,
        upper=link["upper"],
        kind=link["kind"],
        rate=link["rate"],
        cap=link["cap"],
        strength=link["strength"],
        why=link["why"],
        target_name=link["target_name"],
        quote=link["quote"],
        steps=steps,
    )


def _upper_step(row: Row) -> Step:
    state = None if row["target_state"] is None else PolicyState(row["target_state"])
    return Step(
        relation=row["relation"],
        target=row["target"],
        target_label=row["target_label"],
        title=row["target_title"],
        cite=(),
        state=state,
        quote=row["quote"],
        hanging=why_hanging(row["target_label"], state),
    )


def why_hanging(label: str, state: PolicyState | None) -> str | None:
    """Why a step leads to nothing that can be counted on; None where it does."""
    if label == "Programme":
        return "所指的上级项目不在已收录的政策中"
    if state is None or state.is_live:
        return None
    return _HANGING[state]


_HANGING = {
    PolicyState.DRAFT: "上级文件还是征求意见稿",
    PolicyState.EXPIRED: "上级文件已失效",
    PolicyState.REPEALED: "上级文件已废止",
    PolicyState.NOT_YET: "上级文件尚未施行",
    PolicyState.NAMED_ONLY: "上级文件只被提到,没有收录",
}
