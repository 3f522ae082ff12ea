"""Shares of the work by contract hours and days present: what holds of any pool."""

import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.builders import Cells, facilitator, meeting, problem
from tests.rings import scaled

from poolmatch import Problem
from poolmatch.domain.assembly import TABLES
from poolmatch.domain.shares import shares, shares_before, targets
from poolmatch.testing import tiny_problems

DAYS = st.dates(date(2025, 11, 20), date(2026, 4, 10))
WORK = [meeting("M1", "2026-03-05 00:00", "2026-03-05 20:00")]
"""1200 minutes."""


@st.composite
def pools(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return people, who may join, leave, and be on leave, and their availability."""
    people, availability = [], []
    contracts = draw(st.booleans())
    for name in ("F1", "F2", "F3", "F4")[: draw(st.integers(2, 4))]:
        joined, left = sorted((draw(DAYS), draw(DAYS)))
        person = dict(facilitator(name, contract_hours=draw(st.sampled_from([0, 8, 12.5, 36])) if contracts else None))
        person["joined"] = draw(st.sampled_from([None, None, joined]))
        person["left"] = draw(st.sampled_from([None, None, left]))
        people.append(person)
        for _ in range(draw(st.integers(0, 3))):
            start = draw(DAYS)
            row: dict[str, Any] = {"facilitator": name, "kind": "unavailable", "start": start}
            row["end"] = start + timedelta(days=draw(st.integers(0, 12)))
            row["rrule"] = draw(st.sampled_from([None, None, "FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=3"]))
            availability.append(row)
    return people, availability


def pool(people: list[dict[str, Any]], availability: list[dict[str, Any]], **tables: Any) -> Problem:
    return problem(WORK, people, availability=availability, **tables)


@settings(max_examples=scaled(100), deadline=None)
@given(pools())
def test_shares_add_up_to_one_and_nobody_has_less_than_nothing(made: Any) -> None:
    case = pool(*made)
    for found in (shares(case), shares_before(case)):
        assert sum(found.values(), Fraction(0)) == 1
        assert min(found.values()) >= 0
        assert list(found) == [row.facilitator for row in case.facilitators]


@settings(max_examples=scaled(60), deadline=None)
@given(tiny_problems(meetings=1, programme=True))
def test_shares_of_any_problem_add_up_to_one_unless_all_are_externals(case: Problem) -> None:
    for found in (shares(case), shares_before(case)):
        assert sum(found.values(), Fraction(0)) == int(not all(row.external for row in case.facilitators))


@settings(max_examples=scaled(150), deadline=None)
@given(pools(), DAYS)
def test_someone_who_is_two_people_one_after_the_other_has_the_share_of_one(made: Any, last: date) -> None:
    (person, *others), rows = made
    assume((person["joined"] or last) <= last < (person["left"] or date.max))
    before, after = person | {"left": last}, person | {"facilitator": "F9", "joined": last + timedelta(days=1)}
    again = [row | {"facilitator": "F9"} for row in rows if row["facilitator"] == person["facilitator"]]
    one, two = pool([person, *others], rows), pool([before, after, *others], rows + again)
    for share in (shares, shares_before):
        whole, parts = share(one), share(two)
        if len(set(whole.values())) > 1:  # where nobody has any weight, two count for two
            assert parts["F1"] + parts["F9"] == whole["F1"]
            assert all(parts[row["facilitator"]] == whole[row["facilitator"]] for row in others)


def test_two_halves_have_together_the_target_of_one() -> None:
    # F1 in the pool to the 10th and F9 from the 11th: 10 and 21 days of 31. Of 1200 minutes F2 has half.
    halves = [facilitator("F1", left="2026-03-10"), facilitator("F9", joined="2026-03-11"), facilitator("F2")]
    assert targets(problem(WORK, halves)) == {"F1": 194, "F9": 406, "F2": 600}  # 193.55 and 406.45


@settings(max_examples=scaled(60), deadline=None)
@given(pools(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(made: Any, rng: random.Random) -> None:
    history = [
        {"meeting": f"P{n}", "facilitator": row["facilitator"], "role": "lead", "hours": n + 0.75, **times}
        for n, row in enumerate(made[0])
        for times in ({}, {"start": f"2026-02-0{n + 1} 10:00", "end": f"2026-02-0{n + 1} 12:00"})
    ]
    case = pool(*made, history=history)
    tables = {name: list(getattr(case, name)) for name in TABLES if name != "period"}
    for rows in tables.values():
        rng.shuffle(rows)
    other = case.replace(**tables)
    assert (shares(other), shares_before(other)) == (shares(case), shares_before(case))
    assert targets(other) == targets(case)


@settings(max_examples=scaled(60), deadline=None)
@given(st.dates(date(2026, 3, 1), date(2026, 3, 25)), st.integers(1, 14))
def test_six_days_away_change_nothing_and_seven_do(first: date, length: int) -> None:
    last = first + timedelta(days=length - 1)
    away: Cells = {"facilitator": "F1", "kind": "unavailable", "start": first, "end": last}
    case = problem(WORK, ["F1", "F2"], availability=[away])
    missed = (min(last, date(2026, 3, 31)) - first).days + 1 if length >= 7 else 0
    assert shares(case)["F1"] == Fraction(31 - missed, 62 - missed)
    assert shares_before(case)["F1"] == Fraction(1, 2)


def test_what_is_worked_out_is_kept_and_not_passed_on() -> None:
    case = problem(WORK, ["F1", "F2"])
    assert targets(case) is targets(case)
    assert targets(case.replace(facilitators=case.facilitators[:1])) == {"F1": 1_200}
    assert targets(case.with_warnings([])) == {"F1": 600, "F2": 600}
