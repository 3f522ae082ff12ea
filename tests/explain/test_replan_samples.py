"""An illness, a late tie and a meeting that is moved, in the month of each sample: proven, and as quiet as can be."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from tests.explain.mishaps import ill, moved, tied

from poolmatch import Problem, Roster, check, read, read_roster, replan
from poolmatch.domain.roster import RosterRow
from poolmatch.edits import Edit
from poolmatch.explain import Replan

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())
WEEK = timedelta(days=6)


@cache
def sample(name: str) -> tuple[Problem, Roster]:
    """Return a sample, and the roster that was made for it by hand as what people were told."""
    problem = read(SAMPLES / name)
    return problem, check(problem, read_roster(SAMPLES / f"{name}.hand-made.csv", problem)).roster


def ahead(name: str) -> tuple[date, list[RosterRow]]:
    """Return a day in the middle of what is rostered, and what is held from then on."""
    rows = [row for row in sample(name)[1].rows if row.facilitator is not None and row.start is not None]
    days = sorted(row.start.date() for row in rows if row.start is not None)
    today = days[len(days) // 2]
    return today, [row for row in rows if row.start is not None and row.start.date() >= today]


def illness(name: str) -> Edit:
    """Whoever has most work in the week that comes falls ill for it."""
    today, rows = ahead(name)
    soon = [row.facilitator for row in rows if row.start is not None and row.start.date() <= today + WEEK]
    (who, _), *_ = Counter(soon).most_common(1)
    return ill(str(who), today, today + WEEK)


def late_tie(name: str) -> Edit:
    """Whoever comes to the next meeting is on the board of one of its parties."""
    _, (row, *_) = ahead(name)
    return tied(str(row.facilitator), sample(name)[0].stakes_of(row.meeting)[0].organisation)


def other_time(name: str) -> Edit:
    """A meeting is a day later."""
    problem, today = sample(name)[0], ahead(name)[0]
    fixed = [row for row in problem.meetings if row.start is not None and row.start.date() > today]
    return moved(problem, fixed[0].meeting, timedelta(days=1))


def after(name: str, edit: Edit) -> Replan:
    problem, told = sample(name)
    return replan(problem, told, ahead(name)[0], [edit], time_limit=30)


def lost(answer: Replan) -> set[str]:
    """Return the meetings of which somebody cannot keep a seat."""
    return {item.meeting for item in answer.given_up}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_an_illness_touches_the_meetings_of_who_is_ill_and_no_others(name: str) -> None:
    answer = after(name, illness(name))
    assert answer.proven
    assert answer.report.legal
    assert lost(answer)
    assert {item.meeting for item in answer.changes.seats} <= lost(answer)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_late_tie_takes_somebody_from_their_meetings_and_is_told(name: str) -> None:
    answer = after(name, late_tie(name))
    assert answer.proven
    assert answer.report.legal
    assert all("director" in item.words.en for item in answer.given_up)
    assert {item.meeting for item in answer.changes.seats} <= lost(answer) != set()


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_of_a_meeting_that_is_moved_all_are_told_who_were_to_come(name: str) -> None:
    edit = other_time(name)
    answer = after(name, edit)
    meeting = edit.to_dict()["meeting"]
    were = {row.facilitator for row in sample(name)[1].rows if row.meeting == meeting and row.facilitator is not None}
    assert answer.proven
    assert answer.report.legal
    assert were <= {item.facilitator for item in answer.notices}
    assert {item.meeting for item in answer.changes.seats} <= {meeting} | lost(answer)
