"""Remedies ask the rules, also rules and edits of one's own; and on the samples they fill what an illness empties."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from tests.builders import facilitator, meeting, problem

from poolmatch import STANDARD_RULES, EligibilityRule, Words, check, read, read_roster, remedies, scenario, solve
from poolmatch.arrays import Bools, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.problem import Problem
from poolmatch.edits import Consent, ContinuityLoosened, Edit, ExternalAdded, LimitRaised, PersonOut
from poolmatch.edits.edit import Changes, with_altered
from poolmatch.rule import Cure
from poolmatch.testing import check_edit

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


@dataclass(frozen=True)
class ContractMade(Edit):
    """An edit of somebody's own: a contract is made for so many hours."""

    kind: ClassVar[str] = "contract"
    tables: ClassVar[tuple[str, ...]] = ("facilitators",)

    facilitator: str
    hours: int

    @property
    def words(self) -> Words:
        return Words("Give {who} a contract.", "Geef {who} een contract.", who=self.facilitator)

    @property
    def price(self) -> float:
        return 1.5

    def changes(self, problem: Problem) -> Changes:
        row = problem.facilitator(self.facilitator)
        if row.contract_hours is not None and row.contract_hours >= self.hours:
            return {}
        return {"facilitators": with_altered(problem.facilitators, row, contract_hours=self.hours)}


class ContractRule(EligibilityRule):
    """A rule of somebody's own: nobody without a contract."""

    id: ClassVar[str] = "contract"
    sentence: ClassVar[Words] = Words("Nobody without a contract.", "Niemand zonder contract.")

    def out(self, person: Person, occasions: Occasions) -> Bools:
        return np.full(len(occasions), person.row.contract_hours is None)

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        return Words("{who} has no contract.", "{who} heeft geen contract.", who=facilitator.facilitator)

    def cures(self, *about: Any) -> Iterator[Cure]:
        facilitator = about[1]
        yield (ContractMade(facilitator.facilitator, 8),)


def test_a_rule_of_ones_own_says_what_would_help() -> None:
    rules = STANDARD_RULES.plus(ContractRule())
    case = problem(facilitators=["F1", facilitator("F2", contract_hours=8, max_meetings=0)])
    check_edit(ContractMade("F1", 8), case, (ContractMade,))
    answer = remedies(solve(case, rules), "M1", "lead", most=9)
    assert [item.edits for item in answer.remedies] == [
        (ContractMade("F1", 8),),
        (LimitRaised("F2", "max_meetings", 1),),
    ]  # an external would have no contract


def test_who_comes_in_may_need_more_than_that() -> None:
    past = {"meeting": "P1", "facilitator": "F1", "role": "lead", "series": "S", "seat": "lead"}
    past |= {"start": "2026-02-05 09:00", "end": "2026-02-05 10:00"}
    case = problem(
        [meeting("M1", series="S")],
        [facilitator("F1", organisation="Town"), facilitator("F2", organisation="Town")],
        seats=[{"meeting": "M1", "seat": "lead", "role": "lead", "continuity": "same"}],
        history=[past],
    )
    answer = remedies(solve(case), "M1", "lead")
    assert [item.edits for item in answer.remedies] == [
        (ExternalAdded("extern-1", ("lead",)), ContinuityLoosened("S", "lead"))
    ]
    assert answer.remedies[0].price == 8


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir() if path.is_dir()))
def test_on_the_samples_what_an_illness_empties_has_remedies_that_fill_it(name: str) -> None:
    case = read(SAMPLES / name)
    before = check(case, read_roster(SAMPLES / f"{name}.hand-made.csv", case))
    held = [item for item in before.plan.assignments if item.seat.required and item.start is not None]
    person = held[0].facilitator.facilitator
    ill = scenario(case, PersonOut(person))
    left = before.roster.with_rows(lambda row: {"facilitator": None} if row.facilitator == person else {})
    report = check(ill, left)
    gone = next(item for item in held if item.facilitator.facilitator == person)
    answer = remedies(report, gone.meeting.meeting, gone.seat.seat, most=3, time_limit=20)
    assert answer.remedies
    for item in answer.remedies:
        assert item.report is not None
        after = check(scenario(ill, *item.edits), item.report.roster)
        assert after.roster.holder(gone.meeting.meeting, gone.seat.seat) not in (None, person)
        known = {(one.rule, one.words) for one in report.violations}
        assert all((one.rule, one.words) in known for one in after.violations)
        for edit in item.edits:
            assert not isinstance(edit, Consent) or edit.parties
