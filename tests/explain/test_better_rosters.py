"""A roster that is not the best: answers about it tell that another is better, not what it would cost."""

from tests.builders import facilitator, meeting, problem, roster

from poolmatch import Report, check, why_not, why_these
from poolmatch.explain import why_not_wish, wishes_of


def given_to_another() -> Report:
    """Return a roster in which F1 sits where F2 would like to: 5 points lower in tier 6 than the best."""
    liked = {"facilitator": "F2", "meeting": "M1", "score": 5}
    case = problem([meeting("M1")], [facilitator("F1"), facilitator("F2")], preferences=[liked])
    return check(case, roster({"M1": "F1"}))


def test_who_would_do_better_there() -> None:
    answer = why_not(given_to_another(), "M1", "lead", "F2")
    assert answer.settled
    assert answer.words[-1].en == (
        "F2 sits there in a roster that is better than this one: in it tier 6 (comfort and cost) is -5 points, not 0."
    )
    assert "beter is dan dit" in answer.words[-1].nl


def test_who_holds_what_another_does_better() -> None:
    answer = why_these(given_to_another(), "F1")
    said = [words.en for words in answer.words if "M1" in words.en]
    assert said == [
        "M1, lead: without F1 a roster is better than this one: in it tier 6 (comfort and cost) is -5 points, not 0; "
        "possible besides: 1."
    ]


def test_a_wish_that_a_better_roster_grants() -> None:
    report = given_to_another()
    (wish,) = wishes_of(report.problem, "F2")
    said = why_not_wish(report, "F2", wish).words[0].en
    assert (
        "is granted in a roster that is better than this one: in it tier 6 (comfort and cost) is -5 points, not 0."
        in said
    )
