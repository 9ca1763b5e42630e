"""Finds where a text names departments and other bodies, in running text and in lists of responsible bodies.

Which of them count for a clause, and what they do for the policy, is for agencies.py and agency_roles.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.agency_names import AREA_BOARD, CENTRE, GOVERNMENT, WINDOW, kinds
from loaders.agency_places import Place, Seat, Standing

# A name without a place in front begins behind one of these: "由信息技术产业局承担", "、财政局".
_OPENERS = frozenset('由经向与和及同报到对在是为按请将把被给从或、,;:。(/\n"“”[]')
_JOINERS = frozenset("、和及与")
_RUN = re.compile(r"[一-鿿]+$")
# words in front of an area's name that are no part of it: "报怀柔科学城管委会"
_LEAD = re.compile(
    r"^.*(?:由|经|向|与|和|及|会同|报|到|对|在|按|请|为|联合|接受|同意|通过|根据|原)(?=[一-鿿]{2})"
)
_DO = re.compile(r"(?:负责|承担|会同|牵头|组织|受理|按照|根据|统一)")
# "由区机器人产业促进局负责": a name whose words no lexicon has, between 由 and what the body does
_DOER = re.compile(r"由([^,;。:由、()\n]{2,18})$")


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


class MentionFinder:
    """Finds bodies in one text, measured by the seat of its policy."""

    def __init__(self, text: str, seat: Seat) -> None:
        self.text = text
        self.seat = seat
        self.kinds = kinds()
        self.hits = [(start, end) for _, start, end in self.kinds.finder.find(text)]

    def find(self, start: int, end: int, listed: bool = False) -> list[Found]:
        """Every body named in [start, end), in order, without overlaps; in a list a name needs no place in front."""
        found: list[Found] = []
        for at in range(bisect_left(self.hits, (start, 0)), bisect_left(self.hits, (end, 0))):
            one = self._read(*self.hits[at], found[-1] if found else None, start, listed)
            if one is None:
                continue
            while found and found[-1].end > one.start:  # 管理委员会|办公室: the longer name holds
                found.pop()
            found.append(one)
        return found

    def _read(self, start: int, end: int, previous: Found | None, floor: int, listed: bool) -> Found | None:
        body = self._body(end, floor)
        if body:
            return body
        tail = self.text[start:end]
        if previous and previous.end <= start:
            floor = previous.end
        if tail in self.kinds.party:
            return self._party(start, end, floor, listed)
        kind = self.kinds.tails.get(tail)
        if kind is None or self.text[end : end + 1] in kind.not_before and self.text[end : end + 1]:
            return None
        if kind.name == AREA_BOARD:
            return self._area_board(start, end, floor)
        if kind.name == GOVERNMENT:
            return self._government(start, end, floor)
        return self._department(start, end, previous, floor, listed)

    # --- the kinds of bodies

    def _body(self, end: int, floor: int) -> Found | None:
        """A body with a name of its own whose name or alias ends at `end`."""
        for alias in self.kinds.body_ends.get(self.text[end - 2 : end], ()):
            if self.text.endswith(alias, floor, end):
                body = self.kinds.bodies[alias]
                if body.within in self.seat.names:
                    upper = body.within not in self.seat.name and alias.startswith(("市", "省", body.within))
                    return Found(end - len(alias), end, body.name, "upper" if upper else "own")
        return None

    def _run(self, end: int, floor: int) -> str:
        """The Chinese characters in front of `end`, back to `floor` or a mark."""
        run = _RUN.search(self.text[max(floor, end - WINDOW) : end])
        return run[0] if run else ""

    def _party(self, start: int, end: int, floor: int, listed: bool) -> Found | None:
        place = self.seat.place_at_end(self._run(start, floor))
        if place is None and (listed or self.seat.is_area):
            place = self.seat.own()
        if place is None or not (place.party or self.seat.is_area or listed):
            return None
        if not place.party and not self.seat.is_area:
            place = Place(place.full_name, place.standing, place.length, party=True)
        return self._found(start - place.length, end, place, self.text[start:end])

    def _government(self, start: int, end: int, floor: int) -> Found | None:
        place = self.seat.place_at_end(self._run(start, floor))
        if place is None or not place.full_name:
            return None
        found = self._found(start - place.length, end, place, GOVERNMENT)
        found.government = True
        return found

    def _area_board(self, start: int, end: int, floor: int) -> Found | None:
        run = _LEAD.sub("", self._run(start, floor))
        place = self.seat.place_at_end(run)
        if place and place.is_area:
            return self._found(start - place.length, end, place, AREA_BOARD)
        if run.endswith(self.kinds.areas) and 2 < len(run) <= WINDOW - 6:
            return Found(start - len(run), end, self._area_name(run) + AREA_BOARD, "own")
        if not run and self.seat.is_area:
            return self._found(start, end, self.seat.own(), AREA_BOARD)
        return None

    def _area_name(self, run: str) -> str:
        """怀柔科学城 in a policy of Beijing is 北京怀柔科学城; 合肥高新区 is 合肥高新技术产业开发区."""
        for short, full in self.kinds.area_names.items():
            run = run.removesuffix(short) + full if run.endswith(short) else run
        city = self.seat.city
        return run if city is None or run.startswith(city.short) else city.short + run

    def _department(
        self, start: int, end: int, previous: Found | None, floor: int, listed: bool
    ) -> Found | None:
        stem_start = self.kinds.stem_start(self.text, floor, start)
        tail = self.text[start:end]
        if stem_start == start:
            return self._doer(start, end, floor)
        place = self.seat.place_at_end(self._run(stem_start, floor))
        stem = self.text[stem_start:start]
        if tail == CENTRE and not ((place or listed) and (stem + tail).endswith(self.kinds.centre)):
            return None
        if place is None:
            place = self._unsaid(stem_start, stem, tail, previous, listed)
        if place is None:
            return self._doer(start, end, floor)
        return self._found(
            stem_start - place.length, end, place, self.kinds.department(stem, tail), stem, tail
        )

    def _unsaid(self, at: int, stem: str, tail: str, previous: Found | None, listed: bool) -> Place | None:
        """The place of a department that names none: that of the list it stands in, or the policy's own."""
        if listed:
            return self.seat.own()
        before = self.text[at - 1 : at]
        if previous and previous.end == at - 1 and before in _JOINERS and previous.place:
            return Place(previous.place, previous.standing, 0)
        if (not before or before in _OPENERS) and (self.seat.is_area or self.kinds.is_known(stem, tail)):
            return self.seat.own() if tail != "办" else None
        return None

    def _doer(self, start: int, end: int, floor: int) -> Found | None:
        doer = _DOER.search(self.text[max(floor, start - WINDOW) : end])
        if not doer or self.text[start:end] == CENTRE or not _DO.match(self.text, end):
            return None
        return self.raw(end - len(doer[1]), end)

    def raw(self, start: int, end: int) -> Found | None:
        """A body taken by its words as they stand in [start, end), the policy's own place in front where none is named."""
        name = self.text[start:end]
        for length in range(min(len(name) - 2, WINDOW), 0, -1):
            place = self.seat.place_at_end(name[:length])
            if (
                place
                and place.length == length
                and not (length == 1 and name.startswith(("市场", "市政", "区域")))
            ):
                found = self._found(start, end, place, name[length:])
                found.known = False
                return found
        if name.endswith(tuple(self.kinds.tails)):
            found = self._found(start, end, self.seat.own(), name)
        else:
            found = Found(start, end, name, "own")
        found.known = False
        return found

    def _found(
        self, start: int, end: int, place: Place, department: str, stem: str = "", tail: str = ""
    ) -> Found:
        department = self.kinds.departments.get((place.full_name, department), department)
        prefix = self.kinds.prefixes.get(stem) if stem else None
        name = f"{prefix}{place.carry(department)}" if prefix else place.carry(department)
        return Found(
            start,
            end,
            name,
            place.standing,
            place.full_name,
            department,
            known=not tail or self.kinds.is_known(stem, tail),
            candidates=tuple(
                place.carry(one) for one in self.kinds.ambiguous.get(department, ()) if place.full_name
            ),
        )


def iter_defined(text: str, found: list[Found]) -> Iterator[tuple[str, Found]]:
    """(short name, body) for every body that the text gives a short name: "北京市财政局(以下简称市财政局)"."""
    for one in found:
        defined = _DEFINED.match(text, one.end)
        if defined:
            yield defined[1], one


_DEFINED = re.compile(r"\((?:以下|下)(?:统)?简?称:?[“\"']?([^)”\"',;。]{2,14})[”\"']?\)")
