"""A waiver is complete when every party that must has consented, in time; only then does it cure anything."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.builders import PARTY, facilitator, meeting, out, problem, roster
from tests.neutrality.asking import DAY, WAIVED, degree, link, on, paths, tie

from poolmatch import STANDARD_RULES, Problem, check, solve
from poolmatch.neutrality import INTERNAL, Policy, certificate
from poolmatch.neutrality.consents import consenting, missing_consents

OVER = timedelta(days=1)
STAKES = {PARTY: "decider", "School": "contributor", "Board": "commissioner", "Mill": "interest", "Press": "observer"}
MUST = (PARTY, "School", "Board", "Mill")


def consent(party: str = PARTY, organisation: str = PARTY, given: date | None = None, **cells: Any) -> dict[str, Any]:
    """Return a consent to F1's tie, by default for the meeting and given on its day."""
    target = {} if "series" in cells else {"meeting": "M1"}
    return (
        {"facilitator": "F1", "organisation": organisation, "party": party, "consented_on": given or DAY}
        | target
        | cells
    )


def family(waivers: Any, stakes: dict[str, str] | None = None, day: date = DAY, **tables: Any) -> Problem:
    """Return a case of family at the party: waivable."""
    return on(day, [tie("family")], waivers=list(waivers), stakes={"M1": stakes or {PARTY: "decider"}}, **tables)


def everyone(**cells: Any) -> list[dict[str, Any]]:
    return [consent(party, **cells) for party in MUST]


# --- who must consent --------------------------------------------------------------------------------------


def test_all_parties_but_observers_must_consent() -> None:
    assert degree(family([], STAKES)) == "waivable"
    assert degree(family(everyone(), STAKES)) == WAIVED
    for missing in MUST:
        short = [row for row in everyone() if row["party"] != missing]
        assert degree(family(short, STAKES)) == "waivable"
        assert degree(family([*short, consent("Press")], STAKES)) == "waivable"
        assert missing_consents(family(short, STAKES), "F1", PARTY, "M1", DAY) == (missing,)
    assert degree(family([*everyone(), consent("Press")], STAKES)) == WAIVED
    assert consenting(family([], STAKES), "M1") == MUST


@pytest.mark.parametrize("grade", ["decider", "commissioner", "interest"])
def test_a_single_party_of_any_grade_that_is_waivable_is_enough(grade: str) -> None:
    assert degree(family([consent()], {PARTY: grade})) == WAIVED


def test_the_tied_party_alone_is_not_enough() -> None:
    stakes = {PARTY: "decider", "School": "contributor"}
    assert degree(family([consent(PARTY)], stakes)) == "waivable"
    assert degree(family([consent("School")], stakes)) == "waivable"
    assert degree(family([consent(PARTY), consent("School")], stakes)) == WAIVED


def test_who_has_no_stake_changes_nothing() -> None:
    assert degree(family([consent("Elsewhere")])) == "waivable"
    assert degree(family([consent(), consent("Elsewhere")])) == WAIVED


@pytest.mark.parametrize("contention", ["normal", "high"])
def test_where_all_parties_only_observe_no_waiver_is_complete(contention: str) -> None:
    # High contention raises an employee of an observer to waivable, but an observer cannot consent.
    case = on(
        DAY,
        [tie("employee")],
        stakes={"M1": {PARTY: "observer", "Press": "observer"}},
        waivers=[consent(), consent("Press")],
        about={"contention": contention},
    )
    assert degree(case) == ("waivable" if contention == "high" else "disclose")
    assert consenting(case, "M1") == ()


# --- what the consent is for -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        {"facilitator": "F2"},
        {"organisation": "Elsewhere"},
        {"meeting": "M2"},
        {"meeting": "", "series": "other"},
    ],
)
def test_a_consent_for_something_else_does_not_count(other: dict[str, str]) -> None:
    rows = [
        meeting("M1", series="course"),
        meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30", series="other"),
    ]
    cells: dict[str, Any] = {"facilitators": ["F1", "F2"], "ties": [tie("family")]}
    assert degree(problem(rows, waivers=[consent() | other], **cells)) == "waivable"
    assert degree(problem(rows, waivers=[consent(), consent() | other], **cells)) == WAIVED


def test_a_consent_for_the_series_holds_for_each_of_its_meetings_and_no_other() -> None:
    rows = [
        meeting("M1", series="course"),
        meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30", series="course"),
        meeting("M3", "2026-03-13 19:30", "2026-03-13 21:30", series="other"),
        meeting("M4", "2026-03-14 19:30", "2026-03-14 21:30"),
    ]
    case = problem(rows, ties=[tie("family")], waivers=[consent(series="course")])
    assert [degree(case, where=f"M{n}") for n in (1, 2, 3, 4)] == [WAIVED, WAIVED, "waivable", "waivable"]


def test_consents_for_the_meeting_and_for_the_series_add_up() -> None:
    stakes = {PARTY: "decider", "School": "interest"}
    waivers = [consent(PARTY), consent("School", series="course")]
    assert degree(family(waivers, stakes, about={"series": "course"})) == WAIVED
    assert degree(family(waivers[:1], stakes, about={"series": "course"})) == "waivable"


def test_each_tied_organisation_needs_a_waiver_of_its_own() -> None:
    # Family at one party, and an employer affiliated with it: two tied organisations.
    ties = [tie("family"), tie("employee", "Works")]
    links = [link("Works", "affiliate", PARTY)]
    both = [consent(), consent(organisation="Works")]
    assert degree(on(DAY, ties, links=links, waivers=both[:1])) == "waivable"
    assert degree(on(DAY, ties, links=links, waivers=both[1:])) == "waivable"
    case = on(DAY, ties, links=links, waivers=both)
    assert degree(case) == WAIVED
    assert [path.waived for path in paths(case)] == [True, True]


def test_it_is_the_tied_organisation_that_counts_not_the_party_it_leads_to() -> None:
    links = [link("Works", "affiliate", PARTY)]
    ties = [tie("employee", "Works")]
    assert degree(on(DAY, ties, links=links, waivers=[consent()])) == "waivable"
    assert degree(on(DAY, ties, links=links, waivers=[consent(organisation="Works")])) == WAIVED


def test_two_ties_to_one_organisation_are_cured_together() -> None:
    ties = [tie("family"), tie("adviser")]
    assert degree(on(DAY, ties, waivers=[consent()])) == WAIVED


# --- in time -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "expires", "expected"),
    [
        (DAY - OVER, None, WAIVED),
        (DAY, None, WAIVED),
        (DAY + OVER, None, "waivable"),
        (date(2020, 1, 1), DAY - OVER, "waivable"),
        (date(2020, 1, 1), DAY, WAIVED),
        (date(2020, 1, 1), DAY + OVER, WAIVED),
        (DAY, DAY, WAIVED),
    ],
)
@pytest.mark.parametrize("clock", ["00:30", "19:30"])
def test_a_consent_counts_from_the_day_it_is_given_to_its_last_day(
    given: date, expires: date | None, expected: str, clock: str
) -> None:
    assert degree(family([consent(given=given, expires=expires)], clock=clock)) == expected
    series = [consent(given=given, expires=expires, series="course")]
    assert degree(family(series, about={"series": "course"}, clock=clock)) == expected


def test_of_several_consents_of_one_party_one_in_time_is_enough() -> None:
    late, expired = consent(given=DAY + OVER), consent(given=date(2020, 1, 1), expires=DAY - OVER, series="course")
    good = consent(series="course")
    about = {"series": "course"}
    assert degree(family([late, expired], about=about)) == "waivable"
    assert degree(family([late, good], about=about)) == WAIVED


# --- what it cures -----------------------------------------------------------------------------------------


def test_nothing_cures_what_is_blocked() -> None:
    assert degree(on(DAY, [tie("employee")], waivers=[consent()])) == "blocked"
    ties = [tie("family"), tie("dossier", meeting="M1")]
    case = on(DAY, ties, waivers=[consent()])
    assert degree(case) == "blocked"
    assert [path.waived for path in paths(case)] == [True, False]


def test_a_waiver_does_nothing_to_what_needs_none() -> None:
    for kind, expected in (("resident", "disclose"), ("family", WAIVED)):
        assert degree(on(DAY, [tie(kind)], waivers=[consent()])) == expected
    # Avoid stays avoid: a consent never makes anything worse.
    case = on(DAY, [tie("resident")], waivers=[consent()], stakes={"M1": {PARTY: "contributor"}})
    assert degree(case) == "avoid"


def test_no_waiver_cures_a_tie_to_the_matter_itself() -> None:
    policy = Policy.from_data(
        {"name": "mild", "base": "strict", "regrade": {"worked-on-dossier": {"decider": "waivable"}}}
    )
    case = on(DAY, [tie("dossier", meeting="M1")], waivers=[consent()])
    assert degree(case, policy=policy) == "waivable"


def test_internal_lets_an_employee_act_when_all_agree() -> None:
    stakes = {PARTY: "decider", "School": "contributor"}
    for ties, links, organisation in (
        ([tie("employee")], [], PARTY),
        ([tie("director", "Works")], [link("Works", "unit_of", PARTY)], "Works"),
    ):
        all_of_them = [consent(party, organisation) for party in stakes]
        for waivers, expected in ((all_of_them, WAIVED), (all_of_them[1:], "waivable"), ([], "waivable")):
            case = on(DAY, ties, links=links, waivers=waivers, stakes={"M1": stakes})
            assert degree(case, policy=INTERNAL) == expected
            assert degree(case) == "blocked"


def test_high_contention_takes_away_what_consent_was_enough_for() -> None:
    calm, tense = (family([consent()], about={"contention": word}) for word in ("normal", "high"))
    assert (degree(calm), degree(tense)) == (WAIVED, "blocked")
    # And turns what was told into what needs consent.
    case = on(DAY, [tie("resident")], about={"contention": "high"}, waivers=[consent()])
    assert degree(case) == WAIVED
    assert degree(case.replace(waivers=())) == "waivable"


# --- what comes of it --------------------------------------------------------------------------------------


def test_who_is_waived_may_sit_and_the_roster_says_so() -> None:
    case = family([consent()])
    assert out(case) == set()
    assert out(case.replace(waivers=())) == {"neutral"}
    result = solve(case, workers=1)
    (row,) = result.roster.rows
    assert (row.facilitator, row.degree) == ("F1", "disclose")
    told = "has family at Town (decider): waivable, rule family-at-party, waived by every party"
    assert row.disclosure == told
    (entry,) = certificate(case, result.roster).entries
    assert [(waiver.party, waiver.consented_on) for waiver in entry.waivers] == [(PARTY, DAY)]


def test_waived_costs_more_than_disclose_and_avoid() -> None:
    people = [facilitator(name) for name in ("Kin", "Neighbour", "Stranger")]
    ties = [tie("family") | {"facilitator": "Kin"}, tie("resident") | {"facilitator": "Neighbour"}]
    case = problem(facilitators=people, ties=ties, waivers=[consent(facilitator="Kin")])
    points = {
        name: sum(item.penalty for item in check(case, roster({"M1": name})).by_rule["neutral-choice"])
        for name in ("Kin", "Neighbour", "Stranger")
    }
    assert points == {"Kin": 8, "Neighbour": 4, "Stranger": 0}
    assert solve(case, STANDARD_RULES, workers=1).roster.holder("M1", "lead") == "Stranger"
