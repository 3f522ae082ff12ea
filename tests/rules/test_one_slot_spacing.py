"""Rule `one-slot`: sessions of a series keep the days between them that are asked for."""

import pytest
from tests.builders import Cells, meeting, problem
from tests.rules.sessions import RULE, WEEK, apart, compared, course, ends, moment, wrong

from poolmatch import Roster, check
from poolmatch.domain.roster import RosterRow

# --- spacing: boundaries -------------------------------------------------------------------------------------


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
