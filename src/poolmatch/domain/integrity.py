"""What must agree between the rows of one problem, and what is doubtful between them.

What depends on the rules (a meeting without parties, pins that break a rule) is not looked at here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, cast

from poolmatch.domain.calendar import Availability, Period, issue_of_spans
from poolmatch.domain.continued_seats import continuity_issues
from poolmatch.domain.join_issues import join_issues
from poolmatch.domain.meetings import Meeting, Slot
from poolmatch.domain.names import alike_names
from poolmatch.domain.organisations import Link
from poolmatch.domain.people import Tie
from poolmatch.domain.points import point_issues
from poolmatch.domain.presence import is_whole_days, with_carry_over
from poolmatch.domain.row import Row
from poolmatch.domain.spelling import slips
from poolmatch.domain.stopgaps import stopgaps
from poolmatch.issues import Issue
from poolmatch.messages import between_rows as between
from poolmatch.messages import series as of_series
from poolmatch.vocabulary.terms import column_term
from poolmatch.words import joined

Numbered = Sequence[tuple[int, Any]]
Tables = Mapping[str, Sequence[tuple[int, Row]]]


def integrity_issues(
    period: Period | None, tables: Tables, halves: Tables, ids: Mapping[str, set[str]]
) -> Iterator[Issue]:
    """Yield every error and warning that shows only between rows.

    Parameters
    ----------
    period
        The period that is planned; None where that is wrong itself: then what depends on it is left out.
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
    yield from _twice(get)
    joined = list(join_issues(whole_and_half, ids))
    yield from joined
    if period is not None:
        yield from _times(period, get)
        yield from _availability(period, get["availability"])
    yield from _slot_starts(get)
    yield from _series(get)
    yield from continuity_issues(get)
    yield from _limits(get)
    if period is not None:
        yield from _days(period, get)
        yield from _people(period, get["facilitators"], get["ties"])
    kinds = {name: type(rows[0][1]) for name, rows in tables.items() if rows}
    told = {(issue.column, str(issue.value)) for issue in joined if issue.values.get("hint")}
    yield from slips(kinds, get, told)
    yield from stopgaps(kinds, get)
    yield from alike_names(get)
    yield from point_issues(get)
    yield from _cycles(cast(Sequence[tuple[int, Link]], get["links"]))
    yield from _emptiness(get, whole_and_half)


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
            same = between.KEY_TWICE if written == key else between.KEY_TWICE_BUT_CAPITALS
            terms = joined(", ", (column_term(name, part) for part in kind.key))
            yield same.at(name, (other, number), column, key=terms)
    meetings = {getattr(row, "meeting", "").casefold() for _, row in get["meetings"]}
    for number, row in get["duties"]:
        if getattr(row, "duty", " ").casefold() in meetings:
            yield between.DUTY_LIKE_MEETING.at("duties", (number,), "duty")


def _twice(get: Mapping[str, Numbered]) -> Iterator[Issue]:
    """Warn of equal rows in tables without a key: what was pasted twice counts twice."""
    for name in ("history", "preferences"):
        first: dict[Row, int] = {}
        for number, row in get[name]:
            if first.setdefault(row, number) != number:
                yield between.ROW_TWICE.at(name, (first[row], number))


# --- time ------------------------------------------------------------------------------------------------


def _times(period: Period, get: Mapping[str, Numbered]) -> Iterator[Issue]:
    opens, closes = period.span
    flexible = {row.meeting for _, row in get["slots"]}

    def judge(name: str, number: int, start: datetime, end: datetime) -> Iterator[Issue]:
        if not opens <= start < closes:
            yield between.OUTSIDE_PERIOD.at(name, (number,), "start")
        if end - start > timedelta(hours=24):
            yield between.OVER_A_DAY.at(name, (number,), "end")
        yield from midnight(name, number, "start", start)

    def midnight(name: str, number: int, column: str, start: datetime | None) -> Iterator[Issue]:
        if start is not None and is_midnight(start, period):
            yield between.AT_MIDNIGHT.at(name, (number,), column)

    for number, row in cast(Sequence[tuple[int, Meeting]], get["meetings"]):
        if row.start is not None and row.end is not None:
            yield from judge("meetings", number, row.start, row.end)
            if row.meeting in flexible:
                yield between.TIME_AND_SLOTS.at("meetings", (number,), "start")
        elif row.meeting not in flexible:
            yield between.NO_TIME.at("meetings", (number,), "start")
    for number, slot in cast(Sequence[tuple[int, Slot]], get["slots"]):
        yield from judge("slots", number, slot.start, slot.end)
    for number, past in get["history"]:
        yield from midnight("history", number, "start", past.start)
    for number, told in get["published"]:
        yield from midnight("published", number, "slot_start", told.slot_start)


def is_midnight(moment: datetime, period: Period) -> bool:
    """Tell whether the clock shows midnight: a cell that shows times makes that of a date alone."""
    return period.local_time(moment).time() == time()


def _availability(period: Period, rows: Numbered) -> Iterator[Issue]:
    for number, row in cast(Sequence[tuple[int, Availability]], rows):
        error = issue_of_spans(row, with_carry_over(period) if is_whole_days(row) else period)  # as far as anyone asks
        if error is not None:
            context = error.context or {}
            yield context["message"].at("availability", (number,), context["column"])
            continue
        idle = row.idle_exceptions(period)
        if idle:
            yield between.IDLE_EXCEPTION.at("availability", (number,), "except", value=";".join(map(str, idle)))
        from_midnight = not isinstance(row.start, datetime) or is_midnight(row.start, period)
        if from_midnight and isinstance(row.end, datetime) and is_midnight(row.end, period):
            yield between.UNTIL_MIDNIGHT.at("availability", (number,), "end")


def _slot_starts(get: Mapping[str, Numbered]) -> Iterator[Issue]:
    slots: defaultdict[str, set[datetime]] = defaultdict(set)
    for _, row in get["slots"]:
        slots[row.meeting].add(row.start)
    for number, row in get["pins"]:
        if row.slot_start is None:
            continue
        if row.meeting not in slots:
            yield between.SLOT_OF_FIXED.at("pins", (number,), "slot_start")
        elif row.slot_start not in slots[row.meeting]:
            yield between.NO_SUCH_SLOT.at("pins", (number,), "slot_start")


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
            yield of_series.SESSION_BLANK.at("meetings", blank, "session")
        numbered.sort(key=lambda item: (item[1].session, item[0]))
        for (before, first), (after, second) in pairwise(numbered):
            if first.session == second.session:
                yield of_series.SESSION_TWICE.at("meetings", (before, after), "session")
        fixed = [(number, row, row.start) for number, row in numbered if row.start is not None]
        for place, (number, row, start) in enumerate(fixed[1:], 1):
            earlier, past, latest = max(fixed[:place], key=lambda item: item[2])
            if start < latest and row.session != past.session:
                yield of_series.SESSION_OUT_OF_ORDER.at("meetings", (earlier, number), "session")
    continuity: dict[tuple[str, str], tuple[int, str]] = {}
    for number, row in get["seats"]:
        name = of_meeting.get(row.meeting)
        if name is None:
            if row.continuity != "none" and row.meeting in of_meeting:
                yield of_series.CONTINUITY_WITHOUT_SERIES.at("seats", (number,), "continuity")
            continue
        other, word = continuity.setdefault((name, row.seat), (number, row.continuity))
        if word != row.continuity:
            yield of_series.CONTINUITY_DIFFERS.at("seats", (other, number), "continuity")


def _limits(get: Mapping[str, Numbered]) -> Iterator[Issue]:
    """Refuse limits on a team where there is none: a duty is done by one person."""
    duties = {row.duty for _, row in get["duties"]}
    for number, row in get["requirements"]:
        if row.kind == "at_most" and row.meeting in duties:
            yield between.LIMIT_OF_DUTY.at("requirements", (number,), "kind")


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
            late = "meeting" if target == "meeting" and when else "all" if when else "period"
            yield between.TIE_AFTER[late].at("ties", (number,), "start")
    for number, waiver in get["waivers"]:
        target = "meeting" if waiver.meeting is not None else "series"
        when = days[target, getattr(waiver, target)]
        if when and waiver.consented_on > max(when):
            yield between.CONSENT_AFTER[target].at("waivers", (number,), "consented_on")
        elif when and waiver.expires is not None and waiver.expires < min(when):
            yield between.CONSENT_BEFORE[target].at("waivers", (number,), "expires")


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
        yield between.NO_EMPLOYER.at("facilitators", unknown, "organisation")
    for number, row in blank:
        if row.independent and employed(row.facilitator):
            yield between.INDEPENDENT_EMPLOYED.at("facilitators", (number,), "independent")


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
                yield between.RING.at("links", rows)
            elif child not in done:
                path.append(child)
                stack.append((child, iter(sorted(above.get(child, ())))))


def _emptiness(get: Mapping[str, Numbered], whole_and_half: Mapping[str, Numbered]) -> Iterator[Issue]:
    if not whole_and_half["facilitators"]:
        yield between.NOBODY.at("facilitators")
    if not whole_and_half["meetings"]:
        yield between.NO_MEETINGS.at("meetings")
    for name, message in between.WITHOUT_POINT.items():
        unknown = [number for number, row in get[name] if row.lat is None and not getattr(row, "online", False)]
        if unknown:
            yield message.at(name, unknown, "lat")
