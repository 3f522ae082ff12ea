"""Cliques instead of pairs: what one person cannot do together, said in as few and as large groups as will do.

Two meetings too close to travel between, an evening and the morning after it, a day with one meeting at most: each is
a group of candidates of one person of which at most one is taken. Written pair by pair they are many and weak; joined
into cliques they are few and say more about fractions.
"""

from __future__ import annotations

import numpy as np

from poolmatch.arrays import Candidates, Ints, bounds

LARGE = 8
"""Who has groups of more members than this, on average, keeps them."""


def joined(candidates: Candidates, group: Ints, member: Ints) -> tuple[Ints, Ints]:
    """Return groups that exclude the same pairs as these, those of one person joined into large ones.

    Somebody whose groups are large already keeps them: to take many such apart costs much and gains nothing.

    Parameters
    ----------
    candidates
        The candidates: the first columns.
    group, member
        Entries of the groups as group and column, sorted by group.

    Returns
    -------
    group, member
        Entries of the new groups, sorted by group, numbered from 0.
    """
    if not len(group) or not len(candidates):
        return group, member
    count = int(group[-1]) + 1
    person = np.where(member < len(candidates), candidates.person[np.minimum(member, len(candidates) - 1)], -1)
    edges = bounds(group, count)
    first = np.minimum(edges[:-1], len(person) - 1)
    low, high = np.minimum.reduceat(person, first), np.maximum.reduceat(person, first)
    personal = (low == high) & (low >= 0)
    mine = personal[group]
    # People one after the other, each with the candidates in order of time: what overlaps lies close together.
    owner = low[group[mine]]
    order = np.argsort(owner, kind="stable")
    rows, columns = group[mine][order], member[mine][order]
    people_edges = bounds(owner[order], len(candidates.world.people))
    opens = candidates.column("opens")
    kept_group, kept_member = group[~mine], member[~mine]
    _, renumbered = np.unique(kept_group, return_inverse=True)
    groups, members = [renumbered], [kept_member]
    number = int(renumbered.max()) + 1 if len(renumbered) else 0
    for position in range(len(candidates.world.people)):
        part = slice(people_edges[position], people_edges[position + 1])
        if part.start == part.stop:
            continue
        _, own = np.unique(rows[part], return_inverse=True)
        if len(own) > LARGE * (own.max() + 1):
            groups.append(own + number)
            members.append(columns[part])
            number += int(own.max()) + 1
            continue
        used = np.unique(columns[part])
        used = used[np.argsort(opens[used], kind="stable")]
        place = np.zeros(int(used.max()) + 1 - int(used.min()), np.int64)
        place[used - used.min()] = np.arange(len(used))
        local = place[columns[part] - used.min()].tolist()
        cliques = _cover(len(used), rows[part].tolist(), local)
        sizes = [len(clique) for clique in cliques]
        if sum(sizes) > len(local):  # they are as good as they come
            groups.append(own + number)
            members.append(columns[part])
            number += int(own.max()) + 1
            continue
        groups.append(np.repeat(np.arange(number, number + len(cliques)), sizes))
        members.append(used[np.array([item for clique in cliques for item in clique], np.int64)])
        number += len(cliques)
    return np.concatenate(groups), np.concatenate(members)


def _cover(count: int, rows: list[int], places: list[int]) -> list[list[int]]:
    """Return cliques that cover every pair of the groups, and no other pair.

    Parameters
    ----------
    count
        Number of places.
    rows, places
        Entries of the groups, the entries of one group together.
    """
    beside = _neighbours(count, rows, places)
    covered = [0] * count
    cliques: list[list[int]] = []
    for place in range(count):
        todo = (beside[place] & ~covered[place]) >> (place + 1) << (place + 1)
        while todo:
            second = (todo & -todo).bit_length() - 1
            clique, bits = [place, second], (1 << place) | (1 << second)
            fitting = beside[place] & beside[second]
            while fitting:
                lowest = fitting & -fitting
                third = lowest.bit_length() - 1
                clique.append(third)
                bits |= lowest
                fitting &= beside[third]
            for member in clique:
                covered[member] |= bits
            todo &= ~bits
            cliques.append(clique)
    return cliques


def _neighbours(count: int, rows: list[int], places: list[int]) -> list[int]:
    """Return for each place, as bits, which others share a group with it."""
    beside = [0] * count
    begin, total = 0, len(rows)
    while begin < total:
        end = begin + 1
        row = rows[begin]
        while end < total and rows[end] == row:
            end += 1
        if end - begin == 2:
            one, other = places[begin], places[begin + 1]
            beside[one] |= 1 << other
            beside[other] |= 1 << one
        else:
            bits = 0
            for place in places[begin:end]:
                bits |= 1 << place
            for place in places[begin:end]:
                beside[place] |= bits & ~(1 << place)
        begin = end
    return beside
