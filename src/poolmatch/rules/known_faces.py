"""Rule `known-faces`: a series is led by someone its organisations had before, or by someone new to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates, bools
from poolmatch.domain.past import Past
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, kept
from poolmatch.domain.reciprocity import receivers
from poolmatch.issues import Issue, Message
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.teams import held_by

LEADING = frozenset({"lead", "co"})
"""Roles in which organisations come to know somebody."""
KNOWN = Words(
    "{who} leads series {series}, and led meetings of {parties} before.",
    "{who} leidt reeks {series} en leidde al eerder bijeenkomsten van {parties}.",
)
NEW = Words(
    "{who} leads series {series}, and is new to {parties}.",
    "{who} leidt reeks {series} en is nieuw bij {parties}.",
)
NO_FACES = Message(
    "history-without-parties",
    Words(
        "names no party of a meeting that somebody led, so that nobody is known to any organisation",
        "noemt geen partij van een bijeenkomst die iemand leidde, zodat niemand bij een organisatie bekend is",
    ),
    Words(
        "fill in organisations of past meetings, or leave out the rule known-faces",
        "vul organisaties in bij eerdere bijeenkomsten, of laat de regel known-faces weg",
    ),
    severity="warning",
)
NO_SERIES = Message(
    "series-without-lead",
    Words(
        "hold no series that has parties and a lead seat, so that the rule known-faces says nothing",
        "bevatten geen reeks met partijen en een plaats voor een leider, zodat de regel known-faces niets zegt",
    ),
    Words(
        "give meetings that belong together a series, or leave out the rule known-faces",
        "geef bijeenkomsten die bij elkaar horen een reeks, of laat de regel known-faces weg",
    ),
    severity="warning",
)


@kept
def hosts(problem: Problem) -> Mapping[str, tuple[str, ...]]:
    """Return by series whose it is: those that receive the hours of its meetings, under each id they have on the day.

    A series that nobody receives is left out, and so is one without a lead seat.
    """
    found: dict[str, tuple[str, ...]] = {}
    for series, members in problem.series.items():
        parties = (
            party
            for row in members
            for given in receivers(problem, row.meeting)
            for party in problem.webs.ids_of(given, problem.day(row.meeting))
        )
        names = tuple(dict.fromkeys(parties))
        if names and any(seat.role == "lead" for row in members for seat in problem.seats_of(row.meeting)):
            found[series] = names
    return found


def _led(problem: Problem) -> Iterator[tuple[Past, datetime]]:
    """Yield past work of who led or co-led a meeting, and when; without a time it was a duty."""
    for row in problem.past:
        if row.start is not None and row.role in LEADING:
            yield row, row.start


@kept
def parties_met(problem: Problem) -> Mapping[str, frozenset[str]]:
    """Return by facilitator the parties of past meetings that they led or co-led, under each id on the day."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row, start in _led(problem):
        day = problem.period.local_day(start)
        found[row.facilitator].update(party for name in row.organisations for party in problem.webs.ids_of(name, day))
    return {name: frozenset(parties) for name, parties in found.items()}


@kept
def begun(problem: Problem) -> frozenset[tuple[str, str]]:
    """Return which series who led or co-led before: facilitator and series."""
    return frozenset((row.facilitator, row.series) for row, _ in _led(problem) if row.series is not None)


class KnownFacesRule(PreferenceRule):
    """Whoever leads a series, and was at none of its organisations before, costs points; or whoever was.

    The organisations are those that receive the hours of its meetings: commissioners, else deciders, else all parties
    but observers, of all its meetings together. They had somebody before who led or co-led a meeting in `history` to
    which they were a party, under any of their ids (links of kind `same_as`). Who led or co-led this very series before
    goes on, and costs nothing either way. Meetings without a series do not count.

    Example: a series of four days for a housing corporation is led by two people, one of whom it never had: 1 point.
    """

    id: ClassVar[str] = "known-faces"
    sentence: ClassVar[Words] = Words(
        "A series is led by someone its organisations know, or by someone new to them.",
        "Een reeks wordt geleid door iemand die de organisaties kennen, of juist door iemand die nieuw voor hen is.",
    )
    tier: ClassVar[int] = 4
    standard: ClassVar[bool] = False

    wanted: Annotated[
        Literal["known", "new"], Field(description="Whether organisations want somebody known to them or new to them.")
    ] = "known"
    points: Annotated[
        int, Field(ge=0, le=1000, description="Points for each person who leads a series and is not wanted so.")
    ] = 1

    def issues(self, problem: Problem) -> Iterator[Issue]:
        """Yield a warning where nobody can be known to anyone, and one where no series is led for anyone."""
        if not any(parties_met(problem).values()):
            yield NO_FACES.at("history", column="organisations")
        if not hosts(problem):
            yield NO_SERIES.at("meetings", column="series")

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Count the people who lead a series, of those who are not wanted so."""
        world = candidates.world
        problem, names = world.problem, [person.facilitator for person in world.people]
        met, before = parties_met(problem), begun(problem)
        for series, parties in hosts(problem).items():
            known = bools(not met.get(name, frozenset()).isdisjoint(parties) for name in names)
            goes_on = bools((name, series) in before for name in names)
            charged = (known == (self.wanted == "new")) & ~goes_on
            places = [
                world.seat_positions[seat.meeting, seat.seat]
                for row in problem.series[series]
                for seat in problem.seats_of(row.meeting)
                if seat.role == "lead"
            ]
            column = candidates.of_seats(places)
            _, held = held_by(candidates, model, column[charged[candidates.person[column]]])
            model.cost(held, np.full(len(held), self.points))

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each person who leads a series and is not wanted so."""
        problem = plan.problem
        of_series = hosts(problem)
        for name, placements in plan.of_facilitator.items():
            led: defaultdict[str, list[str]] = defaultdict(list)
            for item in placements:
                if item.seat.role == "lead" and item.meeting.series in of_series:
                    led[item.meeting.series or ""].append(item.meeting.meeting)
            for series, meetings in led.items():
                had = [party for party in of_series[series] if party in parties_met(problem).get(name, ())]
                if (name, series) in begun(problem) or bool(had) == (self.wanted == "known") or not self.points:
                    continue
                parties = had or of_series[series]
                words = (KNOWN if had else NEW).fill(who=name, series=series, parties=", ".join(parties))
                yield self.found(
                    self.points,
                    words,
                    facilitators=(name,),
                    meetings=tuple(dict.fromkeys(meetings)),
                    organisations=tuple(parties),
                )
