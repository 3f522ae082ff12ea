"""What the rules have to say: violations, costs and notes; and what is worth a look in the input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from poolmatch.checking import Report
from poolmatch.errors import Issue
from poolmatch.report.sections.section import Cell, Column, Kind, Section
from poolmatch.rule import Finding
from poolmatch.vocabulary import rule_name
from poolmatch.vocabulary.outcomes import tier_name
from poolmatch.words import Words, pattern

RULE = Column(Words("rule", "regel"))
SENTENCE = Column(Words("finding", "bevinding"))
VIOLATIONS = Words("Violations", "Overtredingen")


def violations_section(violations: Iterable[Finding], heading: Words = VIOLATIONS) -> Section:
    """Return what makes a roster illegal."""
    return Section("violations", heading, (RULE, SENTENCE), _sentences(violations))


def notes_section(report: Report, file: str = "") -> Section:
    """Return what is as well to know."""
    heading = Words("Good to know", "Goed om te weten")
    return Section("notes", heading, (RULE, SENTENCE), _sentences(report.notes), file)


def _sentences(findings: Iterable[Finding]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((item.rule, _placed(item)) for item in findings)


def _placed(finding: Finding) -> Words:
    """Return what is found; what is broken has the meeting before it, where it is one that the sentence lacks."""
    told = [value for _, value in finding.words.values]
    if finding.severity != "violation" or len(finding.meetings) != 1 or finding.meetings[0] in told:
        return finding.words
    return pattern("{meeting}: {words}", meeting=finding.meetings[0], words=finding.words)


def costs_section(report: Report) -> Section:
    """Return what a roster costs by rule and by tier, in points."""
    costs = Counter({item.rule: 0 for item in report.findings if item.severity == "penalty"})
    scales = {rule.id: rule.scale for rule in report.rules.preferences}
    for item in report.findings:
        costs[item.rule] += item.penalty
    rows: list[tuple[Cell, ...]] = [
        (rule_name(rule), units / scales[rule]) for rule, units in costs.items() if rule in scales
    ]
    rows += [(tier_name(tier.tier), tier.points) for tier in report.tiers]
    points = Words("penalties", "strafpunten")
    return Section("costs", points, (RULE, Column(points, Kind.POINTS)), tuple(rows))


def doubts_section(issues: Iterable[Issue]) -> Section:
    """Return what is worth a look in the input."""
    heading = Words("Worth a look in the input", "Het bekijken waard in de invoer")
    return _issues("doubts", heading, (item for item in issues if item.severity == "warning"), "report.json")


def problems_section(issues: Iterable[Issue]) -> Section:
    """Return errors in the input, each with the value it is about: for the screen, not for a log."""
    heading = Words(
        "The input cannot be used as it is; there is no result.",
        "De invoer is zo niet te gebruiken; er is geen uitkomst.",
    )
    return _issues("problems", heading, (item for item in issues if item.severity == "error"))


def _issues(name: str, heading: Words, issues: Iterable[Issue], file: str = "") -> Section:
    return Section(name, heading, (SENTENCE,), tuple((issue.words_in_full,) for issue in issues), file)
