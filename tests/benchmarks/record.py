"""A record of a search, to be replayed."""

from __future__ import annotations

from benchmarks.simulation.replay import Batch, News, Task

RECORD = (
    Batch(
        2.0,
        (
            Task(0.0, 4.0, 1.0, (News(0.5, -10, 0),)),
            Task(1.0, 2.0, 1.0, (News(1.0, 0, 5),)),
            Task(1.0, 3.0, 1.0, (News(0.25, -3, 0),)),
        ),
        (News(1.0, 100, 50),),
        "improve_piece",
    ),
    Batch(1.0),
)
"""Two seconds alone, three tasks whose main process takes a second each for cutting and for stitching, one second."""
