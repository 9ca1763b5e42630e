"""Rules for shares and ratios: the rate of an award, an addition to it, an instalment, or the measure of a condition."""

from __future__ import annotations

import re

from loaders.amounts.case import AWARDS, Case

_CEILINGS_BEHIND = ("", "以内", "封顶", "为限", "为上限")


def decide_share(case: Case) -> None:
    """Gives a chain that begins with a share its role. A share that only measures is listed as eligibility."""
    chain = case.chain
    base = case.last("base", "raise_to", "counter", *AWARDS)
    measure = case.last("floor", "growth")
    awarded = case.is_awarded
    if case.aims or (case.has("goal") and base < 0 and not case.has("cap", "limit")):
        # all lines are to support IPv6
        case.settle("goal", "目标")
    elif _is_instalment(case):
        case.settle("reference", "分期拨付")
    elif _is_burden(case):
        case.settle("reference", "分担比例")
    elif case.has("raise_to"):
        case.settle("benefit", "提高至")
    elif case.last("raise") > case.last("growth") and not chain.bound:
        _decide_raise(case)
    elif case.last("each") > base:
        case.settle("eligibility", "每增长")
    elif chain.bound not in _CEILINGS_BEHIND and not awarded:
        case.settle("eligibility", "比例条件")
    elif measure > base and not _is_base(case, base, measure, awarded):
        # growth of at least 15%
        case.settle("eligibility", "比例条件")
    elif base < 0 <= case.last("limit") and not awarded and case.goes_on("的"):
        # an interest rate of at most 5%
        case.settle("eligibility", "比例条件")
    else:
        _decide_rate(case, awarded)


def _is_base(case: Case, base: int, measure: int, awarded: bool) -> bool:
    """Whether what is measured is the base of an award: 按同比超出部分的20%给予奖励; 增长部分最高20%."""
    if case.last("cap") > measure:
        return True
    return (base >= 0 or case.has("cap", "limit")) and (awarded or case.gives_behind)


def _decide_rate(case: Case, awarded: bool) -> None:
    chain, previous = case.chain, case.previous
    if chain.window or awarded or case.gives_behind:
        if case.awarding:
            case.settle("benefit", "比例")
        else:
            case.settle("eligibility", "比例条件")
    elif previous and case.goes_on_list:
        case.settle(previous.role if previous.quantities[0].kind == "share" else "benefit", "同列")
    elif case.awarding:
        case.settle("benefit", "全句给予")
    else:
        case.settle("unread", "没有说明这一比例用途的词")


def _decide_raise(case: Case) -> None:
    """支持比例提高10个百分点, 贴息率再增加1% add to an award; 产值提高10% measures."""
    before = case.text[max(0, case.chain.start - 4) : case.chain.start]
    if case.has("award", "base") or "再" in before or before.startswith(("上浮", "上调", "追加")):
        case.settle("benefit", "提高", uplift=True)
    else:
        case.settle("eligibility", "增长条件")


def _is_instalment(case: Case) -> bool:
    """每年比例为40%、30%、30%; 先拨付50%; 补助总额的50%予以预拨: how a grant is paid out."""
    chain = case.chain
    if chain.window and chain.window[-1].cue == "payout" and chain.start - chain.window[-1].end <= 3:
        return True
    if any(
        token.cue == "payout"
        and token.start - chain.tail <= 6
        and not _IN_STAGES.match(case.text, token.start)
        for token in chain.after[:2]
    ):
        return True
    shares = [quantity.value or 0 for quantity in chain.quantities if quantity.kind == "share"]
    if len(shares) < 2 or abs(sum(shares) - 1) > 1e-6:
        return False
    return "payout" in case.sentence.cues or _PAID_OUT.match(case.text, chain.tail) is not None


# 按研发投入的20%分阶段给予最高3000万元: the share is the award's, paid in stages
_IN_STAGES = re.compile("分(?:阶段|期|批|年度?)(?:分别)?(?:给予|予以|最高)")
# 分五年按20%、…、20%比例发放
_PAID_OUT = re.compile("的?(?:比例|进度|额度)?(?:逐年|分年|分期|分次)?(?:给予|予以)?(?:发放|支付|兑现|到位)")
_BURDEN_BEHIND = re.compile("的?(?:比例)?(?:进行)?(?:分担|承担|负担|分配|分享|分成)")
_BURDEN_BEFORE = ("承担", "负担", "分担")


def _is_burden(case: Case) -> bool:
    """市、区财政各承担50%; 按1:1比例分担: who bears the cost of an award."""
    chain = case.chain
    return _BURDEN_BEHIND.match(case.text, chain.tail) is not None or case.text.endswith(
        _BURDEN_BEFORE, 0, chain.start
    )


# 按不低于1:0.5的比例给予配套支持
_MATCHED = re.compile("的?(?:比例|标准)?(?:给予|予以|进行|安排|落实)?(?:资金)?配套")


def decide_ratio(case: Case) -> None:
    """1:0.5 is what the clause adds to upper money, where the sentence gives anything."""
    if _is_burden(case):
        case.settle("reference", "分担比例")
    elif case.awarding and (not case.has("floor") or _MATCHED.match(case.text, case.chain.tail)):
        case.settle("benefit", "配套比例")
    else:
        case.settle("unread", "没有说明这一比值用途的词")
