"""Copies of policies and problems cite themselves, not what they were made from."""

from __future__ import annotations

import pytest
from tests.builders import facilitator, problem

from poolmatch import ProblemError
from poolmatch.neutrality import STRICT


def test_a_copied_policy_has_a_fingerprint_of_its_own() -> None:
    before = STRICT.fingerprint
    copy = STRICT.model_copy(update={"rows": STRICT.rows[1:]})
    assert copy.fingerprint != before
    assert STRICT.fingerprint == before


def test_a_copied_problem_is_checked_and_has_a_fingerprint_of_its_own() -> None:
    case = problem()
    before = case.fingerprint
    assert case.facilitator(case.facilitators[0].facilitator)
    copy = case.model_copy(update={"facilitators": [facilitator("new")]})
    assert copy.fingerprint != before
    assert copy.facilitator("new").facilitator == "new"
    with pytest.raises(ProblemError):
        case.model_copy(update={"seats": []}, deep=True).replace(seats=[{"meeting": "nowhere"}])
