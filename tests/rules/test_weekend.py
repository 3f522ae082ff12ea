"""Rule `weekend`: hours on weekends and public holidays above one's share of them, in the steps of `fair-load`."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pytest
from tests.builders import Cells, Holders, facilitator, meeting, problem, roster
from tests.rules.half_over import FIXED, half, on, told
from tests.rules.loads import contracts, past, penalty

from poolmatch import STANDARD_RULES, Problem, ProblemError, RuleSet, check, solve
from poolmatch.checking import input_issues
from poolmatch.domain.holidays import FreeDays
from poolmatch.domain.hours import TICKS
from poolmatch.domain.shares import targets
from poolmatch.rules.weekend import WeekendRule
from poolmatch.testing import check_rule

RULE = "weekend"
RULES = STANDARD_RULES.plus(WeekendRule())
SPRING = {"name": "Spring 2026", "start": "2026-03-01", "end": "2026-05-31", "timezone": "Europe/Amsterdam"}


def days(*names: str, people: Sequence[Cells | str] = ("F1", "F2"), **tables: Any) -> Problem:
    """Return a meeting of four hours on each day, called by its day, such as 04-27."""
    rows = [meeting(name, f"2026-{name} 10:00", f"2026-{name} 14:00") for name in names]
    return problem(rows, people, period=SPRING, **tables)


def goals(case: Problem, *given: Any) -> tuple[int, ...]:
    return tuple(targets(case, FreeDays(*given)).values())


# --- what counts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("03-06", False),  # Friday
        ("03-07", True),
        ("03-08", True),
        ("03-09", False),
        ("04-03", False),  # Good Friday
        ("04-05", True),
        ("04-06", True),  # Easter Monday
        ("04-07", False),
        ("04-27", True),  # King's Day, a Monday
        ("05-04", False),
        ("05-05", True),  # a Tuesday
        ("05-14", True),  # Ascension Day
        ("05-15", False),
        ("05-25", True),  # Whit Monday
    ],
)
def test_saturdays_sundays_and_public_holidays_count(day: str, counts: bool) -> None:
    case = days(day, people=contracts(0, 36))
    assert goals(case) == (0, 240 * counts)
    assert penalty(RULE, case, {day: "F1"}, RULES) == 800 * 240 * counts
    assert penalty(RULE, case, {day: "F2"}, RULES) == 0


def test_whose_holidays_and_which_days_besides_are_parameters() -> None:
    case = days("05-05", "05-09", "05-15", people=contracts(0, 36))
    everything: Holders = {"05-05": "F1", "05-09": "F1", "05-15": "F1"}
    friday = (date(2026, 5, 15),)
    for rule, counted in (
        (WeekendRule(), 2),
        (WeekendRule(holidays="none"), 1),
        (WeekendRule(also=friday), 3),
        (WeekendRule(holidays="none", also=friday), 2),
        (WeekendRule(also=(date(2026, 5, 9),)), 2),  # once, though it is a Saturday
    ):
        assert penalty(RULE, case, everything, STANDARD_RULES.plus(rule)) == 800 * 240 * counted


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        ("2026-03-06 23:30", "2026-03-07 01:30", False),  # Friday night: by the day of the start
        ("2026-03-07 00:15", "2026-03-07 02:15", True),  # 23:15 on Friday in UTC
        ("2026-03-08 23:30", "2026-03-09 01:30", True),
        ("2026-03-09 00:15", "2026-03-09 02:15", False),  # 23:15 on Sunday in UTC
        ("2026-03-29 00:30", "2026-03-29 03:30", True),  # two hours, as the clock goes forward
        ("2026-03-30 00:15", "2026-03-30 02:15", False),  # 22:15 on Sunday in UTC, after that
    ],
)
def test_the_day_is_the_local_one_of_the_start(start: str, end: str, counts: bool) -> None:
    case = problem([meeting("M1", start, end)], contracts(0, 36))
    assert goals(case) == (0, 120 * counts)
    assert penalty(RULE, case, {"M1": "F1"}, RULES) == 800 * 120 * counts


# --- the charge --------------------------------------------------------------------------------------------


def test_the_example_of_the_documentation() -> None:
    # Twelve hours over two: six each, free to 6.6. Eight: 0.9 × 1 + 0.5 × 2 points.
    case = days("03-07", "03-08", "03-14", "03-16")
    assert goals(case) == (360, 360)
    report = check(case, roster({"03-07": "F1", "03-14": "F1", "03-16": "F1"}), RULES)
    (finding,) = report.by_rule[RULE]
    assert finding.points == 1.9
    assert finding.words.en == "F1 works 8.00 hours on weekends and holidays, the fair share is 6.00."
    assert finding.words.nl == "F1 werkt 8,00 uur in weekenden en op feestdagen, het eerlijke deel is 6,00."
    assert finding.meetings == ("03-07", "03-14")
    assert penalty(RULE, case, {"03-07": "F1", "03-14": "F1", "03-16": "F1"}, RULES) == 54 * 100 + 30 * 200
    assert penalty(RULE, case, {"03-07": "F1", "03-16": "F1"}, RULES) == 0
    margin = STANDARD_RULES.plus(WeekendRule(tolerance=40))
    assert penalty(RULE, case, {"03-07": "F1", "03-14": "F1"}, margin) == 0


def test_externals_and_duties_stand_aside() -> None:
    people: list[Cells | str] = ["F1", facilitator("X", external=True)]
    case = days("03-07", people=people, duties=[{"duty": "D1", "kind": "coaching", "hours": 9}])
    assert goals(case) == (240,)
    assert penalty(RULE, case, {"03-07": "F1", ("D1", "coaching"): "F1"}, RULES) == 0
    assert penalty(RULE, case, {"03-07": "X"}, RULES) == 0


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([past("F1", 240, "2026-02-07 10:00")], (120, 240)),  # Saturday: half of 240 too many
        ([past("F1", 240, "2026-02-09 10:00")], (240, 240)),
        ([past("F1", 240, "2025-12-25 10:00")], (120, 240)),  # Christmas Day, a Thursday
        ([past("F1", 240, "2026-01-01 10:00")], (120, 240)),
        ([past("F1", 240, "2026-01-02 10:00")], (240, 240)),
        ([past("F1", 240, "2025-11-30 10:00")], (120, 240)),  # Sunday, 91 days before 1 March
        ([past("F1", 240, "2025-11-29 10:00")], (240, 240)),  # Saturday, a day too early
        ([past("F1", 240, "2026-02-07 10:00"), past("F2", 240, "2026-02-08 10:00", "P2")], (240, 240)),
    ],
)
def test_a_surplus_of_weekends_comes_off_the_target(history: Iterable[Cells], expected: tuple[int, int]) -> None:
    case = days("03-07", "03-08", history=list(history))
    assert goals(case) == expected
    check_rule(WeekendRule(), case)


def test_a_flexible_meeting_is_asked_by_its_first_slot_and_counts_by_the_chosen_one() -> None:
    slots = [
        {"meeting": "M1", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in ("06", "07", "09")
    ]
    case = problem([{"meeting": "M1"}], ["F1", "F2"], slots=slots)
    assert goals(case) == (0, 0)
    check_rule(WeekendRule(), case)
    case = problem([{"meeting": "M1"}], ["F1", "F2"], slots=slots[1:])
    assert goals(case) == (60, 60)
    check_rule(WeekendRule(), case)


def test_what_was_held_before_today_counts() -> None:
    # M1, on Saturday the 7th, is past; M2 is on Saturday the 21st.
    case = half([on("M1", 7), on("M2", 21)], published=[told("F1")])
    check_rule(WeekendRule(), case)
    found = {name: check(case, roster({"M2": name}), RULES).penalty(RULE) for name in ("F1", "F2")}
    assert found == {"F1": (18 * 100 + 30 * 200 + 60 * 400) * TICKS, "F2": 0}


def test_weekends_are_shared_out() -> None:
    # Two Saturdays and two Mondays: F1 likes the Saturdays, and has one. Of all hours both have half, either way.
    names = ("03-07", "03-09", "03-14", "03-16")
    likes = [{"facilitator": "F1", "meeting": name, "score": 10} for name in ("03-07", "03-14")]
    case = days(*names, preferences=likes)
    without, shared = (solve(case, rules, **FIXED).roster for rules in (STANDARD_RULES, RULES))
    assert [without.holder(name, "lead") for name in names] == ["F1", "F2", "F1", "F2"]
    assert {shared.holder(name, "lead") for name in ("03-07", "03-14")} == {"F1", "F2"}


# --- parameters, and doubts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ['["2026-05-15", "2026-05-16"]', "[2026-05-15, 2026-05-16]", '"2026-05-15;2026-05-16"']
)
def test_days_besides_come_from_toml_as_dates_or_text(written: str) -> None:
    rules = RuleSet.from_toml(f'[rules.weekend]\nholidays = "none"\nalso = {written}')
    assert rules[RULE] == WeekendRule(holidays="none", also=(date(2026, 5, 15), date(2026, 5, 16)))
    assert rules.to_dict()["rules"][RULE] == {
        "tolerance": 10,
        "holidays": "none",
        "also": ["2026-05-15", "2026-05-16"],
    }


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ('also = ["15-5-2026"]', "is not a date"),
        ('also = ["2026-02-30"]', "is a date that does not exist"),
        ("also = [2026-05-15T10:00:00]", "is not a date"),
        ('also = ["2026-05-15", "2026-05-15"]', "twice"),
        ("also = 3", "must be a list"),
        ('holidays = "be"', "input should be 'nl' or 'none'"),
        ("tolerance = -1", "input should be greater than or equal to 0"),
    ],
)
def test_what_is_wrong_with_a_parameter_is_said(written: str, fault: str) -> None:
    with pytest.raises(ProblemError) as caught:
        RuleSet.from_toml(f"[rules.weekend]\n{written}")
    (issue,) = caught.value.issues
    assert fault in issue.reason


def test_a_warning_where_nothing_can_be_in_a_weekend() -> None:
    def codes(case: Problem, rules: RuleSet = RULES) -> list[str]:
        return [issue.code for issue in input_issues(case, rules)]

    assert codes(days("03-06", "03-09", "05-15")) == ["no-meeting-in-a-weekend"]
    assert codes(days("03-06", "03-09", "05-14")) == []
    assert codes(days("05-05"), STANDARD_RULES.plus(WeekendRule(holidays="none"))) == ["no-meeting-in-a-weekend"]
    assert codes(days("05-15"), STANDARD_RULES.plus(WeekendRule(also=(date(2026, 5, 15),)))) == []
    assert codes(days("03-06"), STANDARD_RULES) == []


def test_loads_are_exact() -> None:
    # Twenty minutes and 0.3333 hour, which is 19.998: a target of 40 minutes, a load of 29,997 + 30,000 ticks.
    row = meeting("M1", "2026-03-07 10:00", "2026-03-07 10:20", preparation_hours=0.3333)
    case = problem([row], contracts(0, 36))
    assert goals(case) == (0, 40)
    (finding,) = check(case, roster({"M1": "F1"}), RULES).by_rule[RULE]
    assert finding.penalty == 800 * (30_000 + 29_997)
    assert finding.scale == 6_000 * TICKS
