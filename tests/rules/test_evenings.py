"""Rule `evenings`: hours of evening meetings above one's share of them, in the steps of `fair-load`."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, problem, roster
from tests.builders import penalty as exact_penalty
from tests.rules.half_over import FIXED, half, on, told
from tests.rules.loads import contracts, past, penalty

from poolmatch import STANDARD_RULES, Problem, RuleSet, check, solve
from poolmatch.checking import input_issues
from poolmatch.domain.evenings import is_evening
from poolmatch.domain.hours import TICKS
from poolmatch.domain.shares import targets
from poolmatch.rules.evenings import EveningsRule
from poolmatch.testing import check_rule

RULE = "evenings"
RULES = STANDARD_RULES.plus(EveningsRule())


def evenings(count: int, people: Sequence[Cells | str] = ("F1", "F2"), minutes: int = 120, **tables: Any) -> Problem:
    """Return evening meetings M1, M2 … from 19:00 on, two days apart, and a meeting D by day, of four hours."""
    rows = [
        meeting(f"M{n}", f"2026-03-{2 * n:02} 19:00", f"2026-03-{2 * n:02} {19 + minutes // 60}:{minutes % 60:02}")
        for n in range(1, count + 1)
    ]
    return problem([*rows, meeting("D", "2026-03-30 09:00", "2026-03-30 13:00")], people, **tables)


def goals(case: Problem) -> tuple[int, ...]:
    return tuple(targets(case, is_evening).values())


# --- what counts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "cells", "minutes"),
    [
        ("16:00", "18:00", {}, 0),
        ("16:00", "18:01", {}, 121),  # then it counts whole
        ("17:00", "18:00", {"wrapup_minutes": 60}, 0),
        ("17:00", "18:30", {"setup_minutes": 15, "wrapup_minutes": 15, "preparation_hours": 1}, 180),
        ("19:30", "21:30", {}, 120),
        ("00:30", "03:30", {}, 0),
    ],
)
def test_a_meeting_that_ends_after_six_counts_whole(start: str, end: str, cells: Cells, minutes: int) -> None:
    rows = [meeting("M1", f"2026-03-05 {start}", f"2026-03-05 {end}", **cells)]
    case = problem(rows, ["F1"])
    assert goals(case) == (minutes,)
    # With a share of nothing every minute costs 8 units of 100.
    case = problem(rows, contracts(0, 36))
    assert penalty(RULE, case, {"M1": "F1"}, RULES) == 800 * minutes


def test_days_are_no_evenings() -> None:
    case = evenings(2)
    assert goals(case) == (120, 120)
    assert penalty(RULE, case, {"M1": "F1", "D": "F1"}, RULES) == 0
    assert penalty(RULE, case, {"D": "F1"}, RULES) == 0


# --- the charge --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "units"),
    [
        # A target of 240 minutes. Free to 264; 1 point an hour to 300, 2 to 360, 4 to 480, 8 beyond.
        (2, 0),
        (3, 36 * 100 + 60 * 200),
        (4, 36 * 100 + 60 * 200 + 120 * 400),
    ],
)
def test_the_steps_are_those_of_a_fair_load(held: int, units: int) -> None:
    case = evenings(4)
    assert goals(case) == (240, 240)
    assert penalty(RULE, case, {f"M{n}": "F1" for n in range(1, held + 1)}, RULES) == units


def test_the_example_of_the_documentation() -> None:
    # Four evenings of 2.5 hours over four people, one of whom has two: 0.375 + 0.625 × 2 + 1.25 × 4 points.
    case = evenings(4, ("F1", "F2", "F3", "F4"), 150)
    assert goals(case) == (150,) * 4
    report = check(case, roster({"M1": "F1", "M2": "F1"}), RULES)
    (finding,) = report.by_rule[RULE]
    assert finding.points == 6.625
    assert finding.words.en == "F1 works 5.00 hours in evenings, the fair share is 2.50."
    assert finding.words.nl == "F1 werkt 5,00 uur in de avond, het eerlijke deel is 2,50."
    assert (finding.facilitators, finding.meetings) == (("F1",), ("M1", "M2"))


@pytest.mark.parametrize(("tolerance", "units"), [(0, 60 * 100 + 60 * 200), (50, 0), (40, 24 * 200)])
def test_the_margin_is_a_parameter(tolerance: int, units: int) -> None:
    rules = STANDARD_RULES.plus(EveningsRule(tolerance=tolerance))
    assert penalty(RULE, evenings(4), {"M1": "F1", "M2": "F1", "M3": "F1"}, rules) == units


def test_shares_are_by_contract_hours_and_externals_stand_aside() -> None:
    people = [*contracts(30, 10), facilitator("X", external=True)]
    case = evenings(4, people)
    assert goals(case) == (360, 120)
    assert penalty(RULE, case, {f"M{n}": "X" for n in range(1, 5)}, RULES) == 0
    assert penalty(RULE, case, {"M1": "F1", "M2": "F1", "M3": "F1", "M4": "F2"}, RULES) == 0
    # 240 of 120: 18 × 100 + 30 × 200 + 60 × 400.
    assert penalty(RULE, case, {"M1": "F2", "M2": "F2"}, RULES) == 31_800


def test_optional_seats_ask_for_nothing_but_count() -> None:
    seats = [{"meeting": "M1", "seat": name, "role": "lead", "required": name == "a"} for name in ("a", "b")]
    case = evenings(1, seats=seats)
    assert goals(case) == (60, 60)
    assert penalty(RULE, case, {("M1", "b"): "F1"}, RULES) == 9 * 100 + 15 * 200 + 30 * 400


# --- history, duties, slots, the past ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([past("F1", 120, "2026-02-10 19:30")], (180, 240)),  # half of 120 too many
        ([past("F1", 120, "2026-02-10 09:00")], (240, 240)),  # by day
        ([past("F1", 120, "2026-02-10 16:00")], (240, 240)),  # up to six
        ([past("F1", 121, "2026-02-10 16:00")], (180, 240)),  # 121 − 61
        ([past("F1", 120, "2025-11-30 19:30")], (180, 240)),  # 91 days before 1 March
        ([past("F1", 120, "2025-11-29 19:30")], (240, 240)),
        ([past("F1", 120, "2026-02-10 19:30"), past("F2", 120, "2026-02-11 19:30", "P2")], (240, 240)),
        ([past("F1", 120, "2026-02-10 19:30", hours=4)], (120, 240)),  # as many hours as are given
        ([{"meeting": "P1", "facilitator": "F1", "role": "mentor", "hours": 5}], (240, 240)),  # a duty
        ([past("F1", 120, "2026-02-10 19:30", name="M1")], (240, 240)),  # it is planned here
        ([past("F1", 1_200, "2026-02-10 19:30")], (0, 240)),
    ],
)
def test_a_surplus_of_evenings_comes_off_the_target(history: list[Cells], expected: tuple[int, int]) -> None:
    assert goals(evenings(4, history=history)) == expected


def test_who_had_the_evenings_last_month_stays_at_home() -> None:
    # Of all hours both worked as much; F1 had them in evenings. One evening and one day are to be done.
    history = [past("F1", 240, "2026-02-10 18:00"), past("F2", 240, "2026-02-10 09:00", "P2")]
    rows = [
        meeting("M1", "2026-03-05 19:30", "2026-03-05 21:30"),
        meeting("M2", "2026-03-12 10:00", "2026-03-12 12:00"),
    ]
    case = problem(rows, ["F1", "F2"], history=history)
    result = solve(case, RULES, **FIXED)
    assert [row.facilitator for row in result.roster.rows] == ["F2", "F1"]
    likes = [{"facilitator": "F1", "meeting": "M1", "score": 10}]
    liked = case.replace(preferences=likes)
    assert solve(liked, STANDARD_RULES, **FIXED).roster.holder("M1", "lead") == "F1"
    assert solve(liked, RULES, **FIXED).roster.holder("M1", "lead") == "F2"


def test_duties_have_no_evening() -> None:
    case = evenings(2, duties=[{"duty": "D1", "kind": "coaching", "hours": 9}])
    assert goals(case) == (120, 120)
    assert penalty(RULE, case, {"M1": "F1", ("D1", "coaching"): "F1"}, RULES) == 0


def test_a_flexible_meeting_is_asked_by_its_first_slot_and_counts_by_the_chosen_one() -> None:
    times = [("2026-03-05 10:00", "2026-03-05 12:00"), ("2026-03-06 19:30", "2026-03-06 21:30")]
    slots = [{"meeting": "M1", "start": start, "end": end} for start, end in times]
    case = problem([{"meeting": "M1"}], ["F1", "F2"], slots=slots)
    assert goals(case) == (0, 0)
    check_rule(EveningsRule(), case)
    late = problem(
        [{"meeting": "M1"}],
        ["F1", "F2"],
        slots=[slots[0] | {"start": "2026-03-07 10:00", "end": "2026-03-07 12:00"}, slots[1]],
    )
    assert goals(late) == (60, 60)
    check_rule(EveningsRule(), late)
    start = late.slots[1].start
    held = roster({"M1": "F1"}).with_rows(lambda _: {"start": start})
    assert check(late, held, RULES).penalty(RULE) == (9 * 100 + 15 * 200 + 30 * 400) * TICKS


def test_what_was_held_before_today_counts() -> None:
    # M1, of the 10th, is past; M2 is to come: two hours each. Who led M1 has had theirs.
    case = half([on("M1", 10), on("M2", 20)], published=[told("F1")])
    check_rule(EveningsRule(), case)
    # 240 of 120: 18 × 100 + 30 × 200 + 60 × 400.
    assert exact_penalty(RULE, case, {"M2": "F1"}, RULES) == 31_800 * TICKS
    assert exact_penalty(RULE, case, {"M2": "F2"}, RULES) == 0


# --- doubts ------------------------------------------------------------------------------------------------


def codes(case: Problem, rules: RuleSet = RULES) -> list[str]:
    return [issue.code for issue in input_issues(case, rules)]


def test_a_warning_where_nothing_can_be_in_the_evening() -> None:
    def at(*times: Iterable[str]) -> Problem:
        slots = [{"meeting": "M1", "start": f"2026-03-05 {start}", "end": f"2026-03-05 {end}"} for start, end in times]
        return problem([{"meeting": "M1"}], ["F1"], slots=slots)

    assert codes(at(("10:00", "12:00"), ("14:00", "18:00"))) == ["no-meeting-in-the-evening"]
    assert codes(at(("10:00", "12:00"), ("14:00", "18:01"))) == []
    assert codes(at(("10:00", "12:00")), STANDARD_RULES) == []


def test_it_is_off_unless_it_is_asked_for() -> None:
    assert RULE not in {rule.id for rule in STANDARD_RULES.rules}
    assert RuleSet.from_toml("[rules.evenings]\ntolerance = 20")[RULE] == EveningsRule(tolerance=20)
