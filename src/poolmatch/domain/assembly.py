"""From raw tables to rows: every table is read, and whatever is wrong with any row is told together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from poolmatch.domain.calendar import Availability, Period
from poolmatch.domain.integrity import integrity_issues
from poolmatch.domain.meetings import Duty, Meeting, Pin, Requirement, Seat, Slot, Spacing, Stake
from poolmatch.domain.organisations import LedgerEntry, Link, Organisation
from poolmatch.domain.past import Past, Published
from poolmatch.domain.people import Facilitator, Pairing, Preference, Serves, Skill, Strike, Tie, Waiver
from poolmatch.domain.row import Row, is_blank, issues_of, marks_of
from poolmatch.domain.spelling import settle_spelling
from poolmatch.domain.values import Listed, has_hidden, tidy
from poolmatch.errors import Issue, nearest

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
    rows: dict[str, list[tuple[int, Row]]] = {name: [] for name in TABLES}
    halves: dict[str, list[tuple[int, Row]]] = {name: [] for name in TABLES}
    ids: dict[str, set[str]] = {}
    period, found = _period(data)
    issues += found
    zone = period.zone if period else ZoneInfo("Europe/Amsterdam")
    for name, kind in TABLES.items():
        if name == "period":
            continue
        if name not in data and kind.required_table:
            issues.append(_missing_table(name, data))
        raw = data.get(name)
        raw = () if raw is None else raw
        if isinstance(raw, str | bytes | Mapping) or not isinstance(raw, Iterable):
            issues.append(Issue(name, (), "", "is not a list of rows", "give a list with an object per row"))
            continue
        raw = list(raw)
        if len(raw) > MAX_ROWS:
            issues.append(Issue(name, (), "", f"has more than {MAX_ROWS:,} rows", "split the problem"))
            continue
        issues += _unknown_columns(kind, raw)
        missing = _missing_columns(kind, raw)
        issues += missing.values()
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
    if period:
        issues += integrity_issues(period, rows, halves, ids)
    tables: dict[str, Any] = {name: tuple(row for _, row in numbered) for name, numbered in rows.items()}
    tables["period"] = period
    return tables, issues


def _period(data: Mapping[str, Any]) -> tuple[Period | None, list[Issue]]:
    raw = data.get("period")
    if isinstance(raw, Period):
        return raw, []
    if isinstance(raw, list | tuple):
        if len(raw) != 1:
            return None, [Issue("period", (), "", f"has {len(raw)} rows", "give exactly one row")]
        raw = raw[0]
        if isinstance(raw, Period):
            return raw, []
    if raw is None:
        return None, [_missing_table("period", data)]
    issues = _unknown_columns(Period, [raw])
    row, found = _read_row(Period, raw, 1, ZoneInfo("UTC"))
    return (row if isinstance(row, Period) and not found else None), issues + found


def _missing_table(name: str, data: Mapping[str, Any]) -> Issue:
    unknown = [given for given in data if given not in TABLES]
    hint = nearest(name, unknown)
    return Issue(name, (), "", "is required and missing", hint + "add the table; it may be empty")


def _unknown_tables(data: Mapping[str, Any]) -> Iterable[Issue]:
    version = data.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION or isinstance(version, bool):
        remedy = f"write it with a poolmatch of this schema version, {SCHEMA_VERSION}"
        yield Issue("problem", (), "schema_version", "is of another version", remedy)
    for name in data:
        if name not in TABLES and name != "schema_version":
            remedy = nearest(str(name), TABLES) + "its content is not used"
            yield Issue(str(name), (), "", "is not a table that poolmatch knows", remedy, "warning")


def _unknown_columns(kind: type[Row], raw: Iterable[object]) -> list[Issue]:
    names: dict[str, list[int]] = defaultdict(list)
    known = kind.model_fields.keys()
    for number, cells in enumerate(raw, 1):
        if isinstance(cells, Mapping) and not known >= cells.keys():
            for column, value in cells.items():
                if column not in known and value is not None:
                    names[str(column)].append(number)
    remedy = "its content is not used"
    return [
        Issue(
            kind.table, (), name, "is not a column of this table", nearest(name, kind.model_fields) + remedy, "warning"
        )
        for name in names
    ]


def _missing_columns(kind: type[Row], raw: Sequence[object]) -> dict[str, Issue]:
    """Return an issue per required column that no row has: it is told once, not for every row."""
    required = {name for name, field in kind.model_fields.items() if field.is_required()}
    given: set[object] = set()
    for cells in raw:
        given.update(cells if isinstance(cells, Mapping) else required)
    unknown = [str(column) for column in given - kind.model_fields.keys()]
    return {
        name: Issue(kind.table, (), name, "is required and missing", nearest(name, unknown) + "add the column")
        for name in sorted(required - given)
        if raw
    }


def _read_row(kind: type[Row], cells: object, number: int, zone: ZoneInfo) -> tuple[Row, list[Issue]]:
    """Return a row and what is wrong with it; if anything, the row holds only the cells that are right, as text."""
    if isinstance(cells, kind):
        return cells, []
    if not isinstance(cells, Mapping):
        return kind.model_construct(), [
            Issue(kind.table, (number,), "", "is not a row", "give an object with a value per column")
        ]
    issues: list[Issue] = []
    fields = kind.model_fields
    known = {column: value for column, value in cells.items() if value is not None and column in fields}
    for column, value in known.items():
        if isinstance(value, str) and not value.isprintable() and has_hidden(tidy(value)):
            issues.append(
                Issue(
                    kind.table,
                    (number,),
                    column,
                    "holds characters that cannot be seen",
                    "they are taken out",
                    "warning",
                )
            )
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
