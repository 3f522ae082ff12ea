"""What a search of a task begins with."""

from __future__ import annotations

from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.task import Task


def begun(task: Task) -> Incumbent:
    """Return what a search of it begins with."""
    incumbent = Incumbent(task.objective, task.guide)
    incumbent.offer(task.hint)
    return incumbent
