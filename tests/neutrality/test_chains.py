"""Along which links a tie carries over, how far, in which direction, and when."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from tests.builders import PARTY, facilitator, meeting, problem, roster
from tests.neutrality.asking import DAY, degree, link, on, paths, tie

from poolmatch import check
from poolmatch.neutrality import certificate, disclosures
from poolmatch.neutrality.words import path_words

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


LAST = {"controls": "blocked", "affiliate": "waivable", "<funds": "disclose", "member_of": "disclose"}


@pytest.mark.parametrize("kind", ["controls", "<unit_of"])
@pytest.mark.parametrize("last", LAST)
@pytest.mark.parametrize("before", [3, 4, 6, 20])
def test_depth_is_no_way_out(kind: str, last: str, before: int) -> None:
    case = along(*[kind] * before, last)
    assert degree(case) == LAST[last]
    (path,) = paths(case)
    assert path.organisations == (*(f"Org {n}" for n in range(before + 1)), PARTY)


@pytest.mark.parametrize("once", ["affiliate", "joint_venture", "funds", "<funds"])
def test_a_group_is_gone_through_on_both_sides_of_the_other_link(once: str) -> None:
    # Six links up, one across, six links down.
    case = along(*["unit_of"] * 6, once, *["<unit_of"] * 6)
    assert degree(case) == ("disclose" if "funds" in once else "waivable")
    (path,) = paths(case)
    assert len(path.steps) == 13


def test_a_team_is_one_group_with_a_team_of_another_department() -> None:
    # Team, department, municipality, department, team; the tie is to the first and the last decides.
    case = along("unit_of", "unit_of", "<unit_of", "<unit_of")
    assert degree(case) == "blocked"
    assert path_words(paths(case)[0]).en == (
        "works for Org 0 → a unit of Org 1 → a unit of Org 2 → which includes Org 3 → which includes Town (decider): "
        "blocked, rule employed-in-group"
    )


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


def test_of_many_ways_there_the_shortest_is_told_and_of_equals_the_first_by_id() -> None:
    def told(*names: tuple[str, str]) -> list[tuple[str, ...]]:
        ways = []
        for links in (names, names[::-1]):
            rows = [link(source, "unit_of", target) for source, target in links]
            ways.append([path.organisations for path in paths(on(DAY, [tie("employee", "Org 0")], links=rows))])
        assert ways[0] == ways[1]  # whatever the order of the rows
        return ways[0]

    two = [("Org 0", "B"), ("B", PARTY), ("Org 0", "A"), ("A", PARTY)]
    assert told(*two) == [("Org 0", "A", PARTY)]
    assert told(*two, ("Org 0", PARTY)) == [("Org 0", PARTY)]
    # Of two ways of three links the first organisation that differs decides: C before D, though Y comes after X.
    assert told(("Org 0", "C"), ("C", "Y"), ("Y", PARTY), ("Org 0", "D"), ("D", "X"), ("X", PARTY)) == [
        ("Org 0", "C", "Y", PARTY)
    ]


def test_of_two_links_between_the_same_organisations_one_is_told() -> None:
    rows = [link("Org 0", "unit_of", PARTY), link(PARTY, "controls", "Org 0")]
    for links in (rows, rows[::-1]):
        (path,) = paths(on(DAY, [tie("employee", "Org 0")], links=links))
        assert [(step.kind, step.forward) for step in path.steps] == [("controls", False)]


def test_each_form_of_chain_is_told_once() -> None:
    links = [link("Org 0", kind, PARTY) for kind in ("controls", "affiliate", "joint_venture", "funds", "member_of")]
    case = on(DAY, [tie("employee", "Org 0")], links=links)
    assert [(path.rule, path.degree.word) for path in paths(case)] == [
        ("employed-in-group", "blocked"),
        ("employed-by-affiliate", "waivable"),
        ("employer-funding", "disclose"),
        ("employer-membership", "disclose"),
    ]


def test_an_organisation_is_not_linked_to_itself() -> None:
    # The party itself is its employee's employer: that it is in a group, or funds its group, says nothing more.
    links = [link(PARTY, "controls", "Mill"), link("Mill", "funds", PARTY), link(PARTY, "member_of", "Mill")]
    case = on(DAY, [tie("employee")], links=links)
    assert [(path.rule, path.organisations) for path in paths(case)] == [("employed-by-party", (PARTY,))]


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
    assert [path.organisations for path in paths(case)] == [("Org 0", PARTY)]


def test_a_party_on_the_way_to_another_is_one_path_to_each() -> None:
    links = [link("Org 0", "unit_of", "Mill"), link("Mill", "unit_of", PARTY)]
    stakes = {"M1": {"Mill": "observer", PARTY: "contributor", "Org 0": "observer"}}
    case = on(DAY, [tie("employee", "Org 0")], links=links, stakes=stakes)
    found = [(path.party, path.rule, path.degree.word) for path in paths(case)]
    assert found == [
        ("Mill", "employed-in-group", "disclose"),
        (PARTY, "employed-in-group", "waivable"),
        ("Org 0", "employed-by-party", "disclose"),
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


ENDED = date(2025, 12, 31)
"""Last day of a tie that has ended, some two months before the meeting."""


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, "waivable"),
        ({"start": DAY}, "waivable"),  # founded since: it counts on the day of the meeting
        ({"end": ENDED}, "waivable"),  # left since: it was in the group when the tie ended
        ({"start": ENDED, "end": ENDED}, "waivable"),
        ({"end": ENDED - OVER}, "neutral"),
        ({"start": ENDED + OVER, "end": DAY - OVER}, "neutral"),  # neither then nor now
    ],
)
def test_an_ended_tie_takes_the_links_of_the_day_and_of_its_last_day(dates: dict[str, date], expected: str) -> None:
    for kind in ("former_employee", "employee", "director"):
        case = on(DAY, [tie(kind, "Org 0", end=ENDED)], links=[link("Org 0", "unit_of", PARTY, **dates)])
        assert degree(case) == expected
        told = [path.linked for path in paths(case)]
        assert told == ([] if expected == "neutral" else [ENDED if dates.get("end") == ENDED else DAY])


def test_links_of_two_days_do_not_make_one_chain() -> None:
    # From Org 0 to Mill only on the last day of the tie, from Mill to the party only on the day of the meeting.
    links = [link("Org 0", "unit_of", "Mill", end=ENDED), link("Mill", "unit_of", PARTY, start=DAY)]
    assert degree(on(DAY, [tie("employee", "Org 0", end=ENDED)], links=links)) == "neutral"


def test_an_active_tie_takes_the_links_of_the_day_only() -> None:
    for end in (None, DAY, DAY + OVER):
        gone = [link("Org 0", "unit_of", PARTY, end=DAY - OVER)]
        assert degree(on(DAY, [tie("employee", "Org 0", end=end)], links=gone)) == "neutral"


def test_the_evidence_says_of_which_day_its_links_are() -> None:
    gone = [link("Org 0", "unit_of", PARTY, end=ENDED)]
    (path,) = paths(on(DAY, [tie("employee", "Org 0", end=ENDED)], links=gone))
    assert path_words(path).en == (
        "worked for Org 0 until 2025-12-31 → a unit of Town (decider): waivable, rule recently-employed, "
        "linked so on 2025-12-31"
    )
    assert path_words(path).nl.endswith("regel ‘kort geleden in dienst’, zo verbonden op 31-12-2025")
    still = [link("Org 0", "unit_of", PARTY)]
    (path,) = paths(on(DAY, [tie("employee", "Org 0", end=ENDED)], links=still))
    assert "linked so" not in path_words(path).en
    # A tie on its last day has not ended: its links are those of today.
    (path,) = paths(on(DAY, [tie("employee", "Org 0", end=DAY)], links=still))
    assert "linked so" not in path_words(path).en


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
