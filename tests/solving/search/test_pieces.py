"""A part is put back into a roster that has changed meanwhile: mended where it can be, and refused where not."""

from __future__ import annotations

import itertools

import numpy as np
from tests.solving.beginning import begun
from tests.solving.candidate_features import two_meetings
from tests.solving.systems import system_of

from poolmatch import STANDARD_RULES
from poolmatch.solving.model.submodel import SubModel
from poolmatch.solving.model.system import UNBOUNDED, Objective
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.search.pieces import PieceParams, Pieces
from poolmatch.solving.task import Task

WEIGHTED = STANDARD_RULES.weighted((7, 5, 4, 3, 2, 1))


class Seam:
    """Two seats, worth 5 each, and a column that pays 1 for each unit it must be raised by who sits.

    Both pieces were cut out of the empty roster: one frees the first seat, the other the second, and each the column.

    Parameters
    ----------
    entries
        Entries of the rows.
    most
        Upper bound of the column that both pieces share.
    high
        Upper bounds of the rows.
    """

    def __init__(self, entries: list[tuple[int, int, int]], most: int, high: list[int]) -> None:
        system = system_of([0, 0, 0], [1, 1, most], entries, [-UNBOUNDED] * len(high), high, [])
        goal = Objective(1, 1, np.arange(3), np.array([-5, -5, 1]), 0)
        self.base = np.zeros(3, np.int64)
        self.task = Task(two_meetings(), system, goal, goal, self.base)
        self.pieces = Pieces(self.task, 0, Stop(None), PieceParams())
        self.incumbent = begun(self.task)

    def piece(self, seat: int) -> SubModel:
        return self.task.sub_models.around(np.arange(2) == seat, self.base, self.task.guide)

    def put_back(self, seat: int, *answer: int) -> int:
        """Put in what a piece found for its seat and the column; return the gain."""
        values = np.array(answer) if answer else None
        return self.pieces.put_back(self.piece(seat), self.base, values, self.incumbent)

    @property
    def now(self) -> tuple[int, list[int]]:
        best = self.incumbent.best
        assert best.value == best.guided == self.task.objective.value(best.values)
        return best.value, best.values.tolist()


def shared(most: int = 2) -> Seam:
    """Make the column at least the number of seats that are held."""
    return Seam([(0, 0, 1), (0, 1, 1), (0, 2, -1)], most, [0])


def test_a_column_that_both_pieces_raised_is_mended() -> None:
    seam = shared()
    assert seam.piece(0).columns.tolist() == [0, 2]
    assert seam.piece(1).columns.tolist() == [1, 2]
    assert seam.put_back(0, 1, 1) == 4
    assert seam.now == (-4, [1, 0, 1])
    assert seam.put_back(1, 1, 1) == 4
    assert seam.now == (-8, [1, 1, 2])
    assert seam.base.tolist() == [0, 0, 0]


def test_what_cannot_be_mended_is_refused() -> None:
    seam = shared(most=1)
    assert seam.put_back(1, 1, 1) == 4
    assert seam.put_back(0, 1, 1) == 0
    assert seam.now == (-4, [0, 1, 1])


def test_two_candidates_whom_a_row_keeps_apart_are_not_put_together() -> None:
    """Each piece knew the other seat as empty; no column can make up for both."""
    seam = Seam([(0, 0, 1), (0, 1, 1)], 2, [1])
    assert seam.piece(0).columns.tolist() == [0]
    assert seam.put_back(0, 1) == 5
    assert seam.put_back(1, 1) == 0
    assert seam.now == (-5, [1, 0, 0])


def test_what_costs_more_once_it_is_mended_is_refused() -> None:
    """The column is 7 for both seats, and 0 for one of them: −5 becomes −10 + 7."""
    seam = Seam([(0, 0, 7), (0, 1, 7), (0, 2, -1)], 20, [7])
    assert seam.put_back(0, 1, 0) == 5
    assert seam.put_back(1, 1, 0) == 0
    assert seam.now == (-5, [1, 0, 0])


def test_what_is_no_better_changes_nothing() -> None:
    seam = shared()
    assert seam.put_back(0) == seam.put_back(0, 0, 0) == seam.put_back(0, 0, 1) == 0
    assert seam.incumbent.best.values is seam.base


def test_any_pieces_of_a_base_that_changed_keep_the_whole_legal() -> None:
    """On all pairs of answers of both pieces: what is put together keeps the system and never gets worse."""
    for most, high in itertools.product((0, 1, 2), (0, 1)):
        for one, other in itertools.product(itertools.product((0, 1), range(most + 1)), repeat=2):
            seam = Seam([(0, 0, 1), (0, 1, 1), (0, 2, -1)], most, [high])
            for seat, answer in ((0, one), (1, other)):
                before = seam.incumbent.value
                if answer[0] - answer[1] <= high:  # as every answer does, it keeps the piece
                    seam.put_back(seat, *answer)
                assert seam.task.sub_models.feasible(seam.incumbent.best.values)
                assert seam.now[0] <= before
