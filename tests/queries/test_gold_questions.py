"""The annotators' twelve questions, answered by named queries (tests/gold/questions.json): on the graph of the annotators' facts, and on
the graph as it is read from the documents.

Figures are read from the file, so a change there is a change here. Where the reading may say more than the annotators (a further
clause on a topic, another stretch of the same sentence), the second graph is held to the figures only.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from queries.amounts import Given
from queries.chains import amounts_along
from queries.compare import Cell, Comparison, Standard, compare
from queries.conflicts import duplicates, stacking_across_levels
from queries.names import Names
from queries.parameters import run_query
from queries.states import PolicyState, Support
from queries.support import agency_clauses, largest_sums, uncapped
from queries.timeline import repeals, timeline
from tests.queries.gold import DAY, Gold, places, question


def _standards(gold: Gold, table: Comparison) -> dict[tuple[str, str], list[Standard]]:
    """Standards in force that are for the topic, by the annotators' place of their clause."""
    found: dict[tuple[str, str], list[Standard]] = {}
    for cell in table.cells:
        for clause in cell.clauses:
            place = gold.place(clause.ref.policy, clause.ref.cite)
            found[place] = [standard for standard in clause.standards if standard.on_topic]
    return found


def _place(entry: dict[str, Any]) -> tuple[str, str]:
    return entry["policy"], "/".join(entry["cite"])


def _meet(a: str, b: str) -> bool:
    """Whether two quotes are of one sentence: they share at least six characters in a row."""
    return SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size >= 6


def _cell(table: Comparison, district: str) -> Cell:
    return next(cell for cell in table.cells if cell.district == district)


def test_q01_who_supports_the_rental_of_compute(gold: Gold) -> None:
    answer = question("Q01")
    table = compare(gold.store, ["compute-rental"], DAY, city="110000")
    with_standard = table.supporting()
    assert {cell.district for cell in with_standard} == {entry["district"] for entry in answer["districts"]}
    assert len(with_standard) == answer["district_count_with_standard"]
    standards = _standards(gold, table)
    for entry in answer["districts"]:
        first = standards[_place(entry)][0]
        assert (first.share, first.cap_cny, first.years) == (
            entry["rate"],
            entry["cap_cny"],
            entry.get("years"),
        )
        assert first.period == entry.get("period")
        if variant := entry.get("variant"):
            second = standards[_place(entry)][1]
            assert (second.label, second.share, second.cap_cny, second.years) == (
                variant["对象"],
                variant["rate"],
                variant["cap_cny"],
                variant["years"],
            )
    for entry in answer["mentioned_without_standard"]:
        assert standards.get(_place(entry), None if gold.annotated else []) == []
    upper = {gold.place(clause.ref.policy, clause.ref.cite): clause for clause in table.upper}
    for entry in answer["municipal"]:
        standard = upper[_place(entry)].standards[0]
        assert (standard.share, standard.cap_cny) == (entry["rate"], entry["cap_cny"])


def test_q01_tells_the_districts_without_support_from_those_without_policies(gold: Gold) -> None:
    table = compare(gold.store, ["compute-rental"], DAY, city="110000")
    assert _cell(table, "海淀区").support is Support.NOT_FOUND
    assert _cell(table, "顺义区").support is Support.NOTHING_LOADED


def test_q03_what_each_repeal_replaced(gold: Gold) -> None:
    wanted = {(entry["policy"], entry["old"]): "note" in entry for entry in question("Q03")["policies"]}
    found = {
        (gold.place(repeal.policy, ())[0], repeal.old_doc_number): repeal.planned
        for repeal in repeals(gold.store, DAY)
    }
    assert found == wanted


def test_q05_what_is_in_force_on_a_day(gold: Gold) -> None:
    answer = question("Q05")
    then = timeline(gold.store, "2028-01-01")

    def named(*states: PolicyState) -> list[tuple[str, Any]]:
        return sorted((gold.place(p.policy, ())[0], p.effective_to) for p in then.in_state(*states))

    assert named(PolicyState.IN_FORCE) == [(e["policy"], e["to"]) for e in answer["valid"]]
    assert named(PolicyState.EXPIRED) == [(e["policy"], e["to"]) for e in answer["expired"]]
    terms = sorted(
        (gold.place(p.policy, ())[0], p.valid_years) for p in then.in_state(PolicyState.TERM_UNKNOWN)
    )
    assert terms == [(e["policy"], e["years"]) for e in answer["depends_on_issue_date"]]
    assert [name for name, _ in named(PolicyState.NO_TERM)] == answer["no_term_stated"]


def test_q06_duplicates_of_a_district(gold: Gold) -> None:
    answer = question("Q06")
    found = {
        frozenset((gold.place(pair.a.policy, pair.a.cite), gold.place(pair.b.policy, pair.b.cite)))
        for pair in duplicates(gold.store, DAY, district="bj-bda")
    }
    for pair in (answer["answer"], *answer["others"]):
        assert frozenset(places([pair["a"], pair["b"]])) in found
    same = answer["answer"]["same"]
    for side in ("a", "b"):
        table = compare(gold.store, ["data-trading"], DAY)
        [standard] = [
            s for s in _standards(gold, table)[_place(answer["answer"][side])] if "数据券" in s.quote
        ]
        assert (standard.share, standard.cap_cny, standard.period) == (
            same["rate"],
            same["cap_cny_per_buyer_per_year"],
            "year",
        )


def test_q08_what_an_agency_administers(gold: Gold) -> None:
    answer = question("Q08")
    agency = Names(gold.store).resolve("agency", "北京经济技术开发区信息技术产业局")
    clauses = agency_clauses(gold.store, agency, DAY)
    support = [clause for clause in clauses if clause.support and clause.role == "responsible"]
    found: dict[str, list[str]] = {}
    for clause in support:
        found.setdefault(gold.place(clause.policy, ())[0], []).append(clause.cite[-1])
    assert found == answer["clauses"]
    assert {name: len(cites) for name, cites in found.items()} == answer["counts"]
    assert len(support) == answer["total"]
    annex = {gold.place(c.policy, c.cite) for c in clauses if c.role in {"implementer", "interpreter"}}
    assert annex == set(places(answer["also_in_annex"]))


def test_q09_who_lets_city_and_district_support_be_drawn_together(gold: Gold) -> None:
    answer = question("Q09")
    allow, restrict = stacking_across_levels(gold.store, DAY)
    assert {gold.place(rule.ref.policy, rule.ref.cite) for rule in allow} == set(places(answer["allow"]))
    assert {rule.ref.district for rule in allow} == {entry["district"] for entry in answer["allow"]}
    assert {gold.place(rule.ref.policy, rule.ref.cite) for rule in restrict} == set(
        places(answer["restrict"])
    )
    for entry in (entry for entry in answer["allow"] if entry["quote"] != "同上"):
        rule = next(rule for rule in allow if gold.place(rule.ref.policy, rule.ref.cite) == _place(entry))
        assert rule.quote == entry["quote"] if gold.annotated else _meet(rule.quote, entry["quote"])


def test_q12_what_each_district_adds_to_a_city_award(gold: Gold) -> None:
    answer = question("Q12")
    given = Given(city_award=answer["given"]["city_award_cny"])
    found: dict[tuple[str, str], list[Any]] = {}
    for worked in amounts_along(gold.store, given, DAY, topic="first-use"):
        found.setdefault(gold.place(worked.ref.policy, worked.ref.cite), []).append(worked)
    assert set(found) == set(places(answer["districts"]))
    for entry in answer["districts"]:
        first, *variants = found[_place(entry)]
        assert first.ref.district == entry["district"]
        assert first.exact == entry["pays_cny"]
        for word, amount in entry.get("variant", {}).items():
            [variant] = [v for v in variants if word in v.label]
            assert variant.exact == amount
    [unknown] = found["001-16", "一/(二)"]
    assert (unknown.low, unknown.high, unknown.reason) == (0, 3_000_000, "条款只写最高300万元,未写比例")


def test_q14_who_matches_first_registration_of_data(gold: Gold) -> None:
    answer = question("Q14")
    table = compare(gold.store, ["data-assets"], DAY, city="110000")
    standards = _standards(gold, table)
    for entry in answer["districts"]:
        standard = standards[_place(entry)][0]
        assert (standard.share, standard.cap_cny) == (entry["rate"], entry["cap_cny"])
        for item in entry["items"]:
            assert item.removeprefix("首") in standard.quote
    for entry in answer["related"]:
        standard = standards[_place(entry)][0]
        assert (standard.share, standard.cap_cny) == (entry.get("rate"), entry["cap_cny"])
    assert set(standards) == set(places(answer["districts"] + answer["related"]))
    upper = [gold.place(clause.ref.policy, clause.ref.cite) for clause in table.upper]
    assert upper == places(answer["municipal"])


def test_q19_who_pays_for_buying_and_who_for_renting_premises(gold: Gold) -> None:
    answer = question("Q19")
    buying = _standards(
        gold, compare(gold.store, ["office-space"], DAY, city="110000", words=["购买", "购房"])
    )
    [(place, [standard])] = [(place, found) for place, found in buying.items() if found]
    [entry] = answer["purchase"]
    assert (place, standard.cap_cny) == (_place(entry), entry["cap_cny"])

    renting = _standards(gold, compare(gold.store, ["office-space"], DAY, city="110000"))
    wanted = set(places(answer["rent"]))
    assert set(renting) == wanted if gold.annotated else set(renting) >= wanted
    for entry in answer["rent"]:
        stated = renting[_place(entry)]
        rates = entry.get("rate")
        for rate in rates if isinstance(rates, list) else [rates] if rates else []:
            assert rate in [s.share for s in stated]
        caps = [cap for s in stated for cap, _, _ in s.caps_cny]
        for key in ("cap_cny", "cap_cny_per_year", "total_cap_cny"):
            assert key not in entry or entry[key] in caps
        assert "years" not in entry or entry["years"] in [s.years for s in stated]
        assert "area_m2" not in entry or entry["area_m2"] in [s.area_m2 for s in stated]


def test_q20_single_caps_of_forty_million_and_more(gold: Gold) -> None:
    answer = question("Q20")
    sums = largest_sums(gold.store, 40_000_000, DAY)
    found = [(gold.place(item.ref.policy, item.ref.cite), item.value_cny, item.period) for item in sums]
    wanted = [(_place(entry), entry["cap_cny"], entry.get("period")) for entry in answer["clauses"]]
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert len(found) == answer["count"]
    assert [item.value_cny for item in sums] == sorted((item.value_cny for item in sums), reverse=True)
    without = {gold.place(s.ref.policy, s.ref.cite): s for s in uncapped(gold.store, DAY)}
    [entry] = answer["uncapped"]
    assert without[_place(entry)].share == entry["rate"]


def test_q23_which_policies_state_no_exclusion(gold: Gold) -> None:
    answer = question("Q23")
    rows = run_query(gold.store, "policies_without_exclusion", {"as_of": DAY}).rows
    found = {gold.place(row["policy"], ())[0]: row["district"] for row in rows}
    assert found == answer["districts"]


def test_q25_what_entering_the_statistics_earns(gold: Gold) -> None:
    answer = question("Q25")
    table = compare(gold.store, ["enter-scale"], DAY, city="110000")
    standards = _standards(gold, table)
    assert set(standards) == set(places(answer["districts"]))
    for entry in answer["districts"]:
        stated = standards[_place(entry)]
        named = [s for s in stated if "达规" in s.label or "规模" in s.label] or stated
        assert named[0].fixed_cny == entry.get("fixed_cny")
        assert named[0].cap_cny == entry.get("cap_cny")
        if "again_cny" in entry:
            assert named[1].fixed_cny == entry["again_cny"]
    raised = next(
        s for s in standards["004", "第五条/(1)"] if "工业智能企业" in s.label and "达规" in s.label
    )
    assert raised.cap_cny == 200_000
    upper = [gold.place(clause.ref.policy, clause.ref.cite) for clause in table.upper]
    assert upper == places(answer["municipal"])
