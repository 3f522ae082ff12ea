"""Rule `role`: the seat's role is among the facilitator's roles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from poolmatch.arrays import Bools, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.problem import Problem
from poolmatch.edits import RoleAdded
from poolmatch.rule import Cure, EligibilityRule, Words


class RoleRule(EligibilityRule):
    """Out when the seat's role is not among the facilitator's roles.

    Example: a seat with role ``lead`` and a facilitator with roles ``co;scribe``.
    """

    id: ClassVar[str] = "role"
    sentence: ClassVar[Words] = Words(
        "A facilitator takes only seats of a role they have.",
        "Een begeleider neemt alleen plaatsen met een rol die hij of zij heeft.",
    )
    discreet: ClassVar[bool] = True

    def out(self, person: Person, occasions: Occasions) -> Bools:
        """Tell for which occasions the role is not theirs."""
        return ~person.roles[occasions.role] & (occasions.role >= 0)

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        """Name the role and the roles they have."""
        roles = ", ".join(facilitator.roles)
        return Words(
            "{who} does not take the role {role} (roles: {roles}).",
            "{who} vervult de rol {role} niet (rollen: {roles}).",
            who=facilitator.facilitator,
            role=seat.role,
            roles=roles,
        )

    def cures(
        self,
        problem: Problem,  # noqa: ARG002
        facilitator: Facilitator,
        meeting: Meeting,  # noqa: ARG002
        seat: Seat,
        start: datetime | None,  # noqa: ARG002
    ) -> Iterator[Cure]:
        """Yield the role that they would have to take."""
        if seat.role and seat.role not in facilitator.roles:
            yield (RoleAdded(facilitator.facilitator, seat.role),)
