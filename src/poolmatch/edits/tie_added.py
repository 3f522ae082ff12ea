"""Edit `tie`: a tie of somebody comes to light."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from poolmatch.domain.people import Tie
from poolmatch.domain.problem import Problem
from poolmatch.domain.values import fold
from poolmatch.edits.edit import Changes, Edit, spelt
from poolmatch.vocabulary.closed_words import TIE_KINDS
from poolmatch.words import Words

TARGETS = ("organisation", "theme", "meeting", "series")


@dataclass(frozen=True)
class TieAdded(Edit):
    """A facilitator has a tie that was not on record.

    Attributes
    ----------
    facilitator
        Who.
    tie
        Its kind, such as ``family``.
    organisation, theme, meeting, series
        What it is to: exactly one of them.
    start, end
        First and last day; None is open.
    """

    kind: ClassVar[str] = "tie"
    tables: ClassVar[tuple[str, ...]] = ("ties",)

    facilitator: str
    tie: str
    organisation: str | None = None
    theme: str | None = None
    meeting: str | None = None
    series: str | None = None
    start: date | None = None
    end: date | None = None

    @property
    def words(self) -> Words:
        """Who is tied to what."""
        return Words(
            "{who} has a tie to {what}: {tie}.",
            "{who} heeft een band met {what}: {tie}.",
            who=self.facilitator,
            what=next((value for name in TARGETS if (value := getattr(self, name)) is not None), "–"),
            tie=TIE_KINDS.get(self.tie, self.tie),
        )

    def changes(self, problem: Problem) -> Changes:
        """Add the tie; one with the same key, which ends otherwise, is replaced."""
        problem.facilitator(self.facilitator)
        if self.meeting is not None:
            problem.meeting(self.meeting)
        mine = [row for row in problem.about(self.facilitator, "ties") if self._key(row) == self._key(self)]
        if any(row.end == self.end for row in mine):
            return {}
        target = {name: getattr(self, name) for name in TARGETS}
        if self.theme is not None:
            target["theme"] = spelt(self.theme, (row.theme for row in problem.meetings))
        cells = {"facilitator": self.facilitator, "kind": self.tie, **target, "start": self.start, "end": self.end}
        return {"ties": [*(row for row in problem.ties if row not in mine), cells]}

    def _key(self, tie: Tie | TieAdded) -> tuple[object, ...]:
        """Return what tells ties of one facilitator apart; themes are free words."""
        kind = tie.tie if isinstance(tie, TieAdded) else tie.kind
        return kind, tie.organisation, fold(tie.theme or ""), tie.meeting, tie.series, tie.start
