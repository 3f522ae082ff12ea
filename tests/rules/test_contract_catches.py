"""The contract of a rule catches rules that break it: each way to be wrong, as a rule that is."""

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import pytest
from tests.builders import facilitator, meeting, problem

from poolmatch import EligibilityRule, Finding, Problem
from poolmatch.arrays import Bools, Candidates, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.plan import Plan
from poolmatch.rule import Model, Rule, Words
from poolmatch.rules.max_per_day import MaxPerDayRule
from poolmatch.rules.region import RegionRule
from poolmatch.rules.short_travel import ShortTravelRule
from poolmatch.testing import check_rule, every_roster


def two_on_a_day() -> Problem:
    rows = [meeting(f"M{n}", f"2026-03-05 {n + 9}:00", f"2026-03-05 {n + 9}:30", lat=53.1, lon=6.0) for n in (1, 2)]
    people = [facilitator(name, max_per_day=1, lat=53.0, lon=6.0) for name in ("F1", "F2")]
    return problem(rows, people, serves=[{"facilitator": "F1", "region": "south"}])


def refused(rule: Rule, message: str, case: Problem | None = None) -> None:
    with pytest.raises(AssertionError, match=message):
        check_rule(rule, case or two_on_a_day())


def test_the_rules_that_are_broken_below_pass_when_whole() -> None:
    for rule in (MaxPerDayRule(), ShortTravelRule(), RegionRule()):
        assert check_rule(rule, two_on_a_day()) > 0


class ModelForgets(MaxPerDayRule):
    def post(self, candidates: Candidates, model: Model) -> None:
        pass


class ModelForgetsOne(MaxPerDayRule):
    def post(self, candidates: Candidates, model: Model) -> None:
        super().post(Candidates(candidates.world, candidates.person[:2], candidates.occasion[:2]), model)


class ModelIsTooStrict(MaxPerDayRule):
    def post(self, candidates: Candidates, model: Model) -> None:
        model.rows(np.zeros(len(candidates), np.int64), range(len(candidates)), 1, upper=[1])


class ModelFixes(MaxPerDayRule):
    def post(self, candidates: Candidates, model: Model) -> None:
        super().post(candidates, model)
        model.fix([0], 0)


class JudgeForgets(MaxPerDayRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:  # noqa: ARG002
        yield from ()


class JudgeForgetsSomeone(MaxPerDayRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:
        yield from (item for item in super().judge(plan) if item.facilitators != ("F2",))


class JudgeInvents(MaxPerDayRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:
        yield from super().judge(plan)
        if len(plan.placements) == 1:
            yield Finding(self.id, "violation", Words("One.", "Eén."))


class ForbidsTheEmptyRoster(MaxPerDayRule):
    def post(self, candidates: Candidates, model: Model) -> None:
        super().post(candidates, model)
        model.rows(np.zeros(len(candidates), np.int64), range(len(candidates)), 1, lower=[1])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        yield from super().judge(plan)
        if not plan.placements:
            yield Finding(self.id, "violation", Words("Nobody works.", "Niemand werkt."))


class SignsAnothersName(MaxPerDayRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:
        for item in super().judge(plan):
            yield Finding("rest", item.severity, item.words, item.facilitators)


class LacksDutch(MaxPerDayRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:
        for item in super().judge(plan):
            yield Finding(self.id, item.severity, Words(item.words.en, ""), item.facilitators)


class ChangesTheProblem(MaxPerDayRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:
        plan.problem.__dict__["serves"] = ()
        yield from super().judge(plan)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (ModelForgets(), "the model accepts what the judge says 1 things about"),
        (ModelForgetsOne(), "the model accepts"),
        (ModelIsTooStrict(), "the model refuses what the judge says 0 things about"),
        (ModelFixes(), "the model refuses"),
        (JudgeForgets(), "the model refuses"),
        (JudgeForgetsSomeone(), "the model refuses"),
        (JudgeInvents(), "the model accepts"),
        (ForbidsTheEmptyRoster(), "forbids the empty roster"),
        (SignsAnothersName(), "signs a finding as rest"),
        (LacksDutch(), "has a finding without words"),
        (ChangesTheProblem(), "changes the problem"),
    ],
    ids=lambda item: type(item).__name__ if isinstance(item, Rule) else "",
)
def test_a_broken_constraint_is_caught(rule: Rule, message: str) -> None:
    refused(rule, f"rule max-per-day: {message}")


class PenaltyOneTooMany(ShortTravelRule):
    def penalty(self, candidates: Candidates, model: Model) -> None:
        super().penalty(candidates, model)
        model.cost([], [], constant=1)


class PenaltyForgetsOne(ShortTravelRule):
    def penalty(self, candidates: Candidates, model: Model) -> None:
        super().penalty(Candidates(candidates.world, candidates.person[1:], candidates.occasion[1:]), model)


class JudgeRoundsDown(ShortTravelRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:
        for item in super().judge(plan):
            yield self.found(item.penalty - 1, item.words)


class PenaltyOfAVariableIsTooHigh(ShortTravelRule):
    def penalty(self, candidates: Candidates, model: Model) -> None:
        super().penalty(candidates, model)
        model.cost(model.columns([1], [5]), [2])


class PreferenceRefuses(ShortTravelRule):
    def penalty(self, candidates: Candidates, model: Model) -> None:
        super().penalty(candidates, model)
        model.fix([0], 0)


@pytest.mark.parametrize(
    "rule",
    [
        PenaltyOneTooMany(),
        PenaltyForgetsOne(),
        JudgeRoundsDown(),
        PenaltyOfAVariableIsTooHigh(),
        PreferenceRefuses(),
    ],
    ids=lambda rule: type(rule).__name__,
)
def test_a_broken_preference_is_caught(rule: Rule) -> None:
    refused(rule, "rule short-travel: the model charges")


def test_a_loose_variable_is_no_fault() -> None:
    class Loose(ShortTravelRule):
        def penalty(self, candidates: Candidates, model: Model) -> None:
            super().penalty(candidates, model)
            model.cost(model.columns([0], [5]), [2])  # minimised, it is 0

    assert check_rule(Loose(), two_on_a_day()) == 9


class Own(EligibilityRule):
    id: ClassVar[str] = "own"
    sentence: ClassVar[Words] = Words("Own.", "Eigen.")

    def out(self, person: Person, occasions: Occasions) -> Bools:  # noqa: ARG002
        return np.zeros(len(occasions), np.bool_)

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        return Words("Out.", "Uit.")


class LooksAtItsNeighbours(Own):
    def out(self, person: Person, occasions: Occasions) -> Bools:  # noqa: ARG002
        return np.asarray(occasions.start > occasions.start.min())


class LooksAtPositions(Own):
    def out(self, person: Person, occasions: Occasions) -> Bools:  # noqa: ARG002
        return np.asarray(occasions.seat == 0)


class LooksAtThePositionOfPeople(Own):
    def out(self, person: Person, occasions: Occasions) -> Bools:
        return np.full(len(occasions), person.position == 0)


class LacksWords(Own):
    def out(self, person: Person, occasions: Occasions) -> Bools:  # noqa: ARG002
        return np.ones(len(occasions), np.bool_)

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        return Words("", "Uit.")


class AnswersOnce(Own):
    def out(self, person: Person, occasions: Occasions) -> Bools:  # noqa: ARG002
        return np.zeros(1, np.bool_)


class AnswersInNumbers(Own):
    def out(self, person: Person, occasions: Occasions) -> Bools:  # noqa: ARG002
        return np.zeros(len(occasions), np.int64)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (LooksAtItsNeighbours(), "depends on other rows"),
        (LooksAtPositions(), "depends on the order of rows"),
        (LooksAtThePositionOfPeople(), "depends on the order of rows"),
        (LacksWords(), "has no words for F"),
        (AnswersOnce(), "does not return a truth value per occasion"),
        (AnswersInNumbers(), "does not return a truth value per occasion"),
    ],
    ids=lambda item: type(item).__name__ if isinstance(item, Rule) else "",
)
def test_a_broken_eligibility_rule_is_caught(rule: Rule, message: str) -> None:
    rows = [meeting(f"M{n}", f"2026-03-{n + 10} 10:00", f"2026-03-{n + 10} 11:00") for n in range(6)]
    case = problem(rows, [f"F{n}" for n in range(6)])
    assert check_rule(Own(), case) == 36
    refused(rule, f"rule own: {message}", case)


def test_what_is_no_rule_is_told_so() -> None:
    class Neither(Rule):
        id: ClassVar[str] = "neither"

    with pytest.raises(TypeError, match="Neither is neither an eligibility rule, a constraint nor a preference"):
        check_rule(Neither(), two_on_a_day())


def test_too_large_a_problem_is_refused() -> None:
    # 5 people and 6 seats: 6⁶ = 46656 rosters.
    rows = [meeting(f"M{n}", f"2026-03-{n + 10} 10:00", f"2026-03-{n + 10} 11:00") for n in range(6)]
    with pytest.raises(ValueError, match="more than 4096 rosters"):
        check_rule(MaxPerDayRule(), problem(rows, ["F1", "F2", "F3", "F4", "F5"]))


def test_every_roster_is_every_roster() -> None:
    # 2 people and 2 seats: 3² single, and 4² crowded.
    assert len({tuple(row.facilitator for row in item.rows) for item in every_roster(two_on_a_day())}) == 9
    crowded = list(every_roster(two_on_a_day(), crowded=True))
    assert len(crowded) == 16
    assert max(len(item.rows) for item in crowded) == 4
