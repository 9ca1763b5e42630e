"""Builds the plain view of a small policy out of a title and a body, by the stages themselves."""

from __future__ import annotations

from loaders.plain import PlainView, plain_view
from loaders.segment import segment_clauses
from loaders.types import OffsetMap, PolicyText, Span

TITLE = "某市某区支持产业发展若干措施"


def view_of(body: str, title: str = TITLE) -> PlainView:
    """The plain view of a policy whose body is `body`, with its markers ("第一条 …")."""
    text = f"{title}\n{body}"
    policy = PolicyText("t", "0", 1, text, OffsetMap((0,), (0,)), Span(0, len(title)), len(title))
    return plain_view(policy, segment_clauses(policy))


def article(text: str) -> PlainView:
    """The plain view of a policy with one article that holds `text`; it is passage 0."""
    return view_of(f"第一条 {text}")
