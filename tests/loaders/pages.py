"""Pages for the tests of what a policy is: a text as a portal shows it → the plain view of the policy on it."""

from __future__ import annotations

from loaders.plain import PlainView, plain_view
from loaders.segment import segment_clauses
from loaders.split import split_policies
from loaders.types import Document

CLAUSES = "第一条 对企业给予最高100万元奖励。\n第二条 对项目给予最高200万元补助。"


def view_of_page(text: str) -> PlainView:
    """The view of the one policy on a page."""
    (policy,), _ = split_policies(Document("page.txt", text, "0"))
    return plain_view(policy, segment_clauses(policy))


def view_of_policy(title: str, closing: str = "", *, head: str = "", preamble: str = "") -> PlainView:
    """The view of a policy with two clauses: `head` in front of its title, `preamble` behind it, `closing` as third clause."""
    lines = [head, title, preamble, CLAUSES, f"第三条 {closing}" if closing else ""]
    return view_of_page("\n".join(line for line in lines if line))
