"""Who is better at a moment, tier by tier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from benchmarks.cases.registry import Case, sized
from benchmarks.contenders.registry import together
from benchmarks.measuring.comparison import beside, compared, comparisons, moments_of, typical
from benchmarks.measuring.results import Goal, Point, Results, Run

Ends = Sequence[tuple[int, int | None]]


def ran(ends: Ends, contender: str = "poolmatch", curve: tuple[Point, ...] = (), **more: Any) -> Run:
    """Return a run whose tiers ended with these values and bounds after a minute."""
    goals = tuple(Goal(tier, value, bound, 1, 0) for tier, (value, bound) in enumerate(ends, 1))
    run = Run("a", 1, contender, 60, "done", seconds=61, solving=60.2, goals=goals, curve=curve)
    return replace(run, **more)


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        ([(5, 5), (3, 1)], [(5, 5), (3, 1)], "the same"),
        ([(5, 5), (3, 1)], [(6, 5), (2, 2)], "better"),  # the bound of tier 2 is one of worse rosters
        ([(5, 5), (3, 1)], [(5, 5), (2, 1)], "**worse**: value of tier 2"),
        ([(5, 5), (3, 1)], [(5, 5), (3, 2)], "**worse**: bound of tier 2"),
        ([(5, 4), (3, 3)], [(5, 5), (9, 0)], "**worse**: bound of tier 1"),
        ([(6, 4), (3, 3)], [(5, 5), (9, 0)], "**worse**: value of tier 1, bound of tier 1"),
        ([(5, 5), (3, None)], [(5, 5), (3, 0)], "**worse**: bound of tier 2"),
        ([(5, 5), (3, 0)], [(5, 5), (3, None)], "better"),
    ],
)
def test_values_count_in_the_highest_tier_that_differs_and_bounds_down_to_there(
    ours: Ends, theirs: Ends, words: str
) -> None:
    assert compared(ran(ours), ran(theirs, "highs"), 60).words == words


def test_before_the_limit_it_counts_what_was_there() -> None:
    ours = ran([(5, 5), (3, 3)], curve=(Point(4, 1, 8, 2), Point(9, 1, 5, 5), Point(11, 2, 3, 1)))
    theirs = ran([(5, 5), (3, 3)], "highs", curve=(Point(8, 1, 5, 4), Point(9.5, 1, 5, 5), Point(9.9, 2, 7, 0)))
    assert compared(ours, theirs, 5).words == "better"  # they have nothing yet
    assert compared(ours, theirs, 8).words == "**worse**: value of tier 1, bound of tier 1"
    assert compared(ours, theirs, 10).words == "**worse**: value of tier 2, bound of tier 2"
    assert compared(ours, theirs, 30).words == "better"  # their curve says 7 until their files say 3
    assert compared(ours, theirs, 60).words == "the same"


def test_what_came_far_too_late_is_taken_as_it_was_at_the_moment() -> None:
    late = ran([(5, 5)], "highs", curve=(Point(8, 1, 9, 4), Point(90, 1, 5, 5)), seconds=91, solving=90)
    assert compared(ran([(7, 4)]), late, 60).words == "better"


def test_what_nobody_judged_is_no_value_but_a_bound_is_one() -> None:
    nothing = ran([], "highs", curve=(Point(8, 1, 2, 6),), outcome="nothing")
    assert compared(ran([(7, 5)]), nothing, 60).words == "**worse**: bound of tier 1"
    assert compared(ran([(7, 6)]), nothing, 60).words == "better"


def test_of_several_seeds_the_middle_one_counts() -> None:
    same, better, worse = [(5, 5)], [(6, 5)], [(4, 4)]
    found = [(ran([(5, 5)]), ran(ends, "highs")) for ends in (same, better, worse)]
    assert typical(found, 60).words == "the same"
    assert typical(found[1:], 60).worse  # of two the worse


def test_moments_beyond_a_limit_do_not_compare_unless_all_is_proven() -> None:
    open_ = ran([(5, 4)]), ran([(5, 4)], "highs", limit=30)
    assert moments_of([open_]) == [10, 30]
    done = ran([(5, 4)]), ran([(5, 5)], "highs", limit=30, seconds=9)
    assert moments_of([done]) == [10, 30, 60]


def test_only_who_took_part_is_compared() -> None:
    ours = ran([(5, 5)], curve=(Point(2, 1, 5, 5),))
    absent = Run("a", 1, "scip", 60, "absent", "no wheel")
    broken = Run("a", 1, "cpsat", 60, "error", "ended with code 1")
    late = Run("a", 1, "highs", 60, "error", "did not end in time: ", curve=(Point(3, 1, 5, 4),))
    results = Results([ours, absent, broken, late])
    assert {name for name, _, _ in comparisons(results, "a")} == {"highs"}
    table = beside(results, {"a": Case(sized("pools", 3, 4, 2), 60)})
    assert "| a | HiGHS | better | better | better |" in table
    assert beside(Results([ours]), {"a": Case(sized("pools", 3, 4, 2), 60)}) == ""


def test_a_bound_is_held_against_rosters_that_are_as_good_above_it() -> None:
    ours, theirs = ran([(5, 5), (3, 3)]), ran([(5, 5), (9, 4)], "highs")
    assert [item.reason for item in together([ours, theirs])] == [
        "",
        "tier 2: proved a bound of 4; a roster of poolmatch is worth 3",
    ]
    worse_above = ran([(6, 5), (3, 3)]), ran([(5, 5), (9, 4)], "highs")
    assert [item.outcome for item in together(worse_above)] == ["done", "done"]
    better_above = ran([(4, 4), (3, 3)]), ran([(6, 4), (9, 4)], "highs")
    assert [item.outcome for item in together(better_above)] == ["done", "error"]
