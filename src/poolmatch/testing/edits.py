"""The contract of every edit: it does what it says and nothing else, once, and can be written down."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from contextlib import suppress

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.edits import ALL_EDITS, Edit, edit_from_dict
from poolmatch.errors import EditRefused, UnknownId
from poolmatch.words import LANGUAGES


def check_edit(edit: Edit, problem: Problem, kinds: Sequence[type[Edit]] = ALL_EDITS) -> Problem:
    """Hold an edit against its contract, on a problem in which it can be made.

    It changes only the tables that it names, and leaves the problem it was given as it is. Made a second time it
    changes nothing, or refuses. Its words are said in every language, and not alike; its price is not negative. It
    can be written down, read back and sent elsewhere.

    Parameters
    ----------
    edit
        The edit.
    problem
        A problem; it may have been made there already.
    kinds
        The kinds that are known, as of `poolmatch.edits.edit_from_dict`.

    Returns
    -------
    Problem
        The problem after the edit.

    Raises
    ------
    AssertionError
        The edit breaks its contract; the message says where.
    """
    before = problem.to_json()
    made, edited = edit.holds(problem), edit.apply(problem)
    _must(problem.to_json() == before, edit, "changes the problem that it is given")
    changed = {name for name in TABLES if getattr(problem, name) != getattr(edited, name)}
    _must(changed <= set(edit.tables), edit, f"changes {', '.join(sorted(changed - set(edit.tables)))} as well")
    _must(made == (not changed), edit, "does not know whether it has been made")
    _must(edit.holds(edited), edit, "does not hold once it has been made")
    with suppress(EditRefused, UnknownId):
        _must(edit.apply(edited) == edited, edit, "made a second time changes something")
    _must(edit(problem) == edited, edit, "called as a function does something else")
    said = [edit.words.say(language) for language in LANGUAGES]
    _must(all(text.strip() for text in said), edit, "says nothing in some language")
    _must(len(set(said)) == len(said), edit, "says the same in two languages")
    _must(edit.price >= 0, edit, "has a price below 0")
    _must(edit_from_dict(edit.to_dict(), kinds) == edit, edit, "is not read back as it was written down")
    _must(pickle.loads(pickle.dumps(edit)) == edit, edit, "cannot be sent elsewhere")
    return edited


def _must(holds: bool, edit: Edit, what: str) -> None:
    if not holds:
        raise AssertionError(f"edit {edit.kind}: {what}")
