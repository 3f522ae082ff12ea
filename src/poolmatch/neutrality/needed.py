"""Which consents are missing that would let somebody act at a meeting."""

from __future__ import annotations

from datetime import datetime

from poolmatch.domain.degree import Degree
from poolmatch.domain.people import Waiver
from poolmatch.domain.problem import Problem
from poolmatch.neutrality.assessment import assess
from poolmatch.neutrality.consents import missing_consents
from poolmatch.neutrality.policy import Policy


def consents_needed(
    problem: Problem, facilitator: str, meeting: str, start: datetime, policy: Policy
) -> tuple[Waiver, ...]:
    """Return the consents that would let a facilitator act in a slot, as rows; nothing when no consent can.

    An organisation that stands under several ids is asked once.

    Parameters
    ----------
    problem
        The problem.
    facilitator, meeting
        Ids.
    start
        Start of the slot.
    policy
        What counts as a tie.
    """
    found = assess(problem, facilitator, meeting, start, policy=policy)
    if found.degree != Degree.WAIVABLE:
        return ()
    # A dossier, or an unknown employer: no organisation is tied that a row could name.
    if not all(path.organisations for path in found.worst):
        return ()
    tied: dict[str, str] = {}
    for path in found.worst:
        tied.setdefault(problem.webs.same_of(path.organisations[0], found.day), path.organisations[0])
    # Nothing at a meeting of observers only: nobody can consent.
    return tuple(
        Waiver(facilitator=facilitator, organisation=organisation, meeting=meeting, party=party, consented_on=found.day)
        for organisation in tied.values()
        for party in missing_consents(problem, facilitator, organisation, meeting, found.day)
    )
