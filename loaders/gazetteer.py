"""The names of all divisions of China: what a name means, and where names stand in running text.

The questions that other stages ask are in divisions.py, the divisions themselves in division_table.py.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from loaders.division_table import Division, DivisionTable, named_area, typed_area
from loaders.lexicon import WordFinder, read_lexicon

# Names once looked up are kept, as texts name the same places again and again.
_KEPT = 1 << 14


class DivisionMention(msgspec.Struct, frozen=True):
    """A run of text [start, end) that names a division: the divisions it may mean, one where it is clear."""

    start: int
    end: int
    candidates: tuple[Division, ...]


class Gazetteer:
    """The index of all names of divisions; made once."""

    def __init__(self) -> None:
        lexicon = read_lexicon("divisions")
        table = DivisionTable()
        self.by_code = table.by_code
        self.of_code = table.of_code
        self.candidates = lru_cache(_KEPT)(self._look_up)
        self._local = table.local
        self._names: dict[str, list[str]] = {}
        for one in self.by_code.values():
            for name in {one.name, one.short, one.full_name, *one.aliases}:
                self._names.setdefault(name, []).append(one.code)
        self._finder: WordFinder | None = None
        self._ordinary = frozenset(lexicon["ordinary_words"])
        self._not_before = re.compile("|".join(lexicon["not_before"]))
        self._area_types = [
            (suffix, area_type) for area_type in lexicon["area_types"] for suffix in area_type["suffixes"]
        ]
        suffixes = sorted((suffix for suffix, _ in self._area_types), key=len, reverse=True)
        self._area_suffix = re.compile("|".join(suffixes))
        (own_area,) = lexicon["own_areas"]
        self._own_area = re.compile(own_area["pattern"])

    # --- what a name means

    def _look_up(self, name: str) -> tuple[Division, ...]:
        """All divisions that a name may mean; asked as `candidates`."""
        codes = self._names.get(name) or self._chained(name)
        if codes:
            return self._usual(name, tuple(self.by_code[code] for code in sorted(set(codes))))
        area = self._typed_area(name) or self._named_area(name)
        return (area,) if area else ()

    def _usual(self, name: str, found: tuple[Division, ...]) -> tuple[Division, ...]:
        """A short name alone means a city or province where one has it: 西安 is no 西安区."""
        upper = tuple(one for one in found if one.short == name and one.kind in ("city", "province"))
        return upper or found

    def _chained(self, name: str) -> set[str]:
        """Codes of the divisions that a chain of names means: 广东省|广州市|南沙区, 广州|南沙, 北京市|经开区."""
        for cut in range(len(name) - 2, 1, -1):
            uppers = set(self._names.get(name[:cut], ()))
            if uppers:
                below = self.below(name[cut:], uppers)
                if below:
                    return below
        return set()

    def below(self, name: str, uppers: set[str]) -> set[str]:
        """Codes of the divisions that carry a name, short or of local use, and lie in one of `uppers`."""
        codes = self._names.get(name) or self._chained(name)
        codes = {*codes, *self._local.get(name, ())}
        return {code for code in codes if self._lies_in(code, uppers)}

    def _lies_in(self, code: str, uppers: set[str]) -> bool:
        parent = self.by_code[code].parent
        while parent:
            if parent in uppers:
                return True
            parent = self.by_code[parent].parent
        return False

    def _typed_area(self, name: str) -> Division | None:
        """合肥高新区, 昆山经济技术开发区: a city's name and a common word; it gets a code of its own from both."""
        for suffix, area_type in self._area_types:
            if name.endswith(suffix) and len(name) - len(suffix) >= 2:
                seats = self.candidates(name[: -len(suffix)])
                if len(seats) == 1 and seats[0].kind in ("city", "district"):
                    return typed_area(seats[0], area_type)
        return None

    def _named_area(self, name: str) -> Division | None:
        """宿迁市洋河新区: a city's whole name and an area's own name behind it."""
        seat, found, own = name.partition("市")
        if not found or not self._own_area.fullmatch(own):
            return None
        seats = self._names.get(f"{seat}市", [])
        return named_area(self.by_code[seats[0]], own) if len(seats) == 1 else None

    def own_area_end(self, text: str, start: int) -> int | None:
        """Where the own name of an area ends that begins at `start`, behind its city; None where none does."""
        found = self._own_area.match(text, start)
        return found.end() if found else None

    def local_candidates(self, name: str, named: set[str]) -> tuple[Division, ...]:
        """What a name of local use (经开区) means where the divisions of these codes are named."""
        areas = (self.by_code[code] for code in self._local.get(name, ()))
        found = tuple(area for area in areas if area.code in named or area.parent in named)
        if found or not self._area_suffix.fullmatch(name):
            return found
        seats = (self.by_code[code] for code in sorted(named & self.by_code.keys()))
        typed = (self._typed_area(seat.name + name) for seat in seats if seat.kind == "city")
        return tuple(area for area in typed if area)

    # --- names in running text

    def find(self, text: str) -> list[DivisionMention]:
        found: list[DivisionMention] = []
        finder = self._finder or self._make_finder()
        for index, start, end in finder.find(text):
            name = finder.words[index]
            if self._not_before.match(text, end):
                continue
            linked = self._linked(found[-1], start, end, name) if found else None
            if linked:
                found[-1] = linked
            elif start == 0 or not self._is_ordinary(name):
                mention = DivisionMention(start, end, self.candidates(name))
                found.append(self._with_short_name(text, mention) or mention)
        return self._with_areas(text, found)

    def _linked(self, upper: DivisionMention, start: int, end: int, name: str) -> DivisionMention | None:
        """北京市|朝阳区: the mention of a division and of one in it, right behind, is one."""
        if upper.end != start:
            return None
        below = self.below(name, {one.code for one in upper.candidates})
        if not below:
            return None
        return DivisionMention(upper.start, end, tuple(self.by_code[code] for code in sorted(below)))

    def _with_short_name(self, text: str, city: DivisionMention) -> DivisionMention | None:
        """广州|南沙, 北京|海淀: behind its city's name a district is named by its short name too."""
        if city.candidates[0].kind != "city":
            return None
        for end in range(city.end + 4, city.end + 1, -1):
            name = text[city.end : end]
            linked = self._linked(city, city.end, end, name)
            # A whole name (广州|南沙区) is a word of the finder and is linked when its turn comes.
            if linked:
                is_short = linked.candidates[0].name != name and not self._not_before.match(text, end)
                return linked if is_short else None
        return None

    def _is_ordinary(self, name: str) -> bool:
        """Names that running text has inside other words: 管|理县|域, 白银."""
        return name in self._ordinary or (len(name) == 2 and name[-1] in "县市区旗")

    def _with_areas(self, text: str, found: list[DivisionMention]) -> list[DivisionMention]:
        """Puts in the areas that carry a place in front of a common word: 合肥|高新区, 江宁|经济技术开发区."""
        ends = {one.end for one in found}
        areas = []
        for suffix in self._area_suffix.finditer(text):
            start, end = suffix.span()
            lengths = (length for length in (4, 3, 2) if length <= start and end not in ends)
            for length in lengths:
                area = self.candidates(text[start - length : end])
                if area:
                    areas.append(DivisionMention(start - length, end, area))
                    break
        return _leftmost_longest(found + areas) if areas else found

    def _make_finder(self) -> WordFinder:
        """All names, and the short names of provinces and cities; those of districts are parts of other words (新星, 海安)."""
        words: set[str] = set()
        for one in self.by_code.values():
            if one.kind != "country":
                words.update((one.name, *one.aliases))
                if one.kind != "district":
                    words.add(one.short)
        self._finder = WordFinder(sorted(words))
        return self._finder


def _leftmost_longest(mentions: list[DivisionMention]) -> list[DivisionMention]:
    kept: list[DivisionMention] = []
    for one in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer, made when it is first needed (30 ms)."""
    return Gazetteer()
