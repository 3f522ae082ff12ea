"""What must agree between the rows of one problem, and what is doubtful between them.

What depends on the rules (a meeting without parties, pins that break a rule) is not looked at here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, cast

from poolmatch.domain.calendar import Availability, Period, issue_of_spans
from poolmatch.domain.meetings import LEAD, Meeting, Slot
from poolmatch.domain.organisations import Link
from poolmatch.domain.row import Row, references
from poolmatch.errors import Issue, nearest

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
    yield from _references(whole_and_half, ids)
    yield from _times(period, get)
    yield from _availability(period, get["availability"])
    yield from _slot_starts(get)
    yield from _seats(get, {row.meeting for _, row in whole_and_half["seats"] if hasattr(row, "meeting")})
    yield from _series(get)
    yield from _effects(period, get)
    yield from _past(get, ids)
    yield from _people(get["facilitators"])
    yield from _spellings(get)
    yield from _cycles(cast(Sequence[tuple[int, Link]], get["links"]))
    yield from _emptiness(get)


def _warning(table: str, rows: Iterable[int], column: str, reason: str, remedy: str) -> Issue:
    return Issue(table, tuple(rows), column, reason, remedy, "warning")


# --- keys and references ---------------------------------------------------------------------------------


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


def _references(get: Mapping[str, Numbered], ids: Mapping[str, set[str]]) -> Iterator[Issue]:
    for name, rows in get.items():
        if not rows:
            continue
        kind: type[Row] = type(rows[0][1])
        for column, targets in references(kind).items():
            if name in targets:
                continue
            known = set().union(*(ids.get(target, set()) for target in targets))
            for number, row in rows:
                value = getattr(row, column, None)
                if value is not None and value not in known:
                    where = " or ".join(targets)
                    remedy = f"{nearest(value, known)}correct it, or add it to {where}"
                    yield Issue(name, (number,), column, f"is not in {where}", remedy, value=value)
    series = {getattr(row, "series", None) for name in ("meetings", "duties") for _, row in get[name]}
    for name in ("ties", "waivers", "spacing"):
        for number, row in get[name]:
            value = getattr(row, "series", None)
            if value is not None and value not in series:
                hint = nearest(value, [item for item in series if item])
                remedy = f"{hint}nothing to do if it has no session in this period"
                yield _warning(name, [number], "series", "is not the series of any meeting here", remedy)


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
        error = issue_of_spans(row, period)
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


# --- seats, series, duties -------------------------------------------------------------------------------


def _seats(get: Mapping[str, Numbered], seated: Collection[str]) -> Iterator[Issue]:
    """Yield what is wrong with seats; a meeting that is not seated at all has one, `lead`."""
    seats: defaultdict[str, list[str]] = defaultdict(list)
    for _, row in get["meetings"]:
        if row.meeting not in seated:
            seats[row.meeting].append(LEAD)
    for _, row in get["seats"]:
        seats[row.meeting].append(row.seat)
    for _, row in get["duties"]:
        seats[row.duty].append(row.kind)
    for name in ("requirements", "pins"):
        for number, row in get[name]:
            if row.seat is not None and row.meeting in seats and row.seat not in seats[row.meeting]:
                remedy = f"{nearest(row.seat, seats[row.meeting])}write one of its seats"
                yield Issue(name, (number,), "seat", "is not a seat of that meeting", remedy, value=row.seat)
    roles = {role for _, row in get["facilitators"] for role in row.roles}
    alien = [number for number, row in get["seats"] if row.role not in roles]
    if alien and get["facilitators"]:
        yield _warning("seats", alien, "role", "is nobody's role", "correct it, or give the role to someone")


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


def _effects(period: Period, get: Mapping[str, Numbered]) -> Iterator[Issue]:
    parties: defaultdict[str, set[str]] = defaultdict(set)
    for _, row in get["stakes"]:
        parties[row.meeting].add(row.organisation)
    of_series: defaultdict[str | None, set[str]] = defaultdict(set)
    starts: dict[str, datetime] = {}
    for _, row in get["meetings"]:
        if row.series is not None:
            of_series[row.series] |= parties[row.meeting]
        if row.start is not None:
            starts[row.meeting] = row.start
    everyone = set().union(*parties.values())
    remedy = "the row has no effect: correct it, or remove it"
    for number, row in get["strikes"]:
        known = everyone if row.meeting is None else parties[row.meeting]
        if row.organisation not in known:
            yield _warning("strikes", [number], "organisation", "has no stake there", remedy)
    for number, row in get["waivers"]:
        known = of_series[row.series] if row.meeting is None else parties[row.meeting]
        if row.party not in known:
            yield _warning("waivers", [number], "party", "has no stake there", remedy)
    for number, row in get["ties"]:
        meets = starts.get(row.meeting) if row.meeting is not None else None
        last = period.end if meets is None else period.local_day(meets)
        if row.start is not None and row.start > last:
            what = "the period" if meets is None else "the meeting"
            yield _warning("ties", [number], "start", f"lies after {what}", "check the date: the tie has no effect yet")


def _past(get: Mapping[str, Numbered], ids: Mapping[str, set[str]]) -> Iterator[Issue]:
    planned = ids.get("meetings", set()) | ids.get("duties", set())
    gone: defaultdict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    people, organisations = ids.get("facilitators", set()), ids.get("organisations", set())
    for number, row in get["history"]:
        if row.facilitator not in people:
            gone["history", "facilitator", "is no longer in the pool", "nothing to do if that is so"].append(number)
        if not organisations.issuperset(row.organisations):
            gone["history", "organisations", "names an unknown organisation", "nothing to do if it has gone"].append(
                number
            )
        if row.meeting in planned:
            gone["history", "meeting", "is also planned in this period", "the row in history is ignored"].append(number)
    seats = {(row.meeting, row.seat) for _, row in get["seats"]} | {(row.duty, row.kind) for _, row in get["duties"]}
    seated = {meeting for meeting, _ in seats}
    seats |= {(row.meeting, LEAD) for _, row in get["meetings"] if row.meeting not in seated}
    for number, row in get["published"]:
        if row.facilitator is not None and row.facilitator not in people:
            gone["published", "facilitator", "is no longer in the pool", "nothing to do if that is so"].append(number)
        if row.meeting not in planned:
            gone["published", "meeting", "is no longer planned", "nothing to do if that is so"].append(number)
        elif (row.meeting, row.seat) not in seats:
            gone["published", "seat", "is no longer a seat of that meeting", "nothing to do if that is so"].append(
                number
            )
    for (table, column, reason, remedy), rows in gone.items():
        yield _warning(table, rows, column, reason, remedy)


# --- doubtful content ------------------------------------------------------------------------------------


def _people(rows: Numbered) -> Iterator[Issue]:
    unknown = [number for number, row in rows if row.organisation is None and not row.external]
    if unknown:
        remedy = "fill in the employer: without it nobody can know where their interests lie"
        yield _warning("facilitators", unknown, "organisation", "is blank for someone of the pool", remedy)


def _spellings(get: Mapping[str, Numbered]) -> Iterator[Issue]:
    """Warn of a word that stands once and is close to another: probably a slip of the pen."""
    places = {
        "region": ("organisations", "facilitators", "serves", "meetings", "preferences"),
        "theme": ("meetings", "ties", "preferences"),
        "skill": ("skills", "requirements"),
        "series": ("meetings", "history", "duties"),
    }
    for column, names in places.items():
        where = [(name, number, getattr(row, column)) for name in names for number, row in get[name]]
        counts = Counter(word for _, _, word in where if word is not None)
        for name, number, word in where:
            if word is None or counts[word] > 1:
                continue
            others = [other for other in counts if other != word and _close(word, other)]
            if others:
                remedy = f'did you mean "{max(others, key=lambda other: counts[other])}"?'
                yield _warning(name, [number], column, "stands once and is close to another word", remedy)


def _close(word: str, other: str) -> bool:
    if word.casefold() == other.casefold():
        return True
    if abs(len(word) - len(other)) > 2 or min(len(word), len(other)) < 4:
        return False
    if [part for part in word if part.isdigit()] != [part for part in other if part.isdigit()]:
        return False  # course 1 and course 2 are two courses
    return SequenceMatcher(None, word.casefold(), other.casefold()).ratio() >= 0.85


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
