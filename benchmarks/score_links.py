"""How many of the links that careful readers defend (tests/gold/links.json) the graph has, and how many of its links they defend.

usage: python -m benchmarks.score_links [--gold-facts | --records FILE | --graph FILE] [--show LIST] [--json]

The graph is built from the bundled corpus as the loaders read it; with --gold-facts from the annotators' facts, so that links are judged
apart from reading; from records (JSON lines) or a graph (its plain form, JSON lines) where a file is given. Half of the links are in
links.json: a link that the graph has and the file has not may be in the other half, so precision on the half is at most about one half;
`precision, doubled` assumes that the other half is like this one.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

GOLD = Path(__file__).parents[1] / "tests" / "gold"


class Place(NamedTuple):
    """A clause as two sources name it: the policy's title and the cite, without blanks and punctuation."""

    title: str
    cite: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.title[:24]} {'>'.join(self.cite)}"


def plain(text: str) -> str:
    """Half-width, without white space and punctuation."""
    return re.sub(r"[\s\W_]+", "", unicodedata.normalize("NFKC", text))


def place(title: str, cite: Iterable[str]) -> Place:
    """A clause's place from its policy's title and cite."""
    return Place(plain(title), tuple(plain(part) for part in cite))


class GoldLinks:
    """links.json with policies named by their titles."""

    def __init__(self) -> None:
        self._links = json.loads((GOLD / "links.json").read_text(encoding="utf-8"))
        self._titles = {
            path.stem: json.loads(path.read_text(encoding="utf-8"))["title"]
            for path in (GOLD / "seeds").glob("*.json")
        }

    def _place(self, entry: dict[str, Any]) -> Place:
        return place(self._titles[entry["policy"]], entry["cite"])

    def city(self) -> dict[tuple[Place, Place], dict[str, Any]]:
        """(district clause, city clause) → the annotators' entry."""
        return {(self._place(e["from"]), self._place(e["to"])): e for e in self._links["city_links"]}

    def pairs(self, name: str) -> dict[frozenset[Place], dict[str, Any]]:
        """The two clauses of a duplicate or conflict → the entry."""
        return {frozenset((self._place(e["a"]), self._place(e["b"]))): e for e in self._links[name]}


class Produced:
    """The links of a graph in its plain form."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._places: dict[str, Place] = {}
        self._edges: list[dict[str, Any]] = []
        for line in lines:
            entry = json.loads(line)
            if entry.get("node") == "Clause":
                properties = entry["properties"]
                self._places[entry["id"]] = place(properties["policy_title"], properties["cite"])
            elif "edge" in entry:
                self._edges.append(entry)

    def city(self) -> dict[tuple[Place, Place], dict[str, Any]]:
        """(clause, clause of an upper level) → properties, those of cofunding first; links to programmes and policies are left out."""
        ranked = sorted(self._between("MATCHES_CITY_LEVEL"), key=lambda link: link[1]["kind"])
        return dict(reversed(ranked))

    def similar(self) -> dict[frozenset[Place], dict[str, Any]]:
        """The two clauses of a duplicate → properties."""
        return {
            frozenset(ends): properties
            for ends, properties in self._between("SIMILAR_TO")
            if properties["duplicate"]
        }

    def conflicts(self) -> dict[frozenset[Place], dict[str, Any]]:
        """The two clauses of a derived exclusion → properties."""
        return {
            frozenset(ends): properties
            for ends, properties in self._between("EXCLUDES")
            if properties["derived"]
        }

    def _between(self, type_: str) -> Iterator[tuple[tuple[Place, Place], dict[str, Any]]]:
        for edge in self._edges:
            start, end = self._places.get(edge["from"]), self._places.get(edge["to"])
            if edge["edge"] == type_ and start and end:
                yield (start, end), edge["properties"]


class Figure(NamedTuple):
    """One line of the table. `found` of `of` are right; what is missing or in excess stands in `others`."""

    name: str
    found: int
    of: int
    goal: float | None
    others: list[str]

    @property
    def share(self) -> float:
        return self.found / self.of if self.of else 1.0


def figures(gold: GoldLinks, produced: Produced) -> list[Figure]:
    """All figures, in the order in which they are printed."""
    city, made = gold.city(), produced.city()
    sure = [ends for ends, entry in city.items() if entry["strength"] == "sure"]
    cofunding = [ends for ends, entry in city.items() if entry["kind"] == "cofunding"]
    as_cofunding = {ends for ends, properties in made.items() if properties["kind"] == "cofunding"}
    duplicates, similar = gold.pairs("duplicates"), produced.similar()
    conflicts, excluded = gold.pairs("conflicts"), produced.conflicts()
    sure_conflicts = [pair for pair, entry in conflicts.items() if entry["strength"] == "sure"]
    right = [ends for ends in made if ends in city]
    return [
        _figure("city_links sure, recall", sure, made, 0.9),
        _figure("city_links all, recall", city, made, None),
        Figure("city_links, precision", len(right), len(made), None, _names(set(made) - set(city))),
        Figure("city_links, precision doubled", 2 * len(right), len(made), 0.7, []),
        _figure("cofunding, recall", cofunding, as_cofunding, 1.0),
        _figure("duplicates, recall", duplicates, similar, 0.85),
        Figure(
            "duplicates produced", len(similar), len(similar), None, _names(set(similar) - set(duplicates))
        ),
        _figure("conflicts sure, recall", sure_conflicts, excluded, 0.85),
        _figure("conflicts all, recall", conflicts, excluded, None),
        Figure(
            "conflicts produced", len(excluded), len(excluded), None, _names(set(excluded) - set(conflicts))
        ),
    ]


def _figure(name: str, wanted: Iterable[Any], made: Iterable[Any], goal: float | None) -> Figure:
    wanted, made = set(wanted), set(made)
    return Figure(name, len(wanted & made), len(wanted), goal, _names(wanted - made))


def _names(links: Iterable[Iterable[Place]]) -> list[str]:
    return sorted(
        " — ".join(sorted(map(str, ends)) if isinstance(ends, frozenset) else map(str, ends))
        for ends in links
    )


def graph_lines(args: argparse.Namespace) -> Iterable[str]:
    """The plain form of the graph that is asked for."""
    if args.graph:
        path: Path = args.graph
        return path.read_text(encoding="utf-8").splitlines()
    import msgspec

    from loaders.assemble import assemble
    from loaders.record import PolicyRecord

    if args.records:
        decoder = msgspec.json.Decoder(PolicyRecord)
        records = [decoder.decode(line) for line in args.records.read_bytes().splitlines()]
    else:
        from tests.gold_records import corpus_records, gold_records

        records = gold_records() if args.gold_facts else corpus_records()
    lines: Iterable[str] = assemble(records).graph.to_jsonl()
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold-facts", action="store_true", help="facts of the annotators")
    parser.add_argument("--records", type=Path, help="records, one JSON object a line")
    parser.add_argument("--graph", type=Path, help="a graph in its plain form")
    parser.add_argument("--show", default="", help="figure whose missing or further links are listed")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    table = figures(GoldLinks(), Produced(graph_lines(args)))
    if args.json:
        json.dump({one.name: [one.found, one.of, round(one.share, 3)] for one in table}, sys.stdout)
        return
    for one in table:
        goal = f"goal {one.goal:.2f}" if one.goal is not None else ""
        print(f"{one.name:32} {one.found:4} of {one.of:4}  {one.share:.3f}  {goal}")
        if args.show and one.name.startswith(args.show):
            print("".join(f"    {line}\n" for line in one.others), end="")


if __name__ == "__main__":
    main()
