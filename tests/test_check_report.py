"""The report of a check: where, how much and in which words; and of rosters that leave out, or do not fit."""

import json
import pickle
from dataclasses import fields, replace

import pytest
from tests.builders import facilitator, meeting, problem, roster
from tests.planted_faults import FAULTS, month, planted

from poolmatch import STANDARD_RULES, Problem, ProblemError, Report, Roster, check, solve, why_not
from poolmatch.domain.roster import RosterRow

# --- the report --------------------------------------------------------------------------------------------


def evening() -> Problem:
    """Return two meetings; F2 works for an observer of the first, and likes the second."""
    return problem(
        [meeting("M1", priority=5, region="north"), meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30", priority=1)],
        ["F1", facilitator("F2", organisation="School")],
        {"M1": {"Town": "decider", "School": "observer"}},
        preferences=[{"facilitator": "F2", "meeting": "M2", "score": 2.5}],
        strikes=[{"organisation": "Town", "facilitator": "F1", "meeting": "M2"}],
    )


def test_tiers_hold_units_and_scale() -> None:
    report = check(evening(), roster({"M2": "F2"}))
    # M1 is empty: 16. F2 is neutral at M2, and has 120 of 240 minutes, the fair share. The school has given two hours
    # that the town received: 2 points each in tier 5, in units of `fair-load`, 60 · 1500 · 100 to a point.
    # Tier 6 counts in units of which `cost` has 60 · 1500 · 10000 in a point: a tick of work (0.04 s) at a
    # ten-thousandth of the price of an hour.
    assert [(tier.tier, tier.value, tier.scale) for tier in report.tiers] == [
        (1, 16, 1),
        (2, 0, 1),
        (3, 0, 1),
        (4, 0, 1),
        (5, 36_000_000, 9_000_000),
        (6, -2_250_000_000, 900_000_000),
    ]
    assert [tier.points for tier in report.tiers] == [16.0, 0.0, 0.0, 0.0, 4.0, -2.5]


def test_by_rule_has_an_entry_for_every_rule_and_violations_come_first() -> None:
    report = check(evening(), roster({"M2": "F1"}))
    assert list(report.by_rule) == [rule.id for rule in STANDARD_RULES.rules]
    assert {name for name, found in report.by_rule.items() if found} == {"struck", "fill-seats", "reciprocity"}
    # F1's employer gave two hours and the town received them: one finding for each.
    assert [finding.rule for finding in report.findings] == ["struck", "fill-seats", "reciprocity", "reciprocity"]
    assert sum(len(found) for found in report.by_rule.values()) == len(report.findings)


def test_the_report_numbers_the_findings_of_each_seat() -> None:
    case = month()
    names = [row.facilitator for row in case.facilitators]
    held = Roster.of(case, {(s.meeting, s.seat): names[n % 3] for n, s in enumerate(case.all_seats) if n % 4})
    report = check(case, held)
    twice = replace(report, findings=(*report.findings, *report.findings))  # a finding may come twice
    for made in (report, twice):
        seats = made.to_dict()["seats"]
        assert any(row["findings"] for row in seats)
        for row in seats:
            place, seat = row["meeting"], row["seat"]
            assert row["findings"] == [
                number
                for number, item in enumerate(made.findings)
                if place in item.meetings and (item.seat is None or item.seat == seat)
            ]
            assert made.by_seat(place, seat) == tuple(made.findings[number] for number in row["findings"])


def test_by_seat_has_what_is_about_the_seat_and_what_is_about_its_meeting() -> None:
    report = check(month(), planted("no-double-booking"))
    (finding,) = report.violations
    assert finding.seat is None
    assert report.by_seat("plain", "lead") == report.by_seat("beside", "lead") == (finding,)
    assert report.by_seat("team", "lead") == ()
    empty = check(month(), roster({})).by_seat("team", "second")
    assert [item.words.en for item in empty] == ["team, seat second is empty."]


def test_the_roster_of_a_report_lists_every_seat_with_degree_and_disclosure() -> None:
    report = check(evening(), roster({"M1": "F2"}))
    rows = [
        (row.meeting, row.seat, row.role, row.facilitator, row.degree, row.disclosure) for row in report.roster.rows
    ]
    told = "works for School (observer): disclose, rule employed-by-party"
    assert rows == [("M1", "lead", "lead", "F2", "disclose", told), ("M2", "lead", "lead", None, None, None)]
    times = [(row.start, row.end) for row in report.roster.rows]
    assert times == [(row.start, row.end) for row in evening().meetings]
    assert check(evening(), report.roster).roster == report.roster


def test_the_report_as_json() -> None:
    report = check(evening(), roster({"M2": "F1"}))
    data = json.loads(report.to_json())
    assert data["legal"] is False
    assert data["tiers"] == [
        {"tier": 1, "value": 16, "scale": 1},
        {"tier": 2, "value": 0, "scale": 1},
        {"tier": 3, "value": 0, "scale": 1},
        {"tier": 4, "value": 0, "scale": 1},
        {"tier": 5, "value": 36_000_000, "scale": 9_000_000},
        {"tier": 6, "value": 0, "scale": 900_000_000},
    ]
    assert data["rules"]["struck"] == {"violations": 1, "penalty": 0, "scale": 1}
    assert data["rules"]["fill-seats"] == {"violations": 0, "penalty": 16, "scale": 1}
    assert data["rules"]["reciprocity"] == {"violations": 0, "penalty": 240, "scale": 60}
    assert data["rules"]["rest"]["violations"] == 0
    assert [item["rule"] for item in data["findings"]] == ["struck", "fill-seats", "reciprocity", "reciprocity"]
    assert data["findings"][0] == {
        "rule": "struck",
        "severity": "violation",
        "en": "Town objects to F1.",
        "nl": "Town heeft bezwaar tegen F1.",
        "facilitators": ["F1"],
        "meetings": ["M2"],
        "organisations": [],
        "seat": "lead",
        "day": "2026-03-06",
        "penalty": 0,
        "scale": 1,
    }
    about = {item["organisations"][0]: item for item in data["findings"][2:]}
    assert about["Town"] == {
        "rule": "reciprocity",
        "severity": "penalty",
        "en": "Town has received 2.00 hours more than it has given.",
        "nl": "Town heeft 2,00 uur meer gekregen dan gegeven.",
        "facilitators": [],
        "meetings": [],
        "organisations": ["Town"],
        "seat": None,
        "day": None,
        "penalty": 120,
        "scale": 60,
    }
    assert set(about) == {"Town", "Elsewhere"}
    assert [(row["meeting"], row["facilitator"], row["findings"]) for row in data["seats"]] == [
        ("M1", None, [1]),
        ("M2", "F1", [0]),
    ]
    assert data["fingerprints"] == {"problem": evening().fingerprint, "rules": STANDARD_RULES.fingerprint}
    assert json.loads(report.to_json(indent=None)) == data


def test_the_report_does_not_depend_on_the_order_of_the_rows() -> None:
    case = month()
    turned = case.replace(facilitators=case.facilitators[::-1], meetings=case.meetings[::-1], seats=case.seats[::-1])
    faults = planted(*FAULTS)
    backwards = Roster(rows=faults.rows[::-1])
    expected = check(case, faults)
    for report in (check(turned, faults), check(case, backwards), check(turned, backwards)):
        assert report.tiers == expected.tiers
        assert sorted(item.rule for item in report.violations) == sorted(item.rule for item in expected.violations)


# --- rosters that leave out, or do not fit -----------------------------------------------------------------


def test_seats_without_a_row_are_empty() -> None:
    case = evening()
    whole = check(case, Roster.of(case, {("M1", "lead"): "F1"}))
    for given in (roster({"M1": "F1", "M2": None}), roster({"M1": "F1"})):
        report = check(case, given)
        assert report.findings == whole.findings
        assert report.roster == whole.roster
    assert check(case, Roster()).legal
    assert check(case, Roster()).tiers[0].value == 17


def test_everything_that_does_not_fit_is_listed_with_its_row() -> None:
    rows = [
        {"meeting": "M1", "seat": "lead", "facilitator": "F1"},
        {"meeting": "M9", "seat": "lead", "facilitator": "F1"},
        {"meeting": "M1", "seat": "leed", "facilitator": "F1"},
        {"meeting": "M2", "seat": "lead", "facilitator": "F3"},
        {"meeting": "M2", "seat": "lead", "role": "co"},
        {"meeting": "M2", "seat": "lead", "start": evening().meetings[0].start},
        {"meeting": "M2", "seat": "lead", "start": evening().meetings[1].start, "end": evening().meetings[0].end},
        {"meeting": "M2", "seat": "lead", "end": evening().meetings[0].end},
        {"meeting": "M8", "seat": "lead", "facilitator": "F4"},
    ]
    with pytest.raises(ProblemError) as caught:
        check(evening(), Roster(rows=tuple(RosterRow(**row) for row in rows)))  # type: ignore[arg-type]
    found = sorted((row, issue.column) for issue in caught.value.errors for row in issue.rows)
    assert found == [
        (2, "meeting"),
        (3, "seat"),
        (4, "facilitator"),
        (5, "role"),
        (6, "start"),
        (7, "end"),
        (8, "end"),
        (9, "facilitator"),
        (9, "meeting"),
    ]
    assert {issue.table for issue in caught.value.errors} == {"roster"}
    text = str(caught.value)
    assert text.startswith("6 problems in the input")  # what is alike is told together
    assert 'roster, row 3, column seat: is not a seat of that meeting; did you mean "lead"? correct the id' in text
    assert "write lead, or leave it blank" in text


def test_times_and_roles_that_fit_are_accepted() -> None:
    first, second = evening().meetings
    rows = (
        RosterRow(meeting="M1", seat="lead", role="lead", facilitator="F1", start=first.start, end=first.end),
        RosterRow(meeting="M2", seat="lead", start=second.start),
    )
    assert check(evening(), Roster(rows=rows)).legal


def test_what_a_roster_says_of_degrees_is_not_believed() -> None:
    row = RosterRow(meeting="M1", seat="lead", facilitator="F2", degree="blocked", disclosure="nothing")
    report = check(evening(), Roster(rows=(row,)))
    assert report.legal
    assert report.roster.rows[0].degree == "disclose"


def test_what_was_worked_out_does_not_travel() -> None:
    report = check(evening(), roster({"M2": "F2"}))
    answer = why_not(report, "M1", "lead", "F2")
    there = pickle.loads(pickle.dumps(report))
    assert there == report
    assert vars(there).keys() == {item.name for item in fields(Report)} < vars(report).keys()
    assert why_not(there, "M1", "lead", "F2") == answer


def test_other_warnings_change_nothing_else() -> None:
    report = check(evening(), roster({"M2": "F2"}))
    found = report.with_warnings(report.problem.warnings)
    assert found.warnings == report.problem.warnings
    assert (found.findings, found.roster, found.world) == (report.findings, report.roster, report.world)


def test_answers_do_not_hang_on_the_lottery_by_which_it_was_solved() -> None:
    case = problem(facilitators=[f"F{number}" for number in range(9)])
    orders = [
        [row.facilitator for row in report.world.people]
        for seed in range(3)
        for report in [solve(case, seed=seed).report]
    ]
    assert orders == [[row.facilitator for row in check(case, roster({})).world.people]] * 3
