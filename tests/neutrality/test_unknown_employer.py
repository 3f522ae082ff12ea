"""Who has no employer on record is not neutral: nobody knows to whom they are tied."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.builders import MARCH, PARTY, facilitator, meeting, out, penalty, problem, roster
from tests.neutrality.asking import DAY, degree, on, paths, tie
from tests.rings import seeds

from poolmatch import (
    Audience,
    Problem,
    ProblemError,
    certificate,
    check,
    disclosures,
    neutral_pool,
    solve,
    waivers_that_help,
)
from poolmatch.domain.degree import Degree
from poolmatch.neutrality import INTERNAL, assess
from poolmatch.neutrality.words import path_words

OVER = timedelta(days=1)


def unknown(grade: str = "decider", ties: Any = (), about: Any = None, **cells: Any) -> Problem:
    """Return F1 without an employer, in the pool, at a meeting with one party of a grade."""
    who = facilitator(**{"organisation": None, **cells})
    return on(DAY, ties, facilitators=[who], stakes={"M1": {PARTY: grade}}, about=about or {})


# --- who is unknown ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, "disclose"),
        ({"organisation": "Elsewhere"}, "neutral"),
        ({"independent": True}, "neutral"),
        ({"external": True}, "neutral"),  # an external without an employer counts as independent
        ({"external": True, "independent": True}, "neutral"),
    ],
)
def test_blank_is_unknown_unless_the_row_says_that_there_is_none(cells: dict[str, Any], expected: str) -> None:
    assert degree(unknown(**cells)) == expected
    assert degree(unknown(**cells), policy=INTERNAL) == expected


@pytest.mark.parametrize(
    ("kind", "dates", "known"),
    [
        ("employee", {}, True),
        ("employee", {"start": DAY}, True),
        ("employee", {"end": DAY}, True),
        ("employee", {"start": DAY + OVER}, False),
        ("employee", {"end": DAY - OVER}, False),
        ("former_employee", {"end": DAY}, True),  # still an employee on the day
        ("former_employee", {"end": DAY - OVER}, False),
        ("director", {}, False),
        ("financial_interest", {}, False),
        ("adviser", {}, False),
        ("family", {}, False),
    ],
)
def test_an_employment_on_the_day_puts_an_employer_on_record_and_no_other_tie_does(
    kind: str, dates: dict[str, date], known: bool
) -> None:
    case = unknown(ties=[tie(kind, "Elsewhere", **dates)])
    assert degree(case) == ("neutral" if known else "disclose")
    assert ("unknown-employer" in [path.rule for path in paths(case)]) is not known


def test_who_changes_employer_in_mid_month_is_unknown_on_no_day() -> None:
    rows = [meeting(f"M{day}", f"2026-03-{day} 10:00", f"2026-03-{day} 12:00") for day in (13, 14, 15, 16)]
    ties = [tie("employee", "Mill", end="2026-03-14"), tie("employee", "Bank", start="2026-03-15")]
    case = problem(rows, [facilitator(organisation=None)], ties=ties)
    assert [degree(case, where=f"M{day}") for day in (13, 14, 15, 16)] == ["neutral"] * 4
    gap = case.replace(ties=[tie("employee", "Mill", end="2026-03-13"), tie("employee", "Bank", start="2026-03-16")])
    assert [degree(gap, where=f"M{day}") for day in (13, 14, 15, 16)] == ["neutral", "disclose", "disclose", "neutral"]
    for known in (case, gap):
        assert not [issue for issue in known.warnings if issue.column == "organisation"]


# --- degrees -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grade", "normal", "high"),
    [
        ("decider", "disclose", "waivable"),
        ("commissioner", "disclose", "waivable"),
        ("interest", "disclose", "waivable"),
        ("contributor", "avoid", "disclose"),
        ("observer", "neutral", "neutral"),
    ],
)
def test_degrees_by_grade_and_contention(grade: str, normal: str, high: str) -> None:
    assert degree(unknown(grade)) == normal
    assert degree(unknown(grade, about={"contention": "high"})) == high


def test_one_path_for_each_party() -> None:
    stakes = {"M1": {PARTY: "contributor", "School": "observer", "Bank": "interest"}}
    case = on(DAY, facilitators=[facilitator(organisation=None)], stakes=stakes)
    assert [(path.party, path.rule, path.degree.word, path.organisations) for path in paths(case)] == [
        (PARTY, "unknown-employer", "avoid", ()),
        ("School", "unknown-employer", "neutral", ()),
        ("Bank", "unknown-employer", "disclose", ()),
    ]


def test_a_duty_is_judged_on_the_first_day_of_the_period() -> None:
    duty = [{"duty": "D1", "kind": "coach", "hours": 4, "organisation": PARTY}]
    for start, expected in (("2026-03-01", "neutral"), ("2026-03-02", "disclose")):
        who = facilitator(organisation=None)
        case = problem([], [who], duties=duty, ties=[tie("employee", "Elsewhere", start=start)])
        assert assess(case, "F1", "D1").degree.word == expected
        assert check(case, roster({("D1", "coach"): "F1"})).roster.rows[0].degree == expected


def test_at_high_contention_nobody_can_consent_and_the_message_says_what_to_do() -> None:
    waiver = {"facilitator": "F1", "organisation": PARTY, "meeting": "M1", "party": PARTY, "consented_on": DAY}
    case = unknown(about={"contention": "high"}).replace(waivers=[waiver])
    assert degree(case) == "waivable"
    assert out(case) == {"neutral"}
    assert waivers_that_help(case) == ()
    (found,) = check(case, roster({"M1": "F1"})).violations
    assert found.words.en == (
        "F1 is not neutral: employer unknown → Town (decider): waivable, rule unknown-employer, raised by high "
        "contention, nobody can consent to it: fill in the employer, or say that there is none."
    )
    assert found.words.nl == (
        "F1 is niet neutraal: werkgever onbekend → Town (beslisser): alleen met toestemming, regel ‘werkgever "
        "onbekend’, verzwaard door hoge spanning, niemand kan daarvoor toestemming geven: vul de werkgever in, of dat "
        "er geen is."
    )
    known = case.replace(facilitators=[facilitator()])
    assert out(known) == set()


# --- never better than known and neutral -------------------------------------------------------------------


@pytest.mark.parametrize("seed", seeds(8))
def test_who_is_known_and_neutral_goes_first(seed: int) -> None:
    case = problem([meeting()], [facilitator("A", organisation=None), facilitator("B")])
    assert solve(case, seed=seed, workers=1).roster.holder("M1", "lead") == "B"


@pytest.mark.parametrize(("grade", "points"), [("decider", 4), ("contributor", 2), ("observer", 0)])
def test_the_choice_costs_points_and_says_why(grade: str, points: int) -> None:
    case = unknown(grade)
    assert penalty("neutral-choice", case, {"M1": "F1"}) == points
    found = check(case, roster({"M1": "F1"})).by_rule["neutral-choice"]
    word = {"decider": ("disclose", "melden"), "contributor": ("avoid", "liever niet")}.get(grade)
    expected = (
        [(f"F1 at M1: {word[0]} (employer unknown).", f"F1 bij M1: {word[1]} (werkgever onbekend).")] if word else []
    )
    assert [(item.words.en, item.words.nl) for item in found] == expected


def test_a_worse_tie_is_told_without_the_unknown_employer() -> None:
    case = unknown("contributor", [tie("family")])
    (found,) = check(case, roster({"M1": "F1"})).by_rule["neutral-choice"]
    assert found.words.en == "F1 at M1: disclose."


def test_the_pool_by_degree() -> None:
    people = [facilitator("Known"), facilitator("Unknown", organisation=None), facilitator("Own", organisation=PARTY)]
    people.append(facilitator("Free", organisation=None, independent=True))
    found = neutral_pool(problem(facilitators=people), "M1")
    assert found[Degree.NEUTRAL] == ("Known", "Free")
    assert found[Degree.DISCLOSE] == ("Unknown",)


# --- marks -------------------------------------------------------------------------------------------------


def test_the_mark_in_roster_certificate_and_disclosures() -> None:
    case, held = unknown(), roster({"M1": "F1"})
    (row,) = check(case, held).roster.rows
    assert (row.degree, row.disclosure) == (
        "disclose",
        "employer unknown → Town (decider): disclose, rule unknown-employer",
    )
    proof = certificate(case, held)
    (entry,) = proof.to_dict()["assignments"]
    assert (entry["degree"], entry["employer"], entry["ties"]) == ("disclose", "unknown", [])
    (path,) = entry["paths"]
    assert (path["tie"], path["organisations"], path["party"], path["rule"]) == (
        "unknown",
        [],
        PARTY,
        "unknown-employer",
    )
    assert path["nl"] == "werkgever onbekend → Town (beslisser): melden, regel ‘werkgever onbekend’"
    text = proof.to_text()
    assert "No tie is on record.\n  Employer unknown: nobody wrote down for whom, so that nothing was looked at" in text
    assert "Er is geen band bekend.\n  Werkgever onbekend: niemand heeft" in proof.to_text("nl")
    (told,) = disclosures(case, held)
    assert told.en == ("employer unknown → Town (decider): disclose, rule unknown-employer",)


def test_the_certificate_marks_who_is_unknown_even_where_it_is_neutral() -> None:
    case = unknown("observer")
    proof = certificate(case, roster({"M1": "F1"}))
    (entry,) = proof.entries
    assert (entry.degree.word, entry.employer) == ("neutral", "unknown")
    assert "employer unknown → Town (observer): neutral, rule unknown-employer" in proof.to_text()


@pytest.mark.parametrize(
    ("cells", "employer", "line"),
    [
        ({"organisation": "Elsewhere"}, "known", None),
        ({"independent": True}, "none", "Has no employer."),
        ({"external": True}, "none", "Has no employer."),
        ({}, "unknown", "Employer unknown"),
    ],
)
def test_the_certificate_tells_none_from_unknown(cells: dict[str, Any], employer: str, line: str | None) -> None:
    proof = certificate(unknown(**cells), roster({"M1": "F1"}))
    assert proof.entries[0].employer == employer
    assert ("mployer" in proof.to_text()) is (line is not None)
    assert line is None or line in proof.to_text()


def test_a_party_is_told_of_it_by_the_path_only() -> None:
    case = unknown("contributor")
    shown = certificate(case, roster({"M1": "F1"}), audience=Audience.party(PARTY))
    assert "employer" not in shown.to_dict()["assignments"][0]
    assert "mployer" not in shown.to_text()  # to avoid is not told


# --- reading -----------------------------------------------------------------------------------------------


def test_reading_lists_who_is_unknown() -> None:
    people = [
        facilitator("F1"),
        facilitator("F2", organisation=None),
        facilitator("F3", organisation=None, independent=True),
        facilitator("F4", organisation=None, external=True),
        facilitator("F5", organisation=None),
        facilitator("F6", organisation=None),
        facilitator("F7", organisation=None),
    ]
    ties = [
        {"facilitator": "F5", "kind": "employee", "organisation": "Mill", "end": "2026-03-01"},  # on the first day
        {"facilitator": "F6", "kind": "employee", "organisation": "Mill", "end": "2026-02-28"},  # before it
        {"facilitator": "F7", "kind": "director", "organisation": "Mill"},
    ]
    (found,) = [issue for issue in problem(facilitators=people, ties=ties).warnings if issue.column == "organisation"]
    assert (found.table, found.rows, found.severity) == ("facilitators", (2, 6, 7), "warning")
    assert "independent" in found.remedy


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (tie("employee", "Mill"), True),
        (tie("employee", "Mill", end="2026-03-01"), True),  # the first day of the period
        (tie("employee", "Mill", end="2026-02-28"), False),
        (tie("employee", "Mill", start="2026-03-31"), True),
        (tie("employee", "Mill", start="2026-04-01"), False),
        (tie("former_employee", "Mill", end="2026-03-10"), True),  # an employee until then
        (tie("former_employee", "Mill", end="2026-02-10"), False),
        (tie("director", "Mill"), False),
    ],
)
def test_independent_beside_an_employment_in_the_period_is_an_error(row: dict[str, Any], wrong: bool) -> None:
    def read() -> Problem:
        return problem(facilitators=["F0", facilitator(organisation=None, independent=True)], ties=[row], period=MARCH)

    if not wrong:
        assert degree(read(), "F1") == "neutral"
        return
    with pytest.raises(ProblemError) as caught:
        read()
    (found,) = [issue for issue in caught.value.issues if issue.severity == "error"]
    assert (found.table, found.rows, found.column) == ("facilitators", (2,), "independent")


def test_somebody_elses_tie_puts_no_employer_on_record() -> None:
    people = [facilitator("F1", organisation=None), facilitator("F2", organisation=None, independent=True)]
    ties = [{"facilitator": "F1", "kind": "employee", "organisation": "Mill"}]
    case = problem(facilitators=people, ties=ties)
    assert (degree(case, "F1"), degree(case, "F2")) == ("neutral", "neutral")


def test_words_of_a_path() -> None:
    (path,) = paths(unknown("contributor"))
    assert path_words(path).en == "employer unknown → Town (contributor): avoid, rule unknown-employer"
    assert path.effect == Degree.AVOID
