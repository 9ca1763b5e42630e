"""Reads a clause's benefits as offers: which share belongs to which cap, for whom, on what base.

"按照不超过市级补贴资金的30%给予最高100万元支持,工业智能项目最高支持200万元" is two offers: 30% up to 1,000,000, and for 工业智能项目 30% up to
2,000,000. What an offer pays in a case is queries.amounts's; the wording stands in data/lexicons/offers.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from queries.clauses import Benefit, ClauseFacts
from queries.wording import find_figure, fold, pattern, read_money, read_shares


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit in yuan (or dollars): `per` whom and in what `period`. `joint` where all offers of the clause share it."""

    value: float
    unit: str
    per: str | None
    period: str | None
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that a clause pays. Exactly one of `share`, `fixed`, `caps`, `area` or `uplift` opens it.

    `label` says for whom or what, "" where the clause says nothing of its own; `base` what the share is taken of, in the clause's
    words; `of_upper_money` that this is money of an upper level. `start`, `end`: the stretch of the clause's text. Offers of one
    `family` are tiers or variants of one support: an applicant draws one of them.
    """

    label: str
    share: float | None = None
    base: str = ""
    of_upper_money: bool = False
    fixed: float | None = None
    fixed_per: str | None = None
    fixed_period: str | None = None
    unit: str = "CNY"
    caps: tuple[Cap, ...] = ()
    floor: float | None = None
    years: int | None = None
    area_m2: float | None = None
    uplift: float | None = None
    instalments: tuple[float, ...] = ()
    start: int = 0
    end: int = 0
    family: int = 0

    @property
    def cap(self) -> float | None:
        """The lowest of the caps in yuan; None where there is none."""
        return min((cap.value for cap in self.caps if cap.unit == "CNY"), default=None)


def read_offers(facts: ClauseFacts) -> list[Offer]:
    """The offers of a clause, in the order of the text; [] where it grants nothing that was read."""
    text = fold(facts.text)
    reader = _Reader(text, tuple(threshold.start for threshold in facts.thresholds))
    placed = _placed(facts.benefits, text)
    for part in _parts(text):
        reader.read_part(part, [item for item in placed if part[0] <= item.at < part[1]])
    return [_with_wording(offer, text) for offer in reader.finish()]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A benefit with the place of its figure in the clause's text."""

    benefit: Benefit
    at: int
    end: int


@dataclass(slots=True)
class _Reader:
    """Builds offers part by part: `group` are the offers that a limit or a term of years next in the text belongs to, `conditions` the
    places of the clause's thresholds."""

    text: str
    conditions: tuple[int, ...]
    done: list[Offer] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    years: int | None = None
    area: float | None = None
    previous: _Placed | None = None
    last_group: list[int] = field(default_factory=list)
    shared: bool = False

    def read_part(self, part: tuple[int, int], items: list[_Placed]) -> None:
        """Read a part of a sentence (up to 。 or ;)."""
        if not items:
            return
        end = part[1]
        self.last_group, self.shared = self.group or self.last_group, self._only_limits(part, items)
        if not self.shared:
            self.group = []
        shares = sum(item.benefit.kind in {"rate", "ratio"} for item in items)
        self.previous = None
        for item in items:
            self._read(item, part, shares)
            self.previous = item
        for index in self.group:
            self.done[index] = replace(self.done[index], end=max(self.done[index].end, end))

    def finish(self) -> list[Offer]:
        """All offers; areas and years that no offer took stand for themselves."""
        if self.area is not None or (self.years is not None and not self.done):
            self.done.append(Offer("", area_m2=self.area, years=self.years, start=0, end=len(self.text)))
        return self.done

    def _only_limits(self, part: tuple[int, int], items: list[_Placed]) -> bool:
        """ "单个企业每年最高支持300万元。" limits everything that the clause has offered before."""
        opening = self.text[part[0] : part[1]].lstrip(" 、,")
        if not self.done or not pattern("limits").match(opening):
            return False
        if any(item.benefit.kind not in {"cap", "years"} for item in items):
            return False
        self.group = list(range(len(self.done)))
        return True

    def _read(self, item: _Placed, part: tuple[int, int], shares: int) -> None:
        match item.benefit.kind:
            case "rate" | "ratio":
                self._read_share(item, part, shares)
            case "cap" | "fixed":
                self._read_amount(item, part)
            case "uplift":
                self._read_uplift(item, part)
            case "years":
                self._read_years(item)
            case _:
                self._read_area(item)

    def _read_share(self, item: _Placed, part: tuple[int, int], shares: int) -> None:
        base, upper = self._about(self._base(item, part), part)
        waiting = [i for i in self.group if self.done[i].share is None and self.done[i].fixed is None]
        between = self.text[self.previous.end : item.at] if self.previous else ""
        # The cap may come first, as in 最高3000万元的1:1资金配套 or 每年不超过100万元,单笔不超过合同金额的50%; but in
        # 给予最高500万元支持,其余优秀作品按照不超过投资额的20% the share is another offer's.
        if waiting and ("," not in between or (shares == 1 and not _named(self._segment(item, part)))):
            for i in waiting:
                self._change(i, share=item.benefit.value, base=base, of_upper_money=upper)
            return
        labels = self._enumerated(item, part)
        if self._continues(item) and self.group:
            first = self.done[self.group[-1]]
            self._add(replace(first, label=labels, share=item.benefit.value))
            return
        self._open(Offer(labels, item.benefit.value, base, upper, start=part[0], end=item.end))

    def _read_amount(self, item: _Placed, part: tuple[int, int]) -> None:
        benefit = item.benefit
        segment = self._segment(item, part)
        limit = bool(pattern("limits").match(segment))
        cap = Cap(benefit.value, self._unit(item), benefit.per, benefit.period)
        same_kind = self.previous is not None and self.previous.benefit.kind == benefit.kind
        if same_kind and self._continues(item) and self.group:
            self._next_of_row(item, part, cap)
        elif benefit.kind == "cap" and self.group and (limit or self._lacks_cap(item)):
            names = self._row_names(item, part)
            joint = self.shared or (limit and len(self.group) > 1)
            for i in self.group:
                label = names or self.done[i].label
                self._change(i, caps=(*self.done[i].caps, replace(cap, joint=joint)), label=label)
        elif benefit.kind == "cap" and self.group and self.done[self.group[0]].share is not None:
            base = self.done[self.group[0]]
            label = self._label(item, part)
            if not base.caps:
                self._change(self.group[0], caps=(cap,), label=label)
            else:
                self._add(replace(base, label=label, caps=(cap,)))
        else:
            label = self._enumerated(item, part)
            offer = Offer(label, unit=cap.unit, start=part[0], end=item.end)
            self._open(_pays(offer, benefit, cap))

    def _next_of_row(self, item: _Placed, part: tuple[int, int], cap: Cap) -> None:
        """ "分别给予最高100万元、20万元、10万元": the next of a row repeats the one before with another amount."""
        before = self.done[self.group[-1]]
        label = self._enumerated(item, part)
        if self.previous and len(self.group) == 1 and self._own_words(item):
            # "按照2级15万元、3级20万元": the first of the row has its name in front as well.
            first = re.search(r"(?:按照?|给予|予以|为)([^,;。按给予]{1,8})$", self.text[: self.previous.at])
            if first:
                self._change(self.group[0], label=first[1])
        caps = (*before.caps[:-1], cap) if item.benefit.kind == "cap" and before.caps else before.caps
        self._add(_pays(replace(before, label=label, caps=caps), item.benefit, None))

    def _read_uplift(self, item: _Placed, part: tuple[int, int]) -> None:
        """ "工业智能企业每档支持资金提高10万元": every offer of the sentence before, again, by so much more."""
        label = self._label(item, part)
        add, unit = item.benefit.value, item.benefit.unit
        raised = [_raised(self.done[i], label, add, unit) for i in self.group or self.last_group]
        self.group = []
        if not raised:
            self._open(Offer(label, uplift=add, unit=unit, start=part[0], end=item.end))
        for offer in raised:
            self._add(offer)

    def _read_years(self, item: _Placed) -> None:
        years = int(item.benefit.value)
        if not self.group:
            self.years = years
        for i in self.group:
            if self.done[i].years is None or self._is_raise(item):
                self._change(i, years=years)

    def _read_area(self, item: _Placed) -> None:
        if not self.group:
            self.area = item.benefit.value
        for i in self.group:
            self._change(i, area_m2=item.benefit.value)

    # --- what the words around a figure say

    def _about(self, base: str, part: tuple[int, int]) -> tuple[str, bool]:
        """The base and whether it is upper-level money; a share that names none ("提高至30%") has that of the offer before."""
        words = self.text[part[0] : part[1]]
        if not base and self.done and "提高" in words:
            return self.done[-1].base, self.done[-1].of_upper_money
        return base, bool(pattern("upper_money").search(base)) or (not base and "配套" in words)

    def _base(self, item: _Placed, part: tuple[int, int]) -> str:
        """ "按照不超过市级补贴资金的30%" → 市级补贴资金."""
        begin = max(part[0], self.previous.end if self.previous else part[0])
        segment = re.split(r",", self.text[begin : item.at])[-1]
        if "配套" in segment and not re.search(r"按照?|不超过", segment):
            return ""
        words = re.split(
            r"按照(?:不超过)?|按(?:不超过)?|不超过|不高于|分别给予|给予|予以|提高至|最高|额外补助|给|为",
            segment,
        )[-1]
        words = re.sub(r"^元|(?:的|比例)$", "", words.strip(" ():"))
        words = re.sub(r"的$", "", words)
        if not words or "分别" in segment:
            earlier = re.findall(
                r"(按照?|根据)(?!一定比例|比例|规定|程序|要求|年度)([^,;。]{2,24}),",
                self.text[part[0] : item.at],
            )
            known = [base for cue, base in earlier if cue != "根据" or pattern("upper_money").search(base)]
            return known[-1] if known else words
        return words

    def _unit(self, item: _Placed) -> str:
        """The benefit's unit; "1.5元/平方米/天" is no sum, so it is CNY/m2 and never ranked or added."""
        per_area = re.match(r"\s*元?/(?:平方米|平米|㎡)", self.text[item.end :])
        return f"{item.benefit.unit}/m2" if per_area else item.benefit.unit

    def _segment(self, item: _Placed, part: tuple[int, int]) -> str:
        """The stretch between commas that the figure stands in, up to the figure's end."""
        begin = self.text.rfind(",", part[0], item.at) + 1 or part[0]
        return self.text[begin : item.end].strip()

    def _label(self, item: _Placed, part: tuple[int, int]) -> str:
        """For whom or what: the words before the award in the figure's own segment, else the last "对…" before it."""
        own = _named(self._segment(item, part))
        if own:
            return own
        begin = self.previous.end if self.previous else part[0]
        for words in reversed(self.text[begin : item.at].split(",")[:-1]):
            if _OPENING.match(words.strip()) or _CLOSING.search(words.strip()):
                return re.sub(r"^(?:其中|同时|对于|对(?!外))", "", words.strip(" 、")).removesuffix("的")
        return ""

    def _enumerated(self, item: _Placed, part: tuple[int, int]) -> str:
        """The name of a figure in a row: its own words ("3级20万元"), or its share of a list before it (分别)."""
        return self._own_words(item) or self._row_names(item, part) or self._label(item, part)

    def _own_words(self, item: _Placed) -> str:
        """ "、3级20万元" → 3级."""
        if not self._continues(item) or self.previous is None:
            return ""
        own = self.text[self.previous.end : item.at].strip(" 、,元和及或")
        return "" if pattern("award").match(own) else own

    def _row_names(self, item: _Placed, part: tuple[int, int]) -> str:
        """The member of a list that stands at the figure's place in its row, where list and row are of one length."""
        words = self.text[part[0] : part[1]]
        figures = _row(words, item.at - part[0])
        if "分别" not in words or len(figures) < 2:
            return ""
        at = next((i for i, (a, b) in enumerate(figures) if a <= item.at - part[0] < b), None)
        head = words[: figures[0][0]]
        members = _members(head, len(figures))
        return members[at] if members and at is not None else ""

    def _continues(self, item: _Placed) -> bool:
        """Whether the figure is the next of a row: only 、 or 和 and a few words stand between it and the last one."""
        if self.previous is None:
            return False
        between = self.text[self.previous.end : item.at].lstrip("元 ")
        return bool(re.fullmatch(r"(?:[、和及或/]|以及)\s*(?:最高|不超过)?[^,;。、]{0,12}", between))

    def _lacks_cap(self, item: _Placed) -> bool:
        """Whether the cap belongs to a share in front of it in the same segment, or right behind a comma."""
        offers = [self.done[i] for i in self.group]
        if any(offer.caps or offer.fixed is not None for offer in offers):
            return False
        between = self.text[self.previous.end : item.at] if self.previous else ""
        if "," not in between:
            return True
        return not _named(self.text[self.text.rfind(",", 0, item.at) + 1 : item.end].strip())

    def _is_raise(self, item: _Placed) -> bool:
        return "提高" in self.text[max(0, item.at - 20) : item.at]

    # --- the list of offers

    def _open(self, offer: Offer) -> None:
        """A support of its own, or a variant of the one before (_is_variant)."""
        family = self.done[-1].family if self._is_variant(offer) else len(self.done)
        self.group = []
        self._add(replace(offer, family=family))

    def _is_variant(self, offer: Offer) -> bool:
        """Whether the offer is another case of the one before it in the sentence.

        "工业智能企业支持比例提高至30%"; "工业大模型最高支持60万元"; tiers: "5亿元以上的,给予500万元;10亿元以上的,给予1000万元".
        """
        if not self.done or self.text[offer.start - 1 : offer.start] not in {";", "\n"}:
            return False
        words, before = self.text[offer.start : offer.end], self.done[-1]
        if offer.share is not None and "提高至" in words:
            return True
        if re.match(r"[^,;]{2,20}?最高(?:支持|资助|奖励|补助|补贴)", words) and not re.match(
            r"对|支持|鼓励", words
        ):
            return True
        tiers = [any(o.start <= at < o.end for at in self.conditions) for o in (before, offer)]
        return all(tiers) and (before.share is None) == (offer.share is None)

    def _add(self, offer: Offer) -> None:
        if offer.years is None and self.years is not None:
            offer = replace(offer, years=self.years)
        if offer.area_m2 is None and self.area is not None:
            offer, self.area = replace(offer, area_m2=self.area), None
        self.done.append(offer)
        self.group.append(len(self.done) - 1)

    def _change(self, index: int, **fields: object) -> None:
        self.done[index] = replace(self.done[index], **fields)  # type: ignore[arg-type]


def _placed(benefits: tuple[Benefit, ...], text: str) -> list[_Placed]:
    """Benefits with the place of their figure, in the order of the text."""
    placed = []
    for benefit in benefits:
        quote = text[benefit.start : benefit.end]
        figure = find_figure(quote, benefit.value, benefit.kind)
        start, end = figure or (0, len(quote))
        placed.append(_Placed(benefit, benefit.start + start, benefit.start + end))
    return sorted(placed, key=lambda item: item.at)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Parts of sentences: up to 。 ; or a line's end."""
    start = 0
    for match in re.finditer(r"[。;\n]|$", text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()


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
    for words in (re.split("分别", stripped)[-1], *reversed(re.split(",", stripped)), stripped):
        for splitter in (r"、|和|及|与|或", r"、|和", r"以及|和", r"、"):
            members = [_trim(member) for member in re.split(splitter, words) if member.strip(" ,")]
            if len(members) == count:
                return members
    return []


def _trim(member: str) -> str:
    """A list's member without the words around it."""
    member = re.sub(r"^.*(?:对于|对(?!外)|按照|不超过|给予|年度)", "", member.strip(" ,"))
    return re.sub(r"(?:补贴|补助|支持)?(?:金额|资金)?(?:的(?:企业|单位|机构)?)?$", "", member) or member


def _before_award(segment: str) -> str:
    """ "工业智能项目最高支持200万元" → 工业智能项目; "" where the award comes first."""
    match = pattern("award").search(segment)
    words = segment[: match.start()] if match else segment
    words = re.sub(r"^(?:其中|同时|并|且|对于|对(?!外))\s*,?", "", words.strip())
    return words.strip(" ,的可")


_OPENING = re.compile(r"(?:其中|同时)?(?:对|支持|鼓励|获得|获评|入选|承担|参加|其余|属于)")
_CLOSING = re.compile(r"(?:的|以内|以上|以下|项目|企业|单位|机构)$")
_NO_NAME = re.compile(
    r"(?:经|根据|结合|综合|择优|按|每|单个|单家|同一|额外|原则|最高|可|同时|(?:区级?|市级?|我区|本区)(?:财政|级)?$)"
)


def _named(segment: str) -> str:
    """The words before the award where they name somebody or something, else ""."""
    words = _before_award(segment)
    return "" if _NO_NAME.match(words) or pattern("limits").match(segment) else words


def _pays(offer: Offer, benefit: Benefit, cap: Cap | None) -> Offer:
    """The offer with an amount that is paid outright, or as a cap."""
    if benefit.kind == "fixed":
        return replace(
            offer, fixed=benefit.value, fixed_per=benefit.per, fixed_period=benefit.period, unit=offer.unit
        )
    return replace(offer, caps=(*offer.caps, cap)) if cap else offer


def _raised(offer: Offer, label: str, add: float, unit: str) -> Offer:
    name = f"{label}({offer.label})" if offer.label else label
    if unit == "share" and offer.share is not None:
        return replace(offer, label=name, share=offer.share + add)
    fixed = None if offer.fixed is None else offer.fixed + add
    caps = tuple(replace(cap, value=cap.value + add) for cap in offer.caps)
    return replace(offer, label=name, fixed=fixed, caps=caps)


def _with_wording(offer: Offer, text: str) -> Offer:
    """The offer with the floor and the instalments that its stretch of the text states."""
    words = text[offer.start : offer.end]
    low = pattern("floor").search(words)
    floor = None
    if low:
        floor = read_money(low["figure"] or low["figure2"], low["scale"] or low["scale2"])
    paid = pattern("instalments").search(words)
    shares = read_shares(paid["shares"] or paid["shares2"]) if paid else ()
    return replace(offer, floor=floor, instalments=shares if abs(sum(shares) - 1) < 1e-9 else ())
