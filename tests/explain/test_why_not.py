"""Why somebody does not sit in a seat: the rules that object, what stands in the way, and what would be worse."""

from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, problem
from tests.rings import enough, seeds
from tests.solving.enumeration import judged_rosters
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, Report, UnknownId, check, solve, why_not, why_these
from poolmatch.explain import WhyNot

EVENING = meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00")
SAME_EVENING = meeting("M2", "2026-03-05 20:00", "2026-03-05 22:00")


def test_who_sits_there_is_told_so() -> None:
    answer = why_not(solve(problem()), "M1", "lead", "F1")
    assert answer.holds
    assert [item.en for item in answer.words] == ["F1 holds it."]


def test_every_rule_that_objects_is_told_with_its_evidence() -> None:
    people: list[str | Cells] = ["F1", facilitator("F2", organisation="Town", roles="scribe")]
    answer = why_not(solve(problem(facilitators=people)), "M1", "lead", "F2")
    assert [item.rule for item in answer.objections] == ["neutral", "role"]
    assert [item.waivable for item in answer.objections] == [True, False]
    assert "Town" in answer.objections[0].words.en
    assert answer.instead is None


def test_what_stands_in_the_way_is_told_and_what_would_be_worse() -> None:
    # F1 leads M2, which only F1 can; at M1 F2 does.
    case = problem(
        [EVENING, SAME_EVENING],
        ["F1", "F2"],
        skills=[{"facilitator": "F1", "skill": "deep", "level": 3}],
        requirements=[{"meeting": "M2", "seat": "lead", "skill": "deep", "level": 3}],
    )
    result = solve(case)
    assert result.roster.holder("M2", "lead") == "F1"
    answer = why_not(result, "M1", "lead", "F1")
    assert answer.objections == ()
    assert [item.rule for item in answer.conflicts] == ["no-double-booking"]
    assert answer.settled
    assert answer.instead is not None
    first = answer.instead.tiers[0]
    assert (first.tier, first.before, first.after) == (1, 0, 4)
    changes = {(item.meeting, item.before, item.after) for item in answer.instead.seats}
    assert changes == {("M1", "F2", "F1"), ("M2", "F1", None)}
    assert "4 points instead of 0" in answer.words[-1].en


def test_where_all_tiers_are_one_sum_what_is_worse_is_told_of_the_sum() -> None:
    case = problem(
        [EVENING, SAME_EVENING],
        ["F1", "F2"],
        skills=[{"facilitator": "F1", "skill": "deep", "level": 3}],
        requirements=[{"meeting": "M2", "seat": "lead", "skill": "deep", "level": 3}],
    )
    result = solve(case, STANDARD_RULES.weighted())
    assert result.weighted is not None
    answer, (without,) = why_not(result, "M1", "lead", "F1"), why_these(result, "F1").seats
    for comparison in (answer.instead, without.without):
        assert comparison is not None
        first = comparison.tiers[0]
        assert (first.tier, first.before) == (0, result.weighted.points)
        assert first.after > first.before
    assert "the weighted sum" in answer.words[-1].en


def test_equals_are_told_to_be_as_good() -> None:
    result = solve(problem(facilitators=["F1", "F2"]))
    other = "F2" if result.roster.holder("M1", "lead") == "F1" else "F1"
    answer = why_not(result, "M1", "lead", other)
    assert answer.settled
    assert answer.words[-1].en == f"{other} could sit there as well; the roster would be as good."


def test_where_no_legal_roster_has_them_it_is_proven() -> None:
    case = problem(facilitators=["F1", "F2"], pins=[{"meeting": "M1", "seat": "lead", "facilitator": "F1"}])
    answer = why_not(solve(case), "M1", "lead", "F2")
    assert (answer.instead, answer.settled) == (None, True)
    assert answer.words[-1].en == "No legal roster has F2 there."


def test_without_time_only_the_rules_are_asked() -> None:
    answer = why_not(solve(problem(facilitators=["F1", "F2"])), "M1", "lead", "F2", time_limit=0)
    assert (answer.instead, answer.settled) == (None, False)


@pytest.mark.parametrize(("meeting_", "seat", "who"), [("M9", "lead", "F1"), ("M1", "co", "F1"), ("M1", "lead", "F9")])
def test_what_does_not_exist_is_refused(meeting_: str, seat: str, who: str) -> None:
    with pytest.raises(UnknownId):
        why_not(solve(problem()), meeting_, seat, who)


@pytest.mark.parametrize(
    ("limit", "error"), [(-1, ValueError), (float("nan"), ValueError), (True, ValueError), ("1", TypeError)]
)
def test_a_time_that_is_none_is_refused(limit: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="time_limit must be a number of seconds"):
        why_not(solve(problem()), "M1", "lead", "F1", time_limit=limit)


def worth(report: Report) -> tuple[int, ...]:
    return tuple(tier.value for tier in report.tiers)


@pytest.mark.parametrize("seed", seeds(20))
def test_it_agrees_with_all_rosters_of_small_problems(seed: int) -> None:
    case = lively(seed)
    reports = [report for report in judged_rosters(case, STANDARD_RULES) if report.legal]
    result = solve(case, seed=seed)
    asked = settled = 0
    for row in result.roster.rows:
        if row.meeting in case.frozen:
            continue
        for person in case.facilitators:
            answer: WhyNot = why_not(result, row.meeting, row.seat, person.facilitator, time_limit=10)
            if answer.holds:
                continue
            there = [
                report
                for report in reports
                if any(
                    (item.meeting, item.seat, item.facilitator) == (row.meeting, row.seat, person.facilitator)
                    for item in report.roster.rows
                )
            ]
            asked += 1
            if answer.objections:
                continue
            assert answer.settled
            settled += 1
            if answer.instead is None:
                assert there == []
            else:
                best = min(map(worth, there))
                scales = [tier.scale for tier in check(case, result.roster).tiers]
                found = tuple(
                    round(item.after * scale) for item, scale in zip(answer.instead.tiers, scales, strict=True)
                )
                assert found == best
    assert asked
    assert settled >= enough(1)
