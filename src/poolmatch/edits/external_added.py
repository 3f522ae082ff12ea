"""Edit `external`: somebody from outside the pool is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import ClassVar

from poolmatch.domain.problem import Problem
from poolmatch.domain.values import fold
from poolmatch.edits.edit import Changes, Edit, spelt
from poolmatch.errors import EditRefused
from poolmatch.vocabulary.closed_words import ROLES
from poolmatch.words import Words, joined

TAKEN = Words(
    'the id "{who}" is that of somebody else; give the external another',
    'het kenmerk "{who}" is van iemand anders; geef de externe een ander',
)


@dataclass(frozen=True)
class ExternalAdded(Edit):
    """An external whom nothing is known to tie, always available, wherever it is.

    Attributes
    ----------
    facilitator
        Their id, a new one.
    roles
        Roles they take.
    skills
        Skills they bring, each with its level, 1 to 5.
    hourly_cost
        Cost per hour; None is unknown.
    """

    kind: ClassVar[str] = "external"
    tables: ClassVar[tuple[str, ...]] = ("facilitators", "skills")

    facilitator: str
    roles: tuple[str, ...]
    skills: tuple[tuple[str, int], ...] = ()
    hourly_cost: float | None = None

    @property
    def words(self) -> Words:
        """Who would come from outside, and what they would have to bring."""
        return Words(
            "Ask an external ({who}) who brings: {what}.",
            "Vraag een externe ({who}) met: {what}.",
            who=self.facilitator,
            what=joined(", ", [*(ROLES.get(role, role) for role in self.roles), *self._levels]),
        )

    @property
    def _levels(self) -> list[str]:
        return [f"{skill} {level}" for skill, level in self.skills]

    @property
    def price(self) -> float:
        """5."""
        return 5.0

    def changes(self, problem: Problem) -> Changes:
        """Add the person and their skills, unless somebody of that id is there who does as well."""
        if self.facilitator in problem.facilitator_ids:
            if not self._is_there(problem):
                raise EditRefused(TAKEN.fill(who=self.facilitator))
            return {}
        person = {
            "facilitator": self.facilitator,
            "name": self.facilitator,
            "external": True,
            "roles": self.roles,
            "hourly_cost": self.hourly_cost,
        }
        known = [*(row.skill for row in problem.skills), *(row.skill for row in problem.requirements)]
        learned = [
            {"facilitator": self.facilitator, "skill": spelt(skill, known), "level": level}
            for skill, level in self.skills
        ]
        return {"facilitators": [*problem.facilitators, person], "skills": [*problem.skills, *learned]}

    def _is_there(self, problem: Problem) -> bool:
        row = problem.facilitator(self.facilitator)
        skilled = all(_has(problem, self.facilitator, skill, level) for skill, level in self.skills)
        return row.external and set(self.roles) <= set(row.roles) and skilled

    @classmethod
    def proposed(cls, problem: Problem, meeting: str, seat: str) -> Iterator[Edit]:
        """Yield an external who brings what the seat requires, and nothing more."""
        place = problem.seat(meeting, seat)
        name = next(name for number in count(1) if (name := f"extern-{number}") not in problem.facilitator_ids)
        wanted = [row for row in problem.requirements_of(meeting, seat) if row.kind == "required"]
        yield cls(name, (place.role or "lead",), tuple((row.skill, row.level) for row in wanted))


def _has(problem: Problem, name: str, skill: str, level: int) -> bool:
    rows = problem.about(name, "skills")
    return any(fold(row.skill) == fold(skill) and row.level >= level and row.valid_until is None for row in rows)
