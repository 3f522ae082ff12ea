"""The assessment of one person for many occasions at once, as numbers: agrees with `assess` on every pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from poolmatch.arrays import GRADES, Arrays, Bools, Ints, Occasions, Person, bounds, expand_ranges, ints
from poolmatch.domain.degree import Degree
from poolmatch.domain.people import Tie
from poolmatch.neutrality.consents import others_consent, waived
from poolmatch.neutrality.labels import days_of, labels, labels_on, stretch_of
from poolmatch.neutrality.policy import Policy, PolicyRow
from poolmatch.neutrality.windows import CLOSED, OPEN, Window, windows


class Claims(NamedTuple):
    """What a tie claims of the parties that it reaches, on each day with an occasion.

    Attributes
    ----------
    organisation
        Those parties; shape ``(reached,)``.
    degrees
        By day, party and standing of the stake; shape ``(days, reached, standings)``.
    """

    organisation: Ints
    degrees: NDArray[np.int8]


NO_SIDE = -1
"""Number of no party: the person takes no side."""


@dataclass(frozen=True)
class Degrees:
    """Worst degrees of one person, after waivers and balance; shape of all ``(occasions,)``.

    Attributes
    ----------
    degree
        The degrees.
    waived
        Whether a complete waiver makes it so.
    sides
        Number of the party that decides whose side the person takes where others can balance that, the first of its
        ids on the day; -1 elsewhere. None where the policy knows no balanced teams.
    """

    degree: Ints
    waived: Bools
    sides: Ints | None = None

    @property
    def side(self) -> Ints:
        """As `sides`, under any policy."""
        return np.full(len(self.degree), NO_SIDE) if self.sides is None else self.sides


class _Harm(NamedTuple):
    """Degrees of one person where they are not neutral: row of each, degree, waiver, side. Small: all are kept."""

    rows: NDArray[np.int32]
    degree: NDArray[np.int8]
    waived: Bools
    sides: NDArray[np.int32] | None


class _Kept:
    """What was worked out under one policy: the harm of each person, and claims that many people share."""

    def __init__(self) -> None:
        self.harm: dict[int, _Harm] = {}
        self.claims: dict[tuple[str, str], Claims] = {}


class _Stakes:
    """The stakes of a table of occasions, findable by organisation.

    Attributes
    ----------
    edges
        Where the stakes of each organisation begin; shape ``(organisations + 1,)``.
    owner, day, standing
        Of each stake the row of its occasion, the place of its day among ``days``, and its grade: counted on past the
        last of ``GRADES`` at an occasion of high contention. Shape ``(stakes,)``.
    """

    def __init__(self, world: Arrays, occasions: Occasions) -> None:
        stakes, days = occasions.stakes, days_of(world)
        order = np.argsort(stakes.organisation, kind="stable")
        self.edges = bounds(stakes.organisation[order], len(world.organisations))
        self.owner = stakes.owner[order]
        self._world, self._when, self._organisation = world, occasions.day, stakes.organisation[order]
        self.day = np.searchsorted(days, occasions.day)[self.owner]
        self.standing = stakes.grade[order] + len(GRADES) * (occasions.contention[self.owner] > 0)

    @cached_property
    def party(self) -> Ints:
        """Number of each stake's organisation, the first of its ids on the day; shape ``(stakes,)``."""
        stretch = stretch_of(self._world, self._when)
        return np.asarray(labels(self._world).same[stretch[self.owner], self._organisation])

    @cached_property
    def _deciders(self) -> Ints:
        """Each party that decides at an occasion, once, as a number for both."""
        decider = self.standing % len(GRADES) == GRADES.index("decider")
        return np.unique(self._both[decider])

    @cached_property
    def _both(self) -> Ints:
        return np.asarray(self.owner * len(self._world.organisations) + self.party)

    @cached_property
    def decides(self) -> Bools:
        """Whether the organisation of a stake decides, by this stake or under another id; shape ``(stakes,)``."""
        return np.isin(self._both, self._deciders)

    @cached_property
    def several(self) -> Bools:
        """At which occasions several parties decide; shape ``(occasions,)``."""
        decide = np.bincount(self._deciders // len(self._world.organisations), minlength=len(self._when))
        return np.asarray(decide > 1)


def _stakes(world: Arrays, occasions: Occasions) -> _Stakes:
    if occasions is world.occasions:
        return world.memo("neutrality: stakes", lambda: _Stakes(world, occasions))
    latest = world.memo("neutrality: stakes of a part", dict[str, tuple[Occasions, _Stakes]])
    known = latest.get("")  # many people are asked about one part, one after the other
    if known is None or known[0] is not occasions:
        known = latest[""] = occasions, _Stakes(world, occasions)
    return known[1]


def _parties(world: Arrays) -> Ints:
    """Return the organisations that have a stake anywhere."""
    return world.memo("neutrality: parties", lambda: ints(sorted(set(world.occasions.stakes.organisation.tolist()))))


def _claims(world: Arrays, tie: Tie, organisation: str, policy: Policy) -> Claims:
    """Return what a tie to an organisation claims: by each row of the policy, along each form of chain."""
    number, parties, days = world.organisations.get(organisation), _parties(world), days_of(world)
    counted = list(_counted(days, tie, policy))
    now = labels(world).reached(number, parties)
    last = [window.first.toordinal() - 1 for _, window, _ in counted if window.ended]
    # Who was reached on the last day of a tie counts for as long as the tie does once it has ended.
    then = labels_on(world, last[0]).reached(number, parties) if last else {}
    forms = {form for row, _, _ in counted for form in row.chain}
    reached = np.flatnonzero(np.any([found[form].any(0) for found in (now, then) for form in forms & found.keys()], 0))
    stretch = stretch_of(world, days)
    degrees = np.zeros((len(days), len(reached), len(GRADES)), np.int8)
    for row, window, part in counted:
        weights = np.array([row.degree(grade, window.ended) for grade in GRADES], np.int8)
        for form in row.chain:
            hits = [now[form][stretch[part]]] if form in now else []
            if window.ended and form in then:
                hits.append(then[form])
            for hit in hits:
                np.maximum(degrees[part], hit[:, reached, np.newaxis] * weights, out=degrees[part])
    raised = np.minimum(degrees + (degrees > 0), Degree.BLOCKED).astype(np.int8)
    return Claims(parties[reached], np.concatenate([degrees, raised], 2))


def _counted(days: Ints, tie: Tie, policy: Policy) -> Iterator[tuple[PolicyRow, Window, slice]]:
    """Yield the rows that count a tie to an organisation, when, and which of the days lie then: some."""
    for row in policy.rows:
        for window in windows(row, tie) if row.target == "organisation" else ():
            first, last = np.searchsorted(days, [window.first.toordinal(), window.last.toordinal() + 1]).tolist()
            if first < last:
                yield row, window, slice(first, last)


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
    kept = world.memo(("neutrality", policy), _Kept)
    if occasions is not world.occasions:
        return _degrees(person, occasions, policy, kept)
    if person.position not in kept.harm:
        found = _degrees(person, occasions, policy, kept)
        rows = np.flatnonzero(found.degree)
        small = rows.astype(np.int32), found.degree[rows].astype(np.int8), found.waived[rows]
        kept.harm[person.position] = _Harm(*small, None if found.sides is None else found.sides[rows].astype(np.int32))
    harm = kept.harm[person.position]
    degree, by_waiver = np.zeros(len(occasions), np.int64), np.zeros(len(occasions), np.bool_)
    degree[harm.rows], by_waiver[harm.rows] = harm.degree, harm.waived
    if harm.sides is None:
        return Degrees(degree, by_waiver)
    sides = np.full(len(occasions), NO_SIDE)
    sides[harm.rows] = harm.sides
    return Degrees(degree, by_waiver, sides)


def _degrees(person: Person, occasions: Occasions, policy: Policy, kept: _Kept) -> Degrees:
    world, name = person.world, person.row.facilitator
    degree, by_waiver = np.zeros(len(occasions), np.int64), np.zeros(len(occasions), np.bool_)
    tied: defaultdict[str, list[Claims]] = defaultdict(list)
    for tie in world.problem.ties_of(name):
        if tie.organisation is None:
            np.maximum(degree, _matter(world, tie, occasions, policy), out=degree)
        else:
            undated = tie.start is None and tie.end is None  # many people have the same employer, few the same days
            claims = kept.claims.get((tie.organisation, tie.kind)) if undated else None
            if claims is None:
                claims = _claims(world, tie, tie.organisation, policy)
            if undated:
                kept.claims[tie.organisation, tie.kind] = claims
            tied[tie.organisation].append(claims)
    rules = [row for row in policy.rows if row.target == "unknown"]
    if rules and not (person.row.organisation or person.row.independent or person.row.external):
        np.maximum(degree, _unknown(person, occasions, rules), out=degree)
    of_matter = degree.copy() if policy.balanced_teams else degree
    cures: dict[str, Bools] = {}
    if tied:
        stakes = _stakes(world, occasions)
        consented = bool(world.problem.about(name, "waivers"))
        for organisation, found in tied.items():
            worst = np.zeros(len(occasions), np.int64) if consented else degree
            for claims in found:
                _raise(worst, stakes, claims)
            if consented:
                cured = cures[organisation] = _cured(world, name, organisation, occasions, worst)
                by_waiver |= cured
                np.maximum(degree, np.where(cured, Degree.DISCLOSE, worst), out=degree)
    if not policy.balanced_teams:
        return Degrees(degree, by_waiver & (degree == Degree.DISCLOSE))
    # Nobody could balance a tie to the matter itself, nor an employer whom nobody wrote down.
    waiting = (degree == Degree.WAIVABLE) & (of_matter < Degree.WAIVABLE)
    sides = _sides(person, occasions, waiting, tied, cures)
    degree[sides != NO_SIDE] = Degree.DISCLOSE
    return Degrees(degree, by_waiver & (degree == Degree.DISCLOSE), sides)


def _raise(worst: Ints, stakes: _Stakes, claims: Claims) -> None:
    """Raise the worst degrees by what claims say of the stakes of their organisations."""
    stake, found = _claimed(stakes, claims)
    np.maximum.at(worst, stakes.owner[stake], found.astype(np.int64))


def _claimed(stakes: _Stakes, claims: Claims) -> tuple[Ints, NDArray[np.int8]]:
    """Return the stakes of the organisations that claims reach, and what they say of each."""
    reached, stake = expand_ranges(stakes.edges[claims.organisation], stakes.edges[claims.organisation + 1])
    return stake, claims.degrees[stakes.day[stake], reached, stakes.standing[stake]]


def _sides(
    person: Person,
    occasions: Occasions,
    waiting: Bools,
    tied: Mapping[str, Sequence[Claims]],
    cures: Mapping[str, Bools],
) -> Ints:
    """Return whose side one takes where consent is missing and others can balance that, as of `Degrees.sides`.

    Each organisation that waits for consent must reach one and the same of several parties that decide, and no other of
    them; and all other parties that must consent have.

    Parameters
    ----------
    person, occasions
        As of `degrees`.
    waiting
        Where nothing but ties to organisations waits for consent, and nothing is blocked.
    tied
        What ties to each organisation claim.
    cures
        Where a complete waiver holds for each; an organisation without any may be missing.
    """
    problem, name, stakes = person.world.problem, person.row.facilitator, _stakes(person.world, occasions)
    fine, sides = waiting & stakes.several, np.full(len(occasions), NO_SIDE)
    for organisation, found in tied.items() if fine.any() else ():
        parts = [_claimed(stakes, claims) for claims in found]
        stake = np.concatenate([part[degree == Degree.WAIVABLE] for part, degree in parts])
        owner = stakes.owner[stake]
        asks = fine[owner] & ~cures[organisation][owner] if organisation in cures else fine[owner]
        stake, rows = stake[asks], np.unique(owner[asks])
        hits = stake[stakes.decides[stake]]
        first, last = np.full(len(occasions), len(person.world.organisations)), np.full(len(occasions), NO_SIDE)
        np.minimum.at(first, stakes.owner[hits], stakes.party[hits])
        np.maximum.at(last, stakes.owner[hits], stakes.party[hits])
        fine[rows] &= (first[rows] == last[rows]) & ((sides[rows] == NO_SIDE) | (sides[rows] == last[rows]))
        sides[rows] = last[rows]
        for row in rows[fine[rows]].tolist():
            meeting, day = occasions.meeting_rows[occasions.meeting[row]].meeting, int(occasions.day[row])
            fine[row] = others_consent(problem, name, organisation, meeting, date.fromordinal(day))
    return np.where(fine, sides, NO_SIDE)


def _cured(world: Arrays, name: str, organisation: str, occasions: Occasions, worst: Ints) -> Bools:
    """Tell where complete waivers turn what is waivable into something to disclose."""
    cured = np.zeros(len(occasions), np.bool_)
    consents = world.problem.about(name, "waivers")
    meetings, series = {row.meeting for row in consents}, {row.series for row in consents if row.series is not None}
    for row in np.flatnonzero(worst == Degree.WAIVABLE).tolist():
        meeting = occasions.meeting_rows[occasions.meeting[row]]
        if meeting.meeting in meetings or meeting.series in series:
            day = date.fromordinal(int(occasions.day[row]))
            cured[row] = waived(world.problem, name, organisation, meeting.meeting, day)
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


def _unknown(person: Person, occasions: Occasions, rules: Sequence[PolicyRow]) -> Ints:
    """Return the degrees of who has no employer in the table: on the days without a tie that says where they work."""
    known = np.zeros(len(occasions), np.bool_)
    for tie in person.world.problem.about(person.row.facilitator, "ties"):
        if tie.kind in ("employee", "former_employee") and tie.organisation is not None:
            first, last = tie.start or OPEN, tie.end or CLOSED
            known |= (first.toordinal() <= occasions.day) & (occasions.day <= last.toordinal())
    weights = np.max([[int(row.degree(grade)) for grade in GRADES] for row in rules], axis=0)
    found = occasions.stakes.max(weights[occasions.stakes.grade])
    found = np.minimum(found + ((occasions.contention > 0) & (found > 0)), Degree.BLOCKED)
    return np.where(known, 0, found)
