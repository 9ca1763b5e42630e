"""A small language for what the amounts of a text are: "cap 200万 企业/year", "rate 30%", "T 1亿", "pool 5亿", in the text's order."""

from __future__ import annotations

from loaders.amounts import ClauseAmounts, extract_amounts
from loaders.plain import PlainView
from tests.loaders.passages import article, view_of

YI, WAN = 100_000_000, 10_000


def written(value: float, unit: str) -> str:
    """2000000 CNY → 200万, 0.3 share → 30%, 3 year → 3年; other units by their name."""
    if unit == "share":
        return f"{round(value * 100, 4):g}%"
    number = f"{value / YI:g}亿" if value >= YI else f"{value / WAN:g}万" if value >= WAN else f"{value:g}"
    return number + {"CNY": "", "year": "年"}.get(unit, unit)


def facts(found: ClauseAmounts) -> list[tuple[tuple[int, int], str]]:
    """Every amount with its span."""
    out = []
    for benefit in found.benefits:
        text = f"{benefit.kind} {written(benefit.value, benefit.unit)}"
        if benefit.per or benefit.period:
            text += f" {benefit.per or '-'}/{benefit.period or '-'}"
        out.append((benefit.span, text))
    out += [(t.span, f"T {written(t.value, t.unit)}") for t in found.thresholds]
    out += [(o.span, f"{o.kind} {written(o.value, o.unit)}") for o in found.other_amounts]
    out += [(u.span, "unread") for u in found.unread]
    return sorted(out, key=lambda fact: (fact[0][1], fact[0][0]))


def said(text: str) -> list[str]:
    """What the amounts of a policy with one article are."""
    passages, _ = extract_amounts(article(text))
    return [fact for passage in passages for _, fact in facts(passage)]


def said_by_clause(body: str) -> dict[str, list[str]]:
    """The same for every clause of a body with markers, by the last part of its cite."""
    view = view_of(body)
    passages, _ = extract_amounts(view)
    return {
        passage.cite[-1]: [fact for _, fact in facts(found)]
        for passage, found in zip(view.passages, passages, strict=True)
    }


def quotes(text: str) -> list[str]:
    """The quotes of the amounts, as the plain view has them."""
    view: PlainView = article(text)
    passages, _ = extract_amounts(view)
    return [view.text[start:end] for passage in passages for (start, end), _ in facts(passage)]
