"""Rule `struck`: out where a party of the meeting objects, for this meeting or for all."""

from typing import Any

import pytest
from tests.builders import facilitator, meeting, out, problem

from poolmatch import Problem

TWO = (meeting("M1"), meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30"))
STAKES = {"M1": {"Town": "decider", "School": "contributor"}, "M2": {"Town": "decider"}}


def struck(**strike: Any) -> Problem:
    strike = {"facilitator": "F1"} | strike
    return problem(TWO, ["F1", "F2"], STAKES, strikes=[strike])


def test_without_strikes_nobody_is_out() -> None:
    assert out(problem(TWO, stakes=STAKES)) == set()


def test_a_strike_without_a_meeting_holds_for_all_meetings_of_the_party() -> None:
    case = struck(organisation="Town")
    assert out(case, where="M1") == {"struck"}
    assert out(case, where="M2") == {"struck"}


def test_a_strike_for_all_meetings_leaves_those_where_the_party_has_no_stake() -> None:
    case = struck(organisation="School")
    assert out(case, where="M1") == {"struck"}
    assert out(case, where="M2") == set()


@pytest.mark.parametrize(("struck_at", "elsewhere"), [("M1", "M2"), ("M2", "M1")])
def test_a_strike_for_one_meeting_leaves_the_others(struck_at: str, elsewhere: str) -> None:
    case = struck(organisation="Town", meeting=struck_at)
    assert out(case, where=struck_at) == {"struck"}
    assert out(case, where=elsewhere) == set()


def test_a_strike_is_about_one_facilitator() -> None:
    assert out(struck(organisation="Town"), who="F2") == set()


def test_a_strike_by_an_organisation_without_a_stake_has_no_effect() -> None:
    assert out(struck(organisation="Elsewhere"), where="M1") == set()
    assert out(struck(organisation="School", meeting="M2"), where="M2") == set()


@pytest.mark.parametrize("grade", ["decider", "commissioner", "interest", "contributor", "observer"])
def test_a_party_of_any_grade_may_strike(grade: str) -> None:
    case = problem(
        stakes={"M1": {"Town": "decider", "School": grade}}, strikes=[{"organisation": "School", "facilitator": "F1"}]
    )
    assert out(case) == {"struck"}


def test_two_strikes_for_single_meetings_put_out_of_both() -> None:
    strikes = [{"organisation": "Town", "facilitator": "F1", "meeting": name} for name in ("M1", "M2")]
    case = problem(TWO, [facilitator("F1")], STAKES, strikes=strikes)
    assert out(case, where="M1") == {"struck"}
    assert out(case, where="M2") == {"struck"}
