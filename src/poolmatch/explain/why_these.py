"""Why somebody has so much work, and why this: their share, and what each seat would cost without them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from poolmatch.checking import HasReport, Report, report_of
from poolmatch.domain.arguments import seconds
from poolmatch.eligibility import standings
from poolmatch.explain.answer import Answer
from poolmatch.explain.asking import beside, goals_of, nearby_of, prepared_of
from poolmatch.explain.comparison import Comparison
from poolmatch.explain.explanation import Explanation
from poolmatch.figures import fairness
from poolmatch.figures.fairness import PersonShare
from poolmatch.solving.nearby import Asked
from poolmatch.solving.running.budget import Budget
from poolmatch.views import View
from poolmatch.vocabulary.outcomes import tier_within
from poolmatch.words import Words

LOAD = Words(
    "{who} works {hours:.1f} hours in the period; a fair part is {target:.1f}.",
    "{who} werkt {hours:.1f} uur in de periode; een eerlijk deel is {target:.1f}.",
)
CARRIED = Words(
    "Of the time before, {who} has {hours:+.1f} hours above their part.",
    "Van de tijd ervoor heeft {who} {hours:+.1f} uur boven het eigen deel.",
)
ONLY = Words("{meeting}, {seat}: nobody else is possible there.", "{meeting}, {seat}: niemand anders is daar mogelijk.")
WORSE = Words(
    "{meeting}, {seat}: without {who}, {tier} would be {after:g} points instead of {before:g}; possible besides: "
    "{others}.",
    "{meeting}, {seat}: zonder {who} werd {tier} {after:g} punten in plaats van {before:g}; verder mogelijk: {others}.",
)
SO_FAR = Words(
    "{meeting}, {seat}: in the best roster without {who} that was found, {tier} is {after:g} points instead of "
    "{before:g}; possible besides: {others}.",
    "{meeting}, {seat}: in het beste gevonden rooster zonder {who} is {tier} {after:g} punten in plaats van "
    "{before:g}; verder mogelijk: {others}.",
)
BETTER = Words(
    "{meeting}, {seat}: without {who} a roster is better than this one: in it {tier} is {after:g} points, not "
    "{before:g}; possible besides: {others}.",
    "{meeting}, {seat}: zonder {who} is een rooster beter dan dit: {tier} is daarin {after:g} punten in plaats van "
    "{before:g}; verder mogelijk: {others}.",
)
AS_GOOD = Words(
    "{meeting}, {seat}: somebody else could do it as well; it was drawn by lot, or {who} was asked.",
    "{meeting}, {seat}: iemand anders kan het evengoed; het lot besliste, of {who} is gevraagd.",
)
FIXED = Words(
    "{meeting}, {seat}: every legal roster has {who} there.", "{meeting}, {seat}: elk geldig rooster heeft {who} daar."
)
UNKNOWN = Words(
    "{meeting}, {seat}: possible besides: {others}; what it would cost was not found in time.",
    "{meeting}, {seat}: verder mogelijk: {others}; wat het zou kosten is niet op tijd gevonden.",
)

NO_WORK = Words("{who} has no seat that is still to come.", "{who} heeft geen plaats die nog komt.")


@dataclass(frozen=True)
class WhyThis(Explanation):
    """Why somebody holds a seat.

    Attributes
    ----------
    facilitator, meeting, seat
        Ids.
    others
        How many others are eligible for the seat.
    without
        The best roster in which they do not hold it, beside this one; None where there is none, or none was found.
    settled
        Whether that is sure; where not, none is better that differs in the seats about this one only.
    """

    facilitator: str
    meeting: str
    seat: str
    others: int
    without: Comparison | None
    settled: bool

    @property
    def words(self) -> Words:
        """The answer as a sentence; it names nobody else."""
        about = {"who": self.facilitator, "meeting": self.meeting, "seat": self.seat, "others": self.others}
        if self.without is None:
            return (FIXED if self.settled else UNKNOWN).fill(**about)
        other = next((item for item in self.without.tiers if item.before != item.after), None)
        if other is None:
            return AS_GOOD.fill(**about)
        better = other.after < other.before
        if not (self.others or better):
            return ONLY.fill(**about)
        words = BETTER if better else WORSE if self.settled else SO_FAR
        return words.fill(tier=tier_within(other.tier), before=other.before, after=other.after, **about)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document; of others only how many they are."""
        tiers = None if self.without is None else [item.to_dict() for item in self.without.tiers]
        own = {name: getattr(self, name) for name in ("facilitator", "meeting", "seat", "others", "settled")}
        return own | {"tiers_without": tiers}


@dataclass(frozen=True)
class WhyThese(Answer):
    """Why somebody has so much work, and why this.

    Attributes
    ----------
    facilitator
        Id.
    share
        Their hours and fair part; None for externals, who have none.
    seats
        Of each seat they hold, in order of time, why.
    """

    facilitator: str
    share: PersonShare | None
    seats: tuple[WhyThis, ...]

    @property
    def words(self) -> tuple[Words, ...]:
        """The answer in sentences; they name nobody else, so the person may read all of it."""
        told: list[Words] = []
        if self.share is not None:
            told.append(LOAD.fill(who=self.facilitator, hours=self.share.hours, target=self.share.target))
            if self.share.before or self.share.deviation_before:
                told.append(CARRIED.fill(who=self.facilitator, hours=self.share.deviation_before))
        return (*told, *(item.words for item in self.seats)) or (NO_WORK.fill(who=self.facilitator),)

    def _theirs(self, view: View) -> tuple[Words, ...]:
        return self.words if view.facilitator(self.facilitator) else ()

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        share = None if self.share is None else self.share.to_dict()
        return {"facilitator": self.facilitator, "share": share, "seats": [item.to_dict() for item in self.seats]}


def why_these(result: Report | HasReport, facilitator: str, *, time_limit: float = 10.0) -> WhyThese:
    """Return why somebody has so much work in a roster, and why this.

    Parameters
    ----------
    result
        What ``solve`` or ``check`` returned; its roster is legal.
    facilitator
        Id.
    time_limit
        Seconds in all, in equal parts for the seats.

    Raises
    ------
    UnknownId
        The problem has no such facilitator; a KeyError.
    ValueError, TypeError
        The time is no number of seconds, 0 or more.
    """
    report, limit = report_of(result), seconds(time_limit, "time_limit")
    report.problem.facilitator(facilitator)
    share = next((row for row in fairness(report.problem, report.roster).people if row.name == facilitator), None)
    held = [
        item for item in report.plan.work_of.get(facilitator, ()) if item.meeting.meeting not in report.problem.frozen
    ]
    keys = [(item.meeting.meeting, item.seat.seat, item.start) for item in held]
    possible = standings(report.world, report.rules, keys)
    prepared, nearby = prepared_of(report), nearby_of(report)
    whole, seats = Budget(limit), []
    for number, key in enumerate(keys):
        budget = whole.at_most(whole.left / (len(keys) - number))
        meeting, seat, _ = key
        place = prepared.world.seat_positions[meeting, seat]
        theirs = prepared.candidates.find(prepared.world.positions[facilitator], place)
        found, settled = (
            nearby.sought(Asked(barred=theirs), goals_of(report), budget) if report.legal else (None, False)
        )
        without = None if found is None else beside(report, found.report)
        others = len({*possible[key].eligible} - {facilitator})
        seats.append(WhyThis(facilitator, meeting, seat, others, without, settled))
    return WhyThese(facilitator, share, tuple(seats))
