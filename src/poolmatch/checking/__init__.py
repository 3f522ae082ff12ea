"""Check a roster against the rules, without a solver: what is illegal, what costs points, and where."""

from poolmatch.checking.full_check import check, input_issues
from poolmatch.checking.judging import broken_rules, judge
from poolmatch.checking.pins import pin_issues, pins_alone
from poolmatch.checking.report import HasReport, Report, TierValue, report_of, tier_scale

__all__ = [
    "HasReport",
    "Report",
    "TierValue",
    "broken_rules",
    "check",
    "input_issues",
    "judge",
    "pin_issues",
    "pins_alone",
    "report_of",
    "tier_scale",
]
