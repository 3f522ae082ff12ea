"""For whom something is written: one person's ties are no one else's business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


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


COORDINATOR = Audience("coordinator")
