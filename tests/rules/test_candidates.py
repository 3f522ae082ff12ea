"""Who is possible for which seat, and at which rule the others fell away."""

import random

import pytest
from tests.builders import facilitator, meeting, problem
from tests.rings import WHOLE, seeds

from poolmatch import STANDARD_RULES, Problem, Roster
from poolmatch.arrays import Arrays, Ints, Occasions
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import RosterRow
from poolmatch.eligibility import eligibility, objected, objections
from poolmatch.testing import random_problem


def pool() -> Problem:
    """Return two meetings; of the four people F4 is possible for both."""
    return problem(
        [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")],
        [
            facilitator("F1", roles="scribe"),
            facilitator("F2", organisation="Town", roles="scribe"),  # two objections
            "F3",
            "F4",
        ],
        strikes=[{"organisation": "Town", "facilitator": "F3", "meeting": "M2"}],
    )


def test_candidates_are_those_whom_no_rule_puts_out() -> None:
    world = Arrays(pool())
    candidates = eligibility(world, STANDARD_RULES).candidates
    pairs = {
        (world.people[person].facilitator, world.meetings[meeting].meeting)
        for person, meeting in zip(candidates.person, candidates.meeting, strict=True)
    }
    assert pairs == {("F3", "M1"), ("F4", "M1"), ("F4", "M2")}
    assert len(candidates) == 3


def test_each_person_falls_away_once_at_the_first_rule_that_says_so() -> None:
    world = Arrays(pool())
    found = eligibility(world, STANDARD_RULES)
    assert found.rules == ("neutral", "struck", "role", "skilled", "available", "region", "travel-limit")
    fell = {
        world.meetings[meeting].meeting: dict(zip(found.rules, counts.tolist(), strict=True))
        for meeting, counts in zip(world.occasions.meeting, found.fell, strict=True)
    }
    nobody = dict.fromkeys(found.rules, 0)
    # F2 falls at neutral, not again at role; F1 at role.
    assert fell == {"M1": nobody | {"neutral": 1, "role": 1}, "M2": nobody | {"neutral": 1, "struck": 1, "role": 1}}


def test_objections_are_all_of_them_in_order() -> None:
    world = Arrays(pool())
    assert [rule.id for rule in objections(world, STANDARD_RULES, "F2", "M1", "lead")] == ["neutral", "role"]
    assert [rule.id for rule in objections(world, STANDARD_RULES, "F3", "M2", "lead")] == ["struck"]
    assert list(objections(world, STANDARD_RULES, "F4", "M2", "lead")) == []


def test_asked_about_everything_at_once_the_rules_say_what_they_say_of_one() -> None:
    answers: set[bool] = set()
    for seed in seeds(12):
        case = random_problem(random.Random(seed), people=5, meetings=6, seats=2, programme=bool(seed % 2))
        rows = [
            RosterRow(meeting=seat.meeting, seat=seat.seat, facilitator=person.facilitator, start=start)
            for seat in case.all_seats
            for start, _ in case.times(case.meeting(seat.meeting)) or ((None, None),)
            for person in case.facilitators
        ]
        random.Random(seed).shuffle(rows)
        plan, world = Plan(case, Roster(rows=tuple(rows))), Arrays(case, seed)
        found = objected(world, STANDARD_RULES, plan.assignments)
        for row, against in zip(rows, found.tolist(), strict=True):
            alone = set(objections(world, STANDARD_RULES, str(row.facilitator), row.meeting, row.seat, row.start))
            assert against == [rule in alone for rule in STANDARD_RULES.eligibility], (seed, row)
        answers.update(found.ravel().tolist())
    assert answers == {True, False} or not WHOLE


def test_nobody_and_nowhere() -> None:
    for case in (problem(facilitators=[]), problem([]), problem([], [])):
        found = eligibility(Arrays(case), STANDARD_RULES)
        assert len(found.candidates) == 0
        assert found.fell.shape == (len(case.seats), 7)


def test_the_seed_changes_the_order_and_nothing_else() -> None:
    answers = set()
    orders = set()
    for seed in range(6):
        world = Arrays(pool(), seed)
        candidates = eligibility(world, STANDARD_RULES).candidates
        orders.add(tuple(row.facilitator for row in world.people))
        answers.add(
            frozenset(
                (world.people[person].facilitator, world.meetings[meeting].meeting)
                for person, meeting in zip(candidates.person, candidates.meeting, strict=True)
            )
        )
    assert len(orders) > 1
    assert len(answers) == 1


def test_a_table_that_is_cut_down_gives_the_same_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    tables: list[int] = []
    take = Occasions.take

    def listen(self: Occasions, rows: Ints) -> Occasions:
        tables.append(len(rows))
        return take(self, rows)

    for seed in seeds(12):
        case = random_problem(random.Random(seed), people=5, meetings=6, seats=2, programme=bool(seed % 2))
        whole = eligibility(Arrays(case, seed), STANDARD_RULES)
        with monkeypatch.context() as patch:
            patch.setattr(Occasions, "take", listen)
            cut = eligibility(Arrays(case, seed), STANDARD_RULES, large=0)
        assert cut.fell.tolist() == whole.fell.tolist()
        assert cut.candidates.person.tolist() == whole.candidates.person.tolist()
        assert cut.candidates.occasion.tolist() == whole.candidates.occasion.tolist()
    assert {0, 1} < set(tables) or not WHOLE, "tables were cut, to nothing and to something"
