"""Recognises what a reader types for a district, topic, honor, agency, industry, policy or clause.

A name that fits several things, or none, is an error that lists the candidates: nothing is guessed.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from graph.errors import NoGraphError, UsageError
from queries.catalog import fetch
from queries.reader import Reader, Row

_LABELS = {
    "district": ("District", "地区"),
    "topic": ("Topic", "支持事项"),
    "honor": ("Honor", "资质荣誉"),
    "agency": ("Agency", "部门"),
    "industry": ("Industry", "产业"),
    "policy": ("Policy", "政策"),
}
_BY_CODE = frozenset({"district", "topic"})
"""Entities whose parameter value is the published code; of the others it is the node's id."""

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Name:
    """A thing that can be named: `value` is what a query's parameter takes, `terms` all that it is called."""

    value: str
    name: str
    terms: tuple[str, ...]
    loaded: bool = True


class Names:
    """The names in a graph, read once for each kind of thing."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, list[Name]] = {}

    def all(self, entity: str) -> list[Name]:
        """Every thing of a kind ("district", "topic", …), sorted by name."""
        if entity not in self._known:
            rows = fetch(self._reader, "names", {"labels": [_LABELS[entity][0]]})
            self._known[entity] = [_name(entity, row) for row in rows]
        return self._known[entity]

    def resolve(self, entity: str, text: str) -> str:
        """The code or id of what `text` names: its code, id, name or alias, or a part of the name that only one thing has; of
        districts also a short form (经开区) that only one name has the characters of, in their order.

        Raises: UsageError with the nearest names; NoGraphError where the graph holds nothing of the kind at all.
        """
        if entity == "clause":
            return self._resolve_clause(text)
        # A code need not be looked for among all districts of a country.
        if (
            entity == "district"
            and text.isdigit()
            and fetch(self._reader, "upper_districts", {"district": text})
        ):
            return text
        label = _LABELS[entity][1]
        names = self.all(entity)
        if not names:
            raise NoGraphError(f"图中还没有任何{label}:请先用 policygraph build 建图")
        wanted = _plain(text)
        exact = [name for name in names if wanted in map(_plain, name.terms)]
        found = exact or [name for name in names if wanted and wanted in _plain(name.name)]
        if not found and entity == "district" and len(wanted) >= 2:
            short = re.compile(".*".join(map(re.escape, wanted)))
            found = [name for name in names if short.search(_plain(name.name))]
        # A policy is often named by several others in slightly different words: the one that was loaded is meant.
        if len(found) > 1:
            found = [name for name in found if name.loaded] or found
        if len(found) == 1:
            return found[0].value
        if found:
            shown = "、".join(_told(name) for name in found[:_SHOWN])
            more = f"等 {len(found)} 个" if len(found) > _SHOWN else ""
            raise UsageError(f"“{text}”可能是几个{label}:{shown}{more}。请写全。")
        raise UsageError(f"没有“{text}”这个{label}。{self._hint(names, wanted)}")

    def _hint(self, names: list[Name], wanted: str) -> str:
        terms = {_plain(term): name for name in names for term in name.terms}
        near = difflib.get_close_matches(wanted, terms, n=3, cutoff=0.4)
        # Two-character names such as 丰台 lie far from 丰抬区 by ratio: a shared character still makes a good guess.
        chosen = dict.fromkeys(terms[term].name for term in near)
        return f"您是不是要找:{'、'.join(chosen)}?" if chosen else ""

    def _resolve_clause(self, text: str) -> str:
        """A clause by its id, or as "政策标题:第五条,(1)" with a part of the title."""
        if re.fullmatch(r"clause-[0-9a-f]+", text):
            return text
        title, _, cite_text = text.replace("\uff1a", ":").partition(":")
        wanted = _cite(cite_text)
        if not wanted:
            raise UsageError(f"“{text}”不是条款:请写条款编号,或“政策标题:第五条,(1)”的样子")
        policy = self.resolve("policy", title)
        rows = fetch(self._reader, "clause_names", {"policies": [policy]})
        found = [row for row in rows if _cite(",".join(row["cite"])) == wanted]
        if len(found) == 1:
            return str(found[0]["clause"])
        known = "、".join("".join(row["cite"]) for row in rows[:30])
        raise UsageError(f"这件政策没有“{cite_text}”这一条。它的条款有:{known}")


def topic_names(reader: Reader) -> dict[str, str]:
    """Code → name of every topic."""
    return {row["topic"]: row["topic_name"] for row in fetch(reader, "topics", {})}


def _told(name: Name) -> str:
    return name.name if len(name.terms) == 1 else f"{name.name}({name.terms[1]})"


def _name(entity: str, row: Row) -> Name:
    value = row["code"] if entity in _BY_CODE else row["id"]
    terms = [row["name"], *([row["code"]] if row["code"] else []), row["id"], *row["aliases"]]
    return Name(str(value), str(row["name"]), tuple(terms), row["loaded"])


_QUOTES = str.maketrans("", "", " \t\n\u3000\"'\u201c\u201d\u2018\u2019\u300a\u300b()\uff08\uff09")
_WIDE = str.maketrans("\uff08\uff09\uff0c\uff1a\uff1b", "(),:;")


def _plain(text: str) -> str:
    """Without blanks, brackets, quotation and title marks, in lower case: 首台套 is 首台(套)."""
    return text.translate(_QUOTES).translate(_WIDE).lower()


def _cite(text: str) -> str:
    """A cite without separators: "第五条,(1)" and "第五条(1)" are one."""
    return re.sub(r"[,/\s>\u3001\u2192]", "", text.translate(_WIDE))
