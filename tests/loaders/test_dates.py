"""Dates, and from when until when a policy holds."""

from __future__ import annotations

import re

import pytest

from loaders.dates import DATE, find_validity, read_date
from loaders.types import Span


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025年10月30日", "2025-10-30"),
        ("2025-10-30", "2025-10-30"),
        ("2025.1.2", "2025-01-02"),
        ("2025/01/02", "2025-01-02"),
        ("二〇二五年十月三十日", "2025-10-30"),
        ("二○二四年二月二十九日", "2024-02-29"),  # a circle for the zero, as typists have it
        ("二零一九年十二月三十一日", "2019-12-31"),
        ("2025年3月", "2025-03-01"),
        ("2023年2月29日", None),  # no day of the calendar
        ("2025年13月1日", None),
        ("有效期三年", None),
        ("", None),
    ],
)
def test_reads_dates(text: str, date: str | None) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025年底", "2025-12-31"),
        ("2024年2月", "2024-02-29"),
        ("2026年6月底", "2026-06-30"),
        ("2026年6月15日", "2026-06-15"),
    ],
)
def test_the_end_of_a_term_is_its_last_day(text: str, date: str) -> None:
    assert read_date(text, last_day=True) == date


@pytest.mark.parametrize("month", range(1, 13))
def test_reads_every_day_of_a_year_in_both_numerals(month: int) -> None:
    digits = ["", *"一二三四五六七八九"]

    def chinese(number: int) -> str:
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + digits[ones]

    for day in range(1, 29):
        expected = f"2026-{month:02}-{day:02}"
        assert read_date(f"2026年{month}月{day}日") == expected
        assert read_date(f"二〇二六年{chinese(month)}月{chinese(day)}日") == expected


def test_a_date_is_read_whole_or_not_at_all() -> None:
    assert re.findall(DATE, "自2023年1月1日至二〇二五年十二月三十一日") == [
        "2023年1月1日",
        "二〇二五年十二月三十一日",
    ]


def validity(text: str) -> tuple[str | None, str | None, int | None]:
    found = find_validity(text, [Span(0, len(text))])
    return found.effective_from, found.effective_to, found.valid_years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # of the corpus
        ("本措施自公布之日起施行,有效期至2028年12月31日,施行期间如遇", ("issue", "2028-12-31", None)),
        ("自印发之日起30日后施行,有效期至2028年12月31日止。", ("issue+30d", "2028-12-31", None)),
        ("本措施自公布之日30日后施行,有效期至2028年4月30日。", ("issue+30d", "2028-04-30", None)),
        ("(十六)本措施自印发之日起30日后施行,有效期三年。", ("issue+30d", None, 3)),
        ("(二)本措施自发布之日起执行,至2027年12月31日结束。", ("issue", "2027-12-31", None)),
        ("本措施自公布之日起施行,施行五年。施行过程中", ("issue", None, 5)),
        ("(二)本措施自修订之日起实施,有效期3年。", ("issue", None, 3)),
        # as other cities write
        ("本办法自2024年1月1日起施行,有效期5年。", ("2024-01-01", None, 5)),
        ("本办法自二〇二四年六月一日起施行。", ("2024-06-01", None, None)),
        ("本措施自2023年7月1日起施行,有效期至2026年6月30日。", ("2023-07-01", "2026-06-30", None)),
        ("本政策有效期为2023年1月1日至2025年12月31日。", ("2023-01-01", "2025-12-31", None)),
        ("有效期自2024年6月1日至2027年5月31日止。", ("2024-06-01", "2027-05-31", None)),
        ("本政策有效期1年(2024年1月1日-2024年12月31日)。", ("2024-01-01", "2024-12-31", 1)),
        ("本意见自2024年5月1日起执行至2026年4月30日。", ("2024-05-01", "2026-04-30", None)),
        ("本措施自发布之日起满30日后施行,试行两年。", ("issue+30d", None, 2)),
        ("本措施自印发之日起第30日起施行。", ("issue+30d", None, None)),
        ("本规定自公布之日起三十日后施行。", ("issue+30d", None, None)),
        ("本政策自印发之日起一个月后施行。", ("issue+1m", None, None)),
        ("本措施自发布之日起10个工作日后施行。", ("issue+10wd", None, None)),
        ("第十条本意见自发布之日起实施,有效期暂定三年。", ("issue", None, 3)),
        ("本办法有效期为自发布之日起三年。", ("issue", None, 3)),
        ("本通知自印发之日起执行,有效期截止2025年12月31日。", ("issue", "2025-12-31", None)),
        ("本措施自印发之日起施行,有效期至2026年底。", ("issue", "2026-12-31", None)),
        ("本办法自印发之日起施行。有效期3年。", ("issue", None, 3)),
        ("本办法自2023年10月1日起试行,试行期一年。", ("2023-10-01", None, 1)),
        # the body that interprets stands first in the sentence
        (
            "由区发改局负责解释,自2022年5月1日起施行,有效期至2024年12月31日。",
            ("2022-05-01", "2024-12-31", None),
        ),
        ("本意见自发文之日起执行,暂定一年。", ("issue", None, 1)),
        ("本政策适用期为2023年1月1日至2025年12月31日。", ("2023-01-01", "2025-12-31", None)),
        ("本政策追溯至2024年1月1日起执行,有效期两年。", ("2024-01-01", None, 2)),
        ("本通知自2023年5月10日起实行,有效期3年。", ("2023-05-10", None, 3)),
        ("政策有效期:2024年1月1日至2024年12月31日。", ("2024-01-01", "2024-12-31", None)),
        ("本规定有效期五年,自公布之日起计算。", ("issue", None, 5)),
    ],
)
def test_reads_the_term_that_a_policy_sets_itself(
    text: str, expected: tuple[str | None, str | None, int | None]
) -> None:
    assert validity(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "企业获得证书有效期3年的,按本办法支持。",  # of a certificate
        "对自本办法发布之日起3年内新设立的企业给予奖励。",  # of the firm
        "自2023年1月1日至2025年12月31日期间新引进的企业,按本措施执行。",  # of its settling
        "项目实施3年以上的,按本办法验收。",
        "合同有效期至2027年12月31日的,本措施予以支持。",
        "2025年1月1日起施行的税法。",
        "",
    ],
)
def test_terms_of_other_things_are_not_the_policy_s(text: str) -> None:
    assert validity(text) == (None, None, None)


def test_the_closing_words_count_more_than_what_stands_before() -> None:
    text = "本办法自2021年1月1日起施行的条款继续有效。本办法自2024年1月1日起施行,有效期至2026年12月31日。"
    assert validity(text) == ("2024-01-01", "2026-12-31", None)


def test_each_fact_has_the_words_that_say_it() -> None:
    text = "本措施自印发之日起30日后施行,有效期三年。"
    found = find_validity(text, [Span(0, len(text))])
    assert found.from_span is not None
    assert found.years_span is not None
    assert text[slice(*found.from_span)] == "自印发之日起30日后施行"
    assert text[slice(*found.years_span)] == "有效期三年"
