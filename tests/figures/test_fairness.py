"""How evenly the work is shared: Gini coefficient, deviations, before and after, of people and organisations."""

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import EMPLOYER, Cells, facilitator, meeting, problem, roster
from tests.rings import scaled

from poolmatch import Problem, ProblemError, Roster, fairness
from poolmatch.figures.fairness import PersonShare, gini
from poolmatch.testing import every_roster, tiny_problems

# --- the coefficient ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "parts", "value"),
    [
        ([2, 2], [1, 1], 0),  # all work the same
        ([4, 0], [1, 1], 0.5),  # one of two works all
        ([9, 0, 0], [1, 1, 1], 2 / 3),  # one of three
        ([3, 1], [1, 1], 0.25),  # |3 − 1| twice, over twice two people with four hours: 4 / 16
        ([3, 1], [3, 1], 0),  # as much as their share
        ([2, 2], [3, 1], 0.25),  # |2·1 − 2·3| twice, over twice four hours and four parts: 8 / 32
        ([1, 3], [3, 1], 0.5),  # |1·1 − 3·3| twice: 16 / 32
        ([0, 4], [0, 1], 0),  # no share, no work
        ([4, 0], [0, 1], 1),  # all is done by someone who has no share
        ([2, 2], [0, 1], 0.5),
        ([0, 0], [1, 1], 0),  # no work
        ([5], [1], 0),
        ([], [], 0),  # no people
    ],
)
def test_gini_by_hand(hours: Sequence[int], parts: Sequence[int], value: float) -> None:
    exactly = [Fraction(item) for item in hours]
    for scale in (Fraction(1), Fraction(1, 7)):  # only the proportion of shares counts
        share = [part * scale for part in parts]
        assert gini(exactly, share) == pytest.approx(value, abs=1e-15)
        assert gini(exactly[::-1], share[::-1]) == pytest.approx(value, abs=1e-15)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=8))
def test_gini_is_what_all_pairs_add_up_to(people: list[tuple[int, int]]) -> None:
    hours, parts = ([Fraction(item[side]) for item in people] for side in (0, 1))
    apart = sum(abs(h * q - g * p) for h, p in people for g, q in people)
    whole = sum(hours) * sum(parts)
    assert gini(hours, parts) == (float(Fraction(apart, 2) / whole) if whole else 0.0)


# --- a month by hand ---------------------------------------------------------------------------------------

PEOPLE = [
    facilitator("F1", contract_hours=16),
    facilitator("F2", contract_hours=8, organisation="Town"),
    facilitator("F3", contract_hours=8, organisation=None),
    facilitator("X1", contract_hours=99, external=True),
]
FOUR_HOURS = meeting("M1", "2026-03-05 09:00", "2026-03-05 12:00", preparation_hours=1)
TWO_HOURS = meeting("M2", "2026-03-12 09:00", "2026-03-12 11:00")


def past(start: str, end: str, who: str = "F2") -> Cells:
    return {"meeting": f"past {start}", "facilitator": who, "role": "lead", "start": start, "end": end}


def month(people: Sequence[Cells] = PEOPLE, **tables: Any) -> Problem:
    """Return a month of six hours of work, before which F2 has worked three."""
    history = [past("2026-02-10 09:00", "2026-02-10 12:00"), past("2026-02-11 09:00", "2026-02-11 12:00", "X1")]
    return problem([FOUR_HOURS, TWO_HOURS], people, **({"history": history} | tables))


def test_each_of_the_pool_has_a_row_also_without_work_and_externals_have_none() -> None:
    # Shares are ½, ¼ and ¼. Three hours were done before, by F2, whose part was 0.75: a surplus of 2.25. Six are asked:
    # targets of 3, 1.5 − 2.25 → 0, and 1.5. F1 does four hours, an external two, which are nobody's load: seven in all,
    # of which the parts are 3.5, 1.75 and 1.75.
    found = fairness(month(), roster({"M1": "F1", "M2": "X1"}))
    assert found.people == (
        PersonShare("F1", 0.5, 0.5, 0, 4, 3, -1.5, 0.5),
        PersonShare("F2", 0.25, 0.25, 3, 0, 0, 2.25, 1.25),
        PersonShare("F3", 0.25, 0.25, 0, 0, 1.5, -0.75, -1.75),
    )
    assert (found.spread_before, found.spread_after) == (3.75, 3.0)
    # Before, with hours 0, 3, 0: pairs differ by |0·¼ − 3·½| = 1.5, 0 and 0.75, so 2.25 over 3 hours. After, with
    # hours 4, 3, 0: by 0.5, 1 and 0.75, so 2.25 over 7 hours.
    assert found.gini_before == pytest.approx(0.75)
    assert found.gini_after == pytest.approx(2.25 / 7)


def test_an_organisation_has_the_sum_of_its_people_and_those_without_an_employer_come_last() -> None:
    people = [facilitator("F0", organisation=None, contract_hours=0), *PEOPLE, facilitator("F4", contract_hours=32)]
    found = fairness(month(people), roster({"M1": "F4", "M2": "F1"}))
    # Contracts of 0, 16, 8, 8 and 32 hours: shares 0, ¼, ⅛, ⅛ and ½. Before: F2 did 3. In the month F4 does 4, F1 2.
    # Targets: 1.5, 0.75 − (3 − 0.375) → 0, 0.75 and 3 hours. Three hours before, nine after.
    assert [row.name for row in found.organisations] == ["Town", EMPLOYER, ""]
    assert found.organisations == (
        PersonShare("Town", 0.125, 0.125, 3, 0, 0, 3 - 0.375, 3 - 1.125),
        PersonShare(EMPLOYER, 0.75, 0.75, 0, 6, 4.5, -2.25, 6 - 6.75),
        PersonShare("", 0.125, 0.125, 0, 0, 0.75, -0.375, -1.125),
    )


def test_organisations_without_people_in_the_pool_have_no_row() -> None:
    found = fairness(month([facilitator("F1"), facilitator("X1", organisation="Town", external=True)]), Roster())
    assert [row.name for row in found.organisations] == [EMPLOYER]


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        ("2025-11-30 00:00", 3),  # 91 days before 1 March 2026
        ("2025-11-29 23:59", 0),
        ("2026-02-28 23:59", 3),
        ("2026-03-01 00:00", 0),  # in the period: not past
    ],
)
def test_only_the_last_91_days_count_as_past(start: str, hours: float) -> None:
    row = {
        "meeting": "past",
        "facilitator": "F1",
        "role": "lead",
        "start": start,
        "end": "2026-03-01 03:00",
        "hours": 3,
    }
    found = fairness(month(history=[row]), Roster())
    assert found.people[0].before == hours
    assert found.people[0].deviation_before == hours / 2


def test_past_and_period_are_each_shared_by_their_own_days() -> None:
    # F2 joins on 1 March and F3 leaves on 28 February. Before: F1 and F3 half each of three hours, which F3 did. In the
    # month: F1 and F2 half each of six hours, of which F1 does four and F2 two.
    people = [facilitator("F1"), facilitator("F2", joined="2026-03-01"), facilitator("F3", left="2026-02-28")]
    case = month(people, history=[past("2026-02-10 09:00", "2026-02-10 12:00", "F3")])
    found = fairness(case, roster({"M1": "F1", "M2": "F2"}))
    assert found.people == (
        PersonShare("F1", 0.5, 0.5, 0, 4, 3, -1.5, -0.5),
        PersonShare("F2", 0, 0.5, 0, 2, 3, 0, -1),
        PersonShare("F3", 0.5, 0, 3, 0, 0, 1.5, 1.5),
    )
    # Before: hours 0, 0, 3 of parts ½, 0, ½: |0·0 − 0·½|, |0·½ − 3·½| and |0·½ − 3·0| make 1.5, over 3 hours.
    assert found.gini_before == pytest.approx(0.5)
    # After: hours 4, 2, 3 of parts 4.5, 3, 1.5: |12 − 9|, |6 − 13.5| and |3 − 9| over 9 × 9.
    assert found.gini_after == pytest.approx(16.5 / 81)
    assert (found.spread_before, found.spread_after) == (3, 2.5)


def test_duties_count_as_work() -> None:
    case = month(duties=[{"duty": "D1", "kind": "coaching", "hours": 2.5}])
    assert fairness(case, roster({("D1", "coaching"): "F3"})).people[2].hours == 2.5


def test_a_pool_of_externals_has_no_figures() -> None:
    found = fairness(month(PEOPLE[3:]), roster({"M1": "X1"}))
    assert found.people == found.organisations == ()
    assert found.gini_before == found.gini_after == found.spread_before == found.spread_after == 0


def test_the_figures_are_data_for_a_document() -> None:
    found = fairness(month(), roster({"M1": "F1"}))
    document = json.loads(json.dumps(found.to_dict()))
    assert [row["name"] for row in document["people"]] == ["F1", "F2", "F3"]
    assert [row["name"] for row in document["organisations"]] == ["Town", EMPLOYER, ""]
    assert document["people"][0]["deviation_after"] == 0.5
    assert document["spread_after"] == 3.0


def test_a_roster_of_another_problem_is_refused() -> None:
    with pytest.raises(ProblemError, match="is not in the pool"):
        fairness(problem(), roster({"M1": "F9"}))


@settings(max_examples=scaled(60), deadline=None)
@given(tiny_problems(meetings=2, seats=2, programme=True))
def test_shares_add_up_to_one_and_deviations_to_nothing(case: Problem) -> None:
    for chosen in list(every_roster(case))[::17]:
        found = fairness(case, chosen)
        pool = [row.facilitator for row in case.facilitators if not row.external]
        assert [row.name for row in found.people] == pool
        for rows in (found.people, found.organisations):
            assert sum(row.share for row in rows) == pytest.approx(1 if pool else 0)
            assert sum(row.share_before for row in rows) == pytest.approx(1 if pool else 0)
            assert sum(row.deviation_before for row in rows) == pytest.approx(0, abs=1e-9)
            assert sum(row.deviation_after for row in rows) == pytest.approx(0, abs=1e-9)
        assert 0 <= found.gini_before <= 1
        assert 0 <= found.gini_after <= 1
