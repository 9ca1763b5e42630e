"""Finds where a text names departments and other bodies, in running text and in lists of responsible bodies.

Which of them count for a clause, and what they do for the policy, is for agencies.py and agency_roles.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.agency_names import AREA_BOARD, CENTRE, GOVERNMENT, WINDOW, kinds
from loaders.agency_places import Place, Seat, Standing
from loaders.lexicon import pattern

# A name without a place in front begins behind one of these: "由信息技术产业局承担", "、财政局".
_OPENERS = frozenset('由经向与和及同报到对在是为按请将把被给从或、,;:。(/\n"“”[]')
_JOINERS = frozenset("、和及与")
_CHINESE_BACKWARDS = re.compile(r"[一-鿿]*")
# words in front of an area's name that are no part of it: "报怀柔科学城管委会"
_LEAD = re.compile(
    r"^.*(?:由|经|向|与|和|及|会同|报|到|对|在|按|请|为|联合|接受|同意|通过|根据|原)(?=[一-鿿]{2})"
)
_JOINED = re.compile(r"、[一-鿿]{3,14}")
# "由区机器人产业促进局负责": a name whose words no lexicon has, between 由 and what the body does
_DO = re.compile(r"负责|承担|会同|牵头|组织|受理|按照|根据|统一")
_DOER = re.compile(r"由([^,;。:由、()\n]{2,18})$")
# "中共海曙区委", "中共温州市瓯海区委全面深化改革委员会"
_COMMITTEE = re.compile(
    r"(?P<place>中共[一-鿿]{2,12}?委)(?:员会)?(?P<of>[一-鿿]{2,14}(?:委员会|办公室|办公厅|小组))?"
)
# a body's short name, as in "北京市财政局(以下简称市财政局)"
_DEFINED = re.compile(r"\((?:以下|下)(?:统)?简?称:?[“\"']?([^)”\"',;。]{2,14})[”\"']?\)")
# 市|场监管局 names no place
_NO_PLACE_WORDS = ("市场", "市政", "区域")


@dataclass(slots=True)
class Found:
    """A body named at [start, end): its full name, how its place stands to the policy's own, and whether a list of the responsible has it.

    `place` and `department` are the name's two parts, empty for a body with a name of its own; `known` says that such departments
    exist in many places. `candidates` are what an ambiguous name may mean.
    """

    start: int
    end: int
    name: str
    standing: Standing
    place: str = ""
    department: str = ""
    known: bool = True
    listed: bool = False
    government: bool = False
    candidates: tuple[str, ...] = ()

    def moved(self, by: int) -> Found:
        """The same body, `by` characters further on."""
        return Found(
            self.start + by,
            self.end + by,
            self.name,
            self.standing,
            self.place,
            self.department,
            self.known,
            self.listed,
            self.government,
            self.candidates,
        )


@dataclass(slots=True)
class _Site:
    """A tail at [start, end) and what its name may reach back to: not before `floor`, where `previous` ends or a passage begins."""

    start: int
    end: int
    floor: int
    previous: Found | None
    listed: bool


class MentionFinder:
    """Finds bodies in one text, measured by the seat of its policy.

    `starts` are where the text's passages begin, in order: no name reaches back over one, as into the marker of "第一条区财政局".
    `parts` keeps what parts of lists were read as.
    """

    def __init__(self, text: str, seat: Seat, starts: Sequence[int] = ()) -> None:
        self.text = text
        self.seat = seat
        self.starts = starts
        self.kinds = kinds()
        self.parts: dict[str, list[Found]] = {}
        self.hits = [(start, end) for _, start, end in self.kinds.finder.find(text)]

    def find(self, start: int, end: int, listed: bool = False) -> list[Found]:
        """Every body named in [start, end), in order, without overlaps; in a list a name needs no place in front."""
        found: list[Found] = []
        for at in range(bisect_left(self.hits, (start, 0)), bisect_left(self.hits, (end, 0))):
            one = self._read(_Site(*self.hits[at], start, found[-1] if found else None, listed))
            if one is None:
                continue
            # 管理委员会|办公室, 国家税务总局|杭州市税务局: the longer name holds
            while found and (
                found[-1].end > one.start
                or (found[-1].end == one.start and one.name.startswith(found[-1].name))
            ):
                found.pop()
            found.append(one)
        return found

    def raw(self, start: int, end: int) -> Found:
        """A body taken by its words as they stand in [start, end), the policy's own place in front where none is named."""
        name = self.text[start:end]
        place = self._place_at_start(name)
        if place is None and name.endswith(self.kinds.endings):
            place = self.seat.own()
        if pattern("agency_kinds", "stand_alone").search(name):
            return Found(start, end, name, "own")
        if place is None:
            return Found(start, end, name, "own", known=False)
        department = name[place.length :].replace("管委会", AREA_BOARD)
        if department.endswith("委"):  # 新经济委
            department += "员会"
        found = self._found(start, end, place, department)
        found.known = False
        return found

    def party_committee(self, start: int, end: int) -> Found | None:
        """The Party committee, or a committee of it, that a title's words [start, end) name: "中共海曙区委", "中共鹿城区委全面深化改革委员会"."""
        name = self.text[start:end].rstrip()
        end = start + len(name)
        committee = _COMMITTEE.fullmatch(name)
        place = self.seat.place_at_end(committee["place"]) if committee else None
        if committee is None or place is None or place.length < len(committee["place"]) - 2:
            return None
        full = f"中共{place.full_name}委{committee['of'] or '员会'}"
        return Found(start, end, full, place.standing, place.full_name)

    def is_body(self, start: int, end: int) -> bool:
        """Whether the words [start, end) read like a body's whole name: a place in front, a tail behind."""
        name = self.text[start:end]
        place = self._place_at_start(name)
        return place is not None and name.endswith(self.kinds.endings) and len(name) >= place.length + 3

    def _place_at_start(self, name: str) -> Place | None:
        for length in range(min(len(name) - 2, WINDOW), 0, -1):
            if name[length : length + 1] in ("镇", "乡"):  # 石龙|镇经济发展局 is no department of 石龙区
                continue
            place = self.seat.place_at_end(name[:length])
            if place and place.length == length:
                return None if length == 1 and name.startswith(_NO_PLACE_WORDS) else place
        return None

    def _read(self, site: _Site) -> Found | None:
        body = self._body(site)
        if body:
            return body
        if site.previous and site.previous.end <= site.start and not site.previous.government:
            site.floor = site.previous.end  # 人民政府|办公室 is one body, 财政局|科技局 are two
        passage = bisect_right(self.starts, site.start)
        if passage:
            site.floor = max(site.floor, self.starts[passage - 1])
        tail = self.text[site.start : site.end]
        if tail in self.kinds.party:
            return self._party(site)
        kind = self.kinds.tails.get(tail)
        behind = self.text[site.end : site.end + 1]
        if kind is None or (behind and behind in kind.not_before):
            return None
        if kind.name == AREA_BOARD:
            return self._area_board(site)
        if kind.name == GOVERNMENT:
            return self._government(site)
        return self._department(site, tail)

    # --- the kinds of bodies

    def _body(self, site: _Site) -> Found | None:
        """A body with a name of its own whose name or alias ends where the tail does."""
        for alias in self.kinds.body_ends.get(self.text[site.end - 2 : site.end], ()):
            if self.text.endswith(alias, site.floor, site.end):
                body = self.kinds.bodies[alias]
                if body.within in self.seat.names:
                    division = self.seat.division
                    upper = (
                        division is not None
                        and division.name != body.within
                        and alias.startswith(("市", "省", body.within))
                    )
                    return Found(site.end - len(alias), site.end, body.name, "upper" if upper else "own")
        return None

    def _run(self, end: int, floor: int) -> str:
        """The Chinese characters in front of `end`, back to `floor` or a mark."""
        window = self.text[max(floor, end - WINDOW) : end]
        run = _CHINESE_BACKWARDS.match(window[::-1])
        return window[len(window) - run.end() :] if run else ""

    def _party(self, site: _Site) -> Found | None:
        place = self.seat.place_at_end(self._run(site.start, site.floor))
        if place is None and (site.listed or self.seat.is_area):
            place = self.seat.own()
        if place is None or not (place.party or self.seat.is_area or site.listed):
            return None
        if not place.party and not self.seat.is_area:
            place = Place(place.full_name, place.standing, place.length, party=True)
        return self._found(site.start - place.length, site.end, place, self.text[site.start : site.end])

    def _government(self, site: _Site) -> Found | None:
        place = self.seat.place_at_end(self._run(site.start, site.floor))
        if place is None or not place.full_name:
            return None
        found = self._found(site.start - place.length, site.end, place, GOVERNMENT)
        found.government = True
        return found

    def _area_board(self, site: _Site) -> Found | None:
        run = _LEAD.sub("", self._run(site.start, site.floor))
        place = self.seat.place_at_end(run)
        if place and place.is_area:
            return self._found(site.start - place.length, site.end, place, AREA_BOARD)
        if run.endswith(self.kinds.areas) and 2 < len(run) <= WINDOW - 6:
            return Found(site.start - len(run), site.end, self._area_name(run) + AREA_BOARD, "own")
        if not run and self.seat.is_area:
            return self._found(site.start, site.end, self.seat.own(), AREA_BOARD)
        return None

    def _area_name(self, run: str) -> str:
        """怀柔科学城 in a policy of Beijing is 北京怀柔科学城; 合肥高新区 is 合肥高新技术产业开发区."""
        for short, full in self.kinds.area_names.items():
            run = run.removesuffix(short) + full if run.endswith(short) else run
        city = self.seat.city
        return run if city is None or run.startswith(city.short) else city.short + run

    def _department(self, site: _Site, tail: str) -> Found | None:
        stem_start = self.kinds.stem_start(self.text, site.floor, site.start)
        if stem_start == site.start:
            return self._unworded(site, tail)
        stem = self.text[stem_start : site.start]
        if tail == CENTRE and not (stem + tail).endswith(self.kinds.centre):
            return None
        place = self.seat.place_at_end(self._run(stem_start, site.floor))
        if place is None and (tail != CENTRE or site.listed):
            place = self._unsaid(site, stem_start, tail)
        if place is None:
            return self._unworded(site, tail)
        department = self.kinds.department(stem, tail)
        found = self._found(stem_start - place.length, site.end, place, department)
        found.known = self.kinds.is_known(stem, tail)
        if department in self.kinds.national:
            found.name = self.kinds.national[department] + found.name
        return found

    def _unsaid(self, site: _Site, at: int, tail: str) -> Place | None:
        """The place of a department that names none: that of the list it stands in, or the policy's own."""
        if site.listed:
            return self.seat.own()
        before = self.text[at - 1 : at]
        previous = site.previous
        joined = previous is not None and previous.end == at - 1 and before in _JOINERS
        if previous and joined and (previous.place or previous.standing == "below"):
            return Place(previous.place, previous.standing, 0)
        opens = at == site.floor or before in _OPENERS
        if before == "、" and self.text[at - 2] in self.kinds.tail_ends:
            return None  # "各县(市、区)商务局、财政局": the first of the run has a place that was not read
        known = self.seat.is_area or self.kinds.is_known(self.text[at : site.start], tail)
        return self.seat.own() if opens and known and tail != "办" else None

    def _unworded(self, site: _Site, tail: str) -> Found | None:
        """A name whose words no lexicon has: behind a body and a 、 (区发展改革委、张江管理局), or between 由 and what it does."""
        if site.previous and _JOINED.fullmatch(self.text, site.previous.end, site.end):
            return self.raw(site.previous.end + 1, site.end)
        if not _DO.match(self.text, site.end):
            return None
        doer = _DOER.search(self.text[max(site.floor, site.start - WINDOW) : site.end])
        if not doer or (tail == CENTRE and not (self.seat.is_area and doer[1].endswith(self.kinds.centre))):
            return None
        return self.raw(site.end - len(doer[1]), site.end)

    def _found(self, start: int, end: int, place: Place, department: str) -> Found:
        department = self.kinds.departments.get((place.full_name, department), department)
        found = Found(start, end, place.carry(department), place.standing, place.full_name, department)
        ambiguous = self.kinds.ambiguous.get(department)
        if ambiguous:
            found.candidates = tuple(place.carry(one) for one in ambiguous)
        return found


def iter_defined(text: str, found: list[Found]) -> Iterator[tuple[str, list[Found]]]:
    """(short name, bodies) for every short name that the text gives: "北京市财政局(以下简称市财政局)".

    One that stands for all bodies of a run, "市商务局、市投资促进局(以下统称资金主管部门)", names them all.
    """
    if "称" not in text:
        return
    for at, one in enumerate(found):
        defined = _DEFINED.match(text, one.end)
        if defined is None:
            continue
        first = at
        while "统称" in defined[0] and first and _is_joined(text, found[first - 1], found[first]):
            first -= 1
        yield defined[1], found[first : at + 1]


def _is_joined(text: str, before: Found, one: Found) -> bool:
    return before.end == one.start - 1 and text[before.end] in _JOINERS
