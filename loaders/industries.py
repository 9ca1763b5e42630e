"""Says which industries a policy is about: by its title first, then its scope and headings, then how much it speaks of each.

The closed list and its words are data/lexicons/industries.yaml; what each clause's money is for is topics.py's.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from loaders.lexicon import WordFinder, pattern, read_lexicon
from loaders.plain import PlainView
from loaders.record import Mention
from loaders.types import Span


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon as tables: `tells[i]` is (industry, whether the word names it) of word i of `finder`, "" for a masked word."""

    finder: WordFinder
    tells: list[tuple[str, bool]]
    scoring: dict[str, float]


@cache
def _words() -> _Words:
    lexicon = read_lexicon("industries")
    tells: dict[str, tuple[str, bool]] = dict.fromkeys(lexicon["masked"], ("", False))
    for industry in lexicon["industries"]:
        tells.update(dict.fromkeys(industry["cues"], (industry["name"], False)))
        tells.update(dict.fromkeys(industry["names"], (industry["name"], True)))
    return _Words(WordFinder(list(tells)), list(tells.values()), lexicon["scoring"])


@dataclass(slots=True)
class _Tally:
    """How much a policy speaks of an industry, where it first does, and whether a heading or the scope names it."""

    first: Span
    score: float = 0.0
    in_heading: bool = False
    in_scope: bool = False


def extract_industries(view: PlainView) -> list[Mention]:
    """One to four mentions of kind "industry" for the policy, the strongest first; 综合 where a text of several clauses speaks of none.

    Those that the title names go first; then those that its scope or its headings name and much of the text is about.
    综合 stands for all industries. The evidence is the place in the title, else the first in the text.
    """
    titled = _titled(view)
    tallies = _tallies(view)
    if not titled:
        broad = _broad(view, tallies)
        if broad:
            return broad
    chosen = titled | {name: tallies[name].first for name in _strong(tallies, titled)}
    if not chosen and len(view.passages) > 1:  # a policy for all: "强信心增动力若干措施"
        return [Mention(span=view.title, kind="industry", name=read_lexicon("industries")["all"])]
    most = int(_words().scoring["most"])
    return [Mention(span=span, kind="industry", name=name) for name, span in [*chosen.items()][:most]]


def _titled(view: PlainView) -> dict[str, Span]:
    """The industries that the title names, each with its place, in order."""
    start, end = view.title
    title = view.text[start:end]
    named: dict[str, Span] = {}
    for word, first, last in _words().finder.find(title):
        name, names = _words().tells[word]
        if names:
            named.setdefault(name, Span(start + first, start + last))
    others = {} if named else read_lexicon("industries")["other_titles"]
    for word, name in others.items():
        if word in title and not named:
            named[name] = Span(start + title.index(word), start + title.index(word) + len(word))
    return named


def _tallies(view: PlainView) -> dict[str, _Tally]:
    """Adds up what the clauses say; preamble and title apart."""
    scoring, tells = _words().scoring, _words().tells
    scopes = pattern("industries", "scopes")
    passages = view.passages
    starts = [passage.start for passage in passages]
    in_scope = [bool(passage.heading and scopes.search(passage.heading)) for passage in passages]
    tallies: dict[str, _Tally] = {}
    for word, start, end in _words().finder.find(view.text):
        name, names = tells[word]
        place = bisect_right(starts, start) - 1
        if not name or place < 0:
            continue
        tally = tallies.get(name)
        if tally is None:
            tally = tallies[name] = _Tally(Span(start, end))
        tally.score += scoring["name"] if names else scoring["cue"]
        if passages[place].heading and start < passages[place].heading_end:
            tally.score += scoring["heading"]
            tally.in_heading = True
        elif names and in_scope[place]:
            tally.in_scope = True
    return tallies


def _strong(tallies: dict[str, _Tally], titled: dict[str, Span]) -> list[str]:
    """The industries that the text is about beside those of the title, the strongest first.

    Where the policy states its fields, those are taken, in its order; else the ones that headings name.
    """
    scoring = _words().scoring
    scope = [name for name, tally in tallies.items() if tally.in_scope]
    if titled and scope:
        return scope
    most = max((tally.score for tally in tallies.values()), default=0.0)
    enough = max(scoring["least"], scoring["share"] * most) if titled else scoring["share"] * most
    strong = [
        name for name, tally in tallies.items() if tally.score >= enough and (tally.in_heading or not titled)
    ]
    return sorted(strong, key=lambda name: -tallies[name].score)


def _broad(view: PlainView, tallies: dict[str, _Tally]) -> list[Mention]:
    """综合, where many industries weigh alike, or the title is broad and none of them outweighs the others; else nothing."""
    lexicon, scoring = read_lexicon("industries"), _words().scoring
    start, end = view.title
    title = view.text[start:end]
    scores = [tally.score for tally in tallies.values()]
    most = max(scores, default=0.0)
    word = next((word for word in lexicon["broad_titles"] if word in title), None)
    alike = sum(1 for score in scores if score >= scoring["like"] * most)
    total = sum(scores)
    is_open = most < scoring["half"] * total or total <= scoring["thin"]
    if alike < scoring["spread"] and not (word and is_open):
        return []
    at = title.index(word) if word else 0
    span = Span(start + at, start + at + len(word) if word else end)
    names = [lexicon["all"], *([lexicon["beside_broad"][word]] if word in lexicon["beside_broad"] else [])]
    return [Mention(span=span, kind="industry", name=name) for name in names]
