"""Rule `one-slot`: what is told of slots, spacing and session numbers before anything is searched."""

import itertools
import random

import pytest
from tests.builders import Cells, meeting, problem
from tests.rings import seeds
from tests.rules.sessions import RULE, WEEK, course, ends, found, moment, wrong

from poolmatch import ProblemError, Roster, Status, check, solve
from poolmatch.domain.roster import RosterRow


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
