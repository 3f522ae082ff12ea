"""Planning on from a day in the middle: pins, `solve`, people who have left since, and the next month."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from tests.builders import EMPLOYER, MARCH, PARTY, Cells, facilitator, roster
from tests.rings import seeds
from tests.rules.half_over import FIXED, did, flexible, half, on, seats, told

from poolmatch import STANDARD_RULES, Roster, RuleSet, Status, check, next_month, solve
from poolmatch.checking import input_issues
from poolmatch.explain import waivers_that_help
from poolmatch.figures import fairness, ledger
from poolmatch.neutrality import certificate
from poolmatch.report.text import summary
from poolmatch.rules.exposure_cap import ExposureCapRule
from poolmatch.rules.pinned import PinnedRule
from poolmatch.testing import check_rule, random_problem
from poolmatch.views import Audience

# --- who has left since ------------------------------------------------------------------------------------


def test_who_has_left_fills_the_seat_gives_no_hours_and_costs_nothing() -> None:
    places = [*seats("lead", "co"), *seats("observer", required=False)]
    rows = [told("gone"), told("F1", seat="co"), told("also gone", seat="observer")]
    case = half(seats=places, published=rows)
    report = check(case, roster({"M2": "F2"}))
    assert report.legal
    assert (report.penalty("fill-seats"), report.penalty("optional-seats")) == (0, 0)
    assert [row.facilitator for row in report.roster.rows] == ["gone", "F1", "also gone", "F2"]
    # Three times two hours received on the 10th, and two on the 20th; given are those of F1 and F2.
    books = ledger(case, report.roster)
    assert [books.of(PARTY).received, books.of(PARTY).external, books.of(EMPLOYER).given] == [4, 4, 4]
    assert sum(row.balance for row in books.accounts) == 0
    assert books.of(PARTY).closing == Fraction(-8)
    assert report.penalty("reciprocity") == 60 * (8 + 4)
    assert [row.hours for row in fairness(case, report.roster).people] == [2, 2]
    for rule in ("fill-seats", "optional-seats", "reciprocity", "fair-load", "few-people", "worst-served"):
        check_rule(RuleSet.from_toml(f"[rules.{rule}]")[rule], case)
    result = solve(case, **FIXED)
    assert result.seats == {"required": 3, "filled": 3}
    assert "gone, no longer in the pool" in summary(result)
    assert "gone, niet meer in de pool" in summary(result, "nl")


def test_a_certificate_names_whom_nobody_can_judge_any_more() -> None:
    case = half(seats=seats("lead", "co"), published=[told("gone"), told("F1", seat="co")])
    proof = certificate(case, Roster())
    assert [entry.facilitator for entry in proof.entries] == ["F1"]
    assert proof.to_dict()["unjudged"] == [{"meeting": "M1", "seat": "lead", "facilitator": "gone"}]
    assert "2026-03-10 M1\n  gone (lead): not judged: no longer in the pool" in proof.to_text()
    assert "gone (leider): niet beoordeeld: niet meer in de pool" in proof.to_text("nl")
    for reader, shown in (
        (Audience.party(PARTY), True),
        (Audience.party(EMPLOYER), False),
        (Audience.facilitator("F1"), False),
        (Audience.facilitator("gone"), True),
    ):
        assert bool(certificate(case, Roster(), audience=reader).unjudged) == shown


def test_no_consent_helps_a_meeting_that_was() -> None:
    # Nobody came to M1, and F1 could have come with the town's consent; to M2 they can.
    link = {"source": "Other", "target": PARTY, "kind": "affiliate"}
    case = half(people=[facilitator("F1", organisation="Other")], links=[link])
    both = {item.meeting for item in waivers_that_help(case.replace(period=MARCH), STANDARD_RULES)}
    assert both == {"M1", "M2"}
    assert {item.meeting for item in waivers_that_help(case, STANDARD_RULES)} == {"M2"}


def test_where_somebody_led_who_has_left_the_others_seats_count_as_filled() -> None:
    case = half([on("M1", 10)], seats=seats("lead", "co"), published=[told("gone"), told("F1", seat="co")])
    assert check(case, Roster()).penalty("fill-seats") == 0
    case = half([on("M1", 10)], seats=seats("lead", "co"), published=[told("gone", seat="co")])
    assert check(case, Roster()).penalty("fill-seats") == 2 * 4  # nobody led
    check_rule(STANDARD_RULES["fill-seats"], case)


# --- pins --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "start", "column"),
    [("F1", None, None), ("F2", None, "facilitator"), (None, None, "facilitator"), ("F1", 20, "slot_start")],
)
def test_pins_on_a_past_meeting_are_ignored_with_a_warning_where_they_differ(
    who: str | None, start: int | None, column: str | None
) -> None:
    when = None if start is None else f"2026-03-{start} 19:30"
    pin = {"meeting": "M1", "seat": "lead", "facilitator": who, "slot_start": when}
    case = flexible((10, 20), history=[did("F1")], pins=[pin])
    result = solve(case, **FIXED)
    assert (result.status, result.roster.holder("M1", "lead")) == (Status.OPTIMAL, "F1")
    assert [(item.table, item.rows, item.column) for item in result.report.warnings if item.table == "pins"] == (
        [] if column is None else [("pins", (1,), column)]
    )
    check_rule(PinnedRule(), case)


def test_a_pin_beside_the_past_breaks_a_rule_with_it() -> None:
    # F1 has had the one meeting that they may have; the pin asks for a second.
    pin = {"meeting": "M2", "seat": "lead", "facilitator": "F1"}
    case = half(people=[facilitator("F1", max_meetings=1), "F2"], history=[did("F1")], pins=[pin])
    (issue,) = [item for item in input_issues(case, STANDARD_RULES) if item.severity == "error"]
    assert (issue.rows, "max-meetings" in issue.reason) == ((1,), True)
    forced = solve(case, STANDARD_RULES.plus(PinnedRule(force=True)), **FIXED)
    assert [row.facilitator for row in forced.roster.rows] == ["F1", "F1"]
    assert {item.rule for item in forced.report.violations} == {"max-meetings"}


@pytest.mark.parametrize(("who", "severity"), [("F1", "error"), (None, "warning")])
def test_a_pin_to_a_slot_before_today_is_told(who: str | None, severity: str) -> None:
    pin = {"meeting": "M1", "seat": "lead", "facilitator": who, "slot_start": "2026-03-10 19:30"}
    found = input_issues(flexible((10, 20), pins=[pin]), STANDARD_RULES)
    assert [(item.table, item.severity) for item in found] == [("pins", severity)]


def test_the_roster_of_infeasible_is_the_past_alone() -> None:
    # Two pins that only together are one meeting too many in the week.
    rows = [on("M1", 10), on("M2", 17), on("M3", 19)]
    pins = [{"meeting": name, "seat": "lead", "facilitator": "F1"} for name in ("M2", "M3")]
    case = half(rows, [facilitator("F1", max_per_week=1), "F2"], history=[did("F2")], pins=pins)
    result = solve(case, **FIXED)
    assert result.status is Status.INFEASIBLE
    assert [row.facilitator for row in result.roster.rows] == ["F2", None, None]
    assert [pin.meeting for pin in result.clash] == ["M2", "M3"]


# --- solving -----------------------------------------------------------------------------------------------


def test_planning_on_from_a_day_in_the_middle() -> None:
    # F1 led M1 and may do one meeting in all; F2 falls ill on the 15th. M2 of the 20th has nobody, M1 stays as it was.
    ill = {"facilitator": "F2", "start": "2026-03-15", "end": "2026-03-31", "kind": "unavailable"}
    people: list[str | Cells] = [facilitator("F1", max_meetings=1), "F2"]
    rows = [told("F1"), told("F2", "M2")]
    for history in ([], [did("F1")]):
        case = half(people=people, availability=[ill], published=rows, history=history)
        result = solve(case, **FIXED)
        assert result.status is Status.OPTIMAL
        assert [row.facilitator for row in result.roster.rows] == ["F1", None]
        assert [tier.points for tier in result.tiers if tier.tier == 3] == [8]  # M2 alone, 5 days ahead
        assert all("ignored" not in item.remedy for item in case.warnings)


def test_once_all_is_past_nothing_is_left_to_decide() -> None:
    case = half(period={**MARCH, "today": "2026-04-01"}, published=[told("F1"), told(None, "M2")])
    for limit in (0, 10):
        result = solve(case, time_limit=limit, **FIXED)
        assert [row.facilitator for row in result.roster.rows] == ["F1", None]
        assert [(tier.value, tier.bound) for tier in result.tiers if tier.tier == 1] == [(4, 4)]


@pytest.mark.parametrize("seed", seeds(24))
def test_solve_keeps_the_past_and_its_values_are_those_of_check(seed: int) -> None:
    case = random_problem(random.Random(seed), 3, 4, 2, pins=False, teams=True, programme=seed % 2 > 0, past=True)
    rules = STANDARD_RULES.plus(ExposureCapRule(cap=1, window_days=3))
    if any(item.severity == "error" for item in input_issues(case, rules)):
        case = case.replace(spacing=())
    result = solve(case, rules, seed=seed, **FIXED)
    assert result.status is Status.OPTIMAL
    for row in result.roster.rows:
        if row.meeting in case.frozen:
            was = case.frozen[row.meeting]
            assert (row.facilitator, row.start) == (was.holders[row.seat], was.start)
    left_out = Roster(rows=tuple(row for row in result.roster.rows if row.meeting not in case.frozen))
    for held in (result.roster, left_out):
        assert [tier.value for tier in check(case, held, rules).tiers] == [tier.value for tier in result.tiers]


# --- what carries over -------------------------------------------------------------------------------------

APRIL: Cells = {"name": "April", "start": "2026-04-01", "end": "2026-04-30", "timezone": "Europe/Amsterdam"}
NEXT: Cells = {"period": APRIL, "meetings": (), "stakes": ()}


def test_the_past_goes_into_the_next_month_once_also_of_who_has_left() -> None:
    case = half(seats=seats("lead", "co"), history=[did("gone"), did("F1", role="co"), did("F2", "old", 1)])
    closed = solve(case, **FIXED).roster
    after = next_month(case, closed, NEXT)
    last = closed.holder("M2", "lead")
    assert {(row.meeting, row.seat, row.facilitator, row.hours) for row in after.history} == {
        ("old", None, "F2", None),
        ("M1", "lead", "gone", 2),
        ("M1", "co", "F1", 2),
        ("M2", "lead", last, 2),
    }
    assert len(after.history) == 4
    again = next_month(case, roster({"M2": last}), NEXT)  # the past may be left out
    assert sorted(map(repr, again.history)) == sorted(map(repr, after.history))
    closing = {row.organisation: row.closing for row in ledger(case, closed).accounts}
    assert {row.organisation: row.hours_given - row.hours_received for row in after.ledger} == {
        name: float(hours) for name, hours in closing.items() if hours
    }
