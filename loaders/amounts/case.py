"""One chain of quantities with everything its verdict may look at: the cues around it, its phrase and sentence, the clause.

What follows from what is for money.py, shares.py and years.py.
"""

from __future__ import annotations

import re

from loaders.amounts.cues import Sentence
from loaders.amounts.phrases import Chain, Phrase, Role

AWARDS = ("give", "award", "support")
UNREADABLE = "数字不可读"

_BOUNDS = frozenset(("以上", "及以上", "以下", "及以下"))
# What may stand between an amount and the noun of the award: 200万元(含税)的科研经费
_OF_AWARD = re.compile(r"(?:\([^()]*\))?的?[^,;。、的且并不]{0,6}")
# 以上的,给予…; 以上且…; 以上的企业: the text goes on as behind a condition.
_CONDITION_ENDS = re.compile(
    r"(?:/[\u4e00-\u9fff]{1,3}?)?(?:的?(?:[,;:。、且并\n]|给予|予以|可|按|奖|分|一次|$)|的)"
)


class Case:
    """A chain to be judged, `place` in its phrase. `previous` is the chain judged before it in the sentence.

    `aims`: it stands among the aims of the policy; `awarding`: its sentence, or the one it goes on with, gives something.
    """

    __slots__ = ("aims", "awarding", "chain", "phrase", "place", "places", "previous", "sentence", "text")

    def __init__(
        self,
        sentence: Sentence,
        phrase: Phrase,
        place: int,
        previous: Chain | None,
        aims: bool,
        awarding: bool,
    ) -> None:
        self.text = sentence.text
        self.sentence, self.phrase, self.previous = sentence, phrase, previous
        self.place, self.chain = place, phrase.chains[place]
        self.aims, self.awarding = aims, awarding
        # the last place in the window of each class of cues
        self.places = {token.cue: at for at, token in enumerate(self.chain.window)}

    def settle(self, role: Role, rule: str, *, capped: bool = False, uplift: bool = False) -> None:
        """Gives the chain its role."""
        chain = self.chain
        chain.role, chain.rule, chain.capped, chain.uplift = role, rule, capped, uplift
        if role == "benefit":
            chain.is_award = "money" in [quantity.kind for quantity in chain.quantities]

    # --- in front

    def last(self, *cues: str) -> int:
        """The place in the window of the last cue of these classes, -1 where there is none."""
        places = self.places
        if len(cues) == 1:
            return places.get(cues[0], -1)
        return max([places.get(cue, -1) for cue in cues])

    def has(self, *cues: str) -> bool:
        """Whether the window holds a cue of one of these classes."""
        return not self.places.keys().isdisjoint(cues)

    @property
    def following(self) -> Chain | None:
        """The next chain of the phrase."""
        at = self.place + 1
        return self.phrase.chains[at] if at < len(self.phrase.chains) else None

    @property
    def goes_on_list(self) -> bool:
        """Whether a chain stands before this one in the same phrase."""
        return self.place > 0

    def stands_behind(self, characters: str) -> bool:
        """Whether one of these characters stands directly in front: 超100万元."""
        at = self.chain.start
        return at > 0 and self.text[at - 1] in characters

    # --- behind

    @property
    def is_awarded(self) -> bool:
        """Whether what follows is the award's noun: 50%的补贴, 300万元的运营经费支持.

        Not so where it is the verb of the next amount (500亩以上的奖励5万元) or of the sentence (…的项目给予).
        """
        chain = self.chain
        if not chain.after:
            return False
        noun = chain.after[0]
        if noun.cue not in ("award", "support", "once"):
            return False
        if chain.bound in _BOUNDS and self.goes_on("的") and not self.has("give"):
            return False  # 单户1000万元以下的配套企业贷款
        if not _OF_AWARD.fullmatch(self.text, chain.tail, noun.start):
            return False
        following = self.following
        return (
            following is None
            or following.start - noun.end > 4
            or "、" in self.text[noun.end : following.start]
        )

    @property
    def gives_behind(self) -> bool:
        """Whether a verb of giving follows directly: 20%给予企业奖励."""
        after = self.chain.after
        return bool(after) and after[0].cue in AWARDS and after[0].start - self.chain.tail <= 4

    @property
    def ends_condition(self) -> bool:
        """Whether the text behind goes on as behind a condition."""
        return _CONDITION_ENDS.match(self.text, self.chain.tail) is not None

    def goes_on(self, *words: str) -> bool:
        """Whether one of these words follows the chain and its bound."""
        return self.text.startswith(words, self.chain.tail)
