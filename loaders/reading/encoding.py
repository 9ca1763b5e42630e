"""Bytes → text: finds out whether they are UTF-8, UTF-16, GB18030 or Big5.

Strict UTF-8 decides nearly all; among the others common Chinese characters do. No guess is made below a fixed share
of common characters. Knows nothing of formats.
"""

from __future__ import annotations

import codecs
from operator import attrgetter
from typing import NamedTuple

from loaders.reading.common_characters import common_share
from loaders.reading.refusal import UnreadableError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# GB18030 contains GBK and GB2312. Hong Kong's Big5 has characters that Taiwan's lacks, and the other way round.
_CANDIDATES = ("gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")

# Chinese texts from 20 characters on score above 0.6 in their own encoding, Japanese and Korean ones in EUC and
# random bytes below 0.25 in any. (Held-out policies of Shanghai, Shenzhen, Taipei and Hong Kong: right in all of 400
# random snippets of 6 characters in each encoding, where charset-normalizer was right in 57 to 92 % of 10 to 20.)
_LEAST_SCORE = 0.3

# A GBK text can be valid UTF-8 by accident ("十一" would be "ʮһ"), but only a very short one, and then it gives
# no character above U+07FF.
_LONGEST_ACCIDENT = 100

# Control characters make a file binary from 1 % on; text exported by Word has a few.
_HEAD_BYTES = 65_536

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))

_UNKNOWN = "编码无法识别（不是 UTF-8、UTF-16、GB18030 或 Big5）；请另存为 UTF-8 后再导入。"
_TRUNCATED = "内容不完整，末尾缺少字节（可能没有下载完）；请重新获取该文件。"
_BINARY = "是二进制文件，不是文本；请导入 .txt、.md、.html、.docx 或带文字层的 .pdf。"


class _Guess(NamedTuple):
    score: float
    encoding: str
    text: str


_by_score = attrgetter("score")


def decode(data: bytes) -> str:
    """The text of a file's bytes, without byte order mark.

    Raises: UnreadableError for binary data, for an unknown encoding, and where bytes are missing or damaged.
    """
    mark, encoding = next(((m, e) for m, e in _BOMS if data.startswith(m)), (b"", "utf-8"))
    if mark:
        text = _decode_strictly(data[len(mark) :], encoding)
    elif b"\0" in data:
        text = _decode_utf16(data)
    else:
        text = _decode_unmarked(data)
    if "\0" in text:
        raise UnreadableError(_BINARY)
    return text


def _decode_unmarked(data: bytes) -> str:
    head = data[:_HEAD_BYTES]
    looks_binary = len(head.translate(None, _CONTROLS)) < len(head) * 0.99
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data, _CANDIDATES, _BINARY if looks_binary else _UNKNOWN)
    if looks_binary:
        raise UnreadableError(_BINARY)
    if len(data) > _LONGEST_ACCIDENT or text.isascii() or max(text) > "\u07ff":
        return text
    best = max(_guesses(data, _CANDIDATES, "strict"), key=_by_score, default=None)
    return best.text if best and best.score >= _LEAST_SCORE else text


def _decode_utf16(data: bytes) -> str:
    """Text with zero bytes is UTF-16 (its digits and line breaks have one each), or no text."""
    return _guess(data, ("utf-16-le", "utf-16-be"), _BINARY)


def _decode_strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damage(error) from error


def _guess(data: bytes, encodings: tuple[str, ...], refusal: str) -> str:
    best = max(_guesses(data, encodings, "strict"), key=_by_score, default=None)
    if best and best.score >= _LEAST_SCORE:
        return best.text
    # No encoding fits to the last byte: is there one that fits but for some damage?
    best = max(_guesses(data, ("utf-8", *encodings), "replace"), key=_by_score)
    if best.score < _LEAST_SCORE:
        raise UnreadableError(refusal)
    return _decode_strictly(data, best.encoding)


def _guesses(data: bytes, encodings: tuple[str, ...], errors: str) -> list[_Guess]:
    guesses = []
    for encoding in encodings:
        try:
            text = data.decode(encoding, errors)
        except UnicodeDecodeError:
            continue
        guesses.append(_Guess(common_share(text), encoding, text))
    return guesses


def _damage(error: UnicodeDecodeError) -> UnreadableError:
    # the last character's bytes are cut off: up to 4 bytes in GB18030
    if (
        error.reason.startswith(("unexpected end", "incomplete", "truncated"))
        and error.start >= len(error.object) - 4
    ):
        return UnreadableError(_TRUNCATED)
    return UnreadableError(
        f"第 {error.start + 1} 个字节起不是有效的 {error.encoding.upper()} 编码，内容已损坏；请重新获取该文件。"
    )
