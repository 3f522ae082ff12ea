"""What is held, week by week, as a list: for whoever reads from top to bottom, and for paper."""

from __future__ import annotations

from poolmatch.checking import Report
from poolmatch.domain.grouping import grouped
from poolmatch.report.sections.occasions import Occasion, occasions_of
from poolmatch.report.sections.section import Cell, Column, Kind, Section
from poolmatch.views import View
from poolmatch.vocabulary.columns import column_name
from poolmatch.words import Words, joined, pattern

WEEK = Words("Week {week}", "Week {week}")
UNDATED = Words("Without a date", "Zonder datum")
COLUMNS = (
    Column(Words("day", "dag"), Kind.DAY),
    Column(Words("time", "tijd")),
    Column(column_name("roster", "meeting")),
    Column(Words("where", "waar")),
    Column(Words("who", "wie")),
    Column(Words("still empty", "nog leeg")),
)


def agenda_sections(report: Report, view: View) -> tuple[Section, ...]:
    """Return what a view shows of each week, in order of time; what has no date comes last.

    Parameters
    ----------
    report
        What the rules say of the roster.
    view
        What its reader may see.
    """
    weeks = grouped(occasions_of(report, view), lambda item: item.day.isocalendar()[:2] if item.day else None)
    return tuple(_section(week, items) for week, items in weeks.items())


def _section(week: tuple[int, int] | None, items: tuple[Occasion, ...]) -> Section:
    name, heading = ("undated", UNDATED) if week is None else ("week {}-{:02}".format(*week), WEEK.fill(week=week[1]))
    return Section(name, heading, COLUMNS, tuple(_row(item) for item in items))


def _row(item: Occasion) -> tuple[Cell, ...]:
    empty = [post.role_name for post in item.posts if post.facilitator is None and post.required]
    where, team = item.place or None, _team(item) if item.held else None
    time = item.hours if item.day else None
    return item.day or item.hours, time, item.label, where, team, joined(", ", empty) if empty else None


def _team(item: Occasion) -> Words:
    """Return who sits in it, with their roles."""
    return joined(", ", [pattern("{who} ({role})", who=post.who, role=post.role_name) for post in item.held])
