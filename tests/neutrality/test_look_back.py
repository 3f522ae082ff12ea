"""How long an ended tie counts: to the same calendar day years later, inclusive, in local days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.builders import PARTY
from tests.neutrality.asking import DAY, degree, link, on, paths, tie

from poolmatch.neutrality import Policy, assess
from poolmatch.neutrality.windows import years_later

END = date(2023, 3, 14)
ONE, THREE = date(2024, 3, 14), date(2026, 3, 14)
"""The same day one year and three years after it: the last days on which the tie still counts."""
OVER = timedelta(days=1)


def bond(kind: str, end: date | None, **cells: Any) -> dict[str, Any]:
    theme = {"theme": "housing"} if kind == "position" else {}
    return tie(kind, end=end, **theme, **cells)


def after(kind: str, end: date | None, day: date, **cells: Any) -> str:
    return degree(on(day, [bond(kind, end)], about={"theme": "housing"}, **cells))


EMPLOYED = [
    (END - OVER, "blocked"),
    (END, "blocked"),
    (END + OVER, "waivable"),
    (ONE - OVER, "waivable"),
    (ONE, "waivable"),
    (ONE + OVER, "disclose"),
    (THREE - OVER, "disclose"),
    (THREE, "disclose"),
    (THREE + OVER, "neutral"),
    (date(2190, 1, 2), "neutral"),
]


@pytest.mark.parametrize("kind", ["employee", "director", "former_employee"])
@pytest.mark.parametrize(("day", "expected"), EMPLOYED)
def test_employment_counts_for_a_year_and_then_for_three(kind: str, day: date, expected: str) -> None:
    assert after(kind, END, day) == expected
    rules = {"blocked": "employed-by-party", "waivable": "recently-employed", "disclose": "formerly-employed"}
    (path,) = paths(on(day, [bond(kind, END)]))
    assert path.rule == rules.get(expected, "")
    assert path.ended == (day > END)


@pytest.mark.parametrize("kind", ["employee", "director", "former_employee"])
@pytest.mark.parametrize(("day", "expected"), EMPLOYED)
def test_employment_in_the_group_counts_as_long(kind: str, day: date, expected: str) -> None:
    ties = [tie(kind, "Works", end=END)]
    assert degree(on(day, ties, links=[link("Works", "unit_of", PARTY)])) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (END, "waivable"),
        (END + OVER, "disclose"),
        (ONE + OVER, "disclose"),
        (THREE, "disclose"),
        (THREE + OVER, "neutral"),
    ],
)
def test_advice_is_disclosed_for_three_years(day: date, expected: str) -> None:
    assert after("adviser", END, day) == expected
    assert [path.rule for path in paths(on(day, [bond("adviser", END)]))] == [
        "" if expected == "neutral" else "adviser-to-party"
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(END, "disclose"), (END + OVER, "disclose"), (THREE, "disclose"), (THREE + OVER, "neutral")],
)
def test_a_public_position_is_disclosed_for_three_years(day: date, expected: str) -> None:
    assert after("position", END, day) == expected


@pytest.mark.parametrize("day", [END, END + OVER, THREE + OVER, date(2198, 12, 30)])
def test_a_dossier_is_never_forgotten(day: date) -> None:
    assert degree(on(day, [tie("dossier", meeting="M1", end=END)])) == "blocked"
    assert degree(on(day, [tie("dossier", series="course", end=END)], about={"series": "course"})) == "blocked"


@pytest.mark.parametrize(
    ("kind", "active"), [("financial_interest", "blocked"), ("family", "waivable"), ("resident", "disclose")]
)
def test_other_ties_end_with_their_last_day(kind: str, active: str) -> None:
    assert [after(kind, END, day) for day in (END - OVER, END, END + OVER)] == [active, active, "neutral"]


@pytest.mark.parametrize(
    ("end", "day", "expected"),
    [
        # Ended on 29 February: one year later is 28 February, three years later too.
        (date(2024, 2, 29), date(2024, 2, 29), "blocked"),
        (date(2024, 2, 29), date(2024, 3, 1), "waivable"),
        (date(2024, 2, 29), date(2025, 2, 28), "waivable"),
        (date(2024, 2, 29), date(2025, 3, 1), "disclose"),
        (date(2024, 2, 29), date(2027, 2, 28), "disclose"),
        (date(2024, 2, 29), date(2027, 3, 1), "neutral"),
        # Ended on 28 February, and the year the look-back ends in has a 29th.
        (date(2027, 2, 28), date(2028, 2, 28), "waivable"),
        (date(2027, 2, 28), date(2028, 2, 29), "disclose"),
        (date(2025, 2, 28), date(2028, 2, 28), "disclose"),
        (date(2025, 2, 28), date(2028, 2, 29), "neutral"),
        (date(2025, 3, 1), date(2028, 2, 29), "disclose"),
        (date(2025, 3, 1), date(2028, 3, 1), "disclose"),
        (date(2025, 3, 1), date(2028, 3, 2), "neutral"),
        # 2100 has no 29 February.
        (date(2096, 2, 29), date(2097, 2, 28), "waivable"),
        (date(2099, 2, 28), date(2100, 2, 28), "waivable"),
        (date(2099, 2, 28), date(2100, 3, 1), "disclose"),
    ],
)
def test_29_february(end: date, day: date, expected: str) -> None:
    assert after("former_employee", end, day) == expected


def test_years_later() -> None:
    assert years_later(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_later(date(2023, 12, 31), 3) == date(2026, 12, 31)
    assert years_later(date(2023, 2, 28), 1) == date(2024, 2, 28)


# --- the beginning ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "active"),
    [
        ("employee", "blocked"),
        ("director", "blocked"),
        ("financial_interest", "blocked"),
        ("family", "waivable"),
        ("adviser", "waivable"),
        ("resident", "disclose"),
        ("position", "disclose"),
    ],
)
def test_a_tie_counts_from_its_first_day_and_without_dates_always(kind: str, active: str) -> None:
    about = {"theme": "housing"}
    for start, expected in [(DAY - OVER, active), (DAY, active), (DAY + OVER, "neutral")]:
        case = on(DAY, [bond(kind, None, start=start)], about=about)
        assert degree(case) == expected
        assert len(paths(case)) == (start <= DAY)  # a tie that has not begun is no path
        warned = [issue.rows for issue in case.warnings if issue.table == "ties"]
        assert warned == ([(1,)] if start > DAY else [])
    assert after(kind, None, DAY) == active
    assert after(kind, date(2199, 12, 31), DAY) == active


def test_a_dossier_that_begins_after_the_meeting_is_a_warning_and_no_tie() -> None:
    case = on(DAY, [tie("dossier", meeting="M1", start=DAY + OVER)])
    assert degree(case) == "neutral"
    (warning,) = [issue for issue in case.warnings if issue.table == "ties"]
    assert (warning.rows, warning.column) == ((1,), "start")
    assert degree(on(DAY, [tie("dossier", meeting="M1", start=DAY)])) == "blocked"


def test_a_former_employee_whose_last_day_is_still_to_come_is_an_employee() -> None:
    for end in (DAY, DAY + OVER, date(2027, 1, 1)):
        assert after("former_employee", end, DAY) == "blocked"
    assert after("former_employee", DAY - OVER, DAY) == "waivable"
    to_come = tie("former_employee", start=DAY + OVER, end=date(2027, 1, 1))
    assert degree(on(DAY, [to_come])) == "neutral"
    # As an employee also along an affiliate, where who has left is neutral.
    affiliate = [link("Works", "affiliate", PARTY)]
    assert degree(on(DAY, [tie("former_employee", "Works", end=DAY)], links=affiliate)) == "waivable"
    assert degree(on(DAY, [tie("former_employee", "Works", end=DAY - OVER)], links=affiliate)) == "neutral"


def test_someone_who_came_back_is_employed() -> None:
    ties = [tie("employee", end=date(2025, 1, 1)), tie("employee", start=DAY)]
    assert degree(on(DAY, ties)) == "blocked"
    assert degree(on(DAY - OVER, ties)) == "disclose"


# --- local days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "clock"),
    [
        ("Europe/Amsterdam", "00:00"),  # 23:00 UTC the day before
        ("Europe/Amsterdam", "00:30"),
        ("Europe/Amsterdam", "21:59"),
        ("America/New_York", "20:30"),  # 01:30 UTC the day after
        ("Pacific/Auckland", "09:00"),  # 20:00 UTC the day before
        ("UTC", "12:00"),
    ],
)
def test_days_are_those_of_the_period(zone: str, clock: str) -> None:
    def ask(kind: str, **dates: Any) -> str:
        return degree(on(DAY, [tie(kind, **dates)], zone=zone, clock=clock))

    assert [ask("employee", end=DAY), ask("employee", end=DAY - OVER)] == ["blocked", "waivable"]
    assert [ask("employee", start=DAY), ask("employee", start=DAY + OVER)] == ["blocked", "neutral"]
    last = DAY.replace(year=2025)
    assert [ask("director", end=last), ask("director", end=last - OVER)] == ["waivable", "disclose"]
    last = DAY.replace(year=2023)
    assert [ask("director", end=last), ask("director", end=last - OVER)] == ["disclose", "neutral"]


def test_a_meeting_that_runs_past_midnight_belongs_to_the_day_it_starts_on() -> None:
    case = on(DAY, [tie("employee", start=DAY + OVER)], clock="21:30")
    (row,) = case.meetings
    assert row.start is not None
    late = case.replace(meetings=[row.model_copy(update={"end": row.start + timedelta(hours=5)})])
    assert degree(late) == "neutral"


def test_each_slot_of_a_flexible_meeting_has_a_day_of_its_own() -> None:
    case = on(DAY, [tie("employee", end=DAY - OVER)])
    spans = [(f"{day} 10:00", f"{day} 12:00") for day in (DAY + OVER, DAY - OVER, DAY)]
    flexible = case.replace(
        meetings=[{"meeting": "M1"}], slots=[{"meeting": "M1", "start": start, "end": end} for start, end in spans]
    )
    assert [degree(flexible, slot=slot) for slot in range(3)] == ["blocked", "waivable", "waivable"]


def test_without_a_slot_the_start_of_the_first_counts() -> None:
    case = on(DAY, [tie("employee", start=DAY + OVER)], clock="21:30")
    (row,) = case.meetings
    assert row.start is not None
    late = case.replace(meetings=[row.model_copy(update={"end": row.start + timedelta(hours=5)})])
    assert assess(late, "F1", "M1").degree.word == "neutral"


def test_a_tie_to_the_matter_may_count_for_less_once_ended() -> None:
    policy = Policy.from_data(
        {"name": "own", "base": "strict", "regrade": {"public-position": {"once_ended": "avoid"}}}
    )
    about = {"theme": "housing"}
    for end, expected in ((DAY, "disclose"), (DAY - OVER, "avoid")):
        assert degree(on(DAY, [bond("position", end)], about=about), policy=policy) == expected
