"""A flexible meeting without a slot: the worst of its slots counts, and its words are those of that slot."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.builders import PARTY, facilitator, problem, roster

from poolmatch import Problem, assess, check, disclosures, neutral_pool, waivers_that_help
from poolmatch.domain.degree import Degree
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.rules.neutral import NeutralRule


def flexible(ties: Any, days: tuple[int, ...] = (5, 12, 19), **tables: Any) -> Problem:
    """Return a meeting that may be held on some days of March, and F1 with ties."""
    slots = [{"meeting": "M1", "start": f"2026-03-{day:02} 10:00", "end": f"2026-03-{day:02} 12:00"} for day in days]
    return problem([{"meeting": "M1"}], slots=slots, ties=ties, **tables)


def row(kind: str, organisation: str = PARTY, **dates: str) -> dict[str, Any]:
    return {"facilitator": "F1", "kind": kind, "organisation": organisation, **dates}


def held(case: Problem, slot: int) -> Roster:
    return Roster(rows=(RosterRow(meeting="M1", seat="lead", facilitator="F1", start=case.slots[slot].start),))


# A resident until the 5th, family from the 12th, an employee from the 19th.
RISING = [row("resident", end="2026-03-05"), row("family", start="2026-03-12"), row("employee", start="2026-03-19")]
STANDING = [row("family", start="2026-03-10", end="2026-03-15")]


@pytest.mark.parametrize("days", [(5, 12, 19), (19, 12, 5)])
def test_without_a_slot_the_worst_counts(days: tuple[int, ...]) -> None:
    case = flexible(RISING, days)
    found = assess(case, "F1", "M1")
    assert (found.degree, found.day) == (Degree.BLOCKED, date(2026, 3, 19))
    assert [path.rule for path in found.worst] == ["employed-by-party"]
    assert [assess(case, "F1", "M1", start).degree.word for start in sorted(slot.start for slot in case.slots)] == [
        "disclose",
        "waivable",
        "blocked",
    ]
    assert neutral_pool(case, "M1")[Degree.BLOCKED] == ("F1",)


def test_of_equally_bad_slots_the_first_in_time() -> None:
    case = flexible([row("resident", end="2026-03-12"), row("resident", "School")], (19, 12, 5))
    found = assess(case, "F1", "M1")
    assert (found.degree, found.day) == (Degree.DISCLOSE, date(2026, 3, 5))


def test_the_worst_is_by_degree_after_waivers() -> None:
    # Waivable on the 12th, but waived; to avoid on the others, so that the 12th is the worst, as something to tell.
    consent = {
        "facilitator": "F1",
        "organisation": PARTY,
        "meeting": "M1",
        "party": PARTY,
        "consented_on": "2026-03-01",
    }
    school = {
        "facilitator": "F1",
        "organisation": PARTY,
        "meeting": "M1",
        "party": "School",
        "consented_on": "2026-03-01",
    }
    stakes = {"M1": {PARTY: "decider", "School": "contributor"}}
    ties = [*STANDING, row("resident", "School")]
    case = flexible(ties, stakes=stakes, waivers=[consent, school])
    found = assess(case, "F1", "M1")
    assert (found.degree, found.waived, found.day) == (Degree.DISCLOSE, True, date(2026, 3, 12))
    # Waived on the 12th and to be told anyway on all days: equal after waivers, so the first.
    case = flexible([*STANDING, row("resident")], waivers=[consent])
    found = assess(case, "F1", "M1")
    assert (found.degree, found.waived, found.day) == (Degree.DISCLOSE, False, date(2026, 3, 5))
    assert neutral_pool(case, "M1")[Degree.DISCLOSE] == ("F1",)


@pytest.mark.parametrize("slot", [0, 1, 2])
def test_a_violation_cites_the_paths_of_its_own_slot(slot: int) -> None:
    found = check(flexible(RISING), held(flexible(RISING), slot)).by_rule["neutral"]
    expected = {
        1: "F1 is not neutral: has family at Town (decider): waivable, rule family-at-party.",
        2: "F1 is not neutral: works for Town (decider): blocked, rule employed-by-party.",
    }
    assert [item.words.en for item in found] == ([expected[slot]] if slot in expected else [])


def test_words_are_never_empty_where_somebody_is_out_in_one_slot_only() -> None:
    case = flexible(STANDING)
    person, meeting, seat = case.facilitators[0], case.meetings[0], case.meeting_seats[0]
    words = NeutralRule().words(case, person, meeting, seat)
    assert words.en == "F1 is not neutral: has family at Town (decider): waivable, rule family-at-party."
    assert words.nl == (
        "F1 is niet neutraal: heeft familie bij Town (beslisser): alleen met toestemming, regel ‘familie bij een "
        "partij’."
    )


# --- consents that would help, slot by slot ------------------------------------------------------------------


def test_consents_that_help_are_for_the_slot_that_needs_the_fewest() -> None:
    # Two tied organisations on the 5th, one on the 12th.
    links = [{"source": "Bank", "target": "Mill", "kind": "affiliate"}]
    ties = [row("employee", "Bank", end="2026-03-07"), row("family", "Mill")]
    case = flexible(ties, (5, 12), stakes={"M1": {"Mill": "decider"}}, links=links, facilitators=[facilitator()])
    (found,) = waivers_that_help(case)
    assert [(item.organisation, item.consented_on) for item in found.waivers] == [("Mill", date(2026, 3, 12))]


def test_consents_help_where_another_slot_is_closed_by_another_rule() -> None:
    # Away on the 5th, and tied on the 12th: each rule keeps F1 out in one slot only.
    away = [{"facilitator": "F1", "start": "2026-03-05", "end": "2026-03-05", "kind": "unavailable"}]
    case = flexible([row("family", start="2026-03-10")], (5, 12), availability=away)
    (found,) = waivers_that_help(case)
    assert [(item.organisation, item.party, item.consented_on) for item in found.waivers] == [
        (PARTY, PARTY, date(2026, 3, 12))
    ]


def test_no_consent_helps_who_is_blocked_in_the_only_slot_left() -> None:
    away = [{"facilitator": "F1", "start": "2026-03-05", "end": "2026-03-05", "kind": "unavailable"}]
    case = flexible([row("employee", start="2026-03-10"), row("family", end="2026-03-07")], (5, 12), availability=away)
    assert waivers_that_help(case) == ()


# --- what is disclosed of whom -------------------------------------------------------------------------------


def test_nothing_is_disclosed_of_someone_who_may_not_come() -> None:
    # A complete waiver for the family at the mill; but the employer is the party itself.
    ties = [row("family", "Mill")]
    stakes = {"M1": {PARTY: "decider", "Mill": "interest"}}
    waivers = [
        {"facilitator": "F1", "organisation": "Mill", "meeting": "M1", "party": party, "consented_on": "2026-03-01"}
        for party in (PARTY, "Mill")
    ]
    plan = roster({"M1": "F1"})
    for employer, expected in ((PARTY, "blocked"), ("Elsewhere", "disclose")):
        case = problem(facilitators=[facilitator(organisation=employer)], ties=ties, stakes=stakes, waivers=waivers)
        (line,) = check(case, plan).roster.rows
        assert line.degree == expected
        waived = "has family at Mill (interest): waivable, rule family-at-party, waived by every party"
        assert line.disclosure == (None if expected == "blocked" else waived)
        assert [item.en for item in disclosures(case, plan)] == ([] if expected == "blocked" else [(waived,)])
