"""Says which passages support nothing themselves: goals, scope, general provisions, procedures.

Shared by the stages that look for what a policy supports; the words are data/lexicons/sections.yaml.
"""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.lexicon import pattern
from loaders.plain import PlainView

# 支持标准:国家级智能工厂奖励200万元: such a passage gives, whatever its heading.
_AWARD = re.compile(r"(?:给予|予以|奖励|补助|补贴|资助|奖补|支持)[^。;]{0,40}?\d[\d.,]*(?:万|亿|元|%)")


@lru_cache(maxsize=1)  # two stages ask for the same view, one after the other
def general_passages(view: PlainView) -> tuple[bool, ...]:
    """For each passage, whether it is general: by its heading, by one above it, or by how its text begins."""
    sections, headings = pattern("sections", "sections"), pattern("sections", "own_headings")
    openings = pattern("sections", "openings")
    inherited: list[bool] = []
    general: list[bool] = []
    for passage in view.passages:
        heading = (passage.heading or "").strip("。:")
        above = passage.parent >= 0 and inherited[passage.parent]
        inherited.append(above or bool(heading and sections.search(heading)))
        start = passage.start + (view.text[passage.start : passage.start + 1] in " \n")
        general.append(
            inherited[-1]
            or bool(heading and headings.search(heading) and not _AWARD.search(view.text, start, passage.end))
            or openings.match(view.text, start, passage.end) is not None
        )
    return tuple(general)
