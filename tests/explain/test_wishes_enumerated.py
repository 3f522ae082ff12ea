"""Why a wish was not granted, against all rosters of small problems: what is said of rosters, reasons and changes."""

import itertools
import math
import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest
from tests.explain.enumerated import Broken, fewest, judged, small
from tests.rings import chunks, seeds_of

from poolmatch import STANDARD_RULES, Problem, Report, scenario, solve, why_not_wish, wishes_of
from poolmatch.checking import input_issues
from poolmatch.domain.assignments import Placement
from poolmatch.domain.people import Preference
from poolmatch.explain import WhyNotWish
from poolmatch.explain.wishing import Wish
from poolmatch.solving.filling import with_needed, without

OWN = frozenset(rule.id for rule in STANDARD_RULES.eligibility)
MOST = 3000
"""So many rosters at most are gone through of an edited problem."""


def with_wishes(case: Problem, rng: random.Random) -> Problem:
    """Return a problem in which each has three wishes: about a meeting, about a party or region, about a day."""
    period = case.period
    days = [period.start + timedelta(days=place) for place in range((period.end - period.start).days + 1)]
    scores, times = [], []
    for person in case.facilitators:
        name = person.facilitator
        about = rng.choice([{"meeting": row.meeting} for row in case.meetings])
        other = rng.choice([{"organisation": row.organisation} for row in case.organisations])
        scores += [{"facilitator": name, "score": rng.choice([-8, -3, 4, 9]), **what} for what in (about, other)]
        first = rng.choice(days)
        last = rng.choice([day for day in days if day >= first])
        times.append({"facilitator": name, "start": first, "end": last, "kind": rng.choice(["prefer", "avoid"])})
    return case.replace(preferences=scores, availability=[*case.availability, *times])


def about(report: Report, wish: Wish) -> set[str]:
    """Return the meetings in which somebody has work that a wish is about: by the tables alone."""
    problem, name = report.problem, wish.facilitator
    found = set()
    for item in report.plan.work_of.get(name, ()):
        row = item.meeting
        if isinstance(wish, Preference):
            parties = {stake.organisation for stake in problem.stakes_of(row.meeting)}
            told = (wish.meeting, wish.theme, wish.region), (row.meeting, row.theme, row.region)
            same = any(one is not None and one == other for one, other in zip(*told, strict=True))
            there = same or wish.organisation in parties
        elif not isinstance(item, Placement):
            there = False
        else:
            opens, closes = item.occupied
            (start, end), rows = next(iter(wish.spans(problem.period))), problem.about(name, "availability")
            there = start < closes and opens < end
            if wish.kind == "prefer":
                spans = [span for other in rows if other.kind == "prefer" for span in other.spans(problem.period)]
                there = there and covered(opens, closes, spans)
        found |= {row.meeting} if there else set()
    return found


def covered(opens: object, closes: object, spans: Sequence[tuple[object, object]]) -> bool:
    """Tell whether one of some spans covers another; here each has one."""
    return any(start <= opens and closes <= end for start, end in spans)  # type: ignore[operator]


def wants(wish: Wish) -> bool:
    return wish.score > 0 if isinstance(wish, Preference) else wish.kind == "prefer"


def grants(report: Report, wish: Wish) -> bool:
    return bool(about(report, wish)) == wants(wish)


def worth(report: Report) -> tuple[int, ...]:
    return tuple(item.value for item in report.tiers)


def out_elsewhere(report: Report, wish: Wish) -> bool:
    """Tell whether somebody is put out by themselves of anything but what the wish asks for."""
    free = about(report, wish) if wants(wish) else set()
    out = (item for item in report.violations if item.rule in OWN)
    return any(item.facilitators != (wish.facilitator,) or item.meetings[0] not in free for item in out)


def right_about(kept: frozenset[str], filled: Sequence[frozenset[str]], needs: bool) -> None:
    """See that some reasons are touched by whatever grants the wish, that each is needed, and that they are the fewest.

    Parameters
    ----------
    kept
        The reasons.
    filled
        What each roster breaks that grants it.
    needs
        Whether they are rules, which may need one another.
    """
    assert all(kept & item for item in filled)
    for name in kept:
        left = without(STANDARD_RULES, kept, name) if needs else kept - {name}
        assert any(left.isdisjoint(item) for item in filled)
    if not needs or all(with_needed(STANDARD_RULES, [name]) == {name} for name in kept):
        assert len(kept) == fewest(filled)


def right_about_rules(answer: WhyNotWish, granting: Sequence[Broken]) -> None:
    """See that rules are told that see to it; what others may not do, and the past, are taken as they are."""
    there = [item for item in granting if not out_elsewhere(item[0], answer.wish)]
    filled = [broken for _, broken in there if "past" not in broken]
    kept = frozenset(str(item.rule) for item in answer.reasons)
    assert bool(kept) == bool(filled)
    if kept:
        right_about(kept, filled, needs=True)


def right_about_tiers(answer: WhyNotWish, now: Report, granting: Sequence[Broken]) -> None:
    assert answer.instead is not None
    best = min(worth(report) for report, broken in granting if not broken)
    assert [round(item.after * tier.scale) for item, tier in zip(answer.instead.tiers, now.tiers, strict=True)] == list(
        best
    )
    if best == worth(now):
        assert answer.reasons == ()
        return
    first = next(place for place, (old, new) in enumerate(zip(worth(now), best, strict=True)) if old != new)
    limits = frozenset(rule.id for rule in STANDARD_RULES.limits)
    filled = []
    for report, broken in granting:
        if broken & limits or out_elsewhere(report, answer.wish):
            continue
        pairs = list(zip(now.tiers, report.tiers, strict=True))[: first + 1]
        filled.append(broken | {f"tier {old.tier:g}" for old, new in pairs if new.value > old.value})
    kept = frozenset(f"tier {item.tier:g}" if item.rule is None else item.rule for item in answer.reasons)
    assert kept
    right_about(kept, filled, needs=False)


def really_grants(answer: WhyNotWish, case: Problem) -> int:
    """See that each change makes every best roster grant the wish, where all rosters can be gone through."""
    seen = 0
    sets = [frozenset(item.edits) for item in answer.changes]
    assert not any(one < other for one, other in itertools.permutations(sets, 2))
    assert [item.price for item in answer.changes] == sorted(item.price for item in answer.changes)
    for item in answer.changes:
        edited = scenario(case, *item.edits)
        assert not [issue for issue in input_issues(edited, STANDARD_RULES) if issue.severity == "error"]
        slots = [len(edited.times(edited.meeting(seat.meeting))) or 1 for seat in edited.all_seats]
        if math.prod(1 + len(edited.facilitators) * number for number in slots) > MOST:
            continue
        legal = [report for report, broken in judged(edited) if not broken]
        best = min(map(worth, legal))
        assert all(grants(report, answer.wish) for report in legal if worth(report) == best)
        assert [round(t.after * s.scale) for t, s in zip(item.effect.tiers, legal[0].tiers, strict=True)] == list(best)
        seen += 1
    return seen


def asked(seed: int) -> Counter[str]:
    """Ask why each wish of somebody was not granted, see that the answers are true, and return how often what was told.

    Parameters
    ----------
    seed
        Of the problem.
    """
    told = Counter[str]()
    rng = random.Random(seed)
    case = with_wishes(small(seed), rng)
    if any(issue.severity == "error" for issue in input_issues(case, STANDARD_RULES)):
        return told
    result = solve(case, seed=seed, workers=1)
    if not result.report.legal:
        return told  # pins that clash
    reports = judged(case)
    for wish in wishes_of(case, rng.choice(case.facilitators).facilitator):
        answer = why_not_wish(result, wish.facilitator, wish, time_limit=60, most=2)
        assert answer.granted == grants(result.report, wish)
        if answer.granted:
            assert (answer.grantable, answer.reasons, answer.changes) == (None, (), ())
            continue
        granting = [item for item in reports if grants(item[0], wish)]
        assert answer.settled
        assert answer.grantable == any(not broken for _, broken in granting)
        if answer.grantable:
            right_about_tiers(answer, result.report, granting)
            told["worse"] += bool(answer.reasons)
        else:
            right_about_rules(answer, granting)
            told["never"] += 1
        told["changes"] += really_grants(answer, case)
        assert all(words.say("nl") for words in answer.words)
    return told


@pytest.mark.parametrize("chunk", chunks(2))
def test_what_is_said_of_wishes_is_true_of_all_rosters(chunk: int) -> None:
    told = sum(map(asked, seeds_of(chunk, 15)), Counter[str]())
    assert all(told[name] >= 1 for name in ("never", "worse", "changes"))
