"""Every sample is solved to proof, from its folder and from its workbook, and gives the expected values.

Beside each lies a roster that a coordinator might make by hand: legal, and not better than ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from poolmatch import Status, check, read, read_roster, solve

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())
HAND_MADE = ".hand-made.csv"


def expected_of(name: str) -> Any:
    return json.loads((SAMPLES / name / "expected.json").read_text("utf-8"))


def better(tiers: Mapping[float, Fraction], others: Mapping[float, Fraction]) -> bool:
    """Tell whether values by tier are less than others at the first tier at which they differ."""
    keys = sorted({*tiers, *others})
    return [tiers.get(key, 0) for key in keys] < [others.get(key, 0) for key in keys]


def points(rows: Iterable[tuple[float, int, int]]) -> dict[float, Fraction]:
    """Return points by tier, whatever the scale they were written in."""
    return {tier: Fraction(value, scale) for tier, value, scale in rows}


def test_there_are_samples() -> None:
    assert {"extern-2026-06", "pleinen-2026-05", "westerkwartier-2026-03"} <= set(NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_expected_values(name: str) -> None:
    expected = expected_of(name)
    problem = read(SAMPLES / name)
    for seed in (0, 1):
        result = solve(problem, seed=seed)
        assert result.status is Status.OPTIMAL
        assert result.seats == expected["seats"]
        tiers = [{"tier": tier.tier, "value": tier.value, "scale": tier.scale} for tier in result.tiers]
        assert tiers == expected["tiers"]
        assert check(problem, result.roster).legal
        empty = [[row.meeting, row.seat] for row in result.roster.rows if row.facilitator is None]
        assert empty == expected["empty"]


@pytest.mark.parametrize("name", NAMES)
def test_the_workbook_is_the_same_problem(name: str) -> None:
    assert read(SAMPLES / f"{name}.xlsx") == read(SAMPLES / name)


def test_better_is_decided_at_the_first_difference_and_in_points() -> None:
    ours = points([(1, 4, 1), (5, 30, 10), (6, 7, 1)])
    assert not better(ours, ours)
    assert better(points([(1, 4, 1), (5, 29, 10), (6, 99, 1)]), ours)
    assert not better(points([(1, 4, 1), (5, 31, 10), (6, 0, 1)]), ours)
    assert not better(points([(1, 5, 1), (5, 0, 1), (6, 0, 1)]), ours)
    assert not better(points([(1, 4, 1), (5, 3, 1), (6, 7, 1)]), ours)  # 3 points, in another scale
    assert better(points([(1, 4, 1), (5, 3, 1), (6, 6, 1)]), ours)
    assert not better(points([(1, 4, 1), (4, 1, 1), (5, 0, 1)]), ours)  # a tier that is not written is 0


def test_every_sample_has_a_hand_made_roster_beside_it() -> None:
    assert sorted(path.name.removesuffix(HAND_MADE) for path in SAMPLES.glob(f"*{HAND_MADE}")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_hand_made_roster_is_legal_and_not_better_than_ours(name: str) -> None:
    problem = read(SAMPLES / name)
    roster = read_roster(SAMPLES / f"{name}{HAND_MADE}", problem)
    seats = [(seat.meeting, seat.seat) for seat in problem.all_seats]
    assert sorted((row.meeting, row.seat) for row in roster.rows) == sorted(seats)
    report = check(problem, roster)
    assert [str(item.words.en) for item in report.violations] == []
    theirs = points((tier.tier, tier.value, tier.scale) for tier in report.tiers)
    ours = points((tier["tier"], tier["value"], tier["scale"]) for tier in expected_of(name)["tiers"])
    assert not better(theirs, ours)
    assert theirs[1] == ours[1]  # whoever makes it by hand fills the same seats, or as good ones
