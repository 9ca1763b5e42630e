"""Decides what every quantity of a sentence is: benefit, threshold, another amount with its kind, or unread with a reason.

One function a kind of quantity, its rules in order, each verdict named by its rule. Who is paid and how often is for terms.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.amounts.cues import Sentence, schemes
from loaders.amounts.phrases import Chain, Phrase, Role

_AWARDS = frozenset(("give", "award", "support"))
_CEILINGS = frozenset(("cap", "limit"))

# 5亿元以下的,给予…: the quantity ends a condition.
_CONDITION_ENDS = re.compile(r"的?(?:[,;:。、且并\n]|给予|予以|可|按|奖|分|一次|$)")
# 对投资1000万元以上的项目: what follows is who meets the condition.
_CONDITION_OF = re.compile(r"的?[^,;。\n]{0,16}")
_AIMS = re.compile(r"到20\d\d年|20\d\d年底|20\d\d年末|[一二三四五]五末")


@dataclass(slots=True)
class _Context:
    """What a chain's verdict may look at besides the chain: its sentence and phrase, the verdict before, the clause."""

    sentence: Sentence
    phrase: Phrase
    previous: Chain | None
    aims: bool
    awarding: bool

    @property
    def text(self) -> str:
        return self.sentence.text


def decide_roles(sentence: Sentence, phrases: list[Phrase], in_aims: bool, awarding: bool) -> None:
    """Gives every chain its role, rule, `capped` and `uplift`.

    `in_aims`: the clause is headed 总体目标 or the like. `awarding`: the sentence stands under one that grants (按以下标准给予奖励:).
    """
    cues = sentence.cues
    gives = "give" in cues or "award" in cues
    aims = (in_aims and "give" not in cues) or (
        not gives
        and ("goal" in cues or _AIMS.search(sentence.text, sentence.start, sentence.end) is not None)
    )
    previous: Chain | None = None
    for phrase in phrases:
        for chain in phrase.chains:
            context = _Context(sentence, phrase, previous, aims, awarding or gives or "support" in cues)
            kind = chain.quantities[0].kind
            if chain.quantities[0].value is None:
                _settle(chain, "unread", "数字不可读")
            else:
                _DECIDE[kind](chain, context)
            previous = chain


def _settle(chain: Chain, role: Role, rule: str, capped: bool = False, uplift: bool = False) -> None:
    chain.role, chain.rule, chain.capped, chain.uplift = role, rule, capped, uplift


# --- what stands around a chain


def _last(chain: Chain, cues: frozenset[str] | tuple[str, ...]) -> int:
    """The place in the window of the last cue of these classes, -1 where there is none."""
    window = chain.window
    for at in range(len(window) - 1, -1, -1):
        if window[at].cue in cues:
            return at
    return -1


def _has(chain: Chain, *cues: str) -> bool:
    return any(token.cue in cues for token in chain.window)


# What may stand between an amount and the noun of the award: 200万元(含税)的科研经费
_OF_AWARD = re.compile(r"(?:\([^()]*\))?的?[^,;。、的且并不]{0,6}")


def _awarded_behind(chain: Chain, context: _Context) -> bool:
    """Whether what follows is the award's noun: 50%的补贴, 300万元的运营经费支持.

    Not so where it is the verb of the next amount (500亩以上的奖励5万元) or the verb of the sentence (…的项目给予).
    """
    if not chain.after:
        return False
    token = chain.after[0]
    if token.cue not in ("award", "support", "once") or not _OF_AWARD.fullmatch(
        context.text, chain.tail, token.start
    ):
        return False
    return not any(
        other.window
        and other.window[0] is token
        and other.start - token.end <= 4
        and "、" not in context.text[token.end : other.start]
        for other in context.phrase.chains
    )


# 按最高1.5元/平方米/天、总面积不超过2000平方米的标准
_OF_STANDARD = re.compile(r"的?(?:标准|额度|比例|幅度|限额)")


def _ends_condition(chain: Chain, text: str) -> bool:
    """Whether the text behind goes on as behind a condition: 以上的,给予…; 以上且…; 以上的企业."""
    match = _CONDITION_ENDS.match(text, chain.tail)
    return match is not None or text.startswith("的", chain.tail)


def _is_direct(chain: Chain, text: str, characters: str) -> bool:
    return text[chain.start - 1 : chain.start] in characters and chain.start > 0


# --- money and areas


def _decide_amount(chain: Chain, context: _Context) -> None:
    """Money and areas: a step, a reference, a pool, an aim; then by the last cue in front; then by what stands behind."""
    text = context.text
    is_area = chain.quantities[0].kind == "area"
    if is_area and _is_territory(chain, text):
        _settle(chain, "territory", "地域面积")
    elif _has(chain, "each") and _last(chain, ("each",)) > _last(chain, (*_AWARDS, *_CEILINGS)):
        _settle(chain, "threshold", "每满一定数额")
    elif _has(chain, "base") and text.startswith(("标准执行", "标准计", "计算"), chain.tail):
        _settle(chain, "reference", "参照的标准")
    elif not is_area and _is_pool(chain, context):
        _settle(chain, "pool", "资金总盘子")
    elif context.aims or (is_area and _has(chain, "goal", "build") and not _has(chain, *_CEILINGS, *_AWARDS)):
        _settle(chain, "goal", "目标")
    else:
        _decide_by_cue(chain, context)


def _is_territory(chain: Chain, text: str) -> bool:
    """225平方公里范围内."""
    return any(
        "公里" in text[q.start : q.end] or "千米" in text[q.start : q.end] for q in chain.quantities
    ) or text.startswith(("范围", "区域"), chain.tail)


_FUNDS = re.compile("资金|规模|经费")


def _is_pool(chain: Chain, context: _Context) -> bool:
    """每年安排5000万元专项资金, 设立总规模10亿元的基金: money set aside, for nobody yet."""
    setting = _last(chain, ("pool", "found"))
    if setting < 0 or _has(chain, "counter", "for", "give"):
        return False
    word = chain.window[setting]
    between = context.text[word.start : chain.start]
    named = _FUNDS.search(between) is not None or schemes().search(between) is not None
    if any(token.cue in ("metric", "award") for token in chain.window[setting + 1 :]) and not named:
        return False
    tail = context.text[chain.tail : chain.tail + 16].split(",", 1)[0]
    return (
        named
        or schemes().search(tail) is not None
        or (word.cue == "pool" and _FUNDS.search(tail) is not None)
    )


def _decide_by_cue(chain: Chain, context: _Context) -> None:
    text = context.text
    cap, limit, floor = (_last(chain, (cue,)) for cue in ("cap", "limit", "floor"))
    award, metric = _last(chain, _AWARDS), _last(chain, ("metric",))
    awarded = _awarded_behind(chain, context) or _OF_STANDARD.match(text, chain.tail) is not None
    if _has(chain, "raise_to"):
        _settle(chain, "benefit", "提高至", capped=True)
    elif _has(chain, "raise") and (award >= 0 or awarded) and not chain.bound:
        _settle(chain, "benefit", "提高", uplift=True)
    elif cap >= 0 and floor < cap:
        _settle(chain, "benefit", "最高", capped=True)
    elif limit >= 0 and floor < limit:
        if metric >= 0 and award < 0 and not awarded and _ends_condition(chain, text):
            _settle(chain, "threshold", "不超过的条件")
        else:
            _settle(chain, "benefit", "不超过", capped=True)
    elif floor >= 0 or _is_direct(chain, text, "超达满过逾破≥>"):
        if awarded and not _has(chain, "obtain") and text[chain.window[floor].start] == "不":
            _settle(chain, "benefit", "不低于的奖励")
        else:
            _settle(chain, "threshold", "达到")
    elif award >= 0 or _is_direct(chain, text, "奖补"):
        _decide_award(chain, context, award, metric, awarded)
    elif chain.bound and not awarded:
        _settle(chain, "threshold", "以上以下")
    elif metric >= 0 and not awarded:
        _settle(chain, "threshold", "指标数额")
    else:
        _decide_by_context(chain, context, awarded)


def _decide_award(chain: Chain, context: _Context, award: int, metric: int, awarded: bool) -> None:
    """Behind a word of giving: an award, unless a bound or a measured quantity makes it a condition."""
    ceiling = chain.bound in ("以内", "之内", "封顶", "为限", "为上限")
    obtained = _last(chain, ("obtain",))
    if (
        (0 <= obtained < award and context.text.startswith("的", chain.tail) and not awarded)
        or (chain.bound and not awarded and not (ceiling and _ends_phrase(chain, context)))
        or (metric > award and not awarded and _ends_condition(chain, context.text))
    ):
        _settle(chain, "threshold", "支持对象的条件")
    else:
        _settle(chain, "benefit", "给予", capped=ceiling)


def _ends_phrase(chain: Chain, context: _Context) -> bool:
    return context.text[chain.tail : chain.tail + 1] in (",", ";", "。", "", "\n", "、")


def _decide_by_context(chain: Chain, context: _Context, awarded: bool) -> None:
    """Nothing in front says it: labels of a list (国家级100万元、省级50万元), or the sentence as a whole."""
    previous = context.previous
    text = context.text
    if awarded:
        _settle(chain, "benefit", "所给予的", capped=False)
    elif _condition_clearly_ends(chain, text) or _measures_behind(chain):
        _settle(chain, "threshold", "的字条件")
    elif (
        previous
        and previous in context.phrase.chains
        and previous.quantities[0].kind == chain.quantities[0].kind
    ):
        _settle(chain, previous.role, "同列", previous.capped, previous.uplift)
    elif previous and previous.is_award and not _has(chain, "for", "obtain"):
        _settle(chain, "benefit", "同列", previous.capped)
    elif context.awarding:
        _settle(chain, "benefit", "全句给予")
    else:
        _settle(chain, "unread", "没有说明这一数额用途的词")


def _measures_behind(chain: Chain) -> bool:
    """5000万元税收楼: the noun behind measures, and nothing is given of it (50万元租金补贴)."""
    if not chain.after or chain.after[0].cue != "metric" or chain.after[0].start - chain.tail > 1:
        return False
    return len(chain.after) == 1 or chain.after[1].cue not in _AWARDS


_CLEAR_END = re.compile(r"的(?:[,;。\n]|给予|予以|可|按|分别|一次|且|并|奖|补|资助|$)")


def _condition_clearly_ends(chain: Chain, text: str) -> bool:
    """5000万元至1亿元(含)的,按7%给予."""
    return _CLEAR_END.match(text, chain.tail) is not None


# --- shares and ratios


def _decide_share(chain: Chain, context: _Context) -> None:
    text = context.text
    base = _last(chain, ("base", "give", "award", "support", "cap", "limit", "raise_to", "counter"))
    floor, growth, goal = (_last(chain, (cue,)) for cue in ("floor", "growth", "goal"))
    awarded = _awarded_behind(chain, context)
    if context.aims or (goal >= 0 and base < 0):
        _settle(chain, "goal", "目标")
    elif _is_instalment(chain, context):
        _settle(chain, "reference", "分期拨付")
    elif _has(chain, "raise_to"):
        _settle(chain, "benefit", "提高至")
    elif _has(chain, "raise") and not chain.bound and _last(chain, ("raise",)) > growth:
        if _has(chain, "award", "base") or _is_added(text, chain):
            _settle(chain, "benefit", "提高", uplift=True)
        else:
            _settle(chain, "eligibility", "增长条件")
    elif _has(chain, "each") and base < _last(chain, ("each",)):
        _settle(chain, "eligibility", "每增长")
    elif chain.bound not in ("", "以内", "封顶", "为限", "为上限") and not awarded:
        _settle(chain, "eligibility", "比例条件")
    elif max(floor, growth) >= 0 and max(floor, growth) >= base - (0 if floor < base else 1):
        if (awarded or _gives_behind(chain)) and base >= 0:
            _settle(chain, "benefit", "比例")
        else:
            _settle(chain, "eligibility", "比例条件")
    elif base >= 0 or awarded or chain.window or _gives_behind(chain):
        if context.awarding:
            _settle(chain, "benefit", "比例")
        else:
            _settle(chain, "eligibility", "比例条件")
    elif context.previous and context.previous in context.phrase.chains:
        _settle(
            chain,
            context.previous.role if context.previous.quantities[0].kind == "share" else "benefit",
            "同列",
        )
    elif context.awarding:
        _settle(chain, "benefit", "全句给予")
    else:
        _settle(chain, "unread", "没有说明这一比例用途的词")


def _gives_behind(chain: Chain) -> bool:
    return bool(chain.after) and chain.after[0].cue in _AWARDS and chain.after[0].start - chain.tail <= 4


def _is_added(text: str, chain: Chain) -> bool:
    return (
        text[max(0, chain.start - 4) : chain.start].startswith(("再", "上浮", "上调", "追加"))
        or "再" in text[max(0, chain.start - 4) : chain.start]
    )


def _is_instalment(chain: Chain, context: _Context) -> bool:
    """每年比例为40%、30%、30%; 先拨付50%: how a grant is paid out."""
    if chain.window and chain.window[-1].cue == "payout" and chain.start - chain.window[-1].end <= 3:
        return True
    if any(token.cue == "payout" and token.start - chain.tail <= 6 for token in chain.after[:1]):
        return True
    shares = [q.value or 0 for q in chain.quantities if q.kind == "share"]
    return len(shares) > 1 and abs(sum(shares) - 1) < 1e-6 and "payout" in context.sentence.cues


def _decide_ratio(chain: Chain, context: _Context) -> None:
    """1:0.5 is what the clause adds to upper money, where the sentence gives anything."""
    if context.awarding and not _has(chain, "floor"):
        _settle(chain, "benefit", "配套比例")
    else:
        _settle(chain, "unread", "没有说明这一比值用途的词")


# --- terms of years

_NO_TERM_BEFORE = "近上下第满每末"
_NO_TERM_BEHIND = re.compile(
    r"(?:之|以)?内|以来|及?以上|及?以下|[^,。;]{0,4}期内|期(?!限)|级|前|后|来|行动|攻坚|规划|计划|一度|一遇|末|初|底|起|制|间|时间"
)
_ORDINAL = re.compile(r"第(?:[一二三四五六七八九十0-9]+[、和至-])+$")
# 前三年给予100%、后两年给予50%: the years that the support runs; 前三年平均 looks back.
_STAGES = "前后头"


def _decide_years(chain: Chain, context: _Context) -> None:
    text = context.text
    following = chain.after[0] if chain.after else None
    if _has(chain, "valid") or (following and following.cue == "valid" and following.start - chain.end <= 1):
        _settle(chain, "elsewhere", "有效期")
    elif (
        _is_direct(chain, text, "分")
        and "连续" not in text[chain.start : chain.end]
        and not _gives_behind(chain)
    ):
        _settle(chain, "reference", "分期拨付")
    elif _is_direct(chain, text, _NO_TERM_BEFORE) or _ORDINAL.search(
        text, max(0, chain.start - 12), chain.start
    ):
        _settle(chain, "eligibility", "年限条件")
    elif _runs(chain, context):
        _settle(chain, "benefit", "支持年限")
    elif "sanction" in context.sentence.cues:
        _settle(chain, "eligibility", "处罚期限")
    elif _NO_TERM_BEHIND.match(text, chain.end) or _is_direct(chain, text, _STAGES):
        _settle(chain, "eligibility", "年限条件")
    elif context.aims or not context.awarding or chain.quantities[0].value == 1:
        _settle(chain, "elsewhere", "叙述")
    elif (
        any(token.cue in _MEASURING for token in (*chain.window, *chain.after))
        or "的" in text[chain.end : context.phrase.end]
    ):
        _settle(chain, "eligibility", "年限条件")
    else:
        _settle(chain, "unread", "没有说明这一年限用途的词")


_MEASURING = frozenset(("floor", "growth", "metric", "obtain", "limit"))
# 连续三年、每年…; 连续3年给予…; not 连续三年在库的再奖励
_FOLLOWS = re.compile("[^的,;。]{0,4}")
_ON_AND_ON = frozenset(("yearly", "give", "award", "support", "base", "cap", "counter", "payout"))


def _runs(chain: Chain, context: _Context) -> bool:
    """Whether support runs so long: 连续支持不超过3年, 给予连续三个自然年度补助; not 连续3年增长, 3年以上."""
    text = context.text
    awards = _has(chain, *_AWARDS)
    if not context.awarding or _has(chain, "floor", "obtain"):
        return False
    if _has(chain, "cap") or (_has(chain, "limit") and not text.startswith("的", chain.tail)):
        return awards or not _has(chain, "metric") or _has(chain, "term")
    if not awards and not context.sentence.cues & _AWARDS:
        return False
    if _NO_TERM_BEHIND.match(text, chain.end):
        return chain.bound in ("以内", "之内") and awards and _has(chain, "term")
    if _has(chain, "raise_to"):
        return True
    following = chain.after[0] if chain.after else None
    followed = (
        following is not None
        and following.cue in _ON_AND_ON
        and _FOLLOWS.fullmatch(text, chain.end, following.start) is not None
    )
    if _is_direct(chain, text, _STAGES):
        return followed
    if "连续" not in text[chain.start : chain.end] and not _has(chain, "term") and not awards:
        return following is not None and following.cue in _AWARDS and following.start == chain.end
    return followed or awards or (following is None and text[chain.end : chain.end + 1] in ",、;。")


_DECIDE = {
    "money": _decide_amount,
    "area": _decide_amount,
    "share": _decide_share,
    "ratio": _decide_ratio,
    "years": _decide_years,
}
