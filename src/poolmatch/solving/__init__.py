"""From blocks to a roster with proven bounds. The only home of ortools."""

from poolmatch.solving.frontier import Frontier, Point, frontier
from poolmatch.solving.many import Solved, solve_many
from poolmatch.solving.result import Result, Status, Tier
from poolmatch.solving.running.progress import Progress
from poolmatch.solving.solve import solve

__all__ = ["Frontier", "Point", "Progress", "Result", "Solved", "Status", "Tier", "frontier", "solve", "solve_many"]
