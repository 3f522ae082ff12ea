"""Numbers on a page are written as people write them, and bars show them."""

from __future__ import annotations

import pytest

from poolmatch.report.page import bars, cells
from poolmatch.report.sections.section import Kind
from poolmatch.results import Tier


@pytest.mark.parametrize(
    ("value", "kind", "dutch", "english"),
    [
        (1234.56, Kind.HOURS, "1.234,6", "1,234.6"),
        (-2.25, Kind.BALANCE, "−2,2", "−2.2"),
        (-0.04, Kind.BALANCE, "0,0", "0.0"),
        (3, Kind.BALANCE, "+3,0", "+3.0"),
        (147.1104, Kind.POINTS, "147,11", "147.11"),
        (1234567.0, Kind.POINTS, "1.234.567", "1,234,567"),
        (0.00425, Kind.SHARE, "0,43%", "0.43%"),
        (12, Kind.WHOLE, "12", "12"),
    ],
)
def test_numbers_are_written_as_people_write_them(value: float, kind: Kind, dutch: str, english: str) -> None:
    assert cells.number(value, kind, "nl") == dutch
    assert cells.number(value, kind, "en") == english


@pytest.mark.parametrize(
    ("value", "bound", "sure", "open_"),
    [
        (10, 10, (0, 100), (100, 0)),
        (10, 4, (0, 40), (40, 60)),
        (10, 0, (0, 0), (0, 100)),
        (0, 0, (0, 0), (0, 0)),
        (5, -5, (50, 0), (0, 100)),
        (-5, -8, (37.5, 62.5), (0, 37.5)),
        (-4, -4, (0, 100), (0, 0)),
        (3, 4, (0, 100), (100, 0)),  # a bound that a tolerance above left behind
    ],
)
def test_a_bar_is_full_up_to_the_bound(
    value: int, bound: int, sure: tuple[float, float], open_: tuple[float, float]
) -> None:
    drawn = bars.bar_of_tier(Tier(1, value, bound, 1), "")
    assert (drawn.sure, drawn.open) == (sure, open_)


def test_a_load_has_a_mark_at_the_fair_share() -> None:
    assert bars.bar_of_load(6, 9, 12, "") == bars.Bar((0, 50), (0, 0), 75, "")
    assert bars.bar_of_load(0, 0, 0, "") == bars.Bar((0, 0), (0, 0), 0, "")
