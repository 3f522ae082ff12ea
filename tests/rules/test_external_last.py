"""Rule `external-last`: an external costs 3 points in a seat for which somebody of the pool is eligible."""

from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import ValidationError
from tests.builders import PARTY, Cells, Holders, breaks, facilitator, meeting, penalty, problem, roster

from poolmatch import STANDARD_RULES, Problem, ProblemError, Roster, RuleSet, check, solve
from poolmatch.rules.external_last import ExternalLastRule
from poolmatch.rules.pinned import PinnedRule

RULE = "external-last"
HARD = STANDARD_RULES.plus(ExternalLastRule(hard=True))


def outsider(name: str = "X", **cells: Any) -> Cells:
    return facilitator(name, organisation=f"Bureau {name}", external=True, **cells)


def seat(name: str, role: str | None = None, where: str = "M1", **cells: Any) -> Cells:
    return {"meeting": where, "seat": name, "role": role or name, **cells}


def pool(*people: Cells, **tables: Any) -> Problem:
    """Return a meeting, an external X and some members of the pool."""
    return problem(facilitators=[outsider(), *people], **tables)


def tied(who: str, kind: str) -> Cells:
    return {"facilitator": who, "kind": kind, "organisation": PARTY}


# --- when it costs -----------------------------------------------------------------------------------------


def test_the_example_of_the_rule() -> None:
    # An external leads while two of the pool were eligible: 3 points, not 6.
    case = pool(facilitator("F1"), facilitator("F2"))
    assert penalty(RULE, case, {"M1": "X"}) == 3
    report = check(case, roster({"M1": "X"}))
    assert [(tier.value, tier.scale) for tier in report.tiers if tier.tier == 2] == [(3, 1)]


def test_only_externals_cost_and_only_where_they_sit() -> None:
    case = pool(facilitator("F1"))
    assert penalty(RULE, case, {"M1": "F1"}) == 0
    assert penalty(RULE, case, {}) == 0


def test_who_has_no_employer_is_not_external_for_that() -> None:
    case = problem(facilitators=[facilitator("F1"), facilitator("F2", organisation=None)])
    assert penalty(RULE, case, {"M1": "F2"}) == 0


def test_a_pool_of_externals_alone_costs_nothing() -> None:
    case = problem(facilitators=[outsider("X"), outsider("Y")])
    assert penalty(RULE, case, {"M1": "X"}) == 0


NORTH: dict[str, Any] = {"region": "north", "lat": 53.5, "lon": 6.0}


AWAY = {"facilitator": "F1", "start": "2026-03-05", "end": "2026-03-05", "kind": "unavailable"}


@pytest.mark.parametrize(
    ("member", "tables"),
    [
        ({"organisation": PARTY}, {}),  # blocked
        ({}, {"ties": [tied("F1", "family")]}),  # waivable, nobody consented
        ({}, {"strikes": [{"organisation": PARTY, "facilitator": "F1"}]}),
        ({"roles": "co;scribe"}, {}),
        ({}, {"requirements": [{"meeting": "M1", "seat": "lead", "skill": "intake", "level": 2}]}),
        ({}, {"availability": [AWAY]}),
        ({}, {"serves": [{"facilitator": "F1", "region": "south"}]}),
        ({"lat": 53.0, "lon": 6.0, "max_travel_km": 50}, {}),  # half a degree is 72 km by road
    ],
)
def test_a_member_who_is_out_makes_way_for_an_outsider(member: dict[str, Any], tables: dict[str, Any]) -> None:
    # X is eligible in each: skilled, serving everywhere.
    skills = [{"facilitator": "X", "skill": "intake", "level": 2}]
    case = pool(facilitator("F1", **member), meetings=[meeting(**NORTH)], skills=skills, **tables)
    assert penalty(RULE, case, {"M1": "X"}) == 0
    assert check(case, roster({"M1": "X"})).legal
    # One more, who is eligible, and it costs.
    skills.append({"facilitator": "F2", "skill": "intake", "level": 2})
    pair = facilitator("F1", **member), facilitator("F2")
    more = pool(*pair, meetings=[meeting(**NORTH)], skills=skills, **tables)
    assert penalty(RULE, more, {"M1": "X"}) == 3


def test_a_member_who_may_go_with_consent_or_must_disclose_is_eligible() -> None:
    consent = {"facilitator": "F1", "organisation": PARTY, "meeting": "M1", "party": PARTY}
    waivers = [{**consent, "consented_on": "2026-03-01"}]
    assert penalty(RULE, pool(facilitator("F1"), ties=[tied("F1", "family")], waivers=waivers), {"M1": "X"}) == 3
    assert penalty(RULE, pool(facilitator("F1"), ties=[tied("F1", "resident")]), {"M1": "X"}) == 3


def test_each_seat_is_looked_at_by_itself() -> None:
    # F1 leads only: in the co seat an outsider is free.
    people = [outsider("X"), outsider("Y"), facilitator("F1", roles="lead")]
    case = problem(facilitators=people, seats=[seat("lead"), seat("co")])
    assert penalty(RULE, case, {("M1", "lead"): "X", ("M1", "co"): "Y"}) == 3
    assert penalty(RULE, case, {("M1", "lead"): "F1", ("M1", "co"): "Y"}) == 0
    # F1 could do either, though not both: each outsider costs.
    people[-1] = facilitator("F1")
    case = problem(facilitators=people, seats=[seat("lead"), seat("co")])
    assert penalty(RULE, case, {("M1", "lead"): "X", ("M1", "co"): "Y"}) == 6
    assert penalty(RULE, case, {("M1", "lead"): "F1", ("M1", "co"): "Y"}) == 3


def test_optional_seats_and_every_meeting_count() -> None:
    rows = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    seats = [seat("lead"), seat("lead", where="M2", required=False)]
    case = problem(rows, [outsider(), facilitator("F1")], seats=seats)
    assert penalty(RULE, case, {"M1": "X", "M2": "X"}) == 6
    assert penalty(RULE, case, {"M2": "X"}) == 3


def test_limits_do_not_make_a_member_ineligible() -> None:
    # F1 may have no meeting at all, but that is a matter of the roster, not of this seat.
    assert penalty(RULE, pool(facilitator("F1", max_meetings=0)), {"M1": "X"}) == 3


def test_of_a_flexible_meeting_the_chosen_slot_counts() -> None:
    days = ("05", "12")
    slots = [{"meeting": "M1", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in days]
    for absent, points in (((), [3, 3]), (("05",), [0, 3]), (("12",), [3, 0]), (days, [0, 0])):
        away = [
            {"facilitator": "F1", "start": f"2026-03-{day}", "end": f"2026-03-{day}", "kind": "unavailable"}
            for day in absent
        ]
        case = pool(facilitator("F1"), meetings=[{"meeting": "M1"}], slots=slots, availability=away)
        for slot, expected in zip(case.slots, points, strict=True):
            held = Roster.of(case, {("M1", "lead"): "X"}, {"M1": slot.start})
            assert sum(item.penalty for item in check(case, held).by_rule[RULE]) == expected
        penalty(RULE, case, {})  # the model agrees, slot by slot


def test_duties_are_seats_too() -> None:
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2, "role": "mentor"}]
    held: Holders = {("D1", "coaching"): "X"}
    for roles, points in (("mentor", 3), ("lead;co", 0)):
        case = problem(facilitators=[outsider(roles="mentor"), facilitator("F1", roles=roles)], duties=duties)
        assert penalty(RULE, case, held) == points


# --- against ties ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ties", "grade", "chosen", "points"),
    [
        ([], "decider", "F1", 0),
        ([tied("F1", "resident")], "contributor", "F1", 2),  # to avoid: 2 is less than 3
        ([tied("F1", "resident")], "decider", "X", 3),  # to disclose: 4 is more
        ([tied("F1", "family")], "decider", "X", 0),  # not eligible at all
        # X must disclose as well: 4 + 3 against 4; and to avoid: 2 + 3 against 2.
        ([tied("F1", "resident"), tied("X", "resident")], "decider", "F1", 4),
        ([tied("F1", "resident"), tied("X", "resident")], "contributor", "F1", 2),
        ([tied("X", "resident")], "contributor", "F1", 0),
    ],
)
def test_an_outsider_rather_than_someone_who_must_disclose(
    ties: Sequence[Cells], grade: str, chosen: str, points: int
) -> None:
    for people in ([outsider(), facilitator("F1")], [facilitator("F1"), outsider()]):
        case = problem(facilitators=people, ties=ties, stakes={"M1": {PARTY: grade}})
        for seed in range(3):
            result = solve(case, seed=seed, workers=1)
            assert result.roster.holder("M1", "lead") == chosen
            assert [tier.value for tier in result.tiers if tier.tier == 2] == [points]


def test_an_outsider_who_must_disclose_rather_than_a_member_with_consents() -> None:
    # 3 + 4 against 8.
    consent = {"facilitator": "F1", "organisation": PARTY, "meeting": "M1", "party": PARTY}
    ties = [tied("F1", "family"), tied("X", "resident")]
    result = solve(pool(facilitator("F1"), ties=ties, waivers=[{**consent, "consented_on": "2026-03-01"}]), workers=1)
    assert result.roster.holder("M1", "lead") == "X"
    assert [tier.value for tier in result.tiers if tier.tier == 2] == [7]


def test_an_outsider_rather_than_an_empty_seat() -> None:
    # Two meetings at one time, one member of the pool.
    case = problem([meeting("M1"), meeting("M2")], [outsider(), facilitator("F1")])
    result = solve(case, workers=1)
    assert {row.facilitator for row in result.roster.rows} == {"X", "F1"}
    assert [tier.value for tier in result.tiers[:2]] == [0, 3]


# --- parameters --------------------------------------------------------------------------------------------


def test_the_points_are_a_parameter() -> None:
    case = pool(facilitator("F1"), ties=[tied("F1", "resident")])
    for points, chosen in ((5, "F1"), (3, "X")):  # against 4 to disclose
        rules = STANDARD_RULES.plus(ExternalLastRule(points=points))
        assert penalty(RULE, case, {"M1": "X"}, rules) == points
        assert solve(case, rules, workers=1).roster.holder("M1", "lead") == chosen
    assert penalty(RULE, case, {"M1": "X"}, STANDARD_RULES.plus(ExternalLastRule(points=0))) == 0
    assert RuleSet.from_toml("[rules.external-last]\npoints = 7\nhard = true")[RULE] == ExternalLastRule(
        points=7, hard=True
    )
    for cells in ({"points": -1}, {"points": 1001}, {"points": 1.5}, {"hard": 1}):
        with pytest.raises(ValidationError):
            ExternalLastRule(**cells)


def test_hard_forbids_what_it_would_charge() -> None:
    case = pool(facilitator("F1"))
    assert breaks(RULE, case, {"M1": "X"}, HARD)
    assert not breaks(RULE, case, {"M1": "F1"}, HARD)
    assert not breaks(RULE, case, {}, HARD)
    report = check(case, roster({"M1": "X"}), HARD)
    assert not report.legal
    assert [tier.value for tier in report.tiers if tier.tier == 2] == [0]
    # Where nobody of the pool can, an outsider may come.
    assert not breaks(RULE, pool(facilitator("F1", organisation=PARTY)), {"M1": "X"}, HARD)


def test_hard_in_solve() -> None:
    # F1 must disclose: 4 points, and still no outsider.
    case = pool(facilitator("F1"), ties=[tied("F1", "resident")])
    result = solve(case, HARD, workers=1)
    assert result.roster.holder("M1", "lead") == "F1"
    assert [tier.value for tier in result.tiers[:2]] == [0, 4]
    # F1 is blocked: the outsider goes, at no cost.
    result = solve(pool(facilitator("F1", organisation=PARTY)), HARD, workers=1)
    assert result.roster.holder("M1", "lead") == "X"
    assert [tier.value for tier in result.tiers[:2]] == [0, 0]


def test_hard_leaves_a_seat_empty_rather_than_let_an_outsider_in() -> None:
    # Two meetings at one time; F1 could take either, so neither is for X: one stays empty, 8 against 4 points.
    case = problem([meeting("M1", priority=4), meeting("M2", priority=3)], [outsider(), facilitator("F1")])
    result = solve(case, HARD, workers=1)
    assert result.report.legal
    assert (result.roster.holder("M1", "lead"), result.roster.holder("M2", "lead")) == ("F1", None)
    assert [(tier.value, tier.bound) for tier in result.tiers[:2]] == [(4, 4), (0, 0)]


def test_hard_and_a_pinned_outsider_are_a_mistake() -> None:
    pins = [{"meeting": "M1", "seat": "lead", "facilitator": "X"}]
    case = pool(facilitator("F1"), pins=pins)
    with pytest.raises(ProblemError, match="external-last") as caught:
        solve(case, HARD, workers=1)
    assert [(issue.table, issue.rows, issue.column) for issue in caught.value.issues] == [("pins", (1,), "facilitator")]
    assert solve(case, workers=1).roster.holder("M1", "lead") == "X"
    # No mistake where nobody of the pool can.
    free = pool(facilitator("F1", roles="co"), pins=pins)
    assert solve(free, HARD, workers=1).roster.holder("M1", "lead") == "X"


def test_hard_and_an_outsider_pinned_by_force_is_kept_and_reported() -> None:
    pins = [{"meeting": "M1", "seat": "lead", "facilitator": "X"}]
    result = solve(pool(facilitator("F1"), pins=pins), HARD.plus(PinnedRule(force=True)), workers=1)
    assert result.roster.holder("M1", "lead") == "X"
    assert [item.rule for item in result.report.violations] == [RULE]
    assert [tier.value for tier in result.tiers[:2]] == [0, 0]


# --- words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rules", "severity", "points"), [(STANDARD_RULES, "penalty", 3), (HARD, "violation", 0)])
def test_findings_say_how_many_of_the_pool_could_come(rules: RuleSet, severity: str, points: int) -> None:
    case = pool(facilitator("F1"), facilitator("F2"), facilitator("F3", roles="co"))
    (finding,) = check(case, roster({"M1": "X"}), rules).by_rule[RULE]
    assert finding.words.en == "X is external in seat lead of M1; possible of the pool: 2."
    assert finding.words.nl == "X is extern op plaats lead van M1; mogelijk uit de pool: 2."
    assert (finding.severity, finding.penalty, finding.scale) == (severity, points, 1)
    assert (finding.facilitators, finding.meetings, finding.seat) == (("X",), ("M1",), "lead")
