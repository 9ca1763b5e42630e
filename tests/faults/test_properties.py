"""What holds for any text at each stage, tried on texts that hypothesis builds from the pieces of policies."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.clean import clean
from tests.faults.law import amounts_problems, clean_problems, extract_problems, segment_problems
from tests.faults.texts import documents, policies

EXAMPLES = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])

blanks = st.lists(
    st.sampled_from([" ", "\n", "\t", "\u3000", "\r", "\v", "\u2028", "\x85", "字", "。", "A"]), max_size=20
).map("".join)


@EXAMPLES
@given(st.one_of(documents, blanks))
def test_cleaning_folds_blanks_and_keeps_the_way_back(text: str) -> None:
    assert clean_problems(text) == []


@EXAMPLES
@given(documents)
def test_policies_and_clauses_lie_in_the_text_in_order(text: str) -> None:
    assert segment_problems(text) == []


@EXAMPLES
@given(policies)
def test_amounts_are_numbers_and_lie_in_the_text(text: str) -> None:
    assert amounts_problems(text) == []


@EXAMPLES
@given(documents)
def test_every_fact_of_a_record_has_its_quote(text: str) -> None:
    assert extract_problems(text) == []


@EXAMPLES
@given(st.text(alphabet="第一条二、(1)支持企业最高万元。 \n", max_size=60))
def test_a_clean_text_is_left_as_it_is(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@pytest.mark.parametrize("check", [clean_problems, segment_problems, amounts_problems])
@pytest.mark.parametrize(
    "text", ["", "\n", "\0", "第", "第一条", "《", "(" * 300, "第一条 " * 300, "9" * 5000 + "万元"]
)
def test_the_least_and_the_strangest_texts(check: Callable[[str], list[str]], text: str) -> None:
    assert check(text) == []
