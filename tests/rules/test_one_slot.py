"""Rule `one-slot`: a flexible meeting is held in one slot, and its series keeps its order."""

import pytest
from tests.builders import facilitator, problem
from tests.rules.sessions import RULE, WEEK, apart, compared, course, ends, judged, moment, wrong

from poolmatch import Problem, ProblemError, Roster, check
from poolmatch.domain.roster import RosterRow

# --- one slot ------------------------------------------------------------------------------------------------


def team(*days: int) -> Problem:
    """Return a meeting with two scribes on one of these days."""
    return problem(
        [{"meeting": "M1"}],
        [facilitator(name, roles="scribe") for name in ("F1", "F2")],
        seats=[{"meeting": "M1", "seat": seat, "role": "scribe"} for seat in ("s1", "s2")],
        slots=[{"meeting": "M1", "start": moment(n), "end": ends(moment(n))} for n in days],
    )


def team_wrong(case: Problem, *rows: tuple[str, str, int]) -> bool:
    """Tell whether it is illegal that seats are held by someone in a slot."""
    compared(case)
    times = case.times(case.meeting("M1"))
    held = [RosterRow(meeting="M1", seat=seat, facilitator=name, start=times[n][0]) for seat, name, n in rows]
    return bool(check(case, Roster(rows=tuple(held))).by_rule[RULE])


def test_all_seats_are_held_in_one_slot() -> None:
    case = team(5, 6, 12)
    for one in range(3):
        for other in range(3):
            assert team_wrong(case, ("s1", "F1", one), ("s2", "F2", other)) is (one != other)


def test_a_team_that_is_partly_filled_or_empty_is_legal_in_any_slot() -> None:
    case = team(5, 6)
    assert not team_wrong(case)
    for slot in (0, 1):
        for seat in ("s1", "s2"):
            assert not team_wrong(case, (seat, "F2", slot))


def test_one_seat_twice_in_two_slots_is_two_times() -> None:
    assert team_wrong(team(5, 6), ("s1", "F1", 0), ("s1", "F2", 1))
    assert not team_wrong(team(5, 6), ("s1", "F1", 0), ("s1", "F2", 0))  # that is for another rule


def test_two_flexible_meetings_choose_by_themselves() -> None:
    slots = [{"meeting": m, "start": moment(n), "end": ends(moment(n))} for m in ("S1", "S2") for n in (5, 6)]
    case = problem([{"meeting": "S1"}, {"meeting": "S2"}], ["F1"], slots=slots)
    for first in (0, 1):
        for second in (0, 1):
            assert not apart(case, first, second)


def test_a_start_is_needed_where_there_is_a_choice() -> None:
    row = RosterRow(meeting="M1", seat="s1", facilitator="F1")
    with pytest.raises(ProblemError, match="roster, row 1, column start: is blank though the meeting can be held at"):
        check(team(5, 6), Roster(rows=(row,)))
    assert check(team(5), Roster(rows=(row,))).legal
    assert check(team(5, 6), Roster(rows=(row.model_copy(update={"facilitator": None}),))).legal


# --- order ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("backwards", [False, True])
def test_no_chosen_slot_lies_before_an_earlier_session(backwards: bool) -> None:
    case = course((12,), [5, 12, 19], backwards=backwards)
    assert [apart(case, 0, slot) for slot in range(3)] == [True, False, False]
    case = course([5, 12, 19], (12,), backwards=backwards)
    assert [apart(case, slot) for slot in range(3)] == [False, False, True]


def test_on_one_day_the_clock_decides() -> None:
    case = course(("12 10:00",), ["12 09:30", "12 10:00", "12 10:30"])
    assert [apart(case, 0, slot) for slot in range(3)] == [True, False, False]


def test_order_holds_beyond_neighbours_too() -> None:
    case = course([12, 19], [12, 13, 26], [5, 13, 26])
    # Session 2 is held by nobody; session 3 must still not lie before session 1.
    assert wrong(case, ("S1", "F1", 0), ("S3", "F1", 0))
    assert not wrong(case, ("S1", "F1", 0), ("S3", "F1", 1))
    assert wrong(case, ("S1", "F1", 1), ("S3", "F1", 1))
    assert not wrong(case, ("S3", "F1", 0))


def test_sessions_without_numbers_have_no_order() -> None:
    case = course((12,), [12, 19], numbered=False)
    assert not apart(case, 0, 0)
    case = course([5, 12], [6, 13], numbered=False)
    for first in (0, 1):
        for second in (0, 1):
            assert not apart(case, first, second)


def test_sessions_without_numbers_are_spaced_by_their_first_slot() -> None:
    # S2 can begin first, on the 5th, so it comes before S1 of the 12th.
    case = course((12,), [5, 6, 19], numbered=False, spacing={"min_days": 7, "max_days": 10})
    assert [wrong(case, ("S1", "F1", 0), ("S2", "F1", slot)) for slot in range(3)] == [False, True, True]


def test_without_numbers_and_on_one_day_spacing_leaves_the_clock_alone() -> None:
    case = course(["12 09:00", "12 11:00"], ["12 10:00"], numbered=False, spacing={"min_days": 0, "max_days": 0})
    assert not apart(case, 0)
    assert not apart(case, 1)


def test_a_series_without_flexible_meetings_is_left_alone() -> None:
    assert not apart(course((5,), (6,)))
    assert not apart(course((5,), (6,), numbered=False, spacing=WEEK))


# --- words ---------------------------------------------------------------------------------------------------


def test_the_words_say_that_a_meeting_is_held_twice() -> None:
    case = team(5, 6)
    times = case.times(case.meeting("M1"))
    rows = [RosterRow(meeting="M1", seat=f"s{n}", facilitator=f"F{n}", start=times[n - 1][0]) for n in (1, 2)]
    (finding,) = check(case, Roster(rows=tuple(rows))).by_rule[RULE]
    assert finding.words.en == "M1 is held at 2 times; all its seats must be at one."
    assert finding.words.nl == "M1 is er op 2 tijden; alle plaatsen moeten op één tijd zijn."
    assert (finding.facilitators, finding.meetings) == (("F1", "F2"), ("M1",))


def test_the_words_count_the_days() -> None:
    (finding,) = judged(course((5,), [8, 12], spacing=WEEK), ("S1", "F1", 0), ("S2", "F1", 0)).by_rule[RULE]
    assert finding.words.en == "S1 and S2 lie 3 days apart, in this order; at least 7 are needed."
    assert finding.words.nl == "S1 en S2 liggen 3 dagen uiteen, in deze volgorde; het moeten er minstens 7 zijn."
    assert finding.meetings == ("S1", "S2")
    assert str(finding.day) == "2026-03-08"
    both = {"min_days": 7, "max_days": 9}
    (finding,) = judged(course((5,), [12, 15], spacing=both), ("S1", "F1", 0), ("S2", "F1", 1)).by_rule[RULE]
    assert finding.words.en == "S1 and S2 lie 10 days apart, in this order; at least 7 and at most 9 are needed."
    assert (
        finding.words.nl
        == "S1 en S2 liggen 10 dagen uiteen, in deze volgorde; het moeten er minstens 7 en hoogstens 9 zijn."
    )


def test_the_words_make_sense_where_only_the_clock_is_wrong() -> None:
    (finding,) = judged(course(("12 10:00",), ["12 09:30", 13]), ("S1", "F1", 0), ("S2", "F1", 0)).by_rule[RULE]
    assert finding.words.en == "S2 starts before S1, which is an earlier session."
    assert finding.words.nl == "S2 begint vóór S1, dat een eerdere sessie is."
