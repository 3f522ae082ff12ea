"""Why somebody has so much work, and why this: by hand, and against all rosters of small problems."""

from typing import Any

import pytest
from tests.builders import meeting, problem
from tests.rings import enough, seeds
from tests.solving.enumeration import judged_rosters
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, Report, UnknownId, solve, why_these

TWO = [meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00"), meeting("M2", "2026-03-12 19:00", "2026-03-12 21:00")]


def test_who_is_the_only_one_is_told_so() -> None:
    answer = why_these(solve(problem(TWO, ["F1"])), "F1")
    assert [item.words.en for item in answer.seats] == [
        "M1, lead: nobody else is possible there.",
        "M2, lead: nobody else is possible there.",
    ]
    assert answer.words[0].en == "F1 works 4.0 hours in the period; a fair part is 4.0."
    assert answer.words[0].nl == "F1 werkt 4,0 uur in de periode; een eerlijk deel is 4,0."


def test_what_would_be_worse_without_somebody_is_told_with_points() -> None:
    # F2 alone can have the other meeting: two for F2 and none for F1 is unfair.
    able = [{"facilitator": "F2", "skill": "deep", "level": 3}]
    asked = [{"meeting": "M2", "seat": "lead", "skill": "deep", "level": 3}]
    result = solve(problem(TWO, ["F1", "F2"], skills=able, requirements=asked))
    (only,) = why_these(result, "F1").seats
    assert (only.others, only.settled) == (1, True)
    assert only.without is not None
    assert next(item.tier for item in only.without.tiers if item.before != item.after) == 5
    assert "fairness" in only.words.en
    assert "possible besides: 1" in only.words.en


def test_who_is_pinned_is_in_every_legal_roster() -> None:
    case = problem(TWO[:1], ["F1", "F2"], pins=[{"meeting": "M1", "seat": "lead", "facilitator": "F1"}])
    (only,) = why_these(solve(case), "F1").seats
    assert (only.without, only.settled) == (None, True)
    assert only.words.en == "M1, lead: every legal roster has F1 there."


def test_who_has_no_work_has_a_share_only() -> None:
    result = solve(problem(TWO[:1], ["F1", "F2"]))
    idle = "F2" if result.roster.holder("M1", "lead") == "F1" else "F1"
    answer = why_these(result, idle)
    assert answer.seats == ()
    assert len(answer.words) == 1


def test_equals_who_could_change_places_are_told_that_the_lot_decided() -> None:
    (only,) = why_these(solve(problem(TWO, ["F1", "F2"])), "F1").seats
    assert only.words.en.endswith("somebody else could do it as well; it was drawn by lot, or F1 was asked.")


def test_the_answer_names_nobody_else() -> None:
    for name in ("F1", "F2"):
        answer = why_these(solve(problem(TWO, ["F1", "F2"])), name)
        other = "F2" if name == "F1" else "F1"
        assert other not in str(answer.to_dict()) + " ".join(words.en for words in answer.words)


def test_who_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownId):
        why_these(solve(problem()), "F9")


@pytest.mark.parametrize(
    ("limit", "error"), [(-1, ValueError), (float("nan"), ValueError), (True, ValueError), ("1", TypeError)]
)
def test_a_time_that_is_none_is_refused(limit: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="time_limit must be a number of seconds"):
        why_these(solve(problem()), "F1", time_limit=limit)


def worth(report: Report) -> tuple[int, ...]:
    return tuple(tier.value for tier in report.tiers)


@pytest.mark.parametrize("seed", seeds(10))
def test_it_agrees_with_all_rosters_of_small_problems(seed: int) -> None:
    case = lively(seed)
    reports = [report for report in judged_rosters(case, STANDARD_RULES) if report.legal]
    result = solve(case, seed=seed)
    scales = [tier.scale for tier in result.tiers]
    seen = 0
    for person in case.facilitators:
        for item in why_these(result, person.facilitator, time_limit=60).seats:
            key = item.meeting, item.seat, person.facilitator
            rest = [
                worth(report)
                for report in reports
                if key not in {(row.meeting, row.seat, row.facilitator) for row in report.roster.rows}
            ]
            assert item.settled
            assert (item.without is None) == (not rest)
            if item.without is not None:
                pairs = zip(item.without.tiers, scales, strict=True)
                assert tuple(round(tier.after * scale) for tier, scale in pairs) == min(rest)
            seen += 1
    assert seen >= enough(1)
