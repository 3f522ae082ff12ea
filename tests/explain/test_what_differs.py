"""What one roster has otherwise than another: seats, times, people, rules and tiers, in words."""

import random
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from tests.builders import EMPLOYER, meeting, problem, roster
from tests.rings import seeds
from tests.solving.enumeration import judged_rosters
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, Roster, check, compare, solve
from poolmatch.domain.roster import RosterRow
from poolmatch.explain.comparison import SeatChange
from poolmatch.report.sections.of_comparison import content_of_comparison
from poolmatch.vocabulary import rule_name
from poolmatch.words import pattern

Holders = Mapping[tuple[str, str], str | None]
Starts = Mapping[str, datetime | None]

TWO = [meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00"), meeting("M2", "2026-03-12 19:00", "2026-03-12 21:00")]


def test_a_roster_has_nothing_otherwise_than_itself() -> None:
    result = solve(problem(TWO, ["F1", "F2"]))
    same = compare(result, result)
    assert not same
    assert (same.seats, same.times, same.people, same.rules) == ((), (), (), ())
    assert all(tier.before == tier.after for tier in same.tiers)


def test_seats_that_are_filled_emptied_or_taken_over_are_told_in_both_languages() -> None:
    before = roster({"M1": "F1", "M2": "F2", "M3": None})
    after = roster({"M1": "F2", "M2": None, "M3": "F3"})
    found = compare(before, after)
    assert [item.en for item in found.words] == [
        "Seat lead of M1: F2 instead of F1.",
        "Seat lead of M2 is empty; F2 held it.",
        "Seat lead of M3: F3; it was empty.",
    ]
    assert [item.nl for item in found.words] == [
        "Plaats lead van M1: F2 in plaats van F1.",
        "Plaats lead van M2 is leeg; F2 zat er.",
        "Plaats lead van M3: F3; die was leeg.",
    ]
    assert {item.facilitator: [words.en for words in item.words] for item in found.people} == {
        "F1": ["F1 leaves seat lead of M1."],
        "F2": ["F2 leaves seat lead of M2.", "F2 comes into seat lead of M1."],
        "F3": ["F3 comes into seat lead of M3."],
    }


def test_a_meeting_at_another_time_is_told_to_who_stays_in_it() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{day} 19:00", "end": f"2026-03-{day} 21:00"} for day in ("05", "06")]
    case = problem([{"meeting": "M1"}], ["F1", "F2"], slots=slots)
    first, second = (start for start, _ in case.times(case.meeting("M1")))
    rosters = [Roster.of(case, {("M1", "lead"): "F1"}, {"M1": start}) for start in (first, second)]
    found = compare(*rosters)
    assert found.seats == ()
    assert [item.en for item in found.words] == ["M1 is at 2026-03-06 19:00 instead of 2026-03-05 19:00."]
    assert [(item.facilitator, item.elsewhen) for item in found.people] == [("F1", found.times)]


def test_when_a_meeting_is_of_which_no_time_was_chosen_is_told_and_that_it_has_none_any_more() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{day} 19:00", "end": f"2026-03-{day} 21:00"} for day in ("05", "06")]
    case = problem([{"meeting": "M1"}, TWO[1]], ["F1"], slots=slots)
    second = case.times(case.meeting("M1"))[1][0]
    held = {("M1", "lead"): "F1", ("M2", "lead"): "F1"}
    nobody, both = Roster.of(case, {}), Roster.of(case, held, {"M1": second})
    assert [item.en for item in compare(nobody, both).words] == [
        "Seat lead of M1: F1; it was empty.",
        "Seat lead of M2: F1; it was empty.",
        "M1 is at 2026-03-06 19:00; it had no time yet.",
    ]
    assert [item.nl for item in compare(both, nobody).words] == [
        "Plaats lead van M1 is leeg; F1 zat er.",
        "Plaats lead van M2 is leeg; F1 zat er.",
        "M1 heeft geen tijd meer; het was om 6-3-2026 19:00.",
    ]
    # A roster that was put together by hand need tell no times.
    assert compare(roster({"M1": None}), both).times == ()


@pytest.mark.parametrize("seed", seeds(20))
def test_what_is_otherwise_made_of_one_roster_gives_the_other(seed: int) -> None:
    case = lively(seed)
    legal = [item for item in judged_rosters(case, STANDARD_RULES) if item.legal]
    rng = random.Random(seed)
    for one, other in ((rng.choice(legal), rng.choice(legal)) for _ in range(20)):
        found = compare(one, other)
        holders = {(item.meeting, item.seat): item.after for item in found.seats}
        starts = {item.meeting: item.after for item in found.times}

        def made(row: RosterRow, holders: Holders = holders, starts: Starts = starts) -> dict[str, Any]:
            key = row.meeting, row.seat
            return {"facilitator": holders.get(key, row.facilitator), "start": starts.get(row.meeting, row.start)}

        assert one.roster.with_rows(made).fingerprint == other.roster.fingerprint
        assert bool(found) == (one.roster.fingerprint != other.roster.fingerprint)


def test_rules_and_tiers_are_told_where_both_were_judged() -> None:
    case = problem(TWO, ["F1", "F2"])
    both, one = (
        check(case, Roster.of(case, held))
        for held in ({("M1", "lead"): "F1", ("M2", "lead"): "F2"}, {("M1", "lead"): "F1"})
    )
    found = compare(both, one)
    empty = next(item for item in found.rules if item.rule == "fill-seats")
    assert (empty.before, empty.after, len(empty.gone), len(empty.fresh)) == (0, 4, 0, 1)
    assert empty.words.en == "required seats costs 4 points instead of 0."
    assert [(item.tier, item.before, item.after) for item in found.tiers if item.tier == 1] == [(1, 0, 4)]
    assert compare(both.roster, one).rules == ()


def test_what_makes_one_illegal_and_not_the_other_is_told_as_that_and_not_as_points() -> None:
    case = problem(TWO, ["F1", "F2"], stakes={"M1": {EMPLOYER: "decider"}})
    nobody, tied = (check(case, roster({"M1": who, "M2": "F2"})) for who in (None, "F1"))
    found = compare(nobody, tied)
    told = [words.en for words in found.words]
    assert ([item.rule for item in found.broken], found.mended) == (["neutral"], ())
    assert "neutral is broken once instead of 0 times." in told
    assert told[-1] == next(item.words.en for item in tied.violations)
    back = compare(tied, nobody)
    assert (back.broken, back.mended) == ((), found.broken)
    content = content_of_comparison(found)
    broken = next(section for section in content.sections if section.id == "violations")
    assert [words for _, words in broken.rows] == [pattern("{meeting}: {words}", meeting="M1", words=found.words[-1])]
    assert rule_name("neutral") not in [cells[0] for cells in content.sections[-1].rows]


def test_a_rule_that_finds_something_else_at_the_same_price_has_no_sentence() -> None:
    case = problem(TWO, ["F1"])
    one, other = check(case, roster({"M1": "F1", "M2": None})), check(case, roster({"M1": None, "M2": "F1"}))
    found = compare(one, other)
    assert {item.rule: item.before == item.after for item in found.rules}["fill-seats"]
    assert not any("required seats" in words.en for words in found.words)


def test_what_one_problem_has_and_the_other_not_counts_as_empty_there() -> None:
    found = compare(roster({"M1": "F1"}), roster({"M2": "F1"}))
    assert [(item.meeting, item.before, item.after) for item in found.seats] == [("M1", "F1", None), ("M2", None, "F1")]


def test_what_is_no_roster_is_refused() -> None:
    with pytest.raises(TypeError, match="read it first"):
        compare("roster.csv", roster({}))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", seeds(20))
def test_the_way_back_is_the_same_changes_the_other_way_round(seed: int) -> None:
    case = lively(seed)
    one, other = solve(case, seed=seed), solve(case.replace(preferences=()), STANDARD_RULES, seed=seed + 1)
    there, back = compare(one, other), compare(other, one)
    assert [SeatChange(item.meeting, item.seat, item.after, item.before) for item in back.seats] == list(there.seats)
    assert [item.facilitator for item in back.people] == [item.facilitator for item in there.people]
    assert there.to_dict().keys() == {"seats", "times", "people", "rules", "tiers"}
    assert one.roster.diff(other.roster) == compare(one.roster, other.roster)
    assert one.report.diff(other) == there
    assert "compare" in str(Roster.diff.__doc__)
