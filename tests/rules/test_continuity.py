"""Rule `continuity`: people beyond the first in `prefer` seats; the same person twice running in `rotate` seats."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, Holders, meeting, penalty, problem, roster

from poolmatch import Problem, Roster, check, solve

RULE = "continuity"


def session(number: int, series: str | None = "walk", name: str | None = None, **cells: Any) -> Cells:
    """Return session 1, 2 … of a series, on 3, 6 … March."""
    day = f"2026-03-{3 * number:02}"
    return meeting(
        name or f"M{number}", f"{day} 19:30", f"{day} 21:30", **{"series": series, "session": number} | cells
    )


def seat(where: str, word: str, name: str = "lead", role: str = "lead", **cells: Any) -> Cells:
    return {"meeting": where, "seat": name, "role": role, "continuity": word, **cells}


def series(word: str, sessions: int = 3, people: Sequence[str] = ("A", "B", "C"), **tables: Any) -> Problem:
    """Return a series of which all sessions have one lead seat."""
    rows = [session(number) for number in range(1, sessions + 1)]
    seats = [seat(row["meeting"], word) for row in rows]
    return problem(**{"meetings": rows, "facilitators": people, "seats": seats} | tables)


def led(names: str) -> Holders:
    """Return who leads M1, M2 …: a letter each, a dash for nobody."""
    return {f"M{n}": None if name == "-" else name for n, name in enumerate(names, 1)}


def past(name: str, who: str, day: str = "2026-02-10", **cells: Any) -> Cells:
    times = {"start": f"{day} 19:30", "end": f"{day} 21:30"}
    return {"meeting": name, "facilitator": who, "role": "lead", "series": "walk", "seat": "lead", **times, **cells}


# --- prefer ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "points"),
    [
        ("---", 0),
        ("A--", 0),
        ("AAA", 0),
        ("A-A", 0),
        ("AB-", 1),
        ("A-B", 1),
        ("AAB", 1),
        ("ABA", 1),
        ("BAA", 1),
        ("ABC", 2),
        ("CAB", 2),
    ],
)
def test_prefer_counts_people_beyond_the_first(names: str, points: int) -> None:
    assert penalty(RULE, series("prefer"), led(names)) == points


def test_prefer_has_no_eye_for_history() -> None:
    case = series("prefer", history=[past("P1", "B"), past("P2", "C", "2026-02-17")])
    assert penalty(RULE, case, led("AAA")) == 0
    assert penalty(RULE, case, led("ABB")) == 1


def test_the_example_of_the_rule() -> None:
    # Three people in the co seat of a series that prefers one: 2 points. The lead seat does not ask for it.
    rows = [session(number) for number in (1, 2, 3)]
    seats = [seat(f"M{n}", "prefer", "co", "co") for n in (1, 2, 3)] + [seat(f"M{n}", "none") for n in (1, 2)]
    case = problem(rows, ["A", "B", "C"], seats=seats)
    held: Holders = {("M1", "co"): "A", ("M2", "co"): "B", ("M3", "co"): "C", "M1": "B", "M2": "A"}
    assert penalty(RULE, case, held) == 2
    report = check(case, roster(held))
    assert [(tier.tier, tier.scale) for tier in report.tiers if tier.tier == 4] == [(4, 1)]


@pytest.mark.parametrize("word", ["none", "same"])
def test_other_words_cost_nothing(word: str) -> None:
    assert penalty(RULE, series(word), led("ABC")) == 0
    assert penalty(RULE, series(word), led("AAA")) == 0


def test_each_seat_and_each_series_is_counted_by_itself() -> None:
    rows = [session(1), session(2), session(3, "other", session=1), session(4, "other", session=2)]
    case = problem(rows, ["A", "B"], seats=[seat(row["meeting"], "prefer") for row in rows])
    assert penalty(RULE, case, led("AABB")) == 0
    assert penalty(RULE, case, led("ABAB")) == 2
    assert penalty(RULE, case, led("ABBB")) == 1
    # Two seats of each meeting that keep their people, and that swap them.
    rows = rows[:2]
    seats = [seat(row["meeting"], "prefer", name, name) for row in rows for name in ("lead", "co")]
    case = problem(rows, ["A", "B"], seats=seats)
    assert penalty(RULE, case, {"M1": "A", ("M1", "co"): "B", "M2": "A", ("M2", "co"): "B"}) == 0
    assert penalty(RULE, case, {"M1": "A", ("M1", "co"): "B", "M2": "B", ("M2", "co"): "A"}) == 2


def test_optional_seats_and_duties_of_the_series() -> None:
    rows = [session(1), session(2)]
    seats = [seat("M1", "prefer", required=False), seat("M2", "prefer")]
    assert penalty(RULE, problem(rows, ["A", "B"], seats=seats), led("AB")) == 1
    # A duty of the series is no seat of it, not even if its kind is the name of the seat.
    duties = [{"duty": "D1", "kind": "lead", "hours": 2, "series": "walk"}]
    for word in ("prefer", "rotate"):
        case = series(word, 2, ("A", "B"), duties=duties)
        for holder in ("A", "B"):
            given: Holders = {**led("A-"), ("D1", "lead"): holder}
            assert penalty(RULE, case, given) == 0


# --- rotate ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "points"),
    [
        ("---", 0),
        ("A--", 0),
        ("AA-", 1),
        ("-AA", 1),
        ("A-A", 0),  # nobody in between is a change
        ("ABA", 0),
        ("AAB", 1),
        ("BAA", 1),
        ("AAA", 2),
        ("ABC", 0),
    ],
)
def test_rotate_counts_two_sessions_running(names: str, points: int) -> None:
    assert penalty(RULE, series("rotate"), led(names)) == points


def test_sessions_have_an_order_whatever_that_of_the_rows() -> None:
    for order in ((1, 2, 3), (3, 1, 2), (2, 1, 3), (3, 2, 1)):
        for numbered in (True, False):
            given = [session(n) if numbered else session(n, session=None) for n in order]
            case = problem(given, ["A", "B"], seats=[seat(row["meeting"], "rotate") for row in given])
            assert penalty(RULE, case, led("ABA")) == 0
            assert penalty(RULE, case, led("AAB")) == 1


def test_ids_have_no_say_in_the_order() -> None:
    # Session 10 comes after session 9, whatever the names of the meetings.
    rows = [session(8, name="Z"), session(9, name="10"), session(10, name="9")]
    case = problem(rows, ["A", "B"], seats=[seat(row["meeting"], "rotate") for row in rows])
    assert penalty(RULE, case, {"Z": "A", "10": "B", "9": "A"}) == 0
    assert penalty(RULE, case, {"Z": "A", "9": "B", "10": "A"}) == 1


def test_sessions_without_the_seat_are_passed_over() -> None:
    # The guest speaks in sessions 1 and 3; 2 has no guest.
    rows = [session(number) for number in (1, 2, 3)]
    seats = [seat("M1", "rotate", "guest", "co"), seat("M3", "rotate", "guest", "co"), seat("M2", "none")]
    case = problem(rows, ["A", "B"], seats=seats)
    assert penalty(RULE, case, {("M1", "guest"): "A", ("M3", "guest"): "A"}) == 1
    assert penalty(RULE, case, {("M1", "guest"): "A", ("M3", "guest"): "B"}) == 0
    # A in the lead of session 2 is another seat.
    assert penalty(RULE, case, {("M1", "guest"): "A", "M2": "A"}) == 0


def test_sessions_of_another_series_are_no_neighbours() -> None:
    rows = [session(1), session(2, "other", session=1), session(3, session=2)]
    case = problem(rows, ["A", "B"], seats=[seat(row["meeting"], "rotate") for row in rows])
    assert penalty(RULE, case, led("AAB")) == 0
    assert penalty(RULE, case, led("ABA")) == 1


@pytest.mark.parametrize(
    ("history", "names", "points"),
    [
        ([], "AB", 0),
        ([past("P1", "A")], "AB", 1),
        ([past("P1", "A")], "BA", 0),
        ([past("P1", "A")], "-A", 0),  # nobody in session 1: not the next to have the seat
        ([past("P1", "A")], "AA", 2),
        ([past("P1", "A")], "--", 0),
        # Only the last session counts, whatever the order of the rows.
        ([past("P1", "A"), past("P2", "B", "2026-02-17")], "AB", 0),
        ([past("P2", "B", "2026-02-17"), past("P1", "A")], "AB", 0),
        ([past("P2", "B", "2026-02-17"), past("P1", "A")], "BA", 1),
        # Who left held it last: nobody here held it in two sessions running.
        ([past("P1", "A"), past("P2", "Left", "2026-02-17")], "AB", 0),
        ([past("P1", "Left"), past("P2", "A", "2026-02-17")], "AB", 1),
        # Another series, another seat, and no seat at all say nothing.
        ([past("P1", "A", series="other")], "AB", 0),
        ([past("P1", "A", series=None)], "AB", 0),
        ([past("P1", "A", seat="co")], "AB", 0),
        ([past("P1", "A", seat=None)], "AB", 0),
        # However long ago; carry-over of hours has a limit, this has none.
        ([past("P1", "A", "2025-01-10")], "AB", 1),
        # A session that is planned here is no history.
        ([past("M2", "A")], "AB", 0),
        ([past("M1", "A")], "AB", 0),
    ],
)
def test_rotate_looks_at_the_last_session_in_history(history: list[Cells], names: str, points: int) -> None:
    assert penalty(RULE, series("rotate", 2, history=history), led(names)) == points


def test_history_goes_before_the_first_session_that_has_the_seat() -> None:
    rows = [session(1), session(2)]
    seats = [seat("M1", "none", "host"), seat("M2", "rotate")]
    case = problem(rows, ["A", "B"], seats=seats, history=[past("P1", "A")])
    assert penalty(RULE, case, {"M2": "A"}) == 1
    assert penalty(RULE, case, {"M2": "B", ("M1", "host"): "A"}) == 0


def test_rotate_over_flexible_sessions() -> None:
    # Each has two slots, so a person has several candidates for a seat; the pair counts once.
    rows = [{"meeting": f"M{n}", "series": "walk", "session": n} for n in (1, 2)]
    slots = [
        {"meeting": f"M{n}", "start": f"2026-03-{day:02} 10:00", "end": f"2026-03-{day:02} 12:00"}
        for n, days in ((1, (3, 4)), (2, (10, 11)))
        for day in days
    ]
    for word, together, apart in (("rotate", 1, 0), ("prefer", 0, 1)):
        case = problem(rows, ["A", "B"], slots=slots, seats=[seat(f"M{n}", word) for n in (1, 2)])
        for first in case.slots[:2]:
            for second in case.slots[2:]:
                starts = {"M1": first.start, "M2": second.start}
                for names, points in (("AA", together), ("AB", apart), ("BB", together)):
                    held = Roster.of(case, {("M1", "lead"): names[0], ("M2", "lead"): names[1]}, starts)
                    assert sum(item.penalty for item in check(case, held).by_rule[RULE]) == points
        penalty(RULE, case, {})


# --- solving -----------------------------------------------------------------------------------------------


def test_solve_keeps_to_few_and_to_other_faces() -> None:
    for seed in range(3):
        result = solve(series("prefer"), seed=seed, workers=1)
        assert len({row.facilitator for row in result.roster.rows}) == 1
        assert [tier.value for tier in result.tiers if tier.tier == 4] == [0]
        result = solve(series("rotate", 4, ("A", "B"), history=[past("P1", "A")]), seed=seed, workers=1)
        assert [row.facilitator for row in result.roster.rows] == ["B", "A", "B", "A"]
        assert [(tier.value, tier.bound) for tier in result.tiers if tier.tier == 4] == [(0, 0)]


def test_who_is_away_once_leaves_the_rest_to_one_other() -> None:
    # A and B cannot do all three: A is away on the 6th, B on the 3rd. C can, so C does all.
    away = [
        {"facilitator": name, "start": f"2026-03-{day}", "end": f"2026-03-{day}", "kind": "unavailable"}
        for name, day in (("A", "06"), ("B", "03"))
    ]
    result = solve(series("prefer", availability=away), workers=1)
    assert [row.facilitator for row in result.roster.rows] == ["C", "C", "C"]
    # Without C two people are needed: 1 point, proven.
    result = solve(series("prefer", people=("A", "B"), availability=away), workers=1)
    assert [(tier.value, tier.bound) for tier in result.tiers if tier.tier == 4] == [(1, 1)]


# --- words -------------------------------------------------------------------------------------------------


def test_findings_name_the_people_and_the_sessions() -> None:
    (finding,) = check(series("prefer"), roster(led("BAB"))).by_rule[RULE]
    assert finding.words.en == "Series walk has 2 people in seat lead, one is preferred: B, A."
    assert finding.words.nl == "Reeks walk heeft 2 mensen op plaats lead, liefst één: B, A."
    assert (finding.severity, finding.penalty, finding.scale, finding.facilitators, finding.meetings, finding.seat) == (
        "penalty",
        1,
        1,
        ("B", "A"),
        ("M1", "M2", "M3"),
        "lead",
    )
    (finding,) = check(series("rotate"), roster(led("AAB"))).by_rule[RULE]
    assert finding.words.en == "A holds seat lead of series walk in M1 and M2, one after the other."
    assert finding.words.nl == "A bezet plaats lead van reeks walk in M1 en M2, direct na elkaar."
    # One finding for each two sessions, the past one included.
    found = check(series("rotate", history=[past("P1", "A")]), roster(led("AAB"))).by_rule[RULE]
    assert [(item.penalty, item.facilitators, item.seat) for item in found] == [(1, ("A",), "lead")] * 2
    assert ["M1" in item.meetings for item in found] == [True, False]
