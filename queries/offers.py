"""Reads a clause's benefits as offers: which share belongs to which cap, for whom, on what base.

"按照不超过市级补贴资金的30%给予最高100万元支持,工业智能项目最高支持200万元" is two offers: 30% up to 1,000,000, and for 工业智能项目 30% up to
2,000,000. What the words around a figure say is queries.phrases's, what an offer pays in a case queries.amounts's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from queries.clauses import ClauseFacts
from queries.offer import Cap, Offer
from queries.phrases import Figure, figures_by_part, named
from queries.wording import fold, pattern, read_money, read_shares


def read_offers(facts: ClauseFacts) -> list[Offer]:
    """The offers of a clause, in the order of the text; [] where it grants nothing that was read."""
    text = fold(facts.text)
    reader = _Reader(text, tuple(threshold.start for threshold in facts.thresholds))
    for part, figures in figures_by_part(facts.benefits, text):
        reader.read_part(part, figures)
    return [_with_wording(offer, text) for offer in reader.finish()]


@dataclass(slots=True)
class _Reader:
    """Builds offers part by part. `group` are the offers that a limit or a term of years next in the text belongs to, `last_group` those
    of the part before, `conditions` the places of the clause's thresholds; `shared`: the part limits everything before it."""

    text: str
    conditions: tuple[int, ...]
    done: list[Offer] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    last_group: list[int] = field(default_factory=list)
    shared: bool = False
    years: int | None = None
    area: float | None = None

    def read_part(self, part: tuple[int, int], figures: list[Figure]) -> None:
        """Read a part of a sentence (up to 。 or ;)."""
        self.last_group, self.shared = self.group or self.last_group, self._only_limits(figures)
        self.group = list(range(len(self.done))) if self.shared else []
        shares = sum(figure.benefit.kind in {"rate", "ratio"} for figure in figures)
        for figure in figures:
            self._read(figure, shares)
        for i in self.group:
            if part[1] > self.done[i].end:
                self._change(i, end=part[1])

    def finish(self) -> list[Offer]:
        """All offers; areas and years that no offer took stand for themselves."""
        if self.area is not None or (self.years is not None and not self.done):
            self.done.append(Offer("", area_m2=self.area, years=self.years, start=0, end=len(self.text)))
        return self.done

    def _only_limits(self, figures: list[Figure]) -> bool:
        """ "单个企业每年最高支持300万元。" limits everything that the clause has offered before."""
        opening = figures[0].words.lstrip(" 、,")
        kinds = {figure.benefit.kind for figure in figures}
        return bool(self.done and kinds <= {"cap", "years"} and pattern("limits").match(opening))

    def _read(self, figure: Figure, shares: int) -> None:
        match figure.benefit.kind:
            case "rate" | "ratio":
                self._read_share(figure, shares)
            case "cap" | "fixed":
                self._read_amount(figure)
            case "uplift":
                self._read_uplift(figure)
            case "years":
                self._read_years(figure)
            case _:
                self._read_area(figure)

    def _read_share(self, figure: Figure, shares: int) -> None:
        base, upper = self._base(figure)
        share = figure.benefit.value
        waiting = [i for i in self.group if self.done[i].share is None and self.done[i].fixed is None]
        # The cap may come first, as in 最高3000万元的1:1资金配套 or 每年不超过100万元,单笔不超过合同金额的50%; but in
        # 给予最高500万元支持,其余优秀作品按照不超过投资额的20% the share is another offer's.
        if waiting and ("," not in figure.between or (shares == 1 and not named(figure.segment))):
            for i in waiting:
                self._change(i, share=share, base=base, of_upper_money=upper)
        elif figure.continues and self.group:
            self._add(replace(self.done[self.group[-1]], label=figure.name, share=share))
        else:
            self._open(Offer(figure.name, share, base, upper, start=figure.part[0], end=figure.end))

    def _read_amount(self, figure: Figure) -> None:
        benefit, before = figure.benefit, figure.previous
        cap = Cap(benefit.value, figure.unit, benefit.per, benefit.period)
        place, size = figure.row_place
        if benefit.kind == "cap" and 1 < size == len(self.group) and self._are_shares():
            # 按100%、70%给予配套,最高分别不超过1000万元、500万元: row by row.
            self._change(self.group[place], caps=(*self.done[self.group[place]].caps, cap))
        elif before and before.benefit.kind == benefit.kind and figure.continues and self.group:
            self._next_of_row(figure, cap)
        elif benefit.kind == "cap" and self.group and figure.special_case:
            base = self.done[self.group[0]]
            self._add(replace(base, label=figure.special_case, caps=(cap,)))
        elif benefit.kind == "cap" and self.group and (figure.is_limit or self._lacks_cap(figure)):
            joint = self.shared or (figure.is_limit and len(self.group) > 1)
            for i in self.group:
                label = figure.row_name or self.done[i].label
                self._change(i, caps=(*self.done[i].caps, replace(cap, joint=joint)), label=label)
        elif benefit.kind == "cap" and self.group and self.done[self.group[0]].share is not None:
            self._another_cap(figure, cap)
        else:
            offer = Offer(figure.name, unit=cap.unit, start=figure.part[0], end=figure.end)
            self._open(_pays(offer, figure, cap))

    def _are_shares(self) -> bool:
        return all(self.done[i].share is not None for i in self.group)

    def _another_cap(self, figure: Figure, cap: Cap) -> None:
        """ "…给予最高100万元支持,工业智能项目最高支持200万元": the share again, with a cap for somebody else."""
        base = self.done[self.group[0]]
        if base.caps:
            self._add(replace(base, label=figure.label, caps=(cap,)))
        else:
            self._change(self.group[0], caps=(cap,), label=figure.label)

    def _next_of_row(self, figure: Figure, cap: Cap) -> None:
        """ "分别给予最高100万元、20万元、10万元": the next of a row repeats the one before with another amount."""
        before = self.done[self.group[-1]]
        if figure.previous and len(self.group) == 1 and figure.own_words:
            # "按照2级15万元、3级20万元": the first of the row has its name in front as well.
            first = re.search(r"(?:按照?|给予|予以|为)([^,;。按给予]{1,8})$", self.text[: figure.previous.at])
            if first:
                self._change(self.group[0], label=first[1])
        caps = (*before.caps[:-1], cap) if figure.benefit.kind == "cap" and before.caps else before.caps
        self._add(_pays(replace(before, label=figure.name, caps=caps), figure, None))

    def _read_uplift(self, figure: Figure) -> None:
        """ "工业智能企业每档支持资金提高10万元": every offer of the sentence before, again, by so much more."""
        add, unit, label = figure.benefit.value, figure.benefit.unit, figure.label
        raised = [_raised(self.done[i], label, add, unit) for i in self.group or self.last_group]
        self.group = []
        if not raised:
            self._open(Offer(label, uplift=add, unit=unit, start=figure.part[0], end=figure.end))
        for offer in raised:
            self._add(offer)

    def _read_years(self, figure: Figure) -> None:
        years = int(figure.benefit.value)
        if not self.group:
            self.years = years
        for i in self.group:
            if self.done[i].years is None or figure.is_raise:
                self._change(i, years=years)

    def _read_area(self, figure: Figure) -> None:
        if not self.group:
            self.area = figure.benefit.value
        for i in self.group:
            self._change(i, area_m2=figure.benefit.value)

    def _base(self, figure: Figure) -> tuple[str, bool]:
        """The base and whether it is upper-level money; a share that names none ("提高至30%") has that of the offer before."""
        base = figure.base
        if not re.sub("(?:支持|补助|补贴|奖励|资助|配套)?比例", "", base) and self.done and figure.is_raise:
            return self.done[-1].base, self.done[-1].of_upper_money
        return base, bool(pattern("upper_money").search(base)) or (not base and "配套" in figure.words)

    def _lacks_cap(self, figure: Figure) -> bool:
        """Whether the cap belongs to a share in front of it in the same segment, or right behind a comma."""
        if any(self.done[i].caps or self.done[i].fixed is not None for i in self.group):
            return False
        return "," not in figure.between or not named(figure.segment)

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
        if offer.share is not None and re.search("提[高升][至到为]", words):
            return True
        if _CASE.match(words):
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


_CASE = re.compile(r"(?!对|支持|鼓励)[^,;]{2,20}?最高(?:支持|资助|奖励|补助|补贴)")


def _pays(offer: Offer, figure: Figure, cap: Cap | None) -> Offer:
    """The offer with an amount that is paid outright, or as a cap."""
    benefit = figure.benefit
    if benefit.kind == "fixed":
        return replace(offer, fixed=benefit.value, fixed_per=benefit.per, fixed_period=benefit.period)
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
    if floor is None and not shares:
        return offer
    return replace(offer, floor=floor, instalments=shares if abs(sum(shares) - 1) < 1e-9 else ())
