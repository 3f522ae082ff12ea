"""From blocks to a roster with proven bounds. The only home of ortools."""

from poolmatch.solving.frontier import Frontier, Point, frontier
from poolmatch.solving.progress import Progress
from poolmatch.solving.result import Result, Status, Tier
from poolmatch.solving.run import solve

__all__ = ["Frontier", "Point", "Progress", "Result", "Status", "Tier", "frontier", "solve"]
