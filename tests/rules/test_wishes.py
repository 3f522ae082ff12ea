"""Rule `wishes`: minus the scores that match; times to avoid 5, preferred times −5; a preferred skill missing 2.

Per meeting: a pair that avoids one another 3, one that likes to be together −3; and the cost of its slot.

Counted in units of a ten-thousandth of a point.
"""

from typing import Any

import pytest
from pydantic import ValidationError
from tests.builders import Cells, Holders, facilitator, meeting, penalty, problem, roster

from poolmatch import Problem, Roster, check, solve
from poolmatch.rules.wishes import WishesRule
from poolmatch.ruleset import STANDARD_RULES, RuleSet

RULE = "wishes"
POINT = 10_000
ALL: dict[str | tuple[str, str], str | None] = {"M1": "F1"}
PARTIES = {"M1": {"Town": "decider", "School": "observer"}}


def scored(*rows: Cells, **of_meeting: Any) -> Problem:
    """Return a meeting of the town and a school, on housing, in the north; and scores of its only facilitator."""
    cells = {"theme": "housing", "region": "north"} | of_meeting
    other = meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30", theme="traffic", region="south")
    return problem(
        [meeting(**cells), other], ["F1", "F2"], PARTIES, preferences=[{"facilitator": "F1", **row} for row in rows]
    )


# --- scores ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"meeting": "M1"}, -3),
        ({"meeting": "M2"}, 0),
        ({"theme": "housing"}, -3),
        ({"theme": "traffic"}, 0),
        ({"theme": "elsewhere"}, 0),
        ({"region": "north"}, -3),
        ({"region": "south"}, 0),
        ({"region": "elsewhere"}, 0),
        ({"organisation": "Town"}, -3),
        ({"organisation": "School"}, -3),  # any party, of whatever grade
        ({"organisation": "Elsewhere"}, 0),
    ],
)
def test_each_kind_of_target(target: Cells, expected: int) -> None:
    assert penalty(RULE, scored({**target, "score": 3}), ALL) == expected * POINT


def test_a_meeting_without_theme_or_region_matches_neither() -> None:
    rows = [{"theme": "housing", "score": 3}, {"region": "north", "score": 3}, {"theme": "elsewhere", "score": 3}]
    assert penalty(RULE, scored(*rows, theme=None, region=None), ALL) == 0


@pytest.mark.parametrize(
    ("score", "units"),
    [
        (10, -100_000),
        (-10, 100_000),
        (2.5, -25_000),
        (0.0001, -1),
        (-0.0001, 1),
        (0.1234, -1_234),
        (1.0001, -10_001),
        (9.9996, -99_996),  # × 10000 is 99995.99999999999 as a float
        (0.0003, -3),  # 2.9999999999999996
        (0, 0),
    ],
)
def test_scores_are_exact_to_four_decimals(score: float, units: int) -> None:
    assert penalty(RULE, scored({"meeting": "M1", "score": score}), ALL) == units


def test_rows_that_match_add_up() -> None:
    # 3 for the meeting, 2.5 for the theme, −1 for the region, 0.25 and 0.5 for the two parties: 5.25.
    rows = [
        {"meeting": "M1", "score": 3},
        {"theme": "housing", "score": 2.5},
        {"region": "north", "score": -1},
        {"organisation": "Town", "score": 0.25},
        {"organisation": "School", "score": 0.5},
        {"theme": "traffic", "score": 9},
    ]
    assert penalty(RULE, scored(*rows), ALL) == -52_500
    # At M2 the theme and the town: 9.25.
    assert penalty(RULE, scored(*rows), {"M2": "F1"}) == -92_500


def test_two_rows_about_one_thing_add_up() -> None:
    assert penalty(RULE, scored({"meeting": "M1", "score": 3}, {"meeting": "M1", "score": 3}), ALL) == -60_000


def test_a_score_holds_for_any_party_once() -> None:
    # The row about the school matches one party; that the town is there too does not count it twice.
    assert penalty(RULE, scored({"organisation": "School", "score": 4}), ALL) == -40_000


def test_a_score_is_one_s_own_and_needs_an_assignment() -> None:
    case = scored({"meeting": "M1", "score": 3})
    assert penalty(RULE, case, {"M1": "F2"}) == 0
    assert penalty(RULE, case, {}) == 0
    assert penalty(RULE, case, {"M1": None, "M2": "F1"}) == 0


def test_each_assignment_counts_by_itself() -> None:
    assert penalty(RULE, scored({"organisation": "Town", "score": 1.5}), {"M1": "F1", "M2": "F1"}) == -30_000


# --- times -------------------------------------------------------------------------------------------------


def timed(*rows: tuple[str, str, str], **of_meeting: Any) -> Problem:
    """Return a meeting on 5 March from 14:00 to 16:00, and rows of kind, start and end of its facilitator."""
    cells = {"start": "2026-03-05 14:00", "end": "2026-03-05 16:00"} | of_meeting
    availability = [{"facilitator": "F1", "kind": kind, "start": a, "end": b} for kind, a, b in rows]
    return problem([meeting(**cells)], ["F1", "F2"], availability=availability)


def day(clock: str) -> str:
    return f"2026-03-05 {clock}"


@pytest.mark.parametrize(
    ("opens", "closes", "points"),
    [
        ("12:00", "14:00", 0),  # touching
        ("12:00", "14:00:01", 5),
        ("16:00", "18:00", 0),
        ("15:59:59", "18:00", 5),
        ("14:30", "15:00", 5),
        ("10:00", "20:00", 5),
        ("14:00", "16:00", 5),
    ],
)
def test_any_part_in_a_time_to_avoid(opens: str, closes: str, points: int) -> None:
    assert penalty(RULE, timed(("avoid", day(opens), day(closes))), ALL) == points * POINT


@pytest.mark.parametrize(
    ("opens", "closes", "points"),
    [
        ("14:00", "16:00", -5),
        ("10:00", "20:00", -5),
        ("14:00:01", "16:00", 0),
        ("14:00", "15:59:59", 0),
        ("14:30", "15:00", 0),
        ("08:00", "12:00", 0),
    ],
)
def test_the_whole_in_a_preferred_time(opens: str, closes: str, points: int) -> None:
    assert penalty(RULE, timed(("prefer", day(opens), day(closes))), ALL) == points * POINT


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        ([("prefer", "13:00", "15:00"), ("prefer", "15:00", "17:00")], -5),  # together they cover it
        ([("prefer", "15:00", "17:00"), ("prefer", "13:00", "15:00")], -5),
        ([("prefer", "13:00", "15:00"), ("prefer", "15:01", "17:00")], 0),
        ([("prefer", "13:00", "17:00"), ("prefer", "12:00", "18:00")], -5),  # once
        ([("prefer", "13:00", "14:10"), ("prefer", "13:30", "14:05"), ("prefer", "14:10", "16:00")], -5),
        ([("avoid", "13:00", "14:30"), ("avoid", "15:30", "17:00")], 5),  # once
        ([("avoid", "14:30", "14:40"), ("prefer", "12:00", "18:00")], 0),  # 5 − 5
        ([("avoid", "08:00", "09:00"), ("avoid", "20:00", "21:00")], 0),
    ],
)
def test_several_rows(rows: list[tuple[str, str, str]], points: int) -> None:
    case = timed(*((kind, day(a), day(b)) for kind, a, b in rows))
    assert penalty(RULE, case, ALL) == points * POINT


@pytest.mark.parametrize(
    ("row", "points"),
    [
        (("avoid", "12:00", "13:31"), 5),
        (("avoid", "12:00", "13:30"), 0),
        (("avoid", "16:14", "18:00"), 5),
        (("avoid", "16:15", "18:00"), 0),
        (("prefer", "13:30", "16:15"), -5),
        (("prefer", "13:31", "16:15"), 0),
        (("prefer", "13:30", "16:14"), 0),
    ],
)
def test_setup_and_wrap_up_belong_to_it(row: tuple[str, str, str], points: int) -> None:
    # Occupied from 13:30 to 16:15.
    case = timed((row[0], day(row[1]), day(row[2])), setup_minutes=30, wrapup_minutes=15)
    assert penalty(RULE, case, ALL) == points * POINT


def test_recurring_times() -> None:
    # Thursdays from 5 March; the meeting is on Thursday 12 March.
    row = {"facilitator": "F1", "kind": "avoid", "start": "2026-03-05", "end": "2026-03-05", "rrule": "FREQ=WEEKLY"}
    case = problem([meeting("M1", "2026-03-12 14:00", "2026-03-12 16:00")], availability=[row])
    assert penalty(RULE, case, ALL) == 5 * POINT
    case = problem([meeting("M1", "2026-03-13 14:00", "2026-03-13 16:00")], availability=[row])
    assert penalty(RULE, case, ALL) == 0


def test_windows_are_no_wishes() -> None:
    case = timed(("available", day("10:00"), day("20:00")), ("unavailable", day("20:00"), day("21:00")))
    assert penalty(RULE, case, ALL) == 0


def test_times_of_one_say_nothing_of_another() -> None:
    case = timed(("avoid", day("10:00"), day("20:00")))
    assert penalty(RULE, case, {"M1": "F2"}) == 0
    assert solve(case, workers=1).roster.holder("M1", "lead") == "F2"


# --- skills that would be welcome --------------------------------------------------------------------------


def welcome(level: int | None, kind: str = "preferred", **dates: str) -> Problem:
    skills = [] if level is None else [{"facilitator": "F1", "skill": "intake", "level": level, **dates}]
    wanted = [{"meeting": "M1", "seat": "lead", "skill": "intake", "level": 3, "kind": kind}]
    return problem(requirements=wanted, skills=skills)


@pytest.mark.parametrize(("level", "points"), [(None, 2), (2, 2), (3, 0), (4, 0)])
def test_a_preferred_skill_that_is_missing_or_too_low(level: int | None, points: int) -> None:
    assert penalty(RULE, welcome(level), ALL) == points * POINT
    assert penalty(RULE, welcome(level), {}) == 0  # only where someone is assigned


@pytest.mark.parametrize(
    ("dates", "points"),
    [
        ({"valid_until": "2026-03-04"}, 2),
        ({"valid_until": "2026-03-05"}, 0),
        ({"valid_from": "2026-03-05"}, 0),
        ({"valid_from": "2026-03-06"}, 2),
    ],
)
def test_a_preferred_skill_must_hold_on_the_day(dates: dict[str, str], points: int) -> None:
    assert penalty(RULE, welcome(5, **dates), ALL) == points * POINT


def test_each_preferred_skill_counts_and_required_ones_do_not() -> None:
    kinds = {"intake": "preferred", "listening": "preferred", "drawing": "preferred", "law": "required"}
    wanted = [
        {"meeting": "M1", "seat": "lead", "skill": skill, "level": 2, "kind": kind} for skill, kind in kinds.items()
    ]
    skills = [{"facilitator": "F1", "skill": skill, "level": 2} for skill in ("listening", "law")]
    assert penalty(RULE, problem(requirements=wanted, skills=skills), ALL) == 4 * POINT
    # A required skill that is missing is the business of `skilled`.
    assert penalty(RULE, welcome(None, "required"), ALL) == 0


def test_a_skill_that_the_team_should_bring_is_missing_once_where_someone_is_assigned() -> None:
    wanted = [{"meeting": "M1", "seat": None, "skill": "intake", "level": 3, "kind": "preferred"}]
    skills = [{"facilitator": "F2", "skill": "intake", "level": 3}]
    case = paired(requirements=wanted, skills=skills)
    for held, points in ((None, 0), ("F1", 2), ("F2", 0)):
        assert penalty(RULE, case, {"M1": held}) == points * POINT
    assert penalty(RULE, case, {("M1", "lead"): "F1", ("M1", "co"): "F3"}) == 2 * POINT
    assert penalty(RULE, case, {("M1", "lead"): "F1", ("M1", "co"): "F2"}) == 0


# --- pairs -------------------------------------------------------------------------------------------------


def paired(*pairs: tuple[str, str, str], meetings: int = 1, **tables: Any) -> Problem:
    """Return meetings with a lead and a co seat, three people, and pairs of first, second and kind."""
    rows = [meeting(f"M{n}", f"2026-03-{5 * n:02} 19:30", f"2026-03-{5 * n:02} 21:30") for n in range(1, meetings + 1)]
    seats = [{"meeting": row["meeting"], "seat": name, "role": name} for row in rows for name in ("lead", "co")]
    people = [facilitator(f"F{n}", organisation=f"E{n}") for n in (1, 2, 3)]
    pairings = [{"first": first, "second": second, "kind": kind} for first, second, kind in pairs]
    return problem(rows, people, seats=seats, pairings=pairings, **tables)


def team(lead: str | None, co: str | None, where: str = "M1") -> dict[str | tuple[str, str], str | None]:
    return {(where, "lead"): lead, (where, "co"): co}


@pytest.mark.parametrize(("kind", "points"), [("avoid", 3), ("prefer", -3), ("require", 0), ("forbid", 0)])
@pytest.mark.parametrize("pair", [("F1", "F2"), ("F2", "F1")])
def test_a_pair_counts_where_both_are(kind: str, points: int, pair: tuple[str, str]) -> None:
    case = paired((*pair, kind))
    for lead, co, together in [
        ("F1", "F2", True),
        ("F2", "F1", True),
        ("F1", "F3", False),
        ("F3", "F2", False),
        ("F1", None, False),
        (None, "F2", False),
        (None, None, False),
    ]:
        assert penalty(RULE, case, team(lead, co)) == points * POINT * together


def test_a_pair_counts_in_each_meeting() -> None:
    for kind, sign in (("avoid", 1), ("prefer", -1)):
        case = paired(("F1", "F2", kind), meetings=2)
        assert penalty(RULE, case, team("F1", "F2") | team("F2", "F1", "M2")) == 6 * POINT * sign
        assert penalty(RULE, case, team("F1", "F2") | team("F1", "F3", "M2")) == 3 * POINT * sign
        # Each in a meeting of their own is not together.
        assert penalty(RULE, case, team("F1", "F3") | team("F2", None, "M2")) == 0


def test_pairs_add_up() -> None:
    seats = [{"meeting": "M1", "seat": name, "role": "lead"} for name in ("a", "b", "c")]
    people = [facilitator(f"F{n}", organisation=f"E{n}") for n in (1, 2, 3)]
    pairs = [("F1", "F2", "avoid"), ("F1", "F3", "avoid"), ("F3", "F2", "prefer")]
    pairings = [{"first": first, "second": second, "kind": kind} for first, second, kind in pairs]
    case = problem(facilitators=people, seats=seats, pairings=pairings)
    for holders, points in (("123", 3), ("12", 3), ("31", 3), ("23", -3), ("2", 0)):
        held: Holders = {("M1", name): f"F{number}" for name, number in zip("abc", holders, strict=False)}
        assert penalty(RULE, case, held) == points * POINT


def test_a_pair_is_together_in_whatever_seat_and_slot() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in ("05", "06")]
    seats = [{"meeting": "M1", "seat": name, "role": name} for name in ("lead", "co")]
    for kind, points in (("avoid", 3), ("prefer", -3)):
        pairings = [{"first": "F1", "second": "F2", "kind": kind}]
        case = problem([{"meeting": "M1"}], ["F1", "F2"], slots=slots, seats=seats, pairings=pairings)
        penalty(RULE, case, {})  # the model agrees on every roster and slot
        for slot in case.slots:
            held = Roster.of(case, {("M1", "lead"): "F1", ("M1", "co"): "F2"}, {"M1": slot.start})
            assert sum(item.penalty for item in check(case, held).by_rule[RULE]) == points * POINT


def test_two_duties_are_no_meeting_of_a_pair() -> None:
    duties = [{"duty": name, "kind": "coaching", "hours": 2} for name in ("D1", "D2")]
    case = problem(
        facilitators=["F1", "F2"], duties=duties, pairings=[{"first": "F1", "second": "F2", "kind": "avoid"}]
    )
    assert penalty(RULE, case, {("D1", "coaching"): "F1", ("D2", "coaching"): "F2"}) == 0
    assert penalty(RULE, case, {"M1": "F1", ("D1", "coaching"): "F2"}) == 0


def test_the_points_of_a_pair_are_a_parameter() -> None:
    for points in (0, 7, 100):
        rules = STANDARD_RULES.plus(WishesRule(together=points))
        assert penalty(RULE, paired(("F1", "F2", "avoid")), team("F1", "F2"), rules) == points * POINT
        assert penalty(RULE, paired(("F1", "F2", "prefer")), team("F1", "F2"), rules) == -points * POINT
    for wrong in (-1, 101, 2.5):
        with pytest.raises(ValidationError):
            WishesRule(together=wrong)  # type: ignore[arg-type]
    assert RuleSet.from_toml("[rules.wishes]\ntogether = 9")[RULE] == WishesRule(together=9)


def test_solve_keeps_apart_and_brings_together() -> None:
    for kind, expected in (("avoid", 0), ("prefer", -3)):
        for seed in range(3):
            result = solve(paired(("F1", "F2", kind)), seed=seed, workers=1)
            together = {row.facilitator for row in result.roster.rows} == {"F1", "F2"}
            assert (result.tiers[-1].points, together) == (expected, kind == "prefer")


def test_a_pair_is_weighed_against_other_wishes() -> None:
    # F1 and F2 together cost 3; with F3 in the place of either it is what F3 would rather not.
    for score, together, units in ((-2.9999, False, 29_999), (-3.0001, True, 30_000)):
        rows = [{"facilitator": "F3", "meeting": "M1", "score": score}]
        result = solve(paired(("F1", "F2", "avoid"), preferences=rows), workers=1)
        assert ({row.facilitator for row in result.roster.rows} == {"F1", "F2"}) is together
        assert result.tiers[-1].value * POINT == units * result.tiers[-1].scale


def test_findings_name_the_pair() -> None:
    for kind, en, nl, points in (
        ("avoid", "F2 and F1 would rather not be together in M1.", "F2 en F1 zitten liever niet samen in M1.", 3),
        ("prefer", "F2 and F1 like to be together in M1.", "F2 en F1 zitten graag samen in M1.", -3),
    ):
        (finding,) = check(paired(("F2", "F1", kind)), roster(team("F1", "F2"))).by_rule[RULE]
        assert (finding.words.en, finding.words.nl) == (en, nl)
        assert (finding.severity, finding.points, finding.facilitators, finding.meetings, finding.seat) == (
            "penalty",
            points,
            ("F2", "F1"),
            ("M1",),
            None,
        )


# --- slots -------------------------------------------------------------------------------------------------


def dated(*costs: float | None, seats: int = 1, **tables: Any) -> Problem:
    """Return a flexible meeting with a slot per cost, on 5, 6 … March, and a seat of each role."""
    slots = [
        {"meeting": "M1", "start": f"2026-03-{n:02} 10:00", "end": f"2026-03-{n:02} 12:00", "cost": cost}
        for n, cost in enumerate(costs, 5)
    ]
    roles = ("lead", "co")[:seats]
    rows = [{"meeting": "M1", "seat": name, "role": name} for name in roles]
    people = [facilitator(f"F{n}", organisation=f"E{n}") for n in (1, 2)]
    return problem([{"meeting": "M1"}], people, seats=rows, slots=slots, **tables)


def in_slot(case: Problem, number: int, lead: str | None = "F1", co: str | None = None) -> int:
    """Return the units when the meeting is held in a slot; the model must agree on every roster."""
    penalty(RULE, case, {})
    holders = {key: name for key, name in team(lead, co).items() if key in case.seat_keys}
    held = Roster.of(case, holders, {"M1": case.slots[number].start})
    return sum(item.penalty for item in check(case, held).by_rule[RULE])


@pytest.mark.parametrize(
    ("cost", "units"),
    [
        (None, 0),
        (0, 0),
        (1, 10_000),
        (2.5, 25_000),
        (0.0001, 1),
        (9.9996, 99_996),  # × 10000 is 99995.99999999999 as a float
        (0.00005, 1),  # half up
        (0.00004, 0),
        (1234.5678, 12_345_678),
    ],
)
def test_the_slot_that_is_chosen_costs(cost: float | None, units: int) -> None:
    case = dated(0.25, cost)
    assert in_slot(case, 0) == 2_500
    assert in_slot(case, 1) == units
    assert in_slot(case, 1, "F2") == units


def test_a_slot_costs_once_for_the_whole_team_and_only_if_anyone_comes() -> None:
    case = dated(4, 7, seats=2)
    for number, points in enumerate((4, 7)):
        assert in_slot(case, number, "F1", "F2") == points * POINT
        assert in_slot(case, number, "F1") == points * POINT
        assert in_slot(case, number, None, "F1") == points * POINT
        assert in_slot(case, number, None) == 0


def test_slots_of_several_meetings_add_up() -> None:
    slots = [
        {"meeting": f"M{n}", "start": f"2026-03-{day:02} 10:00", "end": f"2026-03-{day:02} 12:00", "cost": day}
        for n, day in ((1, 5), (1, 6), (2, 12), (2, 13))
    ]
    case = problem([{"meeting": "M1"}, {"meeting": "M2"}], ["F1"], slots=slots)
    penalty(RULE, case, {})
    starts = {"M1": case.slots[1].start, "M2": case.slots[2].start}
    for held, points in ((("F1", "F1"), 18), (("F1", None), 6), ((None, "F1"), 12)):
        holders = dict(zip((("M1", "lead"), ("M2", "lead")), held, strict=True))
        found = check(case, Roster.of(case, holders, starts)).by_rule[RULE]
        assert sum(item.penalty for item in found) == points * POINT


def test_solve_takes_the_cheapest_slot_that_wishes_leave() -> None:
    assert solve(dated(3, 1, 2), workers=1).roster.rows[0].start == dated(3, 1, 2).slots[1].start
    # F1 would rather not come on the 6th, F2 cannot come at all: 3 on the 5th, 1 + 5 on the 6th, 7 on the 7th.
    rows = [
        {"facilitator": "F1", "kind": "avoid", "start": "2026-03-06", "end": "2026-03-06"},
        {"facilitator": "F2", "kind": "unavailable", "start": "2026-03-01", "end": "2026-03-31"},
    ]
    result = solve(dated(3, 1, 7, availability=rows), workers=1)
    assert result.roster.rows[0].start == result.problem.slots[0].start
    assert result.tiers[-1].points == 3


def test_findings_say_what_a_slot_costs() -> None:
    case = dated(0, 2.5)
    held = Roster.of(case, {("M1", "lead"): "F1"}, {"M1": case.slots[1].start})
    (finding,) = check(case, held).by_rule[RULE]
    assert finding.words.en == "The slot of M1 costs 2.5."
    assert finding.words.nl == "Het tijdstip van M1 kost 2.5."
    assert (finding.points, finding.meetings, finding.facilitators) == (2.5, ("M1",), ())
    assert finding.day is not None
    assert finding.day.isoformat() == "2026-03-06"


# --- together ----------------------------------------------------------------------------------------------


def test_the_example_of_the_rule() -> None:
    # A score of 2.5 for the region and a meeting in an hour to avoid: 5 − 2.5 = 2.5 points.
    case = problem(
        [meeting(region="north")],
        preferences=[{"facilitator": "F1", "region": "north", "score": 2.5}],
        availability=[{"facilitator": "F1", "kind": "avoid", "start": "2026-03-05", "end": "2026-03-05"}],
    )
    assert penalty(RULE, case, ALL) == 25_000
    report = check(case, roster(ALL))
    (finding,) = report.by_rule[RULE]
    assert (finding.points, finding.scale) == (2.5, POINT)
    assert finding.words.en == "F1 at M1: score 2.5 for north, at a time to avoid."
    assert finding.words.nl == "F1 bij M1: score 2.5 voor north, op een tijd om te mijden."
    (tier,) = [tier for tier in report.tiers if tier.tier == 6]
    assert tier.value * POINT == 25_000 * tier.scale


def test_the_points_are_parameters() -> None:
    rules = STANDARD_RULES.plus(WishesRule(avoid=7, prefer=1, missing_skill=11))
    rows = [("avoid", day("14:00"), day("15:00")), ("prefer", day("10:00"), day("20:00"))]
    assert penalty(RULE, timed(*rows), ALL, rules) == 6 * POINT
    assert penalty(RULE, welcome(None), ALL, rules) == 11 * POINT


def test_who_likes_it_best_gets_it() -> None:
    rows = [{"facilitator": name, "meeting": "M1", "score": score} for name, score in [("F1", 2.0001), ("F2", 2.0002)]]
    case = problem(facilitators=[facilitator("F1"), facilitator("F2")], preferences=rows)
    found = solve(case, workers=1)
    assert found.roster.holder("M1", "lead") == "F2"
    assert found.tiers[-1].value * POINT == -20_002 * found.tiers[-1].scale
