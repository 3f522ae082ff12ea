"""The assessment of one person for many occasions at once, as numbers: agrees with `assess` on every pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from poolmatch.arrays import GRADES, Arrays, Bools, Ints, Occasions, Person, bounds
from poolmatch.domain.degree import Degree
from poolmatch.domain.people import Tie
from poolmatch.neutrality.consents import waived
from poolmatch.neutrality.paths import Chain, chains, form_of, windows
from poolmatch.neutrality.policy import Policy

Weights = tuple[int, ...]
"""Degree by grade of the party, in the order of ``GRADES``."""


class Claim(NamedTuple):
    """Days on which a tie reaches an organisation, and with what degrees."""

    organisation: int
    first: int
    last: int
    weights: Weights


@dataclass(frozen=True)
class Degrees:
    """Worst degrees of one person, after waivers; shape of both ``(occasions,)``."""

    degree: Ints
    waived: Bools


class _Harm(NamedTuple):
    """Degrees of one person where they are not neutral, which is at few occasions: row of each, degree, by waiver."""

    rows: Ints
    degree: Ints
    waived: Bools


class _Stakes:
    """The stakes of a table of occasions, findable by organisation."""

    def __init__(self, occasions: Occasions, organisations: int) -> None:
        stakes = occasions.stakes
        self.order = np.argsort(stakes.organisation, kind="stable")
        self.edges = bounds(stakes.organisation[self.order], organisations)
        owner = stakes.owner[self.order]
        self.owner = owner
        self.grade = stakes.grade[self.order]
        self.day = occasions.day[owner]
        self.high = occasions.contention[owner] > 0


def _stakes(world: Arrays, occasions: Occasions) -> _Stakes:
    if occasions is world.occasions:
        return world.memo("neutrality: stakes", lambda: _Stakes(occasions, len(world.organisations)))
    return _Stakes(occasions, len(world.organisations))


def _chains(world: Arrays, organisation: str) -> tuple[Chain, ...]:
    return world.memo(("neutrality: chains", organisation), lambda: tuple(chains(world.problem, organisation)))


def _claims(world: Arrays, tie: Tie, organisation: str, policy: Policy) -> tuple[Claim, ...]:
    return tuple(_each_claim(world, tie, organisation, policy))


def _each_claim(world: Arrays, tie: Tie, organisation: str, policy: Policy) -> Iterator[Claim]:
    for chain in _chains(world, organisation):
        form = form_of(chain.steps)
        for row in policy.rows:
            if row.target != "organisation" or form not in row.chain:
                continue
            for window in windows(row, tie):
                first, last = max(window.first, chain.first), min(window.last, chain.last)
                if first <= last:
                    weights = tuple(int(row.degree(grade, window.ended)) for grade in GRADES)
                    number = world.organisations.get(chain.organisations[-1])
                    yield Claim(number, first.toordinal(), last.toordinal(), weights)


def _merged(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield claims on the same organisation and days once, with the worst degrees."""
    worst: dict[tuple[int, int, int], Weights] = {}
    for claim in claims:
        key = claim[:3]
        worst[key] = tuple(map(max, worst.get(key, claim.weights), claim.weights))
    for (organisation, first, last), weights in worst.items():
        if any(weights):
            yield Claim(organisation, first, last, weights)


def degrees(person: Person, occasions: Occasions, policy: Policy) -> Degrees:
    """Return the worst degree over all paths, for one person at each occasion.

    Only the stakes of organisations that the person's ties reach are looked at, so that the work grows with them and
    not with people × occasions. For all occasions of the problem the answer is worked out once.

    Parameters
    ----------
    person
        The person.
    occasions
        Any number of rows.
    policy
        What counts as a tie.
    """
    world = person.world
    if occasions is not world.occasions:
        return _degrees(person, occasions, policy)

    def harm() -> _Harm:
        found = _degrees(person, occasions, policy)
        rows = np.flatnonzero(found.degree)
        return _Harm(rows, found.degree[rows], found.waived[rows])

    kept = world.memo(("neutrality: harm", person.position, policy), harm)
    degree, by_waiver = np.zeros(len(occasions), np.int64), np.zeros(len(occasions), np.bool_)
    degree[kept.rows], by_waiver[kept.rows] = kept.degree, kept.waived
    return Degrees(degree, by_waiver)


def _degrees(person: Person, occasions: Occasions, policy: Policy) -> Degrees:
    world, name = person.world, person.row.facilitator
    degree, by_waiver = np.zeros(len(occasions), np.int64), np.zeros(len(occasions), np.bool_)
    claims: dict[Hashable, tuple[Claim, ...]] = world.memo(("neutrality: claims", policy), dict)
    tied: defaultdict[str, list[Claim]] = defaultdict(list)
    for tie in world.problem.ties_of(name):
        if tie.organisation is None:
            np.maximum(degree, _matter(world, tie, occasions, policy), out=degree)
        else:
            key = (tie.organisation, tie.kind, tie.start, tie.end)
            if key not in claims:
                claims[key] = _claims(world, tie, tie.organisation, policy)
            tied[tie.organisation] += claims[key]
    if tied:
        stakes = _stakes(world, occasions)
        consented = {row.organisation for row in world.problem.about(name, "waivers")}
        for organisation, found in tied.items():
            worst = degree if organisation not in consented else np.zeros(len(occasions), np.int64)
            for claim in _merged(found):
                _raise(worst, stakes, claim)
            if organisation in consented:
                cured = _cured(world, name, organisation, occasions, worst)
                by_waiver |= cured
                np.maximum(degree, np.where(cured, Degree.DISCLOSE, worst), out=degree)
    return Degrees(degree, by_waiver & (degree == Degree.DISCLOSE))


def _raise(worst: Ints, stakes: _Stakes, claim: Claim) -> None:
    """Raise the worst degrees by what a claim says of the stakes of its organisation."""
    part = slice(stakes.edges[claim.organisation], stakes.edges[claim.organisation + 1])
    day = stakes.day[part]
    found = np.where((claim.first <= day) & (day <= claim.last), np.array(claim.weights)[stakes.grade[part]], 0)
    found = np.minimum(found + (stakes.high[part] & (found > 0)), Degree.BLOCKED)
    np.maximum.at(worst, stakes.owner[part], found)


def _cured(world: Arrays, name: str, organisation: str, occasions: Occasions, worst: Ints) -> Bools:
    """Tell where complete waivers turn what is waivable into something to disclose."""
    cured = np.zeros(len(occasions), np.bool_)
    for row in np.flatnonzero(worst == Degree.WAIVABLE).tolist():
        meeting = occasions.meeting_rows[occasions.meeting[row]].meeting
        day = date.fromordinal(int(occasions.day[row]))
        cured[row] = waived(world.problem, name, organisation, meeting, day)
    return cured


def _matter(world: Arrays, tie: Tie, occasions: Occasions, policy: Policy) -> Ints:
    """Return the degrees of a tie to a dossier or a theme: the same whatever chain, for there is none."""
    if tie.theme is not None:
        target, most = "theme", Degree.DISCLOSE
        here = occasions.theme == world.themes.get(tie.theme)
    else:
        target, most = "dossier", Degree.BLOCKED
        here = (
            occasions.meeting == world.meeting_positions.get(tie.meeting, -1)
            if tie.meeting is not None
            else occasions.series == world.series.get(tie.series)
        )
    rows = np.flatnonzero(here)
    there = occasions.take(rows)
    found = np.zeros(len(rows), np.int64)
    day = there.day
    for row in policy.rows:
        if row.target != target:
            continue
        for window in windows(row, tie):
            weights = np.array([int(row.degree(grade, window.ended)) for grade in GRADES])
            by_party = there.stakes.max(weights[there.stakes.grade])
            nobody = np.diff(there.stakes.offsets) == 0
            by_party = np.where(nobody, weights[0], by_party)
            on = (window.first.toordinal() <= day) & (day <= window.last.toordinal())
            np.maximum(found, np.where(on, by_party, 0), out=found)
    high = (there.contention > 0) & (found > 0)
    result = np.zeros(len(occasions), np.int64)
    result[rows] = np.minimum(found + high, most)
    return result
