"""Whether a sum passes a threshold, by the words around its figure: 超过20万元, 5000万元(含)以内, 5000万元至1亿元."""

from __future__ import annotations

import difflib
import re

from queries.clauses import Threshold
from queries.wording import find_figure, pattern


def words_before(threshold: Threshold, text: str) -> str:
    """The words of the threshold's own stretch between commas, up to its end: what it measures."""
    begin = max(text.rfind(mark, 0, threshold.end) for mark in ",。;\n") + 1
    return text[begin : threshold.end]


def name_the_same(words: str, base: str) -> bool:
    """Whether the words before a figure name the base: 研发费用合计达到1000万元, 实际研发费用合计."""
    block = difflib.SequenceMatcher(None, words, base, autojunk=False).find_longest_match()
    return block.size >= 3


def fits(value: float, threshold: Threshold, text: str) -> bool:
    """Whether a value passes a threshold, by the words around its figure."""
    figure = _figure(threshold, text)
    before, after = text[max(0, figure[0] - 6) : figure[0]], text[figure[1] : figure[1] + 8]
    upper = re.match(r"(?:[((]?(?:含|不含)[))]?)?\s*(?:以内|以下|及以下)", after) or re.search(
        r"(?:[-—~至]|不足|不超过|低于|少于)$", before
    )
    if upper:
        excluded = re.match(r"[((]不含", after) or re.search(r"(?:不足|低于|少于)$", before)
        return value < threshold.value if excluded else value <= threshold.value
    tier = re.match(r"(?:[((](?:含|不含)[))])?[-—~至]", after)
    included = not pattern("more_than").search(before) and not (tier and "含" not in after[:3])
    return value >= threshold.value if included else value > threshold.value


def _figure(threshold: Threshold, text: str) -> tuple[int, int]:
    found = find_figure(text[threshold.start : threshold.end], threshold.value, "cap") or (
        0,
        threshold.end - threshold.start,
    )
    end = threshold.start + found[1]
    return threshold.start + found[0], end + (1 if text[end : end + 1] == "元" else 0)
