"""Reads the rules that forbid drawing two supports for one thing, and the sentences that expressly allow it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from loaders.collisions import Collision, Level, Scope, collision_of
from loaders.lexicon import WordFinder, read_lexicon
from loaders.plain import PlainView, sentence_around
from loaders.record import Exclusion, Stacking

# an award stands in the passage: the rule holds for it; else, in a closing clause, for the whole policy
_AWARD = re.compile(r"[0-9](?:万|亿|元|%|:[01])")
_POINTS_UP = re.compile(r"^(?:上述|以上)")
# a piece that says whose supports collide
_SUBJECT = re.compile(r"对|享受|同一|已|符合|申请|申报|获得|若|如|凡|单个|每|一个|上述|以上|本")
_ASKS = re.compile("是否|能否|可否")
_PRINCIPLES = ("best", "highest")


@dataclass(frozen=True, slots=True)
class Cue:
    """An entry of rules.yaml: `says` is its rule or what it stacks with."""

    says: str
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None
    never: re.Pattern[str] | None
    unless: re.Pattern[str] | None

    def search(self, text: str, start: int, end: int, sentence: str) -> re.Match[str] | None:
        """The cue in the piece [start, end) of `sentence`, where the sentence has what it needs and nothing that it never has."""
        found = self.pattern.search(text, start, end)
        if not found or (self.needs and not self.needs.search(sentence)):
            return None
        if (self.never and self.never.search(sentence)) or (
            self.unless and self.unless.search(text, start, end)
        ):
            return None
        return found


def extract_rules(view: PlainView, jurisdiction: str | None) -> tuple[list[Exclusion], list[Stacking]]:
    """Exclusions and stackings of a policy; `stated_in` is the cite of the passage that states them."""
    excludes: list[Exclusion] = []
    stacks: list[Stacking] = []
    level = Level.of(jurisdiction)
    starts = [passage.start for passage in view.passages]
    gates = [gate for _, gate, _ in _gates().find(view.text)]
    awards: dict[int, bool] = {}
    done = 0
    for gate in gates:
        at = bisect_right(starts, gate) - 1
        if gate < done or at < 0 or gate >= view.passages[at].end:
            continue
        if at not in awards:
            passage = view.passages[at]
            awards[at] = bool(_AWARD.search(view.text, passage.start, passage.end))
        reader = _SentenceReader(view, at, level, awards[at])
        reader.read(gate, gates)
        excludes += reader.excludes
        stacks += reader.stacks
        done = reader.end
    return excludes, stacks


class _SentenceReader:
    """Reads one sentence of a passage piece by piece, between commas: each piece states at most one rule.

    What collides stands in the pieces between the rule before and the cue: "同一项目符合本措施多个条款规定的,按照从优不重复的原则予以支持".
    """

    def __init__(self, view: PlainView, at: int, level: Level, is_award: bool) -> None:
        self.text = view.text
        self.passages = view.passages
        self.passage = view.passages[at]
        self.level = level
        self.is_award = is_award
        self.sentence = ""
        self.start, self.end = self.passage.start, self.passage.end
        self.excludes: list[Exclusion] = []
        self.stacks: list[Stacking] = []

    def read(self, gate: int, gates: list[int]) -> None:
        """Fills `excludes` and `stacks` from the sentence around `gate`; `gates` are all places of gate words in the text."""
        first, self.end = sentence_around(self.text, gate, self.passage.start, self.passage.end)
        self.sentence = self.text[first : self.end]
        self.start = context = first
        stated_up_to, stated = -1, collision_of("", self.level)
        for start, end in _pieces(self.text, first, self.end):
            if bisect_left(gates, start) == bisect_left(gates, end):
                continue
            stack = self._stack(start, end)
            if stack:
                self._add_stack(*stack, context, end)
                context = end + 1
                continue
            rule = self._rule(start, end)
            if rule is None:
                continue
            collision = collision_of(self.text[context:end], self.level)
            goes_on = stated_up_to == start - 1 and collision.is_empty
            if goes_on:  # "与市级政策重复的,按就高原则执行,区级仅补差额": of the same supports
                collision = stated
            if not (goes_on and self._merge(rule, end)):
                self._add_exclusions(rule, collision, context, end)
            context, stated_up_to, stated = end + 1, end, collision

    def _rule(self, start: int, end: int) -> str | None:
        for cue in _cues("exclusions"):
            if cue.search(self.text, start, end, self.sentence):
                return cue.says
        return None

    def _stack(self, start: int, end: int) -> tuple[str, re.Match[str]] | None:
        if _ASKS.search(self.sentence):  # "问:是否可以重复享受?"
            return None
        # "除明确可以叠加适用的,按照从优不重复原则"; "除享受省、市奖励外,再给予50万元" adds
        if self.text.startswith("除", start) and not self.text.startswith(("除享受", "除获得"), start):
            return None
        for cue in _cues("stacks"):
            found = cue.search(self.text, start, end, self.sentence)
            if found and (cue.says != "basis" or _added().search(self.text, found.end(), self.end)):
                return cue.says, found
        return None

    # --- exclusions

    def _merge(self, rule: str, end: int) -> bool:
        """Takes "按照就高原则,不重复享受" for one rule: the principle holds, whichever of the two stands first."""
        last = self.excludes[-1].rule
        if rule in ("not_again", last):
            return True
        if rule in _PRINCIPLES and last in (*_PRINCIPLES, "not_again"):
            for one in self.excludes:
                if one.rule == last:
                    one.rule = "best" if "best" in (rule, last) else "highest"
                    one.span = (one.span[0], end)
            return True
        return False

    def _add_exclusions(self, rule: str, collision: Collision, context: int, end: int) -> None:
        scopes = collision.scopes(rule, self.is_award)
        span = self._span(rule, collision, context, end)
        for scope in scopes:
            self.excludes.append(
                Exclusion(
                    span=span,
                    scope=scope,
                    rule=rule,  # type: ignore[arg-type]  # the lexicon's test compares its rules with the record's
                    clause=self._clause(),
                    stated_in=list(self.passage.cite),
                )
            )

    def _span(self, rule: str, collision: Collision, context: int, end: int) -> tuple[int, int]:
        """From the piece that says what collides, with the subject in front of it, to the cue's piece; the cue's piece alone where none does."""
        starts = [start for start, stop in _pieces(self.text, context, end)]
        at = len(starts) - 1
        scopes = collision.scopes(rule, self.is_award)
        while at and self._scopes(rule, starts[at], end) != scopes:
            at -= 1
        if at and (_SUBJECT.match(self.text, starts[at - 1]) or (rule in _PRINCIPLES and collision.is_empty)):
            at -= 1
        return self._trimmed(starts[at], end)

    def _scopes(self, rule: str, start: int, end: int) -> list[Scope]:
        return collision_of(self.text[start:end], self.level).scopes(rule, self.is_award)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        if start < self.passage.heading_end < end:
            start = self.passage.heading_end
        while start < end and self.text[start] in " ,\n":
            start += 1
        return start, end

    def _clause(self) -> list[str] | None:
        """The cite for which a rule holds: the passage's own, its parent's where "上述" points there, None for the whole policy."""
        if not self.is_award:
            return None
        if self.passage.parent >= 0 and _POINTS_UP.match(self.sentence.lstrip()):
            return list(self.passages[self.passage.parent].cite)
        return list(self.passage.cite)

    # --- stacks

    def _add_stack(self, says: str, found: re.Match[str], context: int, end: int) -> None:
        with_ = self._stacked_with(says, found, context, end)
        if with_:
            start = found.start() if says in ("thing", "basis") else context
            self.stacks.append(
                Stacking(
                    span=self._trimmed(start, self._added_end(found) if says == "basis" else end),
                    with_=with_,
                    clause=self._clause(),
                    stated_in=list(self.passage.cite),
                )
            )

    def _added_end(self, basis: re.Match[str]) -> int:
        """Where the piece ends that says what is paid on top: 在北京市支持基础上,额外补助认证费的30%."""
        added = _added().search(self.text, basis.end(), self.end)
        stop = _PIECE_END.search(self.text, added.end() if added else basis.end(), self.end)
        return stop.start() if stop else self.end

    def _stacked_with(self, says: str, found: re.Match[str], start: int, end: int) -> str | None:
        context = self.text[start:end]
        if says == "thing":
            return found["thing"]
        if says == "lifted":
            return self.level.upper_named(context) or self._lifted(start)
        if says == "basis":
            return self.level.upper_named(context)
        if says == "levels":
            return self.level.stacked_with(context)
        return says

    def _lifted(self, start: int) -> str:
        """What "可不受上述限制" allows: the opposite of what the words in front of `start` forbid."""
        before = self.text[max(self.passage.start, start - 200) : start]
        return self.level.stacked_with(before) if before else "within_policy"


_PIECE_END = re.compile("[,;。]")


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start <= end:
        comma = text.find(",", start, end)
        stop = comma if comma >= 0 else end
        yield start, stop
        start = stop + 1


@cache
def _gates() -> WordFinder:
    return WordFinder(read_lexicon("rules")["gates"])


@cache
def _cues(key: str) -> tuple[Cue, ...]:
    says = "rule" if key == "exclusions" else "with"
    return tuple(
        Cue(
            entry[says],
            re.compile(entry["pattern"]),
            _optional(entry, "needs"),
            _optional(entry, "never"),
            _optional(entry, "unless"),
        )
        for entry in read_lexicon("rules")[key]
    )


def _optional(entry: dict[str, Any], key: str) -> re.Pattern[str] | None:
    return re.compile(entry[key]) if key in entry else None


@cache
def _added() -> re.Pattern[str]:
    return re.compile("|".join(entry["pattern"] for entry in read_lexicon("rules")["added"]))
