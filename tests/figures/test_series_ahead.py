"""Meetings of series that go on: all that was said of them but when they are, under ids and sessions that follow."""

from __future__ import annotations

from tests.builders import meeting, problem

from poolmatch.domain.meetings import Meeting
from poolmatch.domain.row import Row
from poolmatch.figures import series_ahead


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
