"""How the states of labels are written in machine words: what is left of rows, and of which cuts there is half."""

from __future__ import annotations

import numpy as np

from poolmatch.arrays import Ints
from poolmatch.solving.column_generation.personal_rows import WORD, PersonalRows
from poolmatch.solving.column_generation.subset_row_cuts import CutPrices


class StateLayout:
    """How states are written: what is left of each row that lies ahead, side by side in machine words.

    Parameters
    ----------
    rows
        The candidates, and the rows that schedules keep.
    used
        Candidates that are gone through, by person and then in the order of time.

    Attributes
    ----------
    first
        Where the candidates of each person begin, the person with most of them first.
    people
        These people.
    born, less, guard, left
        Of each candidate: the rows that begin with it, what it takes of each, the bits that say whether there was
        enough, and those of the rows that go on after it; shape ``(used, words)``.
    loads
        Entries of rows whose load costs something: where their costs are, the candidate as a position, and the load.
    load, cost_of
        The same for each candidate, as columns: the load, and where the costs of each such row of the person are, -1
        where there are no more; shape ``(used, most_loads)``.
    """

    def __init__(self, rows: PersonalRows, used: Ints) -> None:
        self.used = used
        _, starts, counts = np.unique(rows.person[used], return_index=True, return_counts=True)
        ranked = np.argsort(-counts, kind="stable")
        self.first, self._counts = starts[ranked], counts[ranked]
        self.people = rows.person[used[self.first]]
        self.stages = int(counts.max(initial=0))
        """How many candidates those have who have most."""
        entries = rows.matrix[:, used].tocsr()
        row, at = np.repeat(np.arange(entries.shape[0]), np.diff(entries.indptr)), entries.indices.astype(np.int64)
        factor = entries.data
        total = np.asarray(entries.sum(axis=1)).ravel()
        binds = total > rows.most
        self._write(row[binds[row]], at[binds[row]], factor[binds[row]], rows)
        costs = ((rows.load_costs.of >= 0) & (total > rows.room))[row]
        self._load_costs = rows.load_costs
        row, at, factor = row[costs], at[costs], factor[costs]
        order = np.argsort(at, kind="stable")
        self.loads = rows.load_costs.of[row[order]], at[order], factor[order]
        # All candidates of a person stand in the same order of rows, so that loads add up by column.
        numbers = np.zeros(len(rows.owner), np.int64)
        mine = np.unique(row)
        mine = mine[np.argsort(rows.owner[mine], kind="stable")]
        numbers[mine] = np.arange(len(mine)) - np.searchsorted(rows.owner[mine], rows.owner[mine])
        self.most_loads = int(numbers[mine].max(initial=-1)) + 1
        self.load = np.zeros((len(used), self.most_loads), np.int64)
        self.load[at, numbers[row]] = factor
        cost_of = np.full((rows.people, self.most_loads), -1)
        cost_of[rows.owner[mine], numbers[mine]] = rows.load_costs.of[mine]
        self.cost_of = cost_of[rows.person[used]]

    def _write(self, row: Ints, at: Ints, factor: Ints, rows: PersonalRows) -> None:
        """Find a place for what is left of each row in the words of states."""
        height, count = len(rows.owner), len(self.used)
        first, last = np.full(height, count), np.full(height, -1)
        np.minimum.at(first, row, at)
        np.maximum.at(last, row, at)
        live = np.unique(row)
        live = live[np.argsort(first[live], kind="stable")]
        width = np.zeros(height, np.int64)
        width[live] = [int(size).bit_length() for size in rows.most[live]]
        self.words, word, shift = _lay_out(live, first, last, width + 1, rows.owner)
        self.born, self.less, self.guard, gone = np.zeros((4, count, self.words), np.int64)
        bit = np.left_shift(1, width)
        np.add.at(self.born, (first[live], word[live]), (rows.most + bit)[live] << shift[live])
        np.add.at(gone, (last[live], word[live]), (2 * bit - 1)[live] << shift[live])
        np.add.at(self.less, (at, word[row]), factor << shift[row])
        np.add.at(self.guard, (at, word[row]), bit[row] << shift[row])
        self.left = ~gone

    def active(self, stage: int) -> int:
        """Return how many people have more than so many candidates."""
        return int(np.searchsorted(-self._counts, -stage, "left"))

    def dearer(self, at: Ints, before: Ints, after: Ints, bits: int) -> Ints:
        """Return what loads cost more after candidates were taken than before, in fixed point."""
        dearer = np.zeros(len(at), np.int64)
        for number in range(self.most_loads):
            of = self.cost_of[at, number]
            places = np.flatnonzero(of >= 0)
            of = of[places]
            new, old = after[places, number], before[places, number]
            dearer[places] += self._load_costs.cost(of, new, bits) - self._load_costs.cost(of, old, bits)
        return dearer


class CutParity:
    """How states are written of which a schedule has an odd number: of the groups of each cut.

    Parameters
    ----------
    prices
        What schedules pay for cuts.
    person
        Of each candidate.
    used
        The candidates that are gone through, by person and then in the order of time.

    Attributes
    ----------
    words
        Machine words of a state.
    flips, left
        Of each candidate, the bits that it turns, and those of the cuts that go on after it; shape ``(used, words)``.
    """

    def __init__(self, prices: CutPrices, person: Ints, used: Ints) -> None:
        entries = prices.cuts.member[prices.each > 0][:, used].tocoo()
        fee = prices.each[prices.each > 0]
        who = person[used[entries.col]]
        row, cut, at = who * len(fee) + entries.row, entries.row, entries.col.astype(np.int64)
        rows, row, counts = np.unique(row, return_inverse=True, return_counts=True)
        pays = (counts > 1)[row]
        row, cut, at = row[pays], cut[pays], at[pays]
        height, count = len(rows), len(used)
        first, last = np.full(height, count), np.full(height, -1)
        np.minimum.at(first, row, at)
        np.maximum.at(last, row, at)
        owner = rows // max(1, len(fee))
        live = np.unique(row)
        live = live[np.argsort(first[live], kind="stable")]
        words, word, shift = _lay_out(live, first, last, np.ones(height, np.int64), owner)
        self.words = words if len(live) else 0
        self.flips, gone = np.zeros((2, count, self.words), np.int64)
        np.add.at(self.flips, (at, word[row]), np.left_shift(1, shift[row]))
        np.add.at(gone, (last[live], word[live]), np.left_shift(1, shift[live]))
        self.left = ~gone
        order = np.argsort(at, kind="stable")
        row, cut, at = row[order], cut[order], at[order]
        number = np.arange(len(at)) - np.searchsorted(at, at)
        self._word, self._shift, self._fee = np.zeros((3, int(number.max(initial=-1)) + 1, count), np.int64)
        self._word[number, at], self._shift[number, at], self._fee[number, at] = word[row], shift[row], fee[cut]

    def paid(self, at: Ints, half: Ints) -> Ints:
        """Return what taking candidates costs more for those cuts of which there is one already."""
        paid, row = np.zeros(len(at), np.int64), np.arange(len(at))
        for word, shift, fee in zip(self._word, self._shift, self._fee, strict=True):
            paid += fee[at] * (half[row, word[at]] >> shift[at] & 1)
        return paid


def _lay_out(rows: Ints, first: Ints, last: Ints, width: Ints, owner: Ints) -> tuple[int, Ints, Ints]:
    """Give each row a place in a machine word while it lies ahead; return how many words, and the word and bit of each.

    Rows come in the order in which they begin; those of one person that lie ahead together have different places.
    """
    word, shift = np.zeros((2, len(owner)), np.int64)
    live: list[tuple[int, int, int]] = []  # bit, width, last
    words, of = 1, -1
    for row in rows.tolist():
        if owner[row] != of:
            live, of = [], int(owner[row])
        begins, size = int(first[row]), int(width[row])
        live = [item for item in live if item[2] >= begins]
        bit = 0
        for start, length, _ in live:
            bit = _in_one_word(bit, size)
            if start - bit >= size:
                break
            bit = max(bit, start + length)
        bit = _in_one_word(bit, size)
        live = sorted([*live, (bit, size, int(last[row]))])
        word[row], shift[row] = divmod(bit, WORD)
        words = max(words, bit // WORD + 1)
    return words, word, shift


def _in_one_word(bit: int, size: int) -> int:
    """Return the first bit from this one on at which so many lie in one word."""
    return bit if bit % WORD + size <= WORD else (bit // WORD + 1) * WORD
