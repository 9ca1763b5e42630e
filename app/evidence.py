"""How facts show where they come from: cites in one order, quoted sentences, and links that open the text with the sentence lit.

Text of documents is escaped: no title or clause becomes markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from app.texts import say

_SUBJECT = re.compile(
    r"(?:关于)?(?:加快)?(?:推动|促进|支持|激发|精准支持|加快推进)?(.+?)(?:的)?((?:若干)?(?:措施|办法|细则|意见|政策))"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quoted sentence and where it stands."""

    district: str
    policy: str
    policy_title: str
    cite: tuple[str, ...]
    quote: str
    note: str = ""


def cite_line(district: str, policy_title: str, cite: Iterable[str]) -> str:
    """丰台区 · 人工智能…若干措施 · 第五条(1): always in this order."""
    title = policy_title.removeprefix("北京市").removeprefix(district)
    return f"{district} · {title} · {''.join(cite)}"


def reader_address(policy: str, cite: Iterable[str] = ()) -> str:
    """The address of the reading page that opens a policy at a clause."""
    return "reader?" + urlencode({"policy": policy, "cite": "".join(cite)})


def show_evidence(pieces: Iterable[Evidence], *, expanded: bool = False, title: str | None = None) -> None:
    """The quoted sentences in a drawer, each with its cite as a link."""
    unique = list(dict.fromkeys(pieces))
    if not unique:
        return
    with st.expander(f"{title or say('evidence.title')}({len(unique)})", expanded=expanded):
        st.html("".join(_card(piece) for piece in unique))


def _card(piece: Evidence) -> str:
    cite = html.escape(cite_line(piece.district, piece.policy_title, piece.cite))
    address = html.escape(reader_address(piece.policy, piece.cite))
    note = f'<div style="color:#6B6B6B;font-size:13px">{html.escape(piece.note)}</div>' if piece.note else ""
    return (
        f'<div style="margin:0 0 14px;line-height:1.7;font-size:15px">'
        f'<a href="{address}" target="_self" style="color:#1F4E79">{cite}</a>{note}'
        f'<div style="border-left:3px solid #C8C8C8;padding-left:10px;color:#222222">{html.escape(piece.quote)}</div></div>'
    )
