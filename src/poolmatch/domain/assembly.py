"""From raw tables to rows: every table is read, and whatever is wrong with any row is told together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from poolmatch.domain.calendar import Availability, Period
from poolmatch.domain.integrity import integrity_issues
from poolmatch.domain.meetings import Duty, Meeting, Pin, Requirement, Seat, Slot, Spacing, Stake
from poolmatch.domain.organisations import LedgerEntry, Link, Organisation
from poolmatch.domain.past import Past, Published
from poolmatch.domain.people import Facilitator, Pairing, Preference, Serves, Skill, Strike, Tie, Waiver
from poolmatch.domain.row import Row, is_blank, issues_of, marks_of, tables_of
from poolmatch.domain.spelling import settle_spelling
from poolmatch.domain.values import Listed, has_hidden, tidy
from poolmatch.hints import meant, nearest, slip_of
from poolmatch.issues import Issue, Message
from poolmatch.messages import tables as said
from poolmatch.messages.cells import HIDDEN, NOT_A_ROW
from poolmatch.words import Words, grouped

SCHEMA_VERSION: Literal[1] = 1
MAX_ROWS = 1_000_000

TABLES: Mapping[str, type[Row]] = {
    kind.table: kind
    for kind in (
        Period,
        Organisation,
        Link,
        Facilitator,
        Serves,
        Skill,
        Tie,
        Availability,
        Meeting,
        Slot,
        Spacing,
        Duty,
        Stake,
        Seat,
        Requirement,
        Waiver,
        Strike,
        Pairing,
        Preference,
        Pin,
        Past,
        LedgerEntry,
        Published,
    )
}
"""Every table of a problem by name, in the order in which people fill them in."""


def assemble(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[Issue]]:
    """Return validated rows by table, and every issue; rows with an error are left out."""
    issues = list(_unknown_tables(data))
    misspelt = {slip_of(str(name), TABLES) for name in data if name not in TABLES}
    lost = {name for name in TABLES if name not in data and (name in misspelt or TABLES[name].required_table)}
    rows: dict[str, list[tuple[int, Row]]] = {name: [] for name in TABLES}
    halves: dict[str, list[tuple[int, Row]]] = {name: [] for name in TABLES}
    ids: dict[str, set[str]] = {}
    issues += (_missing_table(name, data) for name in TABLES if name in lost - misspelt)
    period, found = _period(data)
    issues += found
    zone = period.zone if period else ZoneInfo("Europe/Amsterdam")
    for name, kind in TABLES.items():
        if name == "period":
            continue
        raw = data.get(name)
        raw = () if raw is None else raw
        if isinstance(raw, str | bytes | Mapping) or not isinstance(raw, Iterable):
            issues.append(said.NOT_ROWS.at(name))
            continue
        raw = list(raw)
        if len(raw) > MAX_ROWS:
            issues.append(said.MANY_ROWS.at(name, most=grouped(MAX_ROWS)))
            continue
        found, missing = heading_issues(kind, raw)
        issues += found
        if not missing.isdisjoint(kind.key[:1]):
            lost.add(name)
        for number, cells in enumerate(raw, 1):
            row, found = _read_row(kind, cells, number, zone)
            issues += (issue for issue in found if issue.column not in missing)
            if not found or all(issue.severity == "warning" for issue in found):
                rows[name].append((number, row))
            else:
                halves[name].append((number, row))
        if len(kind.key) == 1:
            ids[name] = {
                tidy(value)
                for cells in raw
                if isinstance(
                    value := cells.get(kind.key[0]) if isinstance(cells, Mapping) else getattr(cells, kind.key[0], 0),
                    str,
                )
            }
    issues += settle_spelling(TABLES, rows, halves)
    between = integrity_issues(period, rows, halves, ids)
    issues += (issue for issue in between if not _follows_from(issue, lost))
    tables: dict[str, Any] = {name: tuple(row for _, row in numbered) for name, numbered in rows.items()}
    tables["period"] = period
    return tables, in_order(issues)


def in_order(issues: Iterable[Issue]) -> list[Issue]:
    """Return issues in the order of their tables, in which ids are given before they are used.

    What is about files and unknown tables comes first.

    Parameters
    ----------
    issues
        The issues; those of one table stay in their order.
    """
    place = {name: number for number, name in enumerate(TABLES)}
    return sorted(issues, key=lambda issue: place.get(issue.table, -1))


def _period(data: Mapping[str, Any]) -> tuple[Period | None, list[Issue]]:
    raw = data.get("period")
    if isinstance(raw, Period):
        return raw, []
    if isinstance(raw, list | tuple):
        if len(raw) != 1:
            return None, [said.NOT_ONE_ROW.at("period", count=len(raw))]
        raw = raw[0]
        if isinstance(raw, Period):
            return raw, []
    if raw is None:
        return None, [_missing_table("period", data)] if "period" in data else []
    issues, missing = heading_issues(Period, [raw])
    row, found = _read_row(Period, raw, 1, ZoneInfo("UTC"))
    issues += (issue for issue in found if issue.column not in missing)
    wrong = any(issue.severity == "error" for issue in found)
    return (row if isinstance(row, Period) and not wrong else None), issues


def _missing_table(name: str, data: Mapping[str, Any]) -> Issue:
    unknown = [given for given in data if given not in TABLES]
    return said.MISSING_TABLE.at(name, hint=nearest(name, unknown))


def _unknown_tables(data: Mapping[str, Any]) -> Iterable[Issue]:
    version = data.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION or isinstance(version, bool):
        yield said.OTHER_VERSION.at("problem", column="schema_version", version=SCHEMA_VERSION)
    names = [str(name) for name in data if name not in TABLES and name != "schema_version"]
    missing = {name for name, kind in TABLES.items() if kind.required_table and name not in data}
    messages = said.TABLE_SLIP, said.TABLE_MAYBE, said.TABLE_UNUSED
    yield from (message.at(name, hint=hint) for name, message, hint in unknown_names(names, TABLES, missing, messages))


def heading_issues(kind: type[Row], raw: Sequence[object]) -> tuple[list[Issue], set[str]]:
    """Return what is wrong with the columns of a table, and which required columns no row has.

    A column that is missing because its heading is misspelt is told by the misspelt heading alone.

    Parameters
    ----------
    kind
        The kind of row the table has.
    raw
        The rows as they were given.
    """
    columns = kind.model_fields
    given: set[object] = set()
    filled: dict[str, None] = {}  # headings that are not known, above at least one cell with content
    for cells in raw:
        if not isinstance(cells, Mapping):
            given |= columns.keys()
            continue
        given.update(cells)
        if not columns.keys() >= cells.keys():
            filled |= {str(name): None for name, value in cells.items() if name not in columns and value is not None}
    required = [name for name, field in columns.items() if field.is_required()] if raw else []
    missing = {name for name in required if name not in given}
    messages = said.COLUMN_SLIP, said.COLUMN_MAYBE, said.COLUMN_UNUSED
    issues = [
        message.at(kind.table, column=name, hint=hint)
        for name, message, hint in unknown_names(filled, columns, missing, messages)
    ]
    slips = {slip_of(name, columns) for name in filled}
    for name in required:
        if name in missing - slips:
            issues.append(said.MISSING_COLUMN.at(kind.table, column=name, hint=nearest(name, filled)))
    return issues, missing


def unknown_names(
    names: Iterable[str], known: Iterable[str], missing: set[str], messages: tuple[Message, Message, Message]
) -> Iterator[tuple[str, Message, Words | None]]:
    """Yield each name that is not known, what is said of it, and a hint; an error where something may be lost by it.

    Parameters
    ----------
    names
        What was written.
    known
        What could have been meant.
    missing
        What is required among it, and was not written.
    messages
        What is said of a slip of a known name, which is an error; of any other where something is missing that it may
        be, which is one too; and of one that is merely not used.
    """
    misspelt, maybe, unused = messages
    slips = {name: slip_of(name, known) for name in names}
    missing = missing - set(slips.values())
    for name, slip in slips.items():
        if slip:
            yield name, misspelt, meant(slip)
        elif missing:
            yield name, maybe, nearest(name, missing)
        else:
            yield name, unused, nearest(name, known)


def _follows_from(issue: Issue, lost: set[str]) -> bool:
    """Tell whether an id is unknown, or a table empty, only because the table is not there to be read."""
    if issue.table in lost and not issue.rows:
        return True
    kind = TABLES.get(issue.table)
    column = kind.model_fields.get(issue.column) if kind else None
    if issue.severity != "error" or column is None:
        return False
    return not lost.isdisjoint(("seats",) if issue.column == "seat" else tables_of(column))


def _read_row(kind: type[Row], cells: object, number: int, zone: ZoneInfo) -> tuple[Row, list[Issue]]:
    """Return a row and what is wrong with it; if anything, the row holds only the cells that are right, as text."""
    if isinstance(cells, kind):
        return cells, []
    if not isinstance(cells, Mapping):
        return kind.model_construct(), [NOT_A_ROW.at(kind.table, (number,))]
    issues: list[Issue] = []
    fields = kind.model_fields
    known = {column: value for column, value in cells.items() if value is not None and column in fields}
    for column, value in known.items():
        if isinstance(value, str) and not value.isprintable() and has_hidden(tidy(value)):
            issues.append(HIDDEN.at(kind.table, (number,), column))
    try:
        return kind.model_validate(known, context={"zone": zone}), issues
    except ValidationError as error:
        issues += issues_of(error, kind, number, known)
        bad = {detail["loc"][0] for detail in error.errors(include_url=False) if detail["loc"]}
        good = {
            name: tidy(cell)
            for name, cell in known.items()
            if name not in bad and isinstance(cell, str) and not is_blank(cell) and not marks_of(fields[name], Listed)
        }
        return kind.model_construct(None, **good), issues
