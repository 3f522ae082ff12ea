"""Schedules worked out by hand, of batches made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from benchmarks.simulation.recording import Call, Kind, Mark
from benchmarks.simulation.replay import Batch, News, Task, batches, by_itself, in_workers, replayed
from tests.benchmarks.record import RECORD


def curve(workers: int) -> list[tuple[float, int | None, int | None]]:
    return [(item.seconds, item.value, item.bound) for item in replayed(RECORD, workers).curve]


def test_one_worker() -> None:
    """Out at 2, back at 6; stitched 7, cut 8, back 10; stitched 11, cut 12, back 15; stitched 16; alone until 17."""
    assert replayed(RECORD, 1).seconds == 17
    assert curve(1) == [(1, 100, 50), (6.5, 90, 50), (11, 90, 55), (15.25, 87, 55)]


def test_two_workers() -> None:
    """Out at 2 and 3. The second is back at 5, stitched 6; the third cut 7, back 10. The first waits from 6 to 7."""
    assert replayed(RECORD, 2).seconds == 12
    assert curve(2) == [(1, 100, 50), (6, 100, 55), (7.5, 90, 55), (10.25, 87, 55)]


def test_three_workers() -> None:
    """Out at 2, 3 and 4, back at 6, 5 and 7: stitched 6, 7 and 8 without a wait."""
    assert replayed(RECORD, 3).seconds == 9
    assert curve(3) == [(1, 100, 50), (6, 100, 55), (6.5, 90, 55), (7.25, 87, 55)]


def test_more_workers_than_tasks_add_nothing() -> None:
    assert replayed(RECORD, 32) == replayed(RECORD, 3)


def test_what_is_back_at_the_same_time_is_stitched_before_more_is_cut() -> None:
    """Out at 0 and 0, both back at 2, stitched 3 and 4; the third is cut until 5, back 7, stitched 8."""
    record = [Batch(0, (Task(0, 2, 1), Task(0, 2, 1), Task(1, 2, 1)))]
    assert replayed(record, 2).seconds == 8


def test_a_batch_waits_for_the_one_before() -> None:
    """Each is 5 and 1 side by side."""
    record = [Batch(0, (Task(0, 5, 0), Task(0, 1, 0))), Batch(0, (Task(0, 1, 0), Task(0, 5, 0)))]
    assert replayed(record, 4).seconds == 10
    assert replayed(record, 1).seconds == 12


def test_without_tasks_nothing_is_gained() -> None:
    assert replayed([Batch(3, (), (News(1, 7, 5), News(2, -1, 1)))], 8).seconds == 3


@pytest.mark.parametrize("workers", [0, -1])
def test_there_are_workers(workers: int) -> None:
    with pytest.raises(ValueError, match="workers must be 1 or more"):
        replayed(RECORD, workers)


def test_what_the_main_process_and_the_workers_do() -> None:
    assert by_itself(RECORD) == (3, 5)
    assert in_workers(RECORD) == 9


# --- from marks to batches -----------------------------------------------------------------------------------


def marks(*rows: tuple[Any, ...]) -> list[Mark]:
    """Return marks of kind, moment, work so far, call, value and bound; the first is where the recording began."""
    return [Mark("began", 0, 0), *(Mark(*row) for row in rows)]


def exact(record: Sequence[Batch]) -> list[Any]:
    """Return batches as lists of numbers that are rounded to thousandths."""
    return [
        (
            batch.function,
            round(batch.alone, 3),
            [(round(item.after, 3), item.value, item.bound) for item in batch.news],
            [
                (
                    *(round(each, 3) for each in (task.cut, task.span, task.stitch)),
                    [(round(item.after, 3), item.value, item.bound) for item in task.news],
                )
                for task in batch.tasks
            ],
        )
        for batch in record
    ]


def test_a_batch_with_a_task_that_is_dropped() -> None:
    """Between 7.0 and 7.1 several threads worked a second: that counts as the tenth that went by."""
    calls = [
        Call("improve_piece", 2, 2.1, 6.6, 6.8),
        Call("improve_piece", 3, 3.2, 4.9, 5.1),
        Call("improve_piece", 6.5, 6.6),
    ]
    found = batches(
        calls,
        marks(
            ("told", 1.0, 0.9, -1, 100, 50),
            ("submitted", 2.0, 1.9, 0),
            ("asked", 2.5, 2.3),  # 0.4 of sending the first
            ("submitted", 3.0, 2.8, 1),  # 0.5 of cutting the second
            ("asked", 3.1, 2.85),  # 0.05 of sending it
            ("asked", 5.0, 2.85),
            ("taken", 5.2, 2.95, 1),  # 0.1 of receiving the second
            ("told", 5.7, 3.45, -1, 90, 50),  # 0.5 of stitching
            ("asked", 6.0, 3.65),  # 0.2 more
            ("submitted", 6.5, 4.15, 2),  # 0.5 of cutting the third
            ("asked", 6.6, 4.2),  # 0.05 of sending it
            ("taken", 7.0, 4.25, 0),  # 0.05 of receiving the first
            ("asked", 7.1, 5.25),  # 0.1 of stitching
            ("dropped", 9.0, 5.25, 2),
            ("logged", 9.25, 5.35),  # 0.1 more
            ("told", 10.0, 6.0, -1, 88, 51),
        ),
    )
    tasks: list[Any] = [(0.4, 4.7, 0.25, []), (0.55, 1.9, 0.8, [(0.6, -10, 0)]), (0.55, 2.5, 0.0, [])]
    assert exact(found) == [
        ("improve_piece", 2.0, [(1.0, 100, 50)], tasks),
        ("", 0.75, [(0.75, -2, 1)], []),
    ]


def test_what_is_told_meanwhile_changes_nothing_of_what_is_done() -> None:
    """On another thread, in the middle of sending a task and of stitching another in."""
    calls = [Call("improve_piece", 1, 1.1, 2.0, 2.0), Call("improve_piece", 3, 3.1, 5.0, 5.0)]
    rows: list[tuple[Any, ...]] = [
        ("submitted", 1.0, 0.0, 0),
        ("taken", 2.0, 0.0, 0),
        ("asked", 2.5, 0.3),  # 0.3 of stitching the first
        ("submitted", 3.0, 0.5, 1),  # 0.2 of cutting the second
        ("asked", 3.5, 0.9),  # 0.4 of sending it
        ("taken", 5.0, 0.9, 1),
        ("asked", 5.5, 1.4),  # 0.5 of stitching it
        ("logged", 6.0, 1.4),
    ]
    told = [("told", 3.2, 0.6, -1, 100, 50), ("told", 5.2, 1.1, -1, 90, 50)]
    silent, noisy = (
        exact(batches(calls, marks(*sorted(all_, key=lambda row: row[1]))))[0][3] for all_ in (rows, rows + told)
    )
    assert [task[:3] for task in silent] == [(0.0, 0.9, 0.3), (0.6, 1.9, 0.5)]
    assert [task[:3] for task in noisy] == [task[:3] for task in silent]
    assert [task[3] for task in noisy] == [[(0.3, 100, 50)], [(0.2, -10, 0)]]


def test_a_batch_is_over_when_that_is_logged_and_not_when_nothing_is_out() -> None:
    calls = [Call("solve_lp", place, place + 0.25, 0.5, place + 0.5) for place in (1, 2, 4)]

    def rows(kind: Kind, place: int) -> list[tuple[Any, ...]]:
        return [("submitted", place, place / 10, place - 1), (kind, place + 0.5, place / 10, place - 1)]

    found = batches(
        calls,
        marks(
            ("logged", 0.5, 0.1),  # nothing has begun
            *rows("taken", 1),
            ("submitted", 2.0, 0.2, 1),
            ("logged", 2.25, 0.2),  # something is out
            ("taken", 2.5, 0.2, 1),
            ("logged", 3.0, 0.3),
            ("logged", 3.5, 0.3),
            ("submitted", 4.0, 0.4, 2),
            ("taken", 4.5, 0.4, 2),
            ("logged", 5.0, 0.5),
        ),
    )
    assert exact(found) == [
        ("solve_lp", 1.0, [], [(0.0, 0.25, 0.0, []), (0.1, 0.25, 0.1, [])]),
        ("solve_lp", 1.0, [], [(0.0, 0.25, 0.1, [])]),
        ("", 0.0, [], []),
    ]
