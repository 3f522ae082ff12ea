"""What is known of an instance: the better roster of two, and which bounds hold for it."""

from __future__ import annotations

import pytest
from benchmarks.library.records import Contradiction, Record, contradiction, merged
from benchmarks.measuring.results import Goal


def record(by: str, values: tuple[int, ...], bounds: tuple[int | None, ...], unavoidable: int = 0) -> Record:
    goals = [
        Goal(tier, value, bound, 10, unavoidable)
        for tier, (value, bound) in enumerate(zip(values, bounds, strict=True), 1)
    ]
    return Record.of(goals, by, "2026-01-01")


def bounds(found: Record) -> list[tuple[int | None, str]]:
    """Return the bound of each tier and who proved it."""
    return [(level.goal.bound, level.by) for level in found.levels]


def test_the_first_is_kept_as_it_is() -> None:
    first = record("a", (5, 9), (4, None))
    assert merged(None, first) == first
    assert bounds(first) == [(4, "a"), (None, "")]


@pytest.mark.parametrize(
    ("known", "found", "best"),
    [
        ((5, 9, 9), (4, 20, 20), "found"),
        ((4, 9, 9), (5, 0, 0), "known"),
        ((4, 9, 9), (4, 8, 30), "found"),
        ((4, 9, 9), (4, 9, 9), "known"),
    ],
)
def test_the_first_tier_that_differs_decides(known: tuple[int, ...], found: tuple[int, ...], best: str) -> None:
    nothing = (None, None, None)
    assert merged(record("known", known, nothing), record("found", found, nothing)).by == best


def test_a_bound_stays_where_no_tier_above_is_worse_and_is_dropped_elsewhere() -> None:
    known = record("a", (8, 5, 7, 6), (3, 2, 1, 6))
    found = record("b", (6, 9, 7, 6), (None, None, None, None))
    kept = merged(known, found)
    assert kept.values == found.values
    assert bounds(kept) == [(3, "a"), (2, "a"), (None, ""), (None, "")]  # 9 > 5: nothing was proven of such rosters


def test_the_higher_bound_is_kept_with_who_proved_it() -> None:
    known = record("a", (6, 9), (3, 9))
    worse = record("b", (7, 20), (5, 1))
    assert bounds(merged(known, worse)) == [(5, "b"), (9, "a")]


def test_a_bound_for_better_rosters_says_nothing_of_this_one() -> None:
    known = record("a", (6, 9, 9), (3, None, None))
    other = record("b", (6, 10, 4), (None, None, 4))  # holds for all that are worth 6 and at most 10: also for this
    assert bounds(merged(known, other))[2] == (4, "b")
    tighter = merged(other, record("c", (6, 10, 3 + 1), (None, 8, None)))
    assert bounds(tighter) == [(None, ""), (8, "c"), (4, "b")]


def test_what_cannot_be_avoided_is_kept_from_who_says_it() -> None:
    kept = merged(record("a", (5,), (4,), unavoidable=2), record("b", (4,), (None,)))
    assert [level.goal.unavoidable for level in kept.levels] == [2]


@pytest.mark.parametrize(
    ("values", "flaw"),
    [
        ((4, 9), None),
        ((3, 0), "tier 1 is worth 0.3, below the bound 0.4"),
        ((4, 5), "tier 2 is worth 0.5, below the bound 0.6"),
        ((5, 5), "tier 2"),
        ((6, 5), None),
    ],
)
def test_a_roster_is_held_against_bounds_that_are_said_of_it(values: tuple[int, ...], flaw: str | None) -> None:
    found = contradiction(record("a", (5, 9), (4, 6)), values)
    assert found is None if flaw is None else found is not None and found.startswith(flaw)


def test_records_that_contradict_are_not_merged() -> None:
    low, high = record("a", (3,), (None,)), record("b", (6,), (5,))
    for known, found in ((low, high), (high, low)):
        with pytest.raises(Contradiction, match=r"the roster of a: tier 1 is worth 0\.3, below the bound 0\.5 that b"):
            merged(known, found)
