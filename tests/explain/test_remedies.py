"""What fills an empty seat: worked examples, and on random problems each remedy is made and held to what it says."""

import itertools
import math
import random
from collections import Counter
from collections.abc import Iterable

import pytest
from tests.builders import Cells, facilitator, meeting, problem, roster
from tests.rings import chunks, seeds, seeds_of
from tests.solving.enumeration import judged_rosters
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, Problem, Report, Result, UnknownId, check, remedies, scenario, solve
from poolmatch.domain.organisations import Organisation
from poolmatch.domain.people import Facilitator
from poolmatch.edits import (
    Consent,
    ContinuityLoosened,
    Edit,
    ExternalAdded,
    LimitRaised,
    PinReleased,
    RoleAdded,
    SeatGivenUp,
    SkillRaised,
    SlotAdded,
    TimeGiven,
)
from poolmatch.eligibility import objections
from poolmatch.explain import Remedies, Remedy
from poolmatch.testing import random_problem

EVENING = meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00")
SAME_EVENING = meeting("M2", "2026-03-05 20:00", "2026-03-05 22:00")
LATER = {"start": "2026-03-20", "end": "2026-03-20", "kind": "available"}


def kinds(answer: Remedies) -> list[tuple[type[Edit], ...]]:
    return [tuple(map(type, item.edits)) for item in answer.remedies]


def made(result: Result | Report, item: Remedy) -> Report:
    """Make a remedy: check its roster on the edited tables, which fills the seats and is what the remedy says."""
    before = result if isinstance(result, Report) else result.report
    assert item.report is not None
    report = check(scenario(before.problem, *item.edits), item.report.roster)
    assert {(one.rule, one.words) for one in report.violations} <= {(one.rule, one.words) for one in before.violations}
    for meeting_, seat, who in item.holders:
        assert report.roster.holder(meeting_, seat) == who
    worth = [(tier.before, tier.after) for tier in item.effect.tiers]
    assert worth == [(one.points, two.points) for one, two in zip(before.tiers, report.tiers, strict=True)]
    lost = before.plan.filled - report.plan.filled
    assert {key for key in lost if before.problem.seat(*key).required} == set()
    return report


def test_what_asks_least_comes_first() -> None:
    people: list[str | Cells] = [
        facilitator("F1"),
        facilitator("F2", roles="co"),
        facilitator("F3", max_meetings=0),
        facilitator("F4", roles="co", max_meetings=0),
    ]
    case = problem([EVENING], people, availability=[{"facilitator": "F1", **LATER}])
    result = solve(case)
    answer = remedies(result, "M1", "lead", most=20)
    assert answer.whole
    assert answer.seats == (("M1", "lead"),)
    assert kinds(answer) == [(TimeGiven,), (LimitRaised,), (RoleAdded,), (ExternalAdded,), (RoleAdded, LimitRaised)]
    assert [item.price for item in answer.remedies] == [2, 3, 4, 5, 7]
    assert [item.holders[0][2] for item in answer.remedies] == ["F1", "F3", "F2", "extern-1", "F4"]
    for item in answer.remedies:
        made(result, item)
    assert [kinds(remedies(result, "M1", "lead", most=count)) for count in (1, 2)] == [
        [(TimeGiven,)],
        [(TimeGiven,), (LimitRaised,)],
    ]


def test_consents_are_counted_and_ties_that_none_can_cure_are_left_alone() -> None:
    case = problem(
        [EVENING],
        [facilitator("F1", organisation="Town"), "F2"],
        stakes={"M1": {"Town": "decider", "School": "interest"}},
        ties=[{"facilitator": "F2", "kind": "former_employee", "organisation": "Town", "end": "2025-06-30"}],
    )
    answer = remedies(solve(case), "M1", "lead")
    assert kinds(answer) == [(Consent,), (ExternalAdded,)]
    first = answer.remedies[0]
    assert first.edits[0].to_dict()["parties"] == ["Town", "School"]
    assert first.price == 2
    assert first.words[0].en == "Ask the consent of Town, School to the tie of F2 to Town, for M1."
    assert first.words[1].nl == "F2 neemt plaats lead van M1."
    assert "1 coverage: 0 points instead of 4." in [words.en for words in first.words]


def test_another_time_helps_where_somebody_is_busy() -> None:
    case = problem([EVENING, SAME_EVENING], ["F1"])
    result = solve(case)
    empty = next(row.meeting for row in result.roster.rows if row.facilitator is None)
    answer = remedies(result, empty, "lead")
    assert kinds(answer) == [(SlotAdded,), (SlotAdded,), (ExternalAdded,)]  # as many times as are enough
    for item in answer.remedies:
        made(result, item)
    slot = answer.remedies[0].edits[0]
    assert isinstance(slot, SlotAdded)
    assert slot.start.hour in (15, 16)  # four hours earlier


def test_a_team_moves_as_a_whole_to_another_time() -> None:
    seats = [{"meeting": "M1", "seat": seat, "role": seat} for seat in ("lead", "co")]
    case = problem(
        [EVENING, SAME_EVENING],
        [facilitator("F1", roles="lead"), facilitator("F2", roles="co", organisation="Other")],
        seats=seats,
    )
    result = solve(case)
    held = result.roster.with_holder("M2", "lead", "F1").with_holder("M1", "lead", None).with_holder("M1", "co", None)
    report = check(case, held)
    answer = remedies(report, "M1", "lead", also=[("M1", "co")], most=3)
    for item in answer.remedies:
        after = made(report, item)
        rows = [row for row in after.roster.rows if row.meeting == "M1"]
        assert len({row.start for row in rows}) == 1
    assert (SlotAdded,) in kinds(answer)


def test_moving_others_needs_no_edit_and_comes_first() -> None:
    # F1 sits in M2, which F2 could take; M1 only F1 can.
    case = problem(
        [EVENING, SAME_EVENING],
        ["F1", "F2"],
        skills=[{"facilitator": "F1", "skill": "deep", "level": 3}],
        requirements=[{"meeting": "M1", "seat": "lead", "skill": "deep", "level": 3}],
    )
    held = solve(case).roster.with_holder("M1", "lead", None).with_holder("M2", "lead", "F1")
    report = check(case, held)
    first, *others = remedies(report, "M1", "lead").remedies
    assert (first.edits, first.price) == ((), 0)
    assert {(item.meeting, item.before, item.after) for item in first.effect.seats} == {
        ("M1", None, "F1"),
        ("M2", "F1", "F2"),
    }
    assert [words.en for words in first.words[:2]] == [
        "F1 takes seat lead of M1.",
        "Seat lead of M2: F2 instead of F1.",
    ]
    assert all(item.edits for item in others)
    assert SkillRaised("F2", "deep", 3, 0) in {edit for item in others for edit in item.edits}


def test_who_could_take_it_as_it_is_needs_nothing() -> None:
    case = problem()
    report = check(case, solve(case).roster.with_holder("M1", "lead", None))
    answer = remedies(report, "M1", "lead")
    assert answer.remedies[0].edits == ()
    assert answer.remedies[0].holders == (("M1", "lead", "F1"),)


def test_nobody_is_asked_from_outside_so_that_somebody_sits_who_could_anyway() -> None:
    days = [
        meeting(f"M{day}", f"2026-03-0{day} 10:00", f"2026-03-0{day} 12:00", series="S", session=day) for day in (4, 5)
    ]
    seats = [{"meeting": row["meeting"], "seat": "lead", "role": "lead", "continuity": "same"} for row in days]
    report = check(problem(days, ["F1"], seats=seats), roster({"M4": "F1"}))
    for item in (answer := remedies(report, "M5", "lead", most=9)).remedies:
        made(report, item)
        outside = any(isinstance(edit, ExternalAdded) for edit in item.edits)
        assert outside == (item.holders[0][2] != "F1"), item.edits
    assert {(), (ExternalAdded, ContinuityLoosened)} <= set(kinds(answer))


def test_an_optional_seat_that_is_given_up_is_told_and_priced() -> None:
    seats: list[Cells] = [
        {"meeting": "M1", "seat": "lead", "role": "lead"},
        {"meeting": "M2", "seat": "lead", "role": "lead", "required": False},
    ]
    case = problem([EVENING, SAME_EVENING], ["F1"], seats=seats)
    report = check(case, solve(case).roster.with_holder("M1", "lead", None).with_holder("M2", "lead", "F1"))
    answer = remedies(report, "M1", "lead", most=2)
    first = answer.remedies[0]
    assert (first.edits, first.price) == ((SeatGivenUp("M2", "lead"),), 1)
    made(report, first)


def test_a_pin_to_nobody_can_be_released() -> None:
    case = problem(pins=[{"meeting": "M1", "seat": "lead", "facilitator": None}])
    answer = remedies(solve(case), "M1", "lead")
    assert answer.remedies[0].edits == (PinReleased("M1", "lead"),)


def test_others_move_after_an_edit_where_that_is_what_it_takes() -> None:
    # Only F1 has what M2 asks, and would have to leave M1; F2 could take M1 after a consent.
    case = problem(
        [EVENING, SAME_EVENING],
        ["F1", "F2"],
        stakes={"M1": {"Town": "decider"}, "M2": {"Town": "decider"}},
        skills=[{"facilitator": "F1", "skill": "deep", "level": 5}],
        requirements=[{"meeting": "M2", "seat": "lead", "skill": "deep", "level": 5}],
        ties=[{"facilitator": "F1", "kind": "former_employee", "organisation": "Town", "end": "2025-06-30"}],
        waivers=[
            {
                "facilitator": "F1",
                "organisation": "Town",
                "meeting": "M1",
                "party": "Town",
                "consented_on": "2026-03-01",
            }
        ],
    )
    held = solve(case).roster.with_holder("M1", "lead", "F1").with_holder("M2", "lead", None)
    report = check(case, held)
    assert report.legal
    first = remedies(report, "M2", "lead", most=1).remedies[0]
    assert tuple(map(type, first.edits)) == (Consent,)
    assert {(item.meeting, item.after) for item in first.effect.seats} == {("M1", "F2"), ("M2", "F1")}
    made(report, first)


def test_several_seats_are_filled_together_by_what_does_for_both() -> None:
    seats = [{"meeting": name, "seat": "lead", "role": "lead"} for name in ("M1", "M3")]
    case = problem(
        [EVENING, meeting("M3", "2026-03-12 19:00", "2026-03-12 21:00")],
        [facilitator("F1", roles="co"), facilitator("F2", max_meetings=0)],
        seats=seats,
    )
    result = solve(case)
    answer = remedies(result, "M1", "lead", also=[("M3", "lead")], most=4, time_limit=20)
    assert answer.seats == (("M1", "lead"), ("M3", "lead"))
    assert [item.edits for item in answer.remedies[:2]] == [
        (LimitRaised("F2", "max_meetings", 2),),
        (RoleAdded("F1", "lead"),),
    ]
    for item in answer.remedies:
        made(result, item)
        assert len(item.holders) == 2


def test_nothing_is_done_about_a_seat_that_is_filled_or_past() -> None:
    answer = remedies(solve(problem()), "M1", "lead")
    assert (answer.seats, answer.remedies, answer.words[0].en) == ((), (), "Nothing needs to be done: it is filled.")
    case = problem(period={**problem().period.model_dump(), "today": "2026-03-09"})
    answer = remedies(solve(case), "M1", "lead")
    assert (answer.remedies, answer.whole) == ((), True)
    assert answer.words[0].nl == "Niets van wat bekend is, vult de plaats."


def test_a_duty_has_remedies_too() -> None:
    duty = {"duty": "D1", "kind": "coaching", "hours": 3, "role": "mentor"}
    answer = remedies(solve(problem(duties=[duty])), "D1", "coaching")
    assert kinds(answer) == [(RoleAdded,), (ExternalAdded,)]


def test_without_time_nothing_is_tried_and_that_is_said() -> None:
    answer = remedies(solve(problem(facilitators=[facilitator("F1", roles="co")])), "M1", "lead", time_limit=0)
    assert (answer.remedies, answer.whole) == ((), False)
    assert answer.words[0].en == "Nothing that fills it was found in time."


def test_remedies_are_data() -> None:
    answer = remedies(solve(problem(facilitators=[facilitator("F1", roles="co")])), "M1", "lead", most=1)
    data = answer.to_dict()
    assert data["seats"] == [{"meeting": "M1", "seat": "lead"}]
    assert data["remedies"][0]["edits"][0] == {
        "kind": "role",
        "facilitator": "F1",
        "role": "lead",
        "en": "Let F1 take the role lead.",
        "nl": "Laat F1 de rol leider vervullen.",
    }
    assert data["remedies"][0]["price"] == 4


@pytest.mark.parametrize(("where", "seat"), [("M9", "lead"), ("M1", "co")])
def test_what_does_not_exist_is_refused(where: str, seat: str) -> None:
    with pytest.raises(UnknownId):
        remedies(solve(problem()), where, seat)
    with pytest.raises(UnknownId):
        remedies(solve(problem()), "M1", "lead", also=[(where, seat)])
    with pytest.raises(ValueError, match="most must be a whole number, 1 or more"):
        remedies(solve(problem()), "M1", "lead", most=True)


# --- on random problems ------------------------------------------------------------------------------------


def empty_required(result: Result) -> Iterable[tuple[str, str]]:
    for seat in result.problem.all_seats:
        key = seat.meeting, seat.seat
        if seat.required and key not in result.report.plan.filled and seat.meeting not in result.problem.frozen:
            yield key


@pytest.mark.parametrize("seed", seeds(10))
def test_each_remedy_fills_the_seat_and_without_any_of_its_edits_it_stays_empty(seed: int) -> None:
    rng = random.Random(seed)
    case = random_problem(rng, people=3, meetings=3, seats=2, pins=False, teams=True, programme=seed % 2 > 0)
    if any(issue.severity == "error" for rule in STANDARD_RULES.rules for issue in rule.issues(case)):
        return
    result = solve(case, seed=seed, time_limit=20)
    for key in list(empty_required(result))[:2]:
        answer = remedies(result, *key, most=4, time_limit=20)
        assert [item.price for item in answer.remedies] == sorted(item.price for item in answer.remedies)
        for item in answer.remedies:
            report = made(result, item)
            again = solve(report.problem, time_limit=20)
            assert again.tiers[0].value <= report.tiers[0].value < result.report.tiers[0].value
            for edit in item.edits if len(item.edits) > 1 else ():
                rest = scenario(case, *(other for other in item.edits if other != edit))
                if report.problem.facilitator_ids <= rest.facilitator_ids and type(edit) is not SeatGivenUp:
                    assert not check(rest, report.roster).legal


@pytest.mark.parametrize("chunk", chunks(3))
def test_moving_others_agrees_with_all_rosters_of_small_problems(chunk: int) -> None:
    """Of rosters that are not the best: where others can move so that a seat is filled, that is found, or less."""
    found: Counter[bool] = Counter()
    for seed in seeds_of(chunk, 4):
        case = lively(seed)
        reports = [report for report in judged_rosters(case, STANDARD_RULES) if report.legal]
        required = {(seat.meeting, seat.seat) for seat in case.all_seats if seat.required}
        for report in random.Random(seed).sample(reports, min(6, len(reports))):
            held = report.plan.filled & required
            for key in sorted(required - held):
                better = any(key in other.plan.filled and held <= other.plan.filled for other in reports)
                answer = remedies(report, *key, most=1, time_limit=20)
                asked = [edit for item in answer.remedies for edit in item.edits if type(edit) is not SeatGivenUp]
                assert (bool(answer.remedies) and not asked) == better
                found[better] += 1
    assert found[True] >= 3


@pytest.mark.parametrize("seed", seeds(8))
def test_more_people_never_mean_fewer_remedies(seed: int) -> None:
    rng = random.Random(seed)
    case = random_problem(rng, people=2, meetings=2, seats=1, pins=False)
    result = solve(case, seed=seed)
    more = [
        Facilitator(facilitator=f"N{number}", name="N", organisation=rng.choice("AB"), roles=("co",))
        for number in range(2)
    ]
    larger: Problem = case.replace(facilitators=[*case.facilitators, *more])
    report = check(larger, result.roster)
    for key in empty_required(result):
        before, after = (remedies(one, *key, most=30, time_limit=30) for one in (result, report))
        assert before.whole
        assert after.whole
        every = [frozenset(item.edits) for item in after.remedies]
        for item in before.remedies:  # each is one still, or less is enough
            named = frozenset(item.edits)
            assert any(edits <= named for edits in every) or isinstance(item.edits[0], SlotAdded)
        assert len(after.remedies) >= len(before.remedies)


def cheapest_by_enumeration(report: Report, key: tuple[str, str]) -> float:
    """Return the least price at which somebody's objections can be taken away so that a roster fills the seat."""
    case, seat = report.problem, report.problem.seat(*key)
    row, held = case.meeting(key[0]), {place for place in report.plan.filled if case.seat(*place).required}
    best = math.inf
    for person in case.facilitators:
        for start in [start for start, _ in case.open_times(row)]:
            against = objections(report.world, STANDARD_RULES, person.facilitator, *key, start)
            for way in itertools.product(*(tuple(rule.cures(case, person, row, seat, start)) for rule in against)):
                edits = tuple(dict.fromkeys(itertools.chain(*way)))
                rosters = judged_rosters(scenario(case, *edits), STANDARD_RULES)
                if any(one.legal and {key} | held <= one.plan.filled for one in rosters):
                    best = min(best, sum(edit.price for edit in edits))
    return best


def of_others(case: Problem) -> Problem:
    """Return a problem in which people work for somebody who has no stake anywhere, so that other rules decide."""
    people = [row.model_copy(update={"organisation": "E", "max_per_day": 2}) for row in case.facilitators]
    organisations = [*case.organisations, Organisation(organisation="E", name="E")]
    return case.replace(facilitators=people, organisations=organisations, ties=())


@pytest.mark.parametrize("chunk", chunks(1))
def test_the_cheapest_remedy_is_as_cheap_as_going_through_all_rosters_says(chunk: int) -> None:
    seen: Counter[bool] = Counter()
    for seed in seeds_of(chunk, 20):
        case = of_others(random_problem(random.Random(seed), people=2, meetings=3, seats=1, pins=False))
        result = solve(case, seed=seed)
        for key in empty_required(result):
            found = remedies(result, *key, most=1, time_limit=20)
            price = min((item.price for item in found.remedies), default=math.inf)
            best = cheapest_by_enumeration(result.report, key)
            assert price <= best
            seen[best < math.inf] += 1
    assert seen[True] >= 3
