"""Rule `practice`: a meeting short of `min_meetings` costs 1 point, and so does a trainee without a trainee seat."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, Holders, facilitator, meeting, penalty, problem, roster

from poolmatch import Problem, Status, check, solve

RULE = "practice"


def seat(where: str, name: str = "lead", role: str | None = None, **cells: Any) -> Cells:
    return {"meeting": where, "seat": name, "role": role or name, **cells}


def spread(count: int, *people: Cells, seats: Sequence[Cells] = (), **tables: Any) -> Problem:
    """Return meetings M1, M2 … some days apart."""
    rows = [meeting(f"M{n}", f"2026-03-{3 * n:02} 19:30", f"2026-03-{3 * n:02} 21:30") for n in range(1, count + 1)]
    return problem(rows, people, seats=seats, **tables)


def of_f1(count: int) -> Holders:
    return {f"M{n}": "F1" for n in range(1, count + 1)}


# --- meetings to stay in practice --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("least", "held", "points"),
    [
        (None, 0, 0),
        (0, 0, 0),
        (1, 0, 1),
        (1, 1, 0),
        (1, 2, 0),
        (2, 0, 2),
        (2, 1, 1),
        (2, 2, 0),
        (2, 3, 0),
        (3, 1, 2),
        (7, 3, 4),  # more than there are meetings
        (7, 0, 7),
    ],
)
def test_each_meeting_that_is_missing_costs(least: int | None, held: int, points: int) -> None:
    case = spread(3, facilitator("F1", min_meetings=least), facilitator("F2"))
    assert penalty(RULE, case, of_f1(held)) == points


def test_everyone_is_counted_by_themselves() -> None:
    people = [facilitator("F1", min_meetings=2), facilitator("F2", min_meetings=1), facilitator("F3")]
    for given in (people, people[::-1]):
        case = spread(3, *given)
        assert penalty(RULE, case, {}) == 3
        assert penalty(RULE, case, {"M1": "F1", "M2": "F1"}) == 1
        assert penalty(RULE, case, {"M1": "F1", "M2": "F2", "M3": "F2"}) == 1
        assert penalty(RULE, case, {"M1": "F1", "M2": "F1", "M3": "F2"}) == 0
        assert penalty(RULE, case, {"M1": "F3", "M2": "F3", "M3": "F3"}) == 3
    report = check(case, roster({}))
    assert [(tier.value, tier.scale) for tier in report.tiers if tier.tier == 4] == [(3, 1)]


@pytest.mark.parametrize("role", ["lead", "co", "trainee", "observer", "scribe", "mentor"])
@pytest.mark.parametrize("required", [True, False])
def test_a_seat_of_any_role_is_a_meeting(role: str, required: bool) -> None:
    # The last point is that of a trainee who gets no trainee seat.
    people = [facilitator("F1", roles=role, min_meetings=2)]
    case = spread(1, *people, seats=[seat("M1", "place", role, required=required)])
    trainee = role == "trainee"
    assert penalty(RULE, case, {}) == 2 + trainee
    assert penalty(RULE, case, {("M1", "place"): "F1"}) == 1


def test_externals_need_practice_if_they_say_so() -> None:
    case = spread(1, facilitator("X", external=True, min_meetings=1))
    assert penalty(RULE, case, {}) == 1
    assert penalty(RULE, case, {"M1": "X"}) == 0


def test_a_duty_is_no_meeting() -> None:
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2}]
    case = spread(1, facilitator("F1", min_meetings=2), duties=duties)
    assert penalty(RULE, case, {("D1", "coaching"): "F1"}) == 2
    assert penalty(RULE, case, {("D1", "coaching"): "F1", "M1": "F1"}) == 1


def test_the_past_is_another_period() -> None:
    times = {"start": "2026-02-20 19:30", "end": "2026-02-20 21:30"}
    history = [{"meeting": "P1", "facilitator": "F1", "role": role, **times} for role in ("lead", "trainee")]
    case = spread(1, facilitator("F1", roles="lead;trainee", min_meetings=1), history=history)
    assert penalty(RULE, case, {}) == 2


# --- trainees ----------------------------------------------------------------------------------------------

LEARNING = [seat("M1"), seat("M1", "learner", "trainee"), seat("M2"), seat("M2", "learner", "trainee", required=False)]


@pytest.mark.parametrize(
    ("holders", "points"),
    [
        ({}, 1),
        ({"M1": "F1"}, 1),  # to lead is no practice for who learns
        ({"M1": "F1", "M2": "F1"}, 1),
        ({("M1", "learner"): "F1"}, 0),
        ({("M2", "learner"): "F1"}, 0),  # optional seats will do
        ({("M1", "learner"): "F1", ("M2", "learner"): "F1"}, 0),
        ({"M1": "F1", ("M2", "learner"): "F1"}, 0),
    ],
)
def test_a_trainee_needs_one_trainee_seat(holders: Holders, points: int) -> None:
    case = spread(2, facilitator("F1", roles="lead;trainee"), facilitator("F2"), seats=LEARNING)
    assert penalty(RULE, case, holders) == points


def test_each_trainee_counts_and_others_do_not() -> None:
    people = [facilitator(f"F{n}", roles=roles) for n, roles in enumerate(("trainee", "trainee;co", "lead;co"), 1)]
    case = spread(1, *people, seats=LEARNING[:2])
    assert penalty(RULE, case, {}) == 2
    assert penalty(RULE, case, {("M1", "learner"): "F2"}) == 1
    # Who has no such role gains nothing by sitting there.
    assert penalty(RULE, case, {("M1", "learner"): "F3"}) == 2


def test_a_period_without_trainee_seats_leaves_every_trainee_without_practice() -> None:
    case = spread(1, facilitator("F1", roles="lead;trainee"), facilitator("F2", roles="trainee"))
    assert penalty(RULE, case, {}) == 2
    assert penalty(RULE, case, {"M1": "F1"}) == 2
    result = solve(case, workers=1)
    tier = next(tier for tier in result.tiers if tier.tier == 4)
    assert (result.status, tier.value, tier.bound, tier.unavoidable, tier.gap) == (Status.OPTIMAL, 2, 2, 2, 0)


def test_meetings_that_there_are_not_are_unavoidable() -> None:
    # Three meetings, seven needed: 4 points that nobody could avoid.
    result = solve(spread(3, facilitator("F1", min_meetings=7)), workers=1)
    tier = next(tier for tier in result.tiers if tier.tier == 4)
    assert (tier.value, tier.bound, tier.unavoidable, tier.gap) == (4, 4, 4, 0)


def test_meetings_and_practice_add_up() -> None:
    case = spread(2, facilitator("F1", roles="lead;trainee", min_meetings=2), facilitator("F2"), seats=LEARNING)
    holders: list[tuple[Holders, int]] = [
        ({}, 3),
        ({"M1": "F1"}, 2),
        ({("M1", "learner"): "F1"}, 1),  # the trainee seat is one of the meetings
        ({"M1": "F1", "M2": "F1"}, 1),
        ({"M1": "F1", ("M2", "learner"): "F1"}, 0),
    ]
    for held, points in holders:
        assert penalty(RULE, case, held) == points


# --- who is not there --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("joined", "left", "points"),
    [
        (None, "2026-02-28", 0),
        (None, "2026-03-01", 3),
        ("2026-03-31", None, 3),
        ("2026-04-01", None, 0),
        ("2026-03-10", "2026-03-10", 3),
    ],
)
def test_who_is_not_in_the_pool_on_any_day_of_the_period_costs_nothing(
    joined: str | None, left: str | None, points: int
) -> None:
    # Two meetings that are missing, and a trainee seat.
    absent = facilitator("F1", roles="lead;trainee", min_meetings=2, joined=joined, left=left)
    assert penalty(RULE, spread(1, absent, facilitator("F2", min_meetings=1)), {"M1": "F2"}) == points


def test_who_is_on_leave_all_the_period_still_lacks_practice() -> None:
    away = {"facilitator": "F1", "start": "2026-03-01", "end": "2026-03-31", "kind": "unavailable"}
    case = spread(1, facilitator("F1", roles="lead;trainee", min_meetings=2), availability=[away])
    assert penalty(RULE, case, {}) == 3


# --- solving -----------------------------------------------------------------------------------------------


def test_solve_gives_each_trainee_a_place_and_everyone_their_meetings() -> None:
    # F4 needs one meeting and F3 two: four lead seats, of which F5 could do all.
    people = [
        facilitator("F1", roles="trainee", organisation="E1"),
        facilitator("F2", roles="trainee", organisation="E2"),
        facilitator("F3", min_meetings=2, organisation="E3"),
        facilitator("F4", min_meetings=1, organisation="E4"),
        facilitator("F5", organisation="E5"),
    ]
    for seed in range(3):
        result = solve(spread(4, *people, seats=[*LEARNING, seat("M3"), seat("M4")]), seed=seed, workers=1)
        learners = {result.roster.holder(where, "learner") for where in ("M1", "M2")}
        leads = [result.roster.holder(f"M{n}", "lead") for n in (1, 2, 3, 4)]
        assert learners == {"F1", "F2"}
        assert leads.count("F3") >= 2
        assert leads.count("F4") >= 1
        assert [(tier.value, tier.bound) for tier in result.tiers if tier.tier == 4] == [(0, 0)]


# --- words -------------------------------------------------------------------------------------------------


def test_findings_say_who_lacks_practice() -> None:
    case = spread(3, facilitator("F1", min_meetings=3), facilitator("F2", roles="trainee"))
    meetings, trainee = check(case, roster({"M1": "F1", "M2": "F1"})).by_rule[RULE]
    assert meetings.words.en == "F1 has 2 of the 3 meetings needed to keep in practice."
    assert meetings.words.nl == "F1 heeft 2 van de 3 bijeenkomsten die nodig zijn om geoefend te blijven."
    assert (meetings.severity, meetings.penalty, meetings.scale, meetings.facilitators) == ("penalty", 1, 1, ("F1",))
    assert trainee.words.en == "F2 is a trainee and gets no meeting to practise in."
    assert trainee.words.nl == "F2 is leerling en krijgt geen bijeenkomst om in te oefenen."
    assert (trainee.penalty, trainee.facilitators) == (1, ("F2",))


def test_of_one_meeting_that_is_needed_there_is_none() -> None:
    case = spread(3, facilitator("F1", min_meetings=1), facilitator("F2"))
    (finding,) = check(case, roster({})).by_rule[RULE]
    assert finding.words.en == "F1 has no meeting, and needs 1 to keep in practice."
    assert finding.words.nl == "F1 heeft geen bijeenkomst, en er is er 1 nodig om geoefend te blijven."
