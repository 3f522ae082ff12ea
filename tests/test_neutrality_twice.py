"""Neutrality is judged twice: the table of degrees and `assess` agree on every pair, or an error says so."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from tests.rings import seeds

from poolmatch import InternalError, Problem, Roster, check, solve
from poolmatch.arrays import Arrays, Occasions, Person
from poolmatch.domain.degree import Degree
from poolmatch.neutrality import INTERNAL, STRICT, Assessment, Policy, assess
from poolmatch.neutrality.second_look import second_look
from poolmatch.neutrality.table import Degrees, degrees
from poolmatch.testing import random_problem


@pytest.mark.parametrize("seed", seeds(60))
def test_table_and_assess_agree_on_every_pair(seed: int) -> None:
    problem = random_problem(random.Random(seed), people=6, meetings=8, pins=False)
    world = Arrays(problem, seed)
    for position, person in enumerate(world.people):
        found = degrees(world.person(position), world.occasions, STRICT)
        for row, place in enumerate(world.occasions.meeting.tolist()):
            meeting = world.meetings[place].meeting
            one = assess(problem, person.facilitator, meeting)
            assert (one.degree, one.waived) == (found.degree[row], found.waived[row]), (person.facilitator, meeting)
    assert second_look(world, STRICT, seed) > 0


def everywhere(degree: Degree, waived: bool, occasions: Occasions) -> Degrees:
    return Degrees(np.full(len(occasions), int(degree)), np.full(len(occasions), waived))


def nobody_is_tied(person: Person, occasions: Occasions, policy: Policy) -> Degrees:  # noqa: ARG001
    return everywhere(Degree.NEUTRAL, False, occasions)


def everybody_is_tied(person: Person, occasions: Occasions, policy: Policy) -> Degrees:  # noqa: ARG001
    return everywhere(Degree.BLOCKED, False, occasions)


@pytest.fixture
def tied() -> Problem:
    """Two people, one of whom works for the party that decides."""
    return Problem(
        period={"name": "p", "start": "2026-03-01", "end": "2026-03-31", "timezone": "Europe/Amsterdam"},
        organisations=[{"organisation": name, "name": name} for name in "NP"],
        facilitators=[
            {"facilitator": "F1", "name": "F1", "organisation": "P"},
            {"facilitator": "F2", "name": "F2", "organisation": "N"},
        ],
        meetings=[{"meeting": "M", "start": "2026-03-02 10:00", "end": "2026-03-02 12:00"}],
        stakes=[{"meeting": "M", "organisation": "P", "grade": "decider"}],
        seats=[{"meeting": "M", "seat": "s", "role": "lead"}],
    )


@pytest.mark.parametrize("broken", [nobody_is_tied, everybody_is_tied])
def test_a_wrong_table_is_noticed_by_solve(broken: object, tied: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("poolmatch.rules.neutral.degrees", broken)
    monkeypatch.setattr("poolmatch.neutrality.second_look.degrees", broken)
    with pytest.raises(InternalError):
        solve(tied)


def test_a_wrong_table_is_noticed_by_check(tied: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("poolmatch.rules.neutral.degrees", nobody_is_tied)
    with pytest.raises(InternalError):
        check(tied, Roster.of(tied, {("M", "s"): "F1"}))
    assert check(tied, Roster.of(tied, {("M", "s"): "F2"})).legal


def test_a_judge_assesses_each_assignment_once_and_none_but_those(
    tied: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def listen(problem: Problem, facilitator: str, meeting: str, *rest: Any, **more: Any) -> Assessment:
        asked.append((facilitator, meeting))
        return assess(problem, facilitator, meeting, *rest, **more)

    monkeypatch.setattr("poolmatch.neutrality.assessment.assess", listen)
    report = check(tied, Roster.of(tied, {("M", "s"): "F2"}))
    assert asked == [("F2", "M")]
    assert [row.degree for row in report.roster.rows] == ["neutral"]


@pytest.mark.parametrize("seed", seeds(6))
def test_degrees_that_are_kept_are_those_of_the_first_time_and_of_a_copy(seed: int) -> None:
    world = Arrays(random_problem(random.Random(seed), people=6, meetings=8, pins=False), seed)
    copy = world.occasions.take(np.arange(len(world.occasions)))
    for position in range(len(world.people)):
        person = world.person(position)
        first, apart = degrees(person, world.occasions, STRICT), degrees(person, copy, STRICT)
        kept = (first.degree.tolist(), first.waived.tolist())
        assert kept == (apart.degree.tolist(), apart.waived.tolist())
        first.degree[:] = Degree.BLOCKED  # whoever asks may do with the answer what they like
        again = degrees(person, world.occasions, STRICT)
        assert kept == (again.degree.tolist(), again.waived.tolist())
        internal = degrees(person, world.occasions, INTERNAL)
        assert internal.degree.tolist() == degrees(person, copy, INTERNAL).degree.tolist()


def test_ties_are_those_of_the_problem_at_hand(tied: Problem) -> None:
    assert [tie.organisation for tie in tied.ties_of("F1")] == ["P"]
    people = [row.model_copy(update={"organisation": "N"}) for row in tied.facilitators]
    moved = tied.replace(facilitators=people)
    assert [tie.organisation for tie in moved.ties_of("F1")] == ["N"]
    assert check(moved, Roster.of(moved, {("M", "s"): "F1"})).legal
    with pytest.raises(KeyError):
        tied.ties_of("nobody")
