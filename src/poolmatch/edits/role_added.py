"""Edit `role`: somebody takes seats of one role more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from poolmatch.domain.problem import Problem
from poolmatch.edits.edit import Changes, Edit, with_altered
from poolmatch.vocabulary.closed_words import ROLES
from poolmatch.words import Words


@dataclass(frozen=True)
class RoleAdded(Edit):
    """A facilitator takes a role.

    Attributes
    ----------
    facilitator, role
        Who, and which role.
    """

    kind: ClassVar[str] = "role"
    tables: ClassVar[tuple[str, ...]] = ("facilitators",)
    discreet: ClassVar[bool] = True

    facilitator: str
    role: str

    @property
    def words(self) -> Words:
        """Who would take which role."""
        return Words(
            "Let {who} take the role {role}.",
            "Laat {who} de rol {role} vervullen.",
            who=self.facilitator,
            role=ROLES.get(self.role, self.role),
        )

    @property
    def price(self) -> float:
        """4."""
        return 4.0

    def changes(self, problem: Problem) -> Changes:
        """Add the role, unless it is theirs."""
        row = problem.facilitator(self.facilitator)
        if self.role in row.roles:
            return {}
        return {"facilitators": with_altered(problem.facilitators, row, roles=(*row.roles, self.role))}
