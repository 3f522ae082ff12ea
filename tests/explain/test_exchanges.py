"""Exchanges of two people that fill a seat, against all rosters of small problems."""

import random
from collections import Counter
from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, problem, roster
from tests.rings import chunks, seeds_of
from tests.solving.enumeration import judged_rosters
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, Report, check
from poolmatch.explain.exchanges import Exchanges
from poolmatch.explain.trials import Trials
from poolmatch.solving.running.budget import Budget

EVENINGS = [
    meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00"),
    meeting("M2", "2026-03-05 20:00", "2026-03-05 22:00"),
]
DEEP: dict[str, Any] = {"skills": [{"facilitator": "F1", "skill": "deep", "level": 3}]}
ASKED: dict[str, Any] = {"requirements": [{"meeting": "M1", "seat": "lead", "skill": "deep", "level": 3}]}


def holders(report: Report, key: tuple[str, str]) -> list[dict[tuple[str, str], str]]:
    rosters = Exchanges(report, report.problem.seat(*key)).rosters(Budget(30))
    return [{(row.meeting, row.seat): row.facilitator for row in one.rows if row.facilitator} for one in rosters]


def test_somebody_takes_the_seat_that_another_leaves() -> None:
    case = problem(EVENINGS, ["F1", "F2", facilitator("F3", roles="co")], **DEEP, **ASKED)
    report = check(case, roster({"M2": "F1"}))
    assert holders(report, ("M1", "lead")) == [{("M2", "lead"): "F2", ("M1", "lead"): "F1"}]


def test_an_optional_seat_may_stay_empty() -> None:
    seats: list[Cells] = [{"meeting": "M2", "seat": "lead", "role": "lead", "required": False}]
    case = problem(EVENINGS, ["F1"], seats=seats, **DEEP, **ASKED)
    report = check(case, roster({"M2": "F1"}))
    assert holders(report, ("M1", "lead")) == [{("M1", "lead"): "F1"}]


def test_nobody_is_moved_in_vain() -> None:
    case = problem(EVENINGS, ["F1"], **DEEP, **ASKED)
    assert holders(check(case, roster({"M2": "F1"})), ("M1", "lead")) == []
    assert holders(check(case, roster({})), ("M1", "lead")) == []  # F1 is free: no exchange is needed
    slow = Exchanges(check(case, roster({"M2": "F1"})), case.seat("M1", "lead"))
    assert list(slow.rosters(Budget(0))) == []


@pytest.mark.parametrize("chunk", chunks(2))
def test_all_exchanges_of_small_problems_are_found_and_no_others(chunk: int) -> None:
    seen: Counter[bool] = Counter()
    for seed in seeds_of(chunk, 10):
        case = lively(seed)
        reports = [report for report in judged_rosters(case, STANDARD_RULES) if report.legal]
        for report in random.Random(seed).sample(reports, min(8, len(reports))):
            for seat in case.all_seats:
                key = seat.meeting, seat.seat
                if key not in report.plan.filled and not case.slots_of(seat.meeting):
                    wanted = {tuple(sorted(one.items())) for one in exchanges(report, reports, key)}
                    found = {tuple(sorted(one.items())) for one in holders(report, key)}
                    assert wanted <= found
                    for one in found - wanted:  # what is laid out tells less than the whole roster
                        assert not legal(reports, dict(one))
                    seen[bool(wanted)] += 1
    assert seen[True] >= 2


def held(report: Report) -> dict[tuple[str, str], str]:
    return {(row.meeting, row.seat): row.facilitator for row in report.roster.rows if row.facilitator is not None}


def legal(reports: list[Report], holders: dict[tuple[str, str], str]) -> bool:
    return any(held(report) == holders for report in reports)


def exchanges(report: Report, reports: list[Report], key: tuple[str, str]) -> list[dict[tuple[str, str], str]]:
    """Return the legal rosters in which one person moves to a seat from one that constraints name, and one takes it."""
    before, found = held(report), list[dict[tuple[str, str], str]]()
    trials, seat = Trials(report.plan, STANDARD_RULES.constraints), report.problem.seat(*key)
    for other in reports:
        after = held(other)
        changed = {place for place in {*before, *after} if before.get(place) != after.get(place)}
        if len(changed) != 2 or key not in changed or key not in after or starts(report) != starts(other, report):
            continue
        (left,) = changed - {key}
        name = after[key]
        if before.get(left) != name or (left not in after and report.problem.seat(*left).required):
            continue
        for start in trials.starts(seat.meeting):
            broken = list(trials.broken(name, seat, start))
            named = any(left[0] in item.meetings and left[0] != seat.meeting for item in broken)
            if named and not any(set(item.meetings) <= {seat.meeting} for item in broken):
                found.append(after)
    return found


def starts(report: Report, of: Report | None = None) -> dict[str, object]:
    """Return when the meetings are held that another roster holds, too."""
    names = (of or report).plan.of_meeting
    return {name: items[0].start for name, items in report.plan.of_meeting.items() if name in names}
