"""High contention raises every degree but neutral by one step; low changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import PARTY, roster
from tests.neutrality.asking import DAY, GRADES, degree, link, on, paths, tie

from poolmatch import check
from poolmatch.domain.degree import Degree
from poolmatch.neutrality import Policy
from poolmatch.neutrality.assessment import raised_degree

# One example of each degree, and what high contention makes of it.
EXAMPLES = [
    ("neutral", "neutral", [tie("family")], "observer"),
    ("avoid", "disclose", [tie("resident")], "contributor"),
    ("disclose", "waivable", [tie("resident")], "decider"),
    ("waivable", "blocked", [tie("family")], "decider"),
    ("blocked", "blocked", [tie("employee")], "decider"),
]


@pytest.mark.parametrize(("calm", "tense", "ties", "grade"), EXAMPLES)
def test_one_step(calm: str, tense: str, ties: list[dict[str, Any]], grade: str) -> None:
    for contention, expected in (("low", calm), ("normal", calm), ("high", tense), ("", calm)):
        case = on(DAY, ties, stakes={"M1": {PARTY: grade}}, about={"contention": contention})
        assert degree(case) == expected
        (path,) = paths(case)
        assert path.raised == (expected != calm)


def test_each_path_is_raised_by_itself() -> None:
    ties = [tie("resident"), tie("family", "School"), tie("family", "Press")]
    stakes = {"M1": {PARTY: "contributor", "School": "contributor", "Press": "observer"}}
    case = on(DAY, ties, stakes=stakes, about={"contention": "high"})
    assert [path.degree.word for path in paths(case)] == ["disclose", "waivable", "neutral"]
    assert degree(case) == "waivable"


@pytest.mark.parametrize("grade", GRADES)
def test_a_tie_to_a_theme_never_goes_above_disclose(grade: str) -> None:
    for contention in ("low", "normal", "high"):
        about = {"contention": contention, "theme": "housing"}
        case = on(DAY, [tie("position", theme="housing")], stakes={"M1": {PARTY: grade}}, about=about)
        assert degree(case) == "disclose"
        assert [path.raised for path in paths(case)] == [False]


def test_a_tie_to_a_theme_that_is_to_avoid_is_raised_to_disclose() -> None:
    grades = dict.fromkeys(GRADES, "avoid")
    policy = Policy.from_data({"name": "mild", "base": "strict", "regrade": {"public-position": grades}})
    for contention, expected in (("normal", "avoid"), ("high", "disclose")):
        case = on(DAY, [tie("position", theme="housing")], about={"contention": contention, "theme": "housing"})
        assert degree(case, policy=policy) == expected


def test_no_policy_takes_a_tie_to_a_theme_above_disclose() -> None:
    """Reading refuses such a policy; one that is put together in Python gets no further either."""
    mild = Policy.from_data({"name": "own", "base": "strict", "drop": ["public-position"]})
    harsh = next(
        row.model_copy(update=dict.fromkeys(GRADES, Degree.BLOCKED))
        for row in Policy.from_data({"name": "own", "base": "strict"}).rows
        if row.rule == "public-position"
    )
    policy = Policy(name="own", version=1, rows=(*mild.rows, harsh))
    for contention in ("normal", "high"):
        case = on(DAY, [tie("position", theme="housing")], about={"contention": contention, "theme": "housing"})
        assert degree(case, policy=policy) == "disclose"


def test_along_links_too() -> None:
    case = on(DAY, [tie("employee", "Works")], links=[link("Works", "member_of", PARTY)], about={"contention": "high"})
    assert degree(case) == "waivable"


def test_the_steps() -> None:
    high = [raised_degree(found, "high", theme=False) for found in Degree]
    assert high == [Degree.NEUTRAL, Degree.DISCLOSE, Degree.WAIVABLE, Degree.BLOCKED, Degree.BLOCKED]
    for word in ("low", "normal"):
        assert [raised_degree(found, word, theme=False) for found in Degree] == list(Degree)
    theme = [raised_degree(found, "high", theme=True) for found in Degree]
    assert theme == [Degree.NEUTRAL, Degree.DISCLOSE, Degree.DISCLOSE, Degree.DISCLOSE, Degree.DISCLOSE]


def test_findings_say_that_contention_raised_it() -> None:
    case = on(DAY, [tie("family")], about={"contention": "high"})
    (finding,) = check(case, roster({"M1": "F1"})).violations
    assert finding.words.en == (
        "F1 is not neutral: has family at Town (decider): blocked, rule family-at-party, raised by high contention."
    )
