"""Rule `fair-load`: hours above one's share, in steps that grow dearer.

Counted here in units of 1/6000 point: a minute above the free margin costs 100 units at 1 point per hour. The rule
counts in 1500ths of that, so that seconds and ten-thousandths of an hour are exact.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.builders import Cells, Holders, facilitator, meeting, problem, roster
from tests.builders import penalty as exact_penalty

from poolmatch import Problem, Roster, check, solve
from poolmatch.domain.hours import TICKS
from poolmatch.domain.shares import targets
from poolmatch.rules.fair_load import FairLoadRule
from poolmatch.ruleset import STANDARD_RULES, RuleSet

RULE = "fair-load"
ALONE_IN_ITS_TIER = STANDARD_RULES.without("reciprocity")


def penalty(rule: str, case: Problem, holders: Holders, rules: RuleSet = STANDARD_RULES) -> int:
    """Return the penalty in units of 1/6000 point, which all whole minutes make whole."""
    units, rest = divmod(exact_penalty(rule, case, holders, rules), TICKS)
    assert rest == 0
    return units


def working(lengths: Sequence[int], people: Sequence[Cells | str] = ("F1", "F2", "F3"), **tables: Any) -> Problem:
    """Return meetings M1, M2 … of so many minutes, three days apart."""
    meetings = []
    for n, minutes in enumerate(lengths):
        start = datetime(2026, 3, 3 + 3 * n, 0, 0)  # noqa: DTZ001 - local
        meetings.append(
            meeting(f"M{n + 1}", f"{start:%Y-%m-%d %H:%M}", f"{start + timedelta(minutes=minutes):%Y-%m-%d %H:%M}")
        )
    return problem(meetings, people, **tables)


def contracts(*hours: float | None) -> list[Cells]:
    return [facilitator(f"F{n}", contract_hours=item) for n, item in enumerate(hours, 1)]


# --- the steps ---------------------------------------------------------------------------------------------

# 1800 minutes over three equal people: a target of 600 minutes each. Free to 660 (110 %); then 1 point per hour to 750
# (125 %), 2 to 900 (150 %), 4 to 1200 (200 %), 8 beyond. In units per minute: 100, 200, 400, 800.
STEPS = [
    (600, 0),
    (659, 0),
    (660, 0),
    (661, 100),
    (720, 6_000),  # an hour above the margin: 1 point
    (749, 8_900),
    (750, 9_000),  # 90 × 100
    (751, 9_200),
    (900, 39_000),  # 9000 + 150 × 200
    (901, 39_400),
    (1_200, 159_000),  # 39000 + 300 × 400
    (1_201, 159_800),
    (1_799, 638_200),  # 159000 + 599 × 800
]


@pytest.mark.parametrize(("load", "units"), STEPS)
def test_each_step_at_its_edges(load: int, units: int) -> None:
    case = working([load, 1_800 - load])
    assert targets(case) == {"F1": 600, "F2": 600, "F3": 600}
    assert penalty(RULE, case, {"M1": "F1"}) == units
    report = check(case, roster({"M1": "F1"}), ALONE_IN_ITS_TIER)
    assert [(tier.value, tier.scale) for tier in report.tiers if tier.tier == 5] == [(units * TICKS, 6_000 * TICKS)]


def test_everyone_above_the_margin_adds_up() -> None:
    # F1 751 → 9200; F2 901 → 39400; 148 minutes left over.
    assert penalty(RULE, working([751, 901, 148]), {"M1": "F1", "M2": "F2", "M3": "F3"}) == 48_600


def test_hours_of_one_person_add_up() -> None:
    # 400 + 351 = 751 minutes, whichever of the meetings they come from.
    case = working([400, 351, 1_049])
    assert penalty(RULE, case, {"M1": "F1", "M2": "F1"}) == 9_200
    assert penalty(RULE, case, {"M1": "F1"}) == 0


def test_too_little_costs_nothing() -> None:
    assert penalty(RULE, working([600, 1_200]), {}) == 0
    assert penalty(RULE, working([60, 1_740]), {"M1": "F1"}) == 0


def test_steps_fall_between_minutes() -> None:
    # 15 minutes over three: a target of 5. 110 % is 5.5, 125 % is 6.25, 150 % is 7.5 minutes.
    assert penalty(RULE, working([6, 9]), {"M1": "F1"}) == 50  # 0.5 × 100
    assert penalty(RULE, working([7, 8]), {"M1": "F1"}) == 225  # 0.75 × 100 + 0.75 × 200
    # 8: 0.75 × 100 + 1.25 × 200 + 0.5 × 400
    assert penalty(RULE, working([7, 8]), {"M2": "F1"}) == 525


def test_the_example_of_the_rule() -> None:
    # A target of 10 hours and a load of 13: 1.5 hours at 1 point and half an hour at 2: 2.5 points.
    case = working([780, 1_020])
    report = check(case, roster({"M1": "F1"}))
    (finding,) = report.by_rule[RULE]
    assert (finding.points, finding.penalty, finding.scale) == (2.5, 15_000 * TICKS, 6_000 * TICKS)
    assert finding.words.en == "F1 works 13.00 hours, the fair share is 10.00."
    assert finding.words.nl == "F1 werkt 13.00 uur, het eerlijke deel is 10.00."
    assert penalty(RULE, case, {"M1": "F1"}) == 15_000


@pytest.mark.parametrize(
    ("tolerance", "load", "units"),
    [
        (0, 600, 0),
        (0, 661, 6_100),
        (0, 751, 15_200),  # 150 × 100 + 1 × 200
        (25, 750, 0),
        (25, 751, 200),
        (30, 780, 0),
        (30, 900, 24_000),  # 120 × 200
        (150, 1_500, 0),
        (150, 1_501, 800),
    ],
)
def test_the_margin_is_a_parameter(tolerance: int, load: int, units: int) -> None:
    rules = STANDARD_RULES.plus(FairLoadRule(tolerance=tolerance))
    assert penalty(RULE, working([load, 1_800 - load]), {"M1": "F1"}, rules) == units


# --- targets -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ((30, 10, 5), (300, 100, 50)),  # 450 × 30/45 …
        ((10, None, 20), (100, 150, 200)),  # blank is the mean of 10 and 20
        ((None, None, None), (150, 150, 150)),
        ((36, None, None), (150, 150, 150)),
        ((0, 20, 10), (0, 300, 150)),
        ((0, 0, 0), (150, 150, 150)),  # nobody has hours: equal
        ((0, None, None), (150, 150, 150)),  # the mean of 0 is 0
        ((0, None, 30), (0, 150, 300)),  # the mean of 0 and 30 is 15
        ((0.1, 0.2, 0.15), (100, 200, 150)),
    ],
)
def test_shares_by_contract_hours(hours: tuple[float | None, ...], expected: tuple[int, ...]) -> None:
    assert tuple(targets(working([450], contracts(*hours))).values()) == expected


@pytest.mark.parametrize(
    ("minutes", "hours", "expected"),
    [
        (5, (1, 1), (3, 3)),  # 2.5 goes up, for both
        (7, (1, 3), (2, 5)),  # 1.75 and 5.25
        (9, (1, 3), (2, 7)),  # 2.25 and 6.75
        (6, (1, 3), (2, 5)),  # 1.5 and 4.5 go up; to even they would be 2 and 4
        (1, (1, 2), (0, 1)),  # 0.333 and 0.667
    ],
)
def test_targets_are_rounded_half_up(minutes: int, hours: tuple[float, ...], expected: tuple[int, ...]) -> None:
    case = working([minutes], contracts(*hours))
    assert tuple(targets(case).values()) == expected


def test_a_rounded_target_is_what_the_steps_start_from() -> None:
    # 5 minutes over two: 3 each. Of 4: 110 % is 3.3, 125 % is 3.75: 0.45 × 100 + 0.25 × 200 = 95.
    assert penalty(RULE, working([4, 1], ["F1", "F2"]), {"M1": "F1"}) == 95


def test_who_has_no_contract_hours_pays_most_from_the_first_minute() -> None:
    case = working([60, 60], contracts(0, 36))
    assert penalty(RULE, case, {"M1": "F1"}) == 48_000  # 60 × 800: 8 points
    assert penalty(RULE, case, {"M1": "F2", "M2": "F2"}) == 0
    assert solve(case, workers=1).roster.holder("M1", "lead") == "F2"


def test_setup_wrap_up_and_preparation_are_work() -> None:
    # 60 + 10 + 20 + 90 = 180 minutes, asked for and worked; M2 60 minutes. Two people: 120 each.
    rows = [
        meeting(
            "M1", "2026-03-05 09:00", "2026-03-05 10:00", setup_minutes=10, wrapup_minutes=20, preparation_hours=1.5
        ),
        meeting("M2", "2026-03-12 09:00", "2026-03-12 10:00"),
    ]
    case = problem(rows, ["F1", "F2"])
    assert targets(case) == {"F1": 120, "F2": 120}
    # 180 is 150 % of 120: 18 × 100 + 30 × 200 = 7800.
    assert penalty(RULE, case, {"M1": "F1"}) == 7_800


def test_every_required_seat_asks_for_its_hours() -> None:
    seats = [{"meeting": "M1", "seat": name, "role": "scribe"} for name in ("a", "b")]
    case = working([60], [facilitator(name, roles="scribe") for name in ("F1", "F2")], seats=seats)
    assert targets(case) == {"F1": 60, "F2": 60}


def test_optional_seats_ask_for_nothing_but_count_as_work() -> None:
    seats = [{"meeting": "M1", "seat": name, "role": "scribe", "required": name == "a"} for name in ("a", "b")]
    case = working([60], [facilitator(name, roles="scribe") for name in ("F1", "F2")], seats=seats)
    assert targets(case) == {"F1": 30, "F2": 30}
    # 60 is 200 % of 30: 4.5 × 100 + 7.5 × 200 + 15 × 400 = 7950, for each.
    assert penalty(RULE, case, {("M1", "a"): "F1", ("M1", "b"): "F2"}) == 15_900


def test_externals_stand_aside() -> None:
    # Shares over F1 and F2 only; the mean of contract hours is that of F1: 30.
    people = [*contracts(30, None), facilitator("X", external=True, contract_hours=90)]
    case = working([600, 600], people)
    assert targets(case) == {"F1": 600, "F2": 600}
    assert penalty(RULE, case, {"M1": "X", "M2": "X"}) == 0
    assert penalty(RULE, case, {"M1": "X", "M2": "F1"}) == 0
    assert penalty(RULE, case, {"M1": "F1", "M2": "F1"}) == 159_000  # 200 % of 600


def test_a_pool_of_externals_has_no_targets() -> None:
    case = working([600], [facilitator("X", external=True)])
    assert targets(case) == {}
    assert penalty(RULE, case, {"M1": "X"}) == 0


# --- duties and slots --------------------------------------------------------------------------------------


def duty(hours: float, name: str = "D1", kind: str = "coaching") -> Cells:
    return {"duty": name, "kind": kind, "hours": hours}


COACHING = ("D1", "coaching")


def test_duties_ask_for_hours_and_are_work() -> None:
    # A meeting of 300 minutes and a duty of 5 hours over two people: 300 each.
    case = working([300], ["F1", "F2"], duties=[duty(5)])
    assert targets(case) == {"F1": 300, "F2": 300}
    assert penalty(RULE, case, {"M1": "F1", COACHING: "F2"}) == 0
    assert penalty(RULE, case, {COACHING: "F1"}) == 0
    # Both: 600 is 200 %. 45 × 100 to 375, 75 × 200 to 450, 150 × 400 to 600.
    assert penalty(RULE, case, {"M1": "F1", COACHING: "F1"}) == 79_500
    result = solve(case, workers=1)
    assert {row.facilitator for row in result.roster.rows} == {"F1", "F2"}


def test_duties_alone_have_targets() -> None:
    # 3 + 1 hours over two: 120 minutes. Who has 180: 150 %, 18 × 100 + 30 × 200.
    case = problem((), ["F1", "F2"], duties=[duty(3), duty(1, "D2", "report")])
    assert targets(case) == {"F1": 120, "F2": 120}
    assert penalty(RULE, case, {COACHING: "F1"}) == 7_800
    assert penalty(RULE, case, {("D2", "report"): "F1"}) == 0
    # All of it: 240 is 200 %. 18 × 100 + 30 × 200 + 60 × 400.
    assert penalty(RULE, case, {COACHING: "F1", ("D2", "report"): "F1"}) == 31_800


def test_hours_of_a_duty_are_exact() -> None:
    # 20 minutes and 0.3333 hour, which is 19.998: together 39.998, a target of 19.999, rounded to 20.
    case = working([20], ["F1", "F2"], duties=[duty(0.3333)])
    assert targets(case) == {"F1": 20, "F2": 20}
    # In units of a hundredth of a tick: free to 3,300,000, then 450,000 × 1 and 750,000 × 2; the load is
    # 100 × (30000 + 29997), which leaves 1,499,700 × 4.
    assert exact_penalty(RULE, case, {"M1": "F1", COACHING: "F1"}) == 450_000 + 1_500_000 + 5_998_800


def test_a_duty_of_no_hours_weighs_nothing() -> None:
    case = working([300], ["F1", "F2"], duties=[duty(0)])
    assert targets(case) == {"F1": 150, "F2": 150}
    # 300 is 200 % of 150: 22.5 × 100 + 37.5 × 200 + 75 × 400.
    assert penalty(RULE, case, {"M1": "F1", COACHING: "F1"}) == penalty(RULE, case, {"M1": "F1"}) == 39_750


def test_duties_of_externals_ask_the_pool_for_hours_and_weigh_on_nobody() -> None:
    case = working([300], ["F1", facilitator("X", external=True)], duties=[duty(5)])
    assert targets(case) == {"F1": 600}
    assert penalty(RULE, case, {"M1": "X", COACHING: "X"}) == 0


def test_the_past_of_a_duty_that_is_planned_here_is_ignored() -> None:
    for name, expected in (("D1", {"F1": 600, "F2": 600}), ("D2", {"F1": 450, "F2": 600})):
        history = [{"meeting": name, "facilitator": "F1", "role": "mentor", "hours": 5}]
        assert targets(working([900], ["F1", "F2"], duties=[duty(5)], history=history)) == expected


def test_a_flexible_meeting_is_asked_by_its_first_slot_and_worked_by_its_own() -> None:
    slots = [
        {"meeting": "M1", "start": "2026-03-12 10:00", "end": "2026-03-12 14:00"},
        {"meeting": "M1", "start": "2026-03-05 10:00", "end": "2026-03-05 12:00"},
    ]
    for rows in (slots, slots[::-1]):
        case = problem([{"meeting": "M1"}], ["F1", "F2"], slots=rows)
        # The first in time takes 120 minutes: 60 each.
        assert targets(case) == {"F1": 60, "F2": 60}
        penalty(RULE, case, {})  # the model agrees in every slot
        # 120 is 200 % of 60: 9 × 100 + 15 × 200 + 30 × 400. And 240: another 120 × 800.
        for day, units in ((5, 15_900), (12, 111_900)):
            start = next(slot.start for slot in case.slots if slot.start.day == day)
            held = Roster.of(case, {("M1", "lead"): "F1"}, {"M1": start})
            found = check(case, held).by_rule[RULE]
            assert sum(item.penalty for item in found) == units * TICKS


# --- carry-over --------------------------------------------------------------------------------------------


def past(who: str, minutes: int, start: str = "2026-02-10 09:00", name: str = "P1", **cells: Any) -> Cells:
    begin = datetime.fromisoformat(start)
    end = f"{begin + timedelta(minutes=minutes):%Y-%m-%d %H:%M}"
    return {"meeting": name, "facilitator": who, "role": "lead", "start": start, "end": end, **cells}


def carried(history: Iterable[Cells], people: Sequence[Cells | str] = ("F1", "F2")) -> tuple[int, ...]:
    """Return the targets of 1200 minutes of work."""
    return tuple(targets(working([1_200], people, history=list(history))).values())


def test_a_surplus_comes_off_the_target_and_a_shortage_is_not_added() -> None:
    # 300 minutes of the pool, half of them each: F1 did 150 too many.
    assert carried([past("F1", 300)]) == (450, 600)
    assert carried([past("F1", 300), past("F2", 300)]) == (600, 600)
    assert carried([past("F1", 100), past("F1", 300, name="P2"), past("F2", 200)]) == (500, 600)


def test_a_surplus_is_measured_by_contract_hours() -> None:
    # Shares 3/4 and 1/4, targets 900 and 300. Of 400 minutes: F1 300, as is fair; then F2 did 400 − 100 too many.
    assert carried([past("F1", 300), past("F2", 100)], contracts(30, 10)) == (900, 300)
    assert carried([past("F2", 400)], contracts(30, 10)) == (900, 0)
    assert carried([past("F2", 200), past("F1", 200)], contracts(30, 10)) == (900, 200)


def test_a_target_is_at_least_nothing() -> None:
    # 3000 minutes of the past: a surplus of 1500, more than the 600 of this period.
    assert carried([past("F1", 3_000)]) == (0, 600)
    assert carried([past("F1", 1_200)]) == (0, 600)
    assert carried([past("F1", 1_198)]) == (1, 600)


def test_the_share_of_the_past_is_rounded_half_up() -> None:
    # Half of 5 minutes is 2.5, rounded to 3: a surplus of 2.
    assert carried([past("F1", 5)]) == (598, 600)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2025-11-30 00:00", (450, 600)),  # 91 days before 1 March: 28 of February, 31, 31, and one of November
        ("2025-11-29 23:59", (600, 600)),
        ("2026-02-28 23:59", (450, 600)),
        ("2026-03-01 00:00", (600, 600)),  # the period itself
        ("2026-04-10 09:00", (600, 600)),
    ],
)
def test_the_91_days_before_the_period(start: str, expected: tuple[int, int]) -> None:
    assert carried([past("F1", 300, start)]) == expected


def test_the_day_is_local() -> None:
    # In March 2026 New York is behind UTC: 23:00 on 28 February there is 1 March in UTC.
    period = {"name": "March", "start": "2026-03-01", "end": "2026-03-31", "timezone": "America/New_York"}
    case = working([1_200], ["F1", "F2"], period=period, history=[past("F1", 300, "2026-02-28 23:00")])
    assert targets(case) == {"F1": 450, "F2": 600}
    case = working([1_200], ["F1", "F2"], period=period, history=[past("F1", 300, "2025-11-29 22:00")])
    assert targets(case) == {"F1": 600, "F2": 600}


def test_hours_that_are_given_replace_end_minus_start() -> None:
    assert carried([past("F1", 60, hours=5)]) == (450, 600)
    assert carried([past("F1", 600, hours=0)]) == (600, 600)


def test_past_duties_count_by_their_hours() -> None:
    assert carried([{"meeting": "P1", "facilitator": "F1", "role": "mentor", "hours": 5}]) == (450, 600)


def test_the_past_of_people_who_left_and_of_externals_is_not_the_pool_s() -> None:
    assert carried([past("F1", 300), past("someone who left", 3_000)]) == (450, 600)
    people = [facilitator("F1"), facilitator("F2"), facilitator("X", external=True)]
    assert carried([past("F1", 300), past("X", 3_000)], people) == (450, 600)


def test_the_past_of_a_meeting_that_is_planned_here_is_ignored() -> None:
    assert carried([past("F1", 300, name="M1")]) == (600, 600)


def test_a_surplus_moves_the_steps() -> None:
    # F1 has a target of 450 instead of 600. Of 600: 110 % is 495, 125 % 562.5, 150 % 675:
    # 67.5 × 100 + 37.5 × 200 = 14250.
    case = working([600, 600], ["F1", "F2"], history=[past("F1", 300)])
    assert penalty(RULE, case, {"M1": "F1", "M2": "F2"}) == 14_250
    assert penalty(RULE, case, {"M1": "F2"}) == 0


# --- days present ------------------------------------------------------------------------------------------


def away(who: str, first: str, last: str) -> Cells:
    return {"facilitator": who, "kind": "unavailable", "start": first, "end": last}


def asked(
    *people: Cells, history: Sequence[Cells] = (), availability: Sequence[Cells] = (), minutes: int = 1_200
) -> tuple[int, ...]:
    """Return the targets of 1200 minutes of work in March, which has 31 days."""
    return tuple(targets(working([minutes], people, history=history, availability=availability)).values())


F1, F2, F3 = (facilitator(name) for name in ("F1", "F2", "F3"))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"joined": "2026-03-01"}, (600, 600)),
        ({"joined": "2026-03-16"}, (791, 409)),  # 1200 × 31/47 and × 16/47
        ({"left": "2026-03-16"}, (791, 409)),
        ({"joined": "2026-03-10", "left": "2026-03-10"}, (1_163, 38)),  # 1162.5 and 37.5: both go up
        ({"joined": "2026-04-01"}, (1_200, 0)),
        ({"left": "2026-02-28"}, (1_200, 0)),
    ],
)
def test_a_share_is_of_the_days_in_the_pool(cells: Cells, expected: tuple[int, int]) -> None:
    assert asked(F1, {**F2, **cells}) == expected


def test_contract_hours_and_days_multiply() -> None:
    # 30 × 31 and 20 × 16 of 1250 parts: 892.8 and 307.2 minutes.
    half = {**F2, "contract_hours": 20, "joined": "2026-03-16"}
    assert asked({**F1, "contract_hours": 30}, half) == (893, 307)
    # Blank is the mean of those given, 20, whatever the days: 20 × 31 and 20 × 16 of 940.
    assert asked(F1, half) == (791, 409)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-03-01", "2026-03-21", (293, 907)),  # ten days against 31
        ("2026-03-01", "2026-03-07", (524, 676)),  # 24 against 31: 523.64 and 676.36
        ("2026-03-01", "2026-03-06", (600, 600)),
        ("2026-02-23", "2026-03-01", (590, 610)),  # 30 against 31: one day of a week's leave
        ("2026-03-01", "2026-03-31", (0, 1_200)),
    ],
)
def test_leave_of_a_week_or_more_lowers_the_share(first: str, last: str, expected: tuple[int, int]) -> None:
    assert asked(F1, F2, availability=[away("F1", first, last)]) == expected


def test_where_nobody_has_any_weight_all_are_equal() -> None:
    gone = {**F1, "left": "2026-02-28"}
    assert asked(gone, F2, availability=[away("F2", "2026-03-01", "2026-03-31")]) == (600, 600)
    assert asked({**gone, "contract_hours": 36}, {**F2, "contract_hours": 0}) == (600, 600)


@pytest.mark.parametrize(
    ("joined", "expected"),
    [
        (None, (300, 300, 400)),  # a third of 600 minutes each: a surplus of 100
        ("2026-03-01", (400, 400, 400)),
        ("2026-02-28", (398, 398, 400)),  # 91, 91 and one day: 298.36, so a surplus of 2
        ("2025-11-30", (300, 300, 400)),
    ],
)
def test_a_newcomer_does_not_catch_up_with_what_was_before(joined: str | None, expected: tuple[int, ...]) -> None:
    history = [past("F1", 300), past("F2", 300)]
    assert asked(F1, F2, {**F3, "joined": joined}, history=history) == expected


def test_who_was_on_leave_does_not_catch_up_either() -> None:
    history = [past("F1", 300)]
    assert asked(F1, F2, history=history) == (450, 600)
    assert asked(F1, F2, history=history, availability=[away("F2", "2025-11-30", "2026-02-28")]) == (600, 600)
    # On leave for the first 63 of 91 days: F1 was to do 91/119 of 300, 229 minutes, and did 71 more.
    assert asked(F1, F2, history=history, availability=[away("F2", "2025-11-30", "2026-01-31")]) == (529, 600)


def test_a_leave_across_the_start_counts_on_both_sides() -> None:
    # 24 February to 4 March: 86 of 91 days, and 27 of 31. Of 1200 minutes 641 and 559; of 300 F1 was to do 154.
    leave = [away("F2", "2026-02-24", "2026-03-04")]
    assert asked(F1, F2, history=[past("F1", 300)], availability=leave) == (641 - 146, 559)


def test_who_has_left_has_no_target_but_their_past_is_the_pool_s() -> None:
    gone = {**F2, "left": "2026-02-28"}
    assert asked(F1, gone, history=[past("F1", 300), past("F2", 300)]) == (1_200, 0)
    assert asked(F1, gone, history=[past("F1", 300)]) == (1_050, 0)


def test_what_was_done_before_joining_counts_as_done() -> None:
    for done in (past("F2", 300), {"meeting": "P1", "facilitator": "F2", "role": "mentor", "hours": 5}):
        assert asked(F1, {**F2, "joined": "2026-03-01"}, history=[done]) == (600, 300)
    # Where nobody was in the pool in those days, all are equal.
    new = [{**row, "joined": "2026-03-01"} for row in (F1, F2)]
    assert asked(*new, history=[past("F1", 300)]) == (450, 600)


def test_solve_gives_a_newcomer_no_more_than_the_others() -> None:
    people = [F1, F2, {**F3, "joined": "2026-03-01"}]
    history = [past(name, 480, name=f"P{name}") for name in ("F1", "F2")]
    found = solve(working([60] * 6, people, history=history), ALONE_IN_ITS_TIER, workers=1)
    assert sorted(row.facilitator or "" for row in found.roster.rows) == ["F1", "F1", "F2", "F2", "F3", "F3"]


def test_solve_does_not_heap_a_month_on_who_comes_back_from_leave() -> None:
    # F1 is there for ten days of 31, F2 for all: of six hours 88 and 272 minutes. One hour each day from the 22nd on.
    rows = [meeting(f"M{n}", f"2026-03-{n} 10:00", f"2026-03-{n} 11:00") for n in range(22, 28)]
    case = problem(rows, [F1, F2], availability=[away("F1", "2026-03-01", "2026-03-21")])
    found = solve(case, ALONE_IN_ITS_TIER, workers=1)
    assert sorted(row.facilitator or "" for row in found.roster.rows) == ["F1", *["F2"] * 5]


def test_solve_shares_the_work() -> None:
    # 30 and 10 hours: four meetings of an hour go three to one.
    case = working([60, 60, 60, 60], contracts(30, 10))
    found = solve(case, ALONE_IN_ITS_TIER, workers=1)
    assert {tier.value for tier in found.tiers} == {0}
    assert sorted(row.facilitator or "" for row in found.roster.rows) == ["F1", "F1", "F1", "F2"]


def test_a_problem_keeps_its_own_targets_and_not_those_of_the_one_it_was_made_from() -> None:
    case = working([450], contracts(36, 36, 36))
    assert targets(case) == {"F1": 150, "F2": 150, "F3": 150}
    other = case.replace(facilitators=case.facilitators[:2])
    assert targets(other) == {"F1": 225, "F2": 225}
