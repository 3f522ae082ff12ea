"""Which rule costs how much, and for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from poolmatch.checking import HasReport, Report, report_of
from poolmatch.explain.explanation import Explanation


@dataclass(frozen=True)
class RuleCost(Explanation):
    """What one preference costs in a roster, in points.

    Attributes
    ----------
    rule, tier
        The preference and the tier it stands in.
    points
        What it costs; negative when more wishes are met than not.
    findings
        How many things it has to say.
    facilitators, organisations, meetings
        Points by id. A finding counts in full for the people it is about, in equal parts; for organisations and
        meetings only where it is about no person.
    """

    rule: str
    tier: float
    points: float
    findings: int
    facilitators: Mapping[str, float]
    organisations: Mapping[str, float]
    meetings: Mapping[str, float]


def explain_objective(result: Report | HasReport) -> tuple[RuleCost, ...]:
    """Return what each preference costs in a roster and for whom, the highest tier first; every preference has a row.

    Parameters
    ----------
    result
        What ``solve`` or ``check`` returned.
    """
    report = report_of(result)
    rows = []
    for tier in report.rules.tiers:
        for rule in report.rules.in_tier(tier):
            about: dict[str, defaultdict[str, Fraction]] = {
                name: defaultdict(Fraction) for name in ("facilitators", "organisations", "meetings")
            }
            items = [item for item in report.by_rule[rule.id] if item.severity == "penalty"]
            for item in items:
                column = next((name for name in about if getattr(item, name)), None)
                if column is not None:
                    names = getattr(item, column)
                    for name in names:
                        about[column][name] += Fraction(item.penalty, item.scale * len(names))
            points = report.penalty(rule.id) / rule.scale
            who = {name: {key: float(value) for key, value in found.items()} for name, found in about.items()}
            rows.append(RuleCost(rule.id, tier, points, len(items), **who))
    return tuple(rows)
