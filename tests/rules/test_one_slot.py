"""Rule `one-slot`: a flexible meeting is held in one slot; its series keeps its order and its spacing."""

import itertools
import random
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, problem
from tests.rings import seeds

from poolmatch import Problem, ProblemError, Roster, Status, check, solve
from poolmatch.checking import Report
from poolmatch.domain.roster import RosterRow
from poolmatch.errors import Issue
from poolmatch.rules.one_slot import OneSlotRule
from poolmatch.testing import check_rule

RULE = "one-slot"

Row = tuple[str, str, int]
"""Meeting, who leads it, and which of its slots, from 0."""


def ends(start: str) -> str:
    """Return ten minutes later."""
    return f"{start[:14]}{int(start[14:16]) + 10:02}"


def moment(when: int | str) -> str:
    """Return ten o'clock on so many March, or the moment that is given."""
    return f"2026-03-{when:02} 10:00" if isinstance(when, int) else f"2026-03-{when}"


def course(
    *sessions: Sequence[int | str],
    numbered: bool = True,
    spacing: Cells | None = None,
    people: Sequence[str | Cells] = ("F1",),
    backwards: bool = False,
    **tables: Any,
) -> Problem:
    """Return sessions S1, S2 … of one series, each with these times: one fixes it, several are slots.

    Parameters
    ----------
    sessions
        By session: days of March (at ten), or days with a clock such as ``"05 23:30"``. A session with one time in a
        list is flexible with one slot, in a tuple it is fixed.
    numbered
        Whether the sessions have numbers.
    spacing
        Spacing of the series.
    backwards
        Whether the tables list the last session first.
    """
    rows: list[Cells] = []
    slots = []
    for number, times in enumerate(sessions, 1):
        cells = {"meeting": f"S{number}", "series": "course", "session": number if numbered else None}
        starts = [moment(when) for when in times]
        if isinstance(times, tuple):
            cells |= {"start": starts[0], "end": ends(starts[0])}
        else:
            slots += [{"meeting": f"S{number}", "start": start, "end": ends(start)} for start in starts]
        rows.append(cells)
    row = [{"series": "course", **spacing}] if spacing else []
    order = -1 if backwards else 1
    return problem(rows[::order], people, slots=slots[::order], spacing=row, **tables)


@cache
def compared(case: Problem) -> int:
    """Hold the rule's doors against one another on all rosters, once for each problem."""
    return check_rule(OneSlotRule(), case)


def judged(case: Problem, *rows: Row) -> Report:
    """Return what `check` says of a roster; the rule's model must agree, on every roster."""
    compared(case)
    held = []
    for name, who, slot in rows:
        start, _ = case.times(case.meeting(name))[slot]
        held.append(RosterRow(meeting=name, seat="lead", facilitator=who, start=start))
    return check(case, Roster(rows=tuple(held)))


def wrong(case: Problem, *rows: Row) -> bool:
    return bool(judged(case, *rows).by_rule[RULE])


def apart(case: Problem, first: int = 0, second: int = 0) -> bool:
    """Tell whether it is illegal to hold S1 and S2 in these slots."""
    return wrong(case, ("S1", "F1", first), ("S2", "F1", second))


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


# --- spacing: boundaries -------------------------------------------------------------------------------------

WEEK: Cells = {"min_days": 7}


@pytest.mark.parametrize("backwards", [False, True])
def test_the_least_number_of_days_is_inclusive(backwards: bool) -> None:
    case = course((5,), [11, 12, 13], spacing=WEEK, backwards=backwards)
    assert [apart(case, 0, slot) for slot in range(3)] == [True, False, False]


@pytest.mark.parametrize("backwards", [False, True])
def test_the_most_days_are_inclusive(backwards: bool) -> None:
    case = course((5,), [11, 12, 13], spacing={"max_days": 7}, backwards=backwards)
    assert [apart(case, 0, slot) for slot in range(3)] == [False, False, True]


def test_least_and_most_together() -> None:
    case = course((5,), [10, 11, 12, 13], spacing={"min_days": 6, "max_days": 7})
    assert [apart(case, 0, slot) for slot in range(4)] == [True, False, False, True]


def test_the_earlier_may_be_the_one_that_is_flexible() -> None:
    case = course([5, 6, 7], (13,), spacing={"min_days": 7, "max_days": 7})
    assert [apart(case, slot) for slot in range(3)] == [True, False, True]


def test_both_may_be_flexible() -> None:
    # Seven to nine days: 5 with 12; 10 with nothing but 17.
    case = course([5, 10], [11, 12, 17, 20], spacing={"min_days": 7, "max_days": 9})
    verdicts = [[apart(case, first, second) for second in range(4)] for first in range(2)]
    assert verdicts == [[True, False, True, True], [True, True, False, True]]


def test_a_single_slot_is_a_choice_of_one() -> None:
    assert apart(course((5,), [11, 12], spacing=WEEK))
    assert apart(course([5], [11, 12], spacing=WEEK))
    assert not apart(course([5], [12], spacing=WEEK))


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("05 23:30", "06 00:15", 1),  # three quarters of an hour, and another day
        ("05 00:15", "05 23:30", 0),
        ("05 23:30", "12 00:15", 7),
        ("28 00:15", "30 00:15", 2),  # two days less an hour: the clock goes forward on the 29th
        ("29 00:15", "30 00:00", 1),
    ],
)
def test_days_are_local_dates_not_elapsed_time(first: str, second: str, days: int) -> None:
    assert not apart(course((first,), [second], spacing={"min_days": days, "max_days": days}))
    # A day more is not reached, though on the 31st it is; a day less is passed, though at the same moment it is not.
    assert apart(course((first,), [second, "31 10:00"], spacing={"min_days": days + 1}))
    if days:
        assert apart(course((first,), [first, second], spacing={"max_days": days - 1}), 0, 1)


# --- spacing: what it binds ----------------------------------------------------------------------------------


def test_spacing_binds_only_where_someone_is_assigned_to_both() -> None:
    case = course([5, 6], [8, 13], spacing=WEEK)
    assert not wrong(case)
    for name, slot in (("S1", 0), ("S1", 1), ("S2", 0), ("S2", 1)):
        assert not wrong(case, (name, "F1", slot))
    assert wrong(case, ("S1", "F1", 0), ("S2", "F1", 0))


def test_who_it_is_does_not_matter() -> None:
    case = course([5, 6], [8, 13], spacing=WEEK, people=["F1", "F2"])
    assert wrong(case, ("S1", "F1", 0), ("S2", "F2", 0))
    assert not wrong(case, ("S1", "F1", 0), ("S2", "F2", 1))


def test_two_fixed_sessions_are_not_bound() -> None:
    assert not apart(course((5,), (8,), spacing=WEEK))
    # Beside a flexible third: only the pair with a choice in it is.
    case = course((5,), (8,), [12, 15], spacing=WEEK)
    assert wrong(case, ("S2", "F1", 0), ("S3", "F1", 0))
    assert not wrong(case, ("S1", "F1", 0), ("S2", "F1", 0), ("S3", "F1", 1))


def test_only_neighbouring_sessions_are_bound() -> None:
    case = course([5], [12, 13], [13, 20], spacing={"min_days": 7, "max_days": 8})
    # 5 and 20 March lie fifteen days apart, with a session between them that nobody holds.
    assert not wrong(case, ("S1", "F1", 0), ("S3", "F1", 1))
    assert not wrong(case, ("S1", "F1", 0), ("S2", "F1", 1), ("S3", "F1", 1))
    assert wrong(case, ("S2", "F1", 0), ("S3", "F1", 0))


def test_each_series_has_its_own_spacing() -> None:
    rows = [{"meeting": f"{name}{n}", "series": name, "session": n} for name in "AB" for n in (1, 2)]
    days = {"A1": [5], "A2": [8, 12], "B1": [5], "B2": [8, 12]}
    slots = [{"meeting": m, "start": moment(n), "end": ends(moment(n))} for m, found in days.items() for n in found]
    spacing = [{"series": "A", "min_days": 7}, {"series": "B", "max_days": 3}]
    case = problem(rows, ["F1"], slots=slots, spacing=spacing)
    early, late = (("2", 0), ("2", 1))
    for name, (number, slot), expected in (
        ("A", early, True),
        ("A", late, False),
        ("B", early, False),
        ("B", late, True),
    ):
        assert wrong(case, (f"{name}1", "F1", 0), (f"{name}{number}", "F1", slot)) is expected
    assert not wrong(case, ("A1", "F1", 0), ("B2", "F1", 0))


def test_a_meeting_of_no_series_and_a_duty_of_the_series_are_no_sessions() -> None:
    rows: list[Cells] = [
        {"meeting": "S1", "series": "course", "session": 1},
        meeting("X", moment(8), ends(moment(8))),
        {"meeting": "S2", "series": "course", "session": 2},
    ]
    slots = [{"meeting": m, "start": moment(n), "end": ends(moment(n))} for m, n in (("S1", 5), ("S2", 8), ("S2", 12))]
    duties = [{"duty": "D1", "kind": "coaching", "hours": 1, "series": "course"}]
    case = problem(rows, ["F1"], slots=slots, spacing=[{"series": "course", "min_days": 7}], duties=duties)
    compared(case)
    first, second = (case.times(case.meeting(name)) for name in ("S1", "S2"))
    for slot, expected in ((0, True), (1, False)):
        found = check(
            case,
            Roster(
                rows=(
                    RosterRow(meeting="S1", seat="lead", facilitator="F1", start=first[0][0]),
                    RosterRow(meeting="X", seat="lead", facilitator="F1"),
                    RosterRow(meeting="D1", seat="coaching", facilitator="F1"),
                    RosterRow(meeting="S2", seat="lead", facilitator="F1", start=second[slot][0]),
                )
            ),
        )
        assert bool(found.by_rule[RULE]) is expected


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


# --- what is wrong with the input ----------------------------------------------------------------------------


def found(case: Problem) -> list[Issue]:
    return list(OneSlotRule().issues(case))


def no_slots(*names: str) -> str:
    """Return why a spacing is warned of that no slots of these sessions keep."""
    together = " together" if len(names) > 2 else ""
    where = f"{', '.join(names[:-1])} and {names[-1]}{together}"
    return f"is kept by no slots of {where}, so that one of them stays empty"


def test_a_spacing_that_no_slots_keep_is_a_warning_with_its_row_and_the_month_goes_on() -> None:
    case = course([5, 6], [8, 9, 12], (20,), spacing={"min_days": 8}, people=["F1"])
    (issue,) = found(case)
    assert (issue.table, issue.rows, issue.severity) == ("spacing", (1,), "warning")
    assert issue.reason == no_slots("S1", "S2")
    assert issue.remedy == "give other slots, or another spacing"
    assert check(case, Roster()).legal
    result = solve(case, workers=1)
    assert result.status is Status.OPTIMAL
    assert issue in result.report.warnings
    assert result.roster.holder("S3", "lead") == "F1"
    assert result.roster.filled == 2  # of S1 and S2 one stays empty, and only one
    assert result.report.legal


def test_of_three_sessions_that_clash_only_together_all_are_named() -> None:
    # One to three days apart: S2 on the 16th goes with S1, on the 26th with S3, which is legal without S1.
    case = course((14,), [16, 26], (28,), spacing={"min_days": 1, "max_days": 3})
    (issue,) = found(case)
    assert (issue.reason, issue.severity) == (no_slots("S1", "S2", "S3"), "warning")
    assert not wrong(case, ("S2", "F1", 1), ("S3", "F1", 0))
    assert not wrong(case, ("S1", "F1", 0), ("S2", "F1", 0))
    assert wrong(case, ("S1", "F1", 0), ("S2", "F1", 0), ("S3", "F1", 0))
    assert solve(case, workers=1).roster.filled == 2


def test_who_has_no_part_in_a_clash_is_not_named() -> None:
    # S1 fits either slot of S2; S2 to S4 clash, as above.
    case = course([10, 11], (14,), [16, 26], (28,), spacing={"min_days": 1, "max_days": 4})
    assert [issue.reason for issue in found(case)] == [no_slots("S2", "S3", "S4")]
    # What follows a clash is looked at by itself, from the last of those that clash.
    case = course((14,), [16, 26], (28,), [29, 30], [30], spacing={"min_days": 1, "max_days": 1})
    assert [issue.reason for issue in found(case)] == [no_slots("S1", "S2"), no_slots("S2", "S3")]


@pytest.mark.parametrize("seed", seeds(60))
def test_warnings_agree_with_all_choices_of_slots(seed: int) -> None:
    rng = random.Random(seed)
    drawn = [sorted(rng.sample(range(1, 29), rng.choice([1, 1, 2, 3]))) for _ in range(rng.randint(2, 5))]
    drawn.sort()
    times = [tuple(days) if len(days) == 1 and rng.random() < 0.5 else days for days in drawn]
    least = rng.randint(0, 4)
    spacing: Cells = {"min_days": least, "max_days": rng.choice([None, least, least + 3, least + 9])}
    case = course(*times, numbered=False, spacing=spacing)
    members = list(case.series["course"])

    def possible(first: int, end: int) -> bool:
        """Tell whether the sessions from one up to another can all be held, judged by the rule itself."""
        sessions = members[first:end]
        for starts in itertools.product(*([start for start, _ in case.times(row)] for row in sessions)):
            rows = [
                RosterRow(meeting=row.meeting, seat="lead", facilitator="F1", start=start)
                for row, start in zip(sessions, starts, strict=True)
            ]
            if not check(case, Roster(rows=tuple(rows))).by_rule[RULE]:
                return True
        return False

    expected, place = [], 0
    while place < len(members):
        end = next((end for end in range(place + 2, len(members) + 1) if not possible(place, end)), None)
        if end is None:
            break
        first = max(first for first in range(place, end - 1) if not possible(first, end))
        expected.append(no_slots(*(row.meeting for row in members[first:end])))
        place = end - 1
    assert [issue.reason for issue in found(case) if "are fixed" not in issue.reason] == expected


@pytest.mark.parametrize(
    ("first", "second", "spacing", "wrong"),
    [
        ([5, 6], [8, 12], {"min_days": 7}, False),
        ([5, 6], [8, 12], {"min_days": 8}, True),
        ([5, 6], [12, 13], {"max_days": 6}, False),
        ([5, 6], [12, 13], {"max_days": 5}, True),
        ([5, 12], [8, 18], {"min_days": 4, "max_days": 5}, True),  # 3, 13 and 6 days
        ([5, 12], [8, 18], {"min_days": 4, "max_days": 6}, False),
    ],
)
def test_some_pair_of_slots_is_enough(
    first: list[int], second: list[int], spacing: dict[str, int], wrong: bool
) -> None:
    case = course(first, second, spacing=spacing)
    assert [issue.severity for issue in found(case)] == ["warning"] * wrong
    # In a series without numbers, whose order is that of the first slots, just so.
    assert [issue.severity for issue in found(course(first, second, spacing=spacing, numbered=False))] == [
        "warning"
    ] * wrong


def test_spacing_is_followed_through_the_whole_series() -> None:
    # S2 can be 8 (with S3 on the 15th) or 12 (with S1 on the 5th), but not both.
    case = course((5,), [8, 12], [15, 18], spacing=WEEK)
    assert [issue.reason for issue in found(case)] == [no_slots("S1", "S2", "S3")]
    assert not found(course((5,), [8, 12], [15, 19], spacing=WEEK))


def test_the_row_of_the_series_that_is_wrong_is_named() -> None:
    rows = [{"meeting": f"{name}{n}", "series": name, "session": n} for name in "AB" for n in (1, 2)]
    days = {"A1": 5, "A2": 12, "B1": 5, "B2": 12}
    slots = [{"meeting": m, "start": moment(n), "end": ends(moment(n))} for m, n in days.items()]
    for spacing, row in (
        ([{"series": "A", "min_days": 7}, {"series": "B", "min_days": 8}], 2),
        ([{"series": "B", "min_days": 8}, {"series": "A", "min_days": 7}], 1),
    ):
        (issue,) = found(problem(rows, slots=slots, spacing=spacing))
        assert (issue.rows, issue.reason) == ((row,), no_slots("B1", "B2"))


def test_a_breach_between_two_fixed_sessions_is_a_warning() -> None:
    case = course((5,), (8,), [15, 16], spacing=WEEK)
    (issue,) = found(case)
    assert (issue.table, issue.rows, issue.severity) == ("spacing", (1,), "warning")
    assert issue.reason == "is not kept by S1 and S2, whose dates are fixed"
    result = solve(case, workers=1)
    assert result.roster.filled == 3
    # The next pair is judged by itself: from the 8th.
    reasons = [issue.reason for issue in found(course((5,), (8,), [12, 14], spacing=WEEK))]
    assert reasons == ["is not kept by S1 and S2, whose dates are fixed", no_slots("S2", "S3")]


def test_a_spacing_of_a_series_that_is_not_here_or_has_one_session_is_no_error() -> None:
    assert not found(course([5, 6], spacing=WEEK))
    case = course([5], [6]).replace(spacing=[{"series": "other", "min_days": 7}])
    assert not found(case)
    assert any(issue.table == "spacing" for issue in case.warnings)


def test_most_less_than_least_is_an_error() -> None:
    with pytest.raises(ProblemError, match="spacing, row 1, column max_days: is less than min_days"):
        course([5], [12], spacing={"min_days": 7, "max_days": 6})
    assert not found(course([5], [12], spacing={"min_days": 7, "max_days": 7}))


@pytest.mark.parametrize("backwards", [False, True])
def test_sessions_that_fall_whatever_slots_are_chosen_are_an_error_with_both_rows(backwards: bool) -> None:
    case = course([19, 20], [5, 18], backwards=backwards)
    (issue,) = found(case)
    assert (issue.table, issue.column, issue.severity) == ("meetings", "session", "error")
    assert set(issue.rows) == {1, 2}
    assert issue.reason == "falls while time rises, whatever slots are chosen"
    with pytest.raises(ProblemError, match="column session: falls while time rises, whatever slots are chosen"):
        solve(case)
    # The latest slot of the second on the first slot of the first: there is one way.
    assert not found(course([19, 20], [5, 19], backwards=backwards))


def test_sessions_that_fall_beyond_neighbours_are_an_error() -> None:
    case = course([19, 20], [12, 26], [5, 18])
    assert [issue.rows for issue in found(case)] == [(1, 3)]
    fixed = course((19,), [12, 26], [5, 18])
    assert [issue.rows for issue in found(fixed)] == [(1, 3)]


def test_unnumbered_sessions_do_not_fall() -> None:
    assert not found(course([19, 20], [5, 6], numbered=False))


def test_session_numbers_that_repeat_are_an_error_with_both_rows() -> None:
    rows = [{"meeting": f"S{n}", "series": "course", "session": number} for n, number in ((1, 1), (2, 2), (3, 1))]
    slots = [{"meeting": f"S{n}", "start": moment(n), "end": ends(moment(n))} for n in (1, 2, 3)]
    with pytest.raises(ProblemError, match="meetings, rows 1, 3, column session: stands twice in the series"):
        problem(rows, slots=slots)
    assert problem([row | {"series": str(row["meeting"])} for row in rows], slots=slots)


def test_session_numbers_that_fall_with_time_are_an_error_with_both_rows() -> None:
    for first, second in ((12, 5), ("12 10:00", "12 09:45")):
        with pytest.raises(ProblemError, match="meetings, rows 1, 2, column session: falls while time rises"):
            course((first,), (second,))
    assert course((12,), (12,))


def test_fixed_sessions_that_fall_around_a_flexible_one_are_an_error() -> None:
    # Session 1 on the 12th, session 3 on the 5th; the one between could be after the first or before the last.
    with pytest.raises(ProblemError, match="column session: falls while time rises"):
        check(course((12,), [4, 13], (5,)), Roster())


def test_session_numbers_are_given_for_all_or_for_none() -> None:
    rows = [{"meeting": f"S{n}", "series": "course", "session": number} for n, number in ((1, 1), (2, None))]
    slots = [{"meeting": f"S{n}", "start": moment(n), "end": ends(moment(n))} for n in (1, 2)]
    with pytest.raises(ProblemError, match="meetings, row 2, column session: is blank while other sessions"):
        problem(rows, slots=slots)


def test_slots_beside_a_start_and_an_end_are_an_error() -> None:
    rows = [meeting("S1", moment(5), ends(moment(5)))]
    with pytest.raises(ProblemError, match="meetings, row 1, column start: is given although the meeting has rows in"):
        problem(rows, slots=[{"meeting": "S1", "start": moment(6), "end": ends(moment(6))}])
    with pytest.raises(ProblemError, match="meetings, row 1, column start: is blank; give start and end, or rows in"):
        problem([{"meeting": "S1"}])


def test_a_slot_starts_inside_the_period_and_may_end_after_it() -> None:
    late = [{"meeting": "S1", "start": "2026-03-31 23:00", "end": "2026-04-01 01:00"}]
    assert problem([{"meeting": "S1"}], slots=late)
    for start in ("2026-04-01 00:00", "2026-02-28 23:59"):
        with pytest.raises(ProblemError, match="slots, row 2, column start: lies outside the period"):
            problem([{"meeting": "S1"}], slots=[*late, {"meeting": "S1", "start": start, "end": "2026-04-01 01:00"}])


def test_two_slots_of_a_meeting_at_one_time_are_an_error() -> None:
    slots = [{"meeting": "S1", "start": moment(5), "end": f"2026-03-05 {clock}"} for clock in ("11:00", "12:00")]
    with pytest.raises(ProblemError, match="slots, rows 1, 2: repeats meeting, start"):
        problem([{"meeting": "S1"}], slots=slots)
