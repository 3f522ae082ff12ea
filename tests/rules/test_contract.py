"""The contract of a rule, held against every rule."""

import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from tests.neutrality.policies import INSIDERS
from tests.rings import drawn_once, enough, scaled
from tests.rules.decided import with_favours, with_insiders
from tests.rules.faces import with_faces
from tests.rules.off_hours import with_evenings, with_weekends
from tests.rules.on_the_road import with_limits_of_km

from poolmatch import EligibilityRule, Finding, PreferenceRule, Problem
from poolmatch.arrays import Bools, Occasions, Person
from poolmatch.domain.employers import employers
from poolmatch.domain.plan import Plan
from poolmatch.domain.presence import days_present, leaves
from poolmatch.domain.steps import Step
from poolmatch.domain.travel import Travel
from poolmatch.rule import Rule
from poolmatch.rules import ALL_RULES
from poolmatch.rules.external_last import ExternalLastRule
from poolmatch.rules.known_faces import KnownFacesRule
from poolmatch.rules.quid_pro_quo import QuidProQuoRule
from poolmatch.rules.travel_budget import TravelBudgetRule
from poolmatch.rules.travel_share import TravelShareRule
from poolmatch.testing import check_rule, random_problem, tiny_problems

SAMPLES, BUSY = scaled(70), scaled(20)
"""Problems of ordinary meetings, and of long ones that follow one another."""
PROGRAMMES, FEWER = scaled(80), scaled(12)
"""Problems with teams, series, slots and duties: so many for a rule that speaks of those, fewer for any other."""
OF_PROGRAMMES = {
    *("team-mix", "lead-first", "pairing", "same-team", "one-slot", "one-duty", "team-skills", "external-last"),
    *("keep-published", "continuity", "practice", "optional-seats", "cost", "balanced-team", "quid-pro-quo"),
    *("team-limit", "growth", "growth-step", "practice-window", "known-faces"),
}
STEPS = (
    Step(role="co", needs="observer", times=1, within_days=2),
    Step(role="lead", needs="co", times=1),
    Step(role="mentor", needs="lead", times=2, within_days=4),
)
PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    "exposure-cap": {"cap": 1, "window_days": 3},
    "balanced-team": {"policy": INSIDERS},
    "max-on-end": {"days": 1, "weekends": 1},
    "weekend": {"also": (date(2026, 3, 30),)},
    "growth": {"steps": STEPS},
    "growth-step": {"steps": STEPS},
    "practice-window": {"meetings": 2, "hours": 3.01, "window_days": 7, "series_once": True},
    "travel-share": {"step_km": 10},
    "one-trip": {"near_km": 20, "together": 2},
}
"""Of rules that are off unless they are given some, or have little to say of so small problems."""
OF_JOURNEYS = ("travel-budget", "travel-share", "one-trip")
"""Rules on what people travel on a day: of their problems every other has its meetings on one."""
LEAST = enough(25)
"""How often each verdict must occur in a sample, so that a rule that always says the same is found out."""


def with_ledger(case: Problem, seed: int) -> Problem:
    """Return a problem in which some organisations have an opening balance, about the steps of 8 and 24 hours."""
    rng = random.Random(seed)
    rows = [
        {
            "organisation": name,
            "hours_given": rng.choice([0, 6, 7.55, 22, 26]),
            "hours_received": rng.choice([0, 2, 24]),
        }
        for name in (row.organisation for row in case.organisations)
        if rng.random() < 0.5
    ]
    return case.replace(ledger=rows)


def with_limits(case: Problem, seed: int) -> Problem:
    """Return a problem in which teams may have so many people with a skill at most."""
    rng = random.Random(seed)
    skills, limits = ("intake", "listening"), []
    for name, skill in itertools.product((row.meeting for row in case.meetings), skills):
        if rng.random() < 0.6:
            row = {"meeting": name, "skill": skill, "level": rng.randint(1, 3), "kind": "at_most"}
            limits.append(row | {"number": rng.choice([0, 0, 1])})
    return case.replace(requirements=[*case.requirements, *limits])


def with_past_roles(case: Problem, seed: int) -> Problem:
    """Return a problem in which people did work of several roles in the days before, and now and then in the period."""
    rng = random.Random(seed)
    rows = []
    for row in case.facilitators:
        for number in range(rng.randrange(3)):
            start = datetime(2026, 3, rng.choice([22, 23, 25, 25, 26, 26, 28]), 17, 30, tzinfo=UTC)
            times = {"start": start, "end": start + timedelta(minutes=rng.choice([45, 60, 91]))}
            role = rng.choice(["observer", "observer", "co", "lead", "mentor"])
            about = {"meeting": f"before {row.facilitator} {number}", "facilitator": row.facilitator, "role": role}
            rows.append(about | times)
    old = [row for row in case.history if not row.meeting.startswith("past ") or rng.random() < 0.4]
    return case.replace(history=[*old, *rows])


EXTENDED: Mapping[str, Callable[[Problem, int], Problem]] = {
    "reciprocity": with_ledger,
    "balanced-team": with_insiders,
    "quid-pro-quo": with_favours,
    "max-evenings": with_evenings,
    "max-on-end": with_weekends,
    "weekend": with_weekends,
    "team-limit": with_limits,
    **dict.fromkeys(("growth", "growth-step", "practice-window"), with_past_roles),
    "known-faces": with_faces,
    "travel-budget": with_limits_of_km,
}
"""Of rules that read what few problems have: makes a problem that has it, by a seed."""


def sample(rule: str) -> Iterator[tuple[Problem, bool]]:
    """Yield problems, and whether to try several people in one seat."""
    for seed, (case, crowded) in enumerate(ordinary(rule)):
        yield EXTENDED[rule](case, seed) if rule in EXTENDED else case, crowded


def ordinary(rule: str) -> Iterator[tuple[Problem, bool]]:
    """Yield problems as they are for most rules."""
    pins, crowded = rule == "pinned", rule == "one-per-seat"
    if rule == "past":
        yield from ((case, False) for case in halfway(SAMPLES))
    elif rule not in OF_PROGRAMMES:
        yield from ((case, crowded) for case in plain(crowded, pins, rule in OF_JOURNEYS, rule == "travel-gap"))
        yield from ((case, False) for case in busy())
    count = PROGRAMMES if rule in OF_PROGRAMMES | {"wishes", "no-double-booking"} else FEWER
    yield from ((case, crowded and seed % 2 > 0) for seed, case in enumerate(programmes(pins)[:count]))


# Most rules have the same problems, each drawn once: so what the contract works out for one rule, it has for all.


@drawn_once
def programmes(pins: bool) -> Sequence[Problem]:
    """Return problems with teams, series, slots and duties: single seats where the seed is odd, teams where even."""
    return [drawn(random.Random(seed), seed, 2, pins, teams=True, programme=True) for seed in range(PROGRAMMES)]


@drawn_once
def halfway(count: int, pins: bool = False) -> Sequence[Problem]:
    """Return problems of which a part lies before today: single seats, teams, and programmes."""
    cases = []
    for seed in range(count):
        programme = seed % 3 > 0
        teams = seed % 2 == 0 or programme
        cases.append(drawn(random.Random(seed), seed, 2, pins, teams=teams, programme=programme, past=True))
    return cases


@drawn_once
def halfway_with(extend: Callable[[Problem, int], Problem], pins: bool) -> Sequence[Problem]:
    """Return such problems with something more."""
    return [extend(case, seed) for seed, case in enumerate(halfway(HALFWAY, pins))]


@drawn_once
def plain(
    crowded: bool = False, pins: bool = False, journeys: bool = False, close_together: bool = False
) -> Sequence[Problem]:
    """Return problems of three single seats or two teams of two.

    Parameters
    ----------
    crowded
        Whether several people in one seat are to be tried: then there are fewer people in teams.
    pins
        Whether seats may be pinned.
    journeys
        Whether every other problem has its meetings on one day.
    close_together
        Whether all have, some of them online.
    """
    cases = []
    for seed in range(SAMPLES):
        rng = random.Random(seed)
        case = drawn(rng, seed, 2 if crowded and seed % 2 == 0 else 3, pins, teams=seed % 3 == 0)
        if close_together or (journeys and seed % 2):
            case = one_after_another(case, rng)
        cases.append(on_the_road(case, rng) if close_together else case)
    return cases


@drawn_once
def busy() -> Sequence[Problem]:
    """Return problems of long meetings that follow one another."""
    cases = []
    for seed in range(BUSY):
        rng = random.Random(seed)
        cases.append(one_after_another(random_problem(rng, pins=False), rng, 5, (180, 300, 420)))
    return cases


def drawn(rng: random.Random, seed: int, people: int, pins: bool, **shape: bool) -> Problem:
    """Return a problem of three single seats, or of two teams of two."""
    meetings, seats = (3, 1) if seed % 2 else (2, 2)
    return random_problem(rng, people, meetings, seats, pins, **shape)


def one_after_another(
    case: Problem, rng: random.Random, hour: int = 18, minutes: Sequence[int] = (30, 60, 90)
) -> Problem:
    """Return a problem with its meetings close together, on 28 March from an hour on, and the night after."""
    start = datetime(2026, 3, 28, hour, tzinfo=UTC)
    rows = []
    for row in case.meetings:
        end = start + timedelta(minutes=rng.choice(minutes))
        rows.append(row.model_copy(update={"start": start, "end": end, "setup_minutes": rng.choice([0, 0, 10])}))
        start = end + timedelta(minutes=rng.choice([-15, 0, 10, 20, 25, 30, 45]))
    return case.replace(meetings=rows)


def on_the_road(case: Problem, rng: random.Random) -> Problem:
    """Return a problem in which most of what lies between the first meeting and the last is online."""
    last = len(case.meetings) - 1
    return case.replace(
        meetings=[
            row.model_copy(update={"online": True}) if 0 < place < last and rng.random() < 0.7 else row
            for place, row in enumerate(case.meetings)
        ]
    )


def listen(cls: type[Rule], heard: Counter[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    """Count what a rule says: out or in of each occasion, something or nothing of each roster, points or none."""
    if issubclass(cls, EligibilityRule):
        decide = cls.out

        def out(self: Any, person: Person, occasions: Occasions) -> Bools:
            answer = decide(self, person, occasions)
            heard.update(answer.tolist())
            return answer

        monkeypatch.setattr(cls, "out", out)
    else:
        judged = cls.judge  # type: ignore[attr-defined]

        def judge(self: Any, plan: Plan) -> Iterator[Finding]:
            findings = list(judged(self, plan))
            penalties = isinstance(self, PreferenceRule) and all(item.severity == "penalty" for item in findings)
            heard[bool(sum(item.penalty for item in findings)) if penalties else bool(findings)] += 1
            yield from findings

        monkeypatch.setattr(cls, "judge", judge)


RULES = {
    **{cls.id: cls(**PARAMETERS.get(cls.id, {})) for cls in ALL_RULES},
    "external-last, hard": ExternalLastRule(hard=True),
    "quid-pro-quo, limited": QuidProQuoRule(most=0, cycle=3),
    "known-faces, new": KnownFacesRule(wanted="new"),
    "travel-budget, between": TravelBudgetRule(travel=Travel(between=True)),
    "travel-share, between": TravelShareRule(travel=Travel(between=True), **PARAMETERS["travel-share"]),
}
"""Every rule, preferences that can be limits, and rules that say something else altogether with other parameters."""


@pytest.mark.parametrize("name", RULES)
def test_every_rule_keeps_the_contract_on_all_rosters_of_small_problems(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule, heard = RULES[name], Counter[bool]()
    listen(type(rule), heard, monkeypatch)
    tried = [check_rule(rule, case, crowded) for case, crowded in sample(rule.id)]
    assert len(tried) >= PROGRAMMES
    assert min(tried) >= 1
    assert min(heard[True], heard[False]) >= LEAST, heard


HALFWAY = scaled(60)
"""Problems with a past for each rule."""


@pytest.mark.parametrize("name", RULES)
def test_every_rule_keeps_the_contract_where_a_part_is_past(name: str) -> None:
    extend = EXTENDED.get(RULES[name].id, with_ledger)
    tried = [check_rule(RULES[name], case) for case in halfway_with(extend, name == "pinned")]
    assert min(tried) >= 1


@pytest.mark.slow
def test_the_sample_with_a_past_has_all_kinds_of_it() -> None:
    found: Counter[str] = Counter()
    for case in halfway(HALFWAY):
        held = [holder for was in case.frozen.values() for holder in was.holders.values()]
        found["past"] += len(case.frozen)
        found["still to come"] += len(case.meetings) - len(case.frozen)
        found["told by history"] += len(case.frozen.keys() & {row.meeting for row in case.history})
        found["flexible"] += len(case.frozen.keys() & {row.meeting for row in case.slots})
        found["nobody"] += held.count(None)
        found["who has left"] += len(case.departed)
        found["both in one series"] += any(
            0 < sum(row.meeting in case.frozen for row in rows) < len(rows) for rows in case.series.values()
        )
    assert len(found) == 7
    assert min(found.values()) >= 5, found


@pytest.mark.slow
def test_the_sample_has_both_teams_and_single_seats() -> None:
    sizes = Counter(len(case.seats_of(row.meeting)) for case in [*plain(), *busy()] for row in case.meetings)
    roles = Counter(seat.role for case in [*plain(), *busy()] for seat in case.seats)
    assert min(sizes[1], sizes[2]) > LEAST
    assert min(roles[name] for name in ("lead", "co", "scribe", "mentor")) > 10


@pytest.mark.slow
def test_the_sample_has_what_programmes_have() -> None:
    cases = [case for case, _ in sample("one-slot")]
    assert len(cases) == PROGRAMMES
    found = Counter(
        name for case in cases for name in ("slots", "spacing", "duties", "published") if getattr(case, name)
    )
    found += Counter(pair.kind for case in cases for pair in case.pairings if pair.kind in ("require", "forbid"))
    found += Counter(word for case in cases for word in {seat.continuity for seat in case.seats})
    found += Counter("several times" for case in cases for row in case.meetings if len(case.times(row)) > 1)
    found += Counter("trainees" for case in cases if any(seat.role == "trainee" for seat in case.seats))
    found += Counter("optional" for case in cases if not all(seat.required for seat in case.seats))
    found += Counter("externals" for case in cases if any(row.external for row in case.facilitators))
    found += Counter("of the team" for case in cases if any(row.seat is None for row in case.requirements))
    found += Counter("asked of a duty" for case in cases if any(case.is_duty(row.meeting) for row in case.requirements))
    assert min(found.values()) >= 5, found
    assert len(found) == 4 + 2 + 4 + 6


@pytest.mark.slow
def test_the_sample_has_people_who_come_and_go() -> None:
    cases = [case for case, _ in sample("practice")] + [*plain(), *busy()]
    found: Counter[str] = Counter()
    for case in cases:
        for row in case.facilitators:
            first, last = case.period.start, case.period.end
            away = leaves(case.about(row.facilitator, "availability"), case.period)
            found["joins"] += row.joined is not None and first < row.joined <= last
            found["leaves"] += row.left is not None and first <= row.left < last
            found["absent throughout"] += not row.member(first, last)
            found["on leave before"] += days_present(row, away, first - timedelta(days=91), first) < 91
            found["on leave"] += bool(away) and days_present(row, away, first, last) < 5
            employed = [employers(case, row.facilitator, first + timedelta(days=n)) for n in range(5)]
            found["employer changes"] += len(set(employed)) > 1
            found["two employers"] += any(len(names) > 1 for names in employed)
            found["employed by nobody"] += () in employed
    assert min(found.values()) >= 4, found
    assert len(found) == 8


FEW = ("neutral", "available", "skilled", "travel-gap", "max-per-week", "rest", "fill-seats", "wishes")
OF_TEAMS = (
    "team-mix",
    "lead-first",
    "same-team",
    "one-slot",
    "team-skills",
    "keep-published",
    "continuity",
    "practice",
)


@pytest.mark.parametrize("name", FEW + OF_TEAMS)
def test_the_contract_holds_on_what_hypothesis_thinks_of(name: str) -> None:
    shape: dict[str, Any] = {"meetings": 3} if name in FEW else {"meetings": 2, "seats": 2, "teams": True}

    @settings(max_examples=scaled(30), deadline=None, database=None)
    @given(tiny_problems(people=2, pins=False, programme=name in OF_TEAMS, **shape))
    def holds(case: Problem) -> None:
        check_rule(RULES[name], case)

    holds()
