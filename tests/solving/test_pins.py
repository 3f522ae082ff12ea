"""Pins: kept, refused, named when they clash, and forced."""

from __future__ import annotations

import random
from typing import Any

import pytest

from poolmatch import STANDARD_RULES, Problem, ProblemError, RuleSet, Status, check, solve
from poolmatch.rules.pinned import PinnedRule
from poolmatch.testing import random_problem

FORCED: RuleSet = STANDARD_RULES.plus(PinnedRule(force=True))


def month(pins: list[dict[str, Any]], starts: list[str], **person: Any) -> Problem:
    """Two people of a neutral organisation, a third who works for the party, and two-hour meetings."""
    employers = {"F1": "N", "F2": "N", "F3": "P"}
    return Problem(
        period={"name": "p", "start": "2026-03-01", "end": "2026-04-01", "timezone": "Europe/Amsterdam"},
        organisations=[{"organisation": name, "name": name} for name in "NP"],
        facilitators=[
            {"facilitator": name, "name": name, "organisation": employer, **person}
            for name, employer in employers.items()
        ],
        meetings=[
            {"meeting": f"M{n}", "start": start, "end": start[:11] + f"{int(start[11:13]) + 2:02}:00"}
            for n, start in enumerate(starts, 1)
        ],
        stakes=[{"meeting": f"M{n}", "organisation": "P", "grade": "decider"} for n in range(1, len(starts) + 1)],
        seats=[{"meeting": f"M{n}", "seat": "lead", "role": "lead"} for n in range(1, len(starts) + 1)],
        pins=[{"seat": "lead", **pin} for pin in pins],
    )


DAYS = ["2026-03-02 10:00", "2026-03-03 10:00", "2026-03-04 10:00"]


def test_pins_are_kept() -> None:
    pins = [{"meeting": "M1", "facilitator": "F2"}, {"meeting": "M2", "facilitator": ""}]
    result = solve(month(pins, DAYS))
    assert result.status is Status.OPTIMAL
    assert result.roster.holder("M1", "lead") == "F2"
    assert result.roster.holder("M2", "lead") is None
    assert result.roster.holder("M3", "lead") is not None


def test_28_a_pin_that_breaks_a_rule_is_refused_with_the_rule() -> None:
    problem = month([{"meeting": "M1", "facilitator": "F3"}], DAYS)
    for work in (lambda: solve(problem), lambda: check(problem, solve(problem.replace(pins=())).roster)):
        with pytest.raises(ProblemError) as error:
            work()
        (issue,) = error.value.errors
        assert (issue.table, issue.rows, issue.column) == ("pins", (1,), "facilitator")
        assert issue.reason.startswith("breaks the rule neutral: F3 is not neutral: works for P (decider): blocked")
        assert "force" in issue.remedy


def test_29_pins_that_overlap_are_refused_with_the_rule() -> None:
    pins = [{"meeting": "M1", "facilitator": "F1"}, {"meeting": "M2", "facilitator": "F1"}]
    problem = month(pins, ["2026-03-02 10:00", "2026-03-02 11:00"])
    with pytest.raises(ProblemError) as error:
        solve(problem)
    (issue,) = error.value.errors
    assert issue.rows == (1, 2)
    assert "no-double-booking" in issue.reason


def test_pins_that_clash_only_together_are_named_as_few_as_possible() -> None:
    """Three pins of F1 with at most two meetings clash; the pin of F2 and the empty one have no part in it."""
    pins = [
        {"meeting": "M1", "facilitator": "F1"},
        {"meeting": "M2", "facilitator": "F1"},
        {"meeting": "M3", "facilitator": "F1"},
        {"meeting": "M4", "facilitator": "F2"},
        {"meeting": "M5", "facilitator": ""},
    ]
    problem = month(pins, [*DAYS, "2026-03-05 10:00", "2026-03-06 10:00"], max_meetings=2)
    result = solve(problem)
    assert result.status is Status.INFEASIBLE
    assert [pin.meeting for pin in result.clash] == ["M1", "M2", "M3"]
    assert result.roster.filled == 0
    assert len(result.roster.rows) == 5
    assert [item["meeting"] for item in result.to_dict()["clash"]] == ["M1", "M2", "M3"]


def test_of_two_clashes_the_smaller_is_named() -> None:
    """F1 is pinned to three meetings with at most two; F2 to two with 10 hours of rest between them."""
    pins = [{"meeting": f"M{n}", "facilitator": "F1"} for n in (1, 2, 3)]
    pins += [{"meeting": f"M{n}", "facilitator": "F2"} for n in (4, 5)]
    starts = [*DAYS, "2026-03-09 20:00", "2026-03-10 08:00"]
    result = solve(month(pins, starts, max_meetings=2))
    assert result.status is Status.INFEASIBLE
    assert [pin.meeting for pin in result.clash] == ["M4", "M5"]


def test_a_clash_is_found_without_time_too() -> None:
    pins = [{"meeting": f"M{n}", "facilitator": "F1"} for n in (1, 2, 3)]
    assert solve(month(pins, DAYS, max_meetings=2), time_limit=0).status is Status.INFEASIBLE


def test_forced_pins_are_kept_and_reported() -> None:
    pins = [{"meeting": "M1", "facilitator": "F3"}, {"meeting": "M2", "facilitator": "F1"}]
    problem = month(pins, DAYS)
    result = solve(problem, FORCED)
    assert result.roster.holder("M1", "lead") == "F3"
    assert result.roster.holder("M2", "lead") == "F1"
    assert result.roster.holder("M3", "lead") in {"F1", "F2"}
    assert [finding.rule for finding in result.report.violations] == ["neutral"]
    assert result.status is Status.OPTIMAL


def test_forced_pins_are_kept_without_time_too() -> None:
    result = solve(month([{"meeting": "M1", "facilitator": "F3"}], DAYS), FORCED, time_limit=0)
    assert result.roster.holder("M1", "lead") == "F3"
    assert [finding.rule for finding in result.report.violations] == ["neutral"]


def test_forced_pins_excuse_nothing_else() -> None:
    """F1 is forced beyond the limit of one meeting: no third is added, though seats stay empty."""
    pins = [{"meeting": "M1", "facilitator": "F1"}, {"meeting": "M2", "facilitator": "F1"}]
    problem = month(pins, [*DAYS, "2026-03-05 10:00"], max_meetings=1)
    result = solve(problem, FORCED)
    held = [row.meeting for row in result.roster.rows if row.facilitator == "F1"]
    assert held == ["M1", "M2"]
    assert [finding.rule for finding in result.report.violations] == ["max-meetings"]
    assert result.seats == {"required": 4, "filled": 3}


def test_forced_overlap() -> None:
    pins = [{"meeting": "M1", "facilitator": "F1"}, {"meeting": "M2", "facilitator": "F1"}]
    problem = month(pins, ["2026-03-02 10:00", "2026-03-02 11:00", "2026-03-02 11:00"])
    result = solve(problem, FORCED)
    assert {finding.rule for finding in result.report.violations} == {"no-double-booking"}
    assert result.roster.holder("M3", "lead") == "F2"


@pytest.mark.parametrize("chunk", range(6))
def test_forced_pins_of_any_kind_are_kept(chunk: int) -> None:
    broken = 0
    for seed in range(chunk * 40, (chunk + 1) * 40):
        problem = random_problem(random.Random(seed), people=4, meetings=5)
        result = solve(problem, FORCED, workers=1)
        for pin in problem.pins:
            assert result.roster.holder(pin.meeting, pin.seat) == pin.facilitator, seed
        pinned = {(pin.meeting, pin.facilitator) for pin in problem.pins}
        for finding in result.report.violations:
            assert any((meeting, who) in pinned for meeting in finding.meetings for who in finding.facilitators), seed
        broken += not result.report.legal
    assert broken
