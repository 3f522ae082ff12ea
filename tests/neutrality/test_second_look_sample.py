"""The second look: how many pairs it judges again, which, on which day, and what it says when it finds one wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from poolmatch import InternalError, Problem
from poolmatch.arrays import Arrays, Occasions, Person
from poolmatch.neutrality import INTERNAL, STRICT, Assessment, Policy, assess
from poolmatch.neutrality.second_look import EACH, PEOPLE, second_look
from poolmatch.neutrality.table import Degrees, degrees


def pool(people: int, meetings: int, tied: int = 0) -> Problem:
    """Return people of whom the first few work for the party of the last few meetings."""
    days = range(1, meetings + 1)
    return Problem(
        period={"name": "p", "start": "2026-03-01", "end": "2026-04-01", "timezone": "Europe/Amsterdam"},
        organisations=[{"organisation": name, "name": name} for name in "NPQ"],
        facilitators=[
            {"facilitator": f"F{n}", "name": "x", "organisation": "P" if n < tied else "N"} for n in range(people)
        ],
        meetings=[{"meeting": f"M{n}", "start": f"2026-03-{n:02} 10:00", "end": f"2026-03-{n:02} 12:00"} for n in days],
        stakes=[
            {"meeting": f"M{n}", "organisation": "P" if n > meetings - 3 else "Q", "grade": "decider"} for n in days
        ],
        seats=[{"meeting": f"M{n}", "seat": "s", "role": "lead"} for n in days],
    )


def test_it_looks_at_so_many_pairs() -> None:
    assert second_look(Arrays(pool(3, 4)), STRICT, 0) == 12
    assert second_look(Arrays(pool(PEOPLE + 5, EACH + 5)), STRICT, 0) == PEOPLE * EACH


def test_without_meetings_there_is_nothing_to_look_at() -> None:
    assert second_look(Arrays(pool(3, 0)), STRICT, 0) == 0


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Return the pairs that are judged again, in order, as they come."""
    pairs: list[tuple[str, str]] = []

    def listening(problem: Problem, name: str, meeting: str, *rest: Any, **named: Any) -> Assessment:
        pairs.append((name, meeting))
        return assess(problem, name, meeting, *rest, **named)

    monkeypatch.setattr("poolmatch.neutrality.second_look.assess", listening)
    return pairs


def test_what_was_rejected_comes_first(seen: list[tuple[str, str]]) -> None:
    """One person is blocked at the last 3 of 25 meetings."""
    assert second_look(Arrays(pool(1, 25, tied=1)), STRICT, 0) == EACH
    assert {meeting for _, meeting in seen[:3]} == {"M23", "M24", "M25"}


def test_the_seed_decides_which_pairs(seen: list[tuple[str, str]]) -> None:
    runs = []
    for seed in (5, 5, 6):
        second_look(Arrays(pool(40, 20)), STRICT, seed)
        runs.append(tuple(seen))
        seen.clear()
    assert runs[0] == runs[1] != runs[2]


def test_it_says_who_is_wrong_where(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_is_tied(person: Person, occasions: Occasions, policy: Policy) -> Degrees:  # noqa: ARG001
        return Degrees(np.zeros(len(occasions), np.int64), np.zeros(len(occasions), np.bool_))

    monkeypatch.setattr("poolmatch.neutrality.second_look.degrees", nobody_is_tied)
    with pytest.raises(InternalError, match=r"^F0 at M\d is neutral in the table, blocked when assessed alone$"):
        second_look(Arrays(pool(1, 3, tied=1)), STRICT, 0)


def test_it_asks_by_the_policy_of_the_table() -> None:
    assert second_look(Arrays(pool(2, 4, tied=1)), INTERNAL, 0) == 8


def test_a_flexible_meeting_is_looked_at_slot_by_slot() -> None:
    """The tie begins between the two slots: neutral in the first, blocked in the second."""
    case = pool(1, 1).model_dump(exclude={"schema_version"})
    case["meetings"] = [{"meeting": "M1"}]
    case["slots"] = [
        {"meeting": "M1", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in ("05", "19")
    ]
    case["ties"] = [{"facilitator": "F0", "kind": "director", "organisation": "P", "start": date(2026, 3, 10)}]
    world = Arrays(Problem(**case))
    assert sorted(degrees(world.person(0), world.occasions, STRICT).degree.tolist()) == [0, 4]
    assert second_look(world, STRICT, 0) == 2
