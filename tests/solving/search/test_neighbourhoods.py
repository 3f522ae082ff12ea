"""Neighbourhoods follow the domain: which candidates each kind frees, and how large it grows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from tests.builders import facilitator, meeting, problem

from poolmatch import STANDARD_RULES
from poolmatch.arrays import Arrays, Bools, Candidates
from poolmatch.eligibility import eligibility
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.search.neighbourhoods import LARGEST, Neighbourhoods

KINDS = {"week", "place", "people", "organisation", "series", "empty seat", "random"}


def candidates_of(meetings: Sequence[Any], people: Sequence[Any], **tables: Any) -> Candidates:
    return eligibility(Arrays(problem(meetings, people, **tables)), STANDARD_RULES).candidates


def month(**cells: Any) -> list[Any]:
    """Return 20 meetings, one a day, from west to east."""
    days = range(1, 21)
    return [
        meeting(f"M{n:02}", f"2026-03-{n:02} 10:00", f"2026-03-{n:02} 11:00", lat=52.0, lon=4 + n / 10, **cells)
        for n in days
    ]


def crew(count: int = 12) -> list[Any]:
    """Return people of whom each two work for one employer."""
    return [facilitator(f"F{n:02}", organisation=f"O{n // 2}") for n in range(count)]


def nobody(candidates: Candidates) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.zeros(len(candidates), np.int64)


def names(candidates: Candidates, free: Bools) -> tuple[set[str], set[str]]:
    """Return the meetings and the people of some candidates."""
    world = candidates.world
    meetings = {world.meetings[place].meeting for place in candidates.meeting[free].tolist()}
    return meetings, {world.people[place].facilitator for place in candidates.person[free].tolist()}


def test_every_kind_is_drawn_and_frees_some_but_not_all() -> None:
    rows = month()
    for row in rows[::4]:
        row["series"] = f"S{row['meeting']}"
    candidates = candidates_of(rows, crew())
    assert len(candidates) == 240
    around, seen = Neighbourhoods(CandidateFeatures.of(candidates), 1), Counter[str]()
    for _ in range(200):
        kind, free = around.draw(nobody(candidates))
        assert free.shape == (240,)
        assert free.dtype == np.bool_
        assert 0 < free.sum() < 240
        seen[kind] += 1
    assert set(seen) == KINDS
    assert min(seen.values()) > 5  # at first all are as likely: 200 / 7 = 29 of each


def test_a_week_lies_together_and_a_place_too() -> None:
    """Days 1 to 20 lie from west to east as well: 15 % of 20 are 3 meetings, next to one another in both."""
    candidates = candidates_of(month(), crew())
    around = Neighbourhoods(CandidateFeatures.of(candidates), 1)
    for kind in (around._week, around._place):
        for _ in range(20):
            meetings, people = names(candidates, kind(0.15, nobody(candidates)))
            days = sorted(int(name[1:]) for name in meetings)
            assert len(days) == 3
            assert days[-1] - days[0] == 2
            assert len(people) == 12


def test_a_series_is_freed_whole() -> None:
    rows = month()
    for number, row in enumerate(rows[:15]):
        row["series"] = f"S{number % 3}"
    candidates = candidates_of(rows, crew())
    around = Neighbourhoods(CandidateFeatures.of(candidates), 1)
    whole = [{row["meeting"] for row in rows if row.get("series") == f"S{n}"} for n in range(3)]
    for _ in range(20):
        free = around._of_series(0.15, nobody(candidates))
        assert free is not None
        assert names(candidates, free)[0] in whole
    wide = around._of_series(0.9, nobody(candidates))
    assert wide is not None
    assert names(candidates, wide)[0] == set.union(*whole)  # 0.9 of 3 is rounded to 3


def test_people_of_an_organisation_are_freed_where_they_sit_and_where_nobody_does() -> None:
    """F00 holds M01, F11 holds M20. Two employers of six have four people: where others sit, none of these."""
    candidates = candidates_of(month(), crew())
    world, taken = candidates.world, nobody(candidates)
    for person, held in (("F00", "M01"), ("F11", "M20")):
        taken[candidates.find(world.positions[person], world.seat_positions[held, "lead"])] = 1
    around = Neighbourhoods(CandidateFeatures.of(candidates), 1)
    drawn = set()
    for _ in range(40):
        free = around._organisation(0.15, taken)
        assert free is not None
        meetings, people = names(candidates, free)
        assert len(people) == 4
        assert {int(name[1:]) // 2 * 2 + side for name in people for side in (0, 1)} == {int(n[1:]) for n in people}
        assert ("M01" in meetings) == ("F00" in people)
        assert ("M20" in meetings) == ("F11" in people)
        assert {f"M{n:02}" for n in range(2, 20)} <= meetings
        drawn.add("F00" in people)
        anyone = names(candidates, around._people(0.15, taken))
        assert len(anyone[1]) == 3
        assert ("M01" in anyone[0]) == ("F00" in anyone[1])
    assert drawn == {True, False}


def test_an_empty_seat_is_freed_with_what_lies_near() -> None:
    """Only M10 is empty: 15 % of 20 are 3 meetings, M10 and those of the days before and after."""
    candidates = candidates_of(month(), crew())
    world, taken = candidates.world, nobody(candidates)
    for number in range(20):
        if number != 9:
            mine = candidates.find(number % 12, world.seat_positions[f"M{number + 1:02}", "lead"])
            taken[mine] = 1
    around = Neighbourhoods(CandidateFeatures.of(candidates), 1)
    free = around._empty(0.15, taken)
    assert free is not None
    assert names(candidates, free)[0] == {"M09", "M10", "M11"}
    taken[candidates.find(0, world.seat_positions["M10", "lead"])] = 1
    assert around._empty(0.15, taken) is None


@pytest.mark.parametrize("count", [1, 2])
def test_the_smallest_worlds_have_neighbourhoods(count: int) -> None:
    """One meeting, one person without an employer, nothing empty, no series: other kinds are left."""
    candidates = candidates_of(month()[:count], [facilitator("F1", organisation=None)])
    assert len(candidates) == count
    around, seen = Neighbourhoods(CandidateFeatures.of(candidates), 1), set()
    for _ in range(100):
        kind, free = around.draw(np.ones(count, np.int64))
        assert free.all()
        seen.add(kind)
    assert seen == {"week", "place", "people", "random"}


def test_seats_that_nobody_could_take_are_no_dead_end() -> None:
    """Nobody may come to 19 of 20 meetings, and F1 may come to the last: every draw frees that one."""
    absent = [{"facilitator": "F1", "start": "2026-03-01", "end": "2026-03-19", "kind": "unavailable"}]
    candidates = candidates_of(month(), ["F1"], availability=absent)
    assert len(candidates) == 1
    around = Neighbourhoods(CandidateFeatures.of(candidates), 1)
    for _ in range(50):
        assert around.draw(nobody(candidates))[1].tolist() == [True]


def test_unknown_places_lie_anywhere() -> None:
    rows = [meeting(f"M{n}", f"2026-03-0{n} 10:00", f"2026-03-0{n} 11:00") for n in range(1, 7)]
    candidates = candidates_of(rows, crew())
    free = Neighbourhoods(CandidateFeatures.of(candidates), 1)._place(0.34, nobody(candidates))
    assert len(names(candidates, free)[0]) == 2


def test_what_is_solved_grows_and_what_is_not_shrinks() -> None:
    candidates = candidates_of(month(), crew())
    around = Neighbourhoods(CandidateFeatures.of(candidates), 1)
    first = around._size["week"]
    around.learn("week", 0, solved=True)
    assert around._size["week"] == pytest.approx(first * 1.05)
    around.learn("week", 0, solved=False)
    assert around._size["week"] == pytest.approx(first * 1.05 * 0.9)
    for _ in range(200):
        around.learn("place", 0, solved=True)
        around.learn("random", 0, solved=False)
    assert around._size["place"] == LARGEST
    assert around._size["random"] == pytest.approx(0.01)
    assert around._size["series"] == first


def test_gains_are_counted_and_make_a_kind_likelier() -> None:
    candidates = candidates_of(month(), crew())
    around = Neighbourhoods(CandidateFeatures.of(candidates), 1)
    around.learn("people", 0, solved=True)
    around.learn("week", 0, solved=True)
    around.learn("people", 5, solved=True)
    assert around.tally == {"people": (2, 1), "week": (1, 0)}
    for _ in range(40):
        around.learn("people", 1, solved=True)
        around.learn("week", 0, solved=True)
    drawn = Counter(around.draw(nobody(candidates))[0] for _ in range(200))
    assert drawn["people"] > drawn["week"]


def test_the_seed_decides_what_is_drawn() -> None:
    candidates = candidates_of(month(), crew())

    def draws(seed: int) -> list[Any]:
        around = Neighbourhoods(CandidateFeatures.of(candidates), seed)
        return [(kind, free.tolist()) for kind, free in (around.draw(nobody(candidates)) for _ in range(10))]

    assert draws(1) == draws(1)
    assert draws(1) != draws(2)
