"""Reads the heading of each clause by the annotators' convention (tests/gold/GUIDELINE.md); knows no markers and no facts."""

from __future__ import annotations

import re
from functools import cache

from loaders.lexicon import read_lexicon
from loaders.types import Clause

# The longest heading seen is 46 characters (004 第七条(1)); beyond this a line is text.
_LONGEST = 60
# A slogan closed by a full stop is short; longer first sentences say what is supported.
_LONGEST_SENTENCE = 32
# "总体目标", "附则": so short that a blank alone closes it.
_SECTION_LABEL = 4
_BRACKETS = re.compile(r"\([^()]*\)")
# A full stop, or a blank that is none of the text's own: "CMMI 3级", "GB/T 4754"
_STOP = re.compile("。|(?<![A-Za-z0-9]) ")
# "对通过…的企业" says whom an award is for; "对外开放" is a matter.
_OPENS_AWARD = re.compile("对(?!外|接|标|口|话|冲)")
_AWARDS = re.compile(r"给予|予以|奖励\d|补贴\d|最高|不超过|\d ?[万亿]|\d%")


def read_headings(clauses: list[Clause], text: str, folded: str) -> None:
    """Sets heading, heading_end and the text's start of every clause; `folded` is `text` with half-width punctuation."""
    parents = {clause.parent for clause in clauses}
    for at, clause in enumerate(clauses):
        own = folded[clause.text_start : clause.end]
        start = clause.text_start + len(own) - len(own.lstrip())
        clause.text_start = clause.heading_end = start
        found = _heading(own.strip(), has_children=at in parents)
        if found:
            length, skipped = found
            clause.heading = text[start : start + length].strip("【】").rstrip("。:\uff1a").strip()
            clause.heading_end = start + length + skipped


def _heading(own: str, *, has_children: bool) -> tuple[int, int] | None:
    """(length of the heading, characters between it and the text) at the start of a clause's own text, or None."""
    if own.startswith("【"):
        close = own.find("】")
        return (close + 1, 0) if 0 < close <= _LONGEST else None
    line, _, more = own.partition("\n")
    if more or has_children:
        whole = line.rstrip("。")
        longest = _LONGEST if whole == line else _LONGEST_SENTENCE
        if len(whole) <= longest and not re.search("[。 ]", whole) and _is_label(whole):
            return len(line), 1 if more else 0
    return _closed_slogan(line) or _label(line) or _run_on(line)


def _is_label(words: str) -> bool:
    words = _BRACKETS.sub("", words)  # "强化科技创新(由区科技局牵头)"
    return (
        bool(words)
        and words[-1] not in ";,:在达按和与及或"
        and not _OPENS_AWARD.match(words)
        and not _AWARDS.search(words)
        and not _rule_words().search(words)
        and (_slogan_verb().match(words) is not None or not _subject_words().search(words))
    )


def _closed_slogan(line: str) -> tuple[int, int] | None:
    """ "支持关键技术攻关。支持企业…", "支持企业快速成长 支持企业提高业务水平…"."""
    stop = _STOP.search(line)
    if not stop or stop.end() == len(line):
        return None
    words, at = line[: stop.start()], stop.start()
    if stop[0] == " ":
        following = line[stop.end() : stop.end() + 1]
        if following == "。":  # "支持贷款贴息产业化 。"
            return (at, 2) if at <= _LONGEST_SENTENCE and _is_label(words) else None
        opens = following in "(0123456789" or _goes_on().match(line, stop.end()) is not None
        closed = at <= _SECTION_LABEL or (at <= _LONGEST and opens)
    else:
        closed = at <= _LONGEST_SENTENCE
    return (at, 1) if closed and at >= 2 and _is_label(words) else None


def _label(line: str) -> tuple[int, int] | None:
    """ "综合贡献补助:对符合…"; never half a ratio ("按市级资金1:0.5给予…")."""
    stop = line.find(":")
    words = line[:stop]
    if not 2 <= stop <= 14 or words[-1].isdigit() or re.search("[,。;]", words):
        return None
    if words.endswith(_introduces()):
        return None
    return (stop, 1) if _is_label(words) else None


def _run_on(line: str) -> tuple[int, int] | None:
    """ "支持大模型合规备案对通过…", "鼓励垂类大模型研发,对购买…"."""
    match = _run_on_slogan().match(line)
    return (match.end(1), 0) if match and not _AWARDS.search(match[1]) else None


@cache
def _goes_on() -> re.Pattern[str]:
    lexicon = read_lexicon("headings")
    return re.compile("|".join([*lexicon["verbs"], *lexicon["goes_on"]]))


@cache
def _rule_words() -> re.Pattern[str]:
    return re.compile("|".join(read_lexicon("headings")["rule_words"]))


@cache
def _slogan_verb() -> re.Pattern[str]:
    return re.compile("|".join(read_lexicon("headings")["verbs"]))


@cache
def _subject_words() -> re.Pattern[str]:
    return re.compile("|".join(read_lexicon("headings")["subject_words"]))


@cache
def _introduces() -> tuple[str, ...]:
    return tuple(read_lexicon("headings")["introduces"])


@cache
def _run_on_slogan() -> re.Pattern[str]:
    verbs = "|".join(read_lexicon("headings")["verbs"])
    return re.compile(
        rf"((?:{verbs})[^,。;:]{{3,18}}?(?=对(?!外|接|标|口|话|冲)|支持(?!,)|鼓励)"
        rf"|(?:{verbs})[^,。;:]{{3,42}}(?=,(?:对|支持|鼓励|根据|按照|通过|给予|经)))"
    )
