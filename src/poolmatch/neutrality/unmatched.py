"""Ties that no row of a policy can match: an error wherever neutrality is judged, never "no tie"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from poolmatch.domain.people import Tie
from poolmatch.domain.problem import Problem
from poolmatch.errors import ProblemError
from poolmatch.hints import nearest
from poolmatch.issues import Issue
from poolmatch.messages import policies as said
from poolmatch.neutrality.policy import BUILT_IN, Policy, Target
from poolmatch.vocabulary.terms import word_term
from poolmatch.words import joined

TARGETS: Mapping[str, Target] = {
    "organisation": "organisation",
    "theme": "theme",
    "meeting": "dossier",
    "series": "dossier",
}
"""What a tie is to, by the column that says so."""


def must_match(problem: Problem, ties: Iterable[Tie], policy: Policy) -> None:
    """Raise ProblemError with all ties of a problem that nothing can match, where one of these is among them.

    Parameters
    ----------
    problem
        The problem.
    ties
        Ties of it that are about to be judged.
    policy
        What counts as a tie.
    """
    if not all(_matches(policy, tie.kind, TARGETS[_column(tie)]) for tie in ties):
        raise ProblemError(unmatched(problem, policy))


def unmatched(problem: Problem, policy: Policy) -> Iterator[Issue]:
    """Yield the ties that no row can match: neither of the policy, nor of one that comes with poolmatch.

    What the latter know and the policy has dropped, it has dropped on purpose.

    Parameters
    ----------
    problem
        The problem.
    policy
        What counts as a tie.
    """
    known = frozenset[str]().union(*(one.all_kinds for one in (*BUILT_IN.values(), policy)))
    for number, tie in enumerate(problem.ties, 1):
        column = _column(tie)
        if tie.kind not in known:
            every = joined(", ", (word_term("ties", "kind", kind) for kind in sorted(known)))
            yield said.TIE_KIND.at("ties", (number,), "kind", hint=nearest(tie.kind, known), known=every)
        elif not _matches(policy, tie.kind, TARGETS[column]):
            yield said.TIE_TARGET.at("ties", (number,), column, kind=word_term("ties", "kind", tie.kind))


def _column(tie: Tie) -> str:
    return next(name for name in TARGETS if getattr(tie, name) is not None)


def _matches(policy: Policy, kind: str, target: Target) -> bool:
    return _built_in(kind, target) or policy.matches(kind, target)


@cache
def _built_in(kind: str, target: Target) -> bool:
    return any(policy.matches(kind, target) for policy in BUILT_IN.values())
