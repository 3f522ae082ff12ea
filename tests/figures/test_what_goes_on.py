"""What goes on in the next month: meetings of series but for their times, availability and consents that count."""

from __future__ import annotations

from tests.builders import EMPLOYER, PARTY, Cells, meeting, problem, roster

from poolmatch import next_month
from poolmatch.domain.meetings import Meeting
from poolmatch.domain.row import Row
from poolmatch.figures import series_ahead

APRIL = {"name": "April 2026", "start": "2026-04-01", "end": "2026-04-30", "timezone": "Europe/Amsterdam"}


def ids(rows: tuple[Row, ...]) -> list[str]:
    return [getattr(row, "meeting") for row in rows]  # noqa: B009 - rows of several tables


def test_what_was_said_of_a_meeting_of_a_series_is_said_of_the_next_one() -> None:
    first = meeting("M07", "2026-03-05 19:30", "2026-03-05 21:30", series="course", session=4, theme="water")
    second = meeting("M02", "2026-03-12 09:00", "2026-03-12 10:00", series="course", session=5, title="Day five")
    alone = meeting("M09", "2026-03-20 09:00", "2026-03-20 10:00")
    case = problem(
        [second, first, alone],
        stakes={name: {"A": "decider", "B": "observer"} for name in ("M02", "M07", "M09")},
        seats=[
            {"meeting": name, "seat": "chair", "role": "lead", "continuity": "none"} for name in ("M02", "M07", "M09")
        ],
        requirements=[{"meeting": "M02", "seat": "chair", "skill": "intake", "level": 2}],
        skills=[{"facilitator": "F1", "skill": "intake", "level": 2}],
        spacing=[{"series": "course", "min_days": 3}],
    )
    ahead = series_ahead(case)
    known = {row.meeting: row for row in case.meetings}
    # by time: M07 was held first; M09 is the highest number in use
    assert ahead["meetings"] == (
        known["M07"].model_copy(update={"meeting": "M10", "session": 6, "start": None, "end": None}),
        known["M02"].model_copy(update={"meeting": "M11", "session": 7, "start": None, "end": None}),
    )
    assert sorted(ids(ahead["stakes"])) == ["M10", "M10", "M11", "M11"]
    assert sorted(ids(ahead["seats"])) == ["M10", "M11"]
    assert [(row.meeting, row.seat) for row in ahead["requirements"]] == [("M11", "chair")]  # type: ignore[attr-defined]
    assert ahead["spacing"] == case.spacing


def test_ids_follow_those_of_their_kind_also_of_work_long_ago() -> None:
    one = meeting("plein", "2026-03-05 19:30", "2026-03-05 21:30", series="plein")
    other = meeting("D-099", "2026-03-06 19:30", "2026-03-06 21:30", series="day", session=1)
    long_ago = {"facilitator": "F1", "role": "lead", "series": "day"}
    case = problem(
        [one, other],
        history=[
            long_ago | {"meeting": "plein-4", "hours": 2},
            long_ago | {"meeting": "D-7", "session": 12, "hours": 2},
        ],
    )
    found = [(row.meeting, row.session) for row in series_ahead(case)["meetings"] if isinstance(row, Meeting)]
    assert found == [("plein-5", None), ("D-100", 13)]


def test_the_next_month_of_a_month_without_series_has_nothing_ready() -> None:
    assert not any(series_ahead(problem()).values())


def test_availability_goes_on_while_somebody_looks_at_it_and_consents_while_they_hold() -> None:
    def row(who: str, start: str, end: str, kind: str = "unavailable", **cells: str) -> Cells:
        return {"facilitator": who, "start": start, "end": end, "kind": kind, **cells}

    # April begins 91 days after 31 December; a leave that ends then may have begun a week before: on 24 December.
    kept = [
        row("F1", "2025-12-20", "2025-12-24"),
        row("F1", "2026-03-02", "2026-03-02"),
        row("F1", "2026-03-31 09:00", "2026-04-01 12:00", "avoid"),
        row("F1", "2024-01-05 09:00", "2024-01-05 12:00", rrule="FREQ=WEEKLY;BYDAY=FR"),
        row("F2", "2026-03-20 09:00", "2026-03-20 17:00", "available"),  # the last: without it they could always
    ]
    over = [
        row("F1", "2025-12-19", "2025-12-23"),
        row("F1", "2026-03-30 09:00", "2026-03-30 12:00"),
        row("F1", "2026-03-05 19:00", "2026-03-05 23:00", "prefer"),
        row("F2", "2026-03-10 09:00", "2026-03-10 17:00", "available"),
    ]
    consent = {"facilitator": "F1", "organisation": EMPLOYER, "series": "course", "consented_on": "2026-02-01"}
    waivers = [consent | {"party": PARTY, "expires": "2026-04-01"}, consent | {"party": "A", "expires": "2026-03-31"}]
    case = problem([meeting(series="course", session=1)], ["F1", "F2"], availability=[*over, *kept], waivers=waivers)
    after = next_month(case, roster({}), {"period": APRIL, "meetings": (), "stakes": ()})
    assert after.availability == case.availability[len(over) :]
    assert after.waivers == case.waivers[:1]
