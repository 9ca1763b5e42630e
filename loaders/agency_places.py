"""Reads the place in front of a department's name: 海淀区 of 海淀区商务局, 市 of 市财政局, 区委 of 区委宣传部.

The divisions themselves are known to divisions.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from loaders.agency_names import kinds
from loaders.divisions import (
    Division,
    division_candidates,
    iter_lineage,
    resolve_division,
    resolve_local_division,
)

Standing = Literal["own", "upper", "below", "other", "national"]

# The longest names of places: 新疆维吾尔自治区伊犁哈萨克自治州 is longer, but no body carries that in front.
_LONGEST = 14
_NATION = re.compile(r"(?:国家|全国|中央|中国|国务院)$")
_BARE = {
    "省": "provincial",
    "市": "municipal",
    "州": "municipal",
    "区": "district",
    "县": "district",
    "旗": "district",
}
# 区, 市 … stand for a place at the start of a run of Chinese characters or behind one of these (由区, 会同市, 的区), not in 先行区, 城市
_BEFORE_BARE = frozenset(
    "由经向与和及同报到对在是为按请将把被给从或并以受需等应须至交送的托持合过据归属于照含让得获织调头责据依取原即且商"
)
# 各区, 有关区县: each of them, none in particular
_EACH = re.compile(r"(?:各|有关|相关|所在|属地)(?:地级)?[省市州区县旗]{1,3}$|(?:区县|县区|市县)$")
# Places read are kept, as a policy names the same ones again and again; a seat serves many policies.
_KEPT = 2000
_REGION = "自治区"
_JOINTLY = "会同县"
_AREA_WORDS = ("经开区", "高新区", "开发区", "园区", "示范区", "新区")


@dataclass(frozen=True, slots=True)
class Place:
    """The place in front of a department: its full name, how it stands to the policy's own place, and how many characters name it.

    "own" is also a place within the policy's own; "below" is each of these and none in particular (各区), without a name.
    `party` where its Party committee is named (区委): then the name is 中共…委. `is_area` for a development area.
    """

    full_name: str
    standing: Standing
    length: int
    party: bool = False
    is_area: bool = False

    def carry(self, department: str) -> str:
        """The department's name with the place in front."""
        return f"中共{self.full_name}委{department}" if self.party else self.full_name + department


class Seat:
    """The place that makes a policy, as the measure of all places that its text names."""

    def __init__(self, division: Division | None, name: str) -> None:
        self.division = division
        self.name = division.full_name if division else name
        self.lineage = {one.code: one for one in iter_lineage(division)} if division else {}
        self.names = frozenset({one.name for one in self.lineage.values()} | {name})
        self.is_area = division is not None and division.kind == "development_area"
        self._places: dict[str, Place | None] = {}

    @property
    def city(self) -> Division | None:
        """The city that the seat is or belongs to."""
        return next((one for one in self.lineage.values() if one.level == "municipal"), None)

    def own(self, length: int = 0) -> Place:
        """The seat itself, as where a department is named without a place."""
        return Place(self.name, "own", length, is_area=self.is_area)

    def place_at_end(self, run: str) -> Place | None:
        """The place that the last characters of `run` name; None where they name none."""
        run = run[-_LONGEST - 1 :]
        if run not in self._places:
            if len(self._places) >= _KEPT:
                self._places.clear()
            self._places[run] = self._read(run)
        return self._places[run]

    def _read(self, run: str) -> Place | None:
        nation = _NATION.search(run)
        if nation:
            return Place("", "national", len(nation[0]))
        if run.endswith("委") and (seat := self._read(run[:-1])) and seat.standing != "national":
            length = seat.length + 1 + (2 if run[: -seat.length - 1].endswith("中共") else 0)
            return Place(seat.full_name, seat.standing, length, party=True)
        return self._named(run) or self._bare(run)

    def _named(self, run: str) -> Place | None:
        for length in range(min(_LONGEST, len(run)), 1, -1):
            division = self._resolve(run[-length:])
            if division and run[-length:] == _JOINTLY and self.division and division.code not in self.lineage:
                continue  # 县经信局会同县财政局: no word of the county 会同
            if division and division.kind != "country":
                is_area = division.kind == "development_area"
                return Place(division.full_name, self._standing(division), length, is_area=is_area)
        return None

    def _resolve(self, name: str) -> Division | None:
        if self.division:
            if (
                self.is_area and name in _AREA_WORDS
            ):  # 高新区 in a document of 江阴高新区 is no other than that
                return self.division
            return resolve_local_division(name, self.division)
        candidates = division_candidates(name)
        return candidates[0] if len(candidates) == 1 else None

    def _standing(self, division: Division) -> Standing:
        if not self.division or division.code == self.division.code:
            return "own"
        if self.division.code in division.overlaps or division.code in self.division.overlaps:
            return "own"  # 黄埔区 and 广州开发区 issue together
        if division.code in self.lineage:
            return "upper"
        return "own" if any(one.code == self.division.code for one in iter_lineage(division)) else "other"

    def _bare(self, run: str) -> Place | None:
        """区, 我区, 市 …: the one that the policy's own place is or belongs to; an area says 开发区 of itself."""
        for word in _AREA_WORDS:
            if run.endswith(word) and self.division:
                if self.is_area:
                    return self.own(len(word))
                name = (self.city or self.division).short + kinds().area_names.get(word, word)
                return Place(name, "other", len(word), is_area=True)
        level = _BARE.get(run[-1:])
        if not level:
            return None
        if run.endswith(_REGION):
            return self._at_level(_REGION, "provincial", len(_REGION))
        before = run[-2:-1]
        each = _EACH.search(run)
        if each:
            return Place("", "below", len(each[0]))
        if before and before in "我本全":
            return self._at_level(run[-1], level, 2)
        return self._at_level(run[-1], level, 1) if not before or before in _BEFORE_BARE else None

    def _at_level(self, word: str, level: str, length: int) -> Place | None:
        if not self.division:
            return None
        if word == self.division.name[-1]:  # 瑞安市 is of the district level and says 市 of itself
            return self.own(length)
        one = next((one for one in self.lineage.values() if one.level == level), None)
        if one is None:  # 区 in a policy of a city: each district's
            return Place("", "below", length)
        return Place(one.full_name, "own" if one is self.division else "upper", length)


def seat_of(jurisdiction: str | None, context: str) -> Seat:
    """The seat of a jurisdiction's canonical name; `context` decides which of several divisions of that name is meant."""
    candidates = division_candidates(jurisdiction) if jurisdiction else ()
    if jurisdiction and len(candidates) != 1:
        return _seat(resolve_division(jurisdiction, context), jurisdiction)
    return _seat(candidates[0] if candidates else None, jurisdiction or "")


@lru_cache(maxsize=256)
def _seat(division: Division | None, name: str) -> Seat:
    return Seat(division, name)
