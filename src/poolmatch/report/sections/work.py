"""Who works how much, and what organisations give and receive."""

from __future__ import annotations

from poolmatch.checking import Report
from poolmatch.domain.shares import targets
from poolmatch.figures import fairness_of, ledger_of
from poolmatch.report.sections.section import Cell, Column, Kind, Section
from poolmatch.views import View
from poolmatch.words import Words, decimal

LOAD_COLUMNS = (
    Column(Words("who", "wie")),
    Column(Words("meetings", "bijeenkomsten"), Kind.WHOLE),
    Column(Words("hours", "uren"), Kind.HOURS),
    Column(Words("fair share", "eerlijk deel"), Kind.HOURS),
    Column(Words("of share", "van deel"), Kind.LOAD),
    Column(Words("above share before", "eerder boven deel"), Kind.BALANCE),
    Column(Words("and after", "en hierna"), Kind.BALANCE),
)
EVENNESS = Words(
    "Gini {gini} before, {gini_after} after; largest difference {spread} h before, {spread_after} h after",
    "Ongelijkheid (Gini, van 0 tot 1) {gini} eerder, {gini_after} hierna; grootste verschil {spread} u eerder, "
    "{spread_after} u hierna",
)
LEDGER_COLUMNS = (
    Column(Words("organisation", "organisatie")),
    Column(Words("opening", "begin"), Kind.BALANCE),
    Column(Words("given", "gegeven"), Kind.HOURS),
    Column(Words("received", "gekregen"), Kind.HOURS),
    Column(Words("from outside", "van buiten"), Kind.HOURS),
    Column(Words("closing", "eind"), Kind.BALANCE),
)


def load_section(report: Report, view: View) -> Section:
    """Return what each facilitator of a view works, and how that compares with their share."""
    problem, plan, figures = report.problem, report.plan, fairness_of(report)
    goals = targets(problem)
    share = {row.name: row for row in figures.people}
    rows: list[tuple[Cell, ...]] = []
    for person in (row for row in problem.facilitators if view.facilitator(row.facilitator)):
        placements = plan.of_facilitator.get(person.facilitator, ())
        hours = sum(item.hours for item in plan.work_of.get(person.facilitator, ()))
        goal = goals[person.facilitator] / 60 if person.facilitator in goals else None
        mine = share.get(person.facilitator)
        above = (mine.deviation_before, mine.deviation_after) if mine else (None, None)
        part = hours / goal if goal else None
        rows.append((person.name, len(placements), hours, goal, part, *above))
    foot = EVENNESS.fill(
        gini=decimal(figures.gini_before, 2),
        gini_after=decimal(figures.gini_after, 2),
        spread=decimal(figures.spread_before, 1),
        spread_after=decimal(figures.spread_after, 1),
    )
    heading = Words("Load per facilitator", "Belasting per begeleider")
    return Section("load", heading, LOAD_COLUMNS, tuple(rows), "report.json", foot if rows and view.whole else None)


def ledger_section(report: Report, view: View) -> Section:
    """Return what each organisation of a view gives and receives; those without any of it are left out."""
    name = {row.organisation: row.name for row in report.problem.organisations}
    rows: list[tuple[Cell, ...]] = []
    for item in ledger_of(report).accounts:
        figures = item.opening, item.given, item.received, item.external, item.closing
        if any(figures[:4]) and view.organisation(item.organisation):
            rows.append((name.get(item.organisation), *(float(hours) for hours in figures)))
    heading = Words("Ledger between organisations, hours", "Grootboek tussen organisaties, uren")
    return Section("ledger", heading, LEDGER_COLUMNS, tuple(rows), "report.json")
