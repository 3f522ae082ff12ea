"""A peer: CP-SAT set for models like these: ``python -m benchmarks.contenders.peers.cpsat_whole``.

The simplest thing that could work: the whole model, tier by tier, the last roster as a hint, and of the searches that
CP-SAT has the two that follow the linear relaxation, with all of it in view.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from benchmarks.contenders.peers.cpsat import CpSat
from benchmarks.contenders.peers.exchange import Maker, run

SEARCHES = ("max_lp", "reduced_costs")


def by_relaxation(parameters: Any, workers: int) -> None:
    """Set the searches that follow the relaxation."""
    parameters.num_workers = workers
    parameters.subsolvers.extend(SEARCHES)
    parameters.linearization_level = 2


PEER = Maker(partial(CpSat, settings=by_relaxation), wrong_by=0.0)

if __name__ == "__main__":
    run(PEER)
