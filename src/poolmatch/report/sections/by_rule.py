"""What each rule has to say of a roster, and what it costs."""

from __future__ import annotations

from poolmatch.checking import Report
from poolmatch.report.sections.names import named_words
from poolmatch.report.sections.section import Column, Kind, Section
from poolmatch.views import View
from poolmatch.vocabulary import rule_name
from poolmatch.vocabulary.outcomes import SEVERITIES
from poolmatch.words import Words, grouped

MOST_OF_A_RULE = 100
"""So many findings of a rule are told; of the others how many there are."""

COLUMNS = (
    Column(Words("finding", "bevinding")),
    Column(Words("weight", "soort")),
    Column(Words("points", "punten"), Kind.POINTS),
)
HIDDEN = Words("And {count} more: see report.json.", "En nog {count}: zie report.json.")


def rule_sections(report: Report, view: View, most: int = MOST_OF_A_RULE) -> tuple[Section, ...]:
    """Return what each rule has to say, by name: rules that are broken first, then in their order.

    Parameters
    ----------
    report
        What the rules say of the roster.
    view
        What its reader may see; only who sees everything is told.
    most
        So many findings of a rule are told.
    """
    found = ((rule, items) for rule, items in report.by_rule.items() if items and view.whole)
    broken = sorted(found, key=lambda pair: pair[1][0].severity != "violation")
    sections = []
    for rule, items in broken:
        rows = tuple(
            (
                named_words(report.problem, item.words),
                SEVERITIES[item.severity],
                item.points if item.severity == "penalty" else None,
            )
            for item in items[:most]
        )
        hidden = len(items) - most
        foot = HIDDEN.fill(count=grouped(hidden)) if hidden > 0 else None
        sections.append(Section(f"rule {rule}", rule_name(rule), COLUMNS, rows, "report.json", foot))
    return tuple(sections)
