"""What each audience may see: the one door. Whoever writes something for somebody asks here.

One person's ties are no one else's business.

| | coordinator | party | facilitator | public |
|---|---|---|---|---|
| that a meeting is held, when and where | all | where they have a stake | where they sit | – |
| who sits in it | all | where they have a stake | where they sit | – |
| what is on record of who sits in it: ties, consents, employer | all | what must be told of it | their own | – |
| what someone works, and their share | all | – | their own | – |
| what an organisation gives and receives | all | their own | – | – |
| answers: why not, why empty, what would help, who can step in | all | who sits there | about themselves | – |
| what changes by replanning, or from one roster to another | all | where they have a stake | where they sit | – |
| everything else, such as findings, wishes and objections | all | – | – | – |

What names nobody, such as how many seats are filled, anybody may see. How answers keep to it: `Answer.said_to` in
`poolmatch.explain.answer`, and `Rule.discreet`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Literal

from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.errors import UnknownId
from poolmatch.messages import ids


class Record(Enum):
    """How much is seen of what is on record of somebody at a meeting."""

    NOTHING = "nothing"
    TOLD = "what the parties must be told"
    ALL = "all"


@dataclass(frozen=True)
class Audience:
    """Who reads.

    A coordinator sees everything; a party sees what it must be told about its own meetings; a facilitator sees only
    what is about themselves; the public sees what names nobody.

    Attributes
    ----------
    kind
        What the reader is.
    id
        Id of the organisation or facilitator; "" for a coordinator and the public.
    """

    kind: Literal["coordinator", "party", "facilitator", "public"]
    id: str = ""

    @classmethod
    def party(cls, organisation: str) -> Audience:
        """Return the audience of one party."""
        return cls("party", organisation)

    @classmethod
    def facilitator(cls, facilitator: str) -> Audience:
        """Return the audience of one facilitator."""
        return cls("facilitator", facilitator)

    @property
    def record(self) -> Record:
        """How much they see of what is on record of an assignment that is theirs to see."""
        return {"party": Record.TOLD, "public": Record.NOTHING}.get(self.kind, Record.ALL)


COORDINATOR = Audience("coordinator")
PUBLIC = Audience("public")


def must_exist(problem: Problem, audience: Audience) -> None:
    """Raise UnknownId where nobody of that id could read: nothing would match, and all would seem well."""
    must_be_problem(problem)
    if audience.kind == "facilitator" and audience.id not in {item.facilitator for item in problem.departed}:
        problem.facilitator(audience.id)
    elif audience.kind == "party" and audience.id not in (known := {row.organisation for row in problem.organisations}):
        raise UnknownId.of(ids.ORGANISATION, audience.id, known)


@dataclass(frozen=True)
class View:
    """A roster as an audience may see it.

    Attributes
    ----------
    plan
        The roster on its problem.
    audience
        Who reads.

    Raises
    ------
    UnknownId
        The problem has no such party or facilitator; a KeyError.
    """

    plan: Plan
    audience: Audience = COORDINATOR

    def __post_init__(self) -> None:
        must_exist(self.plan.problem, self.audience)

    @property
    def whole(self) -> bool:
        """Whether everything is seen."""
        return self.audience.kind == "coordinator"

    def meeting(self, meeting: str) -> bool:
        """Tell whether it is seen that a meeting or duty is held, when and where, and who sits in it."""
        if self.audience.kind == "party":
            stakes = self.plan.problem.stakes_of(meeting)
            return any(stake.organisation == self.audience.id for stake in stakes)
        return self.whole or (self.audience.kind == "facilitator" and meeting in self._own_meetings)

    @cached_property
    def _own_meetings(self) -> frozenset[str]:
        held = (row for row in self.plan.roster.rows if row.facilitator == self.audience.id)
        return frozenset(row.meeting for row in held)

    def facilitator(self, facilitator: str) -> bool:
        """Tell whether it is seen what somebody works, and what is fair."""
        return self.whole or self.audience == Audience.facilitator(facilitator)

    def organisation(self, organisation: str) -> bool:
        """Tell whether it is seen what an organisation gives and receives."""
        return self.whole or self.audience == Audience.party(organisation)

    def record(self, meeting: str, facilitator: str) -> Record:
        """Return how much is seen of what is on record of somebody who sits in a meeting.

        Parameters
        ----------
        meeting, facilitator
            Ids.
        """
        theirs = self.meeting(meeting) if self.audience.kind == "party" else self.facilitator(facilitator)
        return self.audience.record if theirs else Record.NOTHING
