"""Rule `few-people`: a point for each facilitator who is used at all."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from tests.builders import Cells, Holders, facilitator, meeting, penalty, problem, roster

from poolmatch import STANDARD_RULES, Problem, ProblemError, RuleSet, Status, check, solve
from poolmatch.arrays import Arrays
from poolmatch.eligibility import eligibility
from poolmatch.rules.few_people import FewPeopleRule
from poolmatch.rules.no_double_booking import NoDoubleBookingRule
from poolmatch.solving.model.blocks import Blocks

RULE = "few-people"
RULES = STANDARD_RULES.plus(FewPeopleRule())


def days(
    count: int = 3,
    people: Sequence[str | Cells] = ("F1", "F2", "F3"),
    scores: Mapping[tuple[str, str], float] | None = None,
    **tables: Any,
) -> Problem:
    """Return meetings on as many days; scores by facilitator and meeting."""
    rows = [meeting(f"M{n}", f"2026-03-{n + 4:02} 19:30", f"2026-03-{n + 4:02} 21:30") for n in range(1, count + 1)]
    wishes = [{"facilitator": who, "meeting": where, "score": score} for (who, where), score in (scores or {}).items()]
    return problem(rows, people, preferences=wishes, **tables)


def used(case: Problem, holders: Holders) -> int:
    return penalty(RULE, case, holders, RULES)


# --- who is used -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("holders", "people"),
    [
        ({}, 0),
        ({"M1": "F1"}, 1),
        ({"M1": "F1", "M2": "F1"}, 1),
        ({"M1": "F1", "M2": "F1", "M3": "F1"}, 1),
        ({"M1": "F1", "M2": "F2", "M3": "F1"}, 2),  # the example of the rule
        ({"M1": "F1", "M2": "F2"}, 2),
        ({"M1": "F3", "M2": "F2", "M3": "F1"}, 3),
    ],
)
def test_each_person_costs_a_point_however_much_they_do(holders: Holders, people: int) -> None:
    assert used(days(), holders) == people


def test_a_seat_beside_another_counts_by_person() -> None:
    seats = [{"meeting": "M1", "seat": role, "role": role} for role in ("lead", "co")]
    case = days(2, ["F1", "F2"], seats=seats)
    assert used(case, {"M1": "F1", ("M1", "co"): "F2"}) == 2
    assert used(case, {"M1": "F1", ("M1", "co"): "F2", "M2": "F2"}) == 2
    assert used(case, {"M1": "F1", "M2": "F1"}) == 1


def test_duties_use_people_too() -> None:
    duties = [{"duty": f"D{n}", "kind": kind, "hours": 1} for n, kind in enumerate(("coaching", "report"), 1)]
    case = days(1, ["F1", "F2"], duties=duties)
    assert used(case, {("D1", "coaching"): "F1"}) == 1
    assert used(case, {("D1", "coaching"): "F1", ("D2", "report"): "F1", "M1": "F1"}) == 1
    assert used(case, {("D1", "coaching"): "F1", ("D2", "report"): "F2", "M1": "F1"}) == 2


def test_meetings_that_overlap_or_touch_and_slots() -> None:
    # M2 overlaps M1 and M3, which touch; M4 may be held beside either.
    rows = [
        meeting("M1", "2026-03-05 10:00", "2026-03-05 12:00"),
        meeting("M2", "2026-03-05 11:00", "2026-03-05 13:00"),
        meeting("M3", "2026-03-05 12:00", "2026-03-05 14:00"),
        {"meeting": "M4"},
    ]
    slots = [{"meeting": "M4", "start": f"2026-03-05 {h}:00", "end": f"2026-03-05 {h}:30"} for h in (10, 13)]
    case = problem(rows, ["F1", "F2"], slots=slots)
    assert used(case, {"M1": "F1", "M3": "F1"}) == 1
    assert used(case, {"M1": "F1", "M2": "F2", "M3": "F1"}) == 2


def test_externals_count_and_the_past_does_not() -> None:
    past = {
        "meeting": "P1",
        "facilitator": "F2",
        "role": "lead",
        "start": "2026-02-10 09:00",
        "end": "2026-02-10 11:00",
    }
    case = days(2, ["F1", "F2", facilitator("X", external=True)], history=[past])
    assert used(case, {"M1": "F1"}) == 1
    assert used(case, {"M1": "F1", "M2": "X"}) == 2


def test_the_words_name_each_person_once() -> None:
    found = check(days(), roster({"M1": "F2", "M2": "F1", "M3": "F2"}), RULES).by_rule[RULE]
    assert {item.facilitators for item in found} == {("F1",), ("F2",)}
    assert len(found) == 2
    (first,) = [item for item in found if item.facilitators == ("F1",)]
    assert (first.points, first.penalty, first.scale, first.severity) == (1.0, 1, 1, "penalty")
    assert (first.words.en, first.words.nl) == ("F1 is needed.", "F1 is nodig.")


def test_rows_for_few_moments_will_do() -> None:
    """Six meetings in a row for two people, and at the third another two: the three busiest moments, and each of six.

    The third is the busiest and needs one moment; the other two busiest are among the six.
    """
    rows = [meeting(f"M{n}", f"2026-03-05 {n + 9}:00", f"2026-03-05 {n + 10}:00") for n in range(1, 7)]
    rows += [meeting(f"N{n}", "2026-03-05 12:15", "2026-03-05 12:45") for n in (1, 2)]
    case = problem(rows, ["F1", "F2"])
    rules = RuleSet("few", 1, (NoDoubleBookingRule(), FewPeopleRule()))
    blocks = Blocks.of(eligibility(Arrays(case), rules).candidates, rules)
    assert len(blocks.row_bounds[0]) == 2 * 6


# --- the rule it leans on ----------------------------------------------------------------------------------


def test_it_is_off_unless_it_is_asked_for_and_stands_in_tier_6() -> None:
    assert RULE not in {rule.id for rule in STANDARD_RULES.rules}
    assert RULE in {rule.id for rule in RULES.in_tier(6)}
    assert RULE in {rule.id for rule in RuleSet.from_toml("[rules.few-people]").in_tier(6)}


def test_a_rule_set_without_the_rule_it_presumes_is_refused() -> None:
    makes: tuple[Callable[[], RuleSet], ...] = (
        lambda: RuleSet("alone", 1, (FewPeopleRule(),)),
        lambda: RULES.without("no-double-booking"),
        lambda: STANDARD_RULES.without("no-double-booking").plus(FewPeopleRule()),
    )
    for make in makes:
        with pytest.raises(ValueError, match=r"^the rule few-people needs no-double-booking$"):
            make()
    with pytest.raises(ProblemError, match="the rule few-people needs no-double-booking; correct it there"):
        RuleSet.from_toml('without = ["no-double-booking"]\n[rules.few-people]')


def test_a_rule_set_with_the_rule_it_presumes_is_accepted_in_any_order() -> None:
    for rules in ((FewPeopleRule(), NoDoubleBookingRule()), (NoDoubleBookingRule(), FewPeopleRule())):
        assert [rule.id for rule in RuleSet("two", 1, rules).preferences] == [RULE]
    assert RULE not in {rule.id for rule in STANDARD_RULES.without("no-double-booking").rules}


# --- in solve ----------------------------------------------------------------------------------------------

UNSHARED = RULES.without("fair-load", "reciprocity")
"""Without the rules of tier 5, which would share the work."""


def solved(case: Problem, rules: RuleSet = UNSHARED, seed: int = 0) -> tuple[dict[str, str | None], float]:
    """Return who has which meeting, and the points of tier 6, proven."""
    found = solve(case, rules, workers=1, seed=seed)
    assert found.status == Status.OPTIMAL
    return {row.meeting: row.facilitator for row in found.roster.rows}, found.tiers[-1].points


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_one_person_does_it_all_where_one_can(seed: int) -> None:
    held, points = solved(days(), seed=seed)
    assert len(set(held.values())) == 1
    assert None not in held.values()
    assert points == 1


def test_as_many_as_are_needed_and_no_more() -> None:
    # M1 and M2 at once take two; M3, the day after, takes neither a third nor a fourth.
    rows = [meeting("M1"), meeting("M2"), meeting("M3", "2026-03-06 19:30", "2026-03-06 21:30")]
    held, points = solved(problem(rows, ["F1", "F2", "F3", "F4"]))
    assert len(set(held.values())) == points == 2


@pytest.mark.parametrize(
    ("score", "people", "points"),
    [
        (0.5, {"F1"}, -2),  # F1 at both: 1 − 3. Both: 2 − 3 − 0.5 = −1.5
        (0.9999, {"F1"}, -2),
        (1.0001, {"F1", "F2"}, -2.0001),  # 2 − 3 − 1.0001
        (1.5, {"F1", "F2"}, -2.5),
    ],
)
def test_a_second_person_comes_for_a_wish_that_is_worth_a_point(score: float, people: set[str], points: float) -> None:
    held, found = solved(days(2, ["F1", "F2"], {("F1", "M1"): 3, ("F2", "M2"): score}))
    assert set(held.values()) == people
    assert found == points


def test_a_seat_is_filled_and_the_work_is_shared_first() -> None:
    held, points = solved(days(3), RULES)
    assert set(held.values()) == {"F1", "F2", "F3"}
    assert points == 3
