"""Solving: the only home of ortools."""

from poolmatch.solve.progress import Progress
from poolmatch.solve.result import Result, Status, Tier
from poolmatch.solve.run import solve

__all__ = ["Progress", "Result", "Status", "Tier", "solve"]
