"""The best compatible set of supports for one project: largest total under all rules and caps, the runner-up, what blocks the rest.

What a clause pays is queries.amounts's, which rules forbid a pair queries.rules's, the search queries.best_set's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from graph.errors import UsageError
from queries.amounts import Basis, Given, Worked, belongs, work_out
from queries.best_set import Choice, Limit, best_choice, runner_up, value_of
from queries.catalog import fetch
from queries.clauses import ClauseFacts, load_facts
from queries.conflicts import Conflict, conflicts
from queries.offer import Offer
from queries.offers import read_offers
from queries.reader import Reader, Row
from queries.rules import KEEPS, Rules, load_rules
from queries.states import PolicyState
from queries.wording import fold


@dataclass(frozen=True, slots=True)
class Item:
    """A support that could be drawn: between `low` and `high` yuan (`high` None: no limit is stated, counted as `low`).

    `alternatives` are its tiers or variants, of which the applicant draws one; `note` says why the amount is a range.
    """

    key: str
    alternatives: tuple[Worked, ...]
    low: float
    high: float | None
    note: str | None

    @property
    def first(self) -> Worked:
        """The first alternative: it names clause and sentence."""
        return self.alternatives[0]

    @property
    def name(self) -> str:
        """Clause, and for whom or what."""
        label = self.first.label
        return self.first.ref.name + (f" {label}" if label else "")


@dataclass(frozen=True, slots=True)
class Block:
    """Why two items may not both be drawn: the sentence, where it stands, and what one may keep."""

    quote: str
    rule_name: str
    keeps: str
    arguable: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that is not in the best set, and each chosen item that shuts it out with the rule."""

    item: Item
    blocked_by: tuple[tuple[Item, Block], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """A compatible set: the items, dearest first, and what they come to, each limit applied."""

    items: tuple[Item, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bundle:
    """The answer. `allowed` are chosen pairs that a sentence expressly lets be drawn together, `silent` pairs of a district's and
    its city's support on which no sentence says anything; `unpriced` are items that the case gives no amount for."""

    best: Selection
    runner_up: Selection | None
    left_out: tuple[LeftOut, ...]
    allowed: tuple[tuple[Item, Item, str], ...]
    silent: tuple[tuple[Item, Item], ...]
    unpriced: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """What is applied for: clauses (ids) that are chosen outright, or a district and topics; `words` pick variants (工业智能)."""

    given: Given
    clauses: tuple[str, ...] = ()
    district: str | None = None
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    with_city: bool = True


MOST_ITEMS = 60


def best_bundle(reader: Reader, project: Project, as_of: str) -> Bundle:
    """The best compatible set for one project, all rules on "the same project or matter" taken to bite.

    Raises: UsageError where neither clauses nor district and topics are given, or more than MOST_ITEMS supports come together.
    """
    stretches = _stretches(reader, project, as_of)
    facts = load_facts(reader, list(stretches), as_of)
    items, limits = _items(facts, project, stretches)
    if len(items) > MOST_ITEMS:
        raise UsageError(f"这样选出 {len(items)} 项支持,超过 {MOST_ITEMS} 项:请少选些事项或条款")
    by_clause = {fact.ref.clause: fact for fact in facts}
    rules = load_rules(reader, as_of, districts=[fact.ref.district_code for fact in facts])
    blocks = _blocks(items, by_clause, rules, _derived(reader, by_clause, as_of))
    return _solve(items, limits, blocks, by_clause, rules)


def _stretches(reader: Reader, project: Project, as_of: str) -> dict[str, list[tuple[int, int]]]:
    """The clauses to consider, each with the stretches of the policy's text that its topics stand in ([]: the whole clause)."""
    if project.clauses:
        return {clause: [] for clause in project.clauses}
    if project.district is None or not project.topics:
        raise UsageError("请给出条款(--clause),或地区和支持事项(--district 和 --topic)")
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in _topic_rows(reader, project, as_of):
        if PolicyState(row["state"]).is_live:
            found[row["clause"]].append((row["span_start"], row["span_end"]))
    return dict(found)


def _topic_rows(reader: Reader, project: Project, as_of: str) -> Iterable[Row]:
    given = {"topics": list(project.topics), "city": None, "as_of": as_of}
    yield from fetch(reader, "topic_clauses", {**given, "district": project.district})
    if project.with_city:
        for city in fetch(reader, "upper_districts", {"district": project.district}):
            yield from fetch(reader, "topic_clauses", {**given, "district": city["district_code"]})


def _items(
    facts: Sequence[ClauseFacts], project: Project, stretches: dict[str, list[tuple[int, int]]]
) -> tuple[list[Item], list[Limit[str]]]:
    items: list[Item] = []
    limits: list[Limit[str]] = []
    for fact in facts:
        families: defaultdict[int, list[Offer]] = defaultdict(list)
        for offer in read_offers(fact):
            families[offer.family].append(offer)
        own = []
        for family, offers in families.items():
            item = _item(fact, offers, project, f"{fact.ref.clause}#{family}")
            if item is not None and _is_asked(item, fact, stretches[fact.ref.clause]):
                own.append(item)
        # A match that no benefit was read for still pays.
        if not families and (loose := work_out(fact, project.given, [])):
            own.append(_joined(f"{fact.ref.clause}#", loose, project.words))
        items += own
        limits += _limits(own, families)
    return items, limits


def _item(fact: ClauseFacts, offers: list[Offer], project: Project, key: str) -> Item | None:
    """What a family of offers pays; None where the case says nothing on any of them."""
    matches = tuple(match for match in fact.matches if any(belongs(offer, match) for offer in offers))
    worked = work_out(replace(fact, matches=matches), project.given, offers)
    return _joined(key, worked, project.words) if worked else None


def _joined(key: str, worked: list[Worked], words: tuple[str, ...]) -> Item:
    """One item of alternatives: those that the project's words name, else all, as a range."""
    named = [item for item in worked if any(word in item.label for word in words)]
    chosen = named or worked
    lows, highs = [item.low for item in chosen], [item.high for item in chosen]
    high = None if None in highs else max(h for h in highs if h is not None)
    note = next((item.reason for item in chosen if item.reason), None)
    if len(chosen) > 1 and (min(lows) != max(lows) or len(set(highs)) > 1):
        labels = "、".join(item.label for item in chosen if item.label)
        note = f"同一支持有几种情形,只取其一:{labels}" if labels else "同一支持有几种情形,只取其一"
    return Item(key, tuple(chosen), min(lows), high, note)


def _is_asked(item: Item, fact: ClauseFacts, stretches: list[tuple[int, int]]) -> bool:
    """Whether the item stands in the sentences that are on the project's topics."""
    text = fold(fact.text)
    whole = not stretches or any(end - start >= len(text) - 2 for start, end in stretches)
    if whole:
        return True
    return any(
        quote in worked.quote or worked.quote in quote
        for worked in item.alternatives
        for quote in _quotes(fact, stretches)
    )


def _quotes(fact: ClauseFacts, stretches: list[tuple[int, int]]) -> list[str]:
    return [fact.text[start:end] for start, end in stretches]


def _limits(items: list[Item], families: dict[int, list[Offer]]) -> list[Limit[str]]:
    """Caps that several supports of one clause share (同一企业合计最高200万元)."""
    if len(items) < 2:
        return []
    joint: defaultdict[float, set[str]] = defaultdict(set)
    for item in items:
        family = int(item.key.rpartition("#")[2] or 0)
        for offer in families.get(family, ()):
            for cap in offer.caps:
                if cap.joint and cap.unit == "CNY":
                    joint[cap.value].add(item.key)
    return [Limit(frozenset(keys), most) for most, keys in joint.items() if len(keys) > 1]


def _derived(reader: Reader, by_clause: dict[str, ClauseFacts], as_of: str) -> dict[frozenset[str], Conflict]:
    """The graph's own pairs among the clauses."""
    return {
        frozenset((pair.a.clause, pair.b.clause)): pair
        for pair in conflicts(reader, as_of, clauses=sorted(by_clause))
        if pair.a.clause in by_clause and pair.b.clause in by_clause
    }


def _blocks(
    items: list[Item],
    by_clause: dict[str, ClauseFacts],
    rules: Rules,
    derived: dict[frozenset[str], Conflict],
) -> dict[tuple[str, str], Block]:
    """For each pair of items (keys, in the items' order) that may not both be drawn: why."""
    blocks: dict[tuple[str, str], Block] = {}
    for a, b in combinations(items, 2):
        block = _block(by_clause[a.first.ref.clause], by_clause[b.first.ref.clause], rules, derived)
        if block is not None:
            blocks[a.key, b.key] = block
    return blocks


def _block(
    a: ClauseFacts, b: ClauseFacts, rules: Rules, derived: dict[frozenset[str], Conflict]
) -> Block | None:
    if a.ref.clause == b.ref.clause:
        return None
    rule = rules.blocking(a, b)
    if rule is not None:
        return Block(rule.quote, rule.ref.name, rule.keeps, arguable=False)
    pair = derived.get(frozenset((a.ref.clause, b.ref.clause)))
    if pair is None or rules.allowing(a, b):
        return None
    name = f"《{pair.rule_title}》{''.join(pair.rule_cite)}"
    return Block(pair.rule_quote, name, KEEPS[pair.rule], arguable=pair.strength != "sure")


def _solve(
    items: list[Item],
    limits: list[Limit[str]],
    blocks: dict[tuple[str, str], Block],
    by_clause: dict[str, ClauseFacts],
    rules: Rules,
) -> Bundle:
    priced = [item for item in items if item.first.basis is not Basis.CAP or item.high is not None]
    values = {item.key: item.low if item.high is None else item.high for item in priced}
    pairs = list(blocks)
    known = {item.key: item for item in priced}
    pairs = [pair for pair in pairs if pair[0] in known and pair[1] in known]
    best = best_choice(values, pairs, limits)
    second = runner_up(best, values, pairs, limits)
    chosen = [item for item in priced if item.key in best.items]
    left = [item for item in priced if item.key not in best.items]
    return Bundle(
        best=_selection(best, known, limits),
        runner_up=None if second is None else _selection(second, known, limits),
        left_out=tuple(LeftOut(item, _blocked_by(item, chosen, blocks)) for item in left),
        allowed=tuple(_allowed(chosen, by_clause, rules)),
        silent=tuple(_silent(chosen, by_clause, rules)),
        unpriced=tuple(item for item in items if item.key not in known),
    )


def _selection(choice: Choice[str], known: dict[str, Item], limits: list[Limit[str]]) -> Selection:
    items = sorted(
        (known[key] for key in choice.items), key=lambda item: (-(item.high or item.low), item.name, item.key)
    )
    lows = {item.key: item.low for item in items}
    return Selection(tuple(items), value_of(lows, lows, limits), choice.value)


def _blocked_by(
    item: Item, chosen: list[Item], blocks: dict[tuple[str, str], Block]
) -> tuple[tuple[Item, Block], ...]:
    found = []
    for other in chosen:
        block = blocks.get((item.key, other.key)) or blocks.get((other.key, item.key))
        if block is not None:
            found.append((other, block))
    return tuple(found)


def _allowed(
    chosen: list[Item], by_clause: dict[str, ClauseFacts], rules: Rules
) -> Iterable[tuple[Item, Item, str]]:
    for a, b in combinations(chosen, 2):
        one, other = by_clause[a.first.ref.clause], by_clause[b.first.ref.clause]
        if one is not other and (found := rules.allowing(one, other)):
            yield a, b, found[0].quote


def _silent(
    chosen: list[Item], by_clause: dict[str, ClauseFacts], rules: Rules
) -> Iterable[tuple[Item, Item]]:
    for a, b in combinations(chosen, 2):
        one, other = by_clause[a.first.ref.clause], by_clause[b.first.ref.clause]
        if one.ref.level != other.ref.level and not rules.allowing(one, other):
            yield a, b
