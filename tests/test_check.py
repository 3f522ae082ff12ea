"""`check`: every planted fault is found, and nothing else."""

import pytest
from tests.builders import meeting, problem
from tests.planted_faults import FAULTS, LEGAL, month, planted

from poolmatch import STANDARD_RULES, Roster, check
from poolmatch.domain.roster import RosterRow
from poolmatch.rule import PreferenceRule


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
