"""Results of rosters that were not solved."""

from poolmatch import Problem, Roster, check
from poolmatch.results import Result, Status, Tier


def result(case: Problem, held: Roster, status: Status = Status.FEASIBLE) -> Result:
    """Return a result with a roster, as if it had been solved."""
    report = check(case, held)
    tiers = tuple(Tier(item.tier, item.value, item.value, item.scale) for item in report.tiers)
    return Result(status, report, tiers, 1.0, 0, {})
