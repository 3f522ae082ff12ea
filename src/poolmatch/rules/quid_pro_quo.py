"""Rule `quid-pro-quo`: organisations do not lead each other's contested meetings in turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from poolmatch.arrays import (
    GRADES,
    ROLES,
    Arrays,
    Bools,
    Candidates,
    Ints,
    bounds,
    expand_ranges,
    ints,
)
from poolmatch.domain.assignments import Placement
from poolmatch.domain.grouping import grouped
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, kept
from poolmatch.domain.webs import GROUP, span_of
from poolmatch.issues import Issue, Message
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.teams import TEAM, let_follow, stands_for
from poolmatch.words import joined, pattern

CONTENTIONS = ("low", "normal", "high")
"""How contested a meeting can be, in rising order."""
KINDS = ("employee", "former_employee")
"""Kinds of tie that make someone an employee while they are active."""
Arc = tuple[str, str]
"""Two groups, each by its first id: people of the one lead where the other decides."""
NOWHERE = Message(
    "quid-pro-quo-nowhere",
    Words(
        "matches nothing: no two groups of organisations both employ somebody of the pool and decide on a meeting "
        "that is contested enough",
        "past nergens bij: geen twee groepen organisaties hebben allebei iemand van de pool in dienst en beslissen "
        "over een bijeenkomst met genoeg spanning",
    ),
    Words(
        "fill in contention of meetings and employers, ask for less contention, or leave the rule out",
        "vul de spanning van bijeenkomsten en de werkgevers in, vraag minder spanning, of laat de regel weg",
    ),
    "warning",
)


@kept
def groups_of_period(problem: Problem) -> Mapping[str, str]:
    """Return the group of each organisation, by its first id: one for the whole period.

    Links of kind `controls`, `unit_of` and `same_as` that are active on any day of the period join organisations:
    favours may be returned on another day than they were done.
    """
    opens, closes = problem.period.start.toordinal(), problem.period.end.toordinal()
    near: defaultdict[str, set[str]] = defaultdict(set)
    for link in problem.links:
        first, last = span_of(link)
        if link.kind in GROUP and first <= closes and opens <= last:
            near[link.source].add(link.target)
            near[link.target].add(link.source)
    found: dict[str, str] = {}
    for name in sorted(row.organisation for row in problem.organisations):
        waiting = [] if name in found else [name]
        while waiting:
            member = waiting.pop()
            found[member] = name
            waiting += near[member] - found.keys()
    return found


class QuidProQuoRule(PreferenceRule):
    """Each pair of organisations that lead each other's contested meetings costs points.

    Somebody who works for group A, by the employer column or a tie as employee on the day, holds a lead, co or mentor
    seat of a contested meeting on which a party of group B decides; and the other way round. Where A decides as well
    the meeting is A's own, and nothing is given. With ``cycle = 3`` three groups of which each leads at the next count
    too. With ``most`` so many cycles are a limit, and none costs points. The past of the period counts, history does
    not; nor do duties.

    Example: F1 of the municipality leads where the corporation decides, F2 of the corporation where the municipality
    does.
    """

    id: ClassVar[str] = "quid-pro-quo"
    sentence: ClassVar[Words] = Words(
        "Organisations do not lead each other's contested meetings in turn.",
        "Organisaties begeleiden niet over en weer elkaars bijeenkomsten waar spanning op staat.",
    )
    standard: ClassVar[bool] = False
    tier: ClassVar[int] = 2

    points: Annotated[int, Field(ge=0, le=1000, description="Points for each cycle.")] = 1
    most: Annotated[int | None, Field(ge=0, description="Most cycles, as a limit; none = each costs points.")] = None
    cycle: Annotated[int, Field(ge=2, le=3, description="Groups in the longest cycle that counts.")] = 2
    contention: Annotated[
        Literal["low", "normal", "high"], Field(description="Least contention of a meeting that counts.")
    ] = "high"

    @property
    def limits(self) -> bool:
        """Whether cycles are limited."""
        return self.most is not None

    def issues(self, problem: Problem) -> Iterator[Issue]:
        """Yield that no two groups could lead each other's meetings."""
        group, period = groups_of_period(problem), problem.period
        employing = {
            group[tie.organisation]
            for row in problem.facilitators
            for tie in problem.ties_of(row.facilitator)
            if tie.organisation is not None and tie.employs(period.start, period.end)
        }
        meetings = [row.meeting for row in problem.meetings if self._contested(row.contention)]
        deciding = set[str]().union(*(_deciding(problem, meeting) for meeting in meetings))
        if len(employing & deciding) < 2:
            yield NOWHERE.at("rules", column=f"rules.{self.id}")

    def _contested(self, contention: str) -> bool:
        return CONTENTIONS.index(contention) >= CONTENTIONS.index(self.contention)

    # --- for the solver ------------------------------------------------------------------------------------

    def post(self, candidates: Candidates, model: Model) -> None:
        """Limit the cycles, if they are limited: to what the past alone closes where that is more."""
        if self.most is None:
            return
        candidate, one, other = self._leading(candidates)
        past = np.isin(candidate, candidates.past)
        closed = sum(map(len, _cycles(_matrix(candidates.world, one[past], other[past]), self.cycle)))
        column = self._columns(candidates, model)
        if len(column):
            model.rows(np.zeros(len(column), np.int64), column, 1, upper=[max(self.most, closed)])

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each cycle, unless they are limited."""
        if self.most is None:
            model.cost(self._columns(candidates, model), self.points)

    def _columns(self, candidates: Candidates, model: Model) -> Ints:
        """Add a column for each cycle that could be, which is 1 if it is, and return them."""
        candidate, one, other = self._leading(candidates)
        leads = _matrix(candidates.world, one, other)
        found = _cycles(leads, self.cycle)
        needed = np.zeros_like(leads)
        for cycles in found:
            needed[cycles, np.roll(cycles, -1, 1)] = True
        arcs = np.full(leads.shape, -1)
        arcs[needed] = model.columns(np.zeros(int(needed.sum()), np.int64), np.ones(int(needed.sum()), np.int64))
        counts = needed[one, other]
        if counts.any():
            let_follow(candidates, model, candidate[counts], arcs[one, other][counts])
        columns = []
        for cycles in found:
            number, length = cycles.shape
            closed = model.columns(np.zeros(number, np.int64), np.ones(number, np.int64))
            if number:  # all arcs but one do not close a cycle
                entries = np.column_stack([arcs[cycles, np.roll(cycles, -1, 1)], closed])
                signs = np.tile([1] * length + [-1], number)
                row = np.repeat(np.arange(number), length + 1)
                model.rows(row, entries.ravel(), signs, upper=np.full(number, length - 1))
            columns.append(closed)
        return np.concatenate(columns)

    def _leading(self, candidates: Candidates) -> tuple[Ints, Ints, Ints]:
        """Return who leads for which group where which group decides: candidate and the numbers of both, each once."""
        world, occasions = candidates.world, candidates.world.occasions
        group, (person, employer, first, last) = _groups(world), stands_for(world, KINDS)
        in_team = np.isin(candidates.column("role"), [ROLES.index(role) for role in TEAM])
        contested = candidates.column("contention") >= CONTENTIONS.index(self.contention) - 1
        column = np.flatnonzero(in_team & contested & candidates.column("timed"))
        # For whom each works on the day.
        edges, who, day = bounds(person, len(world.people)), candidates.person[column], candidates.column("day")[column]
        row, tie = expand_ranges(edges[who], edges[who + 1])
        on = (first[tie] <= day[row]) & (day[row] <= last[tie])
        column, own = column[row[on]], group[employer[tie[on]]]
        # Who decides there.
        decides = occasions.stakes.grade == GRADES.index("decider")
        owner, party = occasions.stakes.owner[decides], group[occasions.stakes.organisation[decides]]
        edges, place = bounds(owner, len(occasions)), candidates.occasion[column]
        row, stake = expand_ranges(edges[place], edges[place + 1])
        width = len(world.organisations)
        given = ~np.isin(place[row] * width + own[row], owner * width + party)
        found = np.unique(np.stack([column[row], own[row], party[stake]])[:, given], axis=1)
        return found[0], found[1], found[2]

    # --- for people ----------------------------------------------------------------------------------------

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each cycle, with the work that closes it; of one that the past alone closes only that."""
        arcs = self._arcs(plan)
        rings = list(_rings(arcs, self.cycle))
        if self.most is not None and len(rings) <= self.most:
            return
        frozen = plan.problem.frozen
        for ring in rings:
            work = [arcs[arc] for arc in zip(ring, [*ring[1:], ring[0]], strict=True)]
            past = [[item for item in items if item.meeting.meeting in frozen] for items in work]
            items = [item for items in (past if all(past) else work) for item in items]
            who = dict.fromkeys((item.facilitator.facilitator, item.meeting.meeting) for item in items)
            words = Words(
                "{ring} lead one another's meetings: {work}.",
                "{ring} begeleiden elkaars bijeenkomsten: {work}.",
                ring=" → ".join([*ring, ring[0]]),
                work=joined(", ", (pattern("{who} ({meeting})", who=name, meeting=where) for name, where in who)),
            )
            about: dict[str, Any] = {
                "facilitators": tuple(dict.fromkeys(name for name, _ in who)),
                "meetings": tuple(dict.fromkeys(where for _, where in who)),
                "organisations": ring,
            }
            if self.most is None:
                yield self.found(self.points, words, **about)
            else:
                yield Finding(self.id, "violation", words, **about)

    def _arcs(self, plan: Plan) -> Mapping[Arc, Sequence[Placement]]:
        """Return the work that people of one group do where another decides, in order of time."""
        problem, group = plan.problem, groups_of_period(plan.problem)
        found: defaultdict[Arc, list[Placement]] = defaultdict(list)
        for meeting, placements in plan.of_meeting.items():
            for item in placements:
                if item.seat.role in TEAM and self._contested(item.meeting.contention):
                    ties = problem.ties_of(item.facilitator.facilitator)
                    employers = (tie.organisation for tie in ties if tie.employs(item.day, item.day))
                    own, deciders = {group[name] for name in employers if name is not None}, _deciding(problem, meeting)
                    for arc in product(sorted(own - deciders), sorted(deciders)):
                        found[arc].append(item)
        return found


def _deciding(problem: Problem, meeting: str) -> set[str]:
    """Return the groups of the parties that decide on a meeting."""
    group = groups_of_period(problem)
    return {group[row.organisation] for row in problem.stakes_of(meeting) if row.grade == "decider"}


def _rings(arcs: Collection[Arc], longest: int) -> Iterator[tuple[str, ...]]:
    """Yield each cycle that arcs close, from its first group on: pairs, and then those of three where they count."""
    yield from sorted(arc for arc in arcs if arc[0] < arc[1] and arc[::-1] in arcs)
    if longest == 3:
        after = grouped(sorted(arcs), lambda arc: arc[0])
        paths = ((one, other, last) for one, other in sorted(arcs) for _, last in after.get(other, ()))
        yield from (path for path in paths if path[0] < min(path[1:]) and (path[2], path[0]) in arcs)


def _groups(world: Arrays) -> Ints:
    """Return the number of each organisation's group: that of its first id."""
    group = groups_of_period(world.problem)
    return ints(world.organisations.get(group[name]) for name in world.organisations.of)


def _matrix(world: Arrays, one: Ints, other: Ints) -> Bools:
    """Return which group could lead where which decides; shape ``(organisations, organisations)``."""
    leads = np.zeros((len(world.organisations),) * 2, np.bool_)
    leads[one, other] = True
    return leads


def _cycles(leads: Bools, longest: int) -> list[Ints]:
    """Return the cycles of two groups, and of three where they count, each from its lowest number on.

    Parameters
    ----------
    leads
        Which group leads where which decides; as of `_matrix`.
    longest
        Groups in the longest cycle that counts.

    Returns
    -------
    list of ndarray of int
        Of shape ``(cycles, 2)``, and then ``(cycles, 3)``.
    """
    found = [np.argwhere(np.triu(leads & leads.T, 1))]
    if longest == 3:
        triples = [np.zeros((0, 3), np.int64)]
        for first in np.flatnonzero(leads.any(1)).tolist():
            second = np.flatnonzero(leads[first, first:]) + first
            third = np.flatnonzero(leads[first:, first]) + first
            hits = np.argwhere(leads[np.ix_(second, third)])
            triples.append(np.column_stack([np.full(len(hits), first), second[hits[:, 0]], third[hits[:, 1]]]))
        found.append(np.concatenate(triples))
    return found
