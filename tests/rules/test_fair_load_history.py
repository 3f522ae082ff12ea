"""Rule `fair-load`: what was worked before the period is carried over."""

from collections.abc import Iterable, Sequence

import pytest
from tests.builders import Cells, facilitator
from tests.rules.loads import RULE, contracts, past, penalty, working

from poolmatch.domain.shares import targets


def carried(history: Iterable[Cells], people: Sequence[Cells | str] = ("F1", "F2")) -> tuple[int, ...]:
    """Return the targets of 1200 minutes of work."""
    return tuple(targets(working([1_200], people, history=list(history))).values())


def test_a_surplus_comes_off_the_target_and_a_shortage_is_not_added() -> None:
    # 300 minutes of the pool, half of them each: F1 did 150 too many.
    assert carried([past("F1", 300)]) == (450, 600)
    assert carried([past("F1", 300), past("F2", 300)]) == (600, 600)
    assert carried([past("F1", 100), past("F1", 300, name="P2"), past("F2", 200)]) == (500, 600)


def test_a_surplus_is_measured_by_contract_hours() -> None:
    # Shares 3/4 and 1/4, targets 900 and 300. Of 400 minutes: F1 300, as is fair; then F2 did 400 − 100 too many.
    assert carried([past("F1", 300), past("F2", 100)], contracts(30, 10)) == (900, 300)
    assert carried([past("F2", 400)], contracts(30, 10)) == (900, 0)
    assert carried([past("F2", 200), past("F1", 200)], contracts(30, 10)) == (900, 200)


def test_a_target_is_at_least_nothing() -> None:
    # 3000 minutes of the past: a surplus of 1500, more than the 600 of this period.
    assert carried([past("F1", 3_000)]) == (0, 600)
    assert carried([past("F1", 1_200)]) == (0, 600)
    assert carried([past("F1", 1_198)]) == (1, 600)


def test_the_share_of_the_past_is_rounded_half_up() -> None:
    # Half of 5 minutes is 2.5, rounded to 3: a surplus of 2.
    assert carried([past("F1", 5)]) == (598, 600)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2025-11-30 00:00", (450, 600)),  # 91 days before 1 March: 28 of February, 31, 31, and one of November
        ("2025-11-29 23:59", (600, 600)),
        ("2026-02-28 23:59", (450, 600)),
        ("2026-03-01 00:00", (600, 600)),  # the period itself
        ("2026-04-10 09:00", (600, 600)),
    ],
)
def test_the_91_days_before_the_period(start: str, expected: tuple[int, int]) -> None:
    assert carried([past("F1", 300, start)]) == expected


def test_the_day_is_local() -> None:
    # In March 2026 New York is behind UTC: 23:00 on 28 February there is 1 March in UTC.
    period = {"name": "March", "start": "2026-03-01", "end": "2026-03-31", "timezone": "America/New_York"}
    case = working([1_200], ["F1", "F2"], period=period, history=[past("F1", 300, "2026-02-28 23:00")])
    assert targets(case) == {"F1": 450, "F2": 600}
    case = working([1_200], ["F1", "F2"], period=period, history=[past("F1", 300, "2025-11-29 22:00")])
    assert targets(case) == {"F1": 600, "F2": 600}


def test_hours_that_are_given_replace_end_minus_start() -> None:
    assert carried([past("F1", 60, hours=5)]) == (450, 600)
    assert carried([past("F1", 600, hours=0)]) == (600, 600)


def test_past_duties_count_by_their_hours() -> None:
    assert carried([{"meeting": "P1", "facilitator": "F1", "role": "mentor", "hours": 5}]) == (450, 600)


def test_the_past_of_people_who_left_and_of_externals_is_not_the_pool_s() -> None:
    assert carried([past("F1", 300), past("someone who left", 3_000)]) == (450, 600)
    people = [facilitator("F1"), facilitator("F2"), facilitator("X", external=True)]
    assert carried([past("F1", 300), past("X", 3_000)], people) == (450, 600)


def test_the_past_of_a_meeting_that_is_planned_here_is_ignored() -> None:
    assert carried([past("F1", 300, name="M1")]) == (600, 600)


def test_a_surplus_moves_the_steps() -> None:
    # F1 has a target of 450 instead of 600. Of 600: 110 % is 495, 125 % 562.5, 150 % 675:
    # 67.5 × 100 + 37.5 × 200 = 14250.
    case = working([600, 600], ["F1", "F2"], history=[past("F1", 300)])
    assert penalty(RULE, case, {"M1": "F1", "M2": "F2"}) == 14_250
    assert penalty(RULE, case, {"M1": "F2"}) == 0
