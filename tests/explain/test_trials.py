"""What limits say of somebody put into a seat is what they would say of the whole roster, also of one's own rules."""

import random
from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import pytest
from tests.builders import meeting, problem, roster
from tests.rings import seeds
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, ConstraintRule, Roster, Words, check, empty_seats, why_empty, why_not
from poolmatch.arrays import Candidates
from poolmatch.checking import judge
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import RosterRow
from poolmatch.explain.funnel import Fallen
from poolmatch.explain.trials import Trials
from poolmatch.rule import Finding, Model
from poolmatch.ruleset import RuleSet
from poolmatch.toml_keys import KINDS


class NeverBothRule(ConstraintRule):
    """F1 and F2 do not both work in the period; nothing is said of where the rule looks."""

    id: ClassVar[str] = "never-both"
    sentence: ClassVar[Words] = Words("One of the two works.", "Een van de twee werkt.")
    standard: ClassVar[bool] = False

    def post(self, candidates: Candidates, model: Model) -> None:
        """Keep each two candidates apart."""
        mine, theirs = (
            np.flatnonzero(candidates.person == candidates.world.positions[name]).tolist() for name in ("F1", "F2")
        )
        both = np.array([(one, other) for one in mine for other in theirs], np.int64).reshape(-1, 2)
        model.at_most_one(np.repeat(np.arange(len(both)), 2), both.ravel())

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield that both work."""
        held = [item for name in ("F1", "F2") for item in plan.work_of.get(name, ())]
        if len({item.facilitator.facilitator for item in held}) == 2:
            meetings = tuple(item.meeting.meeting for item in held)
            yield Finding(self.id, "violation", Words("both work", "beiden werken"), ("F1", "F2"), meetings)


def test_a_rule_of_ones_own_may_look_at_what_others_do_elsewhere() -> None:
    days = [
        meeting("M1", "2026-03-05 10:00", "2026-03-05 12:00"),
        meeting("M2", "2026-03-20 10:00", "2026-03-20 12:00"),
    ]
    rules = STANDARD_RULES.plus(NeverBothRule())
    report = check(problem(days, ["F1", "F2"]), roster({"M1": "F1"}), rules)
    (conflict,) = why_not(report, "M2", "lead", "F2").conflicts
    assert conflict.rule == "never-both"
    answer = why_empty(report, "M2", "lead")
    assert (answer.kept_out, answer.free) == ((Fallen("never-both", ("F2",)),), ("F1",))
    (seat,) = empty_seats(report.problem, report.roster, rules)
    assert dict(seat.kept_out) == {"never-both": 1}


@pytest.mark.parametrize("seed", seeds(60))
def test_limits_that_do_not_look_wide_say_of_a_part_what_they_say_of_the_whole(seed: int) -> None:
    case = lively(seed).replace(pins=[])
    limits = [rule for kind in KINDS.values() if isinstance(rule := kind(), ConstraintRule) and not rule.looks_wide]
    rules, rng = RuleSet("limits", 1, tuple(limits)), random.Random(seed)
    rows = list[RosterRow]()
    tried = 0
    for seat in case.all_seats:
        if seat.meeting in case.frozen:
            continue
        row = RosterRow(meeting=seat.meeting, seat=seat.seat, facilitator=rng.choice(case.facilitators).facilitator)
        starts = [start for start, _ in case.open_times(case.meeting(seat.meeting))]
        chosen = [item.start for item in rows if item.meeting == seat.meeting]
        row = row.model_copy(update={"start": chosen[0] if chosen else rng.choice(starts) if starts else None})
        before = judge(case, Roster(rows=tuple(rows)), rules)
        after = judge(case, Roster(rows=(*rows, row)), rules)
        found = Trials(before.plan, rules.limits).broken(str(row.facilitator), seat, row.start)
        told = [item for item in found if item.severity == "violation"]
        fresh = [item for item in after.violations if item not in before.violations]
        assert {(item.rule, item.words) for item in told} == {(item.rule, item.words) for item in fresh}
        tried += 1
        if rng.random() < 0.7:
            rows.append(row)
    assert tried
