"""Rule `travel-gap`: what is held online in between takes from the time to travel."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.builders import Holders, breaks, facilitator, meeting, problem, roster
from tests.rules.places import HERE, RULE, THERE

from poolmatch import Problem, Roster, check, solve
from poolmatch.domain.roster import RosterRow
from poolmatch.ruleset import STANDARD_RULES
from poolmatch.testing import check_rule


def calls(*times: tuple[str, str], start: str, **cells: Any) -> Problem:
    """Return M1 from 14:00 to 16:00, M2 elsewhere from a start on, and online meetings C1, C2 …"""
    rows = [
        meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", **HERE),
        meeting("M2", f"2026-03-05 {start}", "2026-03-05 23:00", **THERE),
        *(
            meeting(f"C{number}", f"2026-03-05 {opens}", f"2026-03-05 {closes}", online=True, **cells)
            for number, (opens, closes) in enumerate(times, 1)
        ),
    ]
    return problem(rows)


def all_of(case: Problem) -> Holders:
    """Return a roster in which F1 does everything."""
    return {row.meeting: "F1" for row in case.meetings}


@pytest.mark.parametrize(
    ("held", "start", "expected"),
    [
        # 24 min 28 s are needed besides what is online, wherever in the gap that lies.
        ((("16:00", "17:00"),), "17:24:28", False),
        ((("16:00", "17:00"),), "17:24:27", True),
        ((("16:10", "17:10"),), "17:24:28", False),
        ((("16:10", "17:10"),), "17:24:27", True),
        ((("16:24:27", "17:24:27"),), "17:24:27", True),
        ((("16:05", "16:15"), ("16:20", "16:50")), "17:04:28", False),
        ((("16:05", "16:15"), ("16:20", "16:50")), "17:04:27", True),
        # Before the first or after the second it is not in between.
        ((("13:00", "14:00"),), "16:24:28", False),
        ((("23:00", "23:30"),), "16:24:28", False),
        # Too short for the journey itself, whatever is online.
        ((("16:05", "16:15"),), "16:20", True),
    ],
)
def test_nobody_travels_while_online(held: tuple[tuple[str, str], ...], start: str, expected: bool) -> None:
    case = calls(*held, start=start)
    assert breaks(RULE, case, all_of(case)) is expected


def test_setup_and_wrap_up_of_what_is_online_are_no_time_to_travel_either() -> None:
    # From 16:00 to 17:30, of which 16:20 to 17:00 and ten minutes on either side: 30 are left. With 13, 24 are.
    for minutes, expected in [(10, False), (13, True)]:
        case = calls(("16:20", "17:00"), start="17:30", setup_minutes=minutes, wrapup_minutes=minutes)
        assert breaks(RULE, case, all_of(case)) is expected


def test_only_who_holds_all_of_it_lacks_the_time() -> None:
    case = calls(("16:00", "17:00"), start="17:20")
    assert breaks(RULE, case, {"M1": "F1", "C1": "F1", "M2": "F1"})
    for two in (("M1", "C1"), ("M1", "M2"), ("C1", "M2")):
        assert not breaks(RULE, case, dict.fromkeys(two, "F1"))


def test_a_point_does_not_make_an_online_meeting_a_place() -> None:
    case = calls(("16:00", "17:00"), start="17:20", **THERE)
    assert breaks(RULE, case, all_of(case))
    assert not breaks(RULE, case, {"M1": "F1", "C1": "F1"})


def test_online_meetings_count_together_though_each_alone_would_do() -> None:
    # 90 minutes, 24.5 for the journey: 65.5 are to spare. 40 and 30 are too many together.
    case = calls(("16:00", "16:40"), ("16:50", "17:20"), start="17:30")
    assert breaks(RULE, case, all_of(case))
    assert not breaks(RULE, case, {"M1": "F1", "C1": "F1", "M2": "F1"})
    assert not breaks(RULE, case, {"M1": "F1", "C2": "F1", "M2": "F1"})


def test_online_meetings_that_overlap_take_no_more_than_the_time_they_cover() -> None:
    # 16:00 to 17:00 by both: an hour in all, and half an hour is left. That F1 cannot do both is another rule's say.
    case = calls(("16:00", "16:40"), ("16:20", "17:00"), start="17:30")
    assert not breaks(RULE, case, all_of(case))
    assert breaks(RULE, calls(("16:00", "16:40"), ("16:20", "17:10"), start="17:30"), all_of(case))


def test_only_online_meetings_take_from_the_time() -> None:
    # At M1's place, or who knows where, an hour in between. From M3, which is here, there is time enough.
    for place in (HERE, {}):
        case = problem(
            [
                meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", **HERE),
                meeting("M2", "2026-03-05 17:25", "2026-03-05 19:00", **THERE),
                meeting("M3", "2026-03-05 16:00", "2026-03-05 17:00", **place),
            ]
        )
        assert not breaks(RULE, case, all_of(case))


def test_the_night_is_long_enough_unless_it_is_spent_online() -> None:
    rows = [
        meeting("M1", "2026-03-05 20:00", "2026-03-05 22:00", **HERE),
        meeting("C1", "2026-03-05 22:00", "2026-03-06 05:40", online=True),
        meeting("M2", "2026-03-06 06:00", "2026-03-06 08:00", **THERE),
    ]
    assert breaks(RULE, problem(rows), {"M1": "F1", "C1": "F1", "M2": "F1"})
    assert not breaks(RULE, problem(rows), {"M1": "F1", "M2": "F1"})


def test_whichever_seats_and_slots_they_are_held_in() -> None:
    # Two seats in M1 and online, which begins at 16:00 or at 20:00; M2 is at 17:20.
    case = problem(
        [
            meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", **HERE),
            {"meeting": "C1", "online": True},
            meeting("M2", "2026-03-05 17:20", "2026-03-05 19:00", **THERE),
        ],
        seats=[{"meeting": name, "seat": seat, "role": "lead"} for name in ("M1", "C1") for seat in ("lead", "other")],
        slots=[
            {"meeting": "C1", "start": f"2026-03-05 {hour}:00", "end": f"2026-03-05 {hour + 1}:00"} for hour in (16, 20)
        ],
    )
    assert check_rule(STANDARD_RULES[RULE], case) == 3 * 5 * 2  # M1: nobody or one seat; C1: so too, in either slot; M2
    for seat in ("lead", "other"):
        rows = [("M1", seat, None), ("C1", seat, 16), ("M2", "lead", None)]
        for hour, expected in [(16, True), (20, False)]:
            held = Roster(
                rows=tuple(
                    RosterRow(
                        meeting=name,
                        seat=place,
                        facilitator="F1",
                        start=datetime(2026, 3, 5, hour - 1, tzinfo=UTC) if slot else None,
                    )
                    for name, place, slot in rows
                )
            )
            assert bool(check(case, held).by_rule[RULE]) is expected


def test_the_finding_names_what_takes_the_time() -> None:
    case = calls(("16:00", "17:00"), ("19:00", "19:30"), ("16:05", "16:10"), start="17:20")
    (finding,) = check(case, roster({"M1": "F1", "C1": "F1", "C2": "F1", "M2": "F1"})).by_rule[RULE]
    assert finding.meetings == ("M1", "C1", "M2")
    assert finding.words.en == "F1 has 20 minutes from M1 to M2 outside online meetings, the journey takes 25."
    assert finding.words.nl == "F1 heeft 20 minuten van M1 naar M2 buiten online bijeenkomsten, de reis duurt 25."
    # Where even the whole gap is too short, no online meeting is to blame.
    case = calls(("16:05", "16:15"), start="16:20")
    (finding,) = check(case, roster(all_of(case))).by_rule[RULE]
    assert finding.meetings == ("M1", "M2")


def test_solve_gives_a_call_on_the_road_to_someone_else() -> None:
    case = calls(("16:00", "17:00"), start="17:20")
    one = case.replace(facilitators=[facilitator("F1", max_per_day=5)])
    two = case.replace(facilitators=[facilitator(name, max_per_day=5) for name in ("F1", "F2")])
    assert solve(one, workers=1).roster.filled == 2
    result = solve(two, workers=1)
    assert result.roster.filled == 3
    assert result.report.legal
