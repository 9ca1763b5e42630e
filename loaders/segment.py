"""Finds the numbered units of a policy's body and their nesting: PolicyText → list of Clauses, in order of the text.

Works on markers alone; what the clauses say is for the fact stages.
"""

from __future__ import annotations

import re

import msgspec

from loaders.clean import fold_punctuation
from loaders.headings import read_headings
from loaders.markers import NUMERAL, chinese_number
from loaders.table_cells import numbered_rows
from loaders.types import Clause, PolicyText

# "第(二)项" and "(二)条" cite; "(二)项目" and "(三)条件" are headings.
_NOT_CITED = "(?! ?(?:款(?!项)|项(?!目)|条(?!件)|目(?!标|录)|类(?!别|型)))"
# One alternative a family of markers. Behind an article "第三条" stands its text, never "规定" or another number.
_MARKER = re.compile(
    rf"(?P<chapter>第 ?(?:{NUMERAL} ?)+章|(?<=\n)第 ?(?:{NUMERAL} ?)+(?:部分|编|篇))"
    rf"|(?P<article>第 ?(?:{NUMERAL} ?)+条|(?<=\n)第 ?\d{{1,3}} ?条)(?!规定|所称|所列|所述|第|、|和|及|与|或|至|的|中|之|执行|款|项(?!目)|部分|内容|标准)"
    rf"|(?P<section>{NUMERAL}{{1,3}} ?、|(?<=\n){NUMERAL}{{1,3}} ?\.)"
    rf"|(?P<item>\( ?{NUMERAL}{{1,4}} ?\)|(?<=\n){NUMERAL}{{1,3}} ?\)){_NOT_CITED}"
    r"|(?P<point>(?<![\d.A-Za-z])\d{1,2} ?(?:\.(?!\d)|、))"
    rf"|(?P<subpoint>\( ?\d{{1,2}} ?\)|(?<=\n)\d{{1,2}} ?\)){_NOT_CITED}"
    r"|(?P<circled>[①-⑳])"
    r"|(?P<named>(?:方向|专题|任务|类别|政策|条款|举措) ?(?:\d{1,2}|[一二三四五六七八九十]) ?[、.:])"
    r"|(?P<closing>(?<=\n)附 ?则(?=\n|:\n))"
)
# Where a marker may stand in text that runs on without line breaks: behind a blank or the end of a sentence.
_BOUNDARY = re.compile(r"[\n 。;:!?)】,][第方专任类政条举附一二三四五六七八九十百\d]")
# These may also follow a word directly ("构建企业梯次培育体系(1)支持…"), but never "第(二)款", "按照(一)".
_BRACKET = re.compile(r"[(①-⑳]")
_REFERS = frozenset("第条款项按照据依见述前及和与、")

# A section that holds closing words, so that none stand outside the numbering: "三、附则", "五、其他事项". Behind "三、保障措施" they do.
_CLOSING_SECTION = re.compile(r"附则|其他|其它|说明|附 ?件")
_OWN_NAME = r"(?:本(?:措施|办法|细则|实施细则|政策|意见|方案|规定|通知|指南|举措|政策措施|若干措施|实施办法|文件)|若干措施|以上(?:政策|措施))"
# "本措施由…负责解释", "本措施系原则性条款,具体由区商务局负责解释", "本措施自公布之日起施行"
_CLOSING_WORDS = rf"{_OWN_NAME}[^。]{{0,40}}?(?:解释|施行|实施之日|生效|起实施|起执行|有效期|原则性|印发之日)"
_CLOSING = re.compile(rf"(?<=[\n ]){_CLOSING_WORDS}")
_IS_CLOSING = re.compile(rf"\s*(?:【[^】]*】\s*)?{_CLOSING_WORDS}")


class _Candidate(msgspec.Struct):
    family: str
    number: int
    start: int
    end: int
    label: str


def segment_clauses(policy: PolicyText) -> list[Clause]:
    """Every numbered unit of the body, parents before their children; spans count characters of the policy's text.

    Where articles (第…条) run through, chapters and headings above them are no clauses. The unnumbered closing
    paragraphs become one clause with cite ("附则",) where the document has no numbered part for them.
    """
    folded = fold_punctuation(policy.text)
    candidates = _candidates(folded, policy.body_start)
    # A text that begins amid its numbering ("六、…七、…", a page of a longer one) opens with the number it has.
    accepted = _accept(candidates, folded) or _accept(candidates, folded, first=None)
    # A list of supports that is a table alone is numbered by its rows.
    accepted = accepted or [
        (_Candidate("row", number, start, end, str(number)), 0)
        for number, (start, end) in enumerate(numbered_rows(policy.text, policy.body_start), 1)
    ]
    clauses = _tree(accepted, len(folded))
    clauses = _without_heads_of_articles(clauses, accepted)
    _add_closing(clauses, folded)
    read_headings(clauses, policy.text, folded)
    return clauses


# --- markers


def _candidates(text: str, start: int) -> list[_Candidate]:
    places = [match.start() + 1 for match in _BOUNDARY.finditer(text, max(start - 1, 0))]
    places += [
        match.start() for match in _BRACKET.finditer(text, start) if text[match.start() - 1] not in _REFERS
    ]
    found = []
    for match in filter(None, (_MARKER.match(text, at) for at in sorted(places))):
        family = match.lastgroup or ""
        label = match[0].replace(" ", "").rstrip("、.:")
        if label[-1] == ")" and label[0] != "(":  # "一)支持研发": the scan lost its first bracket
            label = f"({label}"
        number = _number(family, label)
        if number:
            found.append(_Candidate(family, number, match.start(), match.end(), label))
    return found


_LETTERS = re.compile(r"[第章部分编篇条()方向专题任务类别政策款举措]")


def _number(family: str, label: str) -> int | None:
    if family == "closing":
        return 1
    if family in ("point", "subpoint"):
        return int(label.strip("()"))
    if family == "circled":
        return ord(label) - ord("①") + 1
    numeral = _LETTERS.sub("", label)
    return int(numeral) if numeral.isdecimal() else chinese_number(numeral)


# How far a number may be ahead of the one before: an article between them lost its marker in the scan.
_LARGEST_GAP = 3
# An article that leads a line may be farther ahead: pages between were lost.
_LARGEST_GAP_OF_ARTICLES = 10
_GREAT = ("chapter", "article", "closing")


def _accept(candidates: list[_Candidate], text: str, first: int | None = 1) -> list[tuple[_Candidate, int]]:
    """The candidates that continue the numbering they stand in, each with its depth; a numbering opens with `first`.

    A marker of a family that is open must carry the next number; one of a new family opens a level with 1, or goes on with
    the numbers of the same family in the section before ("四、…(十)" behind "三、…(九)").
    """
    followed = _followed(candidates)
    stack: list[_Candidate] = []
    last_number: dict[str, int] = {}
    accepted: list[tuple[_Candidate, int]] = []
    for candidate, is_followed in zip(candidates, followed, strict=True):
        family, number = candidate.family, candidate.number
        depth = next((i for i, open_one in enumerate(stack) if open_one.family == family), None)
        leads_line = candidate.start == 0 or text[candidate.start - 1] == "\n"
        opens = number == (first or number) and (
            family in _GREAT or is_followed or (leads_line and family != "circled")
        )
        if depth is None:
            depth = 0 if family in ("chapter", "closing") else len(stack)
            last = last_number.get(family)
            if not opens and not (last and _continues(candidate, last, leads_line)):
                continue
        elif not _continues(candidate, stack[depth].number, leads_line) and not (opens and leads_line):
            continue
        del stack[depth:]
        stack.append(candidate)
        last_number[family] = number
        accepted.append((candidate, depth))
    return accepted


def _continues(candidate: _Candidate, last: int, leads_line: bool) -> bool:
    step = candidate.number - last
    if candidate.family == "article" and leads_line:
        return 1 <= step <= _LARGEST_GAP_OF_ARTICLES
    return step == 1 or (1 < step <= _LARGEST_GAP and (leads_line or candidate.family in _GREAT))


def _followed(candidates: list[_Candidate]) -> list[bool]:
    """For each candidate, whether the next one of its family carries the next number: a lone "(1)" opens no level."""
    following: dict[str, int] = {}
    followed = []
    for candidate in reversed(candidates):
        followed.append(following.get(candidate.family) == candidate.number + 1)
        following[candidate.family] = candidate.number
    return followed[::-1]


# --- the tree


def _tree(accepted: list[tuple[_Candidate, int]], length: int) -> list[Clause]:
    clauses: list[Clause] = []
    chain: list[int] = []
    for at, (marker, depth) in enumerate(accepted):
        del chain[depth:]
        parent = chain[-1] if chain else -1
        end = accepted[at + 1][0].start if at + 1 < len(accepted) else length
        cite = (*clauses[parent].cite, marker.label) if parent >= 0 else (marker.label,)
        clauses.append(Clause(cite, marker.start, marker.end, end, marker.end, parent=parent))
        chain.append(at)
    return clauses


def _without_heads_of_articles(clauses: list[Clause], accepted: list[tuple[_Candidate, int]]) -> list[Clause]:
    """Drops the chapters and headings that articles run through under, and shortens the cites of what stands below."""
    families = [marker.family for marker, _ in accepted]
    if "article" not in families:
        return clauses
    parents = [clause.parent for clause in clauses]
    heads = set()
    for at, family in enumerate(families):
        if family != "article":
            continue
        parent = parents[at]
        while parent >= 0:
            heads.add(parent)
            parent = parents[parent]
    kept: list[Clause] = []
    moved: dict[int, int] = {}
    for at, clause in enumerate(clauses):
        if at in heads:
            continue
        moved[at] = len(kept)
        cut, parent = 0, parents[at]
        while parent >= 0:
            cut += parent in heads
            parent = parents[parent]
        clause.cite = clause.cite[cut:]
        clause.parent = moved.get(parents[at], -1)
        kept.append(clause)
    return kept


def _add_closing(clauses: list[Clause], text: str) -> None:
    """Makes the unnumbered closing paragraphs a clause 附则, where no numbered part stands for them."""
    if not clauses or _has_closing_part(clauses, text):
        return
    last = clauses[-1]
    match = _CLOSING.search(text, last.text_start, last.end)
    if match:
        start = match.start()
        clauses.append(Clause(("附则",), start, start, last.end, start))
        last.end = start


def _has_closing_part(clauses: list[Clause], text: str) -> bool:
    top = next(clause for clause in reversed(clauses) if clause.parent < 0)
    own = text[top.text_start : min(top.end, top.text_start + 20)]
    if top.cite == ("附则",) or _CLOSING_SECTION.search(own.split("。")[0]):
        return True
    return _IS_CLOSING.match(text, clauses[-1].text_start) is not None
