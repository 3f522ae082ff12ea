"""The whole check: what rules ask of the input, then what they say of the roster."""

from __future__ import annotations

from poolmatch.arrays import Arrays
from poolmatch.checking.judging import judge
from poolmatch.checking.pins import pin_issues
from poolmatch.checking.report import Report
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.roster import Roster, must_be_roster
from poolmatch.domain.roster_issues import roster_issues
from poolmatch.errors import Issue, ProblemError
from poolmatch.ruleset import STANDARD_RULES, RuleSet, must_be_rules


def check(problem: Problem, roster: Roster, rules: RuleSet = STANDARD_RULES) -> Report:
    """Check a roster, made by ``solve``, by hand, or edited.

    Parameters
    ----------
    problem
        The problem.
    roster
        The roster; seats without a row are empty.
    rules
        The rules.

    Returns
    -------
    Report

    Raises
    ------
    ProblemError
        The problem breaks what a rule asks of the input, or the roster does not fit it.
    """
    must_be_problem(problem)
    must_be_roster(roster)
    must_be_rules(rules)
    world = Arrays(problem)
    issues = input_issues(problem, rules, world)
    if any(issue.severity == "error" for issue in issues):
        raise ProblemError([*issues, *roster_issues(problem, roster)])
    return judge(problem, roster, rules, world).with_warnings(issues)


def input_issues(problem: Problem, rules: RuleSet, world: Arrays | None = None) -> list[Issue]:
    """Return what is wrong or doubtful in a problem under a rule set: what reading alone cannot know.

    Parameters
    ----------
    problem, rules, world
        As for `judge`.
    """
    issues: list[Issue] = []
    for rule in rules.rules:
        issues += rule.issues(problem)
    if not any(issue.severity == "error" for issue in issues):
        issues += pin_issues(problem, rules, world)
    return issues
