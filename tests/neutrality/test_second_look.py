"""The second look: which pairs it draws, rejected ones first, and what it says when table and assessment differ."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from tests.builders import PARTY, facilitator, meeting, problem
from tests.neutrality.asking import DAY, on, tie

from poolmatch import InternalError, Problem
from poolmatch.arrays import Arrays, Occasions, Person
from poolmatch.domain.degree import Degree
from poolmatch.neutrality import INTERNAL, STRICT, Policy, assess
from poolmatch.neutrality import second_look as module
from poolmatch.neutrality.second_look import EACH, PEOPLE, second_look
from poolmatch.neutrality.table import Degrees, degrees

Pair = tuple[str, str]


def month(people: int, meetings: int) -> Problem:
    """Return meetings of the town; each facilitator works for the party of one meeting in three."""
    rows = [meeting(f"M{n}", f"2026-03-{n + 1:02} 10:00", f"2026-03-{n + 1:02} 12:00") for n in range(meetings)]
    stakes = {f"M{n}": {PARTY if n % 3 == 0 else "Elsewhere": "decider"} for n in range(meetings)}
    return problem(rows, [facilitator(f"F{n}", organisation=PARTY) for n in range(people)], stakes)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Pair]:
    """Return the pairs that are assessed again, in their order."""
    pairs: list[Pair] = []

    def listen(case: Problem, name: str, where: str, *rest: Any, **more: Any) -> Any:
        pairs.append((name, where))
        return assess(case, name, where, *rest, **more)

    monkeypatch.setattr(module, "assess", listen)
    return pairs


def test_it_tells_how_many_pairs_it_looked_at(asked: list[Pair]) -> None:
    assert second_look(Arrays(month(3, 4)), STRICT, 0) == 12
    assert len(set(asked)) == 12


def test_it_looks_at_a_sample_only(asked: list[Pair]) -> None:
    assert second_look(Arrays(month(PEOPLE + 5, EACH + 5)), STRICT, 0) == PEOPLE * EACH
    assert len({name for name, _ in asked}) == PEOPLE
    assert len(set(asked)) == PEOPLE * EACH


def test_rejected_pairs_come_first(asked: list[Pair]) -> None:
    # Five of fifteen meetings are the employer's: all five are among the ten that are looked at, before the others.
    second_look(Arrays(month(1, 15)), STRICT, 0)
    blocked = [int(where.removeprefix("M")) % 3 == 0 for _, where in asked]
    assert blocked == [True] * 5 + [False] * 5


def test_the_seed_draws_the_sample(asked: list[Pair]) -> None:
    world = Arrays(month(PEOPLE + 5, 3))
    drawn = []
    for seed in (1, 1, 2):
        asked.clear()
        second_look(world, STRICT, seed)
        drawn.append(tuple(asked))
    assert drawn[0] == drawn[1] != drawn[2]


def test_without_people_or_occasions_there_is_nothing_to_look_at() -> None:
    assert second_look(Arrays(month(0, 3)), STRICT, 0) == 0
    assert second_look(Arrays(month(2, 0)), STRICT, 0) == 0


def test_it_judges_by_the_policy() -> None:
    assert second_look(Arrays(month(2, 4)), INTERNAL, 0) == 8


def test_it_looks_at_the_slot() -> None:
    case = on(DAY, [tie("employee", end=DAY)])
    slots = [
        {"meeting": "M1", "start": f"{DAY + timedelta(days=n)} 10:00", "end": f"{DAY + timedelta(days=n)} 12:00"}
        for n in (0, 1)
    ]
    assert second_look(Arrays(case.replace(meetings=[{"meeting": "M1"}], slots=slots)), STRICT, 0) == 2


def test_what_differs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def mild(person: Person, occasions: Occasions, policy: Policy) -> Degrees:
        found = degrees(person, occasions, policy)
        return Degrees(np.minimum(found.degree, Degree.AVOID), found.waived)

    monkeypatch.setattr(module, "degrees", mild)
    with pytest.raises(InternalError) as caught:
        second_look(Arrays(month(1, 1)), STRICT, 0)
    assert str(caught.value) == "F0 at M0 is avoid in the table, blocked when assessed alone"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("family", "disclose in the table, disclose (waived) when assessed alone"),
        ("resident", "disclose (waived) in the table, disclose when assessed alone"),
    ],
)
def test_a_waiver_that_the_table_forgets_or_makes_up_is_noticed(
    kind: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    consent = {"facilitator": "F1", "organisation": PARTY, "meeting": "M1", "party": PARTY, "consented_on": DAY}
    case = on(DAY, [tie(kind)], waivers=[consent])
    assert second_look(Arrays(case), STRICT, 0) == 1

    def other(person: Person, occasions: Occasions, policy: Policy) -> Degrees:
        found = degrees(person, occasions, policy)
        return Degrees(found.degree, ~found.waived)

    monkeypatch.setattr(module, "degrees", other)
    with pytest.raises(InternalError) as caught:
        second_look(Arrays(case), STRICT, 0)
    assert str(caught.value) == f"F1 at M1 is {words}"
