"""Every sample is solved to proof, from its folder and from its workbook, and gives the expected values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from poolmatch import Status, check, read, solve

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())


def test_there_are_samples() -> None:
    assert "westerkwartier-2026-03" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_expected_values(name: str) -> None:
    expected = json.loads((SAMPLES / name / "expected.json").read_text("utf-8"))
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
