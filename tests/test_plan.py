"""A roster laid on its problem: parts of it, pairs in it, who else could have come, and what is kept with a problem."""

import copy
from collections.abc import Collection, Mapping
from typing import Any

import pytest
from benchmarks.cases import teams
from tests.builders import facilitator, meeting, problem, roster

from poolmatch import STANDARD_RULES, Problem, Roster, check
from poolmatch.arrays import Arrays
from poolmatch.domain.assignments import SeatAt, assignment
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import kept
from poolmatch.domain.roster import RosterRow
from poolmatch.eligibility import eligibility, standings
from poolmatch.rules.external_last import ExternalLastRule


def full(case: Problem) -> Roster:
    """Return a roster in which people take turns."""
    names = [row.facilitator for row in case.facilitators]
    return Roster.of(case, {(s.meeting, s.seat): names[n % len(names)] for n, s in enumerate(case.all_seats)})


# --- parts ---------------------------------------------------------------------------------------------------


def test_a_part_is_the_plan_of_these_rows() -> None:
    case = teams.pool(11, 40, 6, 1)
    held = full(case)
    names = sorted({row.meeting for row in held.rows})[::3]
    extra = RosterRow(meeting=names[0], seat=case.seats_of(names[0])[0].seat, facilitator="F0001")
    extra = extra.model_copy(update={"start": next(row.start for row in held.rows if row.meeting == names[0])})
    rows = [row for name in names for row in held.rows if row.meeting == name]
    part = Plan(case, held).part(names, extra)
    whole = Plan(case, Roster(rows=(*rows, extra)))
    assert part.assignments == whole.assignments
    assert part.placements == whole.placements
    for index in ("work_of", "of_facilitator", "of_meeting", "of_seat"):
        assert dict(getattr(part, index)) == dict(getattr(whole, index))
        assert list(getattr(part, index)) == list(getattr(whole, index))


def test_a_part_is_judged_by_the_pins_of_its_meetings() -> None:
    rows = [meeting(f"M{n}", f"2026-03-{n:02d} 19:00", f"2026-03-{n:02d} 21:00") for n in (5, 6, 7)]
    pins = [{"meeting": name, "seat": "lead", "facilitator": "F1"} for name in ("M5", "M6")]
    plan = Plan(problem(rows, ["F1", "F2"], pins=pins), roster({"M6": "F2"}))
    judge = STANDARD_RULES["pinned"].judge  # type: ignore[attr-defined]
    assert [item.meetings for item in judge(plan)] == [("M5",), ("M6",)]
    assert [item.meetings for item in judge(plan.part(["M6", "M7"]))] == [("M6",)]
    assert [item.meetings for item in judge(plan.part(["M5"]))] == [("M5",)]
    assert list(judge(plan.part(["M7"]))) == []


def test_a_part_of_nothing_is_empty_and_names_without_anybody_do_no_harm() -> None:
    plan = Plan(problem(), roster({"M1": "F1"}))
    assert plan.part([]).assignments == plan.part(["M2", "unknown"]).assignments == ()
    assert plan.part(["M1"]).assignments == plan.assignments


def test_an_assignment_needs_someone() -> None:
    with pytest.raises(KeyError):
        assignment(problem(), RosterRow(meeting="M1", seat="lead"))


# --- pairs ---------------------------------------------------------------------------------------------------


def test_pairs_come_in_the_order_of_the_problem_and_their_meetings_in_order_of_time() -> None:
    rows = [meeting(f"M{n}", f"2026-03-{10 - n:02d} 19:00", f"2026-03-{10 - n:02d} 21:00") for n in (1, 2, 3)]
    seats = [{"meeting": f"M{n}", "seat": s, "role": "lead"} for n in (1, 2, 3) for s in ("a", "b")]
    kinds = [("F3", "F4", "forbid"), ("F2", "F1", "require"), ("F1", "F3", "avoid")]
    pairings = [{"first": one, "second": other, "kind": kind} for one, other, kind in kinds]
    case = problem(rows, ["F1", "F2", "F3", "F4"], seats=seats, pairings=pairings)
    held: dict[Any, str] = {
        ("M1", "a"): "F1",
        ("M1", "b"): "F2",
        ("M2", "a"): "F1",
        ("M3", "a"): "F3",
        ("M3", "b"): "F2",
    }
    plan = Plan(case, roster(held))
    told = [(pair.kind, name, there) for pair, name, there in plan.pairs("require", "forbid")]
    assert told == [
        ("forbid", "M3", ("F3",)),
        ("require", "M3", ("F2",)),  # M3 is on the 7th, M2 on the 8th, M1 on the 9th
        ("require", "M2", ("F1",)),
        ("require", "M1", ("F2", "F1")),
    ]
    assert [(name, there) for _, name, there in plan.pairs("avoid")] == [
        ("M3", ("F3",)),
        ("M2", ("F1",)),
        ("M1", ("F1",)),
    ]
    assert list(plan.pairs("prefer")) == list(Plan(case, roster({})).pairs("require")) == []


# --- who else could have come --------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2])
def test_standings_say_who_the_candidates_are(seed: int) -> None:
    case = teams.pool(11, 40, 6, seed)
    world = Arrays(case, seed)
    found = standings(world, STANDARD_RULES, [(seat.meeting, seat.seat, None) for seat in case.all_seats])
    candidates = eligibility(world, STANDARD_RULES).candidates
    place = {row.facilitator: n for n, row in enumerate(case.facilitators)}
    for key, position in world.seat_positions.items():
        names = {world.people[person].facilitator for person in candidates.person[candidates.of_seat(position)]}
        assert found[*key, None].eligible == tuple(sorted(names, key=place.__getitem__))
        assert len(names) + sum(found[*key, None].fell.values()) == len(case.facilitators)


def test_standings_of_no_seats_and_of_nobody() -> None:
    world = Arrays(problem())
    assert standings(world, STANDARD_RULES, []) == {}
    (alone,) = standings(world, STANDARD_RULES, [("M1", "lead", None)], []).values()
    assert (alone.fell, alone.eligible) == ({}, ())


def test_external_last_asks_about_all_its_seats_at_once() -> None:
    rows = [meeting(f"M{n}", f"2026-03-{n:02d} 19:00", f"2026-03-{n:02d} 21:00") for n in (5, 6, 7)]
    case = problem(rows, ["F1", "F2", facilitator("X", external=True)])
    at = {row.meeting: row.start for row in case.meetings}
    first, last = ("M5", "lead", at["M5"]), ("M7", "lead", at["M7"])
    asked: list[set[SeatAt]] = []

    def eligible(seats: Collection[SeatAt]) -> Mapping[SeatAt, Collection[str]]:
        asked.append(set(seats))
        return {first: ("F2", "X"), last: ("X",)}

    plan = Plan(case, roster({"M5": "X", "M6": "F1", "M7": "X"}), eligible)
    (found,) = ExternalLastRule().judge(plan)
    assert (found.meetings, found.words.en[-2:]) == (("M5",), "1.")  # an external does not stand for the pool
    assert asked == [{first, last}]


def test_without_more_being_known_everyone_could_have_come() -> None:
    case = problem([meeting()], ["F1", "F2", facilitator("X", external=True)])
    (found,) = ExternalLastRule().judge(Plan(case, roster({"M1": "X"})))
    assert found.words.en.endswith("possible of the pool: 2.")


# --- what is kept with a problem -----------------------------------------------------------------------------


def test_what_is_said_of_a_problem_is_worked_out_once_for_each_and_each_argument() -> None:
    calls: list[tuple[str, str]] = []

    @kept
    def greeting(case: Problem, word: str) -> list[str]:
        """Greet."""
        calls.append((case.period.name, word))
        return [word]

    one, other = problem(), problem(facilitators=["F1", "F2"])
    assert greeting(one, "hello") is greeting(one, "hello")
    assert greeting(other, "hello") is not greeting(one, "hello")
    assert greeting(one, "goodbye") == ["goodbye"]
    assert len(calls) == 3
    assert greeting.__doc__ == "Greet."


def test_a_changed_problem_is_asked_again() -> None:
    late = [
        {"meeting": "P1", "facilitator": "F1", "role": "lead", "start": "2026-03-04 22:00", "end": "2026-03-05 10:00"}
    ]
    case = problem([meeting(start="2026-03-05 19:30")])
    assert not check(case, roster({"M1": "F1"})).by_rule["rest"]
    assert check(case.replace(history=late), roster({"M1": "F1"})).by_rule["rest"]
    assert not check(copy.copy(case), roster({"M1": "F1"})).by_rule["rest"]
