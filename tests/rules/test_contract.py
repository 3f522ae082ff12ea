"""The contract of a rule, held against every rule, and held to catch rules that break it."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from tests.builders import facilitator, meeting, problem
from tests.rings import enough, scaled

from poolmatch import EligibilityRule, Finding, PreferenceRule, Problem
from poolmatch.arrays import Bools, Candidates, Occasions, Person
from poolmatch.domain.employers import employers
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.plan import Plan
from poolmatch.domain.presence import days_present, leaves
from poolmatch.rule import Model, Rule, Words
from poolmatch.rules import ALL_RULES
from poolmatch.rules.external_last import ExternalLastRule
from poolmatch.rules.max_per_day import MaxPerDayRule
from poolmatch.rules.region import RegionRule
from poolmatch.rules.short_travel import ShortTravelRule
from poolmatch.testing import check_rule, every_roster, random_problem, tiny_problems

SAMPLES, BUSY = scaled(70), scaled(20)
"""Problems of ordinary meetings, and of long ones that follow one another."""
PROGRAMMES, FEWER = scaled(80), scaled(12)
"""Problems with teams, series, slots and duties: so many for a rule that speaks of those, fewer for any other."""
OF_PROGRAMMES = {
    *("team-mix", "lead-first", "pairing", "same-team", "one-slot", "one-duty", "team-skills", "external-last"),
    *("keep-published", "continuity", "practice", "optional-seats", "cost"),
}
PARAMETERS: Mapping[str, Mapping[str, Any]] = {"exposure-cap": {"cap": 1, "window_days": 3}}
"""Of rules that are off unless they are given some."""
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


def sample(rule: str) -> Iterator[tuple[Problem, bool]]:
    """Yield problems, and whether to try several people in one seat."""
    for seed, (case, crowded) in enumerate(ordinary(rule)):
        yield with_ledger(case, seed) if rule == "reciprocity" else case, crowded


def ordinary(rule: str) -> Iterator[tuple[Problem, bool]]:
    """Yield problems as they are for most rules."""
    if rule == "past":
        yield from halfway(SAMPLES)
    elif rule not in OF_PROGRAMMES:
        yield from plain(rule)
    for seed in range(PROGRAMMES if rule in OF_PROGRAMMES | {"wishes", "no-double-booking"} else FEWER):
        meetings, seats = (3, 1) if seed % 2 else (2, 2)
        pins, crowded = rule == "pinned", rule == "one-per-seat" and seats == 1
        yield random_problem(random.Random(seed), 2, meetings, seats, pins, teams=True, programme=True), crowded


def halfway(count: int, pins: bool = False) -> Iterator[tuple[Problem, bool]]:
    """Yield problems of which a part lies before today: single seats, teams, and programmes."""
    for seed in range(count):
        meetings, seats = (3, 1) if seed % 2 else (2, 2)
        programme = seed % 3 > 0
        shape: dict[str, bool] = {"teams": seats > 1 or programme, "programme": programme, "past": True}
        yield random_problem(random.Random(seed), 2, meetings, seats, pins, **shape), False


def plain(rule: str) -> Iterator[tuple[Problem, bool]]:
    """Yield problems of three single seats or two teams of two."""
    crowded = rule == "one-per-seat"
    for seed in range(SAMPLES):
        meetings, seats = (3, 1) if seed % 2 else (2, 2)
        people = 2 if crowded and seats == 2 else 3
        rng = random.Random(seed)
        case = random_problem(rng, people, meetings, seats, pins=rule == "pinned", teams=seed % 3 == 0)
        yield on_the_road(one_after_another(case, rng), rng) if rule == "travel-gap" else case, crowded
    for seed in range(BUSY):
        rng = random.Random(seed)
        yield one_after_another(random_problem(rng, pins=False), rng, 5, (180, 300, 420)), False


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
}
"""Every rule, and the one preference that can be a limit."""


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
    cases = [with_ledger(case, seed) for seed, (case, _) in enumerate(halfway(HALFWAY, pins=name == "pinned"))]
    tried = [check_rule(RULES[name], case) for case in cases]
    assert min(tried) >= 1


@pytest.mark.slow
def test_the_sample_with_a_past_has_all_kinds_of_it() -> None:
    found: Counter[str] = Counter()
    for case, _ in halfway(HALFWAY):
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
    sizes = Counter(len(case.seats_of(row.meeting)) for case, _ in plain("role") for row in case.meetings)
    roles = Counter(seat.role for case, _ in plain("role") for seat in case.seats)
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
    cases = [case for case, _ in sample("practice")] + [case for case, _ in plain("available")]
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


# --- rules that break it -----------------------------------------------------------------------------------


def two_on_a_day() -> Problem:
    rows = [meeting(f"M{n}", f"2026-03-05 {n + 9}:00", f"2026-03-05 {n + 9}:30", lat=53.1, lon=6.0) for n in (1, 2)]
    people = [facilitator(name, max_per_day=1, lat=53.0, lon=6.0) for name in ("F1", "F2")]
    return problem(rows, people, serves=[{"facilitator": "F1", "region": "south"}])


def refused(rule: Rule, message: str, case: Problem | None = None) -> None:
    with pytest.raises(AssertionError, match=message):
        check_rule(rule, case or two_on_a_day())


def test_the_rules_that_are_broken_below_pass_when_whole() -> None:
    for rule in (MaxPerDayRule(), ShortTravelRule(), RegionRule()):
        assert check_rule(rule, two_on_a_day()) > 0


class ModelForgets(MaxPerDayRule):
    def post(self, candidates: Candidates, model: Model) -> None:
        pass


class ModelForgetsOne(MaxPerDayRule):
    def post(self, candidates: Candidates, model: Model) -> None:
        super().post(Candidates(candidates.world, candidates.person[:2], candidates.occasion[:2]), model)


class ModelIsTooStrict(MaxPerDayRule):
    def post(self, candidates: Candidates, model: Model) -> None:
        model.rows(np.zeros(len(candidates), np.int64), range(len(candidates)), 1, upper=[1])


class ModelFixes(MaxPerDayRule):
    def post(self, candidates: Candidates, model: Model) -> None:
        super().post(candidates, model)
        model.fix([0], 0)


class JudgeForgets(MaxPerDayRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:  # noqa: ARG002
        yield from ()


class JudgeForgetsSomeone(MaxPerDayRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:
        yield from (item for item in super().judge(plan) if item.facilitators != ("F2",))


class JudgeInvents(MaxPerDayRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:
        yield from super().judge(plan)
        if len(plan.placements) == 1:
            yield Finding(self.id, "violation", Words("One.", "Eén."))


class ForbidsTheEmptyRoster(MaxPerDayRule):
    def post(self, candidates: Candidates, model: Model) -> None:
        super().post(candidates, model)
        model.rows(np.zeros(len(candidates), np.int64), range(len(candidates)), 1, lower=[1])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        yield from super().judge(plan)
        if not plan.placements:
            yield Finding(self.id, "violation", Words("Nobody works.", "Niemand werkt."))


class SignsAnothersName(MaxPerDayRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:
        for item in super().judge(plan):
            yield Finding("rest", item.severity, item.words, item.facilitators)


class LacksDutch(MaxPerDayRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:
        for item in super().judge(plan):
            yield Finding(self.id, item.severity, Words(item.words.en, ""), item.facilitators)


class ChangesTheProblem(MaxPerDayRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:
        plan.problem.__dict__["serves"] = ()
        yield from super().judge(plan)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (ModelForgets(), "the model accepts what the judge says 1 things about"),
        (ModelForgetsOne(), "the model accepts"),
        (ModelIsTooStrict(), "the model refuses what the judge says 0 things about"),
        (ModelFixes(), "the model refuses"),
        (JudgeForgets(), "the model refuses"),
        (JudgeForgetsSomeone(), "the model refuses"),
        (JudgeInvents(), "the model accepts"),
        (ForbidsTheEmptyRoster(), "forbids the empty roster"),
        (SignsAnothersName(), "signs a finding as rest"),
        (LacksDutch(), "has a finding without words"),
        (ChangesTheProblem(), "changes the problem"),
    ],
    ids=lambda item: type(item).__name__ if isinstance(item, Rule) else "",
)
def test_a_broken_constraint_is_caught(rule: Rule, message: str) -> None:
    refused(rule, f"rule max-per-day: {message}")


class PenaltyOneTooMany(ShortTravelRule):
    def penalty(self, candidates: Candidates, model: Model) -> None:
        super().penalty(candidates, model)
        model.cost([], [], constant=1)


class PenaltyForgetsOne(ShortTravelRule):
    def penalty(self, candidates: Candidates, model: Model) -> None:
        super().penalty(Candidates(candidates.world, candidates.person[1:], candidates.occasion[1:]), model)


class JudgeRoundsDown(ShortTravelRule):
    def judge(self, plan: Plan) -> Iterator[Finding]:
        for item in super().judge(plan):
            yield self.found(item.penalty - 1, item.words)


class PenaltyOfAVariableIsTooHigh(ShortTravelRule):
    def penalty(self, candidates: Candidates, model: Model) -> None:
        super().penalty(candidates, model)
        model.cost(model.columns([1], [5]), [2])


class PreferenceRefuses(ShortTravelRule):
    def penalty(self, candidates: Candidates, model: Model) -> None:
        super().penalty(candidates, model)
        model.fix([0], 0)


@pytest.mark.parametrize(
    "rule",
    [
        PenaltyOneTooMany(),
        PenaltyForgetsOne(),
        JudgeRoundsDown(),
        PenaltyOfAVariableIsTooHigh(),
        PreferenceRefuses(),
    ],
    ids=lambda rule: type(rule).__name__,
)
def test_a_broken_preference_is_caught(rule: Rule) -> None:
    refused(rule, "rule short-travel: the model charges")


def test_a_loose_variable_is_no_fault() -> None:
    class Loose(ShortTravelRule):
        def penalty(self, candidates: Candidates, model: Model) -> None:
            super().penalty(candidates, model)
            model.cost(model.columns([0], [5]), [2])  # minimised, it is 0

    assert check_rule(Loose(), two_on_a_day()) == 9


class Own(EligibilityRule):
    id: ClassVar[str] = "own"
    sentence: ClassVar[Words] = Words("Own.", "Eigen.")

    def out(self, person: Person, occasions: Occasions) -> Bools:  # noqa: ARG002
        return np.zeros(len(occasions), np.bool_)

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        return Words("Out.", "Uit.")


class LooksAtItsNeighbours(Own):
    def out(self, person: Person, occasions: Occasions) -> Bools:  # noqa: ARG002
        return np.asarray(occasions.start > occasions.start.min())


class LooksAtPositions(Own):
    def out(self, person: Person, occasions: Occasions) -> Bools:  # noqa: ARG002
        return np.asarray(occasions.seat == 0)


class LooksAtThePositionOfPeople(Own):
    def out(self, person: Person, occasions: Occasions) -> Bools:
        return np.full(len(occasions), person.position == 0)


class LacksWords(Own):
    def out(self, person: Person, occasions: Occasions) -> Bools:  # noqa: ARG002
        return np.ones(len(occasions), np.bool_)

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        return Words("", "Uit.")


class AnswersOnce(Own):
    def out(self, person: Person, occasions: Occasions) -> Bools:  # noqa: ARG002
        return np.zeros(1, np.bool_)


class AnswersInNumbers(Own):
    def out(self, person: Person, occasions: Occasions) -> Bools:  # noqa: ARG002
        return np.zeros(len(occasions), np.int64)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (LooksAtItsNeighbours(), "depends on other rows"),
        (LooksAtPositions(), "depends on the order of rows"),
        (LooksAtThePositionOfPeople(), "depends on the order of rows"),
        (LacksWords(), "has no words for F"),
        (AnswersOnce(), "does not return a truth value per occasion"),
        (AnswersInNumbers(), "does not return a truth value per occasion"),
    ],
    ids=lambda item: type(item).__name__ if isinstance(item, Rule) else "",
)
def test_a_broken_eligibility_rule_is_caught(rule: Rule, message: str) -> None:
    rows = [meeting(f"M{n}", f"2026-03-{n + 10} 10:00", f"2026-03-{n + 10} 11:00") for n in range(6)]
    case = problem(rows, [f"F{n}" for n in range(6)])
    assert check_rule(Own(), case) == 36
    refused(rule, f"rule own: {message}", case)


def test_what_is_no_rule_is_told_so() -> None:
    class Neither(Rule):
        id: ClassVar[str] = "neither"

    with pytest.raises(TypeError, match="Neither is neither an eligibility rule, a constraint nor a preference"):
        check_rule(Neither(), two_on_a_day())


def test_too_large_a_problem_is_refused() -> None:
    # 5 people and 6 seats: 6⁶ = 46656 rosters.
    rows = [meeting(f"M{n}", f"2026-03-{n + 10} 10:00", f"2026-03-{n + 10} 11:00") for n in range(6)]
    with pytest.raises(ValueError, match="more than 4096 rosters"):
        check_rule(MaxPerDayRule(), problem(rows, ["F1", "F2", "F3", "F4", "F5"]))


def test_every_roster_is_every_roster() -> None:
    # 2 people and 2 seats: 3² single, and 4² crowded.
    assert len({tuple(row.facilitator for row in item.rows) for item in every_roster(two_on_a_day())}) == 9
    crowded = list(every_roster(two_on_a_day(), crowded=True))
    assert len(crowded) == 16
    assert max(len(item.rows) for item in crowded) == 4
