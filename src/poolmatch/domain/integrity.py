"""What must agree between the rows of one problem, and what is doubtful between them.

What depends on the rules (a meeting without parties, pins that break a rule) is not looked at here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, cast

from poolmatch.domain.calendar import Availability, Period, issue_of_spans
from poolmatch.domain.join_issues import join_issues
from poolmatch.domain.meetings import Meeting, Slot
from poolmatch.domain.names import alike_names
from poolmatch.domain.organisations import Link
from poolmatch.domain.people import Tie
from poolmatch.domain.points import point_issues
from poolmatch.domain.presence import is_whole_days, with_carry_over
from poolmatch.domain.row import Row
from poolmatch.domain.spelling import slips
from poolmatch.errors import Issue

Numbered = Sequence[tuple[int, Any]]
Tables = Mapping[str, Sequence[tuple[int, Row]]]


def integrity_issues(period: Period, tables: Tables, halves: Tables, ids: Mapping[str, set[str]]) -> Iterator[Issue]:
    """Yield every error and warning that shows only between rows.

    Parameters
    ----------
    period
        The period that is planned.
    tables
        Rows that are right by themselves, with their data row numbers.
    halves
        Rows that are wrong by themselves, with the cells that are right: their ids are looked at all the same.
    ids
        Every id that was written, by table; also of rows that are wrong, so that one mistake is told once.
    """
    get = {name: cast(Numbered, tables[name]) for name in tables}
    whole_and_half = {
        name: cast(Numbered, sorted([*tables[name], *halves[name]], key=lambda item: item[0])) for name in tables
    }
    yield from _keys(whole_and_half)
    joined = list(join_issues(whole_and_half, ids))
    yield from joined
    yield from _times(period, get)
    yield from _availability(period, get["availability"])
    yield from _slot_starts(get)
    yield from _series(get)
    yield from _days(period, get)
    yield from _people(period, get["facilitators"], get["ties"])
    kinds = {name: type(rows[0][1]) for name, rows in tables.items() if rows}
    told = {(issue.column, issue.value) for issue in joined if "did you mean" in issue.remedy}
    yield from slips(kinds, get, told)
    yield from alike_names(get)
    yield from point_issues(get)
    yield from _cycles(cast(Sequence[tuple[int, Link]], get["links"]))
    yield from _emptiness(get)


def _warning(table: str, rows: Iterable[int], column: str, reason: str, remedy: str) -> Issue:
    return Issue(table, tuple(rows), column, reason, remedy, "warning")


# --- keys ------------------------------------------------------------------------------------------------


def _keys(get: Mapping[str, Numbered]) -> Iterator[Issue]:
    for name, rows in get.items():
        if not rows or not rows[0][1].key:
            continue
        kind = type(rows[0][1])
        is_id = len(kind.key) == 1 or name == "seats"
        first: dict[tuple[object, ...], tuple[int, tuple[object, ...]]] = {}
        for number, row in rows:
            if "" in [getattr(row, part, "") for part in kind.key]:
                continue  # half a row, without its key
            key = row.key_of()
            alike = tuple(part.casefold() if isinstance(part, str) else part for part in key) if is_id else key
            if alike not in first:
                first[alike] = number, key
                continue
            other, written = first[alike]
            column = kind.key[-1] if is_id else ""
            what = ", ".join(kind.key)
            same = (
                f"repeats {what}"
                if written == key
                else f"has an id that differs from another only in capitals ({what})"
            )
            yield Issue(name, (other, number), column, same, "remove one of the rows or change its key")
    meetings = {getattr(row, "meeting", "").casefold(): number for number, row in get["meetings"]}
    for number, row in get["duties"]:
        same_id = meetings.get(getattr(row, "duty", " ").casefold())
        if same_id is not None:
            remedy = f"rename it: row {same_id} of meetings has the same id"
            yield Issue("duties", (number,), "duty", "is also the id of a meeting", remedy)


# --- time ------------------------------------------------------------------------------------------------


def _times(period: Period, get: Mapping[str, Numbered]) -> Iterator[Issue]:
    opens, closes = period.span
    flexible = {row.meeting for _, row in get["slots"]}

    def judge(name: str, number: int, start: datetime, end: datetime) -> Iterator[Issue]:
        if not opens <= start < closes:
            remedy = "correct the start, or the period"
            yield Issue(name, (number,), "start", "lies outside the period", remedy)
        if end - start > timedelta(hours=24):
            yield _warning(name, [number], "end", "is more than 24 hours after start", "check the dates")

    for number, row in cast(Sequence[tuple[int, Meeting]], get["meetings"]):
        if row.start is not None and row.end is not None:
            yield from judge("meetings", number, row.start, row.end)
            if row.meeting in flexible:
                remedy = "remove start and end, or the rows in slots"
                yield Issue("meetings", (number,), "start", "is given although the meeting has rows in slots", remedy)
        elif row.meeting not in flexible:
            yield Issue("meetings", (number,), "start", "is blank", "give start and end, or rows in slots")
    for number, slot in cast(Sequence[tuple[int, Slot]], get["slots"]):
        yield from judge("slots", number, slot.start, slot.end)


def _availability(period: Period, rows: Numbered) -> Iterator[Issue]:
    for number, row in cast(Sequence[tuple[int, Availability]], rows):
        error = issue_of_spans(row, with_carry_over(period) if is_whole_days(row) else period)  # as far as anyone asks
        if error is not None:
            context = error.context or {}
            yield Issue("availability", (number,), str(context["column"]), error.message(), str(context["remedy"]))
            continue
        idle = row.idle_exceptions(period)
        if idle:
            reason, remedy = "names a day on which it does not recur", "correct the day, or remove it"
            shown = ";".join(map(str, idle))
            yield Issue("availability", (number,), "except", reason, remedy, "warning", value=shown)


def _slot_starts(get: Mapping[str, Numbered]) -> Iterator[Issue]:
    slots: defaultdict[str, set[datetime]] = defaultdict(set)
    for _, row in get["slots"]:
        slots[row.meeting].add(row.start)
    for number, row in get["pins"]:
        if row.slot_start is None:
            continue
        if row.meeting not in slots:
            remedy = "leave it blank: only flexible meetings have slots"
            yield Issue("pins", (number,), "slot_start", "is given for a meeting without slots", remedy)
        elif row.slot_start not in slots[row.meeting]:
            remedy = "copy the start of one of its rows in slots"
            yield Issue("pins", (number,), "slot_start", "is not the start of a slot of that meeting", remedy)


# --- series ----------------------------------------------------------------------------------------------


def _series(get: Mapping[str, Numbered]) -> Iterator[Issue]:
    series: defaultdict[str, list[tuple[int, Meeting]]] = defaultdict(list)
    of_meeting: dict[str, str | None] = {}
    for number, row in get["meetings"]:
        of_meeting[row.meeting] = row.series
        if row.series is not None:
            series[row.series].append((number, row))
    for members in series.values():
        blank = [number for number, row in members if row.session is None]
        numbered = [(number, row) for number, row in members if row.session is not None]
        if blank and numbered:
            remedy = "number all sessions of the series, or none"
            yield Issue("meetings", tuple(blank), "session", "is blank while other sessions are numbered", remedy)
        numbered.sort(key=lambda item: (item[1].session, item[0]))
        for (before, first), (after, second) in pairwise(numbered):
            if first.session == second.session:
                remedy = "number the sessions anew"
                yield Issue("meetings", (before, after), "session", "stands twice in the series", remedy)
        fixed = [(number, row, row.start) for number, row in numbered if row.start is not None]
        for place, (number, row, start) in enumerate(fixed[1:], 1):
            earlier, past, latest = max(fixed[:place], key=lambda item: item[2])
            if start < latest and row.session != past.session:
                remedy = "number the sessions in order of time"
                yield Issue("meetings", (earlier, number), "session", "falls while time rises", remedy)
    continuity: dict[tuple[str, str], tuple[int, str]] = {}
    for number, row in get["seats"]:
        name = of_meeting.get(row.meeting)
        if name is None:
            if row.continuity != "none" and row.meeting in of_meeting:
                remedy = "name the series of the meeting, or write none"
                yield Issue("seats", (number,), "continuity", "is asked for a meeting without a series", remedy)
            continue
        other, word = continuity.setdefault((name, row.seat), (number, row.continuity))
        if word != row.continuity:
            remedy = "write one word for all seats of that name in the series"
            yield Issue("seats", (other, number), "continuity", "differs within the series", remedy)


# --- rows without effect ---------------------------------------------------------------------------------


def _days(period: Period, get: Mapping[str, Numbered]) -> Iterator[Issue]:
    """Warn of ties that start, and consents that are given or end, on the wrong side of all they could be about."""
    days: defaultdict[tuple[str, str | None], list[date]] = defaultdict(list)
    about: dict[str, Meeting] = {row.meeting: row for _, row in get["meetings"]}
    starts = [(row.meeting, row.start) for row in about.values() if row.start is not None]
    for meeting, start in (*starts, *((row.meeting, row.start) for _, row in get["slots"])):
        row = about.get(meeting)
        for key in (("", None), ("meeting", meeting)) + ((("series", row.series), ("theme", row.theme)) if row else ()):
            days[key].append(period.local_day(start))
    for _, duty in get["duties"]:
        for key in (("", None), ("series", duty.series)):
            days[key].append(period.start)
    for number, tie in get["ties"]:
        target = next((name for name in ("meeting", "series", "theme") if getattr(tie, name) is not None), "")
        when = days[target, getattr(tie, target) if target else None]
        if tie.start is not None and tie.start > max(when, default=period.end):
            what = (
                "the meeting" if target == "meeting" and when else "all that it could bear on" if when else "the period"
            )
            yield _warning("ties", [number], "start", f"lies after {what}", "check the date: the tie has no effect yet")
    for number, waiver in get["waivers"]:
        target = "meeting" if waiver.meeting is not None else "series"
        when = days[target, getattr(waiver, target)]
        if when and waiver.consented_on > max(when):
            remedy = "check the date: a consent counts from the day it is given"
            yield _warning("waivers", [number], "consented_on", f"lies after the {target}", remedy)
        elif when and waiver.expires is not None and waiver.expires < min(when):
            remedy = "check the date, or ask for it again"
            yield _warning("waivers", [number], "expires", f"lies before the {target}", remedy)


# --- doubtful content ------------------------------------------------------------------------------------


def _people(period: Period, rows: Numbered, ties: Numbered) -> Iterator[Issue]:
    tied: defaultdict[str, list[Tie]] = defaultdict(list)
    for _, tie in cast(Sequence[tuple[int, Tie]], ties):
        tied[tie.facilitator].append(tie)

    def employed(name: str) -> bool:
        return any(tie.employs(period.start, period.end) for tie in tied[name])

    blank = [(number, row) for number, row in rows if row.organisation is None]
    silent = [(number, row) for number, row in blank if not (row.independent or row.external)]
    unknown = [number for number, row in silent if not employed(row.facilitator)]
    if unknown:
        remedy = "fill in the employer, or write yes under independent: unknown is not neutral (rule unknown-employer)"
        yield _warning("facilitators", unknown, "organisation", "is blank for someone of the pool", remedy)
    for number, row in blank:
        if row.independent and employed(row.facilitator):
            remedy = "write no, or correct the tie: who is independent has no employer"
            reason = "is yes beside a tie of kind employee"
            yield Issue("facilitators", (number,), "independent", reason, remedy)


def _cycles(links: Sequence[tuple[int, Link]]) -> Iterator[Issue]:
    """Warn of organisations that control one another in a ring, or are units of one another."""
    above: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for number, row in links:
        if row.kind == "controls":
            above[row.source][row.target] = number
        elif row.kind == "unit_of":
            above[row.target][row.source] = number
    done: set[str] = set()
    for root in sorted(above):
        path: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = []
        if root not in done:
            stack, path = [(root, iter(sorted(above[root])))], [root]
        while stack:
            name, below = stack[-1]
            child = next(below, None)
            if child is None:
                done.add(name)
                path.pop()
                stack.pop()
            elif child in path:
                ring = [*path[path.index(child) :], child]
                rows = sorted({above[a][b] for a, b in pairwise(ring)})
                remedy = "check the direction of the links; a ring is allowed"
                yield _warning("links", rows, "", "form a ring of organisations", remedy)
            elif child not in done:
                path.append(child)
                stack.append((child, iter(sorted(above.get(child, ())))))


def _emptiness(get: Mapping[str, Numbered]) -> Iterator[Issue]:
    if not get["facilitators"]:
        yield _warning("facilitators", [], "", "is empty", "add the members of the pool")
    if not get["meetings"]:
        yield _warning("meetings", [], "", "is empty", "add the meetings of the period")
    for name, what in (("facilitators", "a home"), ("meetings", "a place")):
        unknown = [number for number, row in get[name] if row.lat is None and not getattr(row, "online", False)]
        if unknown:
            remedy = "give lat and lon, if travel matters: without them no travel limit applies"
            yield _warning(name, unknown, "lat", f"is blank: {what} without a point", remedy)
