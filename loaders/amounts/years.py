"""Rules for terms of years: how long a support runs, or what else they say (有效期3年, 近3年无处罚, 三年行动计划)."""

from __future__ import annotations

import re

from loaders.amounts.case import AWARDS, Case

_NO_TERM_BEFORE = "近上下第满每末"
_NO_TERM_BEHIND = re.compile(
    r"(?:之|以)?内|以来|及?以上|及?以下|[^,。;]{0,4}期内|期(?!限)|级|前|后|来|末|初|底|起|间|时间"
)
# 三年行动计划, 一年一度, 20年一遇
_PLAN = re.compile("行动|攻坚|规划|计划|一度|一遇|制")
_ORDINAL = re.compile(r"第(?:[一二三四五六七八九十0-9]+[、和至-])+$")
# 前三年给予100%、后两年给予50%: the years that the support runs; 前三年平均 looks back.
_STAGES = "前后头"
# 自认定之日起三年内,按地方贡献的80%给予扶持; 三年内每年给予…
_WITHIN = re.compile("内,?(?:每年|逐年|分年度|给予|全额|按(?!时|期|规定|要求|程序|有关))")
# 自投产的下一年度起连续2年内,给予…
_FROM_ON = re.compile("起连续$")
# 连续三年在库且保持增长的企业
_RELATIVE_WITHIN = 40
_MEASURES = ("floor", "growth", "metric", "obtain", "limit")


def decide_years(case: Case) -> None:
    """Gives a term of years its role; one that conditions or penalises is listed as eligibility."""
    chain, text = case.chain, case.text
    following = chain.after[0] if chain.after else None
    if case.has("valid") or (following and following.cue == "valid" and following.start - chain.end <= 1):
        case.settle("elsewhere", "有效期")
    elif case.stands_behind("分") and not case.gives_behind and "连续" not in text[chain.start : chain.end]:
        case.settle("reference", "分期拨付")
    elif case.stands_behind(_NO_TERM_BEFORE) or _ORDINAL.search(text, max(0, chain.start - 12), chain.start):
        case.settle("eligibility", "年限条件")
    elif _runs(case):
        case.settle("benefit", "支持年限")
    elif "sanction" in case.sentence.cues:
        case.settle("eligibility", "处罚期限")
    elif (
        _NO_TERM_BEHIND.match(text, chain.end)
        or case.stands_behind(_STAGES)
        or (case.awarding and _STATE.match(text, chain.end))
    ):
        case.settle("eligibility", "年限条件")
    elif not case.has(*_MEASURES) and (
        case.aims or not case.awarding or chain.quantities[0].value == 1 or _PLAN.match(text, chain.end)
    ):
        case.settle("elsewhere", "叙述")
    elif text.find("的", chain.end, min(case.phrase.end, chain.end + _RELATIVE_WITHIN)) > 0 or any(
        token.cue in _MEASURES for token in (*chain.window, *chain.after)
    ):
        # 连续三年在库的企业
        case.settle("eligibility", "年限条件")
    else:
        case.settle("unread", "没有说明这一年限用途的词")


# 连续两年在库再奖励5万元: what somebody has been so long
_STATE = re.compile(
    "(?:均|都)?(?:在库|在统|纳统|保持|正?增长|获|入选|入围|认定|达|上榜|盈利|稳定|考核|被评|评)"
)
# 连续三年、每年…; 连续3年给予…; not 连续三年在库的再奖励
_FOLLOWS = re.compile("[^的,;。]{0,4}")
_ON_AND_ON = frozenset(("yearly", "give", "award", "support", "base", "cap", "counter", "payout"))


def _runs(case: Case) -> bool:
    """Whether support runs so long: 连续支持不超过3年, 给予连续三个自然年度补助; not 连续3年增长, 3年以上."""
    chain, text = case.chain, case.text
    if _STATE.match(text, chain.end):
        return False
    if not case.awarding or case.has("floor", "obtain"):
        return False
    awards, term = case.has("support_term", *AWARDS), case.has("term")
    if case.has("cap") or (case.has("limit") and not case.goes_on("的")):
        return awards or term or not case.has("metric")
    if not awards and case.sentence.cues.isdisjoint(AWARDS):
        return False
    if _WITHIN.match(text, chain.end):
        return True
    if _FROM_ON.search(text, max(0, chain.start - 8), chain.start) and text.startswith("内", chain.end):
        return True
    if _NO_TERM_BEHIND.match(text, chain.end):
        return chain.bound in ("以内", "之内") and awards and term
    if case.has("raise_to"):
        return True
    following = chain.after[0] if chain.after else None
    followed = (
        following is not None
        and following.cue in _ON_AND_ON
        and _FOLLOWS.fullmatch(text, chain.end, following.start) is not None
    )
    if case.stands_behind(_STAGES):
        # 前三年全额补贴: the share follows directly
        return followed or (case.following is not None and case.following.start == chain.end)
    if not (awards or term or "连续" in text[chain.start : chain.end]):
        return following is not None and following.cue in AWARDS and following.start == chain.end
    return followed or awards or (following is None and text[chain.end : chain.end + 1] in ",、;。")
