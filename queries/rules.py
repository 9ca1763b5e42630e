"""Which two supports may not be drawn together, and by which sentence: exclusion rules, and sentences that allow both.

Pairs that the graph derives from rules and topics are queries.conflicts's; the best set under the rules is queries.bundle's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from queries.catalog import fetch
from queries.clauses import ClauseFacts, ClauseRef, clause_ref
from queries.reader import Reader, Row


@dataclass(frozen=True, slots=True)
class ExclusionRule:
    """A sentence that forbids drawing two supports for one thing. `ref` is the clause that states it, `holds_for` the cite that it
    is limited to (empty: the whole policy); `rule` says what one may keep, `scope` what it reaches."""

    ref: ClauseRef
    scope: str
    rule: str
    holds_for: tuple[str, ...]
    target: str
    target_title: str
    quote: str

    @property
    def keeps(self) -> str:
        """What one may keep, in Chinese."""
        return KEEPS[self.rule]

    @property
    def reach(self) -> str:
        """What the rule reaches, in Chinese."""
        return SCOPES[self.scope]

    @property
    def same(self) -> str:
        """What the two must have in common for the rule to bite, as the sentence says: 同一项目、同一事项 …"""
        named = dict.fromkeys(
            re.findall(r"同一(?:企业|主体|单位|项目|事项|申报项目|类型|内容|产品)", self.quote)
        )
        return "、".join(named) or ("同一年度" if self.scope == "annual_single" else "")


@dataclass(frozen=True, slots=True)
class StackingRule:
    """A sentence that expressly allows drawing a support beside another; `scope` as the text has it (municipal, vouchers …)."""

    ref: ClauseRef
    scope: str
    holds_for: tuple[str, ...]
    target: str
    target_title: str
    quote: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a graph."""

    exclusions: tuple[ExclusionRule, ...]
    stackings: tuple[StackingRule, ...]

    def blocking(self, a: ClauseFacts, b: ClauseFacts) -> ExclusionRule | None:
        """The rule by which two clauses may not both be drawn for one project; None where none says so.

        A sentence of the same policy that allows the pair takes its rule away; one of another policy does not, for who pays decides
        (a city may encourage what a district's rule forbids: queries.conflicts.contradictions).
        """
        for rule in self.exclusions:
            if rule.scope == "clause" or not (_reaches(rule, a.ref, b.ref) or _reaches(rule, b.ref, a.ref)):
                continue
            if not any(allowed.ref.policy == rule.ref.policy for allowed in self.allowing(a, b)):
                return rule
        return None

    def allowing(self, a: ClauseFacts, b: ClauseFacts) -> list[StackingRule]:
        """The sentences that let both be drawn, a district's own first."""
        found = [rule for rule in self.stackings if _allows(rule, a, b) or _allows(rule, b, a)]
        return sorted(found, key=lambda rule: rule.ref.level != "district")


def load_rules(
    reader: Reader, as_of: str, *, districts: Iterable[str] | None = None, live: bool = True
) -> Rules:
    """The rules stated in policies that are in force (all with `live=False`), of some districts (codes) where these are named."""
    places = None if districts is None else sorted(set(districts))
    exclusions = map(_exclusion, _rows(reader, "exclusion_rules", as_of, places))
    return Rules(
        tuple(rule for rule in exclusions if rule.ref.state.is_live or not live),
        load_stackings(reader, as_of, districts=places, live=live),
    )


def load_stackings(
    reader: Reader, as_of: str, *, districts: Iterable[str] | None = None, live: bool = True
) -> tuple[StackingRule, ...]:
    """Of the same rules the sentences that let supports be drawn together."""
    places = None if districts is None else sorted(set(districts))
    stackings = map(_stacking, _rows(reader, "stacking_rules", as_of, places))
    return tuple(rule for rule in stackings if rule.ref.state.is_live or not live)


def _rows(reader: Reader, query: str, as_of: str, places: Sequence[str] | None) -> Iterator[Row]:
    for place in [None] if places is None else places:
        yield from fetch(reader, query, {"district": place, "as_of": as_of})


def covers(holds_for: tuple[str, ...], cite: tuple[str, ...]) -> bool:
    """Whether a rule that holds for a cite ("第八条", or nothing: all) holds for a clause."""
    return cite[: len(holds_for)] == holds_for


def reaches_upper(rule: ExclusionRule) -> bool:
    """Whether a district's rule also shuts out the city's support: by its scope, or because its sentence names it.

    "同时符合北京市、经开区其他政策规定的,按照从优不重复原则予以支持"
    """
    if rule.scope == "municipal":
        return True
    upper = re.search(
        r"(?:国家|中央|[\u4e00-\u9fa5]{2,3}[省市](?!场)|市级|省级|上级)[^,。;]{0,12}(?:政策|资金|支持|奖励)",
        rule.quote,
    )
    return rule.ref.level == "district" and upper is not None


def _reaches(rule: ExclusionRule, own: ClauseRef, other: ClauseRef) -> bool:
    """Whether the rule of `own`'s policy forbids `other` beside it."""
    if rule.ref.policy != own.policy or not covers(rule.holds_for, own.cite):
        return False
    same_policy = own.policy == other.policy
    same_district = own.district_code == other.district_code
    match rule.scope:
        case "within_policy" | "annual_single":
            return same_policy and own.cite != other.cite
        case "same_district":
            return (same_district and not same_policy) or (
                not same_policy and reaches_upper(rule) and _is_above(other, own)
            )
        case "same_level_funds":
            return not same_policy and same_district
        case _:
            return _is_above(other, own)


def _is_above(upper: ClauseRef, lower: ClauseRef) -> bool:
    return lower.level == "district" and upper.level in {"municipal", "provincial"}


def _allows(rule: StackingRule, own: ClauseFacts, other: ClauseFacts) -> bool:
    """Whether the sentence of `own`'s policy lets `other` be drawn beside it."""
    if rule.ref.policy != own.ref.policy or not covers(rule.holds_for, own.ref.cite):
        return False
    same_policy = own.ref.policy == other.ref.policy
    match rule.scope:
        case "municipal" | "provincial":
            return _is_above(other.ref, own.ref)
        case "district":
            return _is_above(own.ref, other.ref)
        case "same_district":
            return not same_policy and own.ref.district_code == other.ref.district_code
        case "within_policy":
            return same_policy
        case "vouchers":
            return "券" in own.text and "券" in other.text
        case _:
            return False


def _exclusion(row: Row) -> ExclusionRule:
    return ExclusionRule(
        clause_ref(row),
        row["scope"],
        row["rule"],
        tuple(row["holds_for"] or ()),
        row["target"],
        row["target_title"],
        row["quote"],
    )


def _stacking(row: Row) -> StackingRule:
    return StackingRule(
        clause_ref(row),
        row["scope"],
        tuple(row["holds_for"] or ()),
        row["target"],
        row["target_title"],
        row["quote"],
    )


KEEPS = {
    "best": "从优,只取一项",
    "highest": "从高,只取一项",
    "choose_one": "择一",
    "not_again": "不重复享受",
    "difference_only": "晋级只补差额",
}
SCOPES = {
    "within_policy": "本政策各条之间",
    "same_district": "本地区其他政策",
    "municipal": "市级(省级)支持",
    "same_level_funds": "同级其他资金",
    "annual_single": "同一年度只取一个方向",
    "clause": "本条之内",
}
