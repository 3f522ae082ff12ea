"""Public and school holidays of the Netherlands, as rows of the table availability."""

from __future__ import annotations

from datetime import date

import pytest
from tests.builders import MARCH, problem

from poolmatch import Problem, public_holiday_rows, school_holiday_rows
from poolmatch.domain.calendar import Availability
from poolmatch.domain.presence import leaves
from poolmatch.errors import UnknownId


def of(start: str, end: str) -> Problem:
    return problem((), ["F1", "F2"], period={**MARCH, "start": start, "end": end})


def days(rows: tuple[Availability, ...]) -> list[str]:
    return [f"{row.facilitator} {row.start:%d-%m-%Y}–{row.end:%d-%m-%Y}" for row in rows]


def test_nobody_works_on_public_holidays() -> None:
    case = of("2026-04-01", "2026-05-14")
    assert days(public_holiday_rows(case, ["F2"])) == [
        "F2 05-04-2026–06-04-2026",  # Easter
        "F2 27-04-2026–27-04-2026",
        "F2 05-05-2026–05-05-2026",
        "F2 14-05-2026–14-05-2026",  # Ascension Day
    ]
    both = public_holiday_rows(case)
    assert [row.facilitator for row in both] == ["F1"] * 4 + ["F2"] * 4
    assert {row.kind for row in both} == {"unavailable"}
    assert case.replace(availability=both).availability == both


@pytest.mark.parametrize(
    ("region", "spring", "autumn"),
    [  # as the ministry has laid them down for 2025–2026 and 2026–2027, with the weekend before
        ("noord", "21-02-2026–01-03-2026", "10-10-2026–18-10-2026"),
        ("Midden", "14-02-2026–22-02-2026", "17-10-2026–25-10-2026"),
        ("zuid", "14-02-2026–22-02-2026", "17-10-2026–25-10-2026"),
    ],
)
def test_school_holidays_by_region(region: str, spring: str, autumn: str) -> None:
    assert days(school_holiday_rows(of("2026-02-10", "2026-03-31"), region, ["F1"])) == [f"F1 {spring}"]
    assert days(school_holiday_rows(of("2026-10-01", "2026-10-31"), region, ["F1"])) == [f"F1 {autumn}"]


def test_a_holiday_is_whole_though_the_period_holds_a_part_of_it() -> None:
    """Christmas 2026: Saturday 19 December to Sunday 3 January; so it is leave."""
    case = of("2026-12-01", "2026-12-22")
    rows = school_holiday_rows(case, "noord", ["F1"])
    assert days(rows) == ["F1 19-12-2026–03-01-2027"]
    assert leaves(rows, case.period) == ((date(2026, 12, 19), date(2027, 1, 3)),)
    assert days(school_holiday_rows(of("2027-01-02", "2027-01-31"), "noord", ["F1"])) == days(rows)


def test_without_a_region_or_a_year_there_is_no_silence() -> None:
    for region in ("", "oost", "Noord-Holland"):
        with pytest.raises(ValueError, match="no region of school holidays"):
            school_holiday_rows(of("2026-04-01", "2026-04-30"), region)
    with pytest.raises(ValueError, match="school holidays of 2042 are not all known"):
        school_holiday_rows(of("2042-04-01", "2042-04-30"), "noord")
    with pytest.raises(UnknownId):
        school_holiday_rows(of("2026-04-01", "2026-04-30"), "noord", ["F9"])
