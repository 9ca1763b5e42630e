"""Amounts, shares and dates as people say them: 200 万元, 1.5 亿元, 30%, 1:0.5. Exact yuan stand beside them on hover and in files."""

from __future__ import annotations

import re

from app.punctuation import in_print

_SCALES = ((10**8, "亿"), (10**4, "万"))
_LARGE = re.compile(r"(?<![\d.%])\d{5,}(?:\.\d+)?(?![\d.%])")
_SIGNS = str.maketrans({"\u00d7": " \u00d7 ", "=": " = "})
_SEAMS = re.compile(r"(?<=[\u4e00-\u9fa5])(?=\d)|(?<=\d)(?=[\u4e07\u4ebf]?\u5143)")
PERIODS = {"year": "每年", "once": "一次性", "total": "累计"}
UNITS = {"m2": "平方米", "mu": "亩", "year": "年", "USD": "美元"}


def say_yuan(amount: float) -> str:
    """2000000 → "200 万元", 150000000 → "1.5 亿元", 800 → "800 元"; at most two decimals."""
    number, scale = _scaled(amount)
    return f"{number} {scale}元"


def say_share(share: float) -> str:
    """0.3 → "30%", 0.015 → "1.5%"."""
    return f"{_short(share * 100)}%"


def say_ratio(ratio: float) -> str:
    """0.5 → "1:0.5"."""
    return f"1:{_short(ratio)}"


def say_range(low: float, high: float | None) -> str:
    """An amount that may be a range: "250 万元", "50 万–1000 万元", "不超过 300 万元", "50 万元起"; None: no limit is known."""
    if high is None:
        return f"{say_yuan(low)}起" if low else "不限额"
    if low == high:
        return say_yuan(high)
    if low == 0:
        return f"不超过 {say_yuan(high)}"
    number, scale = _scaled(low)
    return f"{number} {scale}".rstrip() + f"\u2013{say_yuan(high)}"


def say_span(values: list[float], *, share: bool = False) -> str:
    """From the least to the largest of several amounts or shares: "20%\u201350%", "50 万\u20133000 万元"."""
    low, high = min(values), max(values)
    if not share:
        return say_range(low, high)
    return say_share(low) if low == high else f"{say_share(low)}\u2013{say_share(high)}"


def say_short_span(low: float, high: float) -> str:
    """The same with the scale once where both have it: "200–300 万元"."""
    (least, scale), (_, other) = _scaled(low), _scaled(high)
    return f"{least}\u2013{say_yuan(high)}" if scale == other and low != high else say_range(low, high)


def spaced(words: str) -> str:
    """With a blank in front where they begin with a figure: 再给 250 万元, but 再给不超过 300 万元."""
    return f" {words}" if words[:1].isdigit() else words


def exact_yuan(amount: float) -> str:
    """2000000 → "2,000,000 元"."""
    return f"{amount:,.2f}".removesuffix(".00") + " 元"


def say_steps(steps: str) -> str:
    """How an amount was worked out, or why it is a range: "5000000×50%=2500000" → "500 万元 × 50% = 250 万元", 最高300万元 → 最高 300 万元."""
    said = _LARGE.sub(lambda figure: say_yuan(float(figure[0])), steps.translate(_SIGNS))
    return _SEAMS.sub(" ", said)


def say_working(steps: str) -> str:
    """The same in print: "500 万元 × 50% = 250 万元，未超过上限 300 万元"."""
    return in_print(say_steps(steps))


def say_benefit(kind: str, value: float, unit: str, per: str | None = None, period: str | None = None) -> str:
    """A benefit in a few words: "上限 200 万元 · 每家企业 · 每年"."""
    match kind, unit:
        case "ratio", _:
            words = say_ratio(value)
        case _, "share":
            words = say_share(value)
        case _, "CNY":
            words = say_yuan(value)
        case _:
            words = f"{_short(value)} {UNITS[unit]}"
    parts = [f"{_KINDS[kind]} {words}".strip(), say_per(per), PERIODS.get(period or "", "")]
    return " · ".join(part for part in parts if part)


def say_per(per: str | None) -> str:
    """What an amount is counted by: 企业 → 每家企业."""
    return _PER.get(per, f"每{per}") if per else ""


def say_quantity(value: float, unit: str) -> str:
    """A figure with its unit, whatever it counts: "1000 万元", "20%", "225 平方米"."""
    return say_benefit("fixed", value, unit).removeprefix("定额 ")


_KINDS = {
    "cap": "上限",
    "fixed": "定额",
    "rate": "比例",
    "ratio": "配套",
    "area": "面积",
    "years": "年限",
    "uplift": "提高",
}


_PER = {
    "企业": "每家企业",
    "机构": "每家机构",
    "单位": "每家单位",
    "个人": "每人",
    "项目": "每个项目",
    "活动": "每场活动",
    "作品": "每部作品",
}


def _scaled(amount: float) -> tuple[str, str]:
    for scale, name in _SCALES:
        if amount >= scale:
            return _short(amount / scale), name
    return _short(amount), ""


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
