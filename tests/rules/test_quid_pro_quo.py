"""Preference `quid-pro-quo`: organisations do not lead each other's contested meetings in turn."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from pydantic import ValidationError
from tests.builders import Cells, Holders, breaks, facilitator, meeting, penalty, problem, roster
from tests.rings import enough, seeds

from poolmatch import STANDARD_RULES, Problem, ProblemError, Roster, RuleSet, Status, check, solve
from poolmatch.arrays import Arrays
from poolmatch.checking import input_issues, judge
from poolmatch.domain.roster import RosterRow
from poolmatch.neutrality import INTERNAL
from poolmatch.rules.pinned import PinnedRule
from poolmatch.rules.quid_pro_quo import QuidProQuoRule
from poolmatch.testing import check_rule, every_roster

RULE = "quid-pro-quo"
RULES = STANDARD_RULES.plus(QuidProQuoRule())
NONE = STANDARD_RULES.plus(QuidProQuoRule(most=0))
THREE = STANDARD_RULES.plus(QuidProQuoRule(cycle=3))
RING: Mapping[str, str] = {"M1": "A", "M2": "B", "M3": "C"}
"""Who decides on which meeting, a day each."""
PEOPLE = ("A", "B", "C", "D")
"""Employers of F1, F2, F3 and F4."""
SWAPPED: Holders = {"M1": "F2", "M2": "F1"}
AROUND: Holders = {"M1": "F3", "M2": "F1", "M3": "F2"}
LIMITS = [QuidProQuoRule(points=3, cycle=3), QuidProQuoRule(most=0), QuidProQuoRule(most=0, cycle=3)]


def world(
    decides: Mapping[str, str] = RING,
    employers: Sequence[str | None] = PEOPLE,
    about: Mapping[str, Cells] | None = None,
    **tables: Any,
) -> Problem:
    """Return a contested meeting for each that decides, a day each from 5 March on, and F1, F2 … of these employers.

    Parameters
    ----------
    decides
        Who decides, by meeting.
    employers
        Of the people.
    about
        More about a meeting.
    tables
        Rows of other tables.
    """
    rows = []
    for day, name in enumerate(decides, 5):
        cells = {"contention": "high", **(about or {}).get(name, {})}
        rows.append(meeting(name, f"2026-03-{day:02} 10:00", f"2026-03-{day:02} 12:00", **cells))
    people = [facilitator(f"F{n}", organisation=name) for n, name in enumerate(employers, 1)]
    stakes = {name: {party: "decider"} for name, party in decides.items()}
    return problem(rows, people, stakes, **tables)


def points(case: Problem, holders: Holders, rules: RuleSet = RULES) -> int:
    return penalty(RULE, case, holders, rules)


# --- what a cycle is -----------------------------------------------------------------------------------------


def test_two_that_lead_each_others_meetings() -> None:
    case = world()
    assert points(case, SWAPPED) == 1
    assert points(case, {"M1": "F2"}) == points(case, {"M2": "F1"}) == points(case, {}) == 0
    assert points(case, {"M1": "F2", "M2": "F3", "M3": "F1"}) == 0
    assert points(case, {"M1": "F4", "M2": "F4", "M3": "F4"}) == 0


def test_each_pair_counts_once_however_often() -> None:
    case = world({"M1": "A", "M2": "B", "M3": "A", "M4": "B"}, ("A", "B"))
    assert points(case, {"M1": "F2", "M2": "F1"}) == 1
    assert points(case, {"M1": "F2", "M2": "F1", "M3": "F2", "M4": "F1"}) == 1
    # A with B and A with C: two pairs.
    case = world({"M1": "A", "M2": "B", "M3": "C", "M4": "A"}, ("A", "A", "B", "C"))
    assert points(case, {"M1": "F3", "M4": "F4", "M2": "F1", "M3": "F2"}) == 2


def test_three_around_count_where_asked() -> None:
    case = world()
    assert points(case, AROUND) == 0
    assert points(case, AROUND, THREE) == 1
    assert points(case, {"M1": "F2", "M2": "F3", "M3": "F1"}, THREE) == 1  # the other way round
    assert points(case, SWAPPED, THREE) == 1
    for name in AROUND:
        assert points(case, {key: who for key, who in AROUND.items() if key != name}, THREE) == 0
    rules = STANDARD_RULES.plus(QuidProQuoRule(points=5, cycle=3))
    assert points(case, AROUND, rules) == 5


def test_a_pair_and_three_that_share_an_arc_count_each() -> None:
    case = world({"M1": "A", "M2": "B", "M3": "C", "M4": "A"}, ("A", "B", "C"))
    assert points(case, {**AROUND, "M4": "F2"}) == 1
    assert points(case, {**AROUND, "M4": "F2"}, THREE) == 2


@pytest.mark.parametrize(
    ("contention", "least", "counts"),
    [
        ("high", "high", True),
        ("normal", "high", False),
        ("normal", "normal", True),
        ("low", "normal", False),
        ("low", "low", True),
    ],
)
def test_how_contested_a_meeting_must_be(contention: str, least: Any, counts: bool) -> None:
    rules = STANDARD_RULES.plus(QuidProQuoRule(contention=least))
    case = world(about={"M1": {"contention": contention}})
    assert points(case, SWAPPED, rules) == int(counts)


@pytest.mark.parametrize("grade", ["commissioner", "interest", "contributor", "observer"])
def test_only_who_decides_is_done_a_favour(grade: str) -> None:
    stakes = [
        {"meeting": "M1", "organisation": "A", "grade": grade},
        {"meeting": "M1", "organisation": "D", "grade": "decider"},
        {"meeting": "M2", "organisation": "B", "grade": "decider"},
    ]
    case = world({"M1": "A", "M2": "B"}, ("A", "B")).replace(
        stakes=stakes, organisations=[{"organisation": name, "name": name} for name in "ABD"]
    )
    assert points(case, SWAPPED) == 0


@pytest.mark.parametrize("role", ["lead", "co", "mentor", "scribe", "observer", "trainee"])
def test_lead_co_and_mentor_seats_count_and_no_others(role: str) -> None:
    seats = [{"meeting": name, "seat": "s", "role": role} for name in ("M1", "M2")]
    case = world({"M1": "A", "M2": "B"}, ("A", "B"), seats=seats)
    assert points(case, {("M1", "s"): "F2", ("M2", "s"): "F1"}) == int(role in ("lead", "co", "mentor"))


def test_who_decides_too_leads_what_is_its_own() -> None:
    # Of the town and the corporation, which decide together, one leads and one assists: nothing is exchanged.
    seats = [{"meeting": "M1", "seat": role, "role": role} for role in ("lead", "co")]
    stakes = {"M1": {"A": "decider", "B": "decider"}}
    people = [facilitator(f"F{n}", organisation=name) for n, name in enumerate("AB", 1)]
    case = problem([meeting(contention="high")], people, stakes, seats)
    assert points(case, {("M1", "lead"): "F1", ("M1", "co"): "F2"}, RULES.with_policy(INTERNAL)) == 0


# --- groups and employers ------------------------------------------------------------------------------------


def link(source: str, target: str, kind: str = "controls", **dates: str) -> Cells:
    return {"source": source, "target": target, "kind": kind, **dates}


@pytest.mark.parametrize("kind", ["controls", "unit_of", "same_as", "member_of", "funds", "affiliate", "joint_venture"])
def test_groups_are_joined_as_elsewhere(kind: str) -> None:
    # F4 works for D, which is one with A: so A leads where B decides.
    expected = int(kind in ("controls", "unit_of", "same_as"))
    assert points(world(links=[link("D", "A", kind)]), {"M1": "F2", "M2": "F4"}) == expected
    assert points(world(links=[link("A", "X", kind), link("X", "D", kind)]), {"M1": "F2", "M2": "F4"}) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"start": "2026-03-31"}, 1),  # the last day of the period, long after both meetings
        ({"start": "2026-04-01"}, 0),
        ({"end": "2026-03-01"}, 1),
        ({"end": "2026-02-28"}, 0),
    ],
)
def test_a_link_on_any_day_of_the_period_joins_throughout(dates: Cells, expected: int) -> None:
    case = world(links=[link("D", "A", **dates)])
    assert points(case, {"M1": "F2", "M2": "F4"}) == expected


def test_within_one_group_nothing_is_exchanged() -> None:
    # A and B are one group: each leads where the group itself decides.
    assert points(world(links=[link("A", "B")]), SWAPPED) == 0
    assert points(world(links=[link("A", "B")]), {"M1": "F3", "M3": "F2"}) == 1


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        ({"kind": "employee"}, 1),
        ({"kind": "employee", "end": "2026-03-06"}, 1),  # the day of M2
        ({"kind": "employee", "end": "2026-03-05"}, 0),
        ({"kind": "employee", "start": "2026-03-07"}, 0),
        ({"kind": "former_employee", "end": "2026-03-06"}, 1),
        ({"kind": "former_employee", "end": "2026-03-05"}, 0),
        ({"kind": "director"}, 0),
        ({"kind": "adviser"}, 0),
    ],
)
@pytest.mark.parametrize("column", [None, "E"])
def test_employees_by_tie_count_beside_the_column(column: str | None, tie: Cells, expected: int) -> None:
    case = world(employers=(column, "B"), ties=[{"facilitator": "F1", "organisation": "A", **tie}])
    assert points(case, SWAPPED) == expected


def test_externals_count_by_their_employer_and_who_has_none_not() -> None:
    case = world(employers=("A", "B", None))
    external = [row.model_copy(update={"external": True}) for row in case.facilitators]
    assert points(case.replace(facilitators=external), SWAPPED) == 1
    assert points(case.replace(facilitators=external), {"M1": "F3", "M2": "F1"}) == 0


# --- slots, duties, the past ---------------------------------------------------------------------------------


def test_of_a_flexible_meeting_the_chosen_slot_counts() -> None:
    days = ("06", "20")
    slots = [{"meeting": "M2", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in days]
    case = world(
        {"M1": "A", "M2": "B"},
        (None, "B"),
        ties=[{"facilitator": "F1", "kind": "employee", "organisation": "A", "end": "2026-03-10"}],
    )
    case = case.replace(meetings=[case.meetings[0], {"meeting": "M2", "contention": "high"}], slots=slots)
    check_rule(RULES[RULE], case)
    for slot, expected in zip(case.slots, (1, 0), strict=True):
        rows = (
            RosterRow(meeting="M1", seat="lead", facilitator="F2"),
            RosterRow(meeting="M2", seat="lead", facilitator="F1", start=slot.start),
        )
        assert sum(item.penalty for item in check(case, Roster(rows=rows), RULES).by_rule[RULE]) == expected


def test_duties_are_no_meetings() -> None:
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2, "role": "lead", "organisation": "B"}]
    case = world({"M1": "A"}, ("A", "B"), duties=duties)
    assert points(case, {"M1": "F2", ("D1", "coaching"): "F1"}) == 0


def half_over(**tables: Any) -> Problem:
    """Return a period of which M1 and M2 are past, and led by F2 and F1; M3 and M4, of A and B, are to come."""
    decides = {"M1": "A", "M2": "B", "M3": "A", "M4": "C"}
    period = {"name": "p", "start": "2026-03-01", "end": "2026-03-31", "timezone": "Europe/Amsterdam"}
    told = [{"meeting": name, "seat": "lead", "facilitator": who} for name, who in SWAPPED.items()]
    return world(decides, ("A", "B", "C"), period={**period, "today": "2026-03-07"}, **{"published": told, **tables})


def test_the_past_of_the_period_counts_and_history_does_not() -> None:
    case = half_over()
    assert points(case, {}) == 1
    assert points(case, {"M3": "F2"}) == 1
    assert points(case, {"M3": "F3", "M4": "F1"}) == 2
    before = {"meeting": "X", "facilitator": "F1", "role": "lead", "organisations": "B"}
    times = {"start": "2026-02-05 10:00", "end": "2026-02-05 12:00"}
    assert points(world(history=[{**before, **times}]), {"M1": "F2"}) == 0


def test_the_limit_has_room_for_what_the_past_alone_closes() -> None:
    case = half_over()
    check_rule(NONE[RULE], case)
    report = check(case, Roster(rows=()), NONE)
    assert report.legal
    assert [(item.severity, item.meetings) for item in report.by_rule[RULE]] == [("note", ("M2", "M1"))]
    # F2 at M3 makes it no worse; A and C in turn would.
    assert check(case, roster({"M3": "F2"}), NONE).legal
    report = check(case, roster({"M3": "F3", "M4": "F1"}), NONE)
    assert [(item.severity, item.meetings) for item in report.by_rule[RULE]] == [
        ("note", ("M2", "M1")),
        ("violation", ("M4", "M3")),
    ]
    one = STANDARD_RULES.plus(QuidProQuoRule(most=1))
    assert not check(case, roster({"M3": "F3", "M4": "F1"}), one).legal
    assert check(case, roster({"M3": "F2"}), one).by_rule[RULE] == ()
    check_rule(one[RULE], case)
    found = solve(case, NONE, workers=1)
    assert found.report.legal
    assert found.status is Status.OPTIMAL


# --- as a limit ----------------------------------------------------------------------------------------------


def test_most_is_a_limit_and_then_none_costs() -> None:
    case = world()
    assert breaks(RULE, case, SWAPPED, NONE)
    assert not breaks(RULE, case, {"M1": "F2"}, NONE)
    assert points(case, SWAPPED, STANDARD_RULES.plus(QuidProQuoRule(most=1))) == 0
    both = world({"M1": "A", "M2": "B", "M3": "C", "M4": "A"}, ("A", "A", "B", "C"))
    two: Holders = {"M1": "F3", "M4": "F4", "M2": "F1", "M3": "F2"}
    for most, broken in ((0, True), (1, True), (2, False), (3, False)):
        assert breaks(RULE, both, two, STANDARD_RULES.plus(QuidProQuoRule(most=most))) is broken
    assert len(check(both, roster(two), STANDARD_RULES.plus(QuidProQuoRule(most=1))).violations) == 2
    around = STANDARD_RULES.plus(QuidProQuoRule(most=0, cycle=3))
    assert breaks(RULE, case, AROUND, around)


def test_parameters() -> None:
    text = '[rules.quid-pro-quo]\npoints = 2\nmost = 1\ncycle = 3\ncontention = "low"'
    assert RuleSet.from_toml(text)[RULE] == QuidProQuoRule(points=2, most=1, cycle=3, contention="low")
    wrong: Sequence[dict[str, Any]] = (
        {"points": -1},
        {"most": -1},
        {"cycle": 4},
        {"cycle": 1},
        {"contention": "higher"},
    )
    for cells in wrong:
        with pytest.raises(ValidationError):
            QuidProQuoRule(**cells)


# --- solving -------------------------------------------------------------------------------------------------


def test_solve_lets_somebody_else_lead() -> None:
    # F1 and F2 alone could fill both; F4 leads one of them for the points of one tier below.
    people = ("A", "B", "D")
    case = world({"M1": "A", "M2": "B"}, people, pairings=[])
    busy = case.replace(facilitators=[row.model_copy(update={"max_meetings": 1}) for row in case.facilitators])
    without = {row.facilitator for row in solve(busy, workers=1).roster.rows}
    assert len(without) == 2
    for seed in range(3):
        found = solve(busy, RULES, workers=1, seed=seed)
        assert found.roster.filled == 2
        assert "F3" in {row.facilitator for row in found.roster.rows}
        assert found.status is Status.OPTIMAL
    pair = world({"M1": "A", "M2": "B"}, ("A", "B"))
    assert solve(pair, RULES, workers=1).roster.filled == 2
    assert solve(pair, NONE, workers=1).roster.filled == 1


def test_a_pin_that_closes_what_the_past_began_is_a_mistake() -> None:
    told = [{"meeting": "M1", "seat": "lead", "facilitator": "F3"}]
    pins = [{"meeting": "M4", "seat": "lead", "facilitator": "F1"}]
    with pytest.raises(ProblemError, match="quid-pro-quo"):
        solve(half_over(published=told, pins=pins), NONE, workers=1)


def test_pins_that_close_a_cycle_together_clash_unless_they_are_kept_by_force() -> None:
    pins = [{"meeting": name, "seat": "lead", "facilitator": who} for name, who in SWAPPED.items()]
    case = world(pins=pins)
    clash = solve(case, NONE, workers=1)
    assert clash.status is Status.INFEASIBLE
    assert [(pin.meeting, pin.facilitator) for pin in clash.clash] == [("M1", "F2"), ("M2", "F1")]
    assert solve(case, RULES, workers=1).report.penalty(RULE) == 1
    forced = solve(case, NONE.plus(PinnedRule(force=True)), workers=1)
    assert [forced.roster.holder(name, "lead") for name in ("M1", "M2")] == ["F2", "F1"]
    assert {item.rule for item in forced.report.violations} == {RULE}


@pytest.mark.parametrize("rule", LIMITS)
def test_solve_finds_the_best_of_all_rosters(rule: QuidProQuoRule) -> None:
    rules, told, bound = STANDARD_RULES.plus(rule), 0, 0
    for seed in seeds(12):
        rng = random.Random(seed)
        case = world({name: rng.choice("ABC") for name in RING}, rng.choices("ABC", k=3))
        limits = [{"max_meetings": rng.choice([None, 1])} for _ in case.facilitators]
        people = [row.model_copy(update=cells) for row, cells in zip(case.facilitators, limits, strict=True)]
        case = case.replace(facilitators=people)
        found = solve(case, rules, workers=1, time_limit=20)
        assert found.status is Status.OPTIMAL
        numbers = Arrays(case)
        reports = [judge(case, item, rules, numbers) for item in every_roster(case)]
        best = min([tier.value for tier in report.tiers] for report in reports if report.legal)
        assert [tier.value for tier in found.tiers] == best
        told += any(report.by_rule[RULE] for report in reports)
        bound += any(len(report.violations) == len(report.by_rule[RULE]) > 0 for report in reports)
    assert told >= enough(3)
    assert bound >= enough(1) or rule.most is None


# --- words, doubts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rules", "severity", "cost"), [(RULES, "penalty", 1), (NONE, "violation", 0)])
def test_the_words_say_who_led_where(rules: RuleSet, severity: str, cost: int) -> None:
    (finding,) = check(world(), roster(SWAPPED), rules).by_rule[RULE]
    assert finding.words.en == "A → B → A lead one another's meetings: F1 (M2), F2 (M1)."
    assert finding.words.nl == "A → B → A begeleiden elkaars bijeenkomsten: F1 (M2), F2 (M1)."
    assert (finding.severity, finding.penalty, finding.scale) == (severity, cost, 1)
    assert (finding.facilitators, finding.meetings, finding.organisations) == (("F1", "F2"), ("M2", "M1"), ("A", "B"))


def test_a_rule_that_can_match_nothing_is_told() -> None:
    def codes(case: Problem, rules: RuleSet = RULES) -> list[str]:
        return [issue.code for issue in input_issues(case, rules) if issue.code == "quid-pro-quo-nowhere"]

    assert codes(world()) == []
    calm = world(about={name: {"contention": "normal"} for name in RING})
    assert codes(calm) == ["quid-pro-quo-nowhere"]
    assert codes(calm, STANDARD_RULES.plus(QuidProQuoRule(contention="normal"))) == []
    assert codes(world(employers=("A", "D"))) == ["quid-pro-quo-nowhere"]
    assert codes(world(employers=("A", "B"))) == []
    assert codes(world(employers=("A", "B"), links=[link("A", "B")])) == ["quid-pro-quo-nowhere"]
