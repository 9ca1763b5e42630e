"""How titles and numbers of Chinese official documents are written: shared vocabulary of the stages that read them.

What a title says of its policy is for identity.py, which documents a policy names for references.py.
"""

from __future__ import annotations

import re

from loaders.types import Span

DOC_NUMBER = (
    r"[\u4e00-\u9fffA-Z]{1,16}[〔﹝\[(【](?:19|20)\d\d[〕﹞\])】]第?\d{1,5}号"
    r"|[\u4e00-\u9fff]{2,24}令(?:第|(?:19|20)\d\d年第)?\d{1,4}号"
    r"|[\u4e00-\u9fff]{0,16}(?:公告|通告)?(?:19|20)\d\d年第\d{1,4}号(?:公告|令)?"
)
"""A document's number, as part of a pattern without groups: "京经信发〔2021〕84号", "财政部令第102号", "2023年第5号公告"."""

# Behind the word that says the kind: 》, "(试行)", "(2024年修订)", "2.0版"
_TITLE_END = re.compile(r"(?:[》”\"'\s]|\([^()]*\)|(?:V?\d\.0|升级|修订|\d{4}年?)版?)+$")
_ENDS_SO = frozenset("》”\"'\n )0123456789级订年版")
# "关于印发X的通知", "关于《X》公开征求意见的公告", "关于公开征求《X》意见的公告"
_WRAPPED = re.compile(
    r"(?:印发|发布|公布|转发|下发|颁布)(?P<issued>.+?)的?(?:通知|公告|通告|函)$"
    r"|(?:关于|就|对)《(?P<about>.+)》(?:再次|面向社会)?公开?征求(?:社会|公众)*意见(?:建议)?的(?:通知|公告|通告|函)$"
    r"|(?:征求|征集)(?:对|社会公众对|公众对)?(?P<draft>.+?)的?(?:公众|公开|社会|修改)?意见(?:建议)?的(?:通知|公告|通告|函|启事)$",
    re.DOTALL,
)
_BRACKETS = str.maketrans("﹝[(【﹞])】", "〔〔〔〔〕〕〕〕")
_NO_WORDS = re.compile(r"[\W_]+")
_LAST_BRACKET = re.compile(r"\([^()]*\)$")


def without_end(title: str) -> str:
    """A title without what may stand behind its last word (punctuation folded): "若干措施(试行)" → "若干措施"."""
    return _TITLE_END.sub("", title) if title and title[-1] in _ENDS_SO else title


def inner_title(text: str, title: Span) -> Span:
    """The title of the policy that a notice's title issues ("关于印发X的通知": X), without what stands behind its last word."""
    start, end = title
    while True:
        stripped = without_end(text[start:end])
        end = start + len(stripped)
        wrapped = _WRAPPED.search(stripped)
        if wrapped is None:
            break
        first, last = wrapped.span(wrapped.lastgroup or 0)
        start, end = start + first, start + last
    while text[start:end].startswith(("《", "\n", "“", '"')):
        start += 1
    return Span(start, end)


def plain_number(number: str) -> str:
    """A document number with the brackets that the standard prescribes: "京经信发[2021]84号" → "京经信发〔2021〕84号"."""
    return "".join(number.translate(_BRACKETS).split())


def comparable(title: str) -> str:
    """A title as it is compared: without punctuation and without a bracket at its end, "(试行)"; half-width brackets."""
    return _NO_WORDS.sub("", _LAST_BRACKET.sub("", title) if title.endswith(")") else title)
