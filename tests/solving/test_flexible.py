"""`solve` chooses slot and team together; meetings that need a lead, and duties, are filled as the rules allow."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest
from tests.builders import EMPLOYER, PARTY, Cells, facilitator, meeting, problem
from tests.rings import seeds

from poolmatch import STANDARD_RULES, Problem, Result, Roster, Status, check, solve
from poolmatch.arrays import Arrays
from poolmatch.checking import input_issues, judge
from poolmatch.domain.roster import RosterRow
from poolmatch.testing import every_roster, random_problem

TEAM = ("lead", "co")


def moment(day: int, clock: str = "10:00") -> str:
    return f"2026-03-{day:02} {clock}"


def slots(name: str, *days: int, **cells: Any) -> list[Cells]:
    """Return slots from ten to twelve on these days of March."""
    return [{"meeting": name, "start": moment(day), "end": moment(day, "12:00"), **cells} for day in days]


def seats(name: str, roles: Sequence[str] = TEAM) -> list[Cells]:
    return [{"meeting": name, "seat": role, "role": role} for role in roles]


def away(name: str, *days: int) -> list[Cells]:
    return [
        {"facilitator": name, "start": f"2026-03-{day:02}", "end": f"2026-03-{day:02}", "kind": "unavailable"}
        for day in days
    ]


def pool(*names: str, **cells: Any) -> list[Cells]:
    """Return people of as many employers, who take any role."""
    roles = "lead;co;trainee;observer;scribe;mentor"
    return [facilitator(name, **{"organisation": f"of {name}", "roles": roles, **cells}) for name in names]


def single(*days: int, **tables: Any) -> Problem:
    """Return one flexible meeting with lead and co on one of these days."""
    people = tables.pop("facilitators", pool("F1", "F2"))
    rows = {"seats": seats("M1"), "slots": slots("M1", *days)} | tables
    return problem([{"meeting": "M1"}], people, **rows)


def days_of(found: Result) -> dict[str, set[int | None]]:
    """Return the local days of March on which each meeting is held."""
    result: dict[str, set[int | None]] = {}
    for row in found.roster.rows:
        start = None if row.start is None else found.problem.period.local_day(row.start).day
        result.setdefault(row.meeting, set()).add(start)
    return result


def holders(found: Result) -> dict[tuple[str, str], str | None]:
    return {(row.meeting, row.seat): row.facilitator for row in found.roster.rows}


def proven(case: Problem, **settings: Any) -> Result:
    """Return a roster that is proven to be best, and legal by itself."""
    found = solve(case, workers=1, **settings)
    assert found.status is Status.OPTIMAL
    assert check(case, found.roster).legal
    return found


# --- slot and team -------------------------------------------------------------------------------------------


def test_the_slot_is_the_one_in_which_the_team_can_come() -> None:
    # F1 cannot on the 5th, F2 cannot on the 12th: only the 6th has both.
    found = proven(single(5, 6, 12, availability=away("F1", 5) + away("F2", 12)))
    assert days_of(found) == {"M1": {6}}
    assert set(holders(found).values()) == {"F1", "F2"}
    for row in found.roster.rows:
        assert row.start is not None
        assert row.end is not None
        assert (row.end - row.start).total_seconds() == 7200


def test_where_no_slot_has_the_whole_team_one_is_chosen_for_those_who_can() -> None:
    # Lead and co never can on one day; whoever leads alone fills one seat, a co alone none.
    people = [*pool("F1", roles="lead"), *pool("F2", roles="co")]
    found = proven(single(5, 12, facilitators=people, availability=away("F1", 5) + away("F2", 12)))
    assert holders(found) == {("M1", "lead"): "F1", ("M1", "co"): None}
    assert days_of(found) == {"M1": {12}}  # also of the seat that stays empty


def test_the_more_important_seats_decide_before_what_a_slot_costs() -> None:
    dear = slots("M1", 5, cost=100) + slots("M1", 6)
    assert days_of(proven(single(slots=dear))) == {"M1": {6}}
    assert days_of(proven(single(slots=dear, availability=away("F1", 6)))) == {"M1": {5}}


@pytest.mark.parametrize(
    ("tables", "day"),
    [
        ({"ties": [{"facilitator": "F1", "kind": "director", "organisation": PARTY, "end": "2026-03-05"}]}, 6),
        ({"ties": [{"facilitator": "F1", "kind": "director", "organisation": PARTY, "start": "2026-03-06"}]}, 5),
        ({"skills": [{"facilitator": "F1", "skill": "x", "level": 1, "valid_from": "2026-03-06"}]}, 6),
        ({"skills": [{"facilitator": "F1", "skill": "x", "level": 1, "valid_until": "2026-03-05"}]}, 5),
    ],
)
def test_ties_and_skills_are_looked_at_per_slot(tables: dict[str, Any], day: int) -> None:
    # A director who has left needs a consent for a year, so the policy here looks at ties that are active only.
    rows: dict[str, Any] = dict(tables)
    if "skills" in rows:
        rows["requirements"] = [{"meeting": "M1", "seat": "lead", "skill": "x", "level": 1}]
    rules = STANDARD_RULES
    if "ties" in rows:
        kept = [row for row in rules.policy.rows if row.rule != "recently-employed"]
        rules = rules.with_policy(rules.policy.model_copy(update={"rows": tuple(kept)}))
    case = single(5, 6, facilitators=pool("F1"), seats=seats("M1", ["lead"]), **rows)
    found = solve(case, rules, workers=1)
    assert found.roster.filled == 1
    assert days_of(found) == {"M1": {day}}


def test_limits_are_looked_at_per_slot() -> None:
    fixed = meeting("M2", moment(5, "14:00"), moment(5, "15:00"))
    for most, expected in ((1, {6}), (2, {5})):
        case = problem(
            [{"meeting": "M1"}, fixed],
            pool("F1", max_per_day=most),
            slots=slots("M1", 5) + slots("M1", 6, cost=1),  # the second day is dearer
        )
        found = proven(case)
        assert found.roster.filled == 2
        assert days_of(found)["M1"] == expected


def test_one_person_holds_two_flexible_meetings_at_two_times() -> None:
    case = problem([{"meeting": "M1"}, {"meeting": "M2"}], ["F1"], slots=slots("M1", 5, 6) + slots("M2", 5))
    found = proven(case)
    assert found.roster.filled == 2
    assert days_of(found) == {"M1": {6}, "M2": {5}}


def test_a_meeting_of_one_slot_is_held_then() -> None:
    assert days_of(proven(single(5))) == {"M1": {5}}


# --- series --------------------------------------------------------------------------------------------------


def course(sessions: Mapping[str, Sequence[int]], numbered: bool = True, **tables: Any) -> Problem:
    """Return flexible sessions with a single lead seat, on one of these days each."""
    rows = [
        {"meeting": name, "series": "course", "session": number if numbered else None}
        for number, name in enumerate(sessions, 1)
    ]
    found = [row for name, days in sessions.items() for row in slots(name, *days)]
    return problem(rows, tables.pop("facilitators", ["F1"]), slots=found, **tables)


def test_spacing_is_kept_through_a_series() -> None:
    # A week between: 3, 10 and 17 are the only three (2 asks for a 9th, 9 and 16 for a 23rd, 8 for a 1st).
    case = course(
        {"S1": [2, 3, 9], "S2": [8, 10, 16], "S3": [15, 17, 31]},
        spacing=[{"series": "course", "min_days": 7, "max_days": 7}],
    )
    found = proven(case)
    assert found.roster.filled == 3
    assert days_of(found) == {"S1": {3}, "S2": {10}, "S3": {17}}


@pytest.mark.parametrize(
    ("spacing", "costs", "expected"),
    [
        ({}, {8: 1, 12: 3, 20: 5}, 8),
        ({"min_days": 7}, {8: 1, 12: 3, 20: 5}, 12),
        ({"min_days": 8}, {8: 1, 12: 3, 20: 5}, 20),
        ({}, {8: 5, 12: 3, 20: 1}, 20),
        ({"max_days": 7}, {8: 5, 12: 3, 20: 1}, 12),
        ({"max_days": 6}, {8: 5, 12: 3, 20: 1}, 8),
    ],
)
def test_of_the_slots_that_keep_the_spacing_the_cheapest_is_chosen(
    spacing: dict[str, int], costs: dict[int, int], expected: int
) -> None:
    # S1 is on the 5th: 3, 7 and 15 days before.
    case = course({"S1": [5], "S2": list(costs)}, spacing=[{"series": "course", **spacing}] if spacing else [])
    offered = [row for day, cost in costs.items() for row in slots("S2", day, cost=cost)]
    found = proven(case.replace(slots=[*slots("S1", 5), *offered]))
    assert found.roster.filled == 2
    assert days_of(found)["S2"] == {expected}


def test_order_is_kept_where_sessions_are_numbered() -> None:
    # S2 is cheaper on the 4th, but S1 is on the 9th.
    for numbered, expected in ((True, 11), (False, 4)):
        case = course({"S1": [9], "S2": [4, 11]}, numbered)
        offered = slots("S2", 4, cost=0) + slots("S2", 11, cost=9)
        found = proven(case.replace(slots=[*slots("S1", 9), *offered]))
        assert days_of(found) == {"S1": {9}, "S2": {expected}}


def test_a_session_that_no_slot_fits_between_its_neighbours_stays_empty() -> None:
    # On the 5th it lies before session 1, on the 20th after session 3. Two of the three can be held.
    case = course({"S1": [10], "S2": [5, 20], "S3": [12]})
    for limit in (60, 0):
        found = solve(case, workers=1, time_limit=limit)
        assert found.report.legal
        assert found.roster.filled == 2
    # A session that matters more than both of the others is held instead of one of them.
    rows = [row.model_copy(update={"priority": 5 if row.meeting == "S2" else 1}) for row in case.meetings]
    weighty = proven(case.replace(meetings=rows))
    assert weighty.roster.holder("S2", "lead") == "F1"
    assert weighty.roster.filled == 2


def test_a_fixed_session_draws_the_flexible_ones() -> None:
    case = problem(
        [
            {"meeting": "S1", "series": "course", "session": 1},
            meeting("S2", moment(12), moment(12, "12:00"), series="course", session=2),
            {"meeting": "S3", "series": "course", "session": 3},
        ],
        ["F1"],
        slots=slots("S1", 5, 6) + slots("S3", 18, 19, 20),
        spacing=[{"series": "course", "min_days": 7, "max_days": 7}],
    )
    assert days_of(proven(case)) == {"S1": {5}, "S2": {12}, "S3": {19}}


def test_one_mentor_throughout_and_the_slots_that_suit_them() -> None:
    # F1 cannot on the 9th or 10th; F2 can always, but not on the 2nd and 3rd. Nobody can hold both in the first
    # slots; with the second slot of S2 F1 can.
    case = course(
        {"S1": [2, 3], "S2": [9, 10, 16]},
        facilitators=pool("F1", "F2"),
        seats=[{"meeting": name, "seat": "mentor", "role": "mentor", "continuity": "same"} for name in ("S1", "S2")],
        availability=away("F1", 9, 10) + away("F2", 2, 3),
    )
    found = proven(case)
    assert set(holders(found).values()) == {"F1"}
    assert days_of(found)["S2"] == {16}


# --- pins ----------------------------------------------------------------------------------------------------


def test_a_pin_with_a_slot_moves_the_whole_team() -> None:
    pins = [{"meeting": "M1", "seat": "co", "facilitator": "F1", "slot_start": moment(12)}]
    found = proven(single(5, 6, 12, pins=pins))
    assert days_of(found) == {"M1": {12}}
    assert holders(found) == {("M1", "lead"): "F2", ("M1", "co"): "F1"}
    # Though the lead cannot come then. The pin stands by itself, the team has no lead, so nobody can keep it.
    lost = solve(single(5, 6, 12, pins=pins, availability=away("F2", 12)), workers=1)
    assert lost.status is Status.INFEASIBLE
    assert [pin.seat for pin in lost.clash] == ["co"]


def test_a_pin_without_a_slot_leaves_it_to_the_others() -> None:
    pins = [{"meeting": "M1", "seat": "co", "facilitator": "F1"}]
    found = proven(single(5, 6, 12, pins=pins, availability=away("F2", 5, 12)))
    assert days_of(found) == {"M1": {6}}
    assert holders(found) == {("M1", "lead"): "F2", ("M1", "co"): "F1"}


@pytest.mark.parametrize("time_limit", [60.0, 0.0])
def test_a_blank_pin_with_a_slot_fixes_it_for_the_others(time_limit: float) -> None:
    pins = [{"meeting": "M1", "seat": "co", "slot_start": moment(12)}]
    found = solve(single(5, 6, 12, pins=pins), workers=1, time_limit=time_limit)
    assert days_of(found) == {"M1": {12}}
    assert found.roster.holder("M1", "co") is None
    assert found.roster.holder("M1", "lead") in {"F1", "F2"}
    assert found.report.legal


@pytest.mark.parametrize("time_limit", [60.0, 0.0])
def test_a_slot_that_is_pinned_stands_in_the_roster_though_nobody_comes(time_limit: float) -> None:
    pins = [{"meeting": "M1", "seat": "co", "slot_start": moment(12)}]
    absent = away("F1", 12) + away("F2", 12)
    found = solve(single(5, 6, 12, pins=pins, availability=absent), workers=1, time_limit=time_limit)
    assert found.roster.filled == 0
    assert days_of(found) == {"M1": {12}}
    assert found.report.legal


def test_a_pinned_slot_draws_the_rest_of_its_series() -> None:
    pins = [{"meeting": "S1", "seat": "lead", "facilitator": "F1", "slot_start": moment(9)}]
    spacing = [{"series": "course", "min_days": 7}]
    found = proven(course({"S1": [2, 9], "S2": [9, 15, 16]}, pins=pins, spacing=spacing))
    assert days_of(found) == {"S1": {9}, "S2": {16}}


def test_pinned_slots_that_break_the_spacing_clash() -> None:
    pins = [
        {"meeting": name, "seat": "lead", "facilitator": "F1", "slot_start": moment(day)}
        for name, day in (("S1", 9), ("S2", 15), ("S3", 23))
    ]
    spacing = [{"series": "course", "min_days": 7}]
    found = solve(course({"S1": [2, 9], "S2": [9, 15, 16], "S3": [23]}, pins=pins, spacing=spacing), workers=1)
    assert found.status is Status.INFEASIBLE
    assert [pin.meeting for pin in found.clash] == ["S1", "S2"]
    assert found.roster.filled == 0


# --- what the roster says ------------------------------------------------------------------------------------


@pytest.mark.parametrize("time_limit", [60.0, 0.0])
def test_a_meeting_that_nobody_can_hold_has_no_time(time_limit: float) -> None:
    case = single(5, 6, facilitators=pool("F1", "F2", organisation=PARTY))
    found = solve(case, workers=1, time_limit=time_limit)
    assert [(row.facilitator, row.start, row.end) for row in found.roster.rows] == [(None, None, None)] * 2
    assert check(case, found.roster).legal
    frame = found.roster.to_frame(case)
    assert frame["start"].isna().all()
    assert Roster.from_frame(frame, case) == found.roster


def test_an_empty_meeting_with_one_slot_is_held_then_if_at_all() -> None:
    found = proven(single(5, facilitators=pool("F1", organisation=PARTY)))
    assert days_of(found) == {"M1": {5}}


def around_the_clock_change() -> Problem:
    """Return a meeting on 28 or 29 March, one on the 30th, and a duty; on the 28th nobody can."""
    return problem(
        [{"meeting": "M1"}, meeting("M2", moment(30), moment(30, "12:00"))],
        pool("F1", "F2"),
        seats=seats("M1") + seats("M2", ["lead"]),
        slots=slots("M1", 28, 29),
        availability=away("F1", 28) + away("F2", 28),
        duties=[{"duty": "D1", "kind": "coaching", "hours": 2}],
    )


def test_the_chosen_slot_is_written_and_reads_back() -> None:
    case = around_the_clock_change()
    found = proven(case)
    frame = found.roster.to_frame(case)
    assert [str(start)[:16] for start in frame["start"]] == [moment(29), moment(29), moment(30), "NaT"]
    assert [str(end)[:16] for end in frame["end"]] == [
        moment(29, "12:00"),
        moment(29, "12:00"),
        moment(30, "12:00"),
        "NaT",
    ]
    for problem_of_it in (case, None):
        table = found.roster.to_frame(problem_of_it)
        again = Roster.from_frame(table, problem_of_it)
        assert again == found.roster
        report = check(case, again)
        assert report.legal
        assert report.tiers == found.report.tiers


def test_a_roster_written_by_hand_needs_the_start_alone() -> None:
    case = around_the_clock_change()
    found = proven(case)
    frame = found.roster.to_frame(case)[["meeting", "seat", "facilitator", "start"]]
    frame["start"] = [str(start)[:16] if str(start) != "NaT" else "" for start in frame["start"]]
    again = check(case, Roster.from_frame(frame.astype(object), case))
    assert again.legal
    assert again.roster == found.roster


def test_empty_seats_of_a_meeting_that_is_held_are_told_when() -> None:
    case = single(5, 6)
    start, end = case.times(case.meeting("M1"))[1]
    row = RosterRow(meeting="M1", seat="lead", facilitator="F1", start=start)
    told = check(case, Roster(rows=(row,))).roster
    assert [(row.facilitator, row.start, row.end) for row in told.rows] == [("F1", start, end), (None, start, end)]


def test_a_given_roster_keeps_its_slots_where_it_is_better() -> None:
    # The last slot costs least; a quick start alone need not find that.
    dear = [row for day, cost in ((5, 9), (6, 9), (12, 0)) for row in slots("M1", day, cost=cost)]
    case = single(slots=dear)
    best = proven(case)
    assert days_of(best) == {"M1": {12}}
    again = solve(case, workers=1, time_limit=0, initial_roster=best.roster)
    assert days_of(again) == {"M1": {12}}


# --- the quick start -----------------------------------------------------------------------------------------


def test_the_quick_start_fills_a_led_meeting() -> None:
    roles = ["scribe", "co", "lead", "trainee"]
    found = solve(problem([meeting()], pool("F1", "F2", "F3", "F4"), seats=seats("M1", roles)), time_limit=0)
    assert found.report.legal
    assert found.roster.filled == 4


def test_the_quick_start_chooses_one_slot() -> None:
    found = solve(single(5, 6, 12), time_limit=0)
    assert found.report.legal
    assert found.roster.filled == 2
    assert len(days_of(found)["M1"]) == 1


def test_the_quick_start_keeps_order_and_spacing() -> None:
    days = {f"S{n}": [3 * n, 3 * n + 1, 3 * n + 2] for n in range(1, 8)}
    spacing = [{"series": "course", "min_days": 3, "max_days": 4}]
    for seed in range(5):
        found = solve(course(days, spacing=spacing, facilitators=["F1", "F2"]), time_limit=0, seed=seed)
        assert found.report.legal
        assert found.roster.filled >= 4  # more than half of the seven


@pytest.mark.slow
@pytest.mark.parametrize("chunk", seeds(4))
def test_the_quick_start_is_legal_whatever_the_problem(chunk: int) -> None:
    filled = possible = seen = 0
    for seed in range(chunk * 25, chunk * 25 + 25):
        case = random_problem(random.Random(seed), 4, 5, 2, pins=False, teams=True, programme=True)
        if any(issue.severity == "error" for issue in input_issues(case, STANDARD_RULES)):
            continue
        found = solve(case, workers=1, time_limit=0, seed=seed)
        assert check(case, found.roster).legal, seed
        filled, seen = filled + found.roster.filled, seen + 1
        possible += solve(case, workers=1, seed=seed).roster.filled
    assert seen >= 15
    assert filled >= possible / 2 >= 1  # a quick start that leaves half of the seats is no start


# --- duties --------------------------------------------------------------------------------------------------


def coached(count: int, *people: str, kinds: Sequence[str] = ("coaching",), **tables: Any) -> Problem:
    duties = [
        {"duty": f"{kind[0].upper()}{n}", "kind": kind, "hours": 2} for kind in kinds for n in range(1, count + 1)
    ]
    return problem(tables.pop("meetings", ()), people, duties=duties, **tables)


@pytest.mark.parametrize("time_limit", [60.0, 0.0])
def test_duties_go_one_to_each_and_have_no_time(time_limit: float) -> None:
    found = solve(coached(3, "F1", "F2", "F3"), workers=1, time_limit=time_limit)
    assert {row.facilitator for row in found.roster.rows} == {"F1", "F2", "F3"}
    for row in found.roster.rows:
        assert (row.seat, row.role, row.start, row.end) == ("coaching", None, None, None)
        assert row.degree == "neutral"


@pytest.mark.parametrize("time_limit", [60.0, 0.0])
def test_more_duties_than_people_stay_undone(time_limit: float) -> None:
    found = solve(coached(3, "F1", "F2"), workers=1, time_limit=time_limit)
    assert Counter(row.facilitator for row in found.roster.rows) == {"F1": 1, "F2": 1, None: 1}
    assert found.tiers[0].value == 4  # one empty seat of priority 3


def test_one_person_may_have_a_duty_of_each_kind_besides_meetings() -> None:
    found = proven(coached(2, "F1", kinds=("coaching", "report"), meetings=[meeting("M1")]))
    kinds = Counter(row.seat for row in found.roster.rows if row.facilitator)
    assert kinds == {"lead": 1, "coaching": 1, "report": 1}
    assert [row.meeting for row in found.roster.rows] == ["M1", "C1", "C2", "R1", "R2"]


def test_the_more_important_duty_is_done() -> None:
    duties = [{"duty": f"D{n}", "kind": "coaching", "hours": 2, "priority": n} for n in (1, 2, 3, 4, 5)]
    found = proven(problem((), ["F1"], duties=duties))
    assert [row.meeting for row in found.roster.rows if row.facilitator] == ["D5"]
    assert found.tiers[0].value == 1 + 2 + 4 + 8


def test_duties_are_matched_so_that_all_are_done() -> None:
    # F1 can only do the first (F1 works for the party of the second), F2 has the skill for the first too.
    duties = [
        {"duty": "D1", "kind": "coaching", "hours": 2},
        {"duty": "D2", "kind": "coaching", "hours": 2, "organisation": PARTY},
    ]
    people = [facilitator("F1", organisation=PARTY), facilitator("F2", organisation=EMPLOYER)]
    for seed in range(3):
        found = proven(problem((), people, duties=duties), seed=seed)
        assert holders(found) == {("D1", "coaching"): "F1", ("D2", "coaching"): "F2"}


def test_the_hours_of_a_duty_are_hours() -> None:
    # Two hours of meeting and two of coaching: one of them, with room for three.
    case = coached(1, "F1", meetings=[meeting("M1")])
    for most, filled in ((4, 2), (3.99, 1)):
        limited = case.replace(facilitators=[facilitator("F1", max_hours=most)])
        assert proven(limited).roster.filled == filled


# --- the optimum, one roster after the other -----------------------------------------------------------------


@pytest.mark.parametrize("chunk", seeds(3))
def test_enumeration_finds_nothing_better(chunk: int) -> None:
    clashes = seen = 0
    for seed in range(chunk * 6, chunk * 6 + 6):
        case = random_problem(random.Random(500 + seed), 3, 2, 1 + seed % 2, teams=True, programme=True)
        if any(issue.severity == "error" for issue in input_issues(case, STANDARD_RULES)):
            case = case.replace(pins=(), spacing=())
        if any(issue.severity == "error" for issue in input_issues(case, STANDARD_RULES)):
            continue
        world = Arrays(case)
        reports = (judge(case, roster, STANDARD_RULES, world) for roster in every_roster(case))
        values = [tuple(tier.value for tier in report.tiers) for report in reports if report.legal]
        found = solve(case, workers=1, seed=seed)
        seen += 1
        if not values:
            assert found.status is Status.INFEASIBLE, seed
            clashes += 1
            continue
        assert found.status is Status.OPTIMAL, seed
        assert tuple(tier.value for tier in found.tiers) == min(values), seed
    assert seen >= 4
    assert clashes < seen


def test_a_programme_is_as_good_whatever_the_order_of_its_rows() -> None:
    case = around_the_clock_change()
    turned = case.replace(
        meetings=case.meetings[::-1],
        seats=case.seats[::-1],
        slots=case.slots[::-1],
        facilitators=case.facilitators[::-1],
    )
    first, second = proven(case), proven(turned)
    assert [tier.value for tier in first.tiers] == [tier.value for tier in second.tiers]
    assert first.problem.fingerprint == second.problem.fingerprint


def test_a_start_is_a_moment_of_the_problem() -> None:
    case = single(5, 6, 12)
    (start,) = {row.start for row in proven(case).roster.rows}
    assert isinstance(start, datetime)
    assert start in {begin for begin, _ in case.times(case.meeting("M1"))}
