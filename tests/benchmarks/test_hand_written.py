"""The hand-written peer says the same of small pools as poolmatch does, and writes down how it came there."""

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.cases.pools import pool
from benchmarks.contenders.peers.hand_written import numbers, peer
from benchmarks.contenders.peers.hand_written.model import HandWritten
from tests.builders import EMPLOYER, PARTY, facilitator, meeting, problem
from tests.rings import seeds

from poolmatch import STANDARD_RULES, Problem, Roster, check, read_roster, solve, write
from poolmatch.domain.shares import targets

RULES = STANDARD_RULES.weighted()
POINT = 900_000_000
"""Units of `Report.weighted` in a point."""


def written(case: Problem, folder: Path, limit: float = 60) -> tuple[Roster, list[dict[str, Any]], str]:
    """Return the roster, the curve and the status that the script writes for a problem."""
    write(case, folder / "problem", force=True)
    words = [str(folder / "problem"), "--limit", str(limit), "--seed", "1", "--out", str(folder / "out")]
    status = peer.main(words)
    curve = [json.loads(line) for line in (folder / "out" / "curve.jsonl").read_text().splitlines()]
    return read_roster(folder / "out" / "roster.csv", case), curve, status


def optimum(case: Problem, folder: Path) -> tuple[Roster, int]:
    """Return a proven best roster and its value, after poolmatch has said that it is legal and worth that."""
    roster, curve, status = written(case, folder)
    report = check(case, roster, RULES)
    assert status == "OPTIMAL"
    assert report.legal
    assert curve[-1]["value"] == curve[-1]["bound"] == report.weighted.value
    return roster, report.weighted.value


@pytest.mark.parametrize("seed", seeds(6, first=1))
def test_the_proven_optimum_of_a_small_pool_is_that_of_poolmatch(seed: int, tmp_path: Path) -> None:
    case = pool(6, 15, 3, seed)
    ours = solve(case, RULES, workers=2).weighted
    assert ours is not None
    assert ours.proven
    assert optimum(case, tmp_path)[1] == ours.value


def test_the_curve_only_gets_better_and_the_roster_has_every_seat(tmp_path: Path) -> None:
    case = pool(6, 15, 3, 7)
    roster, curve, _ = written(case, tmp_path)
    seconds = [row["seconds"] for row in curve]
    values = [row["value"] for row in curve if row["value"] is not None]
    bounds = [row["bound"] for row in curve if row["bound"] is not None]
    assert seconds == sorted(seconds)
    assert values == sorted(values, reverse=True)
    assert bounds == sorted(bounds)
    assert max(bounds) <= min(values)
    assert {(row.meeting, row.seat) for row in roster.rows} == {(row.meeting, row.seat) for row in case.seats}
    assert set(json.loads((tmp_path / "out" / "times.json").read_text())) == {"reading", "solving"}


# --- by hand ---------------------------------------------------------------------------------------------

NORTH = meeting("M1", "2026-03-05 17:00", "2026-03-05 19:00", lat=53.0, lon=6.0, priority=5)
BUSY = {"facilitator": "F2", "start": "2026-03-01 00:00", "end": "2026-03-31 22:00", "kind": "unavailable"}
"""In hours, not in whole days: no leave, so the share stays what it is."""


def another(start: str, end: str, **cells: Any) -> dict[str, Any]:
    """Return a second meeting, less important than the first and 25 km south of it: 35 minutes."""
    return {**meeting("M2", start, end), "lat": 52.8271, "lon": 6.0, "priority": 4, **cells}


LATER = another("2026-03-06 17:00", "2026-03-06 19:00")


def test_an_empty_seat_and_a_wish(tmp_path: Path) -> None:
    people = [facilitator("F1", max_meetings=1), facilitator("F2", max_meetings=0)]
    case = problem([NORTH, LATER], people, preferences=[{"facilitator": "F1", "meeting": "M1", "score": 2.5}])
    roster, value = optimum(case, tmp_path)
    # M2, of priority 4, is empty: 8 × 1000. F1 works their share of 2 of the 4 hours. The employer gives 2 hours and
    # the town receives them: (2 + 2) × 2. The wish takes off 2.5.
    assert (roster.holder("M1", "lead"), roster.holder("M2", "lead")) == ("F1", None)
    assert value == 80055 * POINT // 10


def test_load_and_balances(tmp_path: Path) -> None:
    ledger = [{"organisation": EMPLOYER, "hours_given": 25, "hours_received": 0}]
    _, value = optimum(problem([NORTH, LATER], ["F1", "F2"], availability=[BUSY], ledger=ledger), tmp_path)
    # F1 works 4 hours, the share is 2: 0.3 hour at 1, half an hour at 2 and one at 4 are 5.3. The employer has given 29
    # hours: 8 + 16 × 2 + 5 × 4; the town has received 4. Together 69.3, times 2.
    assert value == 1386 * POINT // 10


def test_degree_kilometres_and_times(tmp_path: Path) -> None:
    people = [facilitator("F1", lat=52.8271, lon=6.0), facilitator("F2")]
    late = {"facilitator": "F1", "start": "2026-03-05 18:30", "end": "2026-03-05 23:00", "kind": "avoid"}
    case = problem(
        [NORTH],
        people,
        stakes={"M1": {PARTY: "decider", EMPLOYER: "observer"}},
        availability=[late, BUSY],
        requirements=[{"meeting": "M1", "seat": "lead", "skill": "intake", "level": 2, "kind": "preferred"}],
    )
    _, value = optimum(case, tmp_path)
    # F1 works 2 hours, the share is 1: 0.15 at 1, 0.25 at 2, 0.5 at 4 are 2.65. Balances of 2 and 2 hours are 4. Both
    # count twice. 25 km, 5 for the time to avoid, 2 for the skill that is missing. The
    # employer looks on, which is to be disclosed: 4 × 100.
    assert value == 4453 * POINT // 10


@pytest.mark.parametrize(
    ("kind", "opens", "closes", "level", "points"),
    [
        ("avoid", "12:00", "17:00", 2, 0),
        ("avoid", "12:00", "17:01", 2, 5),
        ("avoid", "19:00", "23:00", 1, 2),
        ("prefer", "17:00", "19:00", 2, -5),
        ("prefer", "17:00", "18:59", 2, 0),
        ("prefer", "17:01", "19:00", 1, 2),
    ],
)
def test_wishes(kind: str, opens: str, closes: str, level: int, points: int, tmp_path: Path) -> None:
    case = problem(
        [NORTH],
        availability=[
            {"facilitator": "F1", "start": f"2026-03-05 {opens}", "end": f"2026-03-05 {closes}", "kind": kind}
        ],
        skills=[{"facilitator": "F1", "skill": "intake", "level": level}],
        requirements=[{"meeting": "M1", "seat": "lead", "skill": "intake", "level": 2, "kind": "preferred"}],
    )
    assert optimum(case, tmp_path)[1] == (8 + points) * POINT  # balances of 2 and 2 hours, which count twice


@pytest.mark.parametrize(
    ("second", "cells", "both"),
    [
        (another("2026-03-05 19:35", "2026-03-05 20:30"), {}, True),
        (another("2026-03-05 19:34", "2026-03-05 20:30"), {}, False),
        (another("2026-03-05 18:59", "2026-03-05 20:30", lat=53.0), {}, False),
        (another("2026-03-05 19:00", "2026-03-05 20:30", lat=53.0), {}, True),
        (another("2026-03-05 19:10", "2026-03-05 20:30", lat=53.0, setup_minutes=11), {}, False),
        (another("2026-03-06 06:00", "2026-03-06 07:00"), {}, True),
        (another("2026-03-06 05:59", "2026-03-06 07:00"), {}, False),
        (another("2026-03-05 20:00", "2026-03-05 21:00"), {"max_per_day": 1}, False),
        (LATER, {"max_per_day": 1}, True),
        (LATER, {"max_per_week": 1}, False),
        (another("2026-03-09 17:00", "2026-03-09 19:00"), {"max_per_week": 1}, True),
        (LATER, {"max_hours": 3.99}, False),
        (LATER, {"max_hours": 4}, True),
        (LATER, {"max_meetings": 1}, False),
    ],
)
def test_limits(second: dict[str, Any], cells: dict[str, Any], both: bool, tmp_path: Path) -> None:
    roster, _ = optimum(problem([NORTH, second], [facilitator("F1", **cells)]), tmp_path)
    assert (roster.holder("M1", "lead"), roster.holder("M2", "lead")) == ("F1", "F1" if both else None)


@pytest.mark.parametrize(("minutes", "all_three"), [(25, True), (26, False)])
def test_nobody_travels_while_online(minutes: int, all_three: bool, tmp_path: Path) -> None:
    # An hour from 19:00 to 20:00, 35 minutes of them on the road.
    call = meeting("C1", "2026-03-05 19:10", f"2026-03-05 19:{10 + minutes}", online=True)
    rows = [NORTH, another("2026-03-05 20:00", "2026-03-05 21:00"), call]
    roster, _ = optimum(problem(rows, [facilitator("F1", max_per_day=3)]), tmp_path)
    assert roster.filled == (3 if all_three else 2)


@pytest.mark.parametrize(
    ("end", "cells", "led"),
    [
        ("2026-03-04 23:00", {"max_per_week": 2}, True),
        ("2026-03-04 23:00", {"max_per_week": 1}, False),
        ("2026-03-05 00:10", {"max_per_week": 2}, False),
    ],
)
def test_the_past_counts(end: str, cells: dict[str, Any], led: bool, tmp_path: Path) -> None:
    morning = meeting("M1", "2026-03-05 10:00", "2026-03-05 12:00")
    past = {"meeting": "P1", "facilitator": "F1", "role": "lead", "start": "2026-03-04 22:00", "end": end}
    roster, _ = optimum(problem([morning], [facilitator("F1", **cells)], history=[past]), tmp_path)
    assert (roster.holder("M1", "lead") == "F1") == led


# --- where it ends ---------------------------------------------------------------------------------------


def test_without_time_all_seats_are_empty(tmp_path: Path) -> None:
    roster, curve, status = written(problem([NORTH, LATER], ["F1", "F2"]), tmp_path, limit=0)
    assert roster.filled == 0
    assert status == "UNKNOWN"
    assert all(row["value"] is None for row in curve)


@pytest.mark.parametrize(
    ("tables", "named"),
    [
        ({"pins": [{"meeting": "M1", "seat": "lead", "facilitator": "F1"}]}, "pins"),
        ({"requirements": [{"meeting": "M1", "skill": "intake", "level": 3}]}, "skills of teams"),
        ({"seats": [{"meeting": "M1", "seat": "co", "role": "co"}]}, "other seats"),
        ({"facilitators": [facilitator("F1", external=True)]}, "externals"),
        ({"meetings": [{**NORTH, "series": "S1"}]}, "series"),
        ({"meetings": [{**NORTH, "preparation_hours": 0.33}]}, "parts of minutes"),
    ],
)
def test_what_it_does_not_know_it_refuses(tables: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        HandWritten(problem(**({"meetings": [NORTH]} | tables)))


# --- who comes and goes ----------------------------------------------------------------------------------


def employed(organisation: str, start: str | None, end: str | None) -> dict[str, Any]:
    return {"facilitator": "F1", "kind": "employee", "organisation": organisation, "start": start, "end": end}


def test_an_employer_that_changes_between_two_meetings(tmp_path: Path) -> None:
    ties = [employed("Mill", None, "2026-03-05"), employed("Dyke", "2026-03-06", None)]
    case = problem([NORTH, LATER], [facilitator(organisation=None)], ties=ties)
    # Mill and Dyke give two hours each, the town receives four: eight points, twice.
    assert optimum(case, tmp_path)[1] == 16 * POINT


def test_two_employers_on_one_day(tmp_path: Path) -> None:
    ties = [employed("Mill", None, None), employed("Dyke", "2026-03-05", None)]
    longer = {**NORTH, "end": "2026-03-05 19:05"}
    case = problem([longer], [facilitator(organisation=None)], ties=ties)
    # 125 minutes: 63 for each, and 125 received; 251 minutes make 4.1833 points, twice.
    assert optimum(case, tmp_path)[1] * 60 == 502 * POINT


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        ({"joined": "2026-03-16"}, []),
        ({"left": "2026-03-05"}, []),
        ({"joined": "2026-02-20", "left": "2026-03-10"}, []),
        ({}, [("2026-03-20", "2026-03-26", None)]),
        ({}, [("2026-03-20", "2026-03-25", None)]),
        ({}, [("2026-02-26", "2026-03-04", None)]),
        ({}, [("2026-03-10", "2026-03-12", None), ("2026-03-13", "2026-03-16", None)]),
        ({}, [("2025-12-01", "2025-12-01", "FREQ=DAILY;COUNT=40")]),
        ({"left": "2026-03-25"}, [("2026-03-20", "2026-04-10", None)]),
        ({"left": "2026-02-20"}, []),
    ],
)
def test_days_present_weigh_in_targets(cells: dict[str, Any], rows: list[Any], tmp_path: Path) -> None:
    people = [facilitator("F1", contract_hours=20), facilitator("F2", **cells), facilitator("F3", contract_hours=9)]
    away = [
        {"facilitator": "F2", "kind": "unavailable", "start": start, "end": end, "rrule": rrule}
        for start, end, rrule in rows
    ]
    past = [
        {"meeting": f"P{name}", "facilitator": name, "role": "lead", "hours": hours}
        for name, hours in (("F1", 0.5), ("F2", 0.25))
    ]
    case = problem([NORTH, LATER], people, availability=away, history=past)
    found = numbers.targets(case, numbers.works(case))
    assert found == targets(case)
    optimum(case, tmp_path)
