"""Rule `fair-load`: hours above one's share, in steps that grow dearer."""

import pytest
from tests.builders import Cells, facilitator, meeting, problem, roster
from tests.builders import penalty as exact_penalty
from tests.rules.loads import ALONE_IN_ITS_TIER, RULE, contracts, penalty, working

from poolmatch import Roster, check, solve
from poolmatch.domain.hours import TICKS
from poolmatch.domain.shares import targets
from poolmatch.rules.fair_load import FairLoadRule
from poolmatch.ruleset import STANDARD_RULES

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
    assert finding.words.nl == "F1 werkt 13,00 uur, het eerlijke deel is 10,00."
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
