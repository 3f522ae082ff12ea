"""Edit `party`: an organisation turns out to have a stake in a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from poolmatch.domain.meetings import Stake
from poolmatch.domain.problem import Problem
from poolmatch.edits.edit import Changes, Edit, must_be_to_come
from poolmatch.vocabulary.closed_words import GRADES
from poolmatch.words import Words


@dataclass(frozen=True)
class PartyAdded(Edit):
    """An organisation is a party of a meeting, with that grade.

    Attributes
    ----------
    meeting, organisation
        Which.
    grade
        Its interest.
    """

    kind: ClassVar[str] = "party"
    tables: ClassVar[tuple[str, ...]] = ("stakes",)

    meeting: str
    organisation: str
    grade: str = "interest"

    @property
    def words(self) -> Words:
        """Who is a party of what."""
        return Words(
            "{organisation} is a party of {meeting}: {grade}.",
            "{organisation} is partij bij {meeting}: {grade}.",
            organisation=self.organisation,
            meeting=self.meeting,
            grade=GRADES.get(self.grade, self.grade),
        )

    def changes(self, problem: Problem) -> Changes:
        """Add the stake; another grade is replaced."""
        must_be_to_come(problem, self.meeting)
        cells = {"meeting": self.meeting, "organisation": self.organisation, "grade": self.grade}
        rows = [row for row in problem.stakes if row.key_of() != (self.meeting, self.organisation)]
        known = any(_same(row, cells) for row in problem.stakes_of(self.meeting))
        return {} if known else {"stakes": [*rows, cells]}


def _same(row: Stake, cells: dict[str, str]) -> bool:
    return all(getattr(row, name) == value for name, value in cells.items())
