"""Rule `fair-load`: shares of people who come, go or are on leave, and what `solve` makes of shares."""

from collections.abc import Sequence

import pytest
from tests.builders import Cells, facilitator, meeting, problem
from tests.rules.loads import ALONE_IN_ITS_TIER, contracts, past, working

from poolmatch import solve
from poolmatch.domain.shares import targets


def away(who: str, first: str, last: str) -> Cells:
    return {"facilitator": who, "kind": "unavailable", "start": first, "end": last}


def asked(
    *people: Cells, history: Sequence[Cells] = (), availability: Sequence[Cells] = (), minutes: int = 1_200
) -> tuple[int, ...]:
    """Return the targets of 1200 minutes of work in March, which has 31 days."""
    return tuple(targets(working([minutes], people, history=history, availability=availability)).values())


F1, F2, F3 = (facilitator(name) for name in ("F1", "F2", "F3"))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"joined": "2026-03-01"}, (600, 600)),
        ({"joined": "2026-03-16"}, (791, 409)),  # 1200 × 31/47 and × 16/47
        ({"left": "2026-03-16"}, (791, 409)),
        ({"joined": "2026-03-10", "left": "2026-03-10"}, (1_163, 38)),  # 1162.5 and 37.5: both go up
        ({"joined": "2026-04-01"}, (1_200, 0)),
        ({"left": "2026-02-28"}, (1_200, 0)),
    ],
)
def test_a_share_is_of_the_days_in_the_pool(cells: Cells, expected: tuple[int, int]) -> None:
    assert asked(F1, {**F2, **cells}) == expected


def test_contract_hours_and_days_multiply() -> None:
    # 30 × 31 and 20 × 16 of 1250 parts: 892.8 and 307.2 minutes.
    half = {**F2, "contract_hours": 20, "joined": "2026-03-16"}
    assert asked({**F1, "contract_hours": 30}, half) == (893, 307)
    # Blank is the mean of those given, 20, whatever the days: 20 × 31 and 20 × 16 of 940.
    assert asked(F1, half) == (791, 409)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-03-01", "2026-03-21", (293, 907)),  # ten days against 31
        ("2026-03-01", "2026-03-07", (524, 676)),  # 24 against 31: 523.64 and 676.36
        ("2026-03-01", "2026-03-06", (600, 600)),
        ("2026-02-23", "2026-03-01", (590, 610)),  # 30 against 31: one day of a week's leave
        ("2026-03-01", "2026-03-31", (0, 1_200)),
    ],
)
def test_leave_of_a_week_or_more_lowers_the_share(first: str, last: str, expected: tuple[int, int]) -> None:
    assert asked(F1, F2, availability=[away("F1", first, last)]) == expected


def test_where_nobody_has_any_weight_all_are_equal() -> None:
    gone = {**F1, "left": "2026-02-28"}
    assert asked(gone, F2, availability=[away("F2", "2026-03-01", "2026-03-31")]) == (600, 600)
    assert asked({**gone, "contract_hours": 36}, {**F2, "contract_hours": 0}) == (600, 600)


@pytest.mark.parametrize(
    ("joined", "expected"),
    [
        (None, (300, 300, 400)),  # a third of 600 minutes each: a surplus of 100
        ("2026-03-01", (400, 400, 400)),
        ("2026-02-28", (398, 398, 400)),  # 91, 91 and one day: 298.36, so a surplus of 2
        ("2025-11-30", (300, 300, 400)),
    ],
)
def test_a_newcomer_does_not_catch_up_with_what_was_before(joined: str | None, expected: tuple[int, ...]) -> None:
    history = [past("F1", 300), past("F2", 300)]
    assert asked(F1, F2, {**F3, "joined": joined}, history=history) == expected


def test_who_was_on_leave_does_not_catch_up_either() -> None:
    history = [past("F1", 300)]
    assert asked(F1, F2, history=history) == (450, 600)
    assert asked(F1, F2, history=history, availability=[away("F2", "2025-11-30", "2026-02-28")]) == (600, 600)
    # On leave for the first 63 of 91 days: F1 was to do 91/119 of 300, 229 minutes, and did 71 more.
    assert asked(F1, F2, history=history, availability=[away("F2", "2025-11-30", "2026-01-31")]) == (529, 600)


def test_a_leave_across_the_start_counts_on_both_sides() -> None:
    # 24 February to 4 March: 86 of 91 days, and 27 of 31. Of 1200 minutes 641 and 559; of 300 F1 was to do 154.
    leave = [away("F2", "2026-02-24", "2026-03-04")]
    assert asked(F1, F2, history=[past("F1", 300)], availability=leave) == (641 - 146, 559)


def test_who_has_left_has_no_target_but_their_past_is_the_pool_s() -> None:
    gone = {**F2, "left": "2026-02-28"}
    assert asked(F1, gone, history=[past("F1", 300), past("F2", 300)]) == (1_200, 0)
    assert asked(F1, gone, history=[past("F1", 300)]) == (1_050, 0)


def test_what_was_done_before_joining_counts_as_done() -> None:
    for done in (past("F2", 300), {"meeting": "P1", "facilitator": "F2", "role": "mentor", "hours": 5}):
        assert asked(F1, {**F2, "joined": "2026-03-01"}, history=[done]) == (600, 300)
    # Where nobody was in the pool in those days, all are equal.
    new = [{**row, "joined": "2026-03-01"} for row in (F1, F2)]
    assert asked(*new, history=[past("F1", 300)]) == (450, 600)


def test_solve_gives_a_newcomer_no_more_than_the_others() -> None:
    people = [F1, F2, {**F3, "joined": "2026-03-01"}]
    history = [past(name, 480, name=f"P{name}") for name in ("F1", "F2")]
    found = solve(working([60] * 6, people, history=history), ALONE_IN_ITS_TIER, workers=1)
    assert sorted(row.facilitator or "" for row in found.roster.rows) == ["F1", "F1", "F2", "F2", "F3", "F3"]


def test_solve_does_not_heap_a_month_on_who_comes_back_from_leave() -> None:
    # F1 is there for ten days of 31, F2 for all: of six hours 88 and 272 minutes. One hour each day from the 22nd on.
    rows = [meeting(f"M{n}", f"2026-03-{n} 10:00", f"2026-03-{n} 11:00") for n in range(22, 28)]
    case = problem(rows, [F1, F2], availability=[away("F1", "2026-03-01", "2026-03-21")])
    found = solve(case, ALONE_IN_ITS_TIER, workers=1)
    assert sorted(row.facilitator or "" for row in found.roster.rows) == ["F1", *["F2"] * 5]


def test_solve_shares_the_work() -> None:
    # 30 and 10 hours: four meetings of an hour go three to one.
    case = working([60, 60, 60, 60], contracts(30, 10))
    found = solve(case, ALONE_IN_ITS_TIER, workers=1)
    assert {tier.value for tier in found.tiers} == {0}
    assert sorted(row.facilitator or "" for row in found.roster.rows) == ["F1", "F1", "F1", "F2"]


def test_a_problem_keeps_its_own_targets_and_not_those_of_the_one_it_was_made_from() -> None:
    case = working([450], contracts(36, 36, 36))
    assert targets(case) == {"F1": 150, "F2": 150, "F3": 150}
    other = case.replace(facilitators=case.facilitators[:2])
    assert targets(other) == {"F1": 225, "F2": 225}
