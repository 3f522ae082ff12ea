"""How the search for remedies of one seat goes: what is put off, and what it says of what it left out."""

from tests.builders import facilitator, meeting, problem, roster

from poolmatch import check
from poolmatch.edits import LimitRaised, RoleAdded
from poolmatch.explain.filling import Filling, is_least
from poolmatch.solving.running.budget import Budget

ROLE, LIMIT = RoleAdded("F1", "lead"), LimitRaised("F1", "max_hours", 4)


def search(budget: Budget) -> Filling:
    """Return the search for a seat whose one candidate is busy at that time, in a meeting that nobody else can lead."""
    case = problem(
        [meeting("M1"), meeting("M2")],
        ["F1", facilitator("F2", roles="co")],
        skills=[{"facilitator": "F1", "skill": "deep", "level": 3}],
        requirements=[{"meeting": "M2", "seat": "lead", "skill": "deep", "level": 3}],
    )
    return Filling(check(case, roster({"M2": "F1"})), case.seat("M1", "lead"), budget)


def test_with_time_nothing_is_left_out() -> None:
    filling = search(Budget(60))
    kinds = [tuple(edit.kind for edit in edits) for edits, _ in filling.steps(9)]
    assert kinds[:2] == [("role",), ("external",)]
    assert set(kinds[2:]) == {("slot",)}
    assert filling.whole(9)


def test_when_half_of_the_time_is_gone_nobody_is_moved_any_more_and_that_is_said() -> None:
    moments = iter([0.0])
    filling = search(Budget(10.0, clock=lambda: next(moments, 6.0)))
    assert [edits[0].kind for edits, _ in filling.steps(9)][:2] == ["role", "external"]
    assert not filling.whole(9)


def test_without_time_nothing_is_tried() -> None:
    filling = search(Budget(0))
    assert list(filling.steps(9)) == []
    assert not filling.whole(9)


def test_a_set_is_least_that_holds_all_of_no_other() -> None:
    one, both, none = frozenset([ROLE]), frozenset([ROLE, LIMIT]), frozenset[RoleAdded]()
    assert is_least(one, [both, one, none])
    assert not is_least(both, [one])
    assert is_least(both, [none])  # what needs no edit does not rule out the rest
