"""Public holidays of the Netherlands, and days on which most people are free."""

from datetime import date, timedelta

import pytest

from poolmatch.domain.holidays import FreeDays, dutch_holidays


def days(year: int, *named: str) -> set[date]:
    return {date.fromisoformat(f"{year}-{day}") for day in named}


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        # Easter Sunday and Monday, Ascension Day, Whit Sunday and Monday.
        (2024, ("03-31", "04-01", "05-09", "05-19", "05-20")),
        (2025, ("04-20", "04-21", "05-29", "06-08", "06-09")),
        (2026, ("04-05", "04-06", "05-14", "05-24", "05-25")),
        (2027, ("03-28", "03-29", "05-06", "05-16", "05-17")),
        (2038, ("04-25", "04-26", "06-03", "06-13", "06-14")),  # as late as it can be
    ],
)
def test_the_days_that_go_with_easter(year: int, easter: tuple[str, ...]) -> None:
    king = "04-26" if year == 2025 else "04-27"
    assert dutch_holidays(year) == days(year, "01-01", king, "05-05", "12-25", "12-26", *easter)


def test_the_king_s_birthday_is_not_kept_on_a_sunday() -> None:
    # 27 April is a Sunday in 2014, 2025 and 2031.
    kept = {year: {day.day for day in dutch_holidays(year) if day.month == 4} for year in (2013, 2014, 2025, 2031)}
    assert [26 in kept[year] for year in (2014, 2025, 2031)] == [True] * 3
    assert [27 in kept[year] for year in (2014, 2025, 2031)] == [False] * 3
    assert 27 in kept[2013]  # a Saturday; as of 2014 it is so, and history goes back 91 days


def test_good_friday_is_an_ordinary_day() -> None:
    for year in range(2020, 2040):
        friday = min(day for day in dutch_holidays(year) if day.month in (3, 4)) - timedelta(days=2)
        assert friday not in dutch_holidays(year)


def test_free_days() -> None:
    free = FreeDays()
    assert [date(2026, 5, day) in free for day in range(1, 11)] == [
        *(False, True, True, False, True),  # Friday 1 May, the weekend, Monday, 5 May
        *(False, False, False, True, True),
    ]
    assert date(2026, 5, 14) in free
    assert date(2026, 5, 15) not in free  # the Friday after Ascension Day
    assert date(2026, 5, 15) in FreeDays(also=(date(2026, 5, 15),))
    bare = FreeDays("none")
    assert date(2026, 5, 5) not in bare
    assert date(2026, 5, 9) in bare
    assert FreeDays(also=()) == free
    assert hash(FreeDays("nl", ())) == hash(free)
