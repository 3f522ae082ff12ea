"""Every row of the policy at every grade: one example of each way in which the row can match."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import PARTY, facilitator, meeting, problem
from tests.neutrality.asking import DAY, GRADES, degree, link, on, paths, tie

from poolmatch import Problem
from poolmatch.neutrality import INTERNAL, STRICT

# rule: decider, commissioner and interest; contributor; observer. Typed from the page on neutrality.
TABLE = {
    "employed-by-party": ("blocked", "blocked", "disclose"),
    "employed-in-group": ("blocked", "waivable", "disclose"),
    "employed-by-affiliate": ("waivable", "disclose", "neutral"),
    "employer-funding": ("disclose", "disclose", "neutral"),
    "employer-membership": ("disclose", "avoid", "neutral"),
    "recently-employed": ("waivable", "disclose", "neutral"),
    "formerly-employed": ("disclose", "avoid", "neutral"),
    "family-at-party": ("waivable", "disclose", "neutral"),
    "adviser-to-party": ("waivable", "disclose", "neutral"),
    "adviser-to-party, ended": ("disclose", "disclose", "neutral"),
    "resident": ("disclose", "avoid", "neutral"),
    "worked-on-dossier": ("blocked", "blocked", "blocked"),
    "public-position": ("disclose", "disclose", "disclose"),
    "unknown-employer": ("disclose", "avoid", "neutral"),
}
OF_OURSELVES = ("waivable", "waivable", "disclose")
"""What policy internal makes of the rows employed-by-party and employed-in-group."""

LAST_MONTH, TWO_YEARS_AGO = "2026-02-05", "2024-03-05"
WORK = ("employee", "director", "financial_interest")
UP, DOWN = link("Works", "unit_of", PARTY), link(PARTY, "controls", "Works")
GROUPS = ([UP], [DOWN], [link("Works", "controls", PARTY)], [link(PARTY, "unit_of", "Works")])

Case = tuple[str, list[dict[str, Any]] | None, list[dict[str, Any]]]
"""The row, ties and links; None for the ties of someone of whom nobody knows the employer."""


def examples() -> list[Case]:
    """Return examples of each row: the row, ties, links."""
    found: list[Case] = []
    for kind in WORK:
        found += [("employed-by-party", [tie(kind)], [])]
        found += [("employed-in-group", [tie(kind, "Works")], group) for group in GROUPS]
        for once in ("affiliate", "joint_venture"):
            found += [
                ("employed-by-affiliate", [tie(kind, "Works")], [link("Works", once, PARTY)]),
                ("employed-by-affiliate", [tie(kind, "Works")], [link(PARTY, once, "Works")]),
                ("employed-by-affiliate", [tie(kind, "Mill")], [link("Mill", once, "Works"), UP]),
            ]
        found += [
            ("employer-funding", [tie(kind, "Works")], [link("Works", "funds", PARTY)]),
            ("employer-funding", [tie(kind, "Works")], [link(PARTY, "funds", "Works")]),
            ("employer-funding", [tie(kind, "Mill")], [link("Mill", "funds", "Works"), DOWN]),
            ("employer-membership", [tie(kind, "Works")], [link("Works", "member_of", PARTY)]),
            (
                "employer-membership",
                [tie(kind, "Mill")],
                [link("Mill", "unit_of", "Works"), link("Works", "member_of", PARTY)],
            ),
        ]
    for kind in ("former_employee", "employee", "director"):
        for rule, end in (("recently-employed", LAST_MONTH), ("formerly-employed", TWO_YEARS_AGO)):
            found += [(rule, [tie(kind, end=end)], []), (rule, [tie(kind, "Works", end=end)], [UP])]
    for group in ([], [UP]):
        organisation = "Works" if group else PARTY
        found += [
            ("adviser-to-party", [tie("adviser", organisation)], group),
            ("adviser-to-party, ended", [tie("adviser", organisation, end=LAST_MONTH)], group),
            ("adviser-to-party, ended", [tie("adviser", organisation, end=TWO_YEARS_AGO)], group),
        ]
    return [
        *found,
        ("family-at-party", [tie("family")], []),
        ("resident", [tie("resident")], []),
        ("worked-on-dossier", [tie("dossier", meeting="M1")], []),
        ("worked-on-dossier", [tie("dossier", series="course")], []),
        ("worked-on-dossier", [tie("dossier", meeting="M1", end="1950-01-01")], []),
        ("public-position", [tie("position", theme="housing")], []),
        ("public-position", [tie("position", theme="housing", end=TWO_YEARS_AGO)], []),
        ("unknown-employer", None, []),
    ]


EXAMPLES = examples()


def at(grade: str, ties: Sequence[dict[str, Any]] | None, links: Sequence[dict[str, Any]]) -> Problem:
    about = {"theme": "housing", "series": "course"}
    who = facilitator(organisation=None) if ties is None else facilitator()
    return on(DAY, ties or [], links=links, stakes={"M1": {PARTY: grade}}, about=about, facilitators=[who])


def expected(row: str, grade: str, internal: bool = False) -> str:
    degrees = OF_OURSELVES if internal and row in ("employed-by-party", "employed-in-group") else TABLE[row]
    return degrees[{"contributor": 1, "observer": 2}.get(grade, 0)]


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize(("row", "ties", "links"), EXAMPLES)
def test_strict(row: str, ties: list[dict[str, Any]] | None, links: list[dict[str, Any]], grade: str) -> None:
    case = at(grade, ties, links)
    assert degree(case) == expected(row, grade)
    (path,) = paths(case)
    assert path.rule == row.removesuffix(", ended")
    assert (path.party, path.grade) == (PARTY, grade)


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize(("row", "ties", "links"), EXAMPLES)
def test_internal_lets_ones_own_act_when_all_agree_and_changes_nothing_else(
    row: str, ties: list[dict[str, Any]] | None, links: list[dict[str, Any]], grade: str
) -> None:
    case = at(grade, ties, links)
    assert degree(case, policy=INTERNAL) == expected(row, grade, internal=True)


def test_every_row_has_an_example() -> None:
    seen = {row.removesuffix(", ended") for row, *_ in EXAMPLES}
    assert seen == {row.rule for row in STRICT.rows} == {row.rule for row in INTERNAL.rows}


# Kinds of tie along chains that no row of the policy has: the path is looked at, and does no harm.
NO_ROW: list[tuple[dict[str, Any], list[dict[str, Any]]]] = [
    *((tie(kind, "Works"), [UP]) for kind in ("family", "resident")),
    *(
        (tie(kind, "Works", **dates), [link("Works", once, PARTY)])
        for kind, dates in [
            ("family", {}),
            ("adviser", {}),
            ("adviser", {"end": LAST_MONTH}),
            ("resident", {}),
            ("former_employee", {"end": LAST_MONTH}),
            ("employee", {"end": LAST_MONTH}),
            ("director", {"end": LAST_MONTH}),
        ]
        for once in ("affiliate", "joint_venture", "funds", "member_of")
    ),
    *((tie(kind, end=LAST_MONTH), []) for kind in ("financial_interest", "family", "resident")),
]


@pytest.mark.parametrize(("bond", "links"), NO_ROW)
def test_what_no_row_matches_is_neutral_and_kept(bond: dict[str, Any], links: list[dict[str, Any]]) -> None:
    case = at("decider", [bond], links)
    assert degree(case) == "neutral"
    (path,) = paths(case)
    assert (path.degree.word, path.rule, path.party) == ("neutral", "", PARTY)


@pytest.mark.parametrize(
    "bond",
    [tie("dossier", meeting="M2"), tie("dossier", series="other"), tie("position", theme="water")],
)
def test_ties_to_another_meeting_series_or_theme_are_no_path(bond: dict[str, Any]) -> None:
    rows = [
        meeting("M1", theme="housing", series="course"),
        meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30", theme="water", series="other"),
    ]
    case = problem(rows, ties=[bond])
    assert degree(case) == "neutral"
    assert paths(case) == ()
    assert degree(case, where="M2") == ("disclose" if bond["kind"] == "position" else "blocked")


def test_a_blank_theme_or_series_is_nobodys() -> None:
    rows = [meeting("M1"), meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30", theme="housing", series="course")]
    ties = [tie("dossier", series="course"), tie("position", theme="housing")]
    assert degree(problem(rows, ties=ties)) == "neutral"
    assert degree(problem(rows, ties=ties), where="M2") == "blocked"


def test_the_harshest_of_several_parties_counts() -> None:
    stakes = {"M1": {PARTY: "observer", "School": "contributor", "Mill": "decider"}}
    for organisation, word in ((PARTY, "disclose"), ("School", "blocked"), ("Mill", "blocked")):
        assert degree(on(DAY, [tie("employee", organisation)], stakes=stakes)) == word
    everywhere = [tie("resident", PARTY), tie("resident", "School"), tie("resident", "Mill")]
    case = on(DAY, everywhere, stakes=stakes)
    assert degree(case) == "disclose"
    assert [path.degree.word for path in paths(case)] == ["neutral", "avoid", "disclose"]
