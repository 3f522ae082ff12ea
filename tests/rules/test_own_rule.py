"""A user's own rules: one class each, added to the standard rules without touching the library."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Annotated, ClassVar

import numpy as np
import pytest
from pydantic import Field
from tests.builders import breaks, facilitator, meeting, out, penalty, problem, roster
from tests.rings import seeds

from poolmatch import (
    STANDARD_RULES,
    ConstraintRule,
    EligibilityRule,
    Finding,
    PreferenceRule,
    Problem,
    check,
    solve,
)
from poolmatch.arrays import Bools, Candidates, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.plan import Plan
from poolmatch.rule import Model, Rule, Words
from poolmatch.testing import check_rule, random_problem

# --- an eligibility rule -----------------------------------------------------------------------------------


class LargeGroupRule(EligibilityRule):
    """Out when the meeting has more participants than a facilitator without the role mentor can hold."""

    id: ClassVar[str] = "large-group"
    sentence: ClassVar[Words] = Words("Large groups are for mentors.", "Grote groepen zijn voor wie ook mentor is.")

    most: Annotated[int, Field(ge=0, description="Most participants for anyone.")] = 20

    def out(self, person: Person, occasions: Occasions) -> Bools:
        """Tell which meetings are too large for them."""
        if "mentor" in person.row.roles:
            return np.zeros(len(occasions), np.bool_)
        return occasions.where(lambda meeting, _seat: (meeting.participants or 0) > self.most)

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        """Name the number of participants."""
        name = facilitator.facilitator
        return Words(
            f"{name} does not take groups of {meeting.participants}.",
            f"{name} neemt geen groepen van {meeting.participants}.",
        )


# --- a constraint ------------------------------------------------------------------------------------------


class DaysInARowRule(ConstraintRule):
    """Never on two local days in a row."""

    id: ClassVar[str] = "days-in-a-row"
    sentence: ClassVar[Words] = Words("Nobody works two days in a row.", "Niemand werkt twee dagen achter elkaar.")

    def post(self, candidates: Candidates, model: Model) -> None:
        """Forbid each pair of a person's candidates on neighbouring days."""
        day = candidates.column("day")
        for position in range(len(candidates.world.people)):
            mine = candidates.of_person(position)
            places = np.arange(mine.start, mine.stop)
            first, second = np.nonzero(day[places][None, :] - day[places][:, None] == 1)
            pairs = np.stack([places[first], places[second]], axis=1)
            model.at_most_one(np.repeat(np.arange(len(pairs)), 2), pairs.ravel())

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each pair of neighbouring days on which someone works."""
        for name, placements in plan.of_facilitator.items():
            for day, following in pairwise(sorted({item.day for item in placements})):
                if following - day == timedelta(days=1):
                    words = Words(f"{name} works on {day} and the day after.", f"{name} werkt op {day} en de dag erna.")
                    yield Finding(self.id, "violation", words, (name,), day=following)


# --- a preference ------------------------------------------------------------------------------------------


class LateEveningRule(PreferenceRule):
    """A third of a point for each assignment that ends after 21:00 local time; in the tier of comfort."""

    id: ClassVar[str] = "late-evening"
    sentence: ClassVar[Words] = Words("Evenings end in time.", "Avonden eindigen op tijd.")
    tier: ClassVar[int] = 6
    scale: ClassVar[int] = 3

    def _late(self, problem: Problem, meeting: Meeting) -> bool:
        _, end = problem.times(meeting)[0]
        local = end.astimezone(problem.period.zone)
        return (local.hour, local.minute) > (21, 0)

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each candidate of a late meeting."""
        world = candidates.world
        late = np.array([self._late(world.problem, row) for row in world.meetings], np.bool_)
        model.cost(np.flatnonzero(late[candidates.meeting]), 1)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each assignment of a late meeting."""
        for item in plan.placements:
            if self._late(plan.problem, item.meeting):
                name, where = item.facilitator.facilitator, item.meeting.meeting
                words = Words(f"{where} ends late for {name}.", f"{where} eindigt laat voor {name}.")
                yield self.found(1, words, facilitators=(name,), meetings=(where,), seat=item.seat.seat)


RULES = STANDARD_RULES.plus(LargeGroupRule(), DaysInARowRule(), LateEveningRule())


def week(**cells: int) -> Problem:
    """Return three evenings, Tuesday to Thursday, and two facilitators, of whom F2 is a mentor too."""
    rows = [meeting(f"M{n}", f"2026-03-0{n} 18:30", f"2026-03-0{n} {end}", **cells) for n, end in TIMES.items()]
    return problem(rows, [facilitator("F1"), facilitator("F2", roles="lead;co;mentor")])


TIMES = {3: "21:00", 4: "21:01", 5: "20:30"}


@pytest.mark.parametrize("rule", [LargeGroupRule(), DaysInARowRule(), LateEveningRule()], ids=lambda rule: rule.id)
def test_own_rules_keep_the_contract(rule: Rule) -> None:
    for seed in seeds(40):
        check_rule(rule, random_problem(random.Random(seed), teams=seed % 2 == 0))
    assert check_rule(rule, week(participants=30)) > 0


@pytest.mark.parametrize(("participants", "expected"), [(20, set()), (21, {"large-group"})])
def test_an_own_eligibility_rule_in_check(participants: int, expected: set[str]) -> None:
    case = week(participants=participants)
    assert out(case, "F1", "M3", rules=RULES) == expected
    assert out(case, "F2", "M3", rules=RULES) == set()
    assert out(case, "F1", "M3") == set()  # without the rule


def test_an_own_parameter() -> None:
    rules = RULES.plus(LargeGroupRule(most=5))
    assert out(week(participants=6), "F1", "M3", rules=rules) == {"large-group"}
    assert rules["large-group"].parameters() == {"most": 5}
    assert len(rules.rules) == len(RULES.rules)


def test_an_own_constraint_in_check() -> None:
    assert breaks("days-in-a-row", week(), {"M3": "F1", "M4": "F1"}, RULES)
    assert not breaks("days-in-a-row", week(), {"M3": "F1", "M5": "F1"}, RULES)
    assert not breaks("days-in-a-row", week(), {"M3": "F1", "M4": "F2"}, RULES)


def test_an_own_preference_in_check_with_a_scale_of_its_own() -> None:
    assert penalty("late-evening", week(), {"M3": "F1", "M4": "F1", "M5": "F1"}, RULES) == 1
    report = check(week(), roster({"M4": "F1"}), RULES)
    # Tier 6 counts in 1/900000000 point, because of `cost`; a third of a point is 300000000 of those.
    (tier,) = [tier for tier in report.tiers if tier.tier == 6]
    assert (tier.value, tier.scale) == (300_000_000, 900_000_000)
    assert report.by_rule["late-evening"][0].points == pytest.approx(1 / 3)


def test_own_rules_in_solve() -> None:
    found = solve(week(participants=30), RULES, workers=1)
    # Only F2 may take large groups, and not on two days in a row: Tuesday and Thursday, not Wednesday.
    held = {row.meeting: row.facilitator for row in found.roster.rows}
    assert held == {"M3": "F2", "M4": None, "M5": "F2"}
    assert found.report.legal
    small = solve(week(participants=3), RULES, workers=1)
    assert small.roster.filled == 3
    assert (small.tiers[-1].value, small.tiers[-1].scale) == (300_000_000, 900_000_000)


def test_an_own_rule_in_place_of_a_standard_one() -> None:
    class NobodyNotesRule(LateEveningRule):
        id: ClassVar[str] = "short-travel"

    rules = STANDARD_RULES.plus(NobodyNotesRule())
    assert [rule.id for rule in rules.rules] == [rule.id for rule in STANDARD_RULES.rules]
    (finding,) = check(week(), roster({"M4": "F1"}), rules).by_rule["short-travel"]
    assert finding.words.en == "M4 ends late for F1."


def test_own_rules_change_the_fingerprint_and_the_standard_rules_stay_as_they_are() -> None:
    assert RULES.fingerprint != STANDARD_RULES.fingerprint
    assert RULES.without("large-group", "days-in-a-row", "late-evening").fingerprint == STANDARD_RULES.fingerprint
    assert "large-group" not in {rule.id for rule in STANDARD_RULES.rules}
    assert [type(rule) for rule in RULES.rules[-3:]] == [LargeGroupRule, DaysInARowRule, LateEveningRule]
