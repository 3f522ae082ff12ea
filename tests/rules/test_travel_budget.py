"""Rule `travel-budget`: no more kilometres in the period than the facilitator's limit."""

import random
from typing import Any

import pytest
from tests.builders import Cells, Holders, breaks, problem, roster
from tests.rules.half_over import TODAY, notes, told, violated
from tests.rules.on_the_road import at, living

from poolmatch import STANDARD_RULES, Problem, Roster, RuleSet, Status, check, solve
from poolmatch.arrays import Arrays
from poolmatch.domain.travel import Travel
from poolmatch.eligibility import eligibility
from poolmatch.rules.travel_budget import TravelBudgetRule
from poolmatch.solving.model.blocks import Blocks
from poolmatch.testing import check_rule, random_problem

RULE = "travel-budget"
APART = STANDARD_RULES
ONWARD = STANDARD_RULES.with_travel(Travel(between=True))
WAYS = {"apart": APART, "onward": ONWARD}
FIXED: dict[str, Any] = {"workers": 1, "deterministic": True}
ZIGZAG = (at(1, "M1"), at(-1, "M2", "05 noon"), at(2, "M3", "05 afternoon"))
"""North of home, south of it, and north again."""


def trip(limit: float | None, *meetings: Cells, **tables: Any) -> Problem:
    """Return a problem of F1, who has a limit, and F2, who has none; both live at 53°."""
    return problem(
        meetings or (at(1, "M1"), at(2, "M2", "05 noon")), [living(max_km=limit), living(name="F2")], **tables
    )


def both(case: Problem) -> Holders:
    return {row.meeting: "F1" for row in case.meetings}


# --- the limit ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "limit", "expected"),
    [
        ("apart", None, False),
        ("apart", 86, False),  # 2 × 14 + 2 × 29
        ("apart", 86.9, False),
        ("apart", 85.9, True),
        ("onward", 57, False),  # 14 + 14 + 29
        ("onward", 56.9, True),
        ("onward", 0, True),  # 0 is a limit
    ],
)
def test_the_limit_is_inclusive(way: str, limit: float | None, expected: bool) -> None:
    case = trip(limit)
    assert breaks(RULE, case, both(case), WAYS[way]) is expected


@pytest.mark.parametrize("way", WAYS)
def test_kilometres_of_different_days_add_up(way: str) -> None:
    meetings = (at(1, "M1", "05 morning"), at(2, "M2", "06 morning"))
    assert not breaks(RULE, trip(86, *meetings), {"M1": "F1", "M2": "F1"}, WAYS[way])
    assert breaks(RULE, trip(85, *meetings), {"M1": "F1", "M2": "F1"}, WAYS[way])
    assert not breaks(RULE, trip(85, *meetings), {"M1": "F2", "M2": "F2"}, WAYS[way])


def test_what_lies_between_cannot_be_left_out() -> None:
    # By home each time it is 28 + 28 + 58; from the first on to the last 57.
    case = trip(113, *ZIGZAG)
    assert breaks(RULE, case, both(case), ONWARD)
    assert not breaks(RULE, case, {"M1": "F1", "M3": "F1", "M2": "F2"}, ONWARD)
    assert not breaks(RULE, trip(57, *ZIGZAG), {"M1": "F1", "M3": "F1"}, ONWARD)
    assert breaks(RULE, trip(56, *ZIGZAG), {"M1": "F1", "M3": "F1"}, ONWARD)


def test_a_meeting_next_to_home_lies_between_others_too() -> None:
    rows = at(1, "M1"), at(0, "M2", "05 noon"), at(2, "M3", "05 afternoon")
    assert breaks(RULE, trip(85, *rows), both(trip(85, *rows)), ONWARD)
    assert not breaks(RULE, trip(86, *rows), both(trip(86, *rows)), ONWARD)


def test_a_day_is_in_order_of_time_whatever_the_ids() -> None:
    # 53.1 at 9:00, 53.3 at 12:00 and 53.2 at 15:00. In the order of ids it would be 14 + 14 + 14 + 43, one less.
    rows = at(1, "M1"), at(3, "M3", "05 noon"), at(2, "M2", "05 afternoon")
    case = trip(14 + 29 + 14 + 29, *rows)
    assert not breaks(RULE, case, both(case), ONWARD)
    assert breaks(RULE, trip(85, *rows), both(case), ONWARD)


def test_what_starts_together_is_in_order_of_id() -> None:
    # Nobody can do that, but the rule does not ask: M1 at 53.1, then M2 at 53.3, then M3 at 53.2.
    rows = at(1, "M1"), at(3, "M2"), at(2, "M3")
    case = trip(14 + 29 + 14 + 29, *rows)
    assert not breaks(RULE, case, both(case), ONWARD)
    assert breaks(RULE, trip(85, *rows), both(case), ONWARD)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_known_has_no_kilometres(way: str) -> None:
    away: dict[str, Any] = {"lat": None, "lon": None}
    assert not breaks(RULE, trip(0, at(1, "M1", online=True)), {"M1": "F1"}, WAYS[way])
    assert not breaks(RULE, trip(0, at(1, "M1", **away)), {"M1": "F1"}, WAYS[way])
    assert not breaks(RULE, problem([at(1, "M1")], [living(max_km=0, **away)]), {"M1": "F1"}, WAYS[way])
    duty = {"duty": "D1", "kind": "coaching", "hours": 2}
    case = trip(0, at(0, "M1"), duties=[duty])
    assert not breaks(RULE, case, {("D1", "coaching"): "F1", "M1": "F1"}, WAYS[way])


@pytest.mark.parametrize("way", WAYS)
def test_history_does_not_count(way: str) -> None:
    past = {
        "meeting": "M0",
        "facilitator": "F1",
        "role": "lead",
        "start": "2026-02-05 09:00",
        "end": "2026-02-05 10:00",
    }
    assert not breaks(RULE, trip(28, at(1, "M1"), history=[past]), {"M1": "F1"}, WAYS[way])


@pytest.mark.parametrize("way", WAYS)
def test_teams_and_slots(way: str) -> None:
    seats = [{"meeting": "M1", "seat": name, "role": name} for name in ("lead", "co")]
    team = trip(28, at(1, "M1"), at(1, "M2", "06 noon"), seats=seats)
    assert not breaks(RULE, team, {("M1", "co"): "F1", "M1": "F2"}, WAYS[way])
    assert breaks(RULE, team, {("M1", "co"): "F1", "M2": "F1"}, WAYS[way])
    place = {"lat": 53.2, "lon": 6.0}
    slots = [{"meeting": "M2", "start": f"2026-03-{day} 12:00", "end": f"2026-03-{day} 13:00"} for day in ("05", "06")]
    loose = trip(57, at(1, "M1"), {"meeting": "M2", **place}, slots=slots)
    assert check_rule(WAYS[way][RULE], loose) == 3 * 5
    held = solve(loose.replace(facilitators=loose.facilitators[:1]), WAYS[way], **FIXED)
    filled = [row for row in held.roster.rows if row.facilitator is not None]
    assert held.status is Status.OPTIMAL
    assert len(filled) == (2 if way == "onward" else 1)
    if way == "onward":  # both on one day
        assert {row.meeting: row.start for row in filled}["M2"] == loose.slots[0].start


# --- the past of the period --------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_the_past_of_the_period_counts_as_it_was(way: str) -> None:
    # Before today 57 or 86 km on the 5th; 28 on the 20th.
    before = 57 if way == "onward" else 86
    rows = at(1, "M1"), at(2, "M2", "05 noon"), at(1, "M3", "20 morning"), at(0, "M4", "21 morning")
    published = [told("F1"), told("F1", "M2")]
    for limit, legal in ((before + 28, True), (before + 27, False), (before - 1, False), (0, False)):
        case = trip(limit, *rows, published=published, period=TODAY)
        check_rule(WAYS[way][RULE], case)
        assert violated(case, roster({"M3": "F1"}), WAYS[way]) == (set() if legal else {RULE})
        # What the past alone breaks is told, and forbids nothing next to home.
        assert not violated(case, roster({"M4": "F1"}), WAYS[way])
        assert bool(notes(case, Roster(), WAYS[way])) == (before > limit)


def test_a_seat_held_twice_in_the_past_is_one_journey() -> None:
    seats = [{"meeting": "M1", "seat": name, "role": name} for name in ("lead", "co")]
    published = [told("F1"), told("F1", seat="co")]
    rows = at(1, "M1"), at(1, "M2", "20 morning")
    for rules in WAYS.values():
        case = trip(56, *rows, published=published, period=TODAY, seats=seats)
        assert RULE not in violated(case, roster({"M2": "F1"}), rules)
        check_rule(rules[RULE], case)
        assert RULE in violated(
            trip(55, *rows, published=published, period=TODAY, seats=seats), roster({"M2": "F1"}), rules
        )


# --- what is told ------------------------------------------------------------------------------------------


def test_the_words_name_kilometres_limit_and_the_meetings_with_a_journey() -> None:
    case = trip(80.5, at(1, "M1"), at(2, "M2", "05 noon"), at(0, "M3", "06 noon"), at(3, "M4", "07 noon", online=True))
    (finding,) = check(case, roster(both(case))).by_rule[RULE]
    assert (finding.facilitators, finding.meetings, finding.severity) == (("F1",), ("M1", "M2"), "violation")
    assert finding.words.en == "F1 travels 86 km in the period, the limit is 80.5 km."
    assert finding.words.nl == "F1 reist in de periode 86 km, de grens is 80,5 km."


# --- in solve ----------------------------------------------------------------------------------------------


def test_a_journey_along_both_fits_where_two_journeys_do_not() -> None:
    case = problem([at(1, "M1"), at(2, "M2", "05 noon")], [living(max_km=57)])
    for rules, filled in ((APART, 1), (ONWARD, 2), (APART.without(RULE), 2)):
        result = solve(case, rules, **FIXED)
        assert result.status is Status.OPTIMAL
        assert sum(row.facilitator is not None for row in result.roster.rows) == filled


def test_only_who_could_exceed_a_limit_has_a_row() -> None:
    def rows(limit: float | None, rules: RuleSet = APART) -> int:
        alone = RuleSet("alone", 1, (rules[RULE],))
        return len(Blocks.of(eligibility(Arrays(trip(limit)), alone).candidates, alone).row_bounds[0])

    assert [rows(limit) for limit in (None, 86, 85)] == [0, 0, 1]
    # The limit, a way from M1, and a way to M2; nothing lies between.
    assert [rows(limit, ONWARD) for limit in (None, 86, 85)] == [0, 0, 3]


def on_one_day(seed: int) -> Problem:
    """Return a random problem of three or four meetings on one day, some online or without a point, with limits."""
    rng = random.Random(seed)
    case = random_problem(rng, people=2, meetings=4, pins=False)
    while len(case.meetings) < 3:
        case = random_problem(rng, people=2, meetings=4, pins=False)
    times = [
        f"2026-03-28 {hour:02}:{rng.choice(['00', '30'])}" for hour in rng.choices(range(8, 20), k=len(case.meetings))
    ]
    rows = [
        row.model_dump() | {"start": start, "end": f"{start[:-2]}59", "lat": 53 + rng.randrange(-3, 4) / 10, "lon": 6.0}
        for row, start in zip(case.meetings, times, strict=True)
    ]
    for row in rows:
        row |= rng.choice([{}, {}, {}, {"online": True}, {"lat": None, "lon": None}])
    people = [
        row.model_copy(update={"lat": 53.0, "lon": 6.0 + rng.choice([0, 0.2]), "max_km": rng.randrange(30, 180)})
        for row in case.facilitators
    ]
    tables = {name: getattr(case, name) for name in ("organisations", "stakes", "seats")}
    return Problem(period=case.period, meetings=rows, facilitators=people, **tables)


@pytest.mark.parametrize("seed", range(8))
def test_the_doors_agree_on_days_of_four_meetings(seed: int) -> None:
    assert check_rule(TravelBudgetRule(travel=Travel(between=True)), on_one_day(seed)) > 1
