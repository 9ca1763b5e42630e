"""An offer: one thing that a clause pays, with its caps. How offers are read from a clause is queries.offers's."""

from __future__ import annotations

from dataclasses import dataclass


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
