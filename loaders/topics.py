"""Says what a clause's money is for: topics of the closed list, by weighted words of the field.

Which industries a policy is about is for industries.py; the words and their weights are data/lexicons/topics.yaml.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import msgspec

from loaders.lexicon import LexiconError, WordFinder, read_lexicon
from loaders.plain import Passage, PlainView, sentence_around
from loaders.record import Mention
from loaders.sections import general_passages
from loaders.types import Span

# A cue found more often than this tells no more.
_MOST_REPEATS = 4


@dataclass(frozen=True, slots=True)
class _Cues:
    """The lexicon as tables: `tells[i]` are (topic, weight) of word i of `finder`, empty for a masked word."""

    finder: WordFinder
    tells: list[tuple[tuple[str, float], ...]]
    scoring: dict[str, float]
    supports: list[str]
    awards: list[str]
    amounts: list[str]


@cache
def _cues() -> _Cues:
    lexicon = read_lexicon("topics")
    tells: dict[str, list[tuple[str, float]]] = {word: [] for word in lexicon["masked"]}
    for topic in lexicon["topics"]:
        for weight, words in topic["cues"].items():
            for word in words:
                tells.setdefault(word, []).append((topic["id"], float(weight)))
    for word, told in tells.items():
        if len(told) > 1 and word not in lexicon["shared"]:
            raise LexiconError(
                f"词表 topics.yaml:“{word}”属于两个主题({told[0][0]}、{told[1][0]}),请列入 shared"
            )
    return _Cues(
        finder=WordFinder(list(tells)),
        tells=[tuple(told) for told in tells.values()],
        scoring=lexicon["scoring"],
        supports=lexicon["supports"],
        awards=lexicon["awards"],
        amounts=lexicon["amounts"],
    )


class _Tally(msgspec.Struct):
    """What the cues of one passage add up to. `found` are (word, start, end) in order; `evidence` is each topic's
    weightiest cue and its span; `heading` what the heading alone tells."""

    found: list[tuple[int, int, int]]
    scores: dict[str, float] = msgspec.field(default_factory=dict)
    evidence: dict[str, tuple[float, int, int]] = msgspec.field(default_factory=dict)
    heading: dict[str, float] = msgspec.field(default_factory=dict)


def extract_topics(view: PlainView) -> list[list[Mention]]:
    """Mentions of kind "topic" (name: the topic's id), passage by passage, the strongest first.

    A topic counts where its cues add up to enough beside the strongest topic's, or where it leads in a sentence that
    awards something. Goals, general provisions and procedures have none. The evidence is the weightiest cue.
    """
    general = general_passages(view)
    parents = {passage.parent for passage in view.passages}
    found = _cues().finder.find(view.text)
    starts = [start for _, start, _ in found]
    tallies: list[_Tally] = []
    topics: list[list[Mention]] = []
    for place, passage in enumerate(view.passages):
        own = (
            []
            if general[place]
            else found[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
        )
        tally = _tally(own, passage.heading_end)
        tallies.append(tally)
        if passage.parent >= 0:
            _inherit(tally, tallies[passage.parent])
        if tally.scores and not general[place] and _supports(view, passage, place in parents):
            topics.append(list(_strongest(view.text, passage, tally)))
        else:
            topics.append([])
    return topics


def _tally(found: list[tuple[int, int, int]], heading_end: int) -> _Tally:
    """Adds up cues; one in the heading weighs more, one found again less."""
    tells, scoring = _cues().tells, _cues().scoring
    tally = _Tally(found)
    scores, evidence, times = tally.scores, tally.evidence, dict.fromkeys((word for word, _, _ in found), 0)
    for word, start, end in found:
        times[word] += 1
        if times[word] > _MOST_REPEATS or not tells[word]:
            continue
        factor = scoring["repeat"] if times[word] > 1 else 1.0
        if start < heading_end:
            factor *= scoring["heading"]
        for topic, weight in tells[word]:
            told = weight * factor
            scores[topic] = scores.get(topic, 0.0) + told
            if topic not in evidence or evidence[topic][0] < told:
                evidence[topic] = (told, start, end)
            if start < heading_end:
                tally.heading[topic] = tally.heading.get(topic, 0.0) + weight
    return tally


def _inherit(tally: _Tally, parent: _Tally) -> None:
    """Adds what the parent's heading tells; in full where the passage itself tells too little ("(1)对企业给予80万元")."""
    scoring = _cues().scoring
    factor = scoring["parent"] if max(tally.scores.values(), default=0.0) >= scoring["least"] else 1.0
    for topic, weight in parent.heading.items():
        tally.scores[topic] = tally.scores.get(topic, 0.0) + weight * factor
        tally.evidence.setdefault(topic, parent.evidence[topic])


def _supports(view: PlainView, passage: Passage, is_parent: bool) -> bool:
    """Whether a passage has support of its own: one with others under it only where it names an amount."""
    cues = _cues()
    text = view.text[passage.start : passage.end]
    return any(word in text for word in (cues.amounts if is_parent else cues.supports))


def _strongest(text: str, passage: Passage, tally: _Tally) -> Iterator[Mention]:
    scoring = _cues().scoring
    ranked = sorted(tally.scores.items(), key=lambda scored: -scored[1])
    enough = max(scoring["least"], scoring["share"] * ranked[0][1])
    weaker = [topic for topic, score in ranked if scoring["leads"] <= score < enough]
    leading = _leading(text, passage, tally) if weaker else set()
    chosen = [topic for topic, score in ranked if score >= enough or topic in leading]
    for topic in chosen[: int(scoring["most"])]:
        yield Mention(span=tally.evidence[topic][1:], kind="topic", name=topic)


def _leading(text: str, passage: Passage, tally: _Tally) -> set[str]:
    """The topics that lead in a sentence that awards something: 给予最高200万元并购贷款贴息 at the end of a long clause."""
    cues = _cues()
    leading = set()
    sentence = Span(passage.start, passage.start)
    scores: dict[str, float] = {}
    for word, start, _ in [*tally.found, (0, passage.end, passage.end)]:
        if start >= sentence.end:
            best = max(scores, key=lambda topic: scores[topic], default="")
            if best and scores[best] >= cues.scoring["leads"]:
                written = text[sentence.start : sentence.end]
                if any(award in written for award in cues.awards):
                    leading.add(best)
            sentence, scores = sentence_around(text, start, passage.start, passage.end), {}
        for topic, weight in cues.tells[word]:
            scores[topic] = scores.get(topic, 0.0) + weight
    return leading
