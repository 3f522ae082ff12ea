"""Edit `cancelled`: a meeting is not held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.domain.row import Row, references
from poolmatch.edits.edit import Changes, Edit, must_be_to_come
from poolmatch.words import Words

OF_MEETING = {
    name: tuple(column for column, tables in references(kind).items() if "meetings" in tables)
    for name, kind in TABLES.items()
    if name not in ("history", "published")
}
"""By table, the columns that name meetings; what was told or done stays on record."""


@dataclass(frozen=True)
class MeetingCancelled(Edit):
    """A meeting goes, and all that is said of it; what was published of it stays, and costs nothing.

    Attributes
    ----------
    meeting
        Which.
    """

    kind: ClassVar[str] = "cancelled"
    tables: ClassVar[tuple[str, ...]] = ("meetings", *(name for name, columns in OF_MEETING.items() if columns))

    meeting: str

    @property
    def words(self) -> Words:
        """What is not held."""
        return Words("{meeting} is cancelled.", "{meeting} gaat niet door.", meeting=self.meeting)

    def changes(self, problem: Problem) -> Changes:
        """Take out every row that names it."""
        must_be_to_come(problem, self.meeting)
        changes: dict[str, Sequence[Row]] = {
            "meetings": [row for row in problem.meetings if row.meeting != self.meeting]
        }
        for name, columns in OF_MEETING.items():
            rows: tuple[Row, ...] = getattr(problem, name)
            if columns and any(self._named(row, columns) for row in rows):
                changes[name] = [row for row in rows if not self._named(row, columns)]
        return changes

    def holds(self, problem: Problem) -> bool:
        """Tell whether it is gone."""
        return self.meeting not in problem.occasion_ids

    def _named(self, row: Row, columns: tuple[str, ...]) -> bool:
        return any(getattr(row, column) == self.meeting for column in columns)
