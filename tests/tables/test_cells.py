"""How values are written down, such that they read back exactly."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from poolmatch.tables.cells import instant_text, number_text


@pytest.mark.parametrize(
    ("instant", "zone", "text"),
    [
        ("2026-03-10T18:30Z", "Europe/Amsterdam", "2026-03-10 19:30"),
        ("2026-03-10T18:30:05Z", "Europe/Amsterdam", "2026-03-10 19:30:05"),
        ("2026-03-29T00:59Z", "Europe/Amsterdam", "2026-03-29 01:59"),
        ("2026-03-29T01:00Z", "Europe/Amsterdam", "2026-03-29 03:00"),
        ("2026-10-24T23:59Z", "Europe/Amsterdam", "2026-10-25 01:59"),
        ("2026-10-25T00:00Z", "Europe/Amsterdam", "2026-10-25 02:00+02:00"),
        ("2026-10-25T01:59Z", "Europe/Amsterdam", "2026-10-25 02:59+01:00"),
        ("2026-10-25T02:00Z", "Europe/Amsterdam", "2026-10-25 03:00"),
        ("1919-03-01T00:44:00Z", "Africa/Monrovia", "1919-03-01 00:44Z"),  # clocks went back by 82 seconds
        ("2026-03-10T18:30Z", "UTC", "2026-03-10 18:30"),
    ],
)
def test_instants(instant: str, zone: str, text: str) -> None:
    assert instant_text(datetime.fromisoformat(instant), ZoneInfo(zone)) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (5.0, "5"),
        (-0.5, "-0.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e-7, "0.0000001"),
        (1.5e-9, "0.0000000015"),
        (1e9, "1000000000"),
        (99999.99999999999, "99999.99999999999"),
    ],
)
def test_numbers_have_no_exponent(number: float, text: str) -> None:
    assert number_text(number) == text
