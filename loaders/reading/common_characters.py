"""How Chinese a text looks, by its common characters: tells a right decoding from a wrong one.

The characters stand in data/lexicons/common_characters.yaml.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from loaders.lexicon import read_lexicon

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_SAMPLE_CHARACTERS = 4096


def common_share(text: str) -> float:
    """From 1, where every character beyond ASCII is a common one, to -1, where none is Chinese at all.

    Looks at the first 4,096 characters beyond ASCII; a text without any gives 1.
    """
    runs = (match[0] for match in islice(_NOT_ASCII.finditer(text), _SAMPLE_CHARACTERS))
    sample = "".join(runs)[:_SAMPLE_CHARACTERS]
    if not sample:
        return 1.0
    common = _common_characters()
    score = 0
    for character in sample:
        if character in common:
            score += 1
        elif not "\u4e00" <= character <= "\u9fff":
            score -= 1
    return score / len(sample)


@cache
def _common_characters() -> frozenset[str]:
    lexicon = read_lexicon("common_characters")
    return frozenset("".join(lexicon["characters"] + lexicon["punctuation"]))
