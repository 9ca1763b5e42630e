"""What a reader asks about one district: median and 95th percentile of each question as the corpus grows, and of what a page loads.

usage: python -m benchmarks.bench_questions [--counts N,N,…] [--home FOLDER] [--filled] [--rounds N] [--warm-up N]

The default is 100 and 1,000 synthetic policies, each built into a data folder of its own; --home asks an existing one (bench_build --keep
leaves it). Where NEO4J_BENCH_URI names an empty Neo4j, the same is loaded there and asked too; --filled asks that Neo4j for what is in it.
Each round asks every question of another district, of those that have policies; the first --warm-up rounds (one) are not counted: a
Neo4j plans each question once, and its Java compiler takes some rounds. Prints Markdown.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.building import build
from benchmarks.bench_build import write_documents
from graph.server_control import stop_server
from graph.settings import Settings, read_settings
from graph.store import Store
from queries.catalog import fetch
from queries.chains import chains
from queries.compare import compare
from queries.conflicts import conflicts, similar
from queries.gaps import distances, gaps
from queries.timeline import timeline

DAY = "2026-01-01"
TOPICS = ["compute-rental", "first-use", "office-space"]

Question = Callable[[Store, str, str], object]

QUESTIONS: dict[str, Question] = {
    "chain": lambda store, district, _: chains(store, DAY, district=district),
    "conflict": lambda store, district, _: conflicts(store, DAY, district=district),
    "compare": lambda store, _, city: compare(store, TOPICS, DAY, city=city),
    "gap": lambda store, district, _: gaps(store, district, DAY, kinds=("topic",)),
    "similar": lambda store, district, _: similar(store, DAY, district=district, limit=100),
    "page: cities and districts": lambda store, _, __: fetch(store, "loaded_places", {}),
    "page: overview of a city": lambda store, _, city: _overview(store, city),
    "page: gaps and distances": lambda store, district, _: _gaps_page(store, district),
}
"""Asked of a store, a district and its city (codes)."""


def _overview(store: Store, city: str) -> None:
    fetch(store, "coverage", {"city": city, "as_of": DAY})
    timeline(store, DAY, city=city)
    districts = [row["district_code"] for row in fetch(store, "city_districts", {"city": city})]
    fetch(store, "link_counts", {"places": [city, *districts], "as_of": DAY})


def _gaps_page(store: Store, district: str) -> None:
    found = gaps(store, district, DAY, kinds=("topic",))
    distances(store, found.supported, district, DAY, city=found.city_code)


def places(store: Store) -> list[tuple[str, str]]:
    """Districts of which policies are loaded, each with its city, in an order that is the same each time."""
    rows = fetch(store, "loaded_places", {})
    loaded = [
        (row["district_code"], row["city_code"]) for row in rows if row["city"] and row["kind"] == "district"
    ]
    random.Random(1).shuffle(loaded)
    return loaded


def ask(store: Store, rounds: int, warm_up: int) -> dict[str, list[float]]:
    """Question → milliseconds, one for each round behind the first `warm_up`."""
    taken: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    known = places(store)
    asked = [known[number % len(known)] for number in range(rounds + warm_up)]
    for number, (district, city) in enumerate(asked):
        for name, question in QUESTIONS.items():
            start = time.perf_counter()
            question(store, district, city)
            if number >= warm_up:
                taken[name].append(1000 * (time.perf_counter() - start))
    return taken


def row(server: str, policies: int, name: str, taken: list[float]) -> str:
    """A row of the table."""
    p95 = statistics.quantiles(taken, n=20)[-1]
    return f"| {server} | {policies:,} | {name} | {statistics.median(taken):.1f} | {p95:.1f} |"


def measure(settings: Settings, rounds: int, warm_up: int, documents: Path | None) -> None:
    """Ask the store, filled with the documents where these are given, and print its rows."""
    server = "embedded" if settings.is_embedded else "Neo4j"
    with Store.connect(settings) as store:
        try:
            if documents is not None:
                build(store, [documents], jobs=2)
            policies = store.run("MATCH (p:Policy) WHERE p.in_corpus RETURN count(p) AS total")[0]["total"]
            for name, taken in ask(store, rounds, warm_up).items():
                print(row(server, policies, name, taken), flush=True)
        finally:
            if settings.is_embedded:
                stop_server(store.folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--counts", default="100,1000")
    parser.add_argument("--home", type=Path, help="a data folder with a graph, instead of building some")
    parser.add_argument("--filled", action="store_true", help="ask the Neo4j of NEO4J_BENCH_URI as it is")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--warm-up", type=int, default=1)
    args = parser.parse_args()
    print("| server | policies | question | p50 ms | p95 ms |\n| --- | ---: | --- | ---: | ---: |")
    times = (args.rounds, args.warm_up)
    neo4j = {key: value for key, value in os.environ.items() if key.startswith("NEO4J_")}
    uri = os.environ.get("NEO4J_BENCH_URI")
    if args.home is not None:
        measure(read_settings(home=args.home, environ={}), *times, None)
        return
    if args.filled and uri is None:
        parser.error("--filled needs NEO4J_BENCH_URI")
    if args.filled:
        with tempfile.TemporaryDirectory() as home:
            measure(read_settings(home=Path(home), uri=uri, environ=neo4j), *times, None)
        return
    for count in map(int, args.counts.split(",")):
        with tempfile.TemporaryDirectory() as documents, tempfile.TemporaryDirectory() as home:
            write_documents(count, Path(documents))
            measure(read_settings(home=Path(home), environ={}), *times, Path(documents))
            if uri is not None:
                measure(read_settings(home=Path(home), uri=uri, environ=neo4j), *times, Path(documents))


if __name__ == "__main__":
    main()
