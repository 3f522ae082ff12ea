"""Rule `skilled`: out where a required skill of the seat is missing, too low, or not valid on the day."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, meeting, out, problem, roster

from poolmatch import Problem, check


def needing(
    wanted: Sequence[Cells], skills: Sequence[Cells], start: str = "2026-03-05 19:30", **tables: Any
) -> Problem:
    """Return a problem whose seat asks for skills, with a facilitator who has some."""
    end = f"{start[:11]}{int(start[11:13]) + 2:02d}{start[13:]}"
    return problem(
        [meeting("M1", start, end)],
        requirements=[{"meeting": "M1", "seat": "lead", **row} for row in wanted],
        skills=[{"facilitator": "F1", **row} for row in skills],
        **tables,
    )


INTAKE_3 = {"skill": "intake", "level": 3}


def test_a_missing_skill_puts_out() -> None:
    assert out(needing([INTAKE_3], [])) == {"skilled"}
    assert out(needing([INTAKE_3], [{"skill": "listening", "level": 5}])) == {"skilled"}


@pytest.mark.parametrize(
    ("level", "expected"), [(1, {"skilled"}), (2, {"skilled"}), (3, set()), (4, set()), (5, set())]
)
def test_the_level_must_be_reached(level: int, expected: set[str]) -> None:
    assert out(needing([INTAKE_3], [{"skill": "intake", "level": level}])) == expected


def test_a_skill_nobody_asks_for_changes_nothing() -> None:
    assert out(needing([], [{"skill": "intake", "level": 1}])) == set()
    assert out(needing([], [])) == set()


def test_a_preferred_skill_does_not_put_out() -> None:
    preferred = {**INTAKE_3, "kind": "preferred"}
    assert out(needing([preferred], [])) == set()
    assert out(needing([preferred, {"skill": "listening", "level": 1}], [{"skill": "listening", "level": 1}])) == set()
    assert out(needing([preferred, {"skill": "listening", "level": 1}], [])) == {"skilled"}


@pytest.mark.parametrize(
    ("intake", "listening", "expected"), [(3, 2, set()), (3, 1, {"skilled"}), (2, 2, {"skilled"}), (5, 5, set())]
)
def test_every_required_skill_is_needed(intake: int, listening: int, expected: set[str]) -> None:
    skills = [{"skill": "intake", "level": intake}, {"skill": "listening", "level": listening}]
    assert out(needing([INTAKE_3, {"skill": "listening", "level": 2}], skills)) == expected


def test_skills_are_compared_without_their_case() -> None:
    assert out(needing([INTAKE_3], [{"skill": "Intake", "level": 5}])) == set()
    assert out(needing([INTAKE_3], [{"skill": "Intakes", "level": 5}])) == {"skilled"}


# The meeting is on 5 March; its first minutes, 00:30 in Amsterdam, are still 4 March in UTC.
@pytest.mark.parametrize("start", ["2026-03-05 00:30", "2026-03-05 19:30"])
@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"valid_from": "2026-03-04"}, set()),
        ({"valid_from": "2026-03-05"}, set()),
        ({"valid_from": "2026-03-06"}, {"skilled"}),
        ({"valid_until": "2026-03-04"}, {"skilled"}),
        ({"valid_until": "2026-03-05"}, set()),
        ({"valid_until": "2026-03-06"}, set()),
        ({"valid_from": "2026-03-05", "valid_until": "2026-03-05"}, set()),
    ],
)
def test_a_skill_holds_on_its_local_days_both_inclusive(start: str, dates: Cells, expected: set[str]) -> None:
    assert out(needing([INTAKE_3], [{"skill": "intake", "level": 3, **dates}], start)) == expected


def test_the_day_is_that_of_the_start_even_if_the_meeting_ends_on_the_next() -> None:
    case = problem(
        [meeting("M1", "2026-03-05 23:00", "2026-03-06 01:00")],
        requirements=[{"meeting": "M1", "seat": "lead", **INTAKE_3}],
        skills=[{"facilitator": "F1", "skill": "intake", "level": 3, "valid_until": "2026-03-05"}],
    )
    assert out(case) == set()


@pytest.mark.parametrize(
    ("day", "expected"), [("04", {"skilled"}), ("05", set()), ("09", set()), ("10", {"skilled"}), ("15", set())]
)
def test_rows_of_one_skill_with_other_days_stand_beside_one_another(day: str, expected: set[str]) -> None:
    # Level 2 always; level 3 from 5 to 9 March, and again from 15 March.
    skills = [
        {"skill": "intake", "level": 2},
        {"skill": "intake", "level": 3, "valid_from": "2026-03-05", "valid_until": "2026-03-09"},
        {"skill": "intake", "level": 3, "valid_from": "2026-03-15"},
    ]
    assert out(needing([INTAKE_3], skills, f"2026-03-{day} 19:30")) == expected


def test_a_requirement_is_about_its_own_seat() -> None:
    # Two seats: "first" asks for intake, "second" for nothing.
    seats = [{"meeting": "M1", "seat": name, "role": "scribe"} for name in ("first", "second")]
    case = problem(
        facilitators=[{"facilitator": "F1", "name": "F1", "organisation": "Elsewhere", "roles": "scribe"}],
        seats=seats,
        requirements=[{"meeting": "M1", "seat": "first", **INTAKE_3}],
    )
    assert out(case, seat="first") == {"skilled"}
    assert out(case, seat="second") == set()


def test_the_words_name_what_is_asked_and_what_is_there() -> None:
    case = needing([INTAKE_3], [{"skill": "intake", "level": 2}, {"skill": "listening", "level": 5}])
    (finding,) = check(case, roster({"M1": "F1"})).violations
    assert finding.words.en == "F1 does not meet what the seat requires on that day (intake 3; has: intake 2)."
    assert finding.words.nl == "F1 voldoet die dag niet aan wat de plaats eist (intake 3; heeft: intake 2)."
