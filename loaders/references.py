"""Reads the documents that a policy names: what it repeals (supersedes) and what it cites, with document numbers.

Which of them are policies of the corpus, and whether two names are one document, is for the stages behind the records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from loaders.clean import fold_punctuation
from loaders.lexicon import pattern, read_lexicon
from loaders.plain import PlainView
from loaders.record import Citation, Supersedes
from loaders.titles import DOC_NUMBER, comparable, inner_title, plain_number, without_end
from loaders.types import Span

Role = Literal["basis", "implements", "mention"]
_ROLES: list[Role] = ["mention", "basis", "implements"]

# With 《》 nested once: 《关于贯彻《A》的意见》; 〈〉 and <> inside need nothing
_QUOTED = re.compile(r"《((?:[^《》。]|《[^《》。]*》){2,160})》")
# Behind a title: "(商贸发〔2024〕288号)", "(GB/T 36073-2018,DCMM)", "(以下简称《办法》)"
_BEHIND = re.compile(r"\(([^()。]{0,80}(?:\([^()。]{0,40}\)[^()。]{0,40})?)\)")
_NUMBER = re.compile(rf"{DOC_NUMBER}|第\d{{1,4}}号(?:令|公告)?")
_BARE_NUMBER = re.compile(DOC_NUMBER)
_STANDARD = re.compile(
    r"(?:GB|DB|YD|SJ|JR|JB|HJ|CJ|T|ISO|IEC|IEEE)(?:/[A-Z]{1,6})*\s?[\d.]{2,}(?:[-:]\d{4})?"
)
_NUMBER_IN_TITLE = re.compile(rf"\((?P<number>{DOC_NUMBER})\)$")
# Between titles of one list: 《A》、《B》和原《C》; "1.《A》;⏎2.《B》"
_JOINED = re.compile(r"(?:[、,;\s]|和|及|以及|与|或|原|其|等|\(?[\d一二三四五六七八九十]{1,2}[.、)])*")
# In front of a short name: "(以下简称《办法》)", "(以下简称国务院《意见》)"
_ALIAS = re.compile(r"(?:简称|下称|统称|称为)(?:为|:)?[“\"]?[^,。;()《》]{0,8}$")
# "特修订《…若干措施》": the predecessor, though it has the policy's own title
_REVISES = re.compile(r"(?:修订|修改|修编|完善|更新)(?:了|原|发布的|的)*$|对(?:原)?$")
_ANNOUNCED_BEFORE = re.compile(
    r"(?:现将|现印发|现发布|现公布)[^,。;]{0,8}$|(?:制定|制订|起草|研究|编制|形成)了?[^,。;的]{0,6}$"
)
_ANNOUNCED_BEHIND = re.compile(
    r"(?:已经|业经|已于|经[^,。;《》]{2,20}(?:同意|通过|批准|审议)|[^,。;《》]{0,6}(?:印发给|予以印发)"
    r"|[^。;《》]{0,12},现(?:予以?|将其)?(?:印发|公布|发布))"
)
_PARTLY = re.compile(r"第[^,。]{1,8}[条款项]|如|若|修订|修改|调整|期间|不一致|抵触|冲突")
# "…,制定本措施", "特制定如下措施"
_MAKES = re.compile(r"(?:制定|制订|出台|编制|提出|制发|修订)(?:了|形成|出)?(?:本|如下|以下|此|下列|该)")
# So far behind a list of titles, or behind a bare number, the word that repeals it may stand.
_REPEAL_WINDOW = 60
# So long may the sentence be that names a policy's bases.
_SENTENCE = 300
# Without 《》: "原X办法(京经信发〔2021〕84号)同时废止", "原京政发〔2011〕1号文件停止执行"
_UNQUOTED = re.compile(
    rf"(?P<title>[^,。;:、《》()\n]{{2,60}})\((?P<number>{DOC_NUMBER})\)[^,。;《》]{{0,20}}$"
    r"|(?:^|[原条将对和与及、:])(?P<bare>(?:(?![原条将对和与及])[\u4e00-\u9fff]){2,12}[〔﹝\[(【](?:19|20)\d\d[〕﹞\])】]\d{1,5}号)[^,。;《》]{0,20}$"
)
_PREFIX = re.compile(r"^(?:第[^条]{1,4}条)?(?:原|现行|本市|我市|我区|同时|此前|自|本[^,]{1,4}施行之日起)*")


@dataclass(frozen=True, slots=True)
class _Named:
    """A title in 《》: `span` without its brackets, `end` behind the brackets and the number, if one stands there.

    `title` is the source's own, `plain` has half-width punctuation; both are without white space.
    """

    span: Span
    end: int
    title: str
    plain: str
    number: str | None

    @property
    def start(self) -> int:
        """Where its 《 stands."""
        return self.span.start - 1


def extract_references(view: PlainView) -> tuple[list[Supersedes], list[Citation]]:
    """Repealed documents, and all others named in 《》, each once; the policy itself is not among them."""
    repealed: list[Supersedes] = []
    cited: dict[str, Citation] = {}
    own = _OwnTitle(view)
    named = list(_iter_named(view)) if "《" in view.text else []
    for group in _groups(view, named):
        if _is_repealed(view.text, group):
            repealed += (
                Supersedes(span=(one.start, one.end), title=one.title, doc_number=one.number) for one in group
            )
            continue
        # "《A》《B》已经区政府同意": all that a notice issues
        issued = own.is_issued(group[-1])
        for one in group:
            if not (issued or own.is_named(one)) and _is_document(one):
                _add_citation(cited, one, _role(view, own, one))
    numbers = {one.number for one in named}
    repealed += (one for one in _repealed_without_quotes(view) if one.doc_number not in numbers)
    for gone in repealed:
        cited.pop(_key(fold_punctuation(gone.title)), None)
    return repealed, list(cited.values())


# --- titles in 《》


def _iter_named(view: PlainView) -> Iterator[_Named]:
    """Every title in 《》 in order of the text, but no short names (以下简称《办法》) and nothing that they stand for."""
    text = view.text
    aliases: set[str] = set()
    for match in _QUOTED.finditer(text):
        if _ALIAS.search(text, max(0, match.start() - 14), match.start()):
            aliases.add(match[1])
            continue
        if match[1] in aliases:
            continue
        start, end = match.span(1)
        number, behind = _number_behind(text, match.end())
        inside = _NUMBER_IN_TITLE.search(match[1])
        if inside and not number:
            number, end = plain_number(inside["number"]), start + inside.start()
        first, last = view.to_text(start, end)
        title = "".join(view.policy.text[first:last].split())
        yield _Named(Span(start, end), behind, title, fold_punctuation(title), number)


def _number_behind(text: str, end: int) -> tuple[str | None, int]:
    """The number behind a title, and where it ends, bracket included."""
    bracket = _BEHIND.match(text, end)
    if bracket is None:
        bare = _BARE_NUMBER.match(text, end)
        return (plain_number(bare[0]), bare.end()) if bare else (None, end)
    number = _NUMBER.search(bracket[1])
    if number:
        return plain_number(number[0]), bracket.end()
    standard = _STANDARD.search(bracket[1])
    return (" ".join(standard[0].split()) if standard else None), bracket.end()


def _groups(view: PlainView, named: list[_Named]) -> list[list[_Named]]:
    """Titles that stand in one list: 《A》(x号)、《B》和《C》."""
    groups: list[list[_Named]] = []
    for one in named:
        if groups and _JOINED.fullmatch(view.text, groups[-1][-1].end, one.start):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


class _OwnTitle:
    """The titles under which a policy may name itself."""

    def __init__(self, view: PlainView) -> None:
        self.text = view.text
        self.head_end = view.preamble.end
        inner = inner_title(view.text, view.title)
        self.core = comparable(_core(view.text[inner.start : inner.end]))
        wholes = [view.text[slice(*view.title)]]
        wholes += [view.text[inner.start : inner.end]]
        if "title" in view.fields:
            field = Span(*view.fields["title"])
            wholes += [view.text[slice(*field)], view.text[slice(*inner_title(view.text, field))]]
        self.titles = {_without_particles(whole) for whole in wholes}
        self.is_rule = without_end(wholes[1]).endswith(_implementing())

    def is_named(self, one: _Named) -> bool:
        """Whether a title is the policy's own: it is, unless the policy says that it revises it."""
        if self.is_issued(one):
            return True
        return self._is_like(one) and not _REVISES.search(self.text, max(0, one.start - 8), one.start)

    def is_issued(self, one: _Named) -> bool:
        """Whether the head says of a title that it is issued herewith."""
        return one.end <= self.head_end and self._is_announced(one)

    def _is_announced(self, one: _Named) -> bool:
        """ "现将《…》印发给你们", "《…》已经区政府同意": said in front of the clauses, of the policy itself."""
        if _ANNOUNCED_BEHIND.match(self.text, one.end):
            return True
        return _ANNOUNCED_BEFORE.search(self.text, max(0, one.start - 12), one.start) is not None

    def is_predecessor(self, one: _Named) -> bool:
        """Whether a title is the policy's own, which it revises."""
        return self._is_like(one) and not self.is_named(one)

    def _is_like(self, one: _Named) -> bool:
        title = self.text[one.span.start : one.span.end]
        return _without_particles(title) in self.titles


def _without_particles(title: str) -> str:
    """A title as the policy's own is compared: a notice says 产业若干措施 where the policy says 产业的若干措施."""
    return comparable(without_end(title)).replace("的", "").removeprefix("关于")


# --- is it a document?


@cache
def _document_ends() -> tuple[tuple[str, ...], tuple[str, ...]]:
    lexicon = read_lexicon("document_titles")
    ends = tuple(word for entry in lexicon["words"] for word in entry["words"])
    return ends, tuple(lexicon["not_words"]["words"])


@cache
def _implementing() -> tuple[str, ...]:
    return tuple(read_lexicon("document_titles")["implementing"]["words"])


def _is_document(one: _Named) -> bool:
    if one.number:
        return True
    ends, others = _document_ends()
    title = without_end(one.plain)
    if not title.endswith(ends) or title.endswith(others):
        return False
    return not pattern("document_titles", "generic").fullmatch(title)


# --- repealed


def _is_repealed(text: str, group: list[_Named]) -> bool:
    start, end = group[0].start, group[-1].end
    before = pattern("document_titles", "repeals_before")
    if before.search(text, max(0, start - 16), start):
        return True
    stop = min(
        (at for at in (text.find(c, end, end + _REPEAL_WINDOW) for c in "。《\n") if at >= 0),
        default=len(text),
    )
    behind = pattern("document_titles", "repeals_behind").search(text, end, min(stop, end + _REPEAL_WINDOW))
    return behind is not None and not _PARTLY.search(text, end, behind.start())


def _repealed_without_quotes(view: PlainView) -> Iterator[Supersedes]:
    """Documents repealed by number, without 《》; a portal's "有效性 废止" speaks of the policy itself."""
    text = view.text
    for behind in pattern("document_titles", "repeals_behind").finditer(text):
        if any(field.start <= behind.start() < field.end for field in view.fields.values()):
            continue
        first = max(0, behind.start() - 2 * _REPEAL_WINDOW)
        start = max(first, *(text.rfind(c, first, behind.start()) + 1 for c in "。;,:\n》"))
        clause = text[start : behind.start()]
        found = _UNQUOTED.search(clause) if "号" in clause else None
        if found:
            number = plain_number(found["number"] or found["bare"])
            title = _PREFIX.sub("", found["title"] or "")
            first = start + found.start("title" if title else found.lastgroup or 0)
            yield Supersedes(
                span=(first, start + found.end(found.lastgroup or 0)),
                title=title or number,
                doc_number=number,
            )


# --- cited, and what for


def _key(title: str) -> str:
    """What two names of one document have in common: 《关于印发X的通知》 and 《X》."""
    return comparable(title[slice(*inner_title(title, Span(0, len(title))))]).removeprefix("关于")


def _add_citation(cited: dict[str, Citation], one: _Named, role: Role) -> None:
    """Adds a document, or what a further mention of it says: a number with the title that it stands with, a stronger role."""
    key = _key(one.plain)
    known = cited.get(key)
    if known is None:
        cited[key] = Citation(span=(one.start, one.end), title=one.title, doc_number=one.number, role=role)
        return
    if one.number and not known.doc_number:
        known.title, known.doc_number, known.span = one.title, one.number, (one.start, one.end)
    known.role = max(known.role, role, key=_ROLES.index)


def _role(view: PlainView, own: _OwnTitle, one: _Named) -> Role:
    """basis: named in front of the clauses, or in the sentence that makes the policy, behind 根据 or 落实.

    implements: a policy that carries out the named one: its title holds that one's (资金管理办法 → 资金实施指南), or a 细则
    that names it as its basis.
    """
    core = comparable(_core(one.plain))
    if len(core) >= 6 and core in own.core and not own.is_predecessor(one):
        return "implements"
    text, start = view.text, one.start
    first = max(0, start - _SENTENCE)
    first = max(first, text.rfind("。", first, start) + 1, text.rfind("\n", first, start) + 1)
    if not pattern("document_titles", "basis_before").search(text, first, start):
        return "mention"
    last = text.find("。", start, start + _SENTENCE)
    if start >= view.preamble.end and not _MAKES.search(
        text, start, last if last >= 0 else start + _SENTENCE
    ):
        return "mention"
    return "implements" if own.is_rule else "basis"


def _core(title: str) -> str:
    """What a title is about: without year in front and without kind behind. 2024年|北京市高精尖产业发展资金|实施指南"""
    title = re.sub(r"^(?:\d{4}年(?:度)?|关于)+", "", without_end(title))
    return re.sub(
        r"(?:的|若干|实施|管理|支持|扶持|暂行|工作|申报|政策)*(?:办法|措施|细则|指南|意见|方案|规定|通知|计划|规划|政策)$",
        "",
        title,
    )
