"""Several scenarios of one problem, solved and laid side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.edits import Edit, scenario
from poolmatch.errors import PoolmatchError
from poolmatch.explain.answer import Answer
from poolmatch.explain.comparison import Comparison, compare
from poolmatch.results.solved import Solved
from poolmatch.ruleset import STANDARD_RULES, RuleSet
from poolmatch.solving.many import solve_many
from poolmatch.words import Words, pattern

FILLS = Words(
    "{scenario}: {filled} of {required} required seats filled.",
    "{scenario}: {filled} van {required} verplichte plaatsen bezet.",
)
CHANGES = Words(
    "Seats that somebody else holds than as it is: {seats}; people it concerns: {people}.",
    "Plaatsen waar een ander zit dan zoals het is: {seats}; mensen die het aangaat: {people}.",
)
AS_NOW = Words("As it is", "Zoals het is")
AS_IT_IS = "as it is"
"""Name of the row of the problem without edits."""


@dataclass(frozen=True)
class WhatIf(Answer):
    """One row of a what-if table.

    Attributes
    ----------
    name
        What the scenario is called.
    edits
        Its edits.
    solved
        Its result, or what went wrong: edits that contradict one another cost this row only.
    effect
        Its result beside that of the problem as it is; None where one of the two has none.
    """

    name: str
    edits: tuple[Edit, ...]
    solved: Solved
    effect: Comparison | None

    @property
    def words(self) -> tuple[Words, ...]:
        """The row in sentences: what fills how many seats, or what went wrong, the edits, and what changes."""
        name = AS_NOW if self.name == AS_IT_IS else self.name
        if self.solved.result is None:
            error = self.solved.error
            said = error.words if isinstance(error, PoolmatchError) else str(error)
            return (pattern("{scenario}: {error}", scenario=name, error=said), *(edit.words for edit in self.edits))
        fills = FILLS.fill(scenario=name, **self.solved.result.seats)
        if self.effect is None or not self.edits:
            return (fills, *(edit.words for edit in self.edits))
        changes = CHANGES.fill(seats=len(self.effect.seats), people=len(self.effect.people))
        return (fills, *(edit.words for edit in self.edits), changes)

    def to_dict(self) -> dict[str, Any]:
        """Return a row for a DataFrame.

        Returns
        -------
        dict
            ``scenario`` and ``edits`` in words; what `poolmatch.Solved.to_dict` has of the result, but for the
            position; ``changed``, how many seats somebody else holds than as it is, ``people``, how many it concerns.
        """
        row = self.solved.to_dict()
        row.pop("position")
        about = {"scenario": self.name, "edits": " ".join(edit.words.en for edit in self.edits)}
        seats, people = (None, None) if self.effect is None else (len(self.effect.seats), len(self.effect.people))
        return about | row | {"changed": seats, "people": people}


def what_if_table(
    problem: Problem,
    scenarios: Mapping[str, Sequence[Edit]],
    rules: RuleSet = STANDARD_RULES,
    **options: Any,
) -> tuple[WhatIf, ...]:
    """Solve scenarios of a problem, and return a row for each, after one of the problem as it is.

    Where a batch is stopped, the rows of what was solved are returned.

    Parameters
    ----------
    problem
        The problem.
    scenarios
        Edits by name.
    rules
        The rules.
    options
        Those of `solve_many`, such as ``executor`` and ``time_limit``.

    Raises
    ------
    ValueError
        A scenario is called as the problem as it is.
    """
    must_be_problem(problem)
    if AS_IT_IS in scenarios:
        raise ValueError(f'"{AS_IT_IS}" is the row without edits; call the scenario otherwise')
    named = {AS_IT_IS: ()} | {name: tuple(edits) for name, edits in scenarios.items()}
    names = list(named)
    sources = [partial(scenario, problem, *edits) for edits in named.values()]
    rows = list(solve_many(sources, rules, **options))
    base = next((row.result for row in rows if row.position == 0), None)
    return tuple(
        WhatIf(
            names[row.position],
            named[names[row.position]],
            row,
            None if base is None or row.result is None else compare(base, row.result),
        )
        for row in rows
    )
