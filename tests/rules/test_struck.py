"""Rule `struck`: out where a party of the meeting objects, for this meeting or for all."""

from typing import Any

import pytest
from pydantic import ValidationError
from tests.builders import facilitator, meeting, out, problem, roster

from poolmatch import STANDARD_RULES, Problem, ProblemError, RuleSet, check, solve
from poolmatch.rules.struck import StruckRule

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


# --- how many objections an organisation may have ------------------------------------------------------------

CAPPED = STANDARD_RULES.plus(StruckRule(most=2))


def objections(*rows: tuple[str, str, str | None]) -> Problem:
    strikes = [{"organisation": party, "facilitator": who, "meeting": where} for party, who, where in rows]
    return problem(TWO, ["F1", "F2", "F3", "F4"], STAKES, strikes=strikes)


THREE = (("Town", "F1", None), ("Town", "F2", "M1"), ("School", "F1", None), ("Town", "F3", None))


def test_too_many_objections_of_one_organisation_are_an_error_with_their_rows() -> None:
    case = objections(*THREE)
    for ask in (lambda: check(case, roster({}), CAPPED), lambda: solve(case, CAPPED, workers=1)):
        with pytest.raises(ProblemError) as caught:
            ask()
        (issue,) = caught.value.errors
        assert (issue.table, issue.rows, issue.column) == ("strikes", (1, 2, 4), "organisation")
        assert issue.reason == "objects 3 times, 2 at most are allowed"


def test_as_many_as_the_cap_are_allowed() -> None:
    for case in (objections(*THREE[:3]), objections()):
        assert check(case, roster({}), CAPPED).legal
    assert check(objections(*THREE), roster({}), STANDARD_RULES.plus(StruckRule(most=3))).legal
    assert check(objections(*THREE), roster({})).legal  # no cap by default


def test_each_organisation_is_counted_alone_and_told_apart() -> None:
    rows = (*THREE, ("School", "F2", None), ("School", "F3", None))
    with pytest.raises(ProblemError) as caught:
        check(objections(*rows), roster({}), CAPPED)
    assert [issue.rows for issue in caught.value.errors] == [(1, 2, 4), (3, 5, 6)]


def test_a_cap_of_0_forbids_objections() -> None:
    none = STANDARD_RULES.plus(StruckRule(most=0))
    assert check(objections(), roster({}), none).legal
    with pytest.raises(ProblemError, match="objects once, 0 at most"):
        check(objections(THREE[0]), roster({}), none)


def test_two_objections_to_one_person_for_two_meetings_are_two() -> None:
    rows = (("Town", "F1", "M1"), ("Town", "F1", "M2"), ("Town", "F2", None))
    with pytest.raises(ProblemError, match="objects 3 times"):
        check(objections(*rows), roster({}), CAPPED)


def test_the_cap_is_read_from_a_file_and_is_no_negative_number() -> None:
    assert RuleSet.from_toml("[rules.struck]\nmost = 2")["struck"] == StruckRule(most=2)
    with pytest.raises(ValidationError):
        StruckRule(most=-1)


def test_within_the_cap_an_objection_still_puts_out() -> None:
    case = objections(*THREE[:2])
    assert out(case, "F1", "M1", rules=CAPPED) == {"struck"}
    assert out(case, "F2", "M2", rules=CAPPED) == set()
