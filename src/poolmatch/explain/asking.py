"""What answers about one roster begin with: the problem made ready and the rosters near it, each made once."""

from __future__ import annotations

from poolmatch.checking import Report
from poolmatch.solving.nearby import NearbyRosters
from poolmatch.solving.prepared import Prepared


def prepared_of(report: Report) -> Prepared:
    """Return the problem of a report under its rules, made ready once, however many ask."""
    return report.memo("prepared", lambda: Prepared(report.world, report.rules))


def nearby_of(report: Report) -> NearbyRosters:
    """Return the rosters near the one of a report."""
    prepared = prepared_of(report)
    return report.memo("nearby", lambda: NearbyRosters(prepared, prepared.columns_of(report.roster)))
