"""What travels to workers and back is the same when it arrives: problems, results, rule sets and errors."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from tests.solving.pieces import OwnRule, long, small, wrong

from poolmatch import STANDARD_RULES, InternalError, MissingExtra, ModelMismatch, ProblemError, RuleSet, Solved, solve
from poolmatch.errors import PoolmatchError, TooLarge
from poolmatch.neutrality.policy import INTERNAL


def copied(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing))


def test_problems_and_results_pickle() -> None:
    problem = long()
    assert copied(problem) == problem
    assert copied(problem).fingerprint == problem.fingerprint
    result = solve(small(2), STANDARD_RULES.plus(OwnRule(limit=2.5)))
    again = copied(result)
    assert (again.report, again.tiers, again.to_dict()) == (result.report, result.tiers, result.to_dict())
    assert again.ledger == result.ledger
    row = Solved(2, result, seconds=1.0)
    assert copied(row).to_dict() == row.to_dict()


@pytest.mark.parametrize(
    "rules",
    [
        STANDARD_RULES,
        STANDARD_RULES.weighted(),
        STANDARD_RULES.with_policy(INTERNAL),
        STANDARD_RULES.plus(OwnRule(limit=2.5)),
        RuleSet.from_file(Path(__file__).parents[2] / "docs" / "rules.toml"),
    ],
    ids=["standard", "weighted", "policy", "own", "file"],
)
def test_rules_pickle(rules: RuleSet) -> None:
    again = copied(rules)
    assert again == rules
    assert again.fingerprint == rules.fingerprint
    assert again.policy == rules.policy


@pytest.mark.parametrize(
    "error", [MissingExtra("tqdm", "progress"), TooLarge("big"), InternalError("a"), ModelMismatch("b")], ids=type
)
def test_errors_pickle(error: PoolmatchError) -> None:
    again = copied(error)
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_a_problem_error_keeps_all_its_issues() -> None:
    with pytest.raises(ProblemError) as caught:
        wrong()
    again = copied(caught.value)
    assert len(again.issues) == len(caught.value.issues) >= 2
    assert [(issue, issue.value) for issue in again.issues] == [(issue, issue.value) for issue in caught.value.issues]
