"""What solving returns: rosters, how good they are, and what has been proven about them. Without a solver."""

from poolmatch.results.frontier import Axis, Frontier, Point
from poolmatch.results.progress import OnProgress, Progress
from poolmatch.results.record import RunRecord
from poolmatch.results.result import Result
from poolmatch.results.solved import Solved
from poolmatch.results.status import Status
from poolmatch.results.tier import Tier

__all__ = ["Axis", "Frontier", "OnProgress", "Point", "Progress", "Result", "RunRecord", "Solved", "Status", "Tier"]
