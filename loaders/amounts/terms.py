"""Reads on what terms money is granted: per whom (企业, 项目, …) and how often (year, once, total).

By the annotators' guideline: the explicit counter first (单个, 每家), else the recipient that the award names; what is on no list is None.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from loaders.amounts.cues import Sentence, Token, measures
from loaders.amounts.payees import (
    BACKING,
    UNSET,
    Per,
    Unset,
    backed,
    backs,
    closing_subject,
    counted,
    counted_by_number,
    given,
    measured,
    opening_subject,
    stands_first,
)
from loaders.amounts.periods import (
    Period,
    is_date,
    per_of_price,
    period_behind,
    period_in_front,
    price_units,
    read_instalments,
)
from loaders.amounts.phrases import Chain, Phrase
from loaders.amounts.relative import ASIDE, paid_for


@dataclass(slots=True)
class Terms:
    """What a sentence has said so far about who is paid and how often; carried on from phrase to phrase.

    `named` is who 对…, 给予… or the subject names, `given` who stands behind 给予, `backed` who behind 支持, `measured` whom the
    base names (按项目投资额). A counter that an amount has used (单个项目最高100万元) does not hold for a sum (累计最高1000万元).
    `step` is true behind 每达到1000万元, `once` and `yearly` behind a phrase that grants without an amount of its own.
    """

    named: Per = UNSET
    given: Per = UNSET
    backed: Per = UNSET
    measured: Per = UNSET
    counter: Per = UNSET
    counter_used: bool = False
    step: bool = False
    once: bool = False
    yearly: bool = False
    last: Period | None = None


def read_terms(sentence: Sentence, phrases: list[Phrase], before: Terms | None = None) -> Terms:
    """Gives every award of the sentence its `per` and `period`; returns what holds at the sentence's end.

    `before` is what a parent clause said that ends in a colon (对…的企业,按以下标准给予奖励:).
    """
    terms = replace(before, last=None) if before else Terms()
    until, backing = 0, -1
    for at, phrase in enumerate(phrases):
        if phrase.tokens and phrase.tokens[0].cue in BACKING and backs(phrase):
            backing = at
        for chain in phrase.chains:
            if chain.is_award:
                until = at + 1
    # behind the last award nothing takes the terms, unless a colon hands them down
    if sentence.text.startswith(":", sentence.end - 1):
        until = len(phrases)
    walk = _Walk(sentence.text, phrases, terms)
    for at in range(until):
        if phrases[at].tokens or phrases[at].chains:
            walk.read(at, backing >= at)
    if until:
        read_instalments(sentence.text, phrases)
    return terms


# 根据赛事影响力: says on what it depends, not what it is a share of.
_OCCASIONS = ("根据", "结合", "依据")
# What may follow a subject directly: 工业智能项目最高支持200万元, 零售企业按照…, 餐饮企业年营业额首次达…
_SUBJECT_VERBS = frozenset(
    ("give", "award", "support", "cap", "limit", "base", "annual", "yearly", "total", "raise_to", "once")
) | {"metric", "floor"}


class _Walk:
    """Goes through a sentence's phrases: their cues change the sentence's terms, their awards take them."""

    __slots__ = (
        "amount",
        "at",
        "counter",
        "given",
        "once",
        "opened",
        "phrase",
        "phrases",
        "subject",
        "terms",
        "text",
        "yearly",
    )

    def __init__(self, text: str, phrases: list[Phrase], terms: Terms) -> None:
        self.text, self.phrases, self.terms = text, phrases, terms

    def read(self, at: int, is_backed: bool) -> None:
        """Goes through one phrase; `is_backed`: it or a later one begins with 支持 or 鼓励 and somebody behind it."""
        self.at = at
        self.phrase = phrase = self.phrases[at]
        # what the phrase itself says comes before what earlier phrases said
        self.counter: Per = UNSET
        self.given: Per = UNSET
        self.subject: Per = UNSET
        self.opened = self.once = self.yearly = False
        tokens, chains = phrase.tokens, phrase.chains
        if tokens:
            self._read_beginning(phrase, tokens, is_backed)
        done, count = 0, len(chains)
        # where the next amount begins; the phrase's end behind the last
        self.amount = chains[0].start if count else phrase.end
        handlers = _HANDLERS
        for place, token in enumerate(tokens):
            while token.start > self.amount:
                self._settle(chains[done])
                done += 1
                self.amount = chains[done].start if done < count else phrase.end
            if token.cue in handlers:
                handlers[token.cue](self, place, token)
        for chain in chains[done:]:
            self._settle(chain)
        if tokens and tokens[-1].cue == "recipient":
            closing = closing_subject(self.text, phrase)
            if isinstance(closing, str):
                self.terms.named = closing

    def _read_beginning(self, phrase: Phrase, tokens: list[Token], is_backed: bool) -> None:
        terms = self.terms
        first = tokens[0]
        if phrase.opens:
            terms.measured = UNSET
            subject = opening_subject(self.text, phrase)
            if subject and not is_backed:
                terms.named = subject
        elif first.cue == "build" and isinstance(terms.backed, str):
            # 鼓励企业协同创新,建设重点实验室: what is built is supported
            terms.backed = None
        if len(tokens) == 1:
            return
        second = tokens[1]
        if first.cue == "yearly":
            if second.cue in ("base", "for") and not phrase.chains:
                # 每年根据…情况,给予最高1000万元
                terms.yearly = True
        elif first.cue == "recipient" and second.cue in _SUBJECT_VERBS and second.start - first.end <= 2:
            terms.named = self.subject = first.per
            terms.counter = UNSET

    # --- cues

    def _read_counter(self, place: int, token: Token) -> None:
        counter = counted(self.phrase.tokens, place, self.amount, self.terms.named)
        self.opened = True
        if counter is None and self.text[token.start : token.end] in measures():
            self.counter = None
            return
        if counter is None and isinstance(self.counter, str) and self.text[token.start - 1] == "、":
            return  # 单个项目、同一屋顶产权人: the first that is on the list
        self._count(counter)

    def _read_each(self, _: int, token: Token) -> None:
        counter = counted_by_number(self.text, token)
        if not isinstance(counter, Unset):
            self._count(counter)

    def _count(self, counter: Per) -> None:
        self.terms.counter = self.counter = counter
        self.terms.counter_used = False

    def _read_for(self, place: int, _: Token) -> None:
        self.opened = True
        terms = self.terms
        found = paid_for(self.text, self.phrases, self.at, place)
        if found is ASIDE:
            return
        if isinstance(found, Unset):
            found = terms.named if isinstance(terms.named, str) else None
        terms.named, terms.counter, terms.given = found, UNSET, UNSET
        terms.once = terms.step = terms.yearly = False

    def _read_give(self, place: int, token: Token) -> None:
        self.opened = True
        self._read_giver(place, token)
        self._give(given(self.text, self.phrase.tokens, place, self.amount))

    def _read_award(self, place: int, token: Token) -> None:
        tokens = self.phrase.tokens
        self._read_giver(place, token)
        follower = tokens[place + 1] if place + 1 < len(tokens) else None
        if follower and follower.cue == "recipient" and follower.start == token.end:
            # 奖励运营主体10万元
            self._give(given(self.text, self.phrase.tokens, place, self.amount))

    def _read_giver(self, place: int, token: Token) -> None:
        """连续三年在库的企业再奖励5万元: who stands in front of the verb."""
        name = self.phrase.tokens[place - 1] if place else None
        if (
            name
            and name.cue == "recipient"
            and token.start - name.end <= 2
            and self.text[name.start - 1] == "的"
        ):
            self.terms.named = self.subject = name.per

    def _give(self, found: Per) -> None:
        if isinstance(found, Unset):
            return
        terms = self.terms
        terms.given = found
        # 对项目给予建设方: what is paid for is the project
        if not (terms.named == "项目" and found == "单位"):
            terms.named = found
        self.given = terms.named

    def _read_backing(self, place: int, _: Token) -> None:
        if not stands_first(self.phrase, place):
            return
        terms, opens = self.terms, self.phrase.opens
        found = backed(self.text, self.phrase.tokens, place)
        if opens or not isinstance(found, Unset):
            terms.backed = found
        if opens:
            terms.named = terms.counter = terms.given = UNSET
            terms.once = False

    def _read_base(self, place: int, token: Token) -> None:
        found = measured(self.phrase.tokens, place, self.amount)
        if found and (self.terms.backed is not None or not self.text.startswith(_OCCASIONS, token.start)):
            self.terms.measured = found

    def _read_yearly(self, _: int, token: Token) -> None:
        self.yearly = self.yearly or not is_date(self.text, token)

    def _read_once(self, _: int, __: Token) -> None:
        self.once = True
        if not self.phrase.chains:
            # 给予一次性补助,研发费用在…的,按3%给予: holds for what follows
            self.terms.once = True

    # --- awards

    def _settle(self, chain: Chain) -> None:
        """Gives one award its terms."""
        terms = self.terms
        if not chain.is_award:
            terms.step = terms.step or chain.rule == "每满一定数额"
            if terms.counter is None and self.counter is None:
                # 单项合同金额10万元以上的: what a condition counts is no unit of the award
                terms.counter = self.counter = UNSET
            return
        units = price_units(self.text, chain.end)
        chain.period = "year" if any(unit.startswith("年") for unit in units) else self._period(chain)
        is_price = len(units) > 1 or (len(units) == 1 and not units[0].startswith("年"))
        chain.per = per_of_price(units) if is_price else self._per(chain)
        terms.step = terms.yearly = False
        terms.counter_used = not isinstance(terms.counter, Unset)
        terms.last = chain.period

    def _per(self, chain: Chain) -> str | None:
        terms = self.terms
        if terms.step:
            return None
        if terms.counter_used and isinstance(terms.given, str):
            cues = {token.cue for token in chain.window}
            if "total" in cues and "counter" not in cues:
                return terms.given
        counter: Per = terms.counter if not terms.counter_used or self.given is UNSET else UNSET
        named: Per = terms.named if terms.named is not None else UNSET
        own = (self.counter, self.given, self.subject, counter, named)
        for per in (*own, terms.measured, terms.named, terms.backed):
            if not isinstance(per, Unset):
                return per
        return None

    def _period(self, chain: Chain) -> Period | None:
        """By the words between the amount before and this one, then by the phrase's, then by what was said before."""
        near = period_in_front(self.text, chain.window) or period_behind(self.text, chain)
        if near:
            return near
        terms = self.terms
        if terms.yearly or self.yearly:
            return "year"
        if terms.once or self.once:
            return "once"
        # 一次性给予研发企业最高50万元;工业大模型最高支持60万元
        if self.phrase.opens and not self.opened and isinstance(self.subject, Unset):
            return terms.last
        return None


_HANDLERS = {
    "counter": _Walk._read_counter,
    "each": _Walk._read_each,
    "for": _Walk._read_for,
    "give": _Walk._read_give,
    "award": _Walk._read_award,
    "base": _Walk._read_base,
    "limit": _Walk._read_base,
    "cap": _Walk._read_base,
    "once": _Walk._read_once,
    "yearly": _Walk._read_yearly,
} | dict.fromkeys(BACKING, _Walk._read_backing)
