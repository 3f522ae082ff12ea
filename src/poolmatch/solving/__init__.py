"""Solving: the only home of ortools."""

from poolmatch.solving.progress import Progress
from poolmatch.solving.result import Result, Status, Tier
from poolmatch.solving.run import solve

__all__ = ["Progress", "Result", "Status", "Tier", "solve"]
