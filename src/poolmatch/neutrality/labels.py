"""Which organisations are one, and which form a group, as numbers: on every day with a meeting at once.

The second door to what `poolmatch.domain.webs` finds link by link for one pair.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from poolmatch.arrays import FIRST_DAY, GRADES, LAST_DAY, Arrays, Bools, Ints, Occasions, bools, ints
from poolmatch.domain.webs import AFFILIATE, FUNDS, GROUP, MEMBER, SAME, Form


@dataclass(frozen=True)
class Labels:
    """The organisations on some days, in order of time. Between two days on which a link begins or ends all are alike.

    Attributes
    ----------
    first, last
        Days of each stretch; shape ``(stretches,)``.
    same, group
        Equal numbers are one organisation, or one group; shape ``(stretches, organisations)``.
    source, target
        The two ends of each link; shape ``(links,)``.
    active
        Whether a link holds; shape ``(stretches, links)``.
    kinds
        Kind of each link.
    """

    first: Ints
    last: Ints
    same: Ints
    group: Ints
    source: Ints
    target: Ints
    active: Bools
    kinds: tuple[str, ...]

    @cached_property
    def _across(self) -> Mapping[Form, tuple[Ints, Ints, Ints]]:
        """By form: stretch, and group at either end, of each link that joins two groups; a membership one way only."""
        found: dict[Form, tuple[Ints, Ints, Ints]] = {}
        forms: tuple[tuple[Form, Collection[str]], ...] = (
            ("affiliate", AFFILIATE),
            ("funds", FUNDS),
            ("membership", MEMBER),
        )
        for form, kinds in forms:
            stretch, link = np.nonzero(self.active & bools(kind in kinds for kind in self.kinds))
            here = self.group[stretch, self.source[link]]
            if form == "membership":
                found[form] = stretch, here, self.same[stretch, self.target[link]]
            else:
                there = self.group[stretch, self.target[link]]
                found[form] = np.tile(stretch, 2), np.append(here, there), np.append(there, here)
        return found

    def reached(self, organisation: int, among: Ints) -> Mapping[Form, Bools]:
        """Return which organisations chains of each form lead to; a form that leads to none may be missing.

        Parameters
        ----------
        organisation
            Where they start.
        among
            The organisations that matter.

        Returns
        -------
        mapping of Form to ndarray of bool, shape ``(stretches, among)``
        """
        same, group = self.same[:, among], self.group[:, among]
        own = self.group[:, organisation]
        one = same == self.same[:, [organisation]]
        found: dict[Form, Bools] = {"none": one, "group": (group == own[:, np.newaxis]) & ~one}
        for form, (stretch, here, there) in self._across.items():
            leads = here == own[stretch]
            if not leads.any():
                continue
            hit = np.zeros(self.same.shape, np.bool_)
            hit[stretch[leads], there[leads]] = True
            found[form] = np.take_along_axis(hit, same if form == "membership" else group, 1) & ~one
        return found


@dataclass(frozen=True)
class _Links:
    """The links of a problem as columns, and the days on which any begins or is over."""

    source: Ints
    target: Ints
    first: Ints
    last: Ints
    kinds: tuple[str, ...]
    edges: Ints


def _links(world: Arrays) -> _Links:
    def build() -> _Links:
        rows, number = world.problem.links, world.organisations.get
        first = ints(FIRST_DAY if row.start is None else row.start.toordinal() for row in rows)
        last = ints(LAST_DAY if row.end is None else row.end.toordinal() for row in rows)
        return _Links(
            ints(number(row.source) for row in rows),
            ints(number(row.target) for row in rows),
            first,
            last,
            tuple(row.kind for row in rows),
            ints(sorted({*first.tolist(), *(last + 1).tolist()})),
        )

    return world.memo("neutrality: links", build)


def labels(world: Arrays) -> Labels:
    """Return the organisations on the days of all occasions."""
    return world.memo("neutrality: labels", lambda: _labels(world, days_of(world)))


def days_of(world: Arrays) -> Ints:
    """Return the days on which there are occasions, in order."""
    return world.memo("neutrality: days", lambda: ints(sorted(set(world.occasions.day.tolist()))))


def labels_on(world: Arrays, day: int) -> Labels:
    """Return the organisations on one day."""
    place = int(np.searchsorted(_links(world).edges, day, "right"))
    return world.memo(("neutrality: labels", place), lambda: _labels(world, np.array([day])))


def _labels(world: Arrays, days: Ints) -> Labels:
    links, count = _links(world), len(world.organisations)
    places = ints(sorted(set(np.searchsorted(links.edges, days, "right").tolist())))
    bounds = np.concatenate([[FIRST_DAY], links.edges, [LAST_DAY + 1]])
    first, last = bounds[places], bounds[places + 1] - 1
    active = (links.first <= first[:, np.newaxis]) & (first[:, np.newaxis] <= links.last)

    def components(kinds: Collection[str]) -> Ints:
        row, link = np.nonzero(active & bools(kind in kinds for kind in links.kinds))
        start = row * count  # every stretch has organisations of its own: all are searched together
        found = _lowest_joined(len(places) * count, start + links.source[link], start + links.target[link])
        return found.reshape(len(places), count) - np.arange(len(places))[:, np.newaxis] * count

    same, group = components(SAME), components(GROUP)
    return Labels(first, last, same, group, links.source, links.target, active, links.kinds)


def _lowest_joined(count: int, source: Ints, target: Ints) -> Ints:
    """Return of each of so many things the lowest that links join to it, itself among them; shape ``(count,)``.

    In each round every tree of things that knows of a lower one hangs its root there, and is then flattened. Of the
    trees that belong together at least half are gone after two rounds.

    Parameters
    ----------
    count
        How many things there are.
    source, target
        The two ends of each link; shape ``(links,)``.
    """
    lowest, before = np.arange(count), None
    while before is None or not np.array_equal(lowest, before):
        before = lowest
        here, there = before[source], before[target]
        lowest = before.copy()
        np.minimum.at(lowest, np.append(here, there), np.append(there, here))
        while not np.array_equal(lowest, flat := lowest[lowest]):
            lowest = flat
    return lowest


def stretch_of(world: Arrays, day: Ints) -> Ints:
    """Return in which stretch of `labels` days of occasions lie."""
    return np.searchsorted(labels(world).first, day, "right") - 1


def party_is(world: Arrays, occasions: Occasions, organisation: int) -> Bools:
    """Tell of each stake of some occasions whether it is an organisation's, under any of its ids on the day.

    Parameters
    ----------
    world
        The problem as numbers.
    occasions
        Rows of its occasions.
    organisation
        Number of the organisation.
    """
    stakes, found = occasions.stakes, labels(world)
    if "same_as" not in found.kinds:
        return np.asarray(stakes.organisation == organisation)
    one = found.same == found.same[:, [organisation]]
    stretch = stretch_of(world, occasions.day)
    return np.asarray(one[stretch[stakes.owner], stakes.organisation])


def same_on(world: Arrays, organisation: int, day: int) -> tuple[int, ...]:
    """Return the numbers of all ids that stand for an organisation on the day of an occasion.

    Parameters
    ----------
    world
        The problem as numbers.
    organisation
        Number of the organisation.
    day
        Ordinal of the day.
    """
    found = labels(world)
    stretch = int(np.searchsorted(found.first, day, "right")) - 1

    def build() -> tuple[int, ...]:
        same = found.same[stretch]
        return tuple(np.flatnonzero(same == same[organisation]).tolist())

    return world.memo(("neutrality: ids", stretch, organisation), build)


def deciders_at(world: Arrays, occasion: int) -> tuple[int, ...]:
    """Return the numbers of the parties that decide at an occasion, each the first of its ids on the day.

    Parameters
    ----------
    world
        The problem as numbers.
    occasion
        Row of its occasions.
    """
    stakes, found = world.occasions.stakes, labels(world)
    here = np.arange(*stakes.offsets[occasion : occasion + 2])
    here = here[stakes.grade[here] == GRADES.index("decider")]
    (stretch,) = stretch_of(world, world.occasions.day[[occasion]])
    return tuple(np.unique(found.same[stretch, stakes.organisation[here]]).tolist())
