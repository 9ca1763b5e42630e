"""How facts show where they come from: cites in one order, quoted sentences, and links that open the text with the sentence lit.

Text of documents is handed over as text: no title or clause becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from app.address import Address
from app.components.mounts import mount_quotes
from app.tables import Words
from app.texts import say
from loaders.plain import sentence_around
from queries.clauses import ClauseRef

HEAD, TAIL = 32, 12
"""How many characters of a long quote an address holds, from its beginning and its end: enough to find it in its clause."""

_NOTICE = re.compile("印发《?(.+?)》?的通知$")
_CITY = "[\u4e00-\u9fa5]{2,3}[省市](?!级)"
SHORTEST = 6
"""Fewer characters are no title: 北京市管理办法 stays whole."""

OPENING = 24
"""How many characters of a clause's beginning name it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quoted sentence and where it stands. `policy` is its id, or else `clause` that of the clause; `head` says whose it is,
    `note` what it shows; `places` stand out in it."""

    district: str
    policy: str
    policy_title: str
    cite: tuple[str, ...]
    quote: str
    note: str = ""
    head: str = ""
    tone: str = ""
    places: tuple[tuple[int, int], ...] = ()
    clause: str = ""

    @classmethod
    def at(cls, ref: ClauseRef, quote: str, note: str = "", head: str = "", tone: str = "") -> Evidence:
        """A sentence of a clause."""
        return cls(ref.district, ref.policy, ref.policy_title, ref.cite, quote, note, head, tone)

    @property
    def address(self) -> Address:
        """Where the reading page shows it."""
        if not self.policy:
            return clause_address(self.clause, self.quote)
        return reader_address(self.policy, self.cite, self.quote)

    def as_card(self) -> dict[str, Any]:
        """What the quotes component is given."""
        return {
            "cite": cite_line(self.district, self.policy_title, self.cite),
            "go": self.address.as_data(),
            "quote": self.quote,
            "note": self.note,
            "head": self.head,
            "tone": self.tone,
            "places": list(self.places),
        }


def in_its_sentence(piece: Evidence, text: str) -> Evidence:
    """A bare mention (算力券) as its whole sentence of the text that it stands in, the mention standing out; what is longer than its
    sentence, or not in the text, stays as it is."""
    at = text.find(piece.quote)
    if at < 0:
        return piece
    start, end = sentence_around(text, at, 0, len(text))
    if end < at + len(piece.quote):
        return piece
    sentence = text[start:end].strip()
    place = sentence.find(piece.quote)
    whole = (place, place + len(piece.quote))
    return replace(piece, quote=sentence, places=() if whole == (0, len(sentence)) else (whole,))


def cite_line(district: str, policy_title: str, cite: Iterable[str]) -> str:
    """丰台区 · 支持人工智能…若干措施 · 第五条(1): always in this order."""
    cite_text = "".join(cite)
    parts = [district, short_title(policy_title, district), cite_text]
    return " · ".join(part for part in parts if part)


def short_title(policy_title: str, district: str = "") -> str:
    """The title without the issuer of a notice and without the place in front, which the cite says already.

    北京市东城区关于推动金融产业高质量发展的若干措施 → 推动金融产业高质量发展的若干措施.
    """
    notice = _NOTICE.search(policy_title)
    title = notice[1] if notice else policy_title
    place = rf"[\u4e00-\u9fa5]{{0,6}}?{re.escape(district)}" if district else _CITY
    bare = re.sub(f"^{place}", "", title)
    return (bare if len(bare) >= SHORTEST else title).removeprefix("关于")


def opening(text: str) -> str:
    """The first words of a clause, up to its first stop: what it is called by where it has no heading."""
    words = re.split(r"[\u3002\uff0c,;:\uff1b\uff1a\s]", text.strip(), maxsplit=1)[0]
    return words if len(words) <= OPENING else words[:OPENING] + "…"


def cite_cell(ref: ClauseRef, quote: str = "") -> Words:
    """The cite as a cell: 第五条(1) as a link, the policy's title below."""
    return Words(
        ref.cite_text or short_title(ref.policy_title, ref.district),
        under=short_title(ref.policy_title, ref.district),
        hint=ref.name,
        go=reader_address(ref.policy, ref.cite, quote),
    )


def reader_address(policy: str, cite: Iterable[str] = (), quote: str = "") -> Address:
    """The address of the reading page that opens a policy (id) at a clause, with the quote lit."""
    params = {"policy": policy, "cite": "".join(cite), "quote": shortened_quote(quote)}
    return Address("reader", tuple((name, value) for name, value in params.items() if value))


def clause_address(clause: str, quote: str = "") -> Address:
    """The address of the reading page that opens a clause (id), with the quote lit."""
    params = {"clause": clause, "quote": shortened_quote(quote)}
    return Address("reader", tuple((name, value) for name, value in params.items() if value))


def shortened_quote(quote: str) -> str:
    """What an address holds of a quote: the whole of a short one, else its beginning and end around …"""
    words = " ".join(quote.split())
    return words if len(words) <= HEAD + TAIL else f"{words[:HEAD]}…{words[-TAIL:]}"


def show_evidence(
    pieces: Iterable[Evidence],
    key: str,
    *,
    expanded: bool = False,
    title: str | None = None,
    columns: int = 1,
    height: int | None = None,
) -> None:
    """The quoted sentences in a drawer, each with its cite as a link; beyond `height` pixels it scrolls."""
    unique = _joined(pieces)
    if not unique:
        return
    head = title or say("evidence.title")
    with st.expander(f"{head}（{len(unique)}）", expanded=expanded):
        show_cards(unique, key, columns=columns, height=height)


def show_cards(pieces: Iterable[Evidence], key: str, *, columns: int = 1, height: int | None = None) -> None:
    """The quoted sentences side by side in so many columns, or one below the other; beyond `height` pixels they scroll."""
    mount_quotes([piece.as_card() for piece in pieces], columns, height, f"quotes_{key}")


def _joined(pieces: Iterable[Evidence]) -> list[Evidence]:
    """One card a sentence: what is told of it several times stands in one note."""
    found: dict[Evidence, list[str]] = {}
    for piece in pieces:
        found.setdefault(replace(piece, note=""), []).append(piece.note)
    return [
        replace(piece, note="；".join(dict.fromkeys(filter(None, notes)))) for piece, notes in found.items()
    ]
