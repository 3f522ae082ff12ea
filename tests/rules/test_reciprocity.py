"""Rule `reciprocity`: what an organisation has given less what it has received, in hours that grow dearer.

Counted in units of 1/60 point: a minute costs 1 unit to 8 hours of balance, 2 to 24 hours, 4 beyond.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.builders import Cells, Holders, facilitator, meeting, penalty, problem, roster

from poolmatch import STANDARD_RULES, Finding, Problem, ProblemError, Roster, RuleSet, check, solve
from poolmatch.rules.reciprocity import ReciprocityRule

RULE = "reciprocity"
PARTIES = STANDARD_RULES.plus(ReciprocityRule(split="parties"))


def findings(case: Problem, holders: Holders, rules: RuleSet = STANDARD_RULES) -> dict[str, Finding]:
    """Return the finding of each organisation whose balance is not zero; the model agrees on every roster."""
    penalty(RULE, case, holders, rules)
    found = check(case, roster(holders), rules).by_rule[RULE]
    assert len({item.organisations for item in found}) == len(found)
    return {item.organisations[0]: item for item in found}


def units(case: Problem, holders: Holders, rules: RuleSet = STANDARD_RULES) -> dict[str, int]:
    """Return what each organisation costs, with a minus where it has received more than it gave."""
    found = findings(case, holders, rules)
    return {name: item.penalty * (1 if " has given " in item.words.en else -1) for name, item in found.items()}


def lasting(minutes: int, name: str = "M1", day: int = 3, **cells: Any) -> Cells:
    """Return a meeting of so many minutes, from midnight on a day of March."""
    start = datetime(2026, 3, day)  # noqa: DTZ001 - local
    return meeting(name, f"{start:%Y-%m-%d %H:%M}", f"{start + timedelta(minutes=minutes):%Y-%m-%d %H:%M}", **cells)


def opened(*rows: tuple[str, float, float], **cells: Any) -> Problem:
    """Return a problem with an opening ledger: organisation, hours given, hours received."""
    entries = [{"organisation": name, "hours_given": gave, "hours_received": got} for name, gave, got in rows]
    return problem(ledger=entries, **cells)


# --- the steps ---------------------------------------------------------------------------------------------

# 480 minutes at 1 are 480; 960 more at 2, to 24 hours, make 2400; beyond at 4.
STEPS = [
    (1, 1),
    (60, 60),  # an hour: 1 point
    (479, 479),
    (480, 480),
    (481, 482),
    (600, 720),  # 10 hours: 8 + 2 × 2 = 12 points
    (1_439, 2_398),
    (1_440, 2_400),
    (1_441, 2_404),
    (1_500, 2_640),  # an hour beyond: 4 points
]


@pytest.mark.parametrize(("minutes", "cost"), STEPS)
def test_each_step_at_its_edges_on_both_sides(minutes: int, cost: int) -> None:
    case = problem([lasting(minutes)])
    assert units(case, {"M1": "F1"}) == {"Elsewhere": cost, "Town": -cost}
    assert units(case, {}) == {}
    assert penalty(RULE, case, {"M1": "F1"}) == 2 * cost


@pytest.mark.parametrize(
    ("hours", "cost"),
    [(0, None), (1, 60), (8, 480), (8.25, 510), (24, 2_400), (24.25, 2_460), (100, 2_400 + 76 * 240)],
)
def test_the_steps_go_on_where_the_ledger_stands(hours: float, cost: int | None) -> None:
    assert units(opened(("Elsewhere", hours + 3, 3)), {}) == ({"Elsewhere": cost} if cost else {})
    assert units(opened(("Town", 2.5, hours + 2.5)), {}) == ({"Town": -cost} if cost else {})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("Elsewhere", 7, 0), 600),  # 9 hours: 480 + 60 × 2
        (("Elsewhere", 6, 0), 480),
        (("Elsewhere", 0, 1), 60),  # owed one, gave two
        (("Elsewhere", 0, 2), None),
        (("Elsewhere", 0, 3), -60),
        (("Elsewhere", 0, 10), -480),
        (("Elsewhere", 0, 11), -600),
        (("Elsewhere", 23, 0), 2_640),  # 25 hours: 2400 + 60 × 4
        (("Elsewhere", 22, 0), 2_400),
    ],
)
def test_what_is_given_comes_on_top_of_the_opening_balance(before: tuple[str, float, float], after: int | None) -> None:
    found = units(opened(before), {"M1": "F1"})  # two hours
    assert found.get("Elsewhere") == after
    assert found["Town"] == -120


def test_what_is_received_is_taken_from_the_opening_balance() -> None:
    for gave, after in ((11, 600), (10, 480), (3, 60), (2, None), (1, -60)):
        assert units(opened(("Town", gave, 0)), {"M1": "F1"}).get("Town") == after


def test_the_example_of_the_rule() -> None:
    case = opened(("Elsewhere", 10, 0))
    finding = findings(case, {})["Elsewhere"]
    assert (finding.points, finding.penalty, finding.scale) == (12.0, 720, 60)
    assert finding.severity == "penalty"
    assert (finding.facilitators, finding.meetings) == ((), ())
    assert finding.words.en == "Elsewhere has given 10.00 hours more than it has received."
    assert finding.words.nl == "Elsewhere heeft 10,00 uur meer gegeven dan gekregen."
    owing = findings(opened(("Town", 0, 1.5)), {})["Town"]
    assert owing.words.en == "Town has received 1.50 hours more than it has given."
    assert owing.words.nl == "Town heeft 1,50 uur meer gekregen dan gegeven."


def test_tier_5_counts_it_in_sixtieths_of_a_point() -> None:
    assert (ReciprocityRule.tier, ReciprocityRule.scale, ReciprocityRule.standard) == (5, 60, True)
    report = check(opened(("Elsewhere", 10, 0)), roster({}))
    (tier,) = [item for item in report.tiers if item.tier == 5]
    assert tier.points == 12


# --- who receives ------------------------------------------------------------------------------------------


def shared(stakes: Mapping[str, str], minutes: int = 120, people: tuple[str | Cells, ...] = ("F1",)) -> Problem:
    return problem([lasting(minutes)], people, {"M1": stakes})


@pytest.mark.parametrize(
    ("stakes", "receivers"),
    [
        ({"A": "commissioner", "B": "decider", "C": "interest", "D": "contributor", "E": "observer"}, {"A"}),
        ({"A": "commissioner", "B": "commissioner", "C": "decider"}, {"A", "B"}),
        ({"B": "decider", "C": "interest", "D": "contributor", "E": "observer"}, {"B"}),
        ({"A": "decider", "B": "decider", "C": "interest"}, {"A", "B"}),
        ({"C": "interest", "D": "contributor", "E": "observer"}, {"C", "D"}),
        ({"D": "contributor", "E": "observer"}, {"D"}),
        ({"E": "observer"}, set()),
    ],
)
def test_commissioners_else_deciders_else_all_but_observers(stakes: dict[str, str], receivers: set[str]) -> None:
    for order in (stakes, dict(reversed(stakes.items()))):
        found = units(shared(order), {"M1": "F1"})
        assert found.pop("Elsewhere") == 120
        assert found == {name: -120 // len(receivers) for name in receivers}


@pytest.mark.parametrize(
    ("stakes", "receivers"),
    [
        ({"A": "commissioner", "B": "decider", "C": "interest", "D": "contributor", "E": "observer"}, "ABCD"),
        ({"A": "commissioner", "E": "observer"}, "A"),
        ({"B": "decider", "C": "interest"}, "BC"),
        ({"E": "observer"}, ""),
    ],
)
def test_a_setting_lets_all_parties_receive(stakes: dict[str, str], receivers: str) -> None:
    found = units(shared(stakes), {"M1": "F1"}, PARTIES)
    assert found.pop("Elsewhere") == 120
    assert found == {name: -120 // len(receivers) for name in receivers}


@pytest.mark.parametrize(
    ("minutes", "names", "part"),
    [
        (125, "AB", 63),  # 62.5 goes up
        (124, "AB", 62),
        (125, "ABC", 42),  # 41.67
        (124, "ABC", 41),  # 41.33
        (126, "ABCD", 32),  # 31.5
        (1, "AB", 1),
        (1, "ABC", 0),  # a third: nothing
    ],
)
def test_parts_are_rounded_half_up_to_whole_minutes(minutes: int, names: str, part: int) -> None:
    found = units(shared(dict.fromkeys(names, "decider"), minutes), {"M1": "F1"})
    assert found.pop("Elsewhere") == minutes
    assert found == (dict.fromkeys(names, -part) if part else {})


def test_each_assignment_is_rounded_by_itself() -> None:
    both = {"A": "decider", "B": "decider"}
    case = problem([lasting(125), lasting(125, "M2", 10)], stakes={"M1": both, "M2": both})
    # 63 twice; the 250 minutes at once would be 125 each.
    assert units(case, {"M1": "F1", "M2": "F1"}) == {"Elsewhere": 250, "A": -126, "B": -126}
    assert units(case, {"M2": "F1"}) == {"Elsewhere": 125, "A": -63, "B": -63}


def test_two_seats_of_one_meeting_are_two_assignments() -> None:
    seats = [{"meeting": "M1", "seat": name, "role": "scribe", "required": name == "a"} for name in ("a", "b")]
    people = [facilitator("F1", roles="scribe"), facilitator("F2", roles="scribe", organisation="Mill")]
    case = problem([lasting(125)], people, {"M1": {"A": "decider", "B": "decider"}}, seats)
    held: Holders = {("M1", "a"): "F1", ("M1", "b"): "F2"}
    assert units(case, held) == {"Elsewhere": 125, "Mill": 125, "A": -126, "B": -126}


def test_what_is_given_is_in_whole_minutes_too() -> None:
    # 0.025 hour of preparation is 1.5 minutes, which makes 61.5; 0.02 hour is 1.2 minutes.
    for preparation, minutes in ((0.025, 62), (0.02, 61)):
        case = problem([lasting(60, preparation_hours=preparation)])
        assert units(case, {"M1": "F1"}) == {"Elsewhere": minutes, "Town": -minutes}


@pytest.mark.parametrize(
    ("gave", "got", "minutes"),
    [
        (0.025, 0, 2),  # 1.5 minutes goes up
        (0.02, 0, 1),  # 1.2
        (0.0083, 0, None),  # 0.498
        (0, 0.025, -1),  # −1.5 goes up as well
        (0, 0.0258, -2),  # −1.548
        (1.005, 1.0133, None),  # 60.3 − 60.798 is −0.498, although 60 − 61 is −1
    ],
)
def test_the_opening_balance_is_rounded_once(gave: float, got: float, minutes: int | None) -> None:
    assert units(opened(("Mill", gave, got)), {}) == ({"Mill": minutes} if minutes else {})


def test_hours_for_ones_own_meeting_count_on_both_sides() -> None:
    ours = facilitator("F1", organisation="A")
    assert units(shared({"A": "decider"}, 125, (ours,)), {"M1": "F1"}) == {}
    # 125 given, 63 of them to oneself.
    assert units(shared({"A": "decider", "B": "decider"}, 125, (ours,)), {"M1": "F1"}) == {"A": 62, "B": -63}
    # A party that does not receive gives like anyone else.
    assert units(shared({"A": "interest", "B": "decider"}, 125, (ours,)), {"M1": "F1"}) == {"A": 125, "B": -125}


def test_externals_who_have_an_employer_are_included() -> None:
    case = shared({"A": "decider"}, 120, (facilitator("X", external=True, organisation="Agency"),))
    assert units(case, {"M1": "X"}) == {"Agency": 120, "A": -120}


@pytest.mark.parametrize("external", [True, False])
def test_who_has_no_employer_gives_for_nobody(external: bool) -> None:
    case = shared({"A": "decider"}, 120, (facilitator("X", external=external, organisation=None), "F1"))
    assert units(case, {"M1": "X"}) == {"A": -120}
    assert units(case, {"M1": "F1"}) == {"Elsewhere": 120, "A": -120}


# --- an employer that stands in ties -----------------------------------------------------------------------


def tie(organisation: str, start: str | None = None, end: str | None = None, kind: str = "employee") -> Cells:
    return {"facilitator": "F1", "kind": kind, "organisation": organisation, "start": start, "end": end}


def tied(*ties: Cells, minutes: int = 120, day: int = 15, **of_person: Any) -> Problem:
    """Return an occasion on a day of March, decided by the town, and one person with a blank employer column."""
    person = facilitator(**({"organisation": None} | of_person))
    return problem([lasting(minutes, day=day)], [person], ties=ties)


@pytest.mark.parametrize(
    ("day", "giver"), [(13, "Mill"), (14, "Mill"), (15, "Dyke"), (16, "Dyke")], ids=lambda item: str(item)
)
def test_an_employer_that_changes_in_mid_period_gives_up_to_that_day(day: int, giver: str) -> None:
    ties = [tie("Mill", end="2026-03-14"), tie("Dyke", start="2026-03-15")]
    for rows in (ties, ties[::-1]):
        assert units(tied(*rows, day=day), {"M1": "F1"}) == {giver: 120, "Town": -120}


def test_between_two_employers_nobody_gives() -> None:
    ties = [tie("Mill", end="2026-03-13"), tie("Dyke", start="2026-03-16")]
    assert units(tied(*ties, day=14), {"M1": "F1"}) == {"Town": -120}


@pytest.mark.parametrize(("minutes", "part"), [(120, 60), (125, 63), (1, 1)])
def test_two_employers_on_one_day_give_in_equal_parts(minutes: int, part: int) -> None:
    # 62.5 minutes go up for both, as parts that are received do.
    found = units(tied(tie("Mill"), tie("Dyke", start="2026-03-15"), minutes=minutes), {"M1": "F1"})
    assert found == {"Mill": part, "Dyke": part, "Town": -minutes}


def test_three_employers_give_a_third_each() -> None:
    names = ("Mill", "Dyke", "Yard")
    assert units(tied(*map(tie, names), minutes=124), {"M1": "F1"}) == dict.fromkeys(names, 41) | {"Town": -124}


def test_one_organisation_in_two_ties_gives_once() -> None:
    ties = [tie("Mill", end="2026-03-20"), tie("Mill", start="2026-03-10"), tie("Dyke")]
    assert units(tied(*ties), {"M1": "F1"}) == {"Mill": 60, "Dyke": 60, "Town": -120}


def test_the_employer_column_is_heard_before_ties() -> None:
    case = tied(tie("Mill"), organisation="Dyke")
    assert units(case, {"M1": "F1"}) == {"Dyke": 120, "Town": -120}


@pytest.mark.parametrize("kind", ["director", "adviser", "financial_interest", "family"])
def test_ties_of_another_kind_give_nothing(kind: str) -> None:
    assert units(tied(tie("Mill", kind=kind)), {"M1": "F1"}) == {"Town": -120}


@pytest.mark.parametrize(("day", "gives"), [(14, True), (15, True), (16, False)])
def test_a_former_employee_is_one_up_to_the_last_day(day: int, gives: bool) -> None:
    case = tied(tie("Mill", end="2026-03-15", kind="former_employee"), day=day)
    assert units(case, {"M1": "F1"}) == ({"Mill": 120} if gives else {}) | {"Town": -120}


def test_externals_give_by_ties_too() -> None:
    assert units(tied(tie("Agency"), external=True), {"M1": "F1"}) == {"Agency": 120, "Town": -120}


def test_an_employer_in_ties_may_decide_on_the_meeting() -> None:
    assert units(tied(tie("Town")), {"M1": "F1"}) == {}
    assert units(tied(tie("Town"), tie("Mill")), {"M1": "F1"}) == {"Mill": 60, "Town": -60}


def test_a_duty_is_given_by_who_employs_on_the_first_day_of_the_period() -> None:
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2}]
    ties = [tie("Mill", end="2026-03-01"), tie("Dyke", start="2026-03-02")]
    case = problem((), [facilitator(organisation=None)], duties=duties, ties=ties)
    assert units(case, {("D1", "coaching"): "F1"}) == {"Mill": 120}


def test_the_slot_that_is_chosen_tells_who_employs() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{n} 10:00", "end": f"2026-03-{n} 12:00"} for n in ("05", "12")]
    ties = [tie("Mill", end="2026-03-05"), tie("Dyke", start="2026-03-06")]
    case = problem([{"meeting": "M1"}], [facilitator(organisation=None)], slots=slots, ties=ties)
    penalty(RULE, case, {})  # the model agrees in every slot
    for (start, _), giver in zip(case.times(case.meeting("M1")), ("Mill", "Dyke"), strict=True):
        found = check(case, Roster.of(case, {("M1", "lead"): "F1"}, {"M1": start})).by_rule[RULE]
        assert {item.organisations[0] for item in found} == {giver, "Town"}


def test_setup_wrap_up_and_preparation_are_given_and_received() -> None:
    # 60 + 10 + 20 + 90 minutes.
    case = problem([lasting(60, setup_minutes=10, wrapup_minutes=20, preparation_hours=1.5)])
    assert units(case, {"M1": "F1"}) == {"Elsewhere": 180, "Town": -180}


def test_people_of_one_employer_give_together() -> None:
    case = problem([lasting(300), lasting(240, "M2", 10)], ["F1", "F2"], {"M2": {"Mill": "decider"}})
    # 540 minutes: an hour above the first step. Each of the others is within it.
    assert units(case, {"M1": "F1", "M2": "F2"}) == {"Elsewhere": 600, "Town": -300, "Mill": -240}


# --- duties and slots --------------------------------------------------------------------------------------


def test_duties_are_given_to_their_organisation_and_else_to_nobody() -> None:
    duties = [
        {"duty": "D1", "kind": "coaching", "hours": 2, "organisation": "Mill"},
        {"duty": "D2", "kind": "report", "hours": 3},
    ]
    case = problem((), ["F1"], duties=duties)
    assert units(case, {("D1", "coaching"): "F1"}) == {"Elsewhere": 120, "Mill": -120}
    assert units(case, {("D2", "report"): "F1"}) == {"Elsewhere": 180}
    assert units(case, {("D1", "coaching"): "F1", ("D2", "report"): "F1"}, PARTIES) == {"Elsewhere": 300, "Mill": -120}


def test_a_flexible_meeting_counts_in_the_slot_in_which_it_is_held() -> None:
    slots = [
        {"meeting": "M1", "start": "2026-03-12 10:00", "end": "2026-03-12 14:00"},
        {"meeting": "M1", "start": "2026-03-05 10:00", "end": "2026-03-05 12:00"},
    ]
    case = problem([{"meeting": "M1"}], slots=slots)
    penalty(RULE, case, {})  # the model agrees in every slot
    for day, minutes in ((5, 120), (12, 240)):
        start = next(slot.start for slot in case.slots if slot.start.day == day)
        found = check(case, Roster.of(case, {("M1", "lead"): "F1"}, {"M1": start})).by_rule[RULE]
        assert {item.organisations: item.penalty for item in found} == {("Elsewhere",): minutes, ("Town",): minutes}


# --- among the other rules ---------------------------------------------------------------------------------


def indebted(**cells: Any) -> Problem:
    """Return an evening of two hours; the employer of F1 has given 10 hours too many, that of F2 10 too few."""
    people = [facilitator("F1", organisation="A"), facilitator("F2", organisation="B")]
    return opened(("A", 10, 0), ("B", 4, 14), facilitators=people, **cells)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_solve_sends_whose_employer_owes_hours(seed: int) -> None:
    found = solve(indebted(), STANDARD_RULES.without("fair-load"), workers=1, seed=seed)
    assert found.roster.holder("M1", "lead") == "F2"
    # A +10 hours: 12 points; B −8: 8; the town −2: 2. Were it F1: A +12: 16; B −10: 12; the town 2.
    (tier,) = [item for item in found.tiers if item.tier == 5]
    assert (tier.value, tier.bound, tier.scale) == (22 * 60, 22 * 60, 60)
    assert penalty(RULE, indebted(), {"M1": "F1"}) == 30 * 60


def test_without_the_rule_the_ledger_weighs_nothing() -> None:
    rules = STANDARD_RULES.without(RULE)
    drawn = {solve(indebted(), rules, workers=1, seed=seed).roster.holder("M1", "lead") for seed in range(12)}
    assert drawn == {"F1", "F2"}


def test_other_splits_are_refused() -> None:
    assert RuleSet.from_toml('[rules.reciprocity]\nsplit = "parties"')[RULE] == ReciprocityRule(split="parties")
    with pytest.raises(ProblemError, match=r"rules\.reciprocity, column split"):
        RuleSet.from_toml('[rules.reciprocity]\nsplit = "party"')
