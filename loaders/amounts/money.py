"""Rules for money and areas: benefit, threshold, pool, aim, territory or reference.

In order: what is told by its kind of sentence, then by the last cue in front, then by what stands behind, then by the list it is in.
"""

from __future__ import annotations

import re

from loaders.amounts.case import AWARDS, Case
from loaders.amounts.cues import schemes

_CEILINGS_BEHIND = ("以内", "之内")


def decide_amount(case: Case) -> None:
    """Gives a chain of money or areas its role."""
    is_area = case.chain.quantities[0].kind == "area"
    places = case.places
    if _is_said_again(case):
        case.settle("elsewhere", "括注重复")
    elif is_area and _is_territory(case):
        case.settle("territory", "地域面积")
    elif "each" in places and places["each"] > case.last("cap", "limit", *AWARDS) and not _is_price(case):
        # 收汇额每达到1000万美元给予最高2万元
        case.settle("threshold", "每满一定数额")
    elif "base" in places and case.goes_on("标准执行", "标准计", "计算"):
        case.settle("reference", "参照的标准")
    elif not is_area and ((places.keys() & _SETS_ASIDE and _is_pool(case)) or _is_budget(case)):
        case.settle("pool", "资金总盘子")
    elif (case.aims and not (case.has("counter") and case.has("cap", "limit"))) or (
        is_area and case.has("goal", "build") and not case.has("cap", "limit", "floor", "metric", *AWARDS)
    ):
        # 遴选百万平米产业空间
        case.settle("goal", "目标")
    else:
        _decide_by_cue(case)


# 每|列20万元, 每|趟; 每1000万元 has nothing between
_CLASSIFIER = re.compile("[\u4e00-\u9fff]{1,3}$")


def _is_price(case: Case) -> bool:
    """按每列20万元给予补贴: so much for each of what a classifier counts, where the sentence gives."""
    each = case.chain.window[case.places["each"]]
    return (
        case.awarding
        and case.text[each.start : each.end] == "每"
        and _CLASSIFIER.fullmatch(case.text, each.end, case.chain.start) is not None
        and not case.has("metric", "floor")
    )


def _is_said_again(case: Case) -> bool:
    """10000平方米以上(含10000平方米)."""
    previous, chain = case.previous, case.chain
    return (
        previous is not None
        and case.text.endswith("(含", 0, chain.start)
        and previous.quantities[-1].value == chain.quantities[0].value
    )


# 扶持资金由区财政统筹安排,每年不超过3000万元
_FUNDED = re.compile("(?:资金|经费)(?:由|从|在|列入)[^。;]{2,24}(?:安排|列支|统筹|预算)")


def _is_budget(case: Case) -> bool:
    """Whether the sentence says where the scheme's money comes from, and the amount bounds it."""
    if case.has("counter", "for", "give", "metric") or not case.has("limit", "yearly"):
        return False
    sentence = case.sentence
    return (
        "give" not in sentence.cues
        and _FUNDED.search(case.text, sentence.start, case.chain.start) is not None
    )


def _is_territory(case: Case) -> bool:
    """225平方公里范围内."""
    if case.goes_on("范围", "区域"):
        return True
    return any(
        word in case.text[q.start : q.end] for q in case.chain.quantities for word in ("公里", "千米", "km")
    )


_SETS_ASIDE = frozenset(("pool", "found", "total"))
_FUNDS = re.compile("资金|规模|经费")
_BUDGET = re.compile("财政|预算|每年")


def _is_pool(case: Case) -> bool:
    """每年安排5000万元专项资金, 设立总规模10亿元的基金: money set aside, for nobody yet."""
    chain, text = case.chain, case.text
    if case.has("counter", "for", "give"):
        return False
    setting = case.last("pool", "found")
    if setting < 0:
        # 每年算力券总额提升至2.5亿元
        return (
            case.has("total")
            and not case.has("award", "support")
            and schemes().search(text, case.phrase.start, chain.start) is not None
        )
    word = chain.window[setting]
    if (
        word.cue == "pool"
        and case.last("metric", "award") < setting
        and _BUDGET.search(text, case.phrase.start, word.end)
    ):
        # 县财政计划每年安排3亿元
        return True
    between = text[word.start : chain.start]
    if _FUNDS.search(between) or schemes().search(between):
        return True
    if case.last("metric", "award") > setting:
        return False
    tail = text[chain.tail : chain.tail + 16].split(",", 1)[0]
    return schemes().search(tail) is not None or (word.cue == "pool" and _FUNDS.search(tail) is not None)


# 按最高1.5元/平方米/天、总面积不超过2000平方米的标准
_OF_STANDARD = re.compile("的?(?:标准|额度|比例|幅度|限额)")


def _decide_by_cue(case: Case) -> None:
    chain, text = case.chain, case.text
    places = case.places
    if _is_bracket(case):
        case.settle("threshold", "部分")
        return
    cap, limit, floor = places.get("cap", -1), places.get("limit", -1), places.get("floor", -1)
    if cap > floor or chain.bound in ("封顶", "为限", "为上限"):
        case.settle("benefit", "最高", capped=True)
        return
    award, metric = case.last(*AWARDS), places.get("metric", -1)
    awarded = case.is_awarded or _OF_STANDARD.match(text, chain.tail) is not None
    if "raise_to" in places and not (chain.bound and not awarded and _grows(case, award, metric)):
        case.settle("benefit", "提高至", capped=True)
    elif "raise" in places and (award >= 0 or awarded) and not chain.bound:
        case.settle("benefit", "提高", uplift=True)
    elif limit > floor:
        # 总投资不超过5000万元的项目; 补贴金额不超过50万元
        if metric >= 0 > award and not awarded and case.ends_condition and not _limits_area(case):
            case.settle("threshold", "不超过的条件")
        else:
            case.settle("benefit", "不超过", capped=True)
    elif (
        floor >= 0
        and (awarded or _gives_least(case, floor))
        and not case.has("obtain")
        and text[chain.window[floor].start] == "不"
    ):
        # 给予不少于20万元奖励
        case.settle("benefit", "不低于的奖励")
    elif floor >= 0 or case.stands_behind("超达满过逾破≥>"):
        case.settle("threshold", "达到")
    elif award >= 0 or case.stands_behind("奖补"):
        _decide_behind_award(case, award, metric, awarded)
    elif chain.bound and not awarded:
        case.settle("threshold", "以上以下")
    elif metric >= 0 and not awarded:
        case.settle("threshold", "指标数额")
    else:
        _decide_by_list(case, awarded)


def _gives_least(case: Case, floor: int) -> bool:
    """给予每家企业不低于50万元、不高于200万元的奖励: the least of a range that is given."""
    following = case.following
    return (
        0 <= case.last("give") < floor
        and not case.has("metric")
        and following is not None
        and any(token.cue in ("limit", "cap") for token in following.window)
        and "," not in case.text[case.chain.tail : following.start]
    )


def _limits_area(case: Case) -> bool:
    """给予每平方米每天1元的补贴,面积不超过1000平方米: behind an award an area limits it, unless it describes somebody."""
    chain = case.chain
    if chain.quantities[0].kind != "area" or case.goes_on("的"):
        return False
    part = case.text.rfind(";", case.sentence.start, chain.start)
    before = [token.cue for token in case.sentence.tokens if part < token.start < case.phrase.start]
    return "give" in before or (case.previous is not None and case.previous.is_award)


_PART = ("部分", "的部分")
_UP_TO = ("至", "到", "-", "~")


def _is_bracket(case: Case) -> bool:
    """1亿元以下部分给予3%、1亿元至5亿元部分给予5%: the brackets of a scale."""
    if case.goes_on(*_PART):
        return True
    following = case.following
    return (
        following is not None
        and case.text[case.chain.tail : following.start] in _UP_TO
        and case.text.startswith(_PART, following.tail)
    )


def _grows(case: Case, award: int, metric: int) -> bool:
    """产值由3亿元以下增加到5亿元以上: what is measured grows."""
    previous = case.previous
    measured = case.goes_on_list and previous is not None and previous.role == "threshold"
    return award < 0 and (metric >= 0 or measured)


def _decide_behind_award(case: Case, award: int, metric: int, awarded: bool) -> None:
    """Behind a word of giving: an award, unless a bound or a measured quantity makes it a condition."""
    chain = case.chain
    ceiling = chain.bound in _CEILINGS_BEHIND
    if awarded:
        is_condition = False
    elif chain.bound:
        # 支持1亿元以内的项目并购; but 给予50万元以内
        is_condition = not (ceiling and not case.goes_on("的"))
    elif case.goes_on("的") and 0 <= case.last("obtain") < award:
        # 获得市级奖励100万元的,给予…
        is_condition = True
    else:
        is_condition = metric > award and case.ends_condition
    if is_condition:
        case.settle("threshold", "支持对象的条件")
    else:
        case.settle("benefit", "给予", capped=ceiling)


# 5000万元至1亿元(含)的,按7%给予; 达到50亩的奖励1万元
_CONDITION_CLEARLY_ENDS = re.compile(r"的(?:[,;。\n]|给予|予以|可|按|分别|一次|且|并|奖|补|资助|$)")


def _decide_by_list(case: Case, awarded: bool) -> None:
    """Nothing in front says it: a label of a list (国家级100万元、省级50万元), or the sentence as a whole."""
    chain, previous = case.chain, case.previous
    if awarded:
        case.settle("benefit", "所给予的")
    elif _CONDITION_CLEARLY_ENDS.match(case.text, chain.tail) or _measures_behind(case):
        case.settle("threshold", "的字条件")
    elif previous and case.goes_on_list and previous.quantities[0].kind == chain.quantities[0].kind:
        case.settle(previous.role, "同列", capped=previous.capped, uplift=previous.uplift)
    elif previous and previous.is_award and not case.has("for", "obtain"):
        # 每年最高150万元;购建的按照每平方米1000元给予补贴: a standard of its own is no ceiling
        case.settle("benefit", "同列", capped=previous.capped and not case.has("base", "counter"))
    elif case.awarding:
        case.settle("benefit", "全句给予")
    else:
        case.settle("unread", "没有说明这一数额用途的词")


def _measures_behind(case: Case) -> bool:
    """5000万元税收楼: the noun behind measures, and nothing is given of it (50万元租金补贴)."""
    after = case.chain.after
    if not after or after[0].cue != "metric" or after[0].start - case.chain.tail > 1:
        return False
    return len(after) == 1 or after[1].cue not in AWARDS
