"""For whom something is written: one person's ties are no one else's business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.errors import UnknownId
from poolmatch.messages import ids


@dataclass(frozen=True)
class Audience:
    """Who reads.

    A coordinator sees everything; a party sees what it must be told about its own meetings; a facilitator sees only
    what is about themselves.

    Attributes
    ----------
    kind
        What the reader is.
    id
        Id of the organisation or facilitator; "" for a coordinator.
    """

    kind: Literal["coordinator", "party", "facilitator"]
    id: str = ""

    @classmethod
    def party(cls, organisation: str) -> Audience:
        """Return the audience of one party."""
        return cls("party", organisation)

    @classmethod
    def facilitator(cls, facilitator: str) -> Audience:
        """Return the audience of one facilitator."""
        return cls("facilitator", facilitator)


def must_exist(problem: Problem, audience: Audience) -> None:
    """Raise UnknownId where nobody of that id could read: nothing would match, and all would seem well."""
    must_be_problem(problem)
    if audience.kind == "facilitator" and audience.id not in {item.facilitator for item in problem.departed}:
        problem.facilitator(audience.id)
    elif audience.kind == "party" and audience.id not in (known := {row.organisation for row in problem.organisations}):
        raise UnknownId.of(ids.ORGANISATION, audience.id, known)


COORDINATOR = Audience("coordinator")
