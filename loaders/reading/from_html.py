"""HTML → lines of text: blocks become lines, table rows one line, navigation and footers are left out and reported.

Only what the markup itself calls navigation, footer or hidden goes; furniture known by its words is for loaders/furniture.py.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from loaders.reading.limits import MAX_HTML_ATTRIBUTES, MAX_HTML_DEPTH, MAX_HTML_OPTIONS, MAX_HTML_TAGS
from loaders.reading.lines import LeftOut, Reading, join_lines, row_lines
from loaders.reading.refusal import UnreadableError


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Hold no text of the page.
_WITHOUT_TEXT = [
    *_names("script style template noscript svg math iframe object canvas audio video select button textarea")
]
_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul"
)
_CELLS = frozenset(("td", "th"))

_FURNITURE_TAGS = frozenset(("nav", "footer", "aside"))
_FURNITURE_ROLES = frozenset(("navigation", "contentinfo", "complementary", "search"))
# Whole words of class or id with which the sites of Chinese governments name these parts; "footnote" or "navy" are none.
_FURNITURE_NAMES = _names(
    "nav navbar navigation menu breadcrumb breadcrumbs crumb crumbs footer foot page-footer site-footer copyright"
    " sidebar share bdsharebuttonbox pagination"
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# A break of the source line between two wide characters is no blank (CSS Text 3, section 4.1.3).
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_SOFT_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n\s*(?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\n\r\f]+")

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CUT_TAG = re.compile(r"<[a-zA-Z/!][^<>]*\Z")
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{4 * MAX_HTML_ATTRIBUTES},}}")
_ATTRIBUTE = re.compile(r"""[\s/]+[^\s/=>"']+(?:=(?:"[^"]*"|'[^']*'|[^\s"'>]*))?""")
# Never closed, or closed by what follows: they do not nest.
_FLAT_TAGS = _names(
    "area base br col embed hr img input link meta param source track wbr html head body p li dt dd option optgroup"
    " thead tbody tfoot tr td th colgroup"
)


def read_html(html: str) -> Reading:
    """The text of a page in document order, one block a line, without blank lines.

    Raises: UnreadableError where the file breaks off inside a tag, or has markup that no page has.
    """
    _refuse_strange_markup(html)
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return Reading("")
    tree.strip_tags(_WITHOUT_TEXT, recursive=True)
    return _PageReader(tree.body).read()


def _refuse_strange_markup(html: str) -> None:
    """Parsing takes time with the square of these: a forged page of 1 MB took two minutes (selectolax 1.0.2)."""
    if _CUT_TAG.search(html, max(0, len(html) - 2_000)):
        raise UnreadableError("网页不完整，在标签中间断开（可能没有下载完）；请重新获取该文件。")
    if (
        html.count("<") > MAX_HTML_TAGS
        or _deepest(html) > MAX_HTML_DEPTH
        or html.count("<option") > MAX_HTML_OPTIONS
        or any(len(_ATTRIBUTE.findall(tag[0])) > MAX_HTML_ATTRIBUTES for tag in _LONG_TAG.finditer(html))
    ):
        raise UnreadableError(
            "网页标签嵌套过深或过多，不是正常网页；请在浏览器中打开后另存，或另存为 .txt 再导入。"
        )


def _deepest(html: str) -> int:
    """How deep tags nest at most, counted by their names alone."""
    depth = deepest = 0
    for close, name in _TAG.findall(html):
        if name.lower() in _FLAT_TAGS:
            continue
        if close:
            depth = max(0, depth - 1)
        else:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


class _PageReader:
    """Walks a page's nodes in document order, without recursion, and collects its lines."""

    def __init__(self, body: LexborNode) -> None:
        self._body = body
        # furniture is the smaller part of a page: a class "nav" around everything means something else
        self._most_furniture = len(_words_of(body)) // 2
        self._words: list[str] = []
        self._lines: list[str] = []
        self._enclosing: list[list[str]] = []  # lines of what stands around the open table cells
        self._rows: list[list[list[str]]] = []  # cells of the open table rows
        self._preformatted = 0
        self._left_out: list[LeftOut] = []

    def read(self) -> Reading:
        """Reads the whole page."""
        node: LexborNode | None = self._body
        while node is not None:
            if node.is_text_node:
                self._add_words(node.text_content or "")
            elif node.is_element_node and not self._leaves_out(node):
                self._open(node.tag or "")
                if node.child is not None:
                    node = node.child
                    continue
                self._close(node.tag or "")
            node = self._next_outside(node)
        self._end_line()
        return join_lines(self._lines, self._left_out)

    def _next_outside(self, node: LexborNode) -> LexborNode | None:
        """The node behind this one and what it holds; closes the elements that end in between."""
        while node.next is None:
            parent = node.parent
            if parent is None or parent.mem_id == self._body.mem_id:
                return None
            self._close(parent.tag or "")
            node = parent
        return node.next

    def _open(self, tag: str) -> None:
        if tag in _BLOCKS or tag in _CELLS or tag == "br":
            self._end_line()
        if tag == "tr":
            self._rows.append([])
        elif tag in _CELLS:
            self._enclosing.append(self._lines)
            self._lines = []
        elif tag == "pre":
            self._preformatted += 1

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS or tag in _CELLS:
            self._end_line()
        if tag == "tr":
            self._lines += row_lines(self._rows.pop())
        elif tag in _CELLS:
            self._rows[-1].append(self._lines)
            self._lines = self._enclosing.pop()
        elif tag == "pre":
            self._preformatted -= 1

    def _add_words(self, words: str) -> None:
        if not self._preformatted:
            self._words.append(words)
            return
        first, *others = words.split("\n")
        self._words.append(first)
        for line in others:
            self._end_line()
            self._words.append(line)

    def _end_line(self) -> None:
        line = _fold_source_breaks("".join(self._words)).strip()
        self._words = []
        if line:
            self._lines.append(line)

    def _leaves_out(self, node: LexborNode) -> bool:
        reason = _furniture_reason(node)
        if reason is None:
            return False
        words = _words_of(node)
        if len(words) > self._most_furniture:
            return False
        if words:
            outermost = self._enclosing[0] if self._enclosing else self._lines
            self._left_out.append(LeftOut(len(outermost), reason, words))
        return True


def _furniture_reason(node: LexborNode) -> str | None:
    """Why an element is left out; None where it is part of the page's text."""
    tag, attributes = node.tag, node.attributes
    if tag in _FURNITURE_TAGS:
        return f"网页 {tag} 部分"
    if not attributes:
        return None
    if "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or ""):
        return "网页隐藏部分"
    role = (attributes.get("role") or "").lower()
    if role in _FURNITURE_ROLES:
        return f"网页 {role} 部分"
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
    name = next((name for name in names if name in _FURNITURE_NAMES), None)
    return f"网页 {name} 部分" if name else None


def _words_of(node: LexborNode) -> str:
    """All words inside an element, on one line."""
    return _BLANKS.sub(" ", node.text(deep=True, separator=" ")).strip()


def _fold_source_breaks(text: str) -> str:
    """The text as a browser shows it: line breaks and runs of blanks of the source are one blank, or none."""
    if "\n" in text:
        text = _SOFT_BREAK.sub("", text)
    return _BLANKS.sub(" ", text)
