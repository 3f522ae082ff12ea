"""Links of kind `same_as`: one organisation under several ids, wherever neutrality looks at organisations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.builders import PARTY, meeting, out, problem, roster
from tests.neutrality.asking import DAY, WAIVED, degree, link, on, paths, tie

from poolmatch import STANDARD_RULES, Problem, ProblemError, certificate, check, solve, waivers_that_help
from poolmatch.neutrality.consents import missing_consents
from poolmatch.neutrality.words import path_words
from poolmatch.rules.struck import StruckRule

OVER = timedelta(days=1)
ALSO = "Town hall"
"""The party under another id."""
SAME = link(ALSO, "same_as", PARTY)
DATES: list[tuple[dict[str, date], bool]] = [
    ({}, True),
    ({"start": DAY}, True),
    ({"end": DAY}, True),
    ({"start": DAY + OVER}, False),
    ({"end": DAY - OVER}, False),
]


def told(case: Problem) -> list[tuple[str, str]]:
    return [(path.rule, path.degree.word) for path in paths(case)]


# --- chains ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", [SAME, link(PARTY, "same_as", ALSO)])
@pytest.mark.parametrize(
    ("kind", "rule", "expected"),
    [
        ("employee", "employed-by-party", "blocked"),
        ("family", "family-at-party", "waivable"),
        ("resident", "resident", "disclose"),
    ],
)
def test_a_tie_to_one_id_is_a_tie_to_the_other(row: dict[str, Any], kind: str, rule: str, expected: str) -> None:
    case = on(DAY, [tie(kind, ALSO)], links=[row])
    assert degree(case) == expected
    assert told(case) == [(rule, expected)]
    assert " → the same organisation as Town (decider): " in path_words(paths(case)[0]).en


@pytest.mark.parametrize(("dates", "same"), DATES)
def test_they_are_one_on_the_days_of_the_link(dates: dict[str, date], same: bool) -> None:
    case = on(DAY, [tie("family", ALSO)], links=[link(ALSO, "same_as", PARTY, **dates)])
    assert degree(case) == ("waivable" if same else "neutral")


def test_a_ring_of_ids_is_one_organisation() -> None:
    ring = [
        link("A", "same_as", "B"),
        link("B", "same_as", "C"),
        link("C", "same_as", "A"),
        link("C", "same_as", PARTY),
    ]
    for name in "ABC":
        case = on(DAY, [tie("family", name)], links=ring)
        assert told(case) == [("family-at-party", "waivable")]


def test_a_chain_of_any_form_goes_through_other_ids() -> None:
    for kind, expected in (("unit_of", "blocked"), ("affiliate", "waivable"), ("funds", "disclose")):
        links = [link("Org 0", kind, ALSO), SAME]
        assert degree(on(DAY, [tie("employee", "Org 0")], links=links)) == expected
        links = [link("Org 0", "same_as", "Org 1"), link("Org 1", kind, PARTY)]
        assert degree(on(DAY, [tie("employee", "Org 0")], links=links)) == expected


def test_a_membership_reaches_the_party_itself_under_any_id_and_nothing_beyond() -> None:
    links = [link("Org 0", "member_of", ALSO), SAME]
    assert told(on(DAY, [tie("employee", "Org 0")], links=links)) == [("employer-membership", "disclose")]
    beyond = [link("Org 0", "member_of", ALSO), link(ALSO, "unit_of", PARTY)]
    assert told(on(DAY, [tie("employee", "Org 0")], links=beyond)) == [("", "neutral")]


def test_two_ids_with_a_stake_each_and_the_worst_counts() -> None:
    stakes = {"M1": {PARTY: "observer", ALSO: "decider"}}
    case = on(DAY, [tie("family")], links=[SAME], stakes=stakes)
    assert degree(case) == "waivable"
    assert told(case) == [("family-at-party", "neutral"), ("family-at-party", "waivable")]


def test_only_other_ids_make_no_group() -> None:
    # The row on groups asks for a link: whoever is the party itself is judged as such, whatever its group.
    links = [SAME, link(ALSO, "unit_of", PARTY)]
    assert told(on(DAY, [tie("adviser", ALSO)], links=links)) == [("adviser-to-party", "waivable")]
    assert told(on(DAY, [tie("employee", ALSO)], links=links)) == [("employed-by-party", "blocked")]


def test_an_ended_tie_takes_the_ids_of_its_last_day_too() -> None:
    ended = date(2025, 12, 31)
    ties = [tie("former_employee", ALSO, end=ended)]
    for dates, expected in (
        ({"end": ended}, "waivable"),
        ({"end": ended - OVER}, "neutral"),
        ({"start": DAY}, "waivable"),
    ):
        assert degree(on(DAY, ties, links=[link(ALSO, "same_as", PARTY, **dates)])) == expected


# --- consents ----------------------------------------------------------------------------------------------


def consent(organisation: str = PARTY, party: str = PARTY) -> dict[str, Any]:
    return {"facilitator": "F1", "organisation": organisation, "meeting": "M1", "party": party, "consented_on": DAY}


@pytest.mark.parametrize("row", [consent(ALSO), consent(party=ALSO), consent(ALSO, ALSO)])
@pytest.mark.parametrize(("dates", "same"), DATES)
def test_a_consent_counts_under_any_id_of_the_tied_organisation_and_of_the_party(
    row: dict[str, Any], dates: dict[str, date], same: bool
) -> None:
    case = on(DAY, [tie("family")], links=[link(ALSO, "same_as", PARTY, **dates)], waivers=[row])
    assert degree(case) == (WAIVED if same else "waivable")
    (entry,) = certificate(case, roster({"M1": "F1"})).entries
    assert entry.waivers == (case.waivers if same else ())
    if not dates:
        assert not [issue for issue in case.warnings if issue.table == "waivers"]


def test_one_consent_is_asked_of_an_organisation_with_two_ids() -> None:
    stakes = {"M1": {PARTY: "decider", ALSO: "interest", "School": "contributor"}}
    ties = [tie("family"), tie("family", ALSO)]
    case = on(DAY, ties, links=[SAME], stakes=stakes)
    assert missing_consents(case, "F1", ALSO, "M1", DAY) == (PARTY, "School")
    (found,) = waivers_that_help(case)
    assert [(row.organisation, row.party) for row in found.waivers] == [(PARTY, PARTY), (PARTY, "School")]
    assert solve(case.replace(waivers=found.waivers), workers=1).roster.filled == 1


# --- strikes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("dates", "same"), DATES)
@pytest.mark.parametrize("where", [None, "M1"])
def test_a_party_strikes_under_any_id(where: str | None, dates: dict[str, date], same: bool) -> None:
    row = {"organisation": ALSO, "facilitator": "F1", "meeting": where}
    case = on(DAY, links=[link(ALSO, "same_as", PARTY, **dates)], strikes=[row])
    assert out(case) == ({"struck"} if same else set())
    if same:
        (found,) = check(case, roster({"M1": "F1"})).violations
        assert found.words.en == "Town hall objects to F1."
    assert not [issue for issue in case.warnings if issue.table == "strikes"]


def test_a_strike_at_a_flexible_meeting_holds_in_the_slots_in_which_the_ids_are_one() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-0{day} 10:00", "end": f"2026-03-0{day} 12:00"} for day in (5, 6)]
    case = problem(
        [{"meeting": "M1"}],
        slots=slots,
        links=[link(ALSO, "same_as", PARTY, end=DAY)],
        strikes=[{"organisation": ALSO, "facilitator": "F1"}],
    )
    (row,) = solve(case, workers=1).roster.rows
    assert (row.facilitator, row.start) == ("F1", case.slots[1].start)


def test_two_ids_have_one_number_of_strikes() -> None:
    strikes = [{"organisation": name, "facilitator": "F1"} for name in (PARTY, ALSO)]
    rules = STANDARD_RULES.plus(StruckRule(most=1))
    assert check(on(DAY, strikes=strikes, stakes={"M1": {PARTY: "decider", ALSO: "interest"}}), roster({}), rules).legal
    with pytest.raises(ProblemError, match="objects twice, 1 at most are allowed"):
        check(on(DAY, strikes=strikes, links=[SAME]), roster({}), rules)


# --- what goes by id ---------------------------------------------------------------------------------------


def test_ledger_and_reciprocity_go_by_id() -> None:
    rows = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    stakes = {"M1": {PARTY: "decider"}, "M2": {ALSO: "decider"}}
    case = problem(rows, links=[SAME], stakes=stakes)
    received = {row.organisation: float(row.received) for row in solve(case, workers=1).ledger.accounts}
    assert (received[PARTY], received[ALSO]) == (2, 2)


def test_a_preference_goes_by_id() -> None:
    wish = [{"facilitator": "F1", "organisation": ALSO, "score": 5}]
    found = check(on(DAY, links=[SAME], preferences=wish), roster({"M1": "F1"}))
    assert found.penalty("wishes") == 0
