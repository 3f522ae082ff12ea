"""Who is left for a meeting as far as neutrality goes, and which consents would fill a seat that stays empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from poolmatch.domain.degree import Degree
from poolmatch.domain.grouping import grouped
from poolmatch.domain.people import Waiver
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.eligibility import objections
from poolmatch.errors import InternalError
from poolmatch.neutrality.assessment import assess
from poolmatch.neutrality.needed import consents_needed
from poolmatch.neutrality.policy import STRICT, Policy
from poolmatch.ruleset import STANDARD_RULES, RuleSet, must_be_rules
from poolmatch.solving.prepared import Prepared


def neutral_pool(problem: Problem, meeting: str, policy: Policy = STRICT) -> Mapping[Degree, tuple[str, ...]]:
    """Return the facilitators at each degree for a meeting; who is waived, or may be balanced, at `disclose`.

    At a flexible meeting the worst of its slots counts.

    Parameters
    ----------
    problem
        The problem.
    meeting
        Id of the meeting.
    policy
        What counts as a tie.

    Returns
    -------
    mapping of Degree to tuple of str
        Every degree has an entry; ids in the order of the problem.

    Raises
    ------
    UnknownId
        The problem has no such meeting; a KeyError.
    """
    must_be_problem(problem)
    problem.meeting(meeting)  # also where there is nobody who could be assessed
    names = [row.facilitator for row in problem.facilitators]
    found = grouped(names, lambda name: assess(problem, name, meeting, policy=policy).degree)
    return {degree: found.get(degree, ()) for degree in Degree}


@dataclass(frozen=True)
class HelpfulWaiver:
    """A smallest set of consents that would make a seat fillable.

    Attributes
    ----------
    meeting, seat
        The seat that has no candidate.
    facilitator
        Who could take it then.
    waivers
        The consents that are missing, as rows that can be added to the table `waivers`.
    """

    meeting: str
    seat: str
    facilitator: str
    waivers: tuple[Waiver, ...]


def waivers_that_help(problem: Problem, rules: RuleSet = STANDARD_RULES) -> tuple[HelpfulWaiver, ...]:
    """Return, for each required seat without any candidate, the smallest sets of consents that would give it one.

    Only those are looked at whom in some slot nothing but a waivable tie keeps out. Of each seat the sets with the
    fewest consents are returned; each was tried, and leaves nothing out: without any one of its consents the
    facilitator stays out. An organisation that stands under several ids is asked once.
    They are asked of every party, so that nobody needs to be balanced by others in the team.

    Parameters
    ----------
    problem
        The problem.
    rules
        The rules, and with them the policy.
    """
    must_be_problem(problem)
    must_be_rules(rules)
    prepared = Prepared.of(problem, rules)
    world, candidates = prepared.world, prepared.candidates
    filled = set(candidates.seat[~world.early[candidates.occasion]].tolist())
    result: list[HelpfulWaiver] = []
    for seat in problem.meeting_seats:
        if not seat.required or world.seat_positions[seat.meeting, seat.seat] in filled:
            continue
        if seat.meeting in problem.frozen:
            continue
        helpful = []
        starts = [start for start, _ in problem.open_times(problem.meeting(seat.meeting))]
        for person in problem.facilitators:
            name, sets = person.facilitator, []
            for start in starts:
                against = list(objections(world, rules, name, seat.meeting, seat.seat, start))
                if len(against) == 1 and against[0].waivable:
                    sets += [_missing(problem, name, seat.meeting, start, rules.policy)]
            waivers = min(filter(None, sets), key=len, default=())
            if waivers:
                helpful.append(HelpfulWaiver(seat.meeting, seat.seat, name, waivers))
        fewest = min((len(item.waivers) for item in helpful), default=0)
        result += [item for item in helpful if len(item.waivers) == fewest]
    return tuple(result)


def _missing(problem: Problem, facilitator: str, meeting: str, start: datetime, policy: Policy) -> tuple[Waiver, ...]:
    """Return the consents that would let a facilitator act in a slot, each tried; nothing when no consent can."""
    waivers = consents_needed(problem, facilitator, meeting, start, policy)
    if not waivers:
        return ()
    replaced = {row.key_of() for row in waivers}  # a consent that came too late, or has expired, is given anew
    kept = [row for row in problem.waivers if row.key_of() not in replaced]
    again = assess(problem.replace(waivers=[*kept, *waivers]), facilitator, meeting, start, policy=policy)
    if again.degree != Degree.DISCLOSE:
        raise InternalError(f"with {len(waivers)} consents {facilitator} is still {again.degree.word} at {meeting}")
    return waivers
