"""Edit `consent`: parties consent to a tie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from poolmatch.domain.people import Waiver
from poolmatch.domain.problem import Problem
from poolmatch.edits.edit import Changes, Edit
from poolmatch.words import Words


@dataclass(frozen=True)
class Consent(Edit):
    """Parties consent to a tie of a facilitator, for one meeting.

    Attributes
    ----------
    facilitator, organisation
        Who is tied, and to which organisation.
    meeting
        The meeting; a duty has no consents.
    parties
        The parties that consent; each is to be asked.
    consented_on
        The day of the consent; the day of the meeting is soon enough.
    """

    kind: ClassVar[str] = "consent"
    tables: ClassVar[tuple[str, ...]] = ("waivers",)
    discreet: ClassVar[bool] = True

    facilitator: str
    organisation: str
    meeting: str
    parties: tuple[str, ...]
    consented_on: date

    @property
    def words(self) -> Words:
        """Who would consent to what."""
        return Words(
            "Ask the consent of {parties} to the tie of {who} to {organisation}, for {meeting}.",
            "Vraag {parties} om toestemming voor de band van {who} met {organisation}, voor {meeting}.",
            parties=", ".join(self.parties),
            who=self.facilitator,
            organisation=self.organisation,
            meeting=self.meeting,
        )

    @property
    def price(self) -> float:
        """1 for each party that is to be asked."""
        return 1.0 * len(self.parties)

    def changes(self, problem: Problem) -> Changes:
        """Add the consents; one that came too late or has expired is given anew."""
        problem.facilitator(self.facilitator)
        problem.meeting(self.meeting)
        given = [
            Waiver(
                facilitator=self.facilitator,
                organisation=self.organisation,
                meeting=self.meeting,
                party=party,
                consented_on=self.consented_on,
            )
            for party in self.parties
        ]
        if set(given) <= set(problem.waivers):
            return {}
        replaced = {row.key_of() for row in given}
        return {"waivers": [*(row for row in problem.waivers if row.key_of() not in replaced), *given]}
