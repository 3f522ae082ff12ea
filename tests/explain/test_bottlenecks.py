"""What a pool hangs on: seats that cannot be filled, who would help, and how many people it takes."""

import json
import random
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, problem
from tests.rings import seeds
from tests.solving.enumeration import judged_rosters
from tests.solving.programmes import eased, tiny

from poolmatch import STANDARD_RULES, Problem, ProblemError, Report, bottlenecks
from poolmatch.explain import Bottlenecks, OneMore
from poolmatch.explain.newcomers import Training, highest
from poolmatch.solving.coverage import limits_alone
from poolmatch.testing import random_problem

EVENING = ("2026-03-05 19:00", "2026-03-05 21:00")
LIMITS = limits_alone(STANDARD_RULES)
Seats = set[tuple[str, str]]


def evening(*names: str, **cells: Any) -> list[Cells]:
    """Return meetings at the same hour."""
    return [meeting(name, *EVENING, **cells) for name in names]


def test_where_all_can_be_filled_nobody_more_is_looked_for() -> None:
    answer = bottlenecks(problem(evening("M1", "M2"), ["F1", "F2", "F3"]))
    assert (answer.seats, answer.hours, answer.fillable, answer.settled) == (2, 4, 2, True)
    assert (answer.shortages, answer.one_more, answer.members, answer.trainings) == ((), (), (), ())
    assert (answer.pool, answer.needed, answer.at_once) == (3, (2, 2), 2)
    assert [item.en for item in answer.words] == [
        "The pool can fill all 2 seats that are required and still to come.",
        "That takes 2 facilitators of the 3 there are; seats that go on at the busiest moment: 2.",
    ]


def test_an_hour_at_which_too_many_meet_is_told_and_anybody_more_helps() -> None:
    later = meeting("M4", "2026-03-12 19:00", "2026-03-12 21:00")
    answer = bottlenecks(problem([*evening("M1", "M2", "M3"), later], ["F1", "F2"]))
    (short,) = answer.shortages
    assert short.kind.words.en == "2026-03-05 in the evening"
    assert short.kind.words.nl == "5-3-2026 's avonds"
    assert (len(short.seats), short.fillable, short.short, short.settled) == (3, 2, 1, True)
    assert short.people == ("F1", "F2")
    assert [(item.role, item.gain, item.settled) for item in answer.one_more] == [("lead", 1, True)]
    assert answer.one_more[0].words.en == "One more facilitator (lead): 1 seat more can be filled."
    # Whoever works for the town that decides is not neutral.
    assert [item.organisation for item in answer.members] == [None, "Elsewhere"]
    assert answer.trainings == ()


DEEP = [{"meeting": name, "seat": "lead", "skill": "deep", "level": level} for name, level in (("M1", 2), ("M2", 4))]


def test_a_skill_that_is_wanting_is_told_and_who_should_learn_it() -> None:
    days = [meeting("M1"), meeting("M2", "2026-03-12 19:00", "2026-03-12 21:00")]
    busy = [{"facilitator": "F2", "start": "2026-03-12", "end": "2026-03-12", "kind": "unavailable"}]
    case = problem(days, ["F1", "F2"], requirements=DEEP, availability=busy)
    answer = bottlenecks(case)
    (short,) = answer.shortages
    assert short.kind.words.en == "deep 2"
    assert (short.short, short.people) == (2, ())
    assert [(item.facilitator, item.skill, item.level, item.gain) for item in answer.trainings] == [
        ("F1", "deep", 4, 2),
        ("F2", "deep", 2, 1),
    ]
    assert answer.trainings[0].words.en == "F1 with deep at level 4: 2 seats more can be filled."
    assert [(item.skills, item.gain) for item in answer.one_more] == [((("deep", 4),), 2), ((("deep", 2),), 1)]


def test_training_one_helps_through_another_who_is_free_then() -> None:
    # F1 alone has the skill for M1, and alone may lead M2 at the same hour, where F2 works for the party.
    people = [facilitator("F1"), facilitator("F2", organisation="Town")]
    stakes = {"M1": {"School": "decider"}, "M2": {"Town": "decider"}}
    skills = [{"facilitator": "F1", "skill": "deep", "level": 3}]
    asked = [{"meeting": "M1", "seat": "lead", "skill": "deep", "level": 3}]
    answer = bottlenecks(problem(evening("M1", "M2"), people, stakes, skills=skills, requirements=asked))
    assert answer.fillable == 1
    assert [(item.facilitator, item.level, item.gain) for item in answer.trainings] == [("F2", 3, 1)]


def test_who_learns_to_teach_lets_a_trainee_come_too() -> None:
    # F2 can learn beside a lead with level 3 in what the team needs; F1 and F3 can lead, and neither has it yet.
    people = [facilitator("F1", roles="lead"), facilitator("F2", roles="trainee"), facilitator("F3", roles="lead")]
    seats = [{"meeting": "M1", "seat": role, "role": role} for role in ("lead", "trainee")]
    asked = [{"meeting": "M1", "skill": "deep", "level": 3}]
    other = [{"meeting": "M2", "seat": "lead", "skill": "deep", "level": 4, "kind": "preferred"}]
    days = [meeting("M1"), meeting("M2", "2026-03-12 19:00", "2026-03-12 21:00")]
    answer = bottlenecks(problem(days, people, seats=seats, requirements=[*asked, *other]))
    assert (answer.seats, answer.fillable) == (3, 2)
    assert [(item.facilitator, item.skill, item.level, item.gain, item.settled) for item in answer.trainings] == [
        ("F1", "deep", 3, 1, True),
        ("F3", "deep", 3, 1, True),
    ]


def test_externals_do_not_count_to_the_pool() -> None:
    people = [facilitator("F1"), facilitator("F2", external=True)]
    answer = bottlenecks(problem(evening("M1", "M2"), people))
    assert (answer.pool, answer.fillable) == (1, 1)


def test_pins_hold_nobody() -> None:
    pins = [{"meeting": "M1", "seat": "lead"}]
    assert bottlenecks(problem(evening("M1"), pins=pins)).fillable == 1


def test_ids_of_who_is_not_there_yet_are_nobody_s() -> None:
    answer = bottlenecks(problem(evening("M1", "M2"), ["new1"]))
    assert answer.one_more[0].gain == 1


def test_what_is_past_is_not_asked_for() -> None:
    period = {"name": "March", "start": "2026-03-01", "end": "2026-03-31", "timezone": "Europe/Amsterdam"}
    case = problem(evening("M1"), period={**period, "today": "2026-03-10"})
    answer = bottlenecks(case)
    assert (answer.seats, answer.fillable, answer.needed) == (0, 0, None)
    assert answer.words[0].en.startswith("The pool can fill all 0 seats")


def test_without_time_nothing_is_said() -> None:
    answer = bottlenecks(problem(evening("M1")), time_limit=0)
    assert answer.fillable is None
    assert len(answer.words) == 1


@pytest.mark.parametrize(("name", "value"), [("most", -1), ("time_limit", -1), ("workers", 0)])
def test_arguments_out_of_range_are_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        bottlenecks(problem(), **{name: value})  # type: ignore[arg-type]


def test_what_rules_ask_of_the_input_is_asked_first() -> None:
    with pytest.raises(ProblemError):
        bottlenecks(problem(evening("M1"), stakes={"M1": {}}))


def test_all_of_it_is_data_and_said_in_both_languages() -> None:
    answer = bottlenecks(problem(evening("M1", "M2", region="north"), ["F1"], requirements=DEEP))
    data = json.loads(json.dumps(answer.to_dict()))
    assert data["shortages"][0]["short"] == answer.shortages[0].short
    assert all(item.nl != item.en for item in answer.words)


# --- against all rosters of small problems ------------------------------------------------------------------


def small(seed: int) -> Problem:
    """Return a problem of which all rosters can be gone through; in every third nobody has learned anything."""
    rng = random.Random(seed)
    case = random_problem(rng, people=2, pins=False)
    return (tiny(seed // 3), case, eased(case, rng).replace(skills=()))[seed % 3]


def filled(report: Report, wanted: Seats) -> int:
    return len(wanted & report.plan.filled)


def legal(case: Problem) -> list[Report]:
    """Return all rosters within the limits, in which nobody from outside has a seat that is still to come."""
    outside = {row.facilitator for row in case.facilitators if row.external}
    return [
        report
        for report in judged_rosters(case.replace(pins=()), LIMITS)
        if report.legal
        and not any(row.facilitator in outside and row.meeting not in case.frozen for row in report.roster.rows)
    ]


def wanted_in(case: Problem) -> Seats:
    return {(row.meeting, row.seat) for row in case.all_seats if row.required and row.meeting not in case.frozen}


def most(reports: Iterable[Report], wanted: Seats) -> int:
    return max(filled(report, wanted) for report in reports)


def trained(case: Problem) -> Iterator[Training]:
    for name in (row.facilitator for row in case.facilitators if not row.external):
        for skill, level in highest(case).items():
            yield Training(name, skill, level)


@pytest.mark.parametrize("seed", seeds(20))
def test_it_agrees_with_all_rosters_of_small_problems(seed: int) -> None:
    case = small(seed)
    wanted, reports = wanted_in(case), legal(case)
    answer: Bottlenecks = bottlenecks(case, most=100)
    best = most(reports, wanted)
    assert (answer.seats, answer.fillable, answer.settled) == (len(wanted), best, True)
    assert bool(answer.shortages) == (best < len(wanted))
    for item in (*answer.shortages, *answer.kinds):
        assert (item.fillable, item.settled) == (most(reports, set(item.seats)), True)
    if wanted:
        fewest = min(
            len({row.facilitator for row in report.roster.rows if row.facilitator and row.meeting not in case.frozen})
            for report in reports
            if filled(report, wanted) == best
        )
        assert answer.needed == (fewest, fewest)
    gains = {(item.facilitator, item.skill): item for item in answer.trainings}
    for training in trained(case) if best < len(wanted) else ():
        gain = most(legal(training.learned(case)), wanted) - best
        found = gains.pop((training.facilitator, training.skill), None)
        assert (0 if found is None else found.gain) == gain
        if found is not None:
            assert found.settled
            assert most(legal(found.learned(case)), wanted) - best == gain
    assert gains == {}


@pytest.mark.parametrize("seed", seeds(12))
def test_one_more_adds_what_all_rosters_with_them_say(seed: int) -> None:
    case = small(seed + 50)
    wanted = wanted_in(case)
    best = most(legal(case), wanted)
    answer = bottlenecks(case, most=100)
    for item in (*answer.one_more, *answer.members[:2]):
        assert item.settled
        assert most(legal(item.joining(case, "X")), wanted) - best == item.gain > 0
    named = {item.organisation for item in answer.members}
    for row in case.organisations[:2]:
        if row.organisation not in named and best < len(wanted):
            assert most(legal(OneMore(row.organisation).joining(case, "X")), wanted) == best
