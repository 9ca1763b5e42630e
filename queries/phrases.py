"""What the words around a figure say: for whom or what an amount is, what a share is taken of, which figures stand in a row.

Word lists stand in data/lexicons/offers.yaml; how figures make an offer is queries.offers's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from queries.clauses import Benefit
from queries.wording import find_figure, pattern


@dataclass(frozen=True, slots=True)
class Figure:
    """A benefit whose figure stands at `at` to `end` of `text`, in the part of a sentence `part`; `previous` is the one before it there."""

    text: str
    benefit: Benefit
    at: int
    end: int
    part: tuple[int, int]
    previous: Figure | None

    @property
    def words(self) -> str:
        """The part of the sentence, up to 。 or ;."""
        return self.text[slice(*self.part)]

    @property
    def between(self) -> str:
        """What stands between the figure before and this one; "" for the first of a part."""
        return self.text[self.previous.end : self.at] if self.previous else ""

    @property
    def lead(self) -> str:
        """What stands before the figure, behind the one before it."""
        return self.text[self.previous.end if self.previous else self.part[0] : self.at]

    @property
    def segment(self) -> str:
        """The stretch between commas that the figure stands in, up to the figure's end."""
        begin = self.text.rfind(",", self.part[0], self.at) + 1 or self.part[0]
        return self.text[begin : self.end].strip()

    @property
    def is_limit(self) -> bool:
        """Whether it limits what was offered before: 单个企业每年最高300万元."""
        return pattern("limits").match(self.segment) is not None

    @property
    def is_raise(self) -> bool:
        """Whether it says what something is raised to."""
        return re.search("提[高升]", self.text[max(0, self.at - 20) : self.at]) is not None

    @property
    def unit(self) -> str:
        """The benefit's unit; "1.5元/平方米/天" is no sum, so it is CNY/m2 and never ranked or added."""
        per_area = re.match(r"\s*元?/(?:平方米|平米|㎡)", self.text[self.end :])
        per_area = per_area or re.search(r"每(?:平方米|平米|㎡)[^,;。]{0,6}$", self.text[: self.at])
        return f"{self.benefit.unit}/m2" if per_area else self.benefit.unit

    @property
    def continues(self) -> bool:
        """Whether it is the next of a row: only 、 or 和 and a few words stand between it and the last one."""
        words = self.between.lstrip("元 ")
        return bool(re.fullmatch(r"(?:[、和及或/]|以及)\s*(?:最高|不超过)?[^,;。、]{0,12}|[至到~—-]", words))

    @property
    def own_words(self) -> str:
        """The name that stands inside a row: "、3级20万元" → 3级."""
        own = self.between.strip(" 、,元和及或至到~—-") if self.continues else ""
        return "" if pattern("award").match(own) else _before_award(own)

    @property
    def row_place(self) -> tuple[int, int]:
        """Its place in a row of figures, from 0, and how many stand in it: 70% of "100%、70%、50%" is (1, 3)."""
        at = self.at - self.part[0]
        figures = _row(self.words, at)
        return next((i for i, (_, end) in enumerate(figures) if at < end), 0), len(figures)

    @property
    def special_case(self) -> str:
        """Whom a limit is for, where it is only for some: "每年最高200万元,其中属于高新技术企业的,最高300万元"."""
        found = re.findall(r"[,;](?:其中,?|对于?)?(?:属于|为|获评|认定为)?([^,;]{2,30}的),", self.between)
        return found[-1].removesuffix("的") if found and re.search("其中|属于", self.between) else ""

    @property
    def row_name(self) -> str:
        """The member of a list that stands at the figure's place in its row (分别), where list and row are of one length."""
        place, size = self.row_place
        if "分别" not in self.words or size < 2:
            return ""
        first = _row(self.words, self.at - self.part[0])[0][0]
        members = _members(self.words[:first], size)
        return members[place] if members else ""

    @property
    def label(self) -> str:
        """For whom or what: the words before the award in the figure's own segment, else the last "对…" before it."""
        own = named(self.segment)
        if own:
            return own
        for words in reversed(self.lead.split(",")[:-1]):
            if _OPENING.match(words.strip()) or _CLOSING.search(words.strip()):
                return re.sub(
                    r"^(?:【[^】]*】)?(?:其中|同时|对于|对(?!外))?", "", words.strip(" 、")
                ).removesuffix("的")
        return ""

    @property
    def name(self) -> str:
        """Its name in a row where it stands in one, else its label."""
        return self.own_words or self.row_name or self.label

    @property
    def base(self) -> str:
        """What a share is taken of: "按照不超过市级补贴资金的30%" → 市级补贴资金."""
        segment = self.lead.split(",")[-1]
        if "配套" in segment and not re.search(r"按照?|不超过", segment):
            return ""
        words = _BEFORE_BASE.split(segment)[-1]
        words = re.sub(r"^元|(?:的|比例)$", "", words.strip(" ():")).removesuffix("的")
        if words and "分别" not in segment:
            return words
        spent = _SPENT.search(segment)
        if spent:
            return spent[1]
        # The base stands before the list, as in 按照采购投入,分别给予场景方、机器人企业30%、20%.
        earlier = _EARLIER_BASE.findall(self.text[self.part[0] : self.at])
        known = [base for cue, base in earlier if cue != "根据" or pattern("upper_money").search(base)]
        return known[-1] if known else words


def figures_by_part(
    benefits: tuple[Benefit, ...], text: str
) -> Iterator[tuple[tuple[int, int], list[Figure]]]:
    """Each part of a sentence that holds figures, with them, in the order of the text."""
    placed = sorted((_place(benefit, text), i) for i, benefit in enumerate(benefits))
    for part in _parts(text):
        figures: list[Figure] = []
        for (at, end), i in placed:
            if part[0] <= at < part[1]:
                figures.append(Figure(text, benefits[i], at, end, part, figures[-1] if figures else None))
        if figures:
            yield part, figures


def _place(benefit: Benefit, text: str) -> tuple[int, int]:
    """Where the figure stands; the whole quote where it is written in no figure (全额)."""
    quote = text[benefit.start : benefit.end]
    start, end = find_figure(quote, benefit.value, benefit.kind) or (0, len(quote))
    return benefit.start + start, benefit.start + end


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Parts of sentences: up to 。 ; or a line's end."""
    start = 0
    for match in re.finditer(r"[。;\n]|$", text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()


_BEFORE_BASE = re.compile(
    r"按照(?:不超过)?|按(?:不超过)?|不超过|不高于|分别给予|给予|予以|提[高升][至到为]|最高|额外补助|给|为"
)
_SPENT = re.compile(
    r"对于?([^,;。]{0,20}(?:费用?|支出|投入|金额|利息|租金|成本))(?:按|给予|予以|最高|不超过|分别)*$"
)
_EARLIER_BASE = re.compile(r"(按照?|根据)(?!一定比例|比例|规定|程序|要求|年度)([^,;。]{2,24}),")
_FIGURE = re.compile(r"1:\d+(?:\.\d+)?|\d+(?:\.\d+)?\s*(?:%|[万亿]元?|元)")


def _row(words: str, at: int) -> list[tuple[int, int]]:
    """The figures that stand in one row with the figure at `at`: "50万元、10万元和10万元"."""
    rows: list[list[tuple[int, int]]] = []
    for match in _FIGURE.finditer(words):
        between = words[rows[-1][-1][1] : match.start()] if rows else ","
        if rows and re.fullmatch(r"[^,;、]{0,2}[、和及或]|以及", between):
            rows[-1].append(match.span())
        else:
            rows.append([match.span()])
    return next((row for row in rows if row[0][0] <= at < row[-1][1]), [])


def _members(head: str, count: int) -> list[str]:
    """The last list of `count` members in the words before a row: 算力券和模型券 → [算力券, 模型券]."""
    stripped = re.sub(
        r"(?:可|再|经认定后?|一次性)*(?:分别)(?:按照?|一次性|可)*(?:给予|予以|不超过|最高|按照?)*(?:不超过|最高)*$",
        "",
        head,
    ).rstrip(" ,")
    for words in (
        *reversed(re.split(",", re.split("分别", stripped)[-1])),
        *reversed(re.split(",", stripped)),
        stripped,
    ):
        for splitter in (r"、|和|及|与|或", r"、|和", r"以及|和", r"、"):
            members = [_trim(member) for member in re.split(splitter, words) if member.strip(" ,")]
            # A row of shares before a row of caps names nobody.
            if len(members) == count and not any("%" in member for member in members):
                return members
    return []


def _trim(member: str) -> str:
    """A list's member without the words around it."""
    member = re.sub(
        r"^.*(?:】|对于|对(?!外)|按照|不超过|给予|(?:单个|单家|每个|每家)[^,]{0,4}年度)",
        "",
        member.strip(" ,"),
    )
    return re.sub(r"(?:补贴|补助|支持)?(?:金额|资金)?(?:的(?:企业|单位|机构)?)?$", "", member) or member


def _before_award(segment: str) -> str:
    """ "工业智能项目最高支持200万元" → 工业智能项目; "" where the award comes first."""
    match = pattern("award").search(segment)
    words = segment[: match.start()] if match else segment
    words = re.sub(r"^(?:【[^】]*】)?(?:其中|同时|并|且|对于|对(?!外))?\s*,?", "", words.strip())
    return words.strip(" ,的可")


_OPENING = re.compile(r"(?:其中|同时)?(?:对|支持|鼓励|获得|获评|入选|承担|参加|其余|属于)")
_CLOSING = re.compile(r"(?:的|以内|以上|以下|项目|企业|单位|机构)$")
_NO_NAME = re.compile(
    r"(?:经|根据|结合|综合|择优|按|每|单个|单家|同一|额外|原则|最高|可|同时|(?:区级?|市级?|我区|本区)(?:财政|级)?$)"
)


def named(segment: str) -> str:
    """The words before the award where they name somebody or something, else ""."""
    words = _before_award(segment)
    return "" if _NO_NAME.match(words) or pattern("limits").match(segment) else words
