"""`check`: every planted fault is found, and a report says where, how much and in which words."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, problem, roster

from poolmatch import STANDARD_RULES, Problem, ProblemError, Roster, check
from poolmatch.domain.roster import RosterRow
from poolmatch.rule import PreferenceRule

Held = dict[tuple[str, str], str | None]

# --- one problem, one legal roster, one fault for each rule ------------------------------------------------


@cache
def month() -> Problem:
    """Return a problem in which every hard rule can be broken by changing one seat of the legal roster."""

    def at(name: str, day: int, start: str = "10:00", end: str = "12:00", **cells: Any) -> Cells:
        return meeting(name, f"2026-03-{day:02d} {start}", f"2026-03-{day:02d} {end}", **cells)

    here: dict[str, Any] = {"lat": 53.0, "lon": 6.0}
    far: dict[str, Any] = {"lat": 53.5, "lon": 6.0}  # 72.3 km of road: 82.3 minutes
    return problem(
        [
            at("plain", 3),
            at("beside", 3, "11:00", "13:00"),
            at("town hall", 5),
            at("struck", 6),
            at("notes", 9),
            at("skilled", 10),
            at("away", 11),
            at("south", 12, region="south"),
            at("far", 13, **far),
            at("near", 16, **here),
            at("after", 16, "13:00", "14:00", **far),
            at("late", 18, "20:00", "22:00"),
            at("early", 19, "08:00", "09:00"),
            at("team", 20),
            at("pinned", 21),
            at("day 1", 23),
            at("day 2", 23, "14:00", "16:00"),
            at("week 1", 24),
            at("week 2", 26),
            at("few 1", 24, "14:00", "16:00"),
            at("few 2", 27),
            at("short 1", 30),
            at("short 2", 31),
        ],
        [
            facilitator("F1", max_travel_km=50, roles="lead;co;scribe", **here),
            facilitator("F2", organisation="Mill"),
            facilitator("F3"),
            facilitator("F4", roles="scribe"),
            facilitator("Day", max_per_day=1),
            facilitator("Week", max_per_week=1),
            facilitator("Few", max_meetings=1),
            facilitator("Short", max_hours=3),
        ],
        {"town hall": {"Mill": "decider"}},
        seats=[
            {"meeting": "notes", "seat": "lead", "role": "scribe"},
            *({"meeting": "team", "seat": name, "role": "scribe"} for name in ("lead", "second")),
        ],
        strikes=[{"organisation": "Town", "facilitator": "F2", "meeting": "struck"}],
        requirements=[{"meeting": "skilled", "seat": "lead", "skill": "intake", "level": 3}],
        skills=[{"facilitator": name, "skill": "intake", "level": level} for name, level in [("F1", 3), ("F2", 2)]],
        availability=[{"facilitator": "F2", "start": "2026-03-11", "end": "2026-03-11", "kind": "unavailable"}],
        serves=[{"facilitator": "F2", "region": "north"}],
        pins=[{"meeting": "pinned", "seat": "lead", "facilitator": "F1"}],
    )


LEGAL: Held = {
    ("plain", "lead"): "F1",
    ("beside", "lead"): "F3",
    ("town hall", "lead"): "F1",
    ("struck", "lead"): "F3",
    ("notes", "lead"): "F4",
    ("skilled", "lead"): "F1",
    ("away", "lead"): "F3",
    ("south", "lead"): "F3",
    ("far", "lead"): "F3",
    ("near", "lead"): "F1",
    ("after", "lead"): "F3",
    ("late", "lead"): "F3",
    ("early", "lead"): "F1",
    ("team", "lead"): "F1",
    ("team", "second"): "F4",
    ("pinned", "lead"): "F1",
    ("day 1", "lead"): "Day",
    ("day 2", "lead"): "F3",
    ("week 1", "lead"): "Week",
    ("week 2", "lead"): "F3",
    ("few 1", "lead"): "Few",
    ("few 2", "lead"): "F3",
    ("short 1", "lead"): "Short",
    ("short 2", "lead"): "F3",
}
FAULTS: Mapping[str, tuple[str, str, str]] = {
    "neutral": ("town hall", "lead", "F2"),
    "struck": ("struck", "lead", "F2"),
    "role": ("notes", "lead", "F3"),
    "skilled": ("skilled", "lead", "F2"),
    "available": ("away", "lead", "F2"),
    "region": ("south", "lead", "F2"),
    "travel-limit": ("far", "lead", "F1"),
    "one-per-seat": ("plain", "lead", "F2"),
    "no-double-booking": ("beside", "lead", "F1"),
    "travel-gap": ("near", "lead", "F3"),
    "max-per-day": ("day 2", "lead", "Day"),
    "max-per-week": ("week 2", "lead", "Week"),
    "max-meetings": ("few 2", "lead", "Few"),
    "max-hours": ("short 2", "lead", "Short"),
    "rest": ("early", "lead", "F3"),
    "pinned": ("pinned", "lead", "F3"),
}


def planted(*rules: str) -> Roster:
    """Return the legal roster with the faults of these rules; that of `one-per-seat` is a second person in a seat."""
    rows = [(place, seat, name) for (place, seat), name in LEGAL.items()]
    for rule in rules:
        place, seat, _ = FAULTS[rule]
        rows = [row for row in rows if row[:2] != (place, seat) or rule == "one-per-seat"] + [FAULTS[rule]]
    return Roster(rows=tuple(RosterRow(meeting=place, seat=seat, facilitator=name) for place, seat, name in rows))


def test_the_roster_without_faults_is_legal_and_full() -> None:
    report = check(month(), planted())
    assert report.legal
    assert report.violations == ()
    assert set(LEGAL) == {(seat.meeting, seat.seat) for seat in month().seats}
    assert report.tiers[0].value == 0


def test_there_is_a_fault_for_every_hard_rule() -> None:
    """Rules that come later plant theirs in a test of their own."""
    hard = {rule.id for rule in STANDARD_RULES.rules if not isinstance(rule, PreferenceRule)}
    assert set(FAULTS) <= hard
    assert len(FAULTS) == 16


def test_the_rows_of_a_report_are_as_if_they_had_been_read() -> None:
    slots = [{"meeting": "M2", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in (10, 11)]
    duty = {"duty": "D1", "kind": "coaching", "hours": 2}
    flexible = {"meeting": "M2"}
    case = problem([meeting(), flexible, meeting("M3")], ["F1", "F2"], slots=slots, duties=[duty])
    chosen = RosterRow(meeting="M2", seat="lead", facilitator="F2", start=case.slots[1].start)
    for rows in ((), (chosen,), (RosterRow(meeting="M1", seat="lead", facilitator="F1"), chosen)):
        found = check(case, Roster(rows=rows)).roster
        assert [row.meeting for row in found.rows] == ["M1", "M2", "M3", "D1"]
        holders = {(row.meeting, row.seat): row.facilitator for row in rows}
        plain = Roster.of(case, holders, {row.meeting: row.start for row in rows if row.start is not None})
        for row, blank in zip(found.rows, plain.rows, strict=True):
            assert row == RosterRow.model_validate(row.model_dump())
            assert row.model_copy(update={"degree": None, "disclosure": None}) == blank
            assert row.degree == (None if row.facilitator is None else "neutral")


@pytest.mark.parametrize("rule", FAULTS)
def test_a_planted_fault_is_found_and_nothing_else(rule: str) -> None:
    place, seat, name = FAULTS[rule]
    report = check(month(), planted(rule))
    (finding,) = report.violations
    assert finding.rule == rule
    assert finding.severity == "violation"
    assert name in finding.facilitators
    assert place in finding.meetings
    assert finding.seat in (seat, None)
    assert not report.legal
    assert report.by_rule[rule] == (finding,)
    assert finding in report.by_seat(place, seat)
    assert check(month(), planted(rule), STANDARD_RULES.without(rule)).legal


def test_all_faults_at_once_are_all_found() -> None:
    report = check(month(), planted(*FAULTS))
    assert {finding.rule for finding in report.violations} == set(FAULTS)


@pytest.mark.parametrize("rule", FAULTS)
def test_a_violation_is_told_in_two_languages(rule: str) -> None:
    (finding,) = check(month(), planted(rule)).violations
    for words in (finding.words.en, finding.words.nl):
        assert words.endswith(".")
        assert not words.startswith(" ")
        assert FAULTS[rule][2] in words
    assert finding.words.en != finding.words.nl


def test_every_rule_says_what_it_is_in_two_languages() -> None:
    for rule in STANDARD_RULES.rules:
        assert rule.sentence.en.endswith(".")
        assert rule.sentence.nl.endswith(".")
        assert rule.sentence.en != rule.sentence.nl


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
        "nl": "Town heeft 2.00 uur meer gekregen dan gegeven.",
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
    found = sorted((issue.rows[0], issue.column) for issue in caught.value.errors)
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
    assert text.startswith("9 problems in the input")
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
