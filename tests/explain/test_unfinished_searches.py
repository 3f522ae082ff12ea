"""A search that ends without an answer proves nothing, also where the solver stops a little before its limit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from tests.builders import meeting, problem

from poolmatch import STANDARD_RULES, Report, solve, substitutes, why_empty, why_not
from poolmatch.explain.asking import beside, better, nearby_of
from poolmatch.explain.supply import Supply
from poolmatch.explain.why_empty import WhyEmpty
from poolmatch.explain.why_not import WhyNot
from poolmatch.explain.why_these import WhyThis
from poolmatch.solving.backends.cpsat import Answer, Search
from poolmatch.solving.running.budget import Budget

EVENING = meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00", priority=5)
SAME_EVENING = meeting("M2", "2026-03-05 20:00", "2026-03-05 22:00", priority=1)
CASE = problem(
    [EVENING, SAME_EVENING],
    ["F1", "F2"],
    skills=[{"facilitator": "F1", "skill": "deep", "level": 3}],
    requirements=[{"meeting": "M2", "seat": "lead", "skill": "deep", "level": 3}],
)


def unanswered(case: object, monkeypatch: pytest.MonkeyPatch) -> Report:
    """Return what is said of the best roster of a problem, from when on no search comes to anything."""
    report = solve(case).report  # type: ignore[arg-type]
    assert nearby_of(report).values is not None
    monkeypatch.setattr(Search, "minimise", lambda *_, **__: Answer(None, None, False))
    return report


def test_somebody_may_be_possible_there(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = why_not(unanswered(CASE, monkeypatch), "M1", "lead", "F1")
    assert (answer.instead, answer.settled) == (None, False)
    assert answer.words[-1].en == "No legal roster with F1 there was found in time."


def test_a_seat_may_be_fillable(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = why_empty(unanswered(problem([EVENING, SAME_EVENING], ["F1"]), monkeypatch), "M2", "lead")
    assert (answer.fillable, answer.reasons, answer.settled) == (None, (), False)


def test_a_substitute_may_be_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    found = substitutes(unanswered(CASE, monkeypatch), "M1", "lead")
    assert (found.impossible, found.unknown) == ((), ("F1",))


@pytest.mark.parametrize("bound", [None, 0])
def test_what_the_pool_can_fill_is_not_known_for_sure(bound: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def minimise(search: Search, *_: object) -> Answer:
        return Answer(None if bound is None else np.zeros(len(search.proto.variables), np.int64), bound, False)

    supply, budget = Supply(CASE, STANDARD_RULES, 1), Budget(60)
    monkeypatch.setattr(Search, "minimise", minimise)
    found = supply.most(budget)
    assert (found is None) == (bound is None)
    assert found is None or not found.settled
    assert budget.over


def test_a_worse_roster_that_is_found_later_does_not_take_the_place_of_a_better_one() -> None:
    report = solve(CASE).report
    worse = beside(report, solve(CASE.replace(pins=[{"meeting": "M1", "seat": "lead", "facilitator": "F1"}])).report)
    good = beside(report, report)
    assert better((worse, False), (good, True)) == (good, False)  # which was proven of fewer rosters only
    assert better((good, True), (worse, False)) == (good, True)
    assert better(None, (good, True)) == better((good, True), None) == (good, True)


# --- what is said of a roster that may not be the best ------------------------------------------------------


@pytest.mark.parametrize("settled", [True, False])
def test_what_is_not_proven_is_said_of_what_was_found_alone(settled: bool) -> None:
    report = solve(CASE).report
    worse = solve(CASE.replace(pins=[{"meeting": "M1", "seat": "lead", "facilitator": "F1"}])).report
    instead = beside(report, worse)
    answers: tuple[Callable[[], str], ...] = (
        lambda: WhyNot("F1", "M1", "lead", None, False, (), (), instead, settled).words[-1].en,
        lambda: WhyEmpty("M1", "lead", fillable=True, instead=instead, settled=settled).words[-1].en,
        lambda: WhyThis("F1", "M1", "lead", 1, instead, settled).words.en,
    )
    for say in answers:
        assert ("that was found" in say()) is not settled
        assert "1 points instead of 0" in say()
