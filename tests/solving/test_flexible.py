"""`solve` chooses slot and team together, and the roster says which slot was chosen."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pytest
from tests.builders import PARTY, meeting, problem
from tests.rings import chunks, seeds_of
from tests.solving.flexible import (
    around_the_clock_change,
    away,
    course,
    days_of,
    holders,
    moment,
    pool,
    proven,
    seats,
    single,
    slots,
)

from poolmatch import STANDARD_RULES, Roster, Status, check, solve
from poolmatch.arrays import Arrays
from poolmatch.checking import input_issues, judge
from poolmatch.domain.roster import RosterRow
from poolmatch.testing import every_roster, random_problem

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
@pytest.mark.parametrize("chunk", chunks(2))
def test_the_quick_start_is_legal_whatever_the_problem(chunk: int) -> None:
    filled = possible = seen = 0
    for seed in seeds_of(chunk, 25):
        case = random_problem(random.Random(seed), 4, 5, 2, pins=False, teams=True, programme=True)
        if any(issue.severity == "error" for issue in input_issues(case, STANDARD_RULES)):
            continue
        found = solve(case, workers=1, time_limit=0, seed=seed)
        assert check(case, found.roster).legal, seed
        filled, seen = filled + found.roster.filled, seen + 1
        possible += solve(case, workers=1, seed=seed).roster.filled
    assert seen >= 15
    assert filled >= possible / 2 >= 1  # a quick start that leaves half of the seats is no start


# --- the optimum, one roster after the other -----------------------------------------------------------------


@pytest.mark.parametrize("chunk", chunks(2))
def test_enumeration_finds_nothing_better(chunk: int) -> None:
    clashes = seen = 0
    for seed in seeds_of(chunk, 6):
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
