"""Along which links a tie carries over, how far, in which direction, and when."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from tests.builders import PARTY, facilitator, meeting, problem, roster
from tests.neutrality.asking import DAY, degree, link, on, paths, tie

from poolmatch import check
from poolmatch.neutrality import certificate, disclosures

OVER = timedelta(days=1)
GROUP = ("controls", "unit_of")
ONCE = ("affiliate", "joint_venture", "funds", "member_of")


def along(*steps: str, kind: str = "employee", grade: str = "decider") -> Any:
    """Return a case with a tie to Org 0 and links from there to the party: each a kind, with < walked back."""
    names = [*(f"Org {n}" for n in range(len(steps))), PARTY]
    links = []
    for step, here, there in zip(steps, names, names[1:], strict=False):
        word = step.removeprefix("<")
        links.append(link(there, word, here) if step.startswith("<") else link(here, word, there))
    return on(DAY, [tie(kind, names[0])], links=links, stakes={"M1": {PARTY: grade}})


# --- length ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [*product(["controls", "<controls", "unit_of", "<unit_of"], repeat=3)])
def test_three_links_of_a_group_carry(steps: tuple[str, ...]) -> None:
    case = along(*steps)
    assert degree(case) == "blocked"
    (path,) = paths(case)
    assert path.rule == "employed-in-group"
    assert path.organisations == ("Org 0", "Org 1", "Org 2", PARTY)
    assert [("" if step.forward else "<") + step.kind for step in path.steps] == list(steps)


@pytest.mark.parametrize("kind", ["controls", "<unit_of"])
@pytest.mark.parametrize("last", ["controls", "affiliate", "<funds", "member_of"])
def test_four_links_do_not(kind: str, last: str) -> None:
    case = along(kind, kind, kind, last)
    assert degree(case) == "neutral"
    assert paths(case) == ()


@pytest.mark.parametrize(
    ("once", "expected", "rule"),
    [
        ("affiliate", "waivable", "employed-by-affiliate"),
        ("<affiliate", "waivable", "employed-by-affiliate"),
        ("joint_venture", "waivable", "employed-by-affiliate"),
        ("<joint_venture", "waivable", "employed-by-affiliate"),
        ("funds", "disclose", "employer-funding"),
        ("<funds", "disclose", "employer-funding"),
    ],
)
def test_one_other_link_stands_anywhere_in_a_chain(once: str, expected: str, rule: str) -> None:
    for steps in [
        (once,),
        (once, "controls"),
        ("unit_of", once),
        (once, "<unit_of", "controls"),
        ("<controls", once, "unit_of"),
        ("controls", "<controls", once),
    ]:
        case = along(*steps)
        assert degree(case) == expected, steps
        assert [path.rule for path in paths(case)] == [rule]


@pytest.mark.parametrize("first", [*ONCE, "<funds"])
@pytest.mark.parametrize("second", [*ONCE, "<funds", "<affiliate"])
def test_two_other_links_are_no_chain(first: str, second: str) -> None:
    for steps in [(first, second), (first, "controls", second), ("unit_of", first, second)]:
        case = along(*steps)
        assert degree(case) == "neutral"
        assert paths(case) == ()


# --- membership ------------------------------------------------------------------------------------------


def test_a_membership_carries_from_the_member_to_the_umbrella() -> None:
    for steps in [("member_of",), ("unit_of", "member_of"), ("<controls", "<unit_of", "member_of")]:
        case = along(*steps)
        assert degree(case) == "disclose"
        assert [path.rule for path in paths(case)] == ["employer-membership"]


@pytest.mark.parametrize(
    "steps", [("<member_of",), ("controls", "<member_of"), ("<member_of", "controls"), ("unit_of", "<member_of")]
)
def test_a_membership_never_carries_from_the_umbrella_to_a_member(steps: tuple[str, ...]) -> None:
    case = along(*steps)
    assert degree(case) == "neutral"
    assert paths(case) == ()


def test_members_of_one_umbrella_are_neutral_to_one_another() -> None:
    links = [link("Org 0", "member_of", "Union"), link(PARTY, "member_of", "Union")]
    case = on(DAY, [tie("employee", "Org 0")], links=links)
    assert degree(case) == "neutral"
    assert paths(case) == ()
    both = on(DAY, [tie("employee", "Org 0")], links=links, stakes={"M1": {PARTY: "decider", "Union": "commissioner"}})
    assert degree(both) == "disclose"


@pytest.mark.parametrize(
    "steps", [("member_of", "controls"), ("member_of", "<unit_of"), ("unit_of", "member_of", "controls")]
)
@pytest.mark.parametrize("kind", ["employee", "adviser", "family"])
def test_a_membership_on_the_way_is_looked_at_and_neutral(steps: tuple[str, ...], kind: str) -> None:
    case = along(*steps, kind=kind)
    assert degree(case) == "neutral"
    (path,) = paths(case)
    assert (path.rule, path.degree.word, path.party) == ("", "neutral", PARTY)
    # It stands in the certificate, and nowhere else.
    held = roster({"M1": "F1"})
    report = check(case, held)
    assert report.legal
    assert [(row.degree, row.disclosure) for row in report.roster.rows] == [("neutral", None)]
    assert not [item for item in report.findings if item.rule.startswith("neutral")]
    assert disclosures(case, held) == ()
    (entry,) = certificate(case, held).entries
    assert entry.paths == (path,)
    assert "no rule applies" in certificate(case, held).to_text()


# --- rings, and every way there ----------------------------------------------------------------------------


def test_no_organisation_is_passed_twice() -> None:
    # Org 0 and Mill control one another, and both control the party.
    links = [
        link("Org 0", "controls", "Mill"),
        link("Mill", "controls", "Org 0"),
        link("Mill", "controls", PARTY),
        link("Org 0", "unit_of", PARTY),
    ]
    case = on(DAY, [tie("employee", "Org 0")], links=links)
    assert degree(case) == "blocked"
    ways = [path.organisations for path in paths(case)]
    # Between the two run two links, and each makes a path.
    assert sorted(ways) == [("Org 0", "Mill", PARTY), ("Org 0", "Mill", PARTY), ("Org 0", PARTY)]
    assert all(len(set(way)) == len(way) for way in ways)


def test_a_party_on_the_way_to_another_is_one_path_to_each() -> None:
    links = [link("Org 0", "unit_of", "Mill"), link("Mill", "unit_of", PARTY)]
    stakes = {"M1": {"Mill": "observer", PARTY: "contributor", "Org 0": "observer"}}
    case = on(DAY, [tie("employee", "Org 0")], links=links, stakes=stakes)
    found = [(path.party, path.rule, path.degree.word) for path in paths(case)]
    assert found == [
        ("Org 0", "employed-by-party", "disclose"),
        ("Mill", "employed-in-group", "disclose"),
        (PARTY, "employed-in-group", "waivable"),
    ]
    assert degree(case) == "waivable"


def test_everyone_linked_to_everyone_ends() -> None:
    names = ["Org 0", PARTY, *"ABCDEF"]
    links = [link(a, kind, b) for a, b in product(names, names) if a != b for kind in ("controls", "affiliate")]
    case = on(DAY, [tie("employee", "Org 0")], links=links)
    assert degree(case) == "blocked"


# --- days ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*GROUP, *ONCE])
def test_a_link_has_no_look_back_and_counts_on_its_first_and_last_day(kind: str) -> None:
    def ask(**dates: Any) -> str:
        return degree(on(DAY, [tie("employee", "Org 0")], links=[link("Org 0", kind, PARTY, **dates)]))

    active = ask()
    assert active != "neutral"
    assert [ask(end=DAY + OVER), ask(end=DAY), ask(end=DAY - OVER)] == [active, active, "neutral"]
    assert [ask(start=DAY - OVER), ask(start=DAY), ask(start=DAY + OVER)] == [active, active, "neutral"]


def test_an_ended_tie_needs_links_of_the_meetings_day_not_of_its_own() -> None:
    # The unit was founded after the tie had ended, and is there on the day of the meeting.
    ties = [tie("employee", "Org 0", end="2025-12-31")]
    for dates, expected in (({"start": DAY}, "waivable"), ({"end": DAY - OVER}, "neutral")):
        assert degree(on(DAY, ties, links=[link("Org 0", "unit_of", PARTY, **dates)])) == expected


def test_every_link_must_hold_on_the_day() -> None:
    rows = [meeting(f"M{d}", f"2026-03-0{d} 19:30", f"2026-03-0{d} 21:30") for d in (4, 5, 6)]
    for first, second, expected in [
        ({"end": DAY}, {"start": DAY}, ["neutral", "blocked", "neutral"]),
        ({"end": DAY}, {"end": DAY - OVER}, ["blocked", "neutral", "neutral"]),
        ({"start": DAY}, {"start": DAY + OVER}, ["neutral", "neutral", "blocked"]),
        ({"end": DAY - OVER}, {"start": DAY}, ["neutral", "neutral", "neutral"]),
    ]:
        links = [link("Org 0", "controls", "Org 1", **first), link("Org 1", "controls", PARTY, **second)]
        case = problem(rows, [facilitator(organisation="Org 0")], links=links)
        assert [degree(case, where=f"M{d}") for d in (4, 5, 6)] == expected


def test_a_link_that_ended_and_began_anew_leaves_a_gap() -> None:
    links = [link("Org 0", "controls", PARTY, end=DAY - OVER), link("Org 0", "controls", PARTY, start=DAY + OVER)]
    assert [degree(on(day, [tie("employee", "Org 0")], links=links)) for day in (DAY - OVER, DAY, DAY + OVER)] == [
        "blocked",
        "neutral",
        "blocked",
    ]
