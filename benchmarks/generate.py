"""Synthetic policies: documents that look like real ones, with the facts that they state known by construction.

usage: python -m benchmarks.generate COUNT FOLDER [--seed N] [--everywhere]

Writes COUNT documents and answers.jsonl, one line a document. How many clauses a policy has, which topics a clause is about and which
amounts it grants, how often a policy has rules, repeals and matches is drawn from the bundled corpus as it is read; the words of a clause
from the lexicons of its topics and of an industry, and from phrases.yaml. Places are all divisions of China, city by city: a city with
its districts, each with DENSITY policies, then the next. `everywhere` spreads the policies over the whole country at once.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from data import CORPUS
from loaders.divisions import Division, division_by_code, divisions_under, upper_division
from loaders.gazetteer import gazetteer
from loaders.lexicon import read_lexicon
from loaders.linking.matters import all_matters
from loaders.pipeline import extract_document
from loaders.read import iter_documents
from loaders.types import Document

DENSITY = 5
"""Policies of a division, until every division has so many."""

_DIGITS = "零一二三四五六七八九十"
_FULL_WIDTH = str.maketrans(",;:()", "\uff0c\uff1b\uff1a\uff08\uff09")
_MEAN_CLAUSES = 15


@dataclass(frozen=True, slots=True)
class Shape:
    """A clause of the corpus without its words: topics, (kind, value) of what it grants, the rate or None of a match."""

    topics: tuple[str, ...]
    benefits: tuple[tuple[str, float], ...]
    match_rate: float | None


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is drawn from: clauses; for each policy its number of clauses, of rules that are for the whole policy, and whether it repeals another and lets its
    support be drawn beside the city's."""

    clauses: list[Shape]
    policies: list[tuple[int, int, bool, bool]]


@dataclass(slots=True)
class Answer:
    """What a synthetic document states: the facts a reader must find. Amounts in yuan, rates as shares."""

    name: str
    title: str
    division: str
    level: str
    doc_number: str
    issued_on: str
    clauses: list[dict[str, Any]] = field(default_factory=list)
    supersedes: list[str] = field(default_factory=list)
    cites: list[str] = field(default_factory=list)
    excludes: list[tuple[str, str]] = field(default_factory=list)
    stacks: list[str] = field(default_factory=list)
    duplicates: list[tuple[str, str, str]] = field(default_factory=list)
    """(cite, title of the other policy of the district, its cite) of clauses that stand word for word in both."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who issued policy `index`, and under which title and number; `order` counts the policies of its division."""

    index: int
    order: int
    division: Division
    industry: str
    title: str
    doc_number: str
    year: int


@cache
def shapes() -> Shapes:
    """The shapes of the bundled corpus."""
    clauses, policies = [], []
    for document in iter_documents([CORPUS]):
        if not isinstance(document, Document):
            continue
        for record in extract_document(document).records:
            general = [rule for rule in record.excludes if rule.scope in ("within_policy", "same_district")]
            beside_city = any(one.with_ == "municipal" for one in record.stacks)
            policies.append((len(record.clauses), len(general), bool(record.supersedes), beside_city))
            for clause in record.clauses:
                granted = [one for one in clause.benefits if one.kind in ("cap", "fixed", "rate", "years")]
                rate = next((one.rate for one in clause.matches if one.rate), None)
                clauses.append(
                    Shape(tuple(clause.topics), tuple((one.kind, one.value) for one in granted), rate)
                )
    return Shapes(clauses, policies)


@cache
def phrases() -> dict[str, Any]:
    """The words of phrases.yaml."""
    with (Path(__file__).parent / "phrases.yaml").open(encoding="utf-8") as file:
        found: dict[str, Any] = yaml.load(file, yaml.CSafeLoader)
    return found


@cache
def _places(seed: int) -> list[Division]:
    """All divisions whose names are unlike, each city followed by its districts, the cities in an order of their own."""
    cities = sorted(
        (one for one in gazetteer().by_code.values() if one.kind == "city" and not one.into),
        key=lambda one: one.code,
    )
    random.Random(f"{seed} cities").shuffle(cities)
    return [place for city in cities for place in (city, *divisions_under(city))]


@cache
def _industries() -> list[tuple[str, tuple[str, ...]]]:
    entries = read_lexicon("industries")["industries"]
    return [(one["names"][0], (*one["names"], *one.get("cues", ()))) for one in entries]


@cache
def _topic_words(topic: str) -> tuple[str, ...]:
    entry = next(one for one in read_lexicon("topics")["topics"] if one["id"] == topic)
    cues = [cue for weight, words in entry["cues"].items() if float(weight) >= 3 for cue in words]
    matters = [
        word for matter in all_matters().by_name.values() if topic in matter.topics for word in matter.words
    ]
    return tuple(dict.fromkeys([*cues, *matters]))


def _identity(index: int, count: int, seed: int, *, everywhere: bool) -> Identity:
    places = _places(seed)
    density = 1 if everywhere else max(DENSITY, -(-count // len(places)))
    if everywhere:
        division, order = places[index % len(places)], index // len(places)
    else:
        division, order = places[index // density % len(places)], index % density
    rng = random.Random(f"{seed} title {index}")
    industry = rng.choice(_industries())[0]
    year = min(2014 + order * 12 // max(2, density if not everywhere else -(-count // len(places))), 2025)
    end = rng.choice(phrases()["titles"])
    title = f"{division.full_name}促进{industry}{end}" + (f"({year}年版)" if order else "")
    title = title.translate(_FULL_WIDTH)
    short = division.short[:1]
    number = f"{short}{rng.choice(phrases()['number_words'])}〔{year}〕{index % 97 + 1}号"
    return Identity(index, order, division, industry, title, number, year)


class _Writer:
    """Writes one document and notes what it states."""

    def __init__(
        self, own: Identity, rng: random.Random, city: Identity | None, sister: Identity | None
    ) -> None:
        self.own, self.rng, self.city, self.sister = own, rng, city, sister
        day = f"{own.year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        self.answer = Answer(
            f"synthetic-{own.index:06d}.txt",
            own.title,
            own.division.code,
            own.division.level,
            own.doc_number,
            day,
        )
        self.words = phrases()
        self.industry_words = dict(_industries())[own.industry]
        self.lines: list[str] = []

    def write(self, repeated: tuple[str, str] | None) -> str:
        """The text. `repeated` is a clause of the sister policy with its cite, which stands here word for word."""
        own, drawn = self.own, self.rng.choice(shapes().policies)
        body = own.division.full_name + self.rng.choice(self.words["bodies"])
        self.lines += [f"{body}关于印发《{own.title}》的通知", own.doc_number, "各有关单位:"]
        self.lines += [
            f"现将《{own.title}》印发给你们,请认真贯彻执行。",
            body,
            _day(self.answer.issued_on),
            own.title,
        ]
        number = 1
        cited = [self.city.title] if self.city else []
        basis = f"根据《{cited[0]}》等文件精神," if cited else ""
        self._article(number, f"{basis}为促进{own.industry}产业发展,结合实际,制定本措施。")
        self.answer.cites += cited
        least = max(4, drawn[0] * _MEAN_CLAUSES // 22)
        while number < least - 3:
            number += 1
            if repeated is not None and number == 3 and self.sister is not None:
                self._article(number, repeated[0])
                self.answer.duplicates.append((_cite(number), self.sister.title, repeated[1]))
            else:
                self._clause(number)
        self._closing(number, drawn)
        return "\n".join(self.lines).translate(_FULL_WIDTH) + "\n"

    def _article(self, number: int, text: str) -> None:
        self.lines.append(f"{_cite(number)} {text}")

    def _clause(self, number: int) -> None:
        """A clause, one in six of them with two or three items of their own."""
        self._article(number, self._stated([_cite(number)]))
        if self.rng.random() < 1 / 6:
            for item in range(1, self.rng.choice((3, 4))):
                marker = f"({_DIGITS[item]})"
                self.lines.append(marker + self._stated([_cite(number), marker]))

    def _stated(self, cite: list[str]) -> str:
        """The text of a clause of a shape of the corpus; notes what it states."""
        shape = self.rng.choice(shapes().clauses)
        rate = shape.match_rate if self.own.division.level == "district" else None
        benefits = [*shape.benefits, *([("rate", rate)] if rate else [])]
        self.answer.clauses.append({"cite": cite, "benefits": sorted(benefits), "match_rate": rate})
        return self._sentences(shape, rate)

    def _sentences(self, shape: Shape, match_rate: float | None) -> str:
        rng, words = self.rng, self.words
        about = [rng.choice(_topic_words(topic)) for topic in shape.topics] or [
            rng.choice(self.industry_words)
        ]
        first = f"{rng.choice(words['verbs'])}{'、'.join(about)}。"
        aims = rng.sample(words["aims"], rng.choice((1, 2, 2, 3)))
        lead = f"{rng.choice(words['verbs'])}{rng.choice(words['recipients'])}围绕{rng.choice(self.industry_words)}开展{rng.choice(about)},"
        parts = [first + lead + ",".join(aims)]
        if rng.random() < 0.5:
            parts.append(
                f"{rng.choice(words['verbs'])}{rng.choice(self.industry_words)}领域{rng.choice(words['recipients'])}{rng.choice(words['aims'])},{rng.choice(words['aims'])}"
            )
        if match_rate:
            share = _percent(match_rate)
            parts.append(f"对获得市级{about[0]}支持的项目,按照市级支持资金的{share}给予配套")
        for kind, value in shape.benefits:
            whom = f"对{rng.choice(words['conditions'])}{rng.choice(words['recipients'])}"
            parts.append(f"{whom},{self._grant(kind, value)}")
        if not shape.benefits:
            parts.append(rng.choice(words["goals"]))
        return "。".join(parts) + "。"

    def _grant(self, kind: str, value: float) -> str:
        base = self.rng.choice(self.words["objects"])
        if kind == "cap":
            return f"给予最高{_yuan(value)}支持"
        if kind == "fixed":
            return f"给予一次性{_yuan(value)}奖励"
        if kind == "rate":
            return f"按照{base}的{_percent(value)}给予补贴"
        return f"连续支持{value:g}年"

    def _closing(self, number: int, drawn: tuple[int, int, bool, bool]) -> None:
        place = "本市" if self.own.division.level == "municipal" else "本区"
        sentences = []
        for scope, rule, sentence in self.rng.sample(self.words["rules"], min(drawn[1], 2)):
            sentences.append(sentence.replace("{place}", place) + "。")
            of_city = scope == "same_district" and place == "本市"
            self.answer.excludes.append(("same_level_funds" if of_city else scope, rule))
        if drawn[3] and self.own.division.level == "district":
            sentences.append("符合市级政策规定的,可同时申报享受市、区两级政策支持。")
            self.answer.stacks.append("municipal")
        if sentences:
            number += 1
            self._article(number, "".join(sentences))
        repeal = ""
        if drawn[2] and self.sister is not None:
            repeal = f"《{self.sister.title}》({self.sister.doc_number})同时废止。"
            self.answer.supersedes.append(self.sister.title)
        self._article(number + 1, f"本措施自发布之日起施行,有效期3年。{repeal}")


def generate(count: int, seed: int = 1, *, everywhere: bool = False) -> Iterator[tuple[Document, Answer]]:
    """Documents and their answers, the same for the same arguments; each is made when it is asked for.

    One policy in twelve repeats a clause of the policy before it in the same division word for word.
    """
    clause: dict[str, tuple[str, str]] = {}
    for index in range(count):
        own = _identity(index, count, seed, everywhere=everywhere)
        rng = random.Random(f"{seed} text {index}")
        sister = city = None
        if own.order:
            step = len(_places(seed)) if everywhere else 1
            sister = _identity(index - step, count, seed, everywhere=everywhere)
        upper = upper_division(own.division, "municipal")
        if own.division.level == "district" and upper is not None and rng.random() < 0.4:
            city = _first_of(upper, count, seed, everywhere=everywhere)
        writer = _Writer(own, rng, city, sister)
        before = clause.get(own.division.code)
        text = writer.write(before if before and rng.random() < 1 / 12 else None)
        paying = next(
            (one for one in writer.answer.clauses if one["benefits"] and len(one["cite"]) == 1), None
        )
        clause.pop(own.division.code, None)
        if paying is not None:
            cite = paying["cite"][0]
            line = next(one for one in writer.lines if one.startswith(cite + " "))
            clause[own.division.code] = (line.split(" ", 1)[1], cite)
        content = text.encode()
        yield Document(writer.answer.name, text, hashlib.sha256(content).hexdigest()), writer.answer


@cache
def _first_of(city: Division, count: int, seed: int, *, everywhere: bool) -> Identity:
    places = _places(seed)
    density = 1 if everywhere else max(DENSITY, -(-count // len(places)))
    return _identity(places.index(division_by_code(city.code)) * density, count, seed, everywhere=everywhere)


def _cite(number: int) -> str:
    tens, ones = divmod(number, 10)
    words = ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
    return f"第{words}条"


def _yuan(value: float) -> str:
    return f"{value / 1e8:g}亿元" if value >= 1e8 else f"{value / 1e4:g}万元"


def _percent(share: float) -> str:
    return f"{share * 100:g}%"


def _day(iso: str) -> str:
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year}年{month}月{day}日"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--everywhere", action="store_true")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    with (args.folder / "answers.jsonl").open("w", encoding="utf-8") as answers:
        made = generate(args.count, args.seed, everywhere=args.everywhere)
        for document, answer in islice(made, args.count):
            (args.folder / document.name).write_text(document.text, encoding="utf-8")
            answers.write(json.dumps(asdict(answer), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
