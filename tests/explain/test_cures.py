"""What rules say would take away what they object to: it does, and nothing of it can be left out."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import pytest
from tests.builders import facilitator, meeting, problem, roster
from tests.rings import chunks, enough, seeds, seeds_of
from tests.rules.on_the_road import at, living

from poolmatch import STANDARD_RULES, EligibilityRule
from poolmatch.arrays import Arrays
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.edits import Edit, LimitRaised, PinReleased, scenario
from poolmatch.eligibility import objections
from poolmatch.explain.trials import Trials
from poolmatch.testing import random_problem


def objects(case: Problem, rule: str, who: str, place: tuple[str, str], start: datetime | None) -> bool:
    found = objections(Arrays(case), STANDARD_RULES, who, *place, start)
    return rule in {item.id for item in found}


def every_objection(case: Problem) -> Iterator[tuple[str, tuple[str, str], datetime | None, EligibilityRule]]:
    """Yield each rule that puts somebody out of a seat in a slot."""
    world = Arrays(case)
    for seat, person in itertools.product(case.all_seats, case.facilitators):
        who, place = person.facilitator, (seat.meeting, seat.seat)
        for start in (*(start for start, _ in case.times(case.meeting(seat.meeting))),) or (None,):
            for rule in objections(world, STANDARD_RULES, who, *place, start):
                yield who, place, start, rule


@pytest.mark.parametrize("chunk", chunks(6))
def test_a_cure_of_an_eligibility_rule_is_one_and_needs_all_its_edits(chunk: int) -> None:
    cured: Counter[str] = Counter()
    for seed in seeds_of(chunk, 10):
        rng, programme = random.Random(seed), seed % 2 > 0
        case = random_problem(rng, people=3, meetings=2, seats=2, teams=True, programme=programme, past=seed % 3 > 1)
        for who, place, start, rule in every_objection(case):
            row, seat = case.meeting(place[0]), case.seat(*place)
            for cure in rule.cures(case, case.facilitator(who), row, seat, start):
                cured[rule.id] += 1
                assert not objects(scenario(case, *cure), rule.id, who, place, start)
                for edit in cure:
                    assert edit.about == (who,)
                    rest = [item for item in cure if item != edit]
                    assert objects(scenario(case, *rest), rule.id, who, place, start)
    assert sum(cured.values()) >= 5


def test_cures_of_every_kind_occur() -> None:
    found: Counter[str] = Counter()
    for seed in seeds(40):
        case = random_problem(random.Random(seed), people=3, meetings=2)
        for who, (meeting_, seat), start, rule in every_objection(case):
            row = case.meeting(meeting_)
            found.update(
                rule.id for _ in rule.cures(case, case.facilitator(who), row, case.seat(meeting_, seat), start)
            )
    for rule_id in ("neutral", "skilled", "available", "region", "travel-limit"):
        assert found[rule_id] >= enough(3), found


def conflicts(case: Problem, who: str, where: str, **held: str) -> dict[str, list[tuple[Edit, ...]]]:
    """Return what the constraints know would take away what they have against somebody in the lead seat."""
    trials = Trials(Plan(case, roster(dict(held.items()))), STANDARD_RULES.constraints)
    seat, start = case.seat(where, "lead"), case.meeting(where).start
    plan = trials.after(who, seat, start)
    rules = {rule.id: rule for rule in STANDARD_RULES.constraints}
    return {item.rule: list(rules[item.rule].cures(plan, item)) for item in trials.broken(who, seat, start)}


DAY = [
    meeting("M1", "2026-03-05 09:00", "2026-03-05 11:00"),
    meeting("M2", "2026-03-05 13:00", "2026-03-05 14:30"),
    meeting("M3", "2026-03-05 20:00", "2026-03-05 21:00"),
]


@pytest.mark.parametrize(
    ("cells", "edit"),
    [
        ({"max_per_day": 2}, LimitRaised("F1", "max_per_day", 3)),
        ({"max_per_day": 9, "max_per_week": 2}, LimitRaised("F1", "max_per_week", 3)),
        ({"max_per_day": 9, "max_meetings": 2}, LimitRaised("F1", "max_meetings", 3)),
        ({"max_per_day": 9, "max_hours": 4}, LimitRaised("F1", "max_hours", 5)),  # four and a half are worked
    ],
)
def test_limits_say_how_high_they_would_have_to_be(cells: dict[str, float], edit: LimitRaised) -> None:
    case = problem(DAY, [facilitator("F1", **cells)])
    rule = edit.limit.replace("_", "-")
    assert conflicts(case, "F1", "M3", M1="F1", M2="F1") == {rule: [(edit,)]}
    assert conflicts(edit.apply(case), "F1", "M3", M1="F1", M2="F1") == {}


def test_a_week_counts_what_is_past_of_it() -> None:
    past = {"meeting": "P1", "facilitator": "F1", "role": "lead"}
    past |= {"start": "2026-03-02 09:00", "end": "2026-03-02 10:00"}
    case = problem(DAY, [facilitator("F1", max_per_week=1)], history=[past])
    assert conflicts(case, "F1", "M3") == {"max-per-week": [(LimitRaised("F1", "max_per_week", 2),)]}


def test_evenings_of_a_week_count_what_is_past_of_it() -> None:
    past = [
        {
            "meeting": name,
            "facilitator": "F1",
            "role": "lead",
            "start": f"2026-03-{day} 19:00",
            "end": f"2026-03-{day} 21:00",
        }
        for name, day in [("P1", "02"), ("P2", "03"), ("P3", "09")]
    ]
    case = problem(DAY, [facilitator("F1", max_evenings_per_week=1)], history=past)
    edit = LimitRaised("F1", "max_evenings_per_week", 3)
    assert conflicts(case, "F1", "M3", M1="F1") == {"max-evenings": [(edit,)]}
    assert conflicts(edit.apply(case), "F1", "M3", M1="F1") == {}


def test_a_limit_of_kilometres_is_what_the_journeys_take() -> None:
    case = problem([at(1, "M1"), at(2, "M2", "05 noon")], [living(max_km=60)])
    assert conflicts(case, "F1", "M2", M1="F1") == {"travel-budget": [(LimitRaised("F1", "max_km", 86),)]}
    assert conflicts(LimitRaised("F1", "max_km", 86).apply(case), "F1", "M2", M1="F1") == {}


def test_a_pin_can_be_released() -> None:
    case = problem(DAY, ["F1", "F2"], pins=[{"meeting": "M1", "seat": "lead", "facilitator": None}])
    assert conflicts(case, "F1", "M1") == {"pinned": [(PinReleased("M1", "lead"),)]}


def test_what_no_edit_takes_away_has_no_cure() -> None:
    case = problem([DAY[0], meeting("M4", "2026-03-05 10:00", "2026-03-05 12:00")], ["F1"])
    assert conflicts(case, "F1", "M4", M1="F1") == {"no-double-booking": []}


def test_who_left_the_pool_gives_no_time() -> None:
    case = problem(facilitators=[facilitator("F1", left="2026-03-04")])
    rule = STANDARD_RULES["available"]
    person, row = case.facilitator("F1"), case.meeting("M1")
    assert list(rule.cures(case, person, row, case.seat("M1", "lead"), row.start)) == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(("last", "asked"), [("2026-03-07", 1), ("2026-03-08", 0)])
def test_nobody_is_called_back_from_leave(last: str, asked: int) -> None:
    case = problem(availability=[{"facilitator": "F1", "start": "2026-03-02", "end": last, "kind": "unavailable"}])
    rule = STANDARD_RULES["available"]
    person, row = case.facilitator("F1"), case.meeting("M1")
    assert len(list(rule.cures(case, person, row, case.seat("M1", "lead"), row.start))) == asked  # type: ignore[attr-defined]


def test_a_tie_that_no_consent_can_cure_has_none() -> None:
    blocked = problem(facilitators=[facilitator("F1", organisation="Town")])
    rule = STANDARD_RULES["neutral"]
    person, row = blocked.facilitator("F1"), blocked.meeting("M1")
    assert list(rule.cures(blocked, person, row, blocked.seat("M1", "lead"), row.start)) == []  # type: ignore[attr-defined]
