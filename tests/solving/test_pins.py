"""Pins: kept, refused, named when they clash, and forced."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from tests.builders import facilitator
from tests.builders import problem as world
from tests.rings import chunks, seeds_of

from poolmatch import STANDARD_RULES, Problem, ProblemError, RuleSet, Status, check, solve
from poolmatch.checking import input_issues
from poolmatch.report.text import summary
from poolmatch.rules.pinned import PinnedRule
from poolmatch.solving.backends.cpsat import Answer, Search, Settings
from poolmatch.solving.pins import clash as pins_module
from poolmatch.solving.pins.clash import smallest_clash
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget
from poolmatch.testing import random_problem

FORCED: RuleSet = STANDARD_RULES.plus(PinnedRule(force=True))


def month(pins: list[dict[str, Any]], starts: list[str], **person: Any) -> Problem:
    """Two people of a neutral organisation, a third who works for the party, and two-hour meetings."""
    employers = {"F1": "N", "F2": "N", "F3": "P"}
    return Problem(
        period={"name": "p", "start": "2026-03-01", "end": "2026-03-31", "timezone": "Europe/Amsterdam"},
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


def three_of_two(more: int = 0) -> Problem:
    """F1 is pinned to three meetings with at most two; others are pinned besides."""
    pins = [{"meeting": f"M{n}", "facilitator": "F1"} for n in (1, 2, 3)]
    pins += [{"meeting": f"M{n}", "facilitator": ""} for n in range(4, 4 + more)]
    return month(pins, [f"2026-03-{day:02} 10:00" for day in range(2, 5 + more)], max_meetings=2)


def nothing_found(*_: Any, **__: Any) -> Answer:
    return Answer(None, None, False)


@pytest.mark.parametrize("limit", [0, 1])
def test_what_no_search_could_tell_is_not_said(limit: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """No roster with the pins was found, nor a proof that there is none: no pins are named, nothing is proven."""
    monkeypatch.setattr(Search, "minimise", nothing_found)
    result = solve(three_of_two(), time_limit=limit)
    assert result.status is Status.UNKNOWN
    assert (result.clash, result.roster.filled) == ((), 0)
    assert not result.tiers[0].proven
    assert "time was up before a roster was found that keeps the pins" in summary(result, "en")
    assert "de tijd was om voordat een rooster met de vastgezette plaatsen" in summary(result, "nl")
    stop = threading.Event()
    stop.set()
    stopped = solve(three_of_two(), time_limit=limit, stop=stop)
    assert stopped.status is Status.CANCELLED
    assert (stopped.clash, stopped.roster.filled) == ((), 0)


def test_forced_pins_are_a_roster_by_themselves_when_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Search, "minimise", nothing_found)
    pins = [{"meeting": f"M{n}", "facilitator": "F1"} for n in (1, 2, 3)]
    result = solve(month(pins, [*DAYS, "2026-03-05 10:00"], max_meetings=2), FORCED, time_limit=1)
    assert result.status is Status.FEASIBLE
    assert [row.facilitator for row in result.roster.rows] == ["F1", "F1", "F1", None]
    assert all(tier.bound <= tier.value for tier in result.tiers)
    assert result.tiers[0].bound < result.tiers[0].value  # F2 could lead the fourth


@pytest.mark.parametrize("pins", [[], [{"meeting": "M2", "facilitator": "F1"}]])
def test_pins_are_a_roster_by_themselves_when_nothing_else_is_found(
    pins: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The quick start puts one person in three places at once."""
    monkeypatch.setattr(Prepared, "start", lambda self: np.ones(len(self.candidates), np.int64))
    monkeypatch.setattr(Search, "minimise", nothing_found)
    result = solve(month(pins, DAYS[:1] * 3), time_limit=1)
    assert result.status is Status.FEASIBLE
    assert [row.facilitator for row in result.roster.rows] == [None, "F1" if pins else None, None]
    assert all(tier.bound <= tier.value for tier in result.tiers)


def test_pins_that_clash_are_all_named_when_no_smaller_set_was_found_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late(Search):
        minimise = nothing_found

    monkeypatch.setattr(pins_module, "Search", Late)
    result = solve(three_of_two(more=1))
    assert result.status is Status.INFEASIBLE
    assert [pin.meeting for pin in result.clash] == ["M1", "M2", "M3", "M4"]


def limits_of_searches(monkeypatch: pytest.MonkeyPatch, after: Callable[[Answer], None]) -> list[float]:
    """Return a list of the limits of all searches from now on; after each of them something is done."""
    limits: list[float] = []
    search = Search.minimise

    def noted(self: Search, objective: Any, limit: float, *args: Any, **more: Any) -> Answer:
        limits.append(limit)
        answer = search(self, objective, limit, *args, **more)
        after(answer)
        return answer

    monkeypatch.setattr(Search, "minimise", noted)
    return limits


def test_rounds_for_a_smallest_clash_share_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a clock on which each search takes two seconds."""
    now = [100.0]
    limits = limits_of_searches(monkeypatch, lambda _: now.append(now[-1] + 2))
    prepared = Prepared.of(three_of_two(more=1))
    budget = Budget(20.0, clock=lambda: now[-1])
    clash = smallest_clash(prepared, Settings(1, 0, False), budget)
    assert clash is not None
    assert [pin.meeting for pin in clash] == ["M1", "M2", "M3"]
    assert len(limits) > 1
    assert limits == [20.0 - 2 * place for place in range(len(limits))]
    assert smallest_clash(prepared, Settings(1, 0, False), budget.at_most(3.0)) is None  # that is two searches


def test_rounds_for_a_smallest_clash_share_their_units(monkeypatch: pytest.MonkeyPatch) -> None:
    spent: list[float] = []
    limits = limits_of_searches(monkeypatch, lambda answer: spent.append(answer.spent))
    budget = Budget(20.0, deterministic=True)
    assert smallest_clash(Prepared.of(three_of_two()), Settings(1, 0, True), budget) is not None
    assert len(limits) > 1
    assert limits == pytest.approx([20.0 - sum(spent[:place]) for place in range(len(limits))])
    assert budget.left == pytest.approx(20.0 - sum(spent))


def test_how_long_pins_may_take_depends_on_no_clock_where_runs_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of both: by force they are kept in two searches, and without they clash, which takes some more."""
    pins = [{"meeting": f"M{n}", "facilitator": "F1"} for n in (1, 2, 3)]
    for rules in (STANDARD_RULES, FORCED):
        with monkeypatch.context() as patch:
            limits = limits_of_searches(patch, lambda _: None)
            for _ in range(2):
                solve(month(pins, DAYS, max_meetings=2), rules, time_limit=20, deterministic=True)
        assert len(limits) > 3
        half = len(limits) // 2
        assert limits[:half] == limits[half:], rules


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


def test_what_a_forced_pin_makes_possible_is_no_part_of_the_bound() -> None:
    """F1 left a meeting of the past at 21:00 and is pinned eleven hours too soon: the seat is filled, and proven so."""
    past = {
        "meeting": "old",
        "facilitator": "F1",
        "role": "lead",
        "start": "2026-02-28 19:00",
        "end": "2026-02-28 21:00",
    }
    problem = month([{"meeting": "M1", "facilitator": "F1"}], ["2026-03-01 07:00"]).replace(history=[past])
    for limit in (0, 60):
        result = solve(problem, FORCED, time_limit=limit)
        assert result.roster.holder("M1", "lead") == "F1"
        assert [finding.rule for finding in result.report.violations] == ["rest"]
        assert (result.tiers[0].value, result.tiers[0].bound) == (0, 0)


def team(pins: list[dict[str, Any]], **tables: Any) -> Problem:
    """Return one meeting on the 5th or the 12th with a lead, a co and a scribe; F1 takes all roles, F2 never leads."""
    people = [
        facilitator("F1", organisation="One", roles="lead;co;scribe"),
        facilitator("F2", organisation="Two", roles="co;scribe"),
        facilitator("F3", organisation="Three", roles="lead;co;scribe"),
    ]
    seats = [{"meeting": "M1", "seat": role, "role": role} for role in ("lead", "co", "scribe")]
    slots = [{"meeting": "M1", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in ("05", "12")]
    pins = [{"meeting": "M1", **pin} for pin in pins]
    return world([{"meeting": "M1"}], people, **{"seats": seats, "slots": slots, "pins": pins} | tables)


def days(case: Problem) -> dict[str, int]:
    """Return the day of March on which each seat is held, when pins are forced; pins are kept, also without time."""
    for limit in (0, 60):
        result = solve(case, FORCED, time_limit=limit)
        for pin in case.pins:
            assert result.roster.holder(pin.meeting, pin.seat) == pin.facilitator
    assert result.status is Status.OPTIMAL
    return {row.seat: row.start.day for row in result.roster.rows if row.start and row.facilitator}


def broken(case: Problem) -> list[str]:
    return [finding.rule for finding in solve(case, FORCED).report.violations]


def test_what_others_cure_is_no_violation_of_a_forced_pin() -> None:
    case = team([{"seat": "scribe", "facilitator": "F2"}])
    assert broken(case) == []
    assert solve(case, FORCED).seats == {"required": 3, "filled": 3}


def test_what_nobody_can_cure_is_a_violation_of_the_forced_pin_alone() -> None:
    # Nobody leads, so the pin breaks lead-first; F1 and F3 do not join them, for whom nothing was forced.
    nobody = [{"meeting": "M1", "seat": "lead", "skill": "x", "level": 1}]
    case = team([{"seat": "scribe", "facilitator": "F2"}], requirements=nobody)
    assert broken(case) == ["lead-first"]
    assert solve(case, FORCED).roster.filled == 1


def away(name: str, day: str) -> dict[str, str]:
    return {"facilitator": name, "start": f"2026-03-{day}", "end": f"2026-03-{day}", "kind": "unavailable"}


@pytest.mark.parametrize(("day", "other"), [("05", 12), ("12", 5)])
def test_a_forced_pin_without_a_slot_is_kept_where_its_facilitator_can(day: str, other: int) -> None:
    case = team([{"seat": "lead", "facilitator": "F1"}], availability=[away("F1", day)])
    assert set(days(case).values()) == {other}
    assert broken(case) == []


def test_a_forced_pin_with_a_slot_is_kept_there_though_its_facilitator_cannot() -> None:
    pin = {"seat": "lead", "facilitator": "F1", "slot_start": "2026-03-05 10:00"}
    case = team([pin], availability=[away("F1", "05")])
    assert set(days(case).values()) == {5}
    assert broken(case) == ["available"]


def test_forced_pins_without_a_slot_in_common_are_kept_at_one_time() -> None:
    # F1 can on the 12th only, F2 on the 5th only: one of them is where they cannot be, rather than the meeting at two.
    pins = [{"seat": "lead", "facilitator": "F1"}, {"seat": "scribe", "facilitator": "F2"}]
    case = team(pins, availability=[away("F1", "05"), away("F2", "12")])
    assert len(set(days(case).values())) == 1
    assert broken(case) == ["available"]


def test_forced_pins_to_two_slots_of_a_meeting_are_kept_and_reported() -> None:
    pins = [
        {"seat": "lead", "facilitator": "F1", "slot_start": "2026-03-05 10:00"},
        {"seat": "scribe", "facilitator": "F2", "slot_start": "2026-03-12 10:00"},
    ]
    assert solve(team(pins)).status is Status.INFEASIBLE
    held = days(team(pins))
    assert (held["lead"], held["scribe"]) == (5, 12)
    assert set(broken(team(pins))) == {"one-slot", "pinned"}


def test_no_pins_is_nothing_to_force() -> None:
    free, forced = (solve(team([]), rules, seed=3, workers=1) for rules in (STANDARD_RULES, FORCED))
    assert forced.report.legal
    assert [tier.value for tier in forced.tiers] == [tier.value for tier in free.tiers]


@pytest.mark.slow
@pytest.mark.parametrize("limit", [0, 60])
@pytest.mark.parametrize("chunk", chunks(3))
def test_forced_pins_of_any_kind_are_kept(chunk: int, limit: float) -> None:
    broken = kept = 0
    for seed in seeds_of(chunk, 60):
        programme = seed % 2 == 1
        meetings, seats = (3, 2) if programme else (5, 1)
        problem = random_problem(random.Random(seed), 4, meetings, seats, teams=programme, programme=programme)
        if any(issue.severity == "error" for issue in input_issues(problem, FORCED)):
            continue  # a spacing that no slots keep
        result = solve(problem, FORCED, workers=1, time_limit=limit)
        for pin in problem.pins:
            assert result.roster.holder(pin.meeting, pin.seat) == pin.facilitator, seed
            kept += pin.facilitator is not None
        held = {(row.meeting, row.seat): row.start for row in result.roster.rows if row.facilitator is not None}
        slots = {(pin.meeting, pin.seat): pin.slot_start for pin in problem.pins if pin.slot_start is not None}
        assert all(held.get(key, start) == start for key, start in slots.items()), seed
        pinned = {(pin.meeting, pin.facilitator) for pin in problem.pins}
        for finding in result.report.violations:
            of_pins = any((meeting, who) in pinned for meeting in finding.meetings for who in finding.facilitators)
            between_sessions = finding.rule == "one-slot" and not finding.facilitators
            assert of_pins or between_sessions, seed
        assert all(tier.bound <= tier.value for tier in result.tiers), seed
        if limit:
            assert result.status is Status.OPTIMAL, seed
        broken += not result.report.legal
    assert broken > 5
    assert kept > 10
