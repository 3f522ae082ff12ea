"""Scenarios: a problem after several edits."""

from __future__ import annotations

from collections.abc import Sequence

from poolmatch.domain.arguments import must_be
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.edits.edit import Edit
from poolmatch.errors import EditRefused, PoolmatchError, UnknownId
from poolmatch.words import Words

CONTRADICTORY = Words(
    '"{first}" and "{second}" contradict one another; leave out one of the two',
    '"{first}" en "{second}" spreken elkaar tegen; laat een van beide weg',
)


def scenario(problem: Problem, *edits: Edit) -> Problem:
    """Return a problem after edits, one after the other.

    Two edits contradict one another where one undoes the other or takes away what it is about: what the first of them
    says does not hold after the second, or the second can be made only without the first.

    Parameters
    ----------
    problem
        The problem; it stays as it is.
    edits
        The edits. Each holds in what is returned; one that is given twice is made once.

    Raises
    ------
    UnknownId
        An edit names what the problem does not have; a KeyError.
    EditRefused
        An edit cannot be made, or two contradict one another.
    ProblemError
        What they would make is wrong.
    TypeError
        One of them is no edit.
    """
    must_be_problem(problem)
    for edit in edits:
        must_be(edit, Edit, "each edit", "make one of poolmatch.edits, or a subclass of poolmatch.edits.Edit")
    edited, made = problem, list[Edit]()
    for edit in edits:
        if edit in made:
            continue
        try:
            edited = edit.apply(edited)
        except (UnknownId, EditRefused):
            other = _in_the_way(problem, made, edit)
            if other is None:
                raise
            raise _contradiction(other, edit) from None
        for before in made:
            if not _holds(before, edited):
                raise _contradiction(before, edit)
        made.append(edit)
    return edited


def _contradiction(first: Edit, second: Edit) -> EditRefused:
    return EditRefused(CONTRADICTORY.fill(first=first.words.clause, second=second.words.clause))


def _in_the_way(problem: Problem, made: Sequence[Edit], edit: Edit) -> Edit | None:
    """Return the latest of some edits without which another can be made; None where it cannot be in any case."""
    for place in reversed(range(len(made))):
        without = problem
        try:
            for other in (*made[:place], *made[place + 1 :], edit):
                without = other.apply(without)
        except PoolmatchError:  # not by this one alone, or others need it
            continue
        return made[place]
    return None


def _holds(edit: Edit, problem: Problem) -> bool:
    try:
        return edit.holds(problem)
    except (UnknownId, EditRefused):  # what it is about is not there any more
        return False
