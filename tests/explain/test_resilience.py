"""What becomes of a roster when people fall out or parties come late: what is lost, what changes, who is missed."""

import json
from collections.abc import Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import nullcontext
from multiprocessing import get_context
from threading import Event

import pytest
from tests.builders import Cells, facilitator, meeting, problem, roster
from tests.rings import seeds
from tests.solving.enumeration import judged_rosters
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, Problem, Report, Roster, check, resilience, solve
from poolmatch.explain.late_parties import likely_meetings, with_late_party
from poolmatch.explain.mishaps import Mishap, Resilience
from poolmatch.rules.exposure_cap import ExposureCapRule

M1 = meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00")
M2 = meeting("M2", "2026-03-12 19:00", "2026-03-12 21:00")


def solved(case: Problem, **options: object) -> Resilience:
    return resilience(case, solve(case).roster, **options)  # type: ignore[arg-type]


def by_name(answer: Resilience) -> dict[str, Mishap]:
    return {item.facilitators[0]: item for item in answer.facilitators}


def test_who_alone_can_lead_is_a_single_point_of_failure() -> None:
    (mishap,) = solved(problem([M1, M2])).facilitators
    assert (mishap.tier, mishap.before, mishap.after, mishap.settled) == (1, 0, 8, True)  # priority 3: 4 points each
    assert mishap.vacated == mishap.emptied == (("M1", "lead"), ("M2", "lead"))
    assert mishap.words.en == (
        "Without F1, tier 1 (coverage) becomes 8 points instead of 0, and no roster does better; "
        "empty: M1/lead, M2/lead."
    )
    assert "Zonder F1 wordt niveau 1 (bezetting) 8 punten" in mishap.words.nl


def test_where_another_can_step_in_nothing_is_lost() -> None:
    case = problem([M1], ["F1", "F2"])
    answer = resilience(case, roster({"M1": "F1"}))
    mishap = by_name(answer)["F1"]
    assert (mishap.lost, mishap.changes, mishap.others, mishap.settled) == (0, 1, ("F2",), True)
    assert (
        mishap.words.en == "Without F1 nothing is lost in tier 1 (coverage); seats that change: 1; others who move: 1."
    )
    assert answer.single_points == ()


def test_who_holds_nothing_is_not_missed() -> None:
    mishap = by_name(resilience(problem([M1], ["F1", "F2"]), roster({"M1": "F1"})))["F2"]
    assert (mishap.vacated, mishap.lost, mishap.changes) == ((), 0, 0)
    assert mishap.words.en == "Without F2 nothing changes."
    assert mishap.tiers


def test_a_pair_can_be_missed_though_neither_is() -> None:
    case = problem([M1], ["F1", "F2"])
    answer = resilience(case, roster({"M1": "F1"}))
    (pair,) = answer.pairs
    assert (pair.facilitators, pair.after, pair.settled) == (("F1", "F2"), 4, True)
    assert pair.words.en.startswith("Without F1 and F2, ")
    assert pair.words in answer.words
    assert answer.pairs_left_out == 0


def test_pairs_that_lose_nothing_are_only_counted() -> None:
    answer = resilience(problem([M1], ["F1", "F2", "F3"]), roster({"M1": "F1"}))  # the third steps in
    assert [item.facilitators for item in answer.pairs] == [("F1", "F2"), ("F1", "F3")]
    assert [said.en for said in answer.words[3:]] == ["Pairs without whom nothing is lost: 2."]


def test_pairs_on_whom_most_rests_come_first_and_the_others_are_counted() -> None:
    # M1 can be led by F1 and F2 alone, M2 by all three.
    skills = [{"facilitator": name, "skill": "deep", "level": 3} for name in ("F1", "F2")]
    asked = [{"meeting": "M1", "seat": "lead", "skill": "deep", "level": 3}]
    case = problem([M1, M2], ["F1", "F2", "F3"], skills=skills, requirements=asked)
    answer = resilience(case, roster({"M1": "F1", "M2": "F3"}), pairs=1)
    assert [item.facilitators for item in answer.pairs] == [("F1", "F2")]
    assert answer.pairs_left_out == 2
    assert answer.words[-1].en.startswith("Pairs that were not looked at: 2;")


def test_whoever_falls_out_is_pinned_no_more() -> None:
    case = problem([M1], ["F1", "F2"], pins=[{"meeting": "M1", "seat": "lead", "facilitator": "F1"}])
    mishap = by_name(solved(case))["F1"]
    assert (mishap.lost, mishap.settled) == (0, True)
    assert mishap.instead is not None
    assert [(item.before, item.after) for item in mishap.instead.seats] == [("F1", "F2")]


def test_a_chain_of_moves_is_found() -> None:
    # Only F1 and F2 can lead M1; at the same hour F2 leads M2, which F3 can lead too.
    skills = [{"facilitator": name, "skill": "deep", "level": 3} for name in ("F1", "F2")]
    asked = [{"meeting": "M1", "seat": "lead", "skill": "deep", "level": 3}]
    same_hour = meeting("M2", "2026-03-05 19:00", "2026-03-05 21:00")
    case = problem([M1, same_hour], ["F1", "F2", "F3"], skills=skills, requirements=asked)
    mishap = by_name(resilience(case, roster({"M1": "F1", "M2": "F2"})))["F1"]
    assert (mishap.lost, mishap.changes, mishap.others) == (0, 2, ("F2", "F3"))


SERIES = [meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00", series="course"), {**M2, "series": "course"}]
STAKES = {"M1": {"Town": "decider"}, "M2": {"Town": "decider", "School": "interest"}}


def in_series(people: Iterable[Cells]) -> Problem:
    """Return a problem of two meetings of a series; the school has a stake in the second."""
    return problem(SERIES, list(people), STAKES)


def test_a_party_may_come_late_to_the_other_meetings_of_a_series() -> None:
    case = in_series([facilitator("F1", organisation="School")])
    assert [row.meeting for row in likely_meetings(case, "School")] == ["M1"]
    assert likely_meetings(case, "Town") == ()
    answer = resilience(case, roster({"M1": "F1"}))
    (late,) = answer.parties
    assert (late.organisation, late.meeting, late.facilitators) == ("School", "M1", ("F1",))
    assert (late.before, late.after, late.settled) == (4, 8, True)
    assert late.words.en.startswith("With School as a party to M1, tier 1 (coverage) becomes 8 points instead of 4")
    assert late in answer.single_points


def test_a_late_party_costs_nothing_where_somebody_neutral_can_step_in() -> None:
    case = in_series([facilitator("F1", organisation="School"), facilitator("F2"), facilitator("F3")])
    (late,) = resilience(case, roster({"M1": "F1", "M2": "F2"})).parties
    assert (late.lost, late.settled, late.changes) == (0, True, 1)


def test_a_late_party_that_nobody_is_tied_to_is_counted() -> None:
    answer = resilience(in_series([facilitator("F1")]), roster({"M1": "F1", "M2": "F1"}))
    assert (answer.parties, answer.untouched) == ((), 1)
    assert answer.words[-1].en == "Late parties that nobody would have to leave a seat for: 1."


def test_who_steps_in_is_not_tied_to_the_late_party_either() -> None:
    people = [facilitator(name, organisation="School") for name in ("F1", "F2")]
    (late,) = resilience(in_series(people), roster({"M1": "F1"})).parties
    assert late.emptied == (("M1", "lead"),)


def test_a_late_party_may_cost_others_a_seat_elsewhere_too() -> None:
    # F2 of X leads the first session, F1 beside them is pinned; with X there F1 has met it once too often in M2.
    days = [
        meeting("M1", "2026-03-05 10:00", "2026-03-05 12:00", series="S"),
        meeting("M2", "2026-03-12 10:00", "2026-03-12 12:00"),
        meeting("M3", "2026-03-19 10:00", "2026-03-19 12:00", series="S"),
    ]
    seats = [
        {"meeting": name, "seat": role, "role": role}
        for name, role in [("M1", "lead"), ("M1", "co"), ("M2", "lead"), ("M3", "lead")]
    ]
    people = [facilitator("F1"), facilitator("F2", organisation="X"), facilitator("F3", organisation="Y", roles="lead")]
    stakes = {"M1": {"Town": "decider"}, "M2": {"X": "decider"}, "M3": {"X": "decider"}}
    pins = [{"meeting": "M1", "seat": "co", "facilitator": "F1"}]
    rules = STANDARD_RULES.plus(ExposureCapRule(cap=1, window_days=90))
    held = roster({("M1", "lead"): "F2", ("M1", "co"): "F1", ("M2", "lead"): "F1"})
    (late,) = resilience(problem(days, people, stakes, seats, pins=pins), held, rules).parties
    assert (late.facilitators, late.organisation, late.meeting) == (("F2",), "X", "M1")
    assert late.settled
    assert late.instead is not None
    assert ("M2", "lead", "F1") in {(item.meeting, item.seat, item.before) for item in late.instead.seats}


def test_an_illegal_roster_is_refused() -> None:
    case = problem([M1], [facilitator("F1", organisation="Town")])
    with pytest.raises(ValueError, match="the roster is not legal"):
        resilience(case, roster({"M1": "F1"}))


@pytest.mark.parametrize(("name", "value"), [("pairs", -1), ("time_limit", -1)])
def test_arguments_out_of_range_are_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        resilience(problem(), Roster(), **{name: value})  # type: ignore[arg-type]


def test_progress_is_told_and_all_of_it_is_data() -> None:
    told: list[tuple[int, int]] = []
    answer = solved(problem([M1, M2], ["F1", "F2"]), on_progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert json.loads(json.dumps(answer.to_dict()))["facilitators"][0]["facilitators"] == ["F1"]
    assert all(item.nl != item.en for item in answer.words)


def elsewhere(kind: str) -> Executor:
    return ThreadPoolExecutor(2) if kind == "threads" else ProcessPoolExecutor(2, get_context("spawn"))


@pytest.mark.parametrize("kind", ["threads", pytest.param("processes", marks=pytest.mark.slow)])
def test_it_is_the_same_on_an_executor(kind: str) -> None:
    case = in_series([facilitator("F1", organisation="School"), facilitator("F2"), facilitator("F3")])
    held = roster({"M1": "F1", "M2": "F2"})
    told: list[int] = []
    with elsewhere(kind) as executor:
        found = resilience(case, held, executor=executor, on_progress=lambda done, _: told.append(done))
    alone = resilience(case, held)
    assert [(item.facilitators, item.after) for item in found.mishaps] == [
        (item.facilitators, item.after) for item in alone.mishaps
    ]
    assert told == list(range(1, len(alone.mishaps) + 1))


@pytest.mark.parametrize("kind", [None, "threads"])
def test_what_was_not_tried_when_it_was_stopped_is_counted(kind: str | None) -> None:
    case, stop = problem([M1, M2], ["F1", "F2"]), Event()
    held = solve(case).roster
    with nullcontext() if kind is None else elsewhere(kind) as executor:
        stop.set()
        none = resilience(case, held, stop=stop, executor=executor)
        assert (none.mishaps, none.left_out) == ((), 3)  # F1, F2, and both
        stop.clear()
        first = resilience(case, held, stop=stop, on_progress=lambda *_: stop.set())
        assert ([item.facilitators for item in first.mishaps], first.left_out) == ([("F1",)], 2)


def without(reports: Iterable[Report], case: Problem, names: Iterable[str]) -> list[Report]:
    """Return the reports of rosters in which some people take nothing that is still to come."""
    gone = set(names)
    return [
        item
        for item in reports
        if not any(row.facilitator in gone and row.meeting not in case.frozen for row in item.roster.rows)
    ]


def is_right(mishap: Mishap, allowed: Iterable[Report]) -> None:
    """Assert that nothing is lost, or as little as in the best of all rosters."""
    assert mishap.settled
    assert mishap.after is not None
    least = min(report.tiers[0].points for report in allowed)
    assert mishap.after == max(least, min(mishap.before, mishap.after))


@pytest.mark.parametrize("seed", seeds(8))
def test_it_agrees_with_all_rosters_of_small_problems(seed: int) -> None:
    case = lively(seed, most=400)
    reports = [report for report in judged_rosters(case, STANDARD_RULES) if report.legal]
    result = solve(case, seed=seed)
    answer = resilience(case, result.roster, time_limit=20)
    for mishap in (*answer.facilitators, *answer.pairs):
        is_right(mishap, without(reports, case, mishap.facilitators))
    for mishap in answer.parties:
        late = with_late_party(case, str(mishap.organisation), str(mishap.meeting))
        is_right(mishap, [report for report in judged_rosters(late, STANDARD_RULES) if report.legal])


@pytest.mark.parametrize("seed", seeds(8))
def test_what_it_says_of_the_roster_that_could_be_made_is_true(seed: int) -> None:
    case = lively(seed + 100)
    result = solve(case, seed=seed)
    for mishap in resilience(case, result.roster, pairs=3).mishaps:
        assert mishap.instead is not None
        rows = {(row.meeting, row.seat): row for row in result.roster.rows}
        for change in mishap.instead.seats:
            rows[change.meeting, change.seat] = rows[change.meeting, change.seat].model_copy(
                update={"facilitator": change.after}
            )
        moved = {item.meeting: item.after for item in mishap.instead.times}
        made = [
            row.model_copy(update={"start": moved[row.meeting], "end": None}) if row.meeting in moved else row
            for row in rows.values()
        ]
        changed = case
        if mishap.organisation is not None:
            changed = with_late_party(case, mishap.organisation, str(mishap.meeting))
        report = check(changed, Roster(rows=tuple(made)))
        assert report.legal
        assert report.tiers[0].points == mishap.after
        assert [item.points for item in report.tiers] == [item.after for item in mishap.tiers]
