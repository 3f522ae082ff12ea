"""Why nobody holds a seat, against all rosters of small problems: what is said of rules and rosters is so."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.explain.enumerated import fewest, judged, small
from tests.rings import enough, seeds
from tests.solving.optima import STRICTER
from tests.solving.programmes import programme

from poolmatch import (
    STANDARD_RULES,
    Problem,
    Report,
    Roster,
    check,
    read,
    read_roster,
    why_empty,
    why_empty_all,
)
from poolmatch.checking import broken_rules, judge
from poolmatch.explain import WhyEmpty
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.filling import only, with_needed, without
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.stopping import Stop

FOLDER = Path(__file__).resolve().parents[2] / "data" / "samples"
SAMPLES = sorted(path for path in FOLDER.iterdir() if path.is_dir())


def right_about_rules(answer: WhyEmpty, case: Problem, filled: Sequence[frozenset[str]]) -> None:
    """See that the reasons keep the seat empty together, that each is needed, and that they are as few as can be."""
    kept = frozenset(item.rule for item in answer.reasons)
    assert all(kept & item for item in filled)
    for reason in answer.reasons:
        left = without(STANDARD_RULES, kept, reason.rule)
        assert any(left.isdisjoint(item) for item in filled)
        shown = judge(case, reason.roster, STANDARD_RULES)
        assert shown.roster.holder(answer.meeting, answer.seat) is not None
        assert left.isdisjoint(item.rule for item in shown.violations)
    if all(with_needed(STANDARD_RULES, [name]) == {name} for name in kept):
        assert len(kept) == fewest(filled)
    if kept <= {rule.id for rule in STANDARD_RULES.eligibility}:
        assert {item.facilitator for item in answer.evidence} == case.facilitator_ids


def worth(report: Report) -> tuple[float, ...]:
    return tuple(item.points for item in report.tiers)


@pytest.mark.parametrize("seed", seeds(40, least=8))
def test_what_is_said_of_an_empty_seat_is_true_of_all_rosters(seed: int) -> None:
    case = small(seed)
    reports = judged(case)
    legal = [report for report, broken in reports if not broken]
    if not legal:
        return  # pins that clash
    report = random.Random(seed).choice(legal)
    for seat in case.all_seats:
        if report.roster.holder(seat.meeting, seat.seat) is not None:
            continue
        there = [item for item in reports if item[0].roster.holder(seat.meeting, seat.seat) is not None]
        answer = why_empty(report, seat.meeting, seat.seat, time_limit=30)
        assert answer.settled
        assert answer.fillable == any(not broken for _, broken in there)
        if answer.fillable:
            assert answer.instead is not None
            best = min(worth(item) for item, broken in there if not broken)
            assert tuple(item.after for item in answer.instead.tiers) == pytest.approx(best)
            assert answer.reasons == ()
        elif there:
            assert answer.reasons
            right_about_rules(answer, case, [broken for _, broken in there])


@pytest.mark.parametrize("seed", seeds(10, least=4))
def test_what_is_said_of_all_seats_at_once_is_true_too(seed: int) -> None:
    case = small(seed)
    reports = judged(case)
    legal = [report for report, broken in reports if not broken]
    if not legal:
        return
    report = random.Random(seed).choice(legal)
    for answer in why_empty_all(report, time_limit=60):
        there = [item for item in reports if item[0].roster.holder(answer.meeting, answer.seat) is not None]
        assert answer.fillable == any(not broken for _, broken in there)
        if answer.fillable:
            assert answer.instead is not None
            worths = {worth(item) for item, broken in there if not broken}
            after = tuple(item.after for item in answer.instead.tiers)
            assert any(after == pytest.approx(item) for item in worths)
        elif there:
            right_about_rules(answer, case, [broken for _, broken in there])


@pytest.mark.parametrize("seed", seeds(6, least=3))
def test_rules_that_say_less_where_there_are_more_are_reasons_too(seed: int) -> None:
    """An external may sit where nobody of the pool can: whether somebody can is a matter of other rules."""
    case = programme(5 * seed, 3, 2, 2)
    reports = judged(case, STRICTER)
    report = random.Random(seed).choice([report for report, broken in reports if not broken])
    for seat in case.all_seats:
        if report.roster.holder(seat.meeting, seat.seat) is None:
            there = [item for item in reports if item[0].roster.holder(seat.meeting, seat.seat) is not None]
            answer = why_empty(report, seat.meeting, seat.seat, time_limit=30)
            assert answer.fillable == any(not broken for _, broken in there)
            for reason in answer.reasons:
                left = without(STRICTER, {item.rule for item in answer.reasons}, reason.rule)
                assert not broken_rules(case, reason.roster, only(STRICTER, left), report.world)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_in_every_sample_the_reasons_are_reasons(sample: Path) -> None:
    case = read(sample)
    report = check(case, read_roster(sample.with_name(f"{sample.name}.hand-made.csv"), case))
    for answer in why_empty_all(report):
        assert answer.fillable is not None
        kept = frozenset(item.rule for item in answer.reasons)
        for reason in answer.reasons:
            left = without(STANDARD_RULES, kept, reason.rule)
            assert reason.roster.holder(answer.meeting, answer.seat) is not None
            assert not broken_rules(case, reason.roster, only(STANDARD_RULES, left), report.world)
        if not answer.fillable:
            assert kept
            asked = Prepared(report.world, only(STANDARD_RULES, kept)).filling(answer.meeting, answer.seat)
            settings = Settings(1, 0, deterministic=False)
            assert Search(asked.system, settings).minimise(None, 60.0, Stop(None)).infeasible


def test_what_is_drawn_has_reasons_of_many_kinds() -> None:
    found = set[tuple[str, ...]]()
    for seed in seeds(30, least=8):
        case = small(seed)
        report = judge(case, Roster(), STANDARD_RULES)
        if report.legal:
            found |= {tuple(item.rule for item in answer.reasons) for answer in why_empty_all(report)}
    assert len(found) >= enough(3)
