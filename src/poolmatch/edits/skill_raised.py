"""Edit `skill`: somebody learns, up to a level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from poolmatch.domain.people import Skill
from poolmatch.domain.problem import Problem
from poolmatch.domain.values import fold
from poolmatch.edits.edit import Cells, Changes, Edit, spelt
from poolmatch.words import Words

ALWAYS = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True)
class SkillRaised(Edit):
    """A facilitator has a skill at a level on every day.

    Attributes
    ----------
    facilitator, skill
        Who, and what they learn.
    level
        The level, 1 to 5.
    before
        The level they have where it is asked for; 0 for none. Only the price and the words look at it.
    """

    kind: ClassVar[str] = "skill"
    tables: ClassVar[tuple[str, ...]] = ("skills",)
    discreet: ClassVar[bool] = True

    facilitator: str
    skill: str
    level: int
    before: int = 0

    @property
    def words(self) -> Words:
        """Who would learn what."""
        return Words(
            "Train {who} in {skill}, from level {before} to {level}.",
            "Leid {who} op in {skill}, van niveau {before} naar {level}.",
            who=self.facilitator,
            skill=self.skill,
            before=self.before,
            level=self.level,
        )

    @property
    def price(self) -> float:
        """4 for each level."""
        return 4.0 * max(1, self.level - self.before)

    def changes(self, problem: Problem) -> Changes:
        """Add the skill on the days on which they do not have it at the level; lower rows say nothing any more."""
        problem.facilitator(self.facilitator)
        mine = [row for row in problem.about(self.facilitator, "skills") if fold(row.skill) == fold(self.skill)]
        high = [row for row in mine if row.level >= self.level]
        word = spelt(self.skill, [*(row.skill for row in problem.skills), *(row.skill for row in problem.requirements)])
        fresh = [{"facilitator": self.facilitator, "skill": word, "level": self.level, **days} for days in _gaps(high)]
        if not fresh:
            return {}
        low = {row.key_of() for row in mine} - {row.key_of() for row in high}
        return {"skills": [*(row for row in problem.skills if row.key_of() not in low), *fresh]}


def _gaps(high: Iterable[Skill]) -> Iterator[Cells]:
    """Yield the first and last day of each run of days that no row covers; an end without one is blank."""
    day, end = ALWAYS
    for first, last in sorted(row.days for row in high):
        if day < first:
            yield _days(day, first - 1)
        day = max(day, last + 1)
    if day <= end:
        yield _days(day, end)


def _days(first: int, last: int) -> Cells:
    days = {"valid_from": first, "valid_until": last}
    return {name: date.fromordinal(day) for name, day in days.items() if day not in ALWAYS}
