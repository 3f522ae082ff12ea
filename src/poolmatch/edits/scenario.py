"""A problem after several edits."""

from __future__ import annotations

from poolmatch.domain.arguments import must_be
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.edits.edit import Edit
from poolmatch.errors import EditRefused, UnknownId
from poolmatch.words import Words

UNDONE = Words(
    'an edit after it contradicts "{edit}"; leave out one of the two',
    'een wijziging daarna spreekt "{edit}" tegen; laat een van beide weg',
)


def scenario(problem: Problem, *edits: Edit) -> Problem:
    """Return a problem after edits, one after the other.

    Parameters
    ----------
    problem
        The problem; it stays as it is.
    edits
        The edits. Each holds in what is returned.

    Raises
    ------
    UnknownId
        An edit names what the problem does not have, or what an edit before it took away; a KeyError.
    EditRefused
        An edit cannot be made, or one after it contradicts it.
    ProblemError
        What they would make is wrong.
    TypeError
        One of them is no edit.
    """
    must_be_problem(problem)
    edited = problem
    for edit in edits:
        must_be(edit, Edit, "each edit", "make one of poolmatch.edits, or a subclass of poolmatch.edits.Edit")
        edited = edit.apply(edited)
    for edit in edits[:-1]:
        if not _holds(edit, edited):
            raise EditRefused(UNDONE.fill(edit=edit.words.clause))
    return edited


def _holds(edit: Edit, problem: Problem) -> bool:
    try:
        return edit.holds(problem)
    except (UnknownId, EditRefused):  # what it is about is not there any more
        return False
