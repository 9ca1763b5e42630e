"""The three lexicons of amounts: their form, their order, and that each word and pattern finds what it is meant for."""

from __future__ import annotations

import re

import pytest

from loaders.amounts.cues import read_sentence, schemes
from loaders.amounts.units import patterns
from loaders.lexicon import read_lexicon

CUES = read_lexicon("amount_cues")["classes"]
MEASURES = read_lexicon("amount_cues")["measures"]
RECIPIENTS = read_lexicon("recipients")
UNITS = read_lexicon("units")
# The guideline's list of what an amount can be per (tests/gold/GUIDELINE.md, "per").
PERS = {"企业", "项目", "机构", "单位", "个人", "活动", "作品", "台套"}
NAMES = {
    **{(per, "recipients"): entry["words"] for per, entry in RECIPIENTS["recipients"].items()},
    ("things", "recipients"): RECIPIENTS["things"]["words"],
    ("transparent", "recipients"): RECIPIENTS["transparent"]["words"],
    **{(cue, "cues"): entry["words"] for cue, entry in CUES.items()},
    ("schemes", "cues"): read_lexicon("amount_cues")["schemes"],
    ("counted", "units"): UNITS["counted"]["words"],
    ("between", "units"): UNITS["years"]["between"],
}


@pytest.mark.parametrize("words", NAMES.values(), ids=[name for name, _ in NAMES])
def test_words_are_sorted_and_stand_once(words: list[str]) -> None:
    assert words == sorted(set(words))


def test_no_word_means_two_things() -> None:
    words = [
        word.partition(">")[0] if cue == "counter" else word
        for (cue, lexicon), group in NAMES.items()
        if lexicon in ("cues", "recipients") and cue != "schemes"
        for word in group
    ]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(("cue", "entry"), CUES.items())
def test_every_class_says_what_it_does_and_where_it_was_seen(cue: str, entry: dict[str, object]) -> None:
    assert set(entry) <= {"says", "example", "source", "words"}
    assert entry["says"]
    assert entry["source"]
    if cue not in ("stop", "semicolon", "comma", "none", "sanction"):
        assert entry["example"]


@pytest.mark.parametrize(
    ("cue", "example"),
    [
        (cue, part)
        for cue, entry in CUES.items()
        if "example" in entry
        for part in entry["example"].split(";")
    ],
)
def test_every_example_holds_a_word_of_its_class(cue: str, example: str) -> None:
    assert cue in read_sentence(example, 0, len(example), []).cues


def test_recipients_are_the_units_of_the_guideline() -> None:
    assert set(RECIPIENTS["recipients"]) == PERS
    counters = [word.partition(">")[2] for word in CUES["counter"]["words"] if ">" in word]
    assert set(counters) <= PERS
    assert set(RECIPIENTS["classifiers"]["words"].values()) <= PERS
    assert list(RECIPIENTS["classifiers"]["words"]) == sorted(RECIPIENTS["classifiers"]["words"])
    assert all(entry["source"] for entry in RECIPIENTS["recipients"].values())


def test_a_word_of_class_none_takes_the_shorter_ones_meaning() -> None:
    assert "for" not in read_sentence("对外投资", 0, 4, []).cues
    assert "for" in read_sentence("对外资企业", 0, 5, []).cues


def test_units_have_sources_and_known_names() -> None:
    assert set(UNITS) == {"currencies", "counted", "areas", "shares", "years", "whole", "half"}
    for currency, entry in UNITS["currencies"].items():
        assert re.fullmatch("[A-Z]{3}", currency)
        assert entry["source"]
        assert entry["words"] == sorted(entry["words"])
    assert set(UNITS["areas"]) == {"m2", "mu"}


@pytest.mark.parametrize(
    ("name", "entry"),
    [(name, entry) for name in ("whole", "half") for entry in UNITS[name]["patterns"]],
    ids=lambda value: value if isinstance(value, str) else value["pattern"][:8],
)
def test_patterns_find_their_examples_and_no_counterexample(name: str, entry: dict[str, list[str]]) -> None:
    pattern = getattr(patterns(), name)
    assert all(pattern.search(example) for example in entry["examples"])
    assert not any(pattern.search(example) for example in entry["counterexamples"])


def test_schemes_find_the_longest_name() -> None:
    match = schemes().search("每年发放1亿元数据券")
    assert match is not None
    assert match[0] == "数据券"


def test_measures_are_counters_without_a_unit_of_the_guideline() -> None:
    assert sorted(MEASURES) == MEASURES
    assert set(MEASURES) <= set(CUES["counter"]["words"])
