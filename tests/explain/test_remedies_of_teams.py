"""Seats that wait for another of their meeting, such as for one that leads: the two are filled together."""

import random

import pytest
from tests.builders import facilitator, meeting, problem
from tests.rings import seeds

from poolmatch import STANDARD_RULES, check, remedies, solve
from poolmatch.domain.people import Facilitator
from poolmatch.edits import ExternalAdded, RoleAdded
from poolmatch.testing import random_problem

LEAD, SCRIBE = ({"meeting": "M1", "seat": role, "role": role} for role in ("lead", "scribe"))


def test_who_could_take_a_seat_once_somebody_leads_does_so_with_a_lead() -> None:
    """F1 may note what is said and F2 nothing, so that nobody leads: F2 may learn to, or somebody comes in."""
    case = problem(
        [meeting("M1")], [facilitator("F1", roles="scribe"), facilitator("F2", roles="co")], seats=[LEAD, SCRIBE]
    )
    result = solve(case)
    answer = remedies(result, "M1", "scribe", time_limit=20)
    assert answer.seats == (("M1", "scribe"),)
    assert {item.edits for item in answer.remedies} >= {(RoleAdded("F2", "lead"),)}
    for item in answer.remedies:
        assert item.report is not None
        assert item.report.legal
        held = {seat: who for _, seat, who in item.holders}
        assert held.keys() == {"lead", "scribe"}
        assert item.edits[0].price > 0
    assert ("M1", "scribe", "F1") in answer.remedies[0].holders
    assert answer.words[1].en.endswith("takes seat lead of M1.")


def test_an_external_who_leads_lets_somebody_of_the_pool_take_the_seat() -> None:
    case = problem([meeting("M1")], [facilitator("F1", roles="scribe")], seats=[LEAD, SCRIBE])
    answer = remedies(solve(case), "M1", "scribe", time_limit=20)
    outside = [item for item in answer.remedies if [type(edit) for edit in item.edits] == [ExternalAdded]]
    assert [who for item in outside for _, seat, who in item.holders if seat == "scribe"] == ["F1"]


def test_a_seat_that_waits_for_nothing_is_filled_alone() -> None:
    """Somebody leads: that nobody notes what is said keeps nobody out of the seat of a co."""
    seats = [LEAD, SCRIBE, {"meeting": "M1", "seat": "co", "role": "co"}]
    result = solve(problem([meeting("M1")], [facilitator("F1"), facilitator("F2", roles="trainee")], seats=seats))
    answer = remedies(result, "M1", "co", time_limit=20)
    assert answer.remedies
    assert {seat for item in answer.remedies for _, seat, _ in item.holders} == {"co"}


@pytest.mark.parametrize("seed", seeds(6))
def test_more_people_never_mean_fewer_remedies_of_teams(seed: int) -> None:
    rng = random.Random(seed)
    case = random_problem(rng, people=2, meetings=2, seats=2, pins=False, teams=True)
    result = solve(case, seed=seed)
    one = Facilitator(facilitator="N1", name="N", organisation=rng.choice("AB"), roles=("co",))
    report = check(case.replace(facilitators=[*case.facilitators, one]), result.roster)
    required = [(seat.meeting, seat.seat) for seat in case.all_seats if seat.required]
    for key in [key for key in required if key not in result.report.plan.filled][:2]:
        before, after = (remedies(it, *key, most=20, time_limit=30) for it in (result, report))
        assert before.whole
        assert after.whole
        assert bool(after.remedies) >= bool(before.remedies)
        least = min((item.price for item in after.remedies), default=0)
        assert all(least <= item.price for item in before.remedies)


def test_rules_are_asked_what_can_be_cured_by_filling_more() -> None:
    """Without the rule that waits for a lead the seat is filled alone."""
    rules = STANDARD_RULES.without("lead-first")
    case = problem([meeting("M1")], [facilitator("F1", roles="co")], seats=[LEAD, SCRIBE])
    answer = remedies(solve(case, rules), "M1", "scribe", time_limit=20)
    assert answer.remedies
    assert all([seat for _, seat, _ in item.holders] == ["scribe"] for item in answer.remedies)
