"""Rule `pairing`: a `forbid` pair is never together, and nobody of a `require` pair is without the other."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, breaks, facilitator, meeting, problem, roster

from poolmatch import Problem, ProblemError, Roster, Status, check, solve
from poolmatch.domain.roster import RosterRow
from poolmatch.rules.pairing import PairingRule
from poolmatch.testing import check_rule

RULE = "pairing"


def pair(kind: str, first: str = "F1", second: str = "F2") -> Cells:
    return {"first": first, "second": second, "kind": kind}


def team(
    *pairs: Cells, roles: Sequence[str] = ("lead", "co"), people: Sequence[str | Cells] = (), **tables: Any
) -> Problem:
    """Return F1, F2 and F3, each of another employer, and a meeting with a seat s1, s2 … for each role."""
    seats = [{"meeting": "M1", "seat": f"s{n}", "role": role} for n, role in enumerate(roles, 1)]
    pool = people or [facilitator(f"F{n}", organisation=f"O{n}") for n in (1, 2, 3)]
    return problem([meeting()], pool, seats=seats, pairings=pairs, **tables)


def wrong(case: Problem, *names: str | None) -> bool:
    """Tell whether it is illegal that these people hold s1, s2 … in this order."""
    return breaks(RULE, case, {("M1", f"s{n}"): name for n, name in enumerate(names, 1)})


# --- forbid --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second"), [("F1", "F2"), ("F2", "F1")])
def test_a_forbidden_pair_is_not_together(first: str, second: str) -> None:
    case = team(pair("forbid", first, second))
    assert wrong(case, "F1", "F2")
    assert wrong(case, "F2", "F1")
    for names in (("F1", "F3"), ("F3", "F2"), ("F1", None), (None, "F2"), (None, None)):
        assert not wrong(case, *names)


@pytest.mark.parametrize("role", ["lead", "co", "trainee", "observer", "scribe", "mentor"])
def test_every_seat_of_a_meeting_is_in_it(role: str) -> None:
    assert wrong(team(pair("forbid"), roles=["lead", role]), "F1", "F2")
    assert wrong(team(pair("require"), roles=["lead", role]), "F1", "F3")
    assert not wrong(team(pair("require"), roles=["lead", role]), "F1", "F2")


def test_a_forbidden_pair_may_hold_two_meetings_at_one_time() -> None:
    case = problem([meeting("M1"), meeting("M2")], ["F1", "F2"], pairings=[pair("forbid")])
    assert not breaks(RULE, case, {"M1": "F1", "M2": "F2"})


def test_a_third_person_between_them_changes_nothing() -> None:
    case = team(pair("forbid"), roles=["lead", "co", "scribe"])
    assert wrong(case, "F1", "F3", "F2")
    assert not wrong(case, "F1", "F3", None)


# --- require -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second"), [("F1", "F2"), ("F2", "F1")])
def test_nobody_of_a_required_pair_is_without_the_other(first: str, second: str) -> None:
    case = team(pair("require", first, second))
    for alone in (("F1", None), (None, "F1"), ("F2", None), ("F1", "F3"), ("F3", "F2")):
        assert wrong(case, *alone)
    for right in (("F1", "F2"), ("F2", "F1"), ("F3", None), (None, None)):
        assert not wrong(case, *right)


def test_a_meeting_with_one_seat_has_no_room_for_two() -> None:
    case = team(pair("require"), roles=["lead"])
    assert not wrong(case, "F1")
    assert not wrong(case, "F2")


def test_an_optional_seat_makes_two() -> None:
    seats = [
        {"meeting": "M1", "seat": "s1", "role": "lead"},
        {"meeting": "M1", "seat": "s2", "role": "co", "required": "no"},
    ]
    case = problem([meeting()], ["F1", "F2"], seats=seats, pairings=[pair("require")])
    assert wrong(case, "F1", None)
    assert not wrong(case, "F1", "F2")


def test_the_other_in_another_meeting_does_not_help() -> None:
    seats = [{"meeting": f"M{m}", "seat": f"s{n}", "role": "scribe"} for m in (1, 2) for n in (1, 2)]
    case = problem([meeting("M1"), meeting("M2")], ["F1", "F2"], seats=seats, pairings=[pair("require")])
    assert breaks(RULE, case, {("M1", "s1"): "F1", ("M2", "s1"): "F2"})
    assert not breaks(RULE, case, {("M1", "s1"): "F1", ("M1", "s2"): "F2", ("M2", "s1"): "F2", ("M2", "s2"): "F1"})


def test_three_who_belong_together_come_together() -> None:
    case = team(pair("require"), pair("require", "F3", "F2"), roles=["lead", "co", "scribe"])
    assert not wrong(case, "F3", "F1", "F2")
    assert wrong(case, "F1", "F2", None)
    assert wrong(case, "F1", None, "F3")
    # Where there are two seats only, none of the three can sit.
    small = team(pair("require"), pair("require", "F3", "F2"))
    assert wrong(small, "F1", "F2")
    assert not wrong(small, None, None)


def test_required_with_one_and_forbidden_with_another() -> None:
    case = team(pair("require"), pair("forbid", "F1", "F3"), roles=["lead", "co", "scribe"])
    assert not wrong(case, "F1", "F2", None)
    assert wrong(case, "F1", "F2", "F3")
    assert not wrong(case, "F3", None, None)
    assert wrong(case, "F3", "F2", None)


# --- a partner who is not there -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("partner", "binds"),
    [
        ({"joined": "2026-03-05"}, True),  # the day of the meeting
        ({"joined": "2026-03-06"}, False),
        ({"left": "2026-03-05"}, True),
        ({"left": "2026-03-04"}, False),
        ({"joined": "2026-03-01", "left": "2026-03-31"}, True),
        ({"joined": "2026-04-01"}, False),
    ],
)
@pytest.mark.parametrize(("first", "second"), [("F1", "F2"), ("F2", "F1")])
def test_who_has_not_joined_or_has_left_binds_nobody(partner: Cells, binds: bool, first: str, second: str) -> None:
    people = [facilitator("F1", organisation="O1"), facilitator("F2", organisation="O2", **partner)]
    case = team(pair("require", first, second), people=people)
    assert wrong(case, "F1", None) is binds
    assert wrong(case, None, "F1") is binds
    assert not wrong(case, "F1", "F2")
    assert not wrong(case, None, None)
    assert wrong(case, "F2", None)  # the other is there


def test_a_partner_on_leave_binds_still() -> None:
    absent = {"facilitator": "F2", "start": "2026-03-01", "end": "2026-03-31", "kind": "unavailable"}
    assert wrong(team(pair("require"), availability=[absent]), "F1", None)


def test_nobody_of_a_pair_binds_after_both_have_left() -> None:
    people = [facilitator(name, organisation=name, left="2026-03-04") for name in ("F1", "F2")]
    case = team(pair("require"), people=people)
    assert not wrong(case, "F1", None)
    assert not wrong(case, None, "F2")


def test_the_day_on_which_the_meeting_starts_counts() -> None:
    seats = [{"meeting": "M1", "seat": f"s{n}", "role": "scribe"} for n in (1, 2)]
    night = meeting(start="2026-03-05 22:00", end="2026-03-06 02:00")
    for left, binds in (("2026-03-05", True), ("2026-03-04", False)):
        people = [facilitator("F1"), facilitator("F2", left=left)]
        case = problem([night], people, seats=seats, pairings=[pair("require")])
        assert breaks(RULE, case, {("M1", "s1"): "F1"}) is binds


def test_of_a_flexible_meeting_the_slot_tells_whether_the_partner_is_there() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{d} 10:00", "end": f"2026-03-{d} 12:00"} for d in ("05", "12")]
    seats = [{"meeting": "M1", "seat": f"s{n}", "role": "scribe"} for n in (1, 2)]
    people = [facilitator("F1", roles="scribe"), facilitator("F2", roles="scribe", joined="2026-03-10")]
    case = problem([{"meeting": "M1"}], people, seats=seats, slots=slots, pairings=[pair("require")])
    check_rule(PairingRule(), case)
    early, late = (start for start, _ in case.times(case.meeting("M1")))
    for start, expected in ((early, False), (late, True)):
        alone = Roster(rows=(RosterRow(meeting="M1", seat="s1", facilitator="F1", start=start),))
        assert bool(check(case, alone).by_rule[RULE]) is expected


def test_solve_lets_someone_come_alone_once_the_partner_has_left() -> None:
    people = [facilitator("F1", organisation="O1"), facilitator("F2", organisation="O2", left="2026-03-04")]
    found = solve(team(pair("require"), people=people), workers=1)
    assert found.roster.holder("M1", "s1") == "F1"


# --- kinds that are wishes, slots, duties --------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["prefer", "avoid"])
def test_wishes_bind_nobody(kind: str) -> None:
    case = team(pair(kind))
    for names in (("F1", "F2"), ("F1", "F3"), ("F1", None)):
        assert not wrong(case, *names)


def test_duties_are_no_meetings() -> None:
    duties = [{"duty": f"D{n}", "kind": "coaching", "hours": 1} for n in (1, 2)]
    for kind in ("require", "forbid"):
        case = problem([meeting()], ["F1", "F2"], pairings=[pair(kind)], duties=duties)
        assert not breaks(RULE, case, {("D1", "coaching"): "F1"})
        assert not breaks(RULE, case, {("D1", "coaching"): "F1", ("D2", "coaching"): "F2"})


def test_a_flexible_meeting_is_one_meeting() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{d} 10:00", "end": f"2026-03-{d} 12:00"} for d in ("05", "12")]
    seats = [{"meeting": "M1", "seat": f"s{n}", "role": "scribe"} for n in (1, 2)]
    for kind, expected in (("forbid", True), ("require", False)):
        case = problem([{"meeting": "M1"}], ["F1", "F2"], seats=seats, slots=slots, pairings=[pair(kind)])
        check_rule(PairingRule(), case)
        for start, _ in case.times(case.meeting("M1")):
            pairs = (("s1", "F1"), ("s2", "F2"))
            rows = tuple(RosterRow(meeting="M1", seat=seat, facilitator=name, start=start) for seat, name in pairs)
            assert bool(check(case, Roster(rows=rows)).by_rule[RULE]) is expected
            assert bool(check(case, Roster(rows=rows[:1])).by_rule[RULE]) is not expected


# --- words, input, pins, solving -----------------------------------------------------------------------------


def test_the_words_name_the_pair_and_the_meeting() -> None:
    (finding,) = check(team(pair("forbid")), roster({("M1", "s1"): "F2", ("M1", "s2"): "F1"})).by_rule[RULE]
    assert finding.words.en == "F1 and F2 are together in M1, which is ruled out."
    assert finding.words.nl == "F1 en F2 zitten samen in M1, wat is uitgesloten."
    assert (finding.facilitators, finding.meetings) == (("F1", "F2"), ("M1",))
    (finding,) = check(team(pair("require")), roster({("M1", "s1"): "F2"})).by_rule[RULE]
    assert finding.words.en == "F2 is in M1 without F1, who must be there too."
    assert finding.words.nl == "F2 zit in M1 zonder F1, die er ook bij moet zijn."
    (finding,) = check(team(pair("require")), roster({("M1", "s1"): "F1"})).by_rule[RULE]
    assert finding.words.en == "F1 is in M1 without F2, who must be there too."


@pytest.mark.parametrize("kind", ["require", "prefer", "avoid", "forbid"])
def test_a_pair_of_someone_with_themselves_is_an_error(kind: str) -> None:
    with pytest.raises(ProblemError) as caught:
        team(pair("forbid"), pair(kind, "F3", "F3"))
    (issue,) = caught.value.errors
    assert (issue.table, issue.rows, issue.column) == ("pairings", (2,), "second")
    assert (issue.reason, issue.remedy) == ("is the first person again", "name two different facilitators")


def test_one_pair_twice_in_either_order_is_an_error_with_both_rows() -> None:
    for again in (pair("require"), pair("require", "F2", "F1")):
        with pytest.raises(ProblemError) as caught:
            team(pair("forbid"), pair("prefer", "F1", "F3"), again)
        assert [issue.rows for issue in caught.value.errors] == [(1, 3)]


def test_a_pin_of_one_of_a_required_pair_draws_the_other() -> None:
    pins = [{"meeting": "M1", "seat": "s2", "facilitator": "F1"}]
    found = solve(team(pair("require"), pins=pins), workers=1)
    assert found.status is Status.OPTIMAL
    assert [found.roster.holder("M1", seat) for seat in ("s1", "s2")] == ["F2", "F1"]


def test_pins_that_part_a_required_pair_clash() -> None:
    pins = [
        {"meeting": "M1", "seat": "s1", "facilitator": "F1"},
        {"meeting": "M1", "seat": "s2", "facilitator": "F3"},
    ]
    people = [facilitator(f"F{n}", organisation=f"O{n}", roles="scribe;lead;co") for n in (1, 2, 3)]
    found = solve(team(pair("require"), roles=["scribe", "scribe"], people=people, pins=pins), workers=1)
    assert found.status is Status.INFEASIBLE
    assert [pin.seat for pin in found.clash] == ["s1", "s2"]
    # As lead and co the second pin alone is too much: whoever leads beside F3 needs the one who has no seat left.
    pool = [facilitator("F1"), facilitator("F2", organisation="Mill"), facilitator("F3", roles="co")]
    led = solve(team(pair("require"), people=pool, pins=pins), workers=1)
    assert led.status is Status.INFEASIBLE
    assert [pin.seat for pin in led.clash] == ["s2"]


def test_pins_that_join_a_forbidden_pair_clash() -> None:
    pins = [{"meeting": "M1", "seat": f"s{n}", "facilitator": f"F{n}"} for n in (1, 2)]
    found = solve(team(pair("forbid"), pins=pins), workers=1)
    assert found.status is Status.INFEASIBLE
    assert [pin.seat for pin in found.clash] == ["s1", "s2"]


def test_who_cannot_come_keeps_the_other_out() -> None:
    absent = {"facilitator": "F2", "start": "2026-03-05", "end": "2026-03-05", "kind": "unavailable"}
    found = solve(team(pair("require"), availability=[absent]), workers=1)
    assert {row.facilitator for row in found.roster.rows} == {"F3", None}
    assert solve(team(pair("require")), workers=1).roster.filled == 2
