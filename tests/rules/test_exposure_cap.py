"""Constraint `exposure-cap`: at most so many meetings of a facilitator with one party in any window of days."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from tests.builders import PARTY, breaks, facilitator, meeting, problem, roster
from tests.rings import WHOLE, seeds

from poolmatch import STANDARD_RULES, Problem, ProblemError, RuleSet, check, solve
from poolmatch.rules.exposure_cap import ExposureCapRule
from poolmatch.ruleset import STANDARD_RULES as STANDARD
from poolmatch.testing import check_rule, random_problem

RULE = "exposure-cap"
FIRST = date(2026, 3, 2)


def capped(cap: int, days: int) -> RuleSet:
    return STANDARD_RULES.plus(ExposureCapRule(cap=cap, window_days=days))


def held_on(*offsets: int, series: Mapping[int, str] | None = None, clock: str = "10:00", **tables: Any) -> Problem:
    """Return meetings M0, M1 … so many days after 2 March, each decided by the town; by place the series of some."""
    rows = []
    for n, offset in enumerate(offsets):
        day = FIRST + timedelta(days=offset)
        cells = {"series": (series or {})[n]} if n in (series or {}) else {}
        rows.append(meeting(f"M{n}", f"{day} {clock}", f"{day} {clock[:3]}45", **cells))
    people = tables.pop("facilitators", ["F1"])
    return problem(rows, people, tables.pop("stakes", None), **tables)


def past(day: str, *parties: str, name: str = "P1", who: str = "F1", **cells: Any) -> dict[str, Any]:
    """Return past work of an hour."""
    times = {"start": f"{day} 10:00", "end": f"{day} 11:00"}
    return {
        "meeting": name,
        "facilitator": who,
        "role": "lead",
        "organisations": list(parties or (PARTY,)),
        **times,
        **cells,
    }


def over(case: Problem, rules: RuleSet, *places: int, who: str = "F1") -> bool:
    """Tell whether it is too much for someone to hold these meetings, by default all."""
    chosen = places or range(len(case.meetings))
    return breaks(RULE, case, {f"M{n}": who for n in chosen}, rules)


# --- the window ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "apart", "broken"), [(7, 6, True), (7, 7, False), (7, 8, False), (1, 0, True), (1, 1, False)]
)
def test_a_window_of_so_many_days_holds_its_first_and_its_last(days: int, apart: int, broken: bool) -> None:
    case = (
        held_on(0, apart)
        if apart
        else problem(
            [
                meeting("M0", "2026-03-02 10:00", "2026-03-02 10:45"),
                meeting("M1", "2026-03-02 14:00", "2026-03-02 14:45"),
            ]
        )
    )
    assert over(case, capped(1, days)) == broken
    assert not over(case, capped(2, days))


def test_any_window_counts_not_only_those_of_the_calendar() -> None:
    case = held_on(3, 8, 9)
    assert over(case, capped(2, 7), 0, 1, 2)
    assert not over(held_on(3, 8, 10), capped(2, 7))
    assert not over(case, capped(2, 7), 0, 2)
    assert not over(case, capped(2, 6))


def test_days_are_local_and_the_clock_change_is_no_day() -> None:
    # 00:15 and 23:15 in Amsterdam: six local days apart, though more or less than six times 24 hours.
    for first, second in (("2026-03-26 00:15", "2026-04-01 23:15"), ("2026-03-26 23:15", "2026-04-01 00:15")):
        period = {"name": "around", "start": "2026-03-01", "end": "2026-04-30", "timezone": "Europe/Amsterdam"}
        rows = [meeting("M0", first, f"{first[:11]}{first[11:14]}45"), meeting("M1", second, f"{second[:14]}45")]
        case = problem(rows, period=period)
        assert over(case, capped(1, 7))
        assert not over(case, capped(1, 6))


def test_the_cap_is_inclusive_and_0_is_a_cap() -> None:
    case = held_on(0, 1, 2)
    assert [over(case, capped(cap, 30)) for cap in (0, 1, 2, 3)] == [True, True, True, False]
    assert over(case, capped(0, 1), 1)
    assert not over(case, capped(1, 1))


# --- whom and what it counts -----------------------------------------------------------------------------------


def test_each_facilitator_and_each_party_is_counted_alone() -> None:
    stakes = {"M0": {PARTY: "decider"}, "M1": {"School": "decider"}, "M2": {"School": "contributor", PARTY: "observer"}}
    case = held_on(0, 1, 2, stakes=stakes, facilitators=["F1", "F2"])
    assert not over(case, capped(1, 30), 0, 1)
    assert over(case, capped(1, 30), 1, 2)
    assert not over(case, capped(1, 30), 0, 2)  # there the town only observes
    assert not breaks(RULE, case, {"M1": "F1", "M2": "F2"}, capped(1, 30))


@pytest.mark.parametrize("grade", ["decider", "commissioner", "interest", "contributor", "observer"])
def test_every_grade_counts_but_observers(grade: str) -> None:
    stakes = {"M0": {PARTY: "decider"}, "M1": {PARTY: grade, "School": "decider"}}
    assert over(held_on(0, 1, stakes=stakes), capped(1, 30)) == (grade != "observer")
    only = {"M0": {PARTY: "observer"}, "M1": {PARTY: "observer"}}
    assert not over(held_on(0, 1, stakes=only), capped(1, 30))


def test_of_several_parties_one_is_enough() -> None:
    stakes = {"M0": {PARTY: "decider", "School": "interest"}, "M1": {"School": "interest", "Mill": "decider"}}
    case = held_on(0, 1, stakes=stakes)
    assert over(case, capped(1, 30))
    (finding,) = check(case, roster({"M0": "F1", "M1": "F1"}), capped(1, 30)).by_rule[RULE]
    assert finding.words.en == "F1 has 2 meetings with School within 30 days, the cap is 1."


def test_two_seats_of_one_meeting_count_once() -> None:
    seats = [{"meeting": "M0", "seat": name, "role": "scribe"} for name in ("a", "b")]
    case = held_on(0, seats=seats, facilitators=[facilitator("F1", roles="scribe")])
    assert not breaks(RULE, case, {("M0", "a"): "F1", ("M0", "b"): "F1"}, capped(1, 30))


# --- series --------------------------------------------------------------------------------------------------


def test_a_series_counts_once() -> None:
    case = held_on(0, 1, 2, series={0: "course", 1: "course", 2: "course"})
    assert not over(case, capped(1, 30))
    assert over(case, capped(0, 30))


def test_two_series_and_a_meeting_of_none_are_three() -> None:
    case = held_on(0, 1, 2, 3, 4, series={0: "course", 1: "course", 2: "plein", 3: "plein"})
    assert over(case, capped(2, 30))
    assert not over(case, capped(3, 30))
    assert not over(case, capped(2, 30), 0, 1, 2, 3)
    assert not over(case, capped(2, 30), 0, 2)


def test_a_series_counts_in_every_window_it_touches() -> None:
    # The course on day 0 and 10, and single meetings on day 2 and 12: two in each window of 5 days.
    case = held_on(0, 2, 10, 12, series={0: "course", 2: "course"})
    assert over(case, capped(1, 5))
    assert not over(case, capped(2, 5))
    assert not over(case, capped(1, 5), 0, 2)
    assert over(case, capped(1, 5), 2, 3)


def test_a_series_is_no_meeting_of_that_name() -> None:
    case = held_on(0, 1, series={0: "M1"})
    assert over(case, capped(1, 30))


# --- history -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "broken"), [("2026-02-24", True), ("2026-02-23", False)])
def test_history_counts_to_the_edge_of_the_window(day: str, broken: bool) -> None:
    # The meeting is on 2 March; the window of 7 days that ends there begins on 24 February.
    assert over(held_on(0, history=[past(day)]), capped(1, 7)) == broken
    assert not over(held_on(0, history=[past(day)]), capped(2, 7))


def test_history_of_others_with_others_or_without_a_day_does_not_count() -> None:
    assert not over(held_on(0, history=[past("2026-03-01", who="F2")]), capped(1, 7))
    assert not over(held_on(0, history=[past("2026-03-01", "School")]), capped(1, 7))
    duty = {"meeting": "P", "facilitator": "F1", "role": "lead", "hours": 2, "organisations": [PARTY]}
    assert not over(held_on(0, history=[duty]), capped(1, 7))
    gone = past("2026-03-01", "Dissolved", PARTY)
    assert over(held_on(0, history=[gone]), capped(1, 7))


def test_history_of_a_meeting_that_is_planned_here_does_not_count() -> None:
    assert not over(held_on(0, history=[past("2026-03-01", name="M0")]), capped(1, 7))


def test_earlier_sessions_of_a_series_count_with_those_to_come() -> None:
    history = [past("2026-02-26", name=f"P{n}", series="course") for n in (1, 2)]
    case = held_on(0, 1, series={0: "course"}, history=history)
    assert not over(case, capped(1, 30), 0)
    assert over(case, capped(1, 30), 1)
    assert over(case, capped(1, 30), 0, 1)
    assert not over(case, capped(2, 30))


def test_history_over_the_cap_alone_is_legal() -> None:
    history = [past(f"2026-02-2{n}", name=f"P{n}") for n in (5, 6, 7)]
    case = held_on(0, 20, history=history)
    rules = capped(1, 7)
    assert not breaks(RULE, case, {}, rules)
    assert over(case, rules, 0)
    assert not over(case, rules, 1)
    assert solve(case, rules, workers=1).roster.filled == 1


def test_history_within_the_period_counts_on_both_sides() -> None:
    # Work that was done in the period and is no longer planned, on 5 March.
    case = held_on(0, 6, history=[past("2026-03-05")])
    rules = capped(1, 4)
    assert over(case, rules, 0)
    assert over(case, rules, 1)
    assert not over(held_on(0, 7, history=[past("2026-03-06")]), capped(1, 2))


# --- parameters, findings, both doors ------------------------------------------------------------------------


def test_off_unless_both_are_given() -> None:
    case = held_on(*range(6))
    assert not over(case, STANDARD_RULES)
    assert STANDARD[RULE] == ExposureCapRule(cap=None, window_days=None)
    for cells in ({"cap": 1}, {"window_days": 7}):
        with pytest.raises(ValidationError, match="cap and window_days go together"):
            ExposureCapRule(**cells)
    with pytest.raises(ProblemError, match="cap and window_days go together"):
        RuleSet.from_toml("[rules.exposure-cap]\ncap = 1")
    read = RuleSet.from_toml("[rules.exposure-cap]\ncap = 1\nwindow_days = 7")
    assert read[RULE] == ExposureCapRule(cap=1, window_days=7)
    for cells in ({"cap": -1, "window_days": 7}, {"cap": 1, "window_days": 0}, {"cap": 1, "window_days": 36_501}):
        with pytest.raises(ValidationError):
            ExposureCapRule(**cells)


def test_the_fullest_window_is_told_once_with_its_meetings() -> None:
    case = held_on(0, 10, 11, 12, history=[past("2026-03-01")])
    (finding,) = check(case, roster({f"M{n}": "F1" for n in range(4)}), capped(1, 7)).by_rule[RULE]
    assert (finding.words.en, finding.words.nl) == (
        "F1 has 3 meetings with Town within 7 days, the cap is 1.",
        "F1 heeft 3 bijeenkomsten met Town binnen 7 dagen, de grens is 1.",
    )
    assert (finding.severity, finding.facilitators, finding.meetings) == ("violation", ("F1",), ("M1", "M2", "M3"))


def test_solve_spreads_the_work() -> None:
    case = held_on(0, 1, 2, 3, facilitators=["F1", "F2"])
    result = solve(case, capped(2, 30), workers=1)
    assert sorted(row.facilitator or "" for row in result.roster.rows) == ["F1", "F1", "F2", "F2"]
    assert solve(case, capped(1, 30), workers=1).roster.filled == 2
    assert solve(case, capped(0, 30), workers=1).roster.filled == 0


@pytest.mark.parametrize(("cap", "days"), [(0, 2), (1, 1), (1, 2), (1, 5), (2, 3), (2, 90)])
def test_both_doors_agree_on_random_problems(cap: int, days: int) -> None:
    rule = ExposureCapRule(cap=cap, window_days=days)
    heard = set()
    for seed in seeds(40):
        case = random_problem(random.Random(f"{cap} {days} {seed}"), 2, 4, 1, pins=False)
        shared = case.replace(
            stakes=[row.model_copy(update={"grade": "decider"}) for row in case.stakes] if seed % 2 else case.stakes
        )
        assert check_rule(rule, shared) > 0
        everyone = {row.meeting: case.facilitators[0].facilitator for row in case.meetings}
        heard.add(
            bool(
                check(
                    shared, roster({(name, "s0"): who for name, who in everyone.items()}), STANDARD.plus(rule)
                ).by_rule[RULE]
            )
        )
    assert heard == {True, False} or not WHOLE


def test_both_doors_agree_on_crowded_seats_and_teams() -> None:
    rule = ExposureCapRule(cap=1, window_days=3)
    for seed in seeds(20):
        case = random_problem(random.Random(seed), 2, 2, 2, pins=False, teams=True)
        assert check_rule(rule, case) > 0


# --- one organisation under two ids --------------------------------------------------------------------------


def same(one: str = PARTY, other: str = "Town hall", **dates: Any) -> dict[str, Any]:
    return {"source": one, "target": other, "kind": "same_as", **dates}


TURNS = {"M0": {PARTY: "decider"}, "M1": {"Town hall": "decider"}}


@pytest.mark.parametrize(
    ("dates", "one"),
    [
        ({}, True),
        ({"start": "2026-03-04"}, True),  # on the day of the second: its party is the first one too
        ({"end": "2026-03-02"}, True),  # on the day of the first
        ({"start": "2026-03-03", "end": "2026-03-03"}, False),
        ({"start": "2026-03-05"}, False),
        ({"end": "2026-03-01"}, False),
    ],
)
def test_meetings_with_two_ids_of_one_party_count_together(dates: dict[str, Any], one: bool) -> None:
    case = held_on(0, 2, stakes=TURNS, links=[same(**dates)])
    assert over(case, capped(1, 7)) is one
    assert over(case, capped(2, 7)) is False
    assert over(held_on(0, 2, stakes=TURNS, links=[same("Town hall", PARTY, **dates)]), capped(1, 7)) is one


def test_a_meeting_with_both_ids_counts_once_and_is_told_once() -> None:
    both = {f"M{n}": {PARTY: "decider", "Town hall": "interest"} for n in range(2)}
    case = held_on(0, 2, stakes=both, links=[same()])
    assert not over(case, capped(2, 7))
    assert over(case, capped(1, 7))
    (found,) = check(case, roster({"M0": "F1", "M1": "F1"}), capped(1, 7)).by_rule[RULE]
    assert found.words.en == "F1 has 2 meetings with Town within 7 days, the cap is 1."


def test_two_parties_that_are_not_one_are_told_apart() -> None:
    both = {f"M{n}": {PARTY: "decider", "School": "interest"} for n in range(2)}
    found = check(held_on(0, 2, stakes=both), roster({"M0": "F1", "M1": "F1"}), capped(1, 7)).by_rule[RULE]
    assert len(found) == 2


def test_history_under_another_id_counts() -> None:
    rows = [past("2026-02-27", "Town hall")]
    assert over(held_on(0, history=rows, links=[same()]), capped(1, 7))
    assert not over(held_on(0, history=rows), capped(1, 7))
    assert not over(held_on(0, history=[past("2026-02-27", "Gone")], links=[same()]), capped(1, 7))


def test_an_id_that_only_observes_does_not_count() -> None:
    stakes = {"M0": {"Town hall": "observer", "School": "decider"}, "M1": {PARTY: "decider"}}
    assert not over(held_on(0, 2, stakes=stakes, links=[same()]), capped(1, 7))
