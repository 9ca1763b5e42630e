"""The lexicons of linking keep their form: words mean one thing, cues find their examples, topics and industries exist."""

from __future__ import annotations

import pytest

from loaders.divisions import division_by_code
from loaders.lexicon import LexiconError, read_lexicon
from loaders.linking.matters import Matter, all_matters
from loaders.linking.settings import Cue, linking_settings
from loaders.linking.views import plain

CUES = (
    "bound_sentence",
    "between_cities",
    "reaches_upper",
    "first_years",
    "later_years",
    "denied",
    "generic_programme",
)
TOPICS = {entry["id"] for entry in read_lexicon("topics")["topics"]}


@pytest.mark.parametrize("matter", all_matters().by_name.values(), ids=lambda matter: matter.name)
def test_a_matter_has_topics_of_the_list_and_words_that_show_it(matter: Matter) -> None:
    assert matter.topics
    assert set(matter.topics) <= TOPICS
    assert matter.words
    assert len(set(matter.words)) == len(matter.words)
    for word in matter.words:
        assert plain(word) == word, "words are matched in plain text"
        assert all_matters().find(word) == {matter.name}, f"a longer word of another matter hides {word}"


def test_a_word_that_means_two_matters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [{"name": name, "topics": ["talent"], "words": ["人才"]} for name in ("甲", "乙")]
    monkeypatch.setattr("loaders.linking.matters.read_lexicon", lambda _: {"matters": entries})
    with pytest.raises(LexiconError, match=r"人才.*甲.*乙"):
        all_matters.__wrapped__()


@pytest.mark.parametrize("name", CUES)
def test_a_cue_finds_its_examples_and_none_of_its_counter_examples(name: str) -> None:
    cue: Cue = getattr(linking_settings(), name)
    pattern = cue.compiled(upper="北京市")
    assert cue.examples
    assert all(pattern.search(example) for example in cue.examples)
    assert not [text for text in cue.counter_examples if pattern.search(text)]


def test_topics_and_industries_are_those_of_the_closed_lists() -> None:
    settings = linking_settings()
    named = settings.wide_topics | settings.payment_topics | settings.form_topics | settings.voucher_topics
    assert named <= TOPICS
    industries = [industry for sector in settings.sectors for industry in sector.industries]
    assert len(set(industries)) == len(industries)
    assert settings.sector_of("游戏电竞") == "文化"
    assert settings.sector_of("综合") is None


def test_home_divisions_exist() -> None:
    home = linking_settings().home
    assert division_by_code(home.division).name == "北京市"
    assert [division_by_code(code).name for code in home.areas] == ["北京经济技术开发区"]
