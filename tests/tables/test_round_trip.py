"""Every form of a problem, and of a roster, gives back what was written, to the last character and digit."""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from tests.rings import scaled
from tests.strategies import ROSTERS, problems

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.domain.values import fold
from poolmatch.tables import (
    read,
    read_frames,
    read_roster,
    roster_from_frame,
    roster_to_frame,
    to_frames,
    write,
    write_roster,
)
from poolmatch.tables.form_grid import ROOM

often = settings(max_examples=scaled(20), deadline=None, suppress_health_check=list(HealthCheck))


def told_apart(problem: Problem) -> bool:
    """Tell whether nobody who has left, and no meeting that is off, has an id that is the name of another.

    A workbook takes a name for an id where those need not be known, so that it would be read as the other.
    """
    gone = {row.facilitator for row in problem.history} | {row.facilitator or "" for row in problem.published}
    off = {row.meeting for row in problem.published}
    people, titles = (
        {fold(row.name) for row in problem.facilitators},
        {fold(row.title or "") for row in problem.meetings},
    )
    parties = {name for row in problem.history for name in row.organisations}
    names = {fold(row.name) for row in problem.organisations}
    called: list[dict[str, str | None]] = [{row.facilitator: row.name for row in problem.facilitators}]
    called += [{row.organisation: row.name for row in problem.organisations}]
    called += [{row.meeting: row.title for row in problem.meetings} | {row.duty: None for row in problem.duties}]
    if any(name and fold(name) in {*map(fold, {*ids} - {it})} for ids in called for it, name in ids.items()):
        return False  # the id of one is the name of another
    if "1905-" in problem.to_json():
        return False  # what a year alone becomes in a cell for dates
    return not (
        people & {fold(name) for name in gone - {row.facilitator for row in problem.facilitators}}
        or titles & {fold(name) for name in off - {row.meeting for row in problem.meetings}}
        or names & {fold(name) for name in parties - {row.organisation for row in problem.organisations}}
    )


def names_others(roster: Roster, problem: Problem) -> bool:
    """Tell whether a roster has an unknown id that is the name of somebody, or of a meeting, of the problem.

    A workbook takes a name for an id, so that it would be read as the other.
    """
    people = {row.facilitator: row.name for row in problem.facilitators}
    titles = {row.meeting: row.title for row in problem.meetings} | {row.duty: None for row in problem.duties}
    who, where = {row.facilitator or "" for row in roster.rows}, {row.meeting for row in roster.rows}
    return any(
        fold(it) in {fold(name) for name in called.values() if name}
        for called, ids in ((people, who), (titles, where))
        for it in ids - {*called}
    )


@pytest.mark.parametrize("name", ["csv", "book.xlsx", "tables.parquet", "problem.json"])
@often
@given(problem=problems())
def test_a_problem_in_files(name: str, problem: Problem) -> None:
    assume(not name.endswith(".xlsx") or told_apart(problem))
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(problem, path)
        again = read(path)
    assert again.to_json() == problem.to_json()
    assert again.warnings == problem.warnings


@pytest.mark.parametrize("language", ["nl", "en"])
@settings(often, max_examples=scaled(6))
@given(problem=problems())
def test_a_problem_in_a_workbook_for_people(language: str, problem: Problem) -> None:
    assume(told_apart(problem))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write(problem, path, language=language)
        again = read(path)
    assert again.to_json() == problem.to_json()
    assert [issue.code for issue in again.warnings] == [issue.code for issue in problem.warnings]


@pytest.mark.parametrize("language", ["nl", "en"])
@settings(often, max_examples=scaled(4))
@given(problem=problems(), before=problems())
def test_a_problem_in_the_workbook_of_another(language: str, problem: Problem, before: Problem) -> None:
    """Whatever stands there, what is otherwise is changed: it is not written anew."""
    assume(told_apart(problem) and told_apart(before))
    assume(room_of(problem) <= room_of(before))  # else the grid lacks days
    with TemporaryDirectory() as folder, nothing_logged("poolmatch.tables.carrying"):
        first, second = Path(folder) / "first.xlsx", Path(folder) / "second.xlsx"
        write(before, first, language=language)
        write(problem, second, language=language, source=first)
        again = read(second)
    assert Counter(again.availability) == Counter(problem.availability)  # a grid of the first comes last
    assert again.replace(availability=problem.availability).to_json() == problem.to_json()


def room_of(problem: Problem) -> int:
    """How many days the grid of a problem has."""
    days = (problem.period.end - problem.period.start).days + 1
    return next((room for room in ROOM if room >= days), ROOM[-1])


@contextmanager
def nothing_logged(name: str) -> Iterator[None]:
    """Make sure that nothing is logged meanwhile under a name."""
    heard: list[logging.LogRecord] = []
    logger = logging.getLogger(name)

    def hear(record: logging.LogRecord) -> bool:
        heard.append(record)
        return True

    logger.addFilter(hear)
    try:
        yield
    finally:
        logger.removeFilter(hear)
    assert not heard


@often
@given(problem=problems())
def test_a_problem_in_frames(problem: Problem) -> None:
    again = read_frames(to_frames(problem))
    assert again.to_json() == problem.to_json()
    assert again.warnings == problem.warnings


@pytest.mark.parametrize("name", ["roster.csv", "roster.xlsx", "roster.parquet"])
@often
@given(problem=problems(), roster=ROSTERS)
def test_a_roster_in_files(name: str, problem: Problem, roster: Roster) -> None:
    assume(name != "roster.xlsx" or not names_others(roster, problem))
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write_roster(roster, path, problem)
        assert read_roster(path, problem).model_dump_json() == roster.model_dump_json()


@often
@given(problem=problems(), roster=ROSTERS)
def test_a_roster_in_a_frame(problem: Problem, roster: Roster) -> None:
    assert roster_from_frame(roster_to_frame(roster), None) == roster
    assert roster_from_frame(roster_to_frame(roster, problem), problem) == roster


@pytest.mark.slow
def test_the_strategy_fills_every_table() -> None:
    """Otherwise the tests above would say little."""
    filled: Counter[str] = Counter()

    @settings(often, max_examples=100, derandomize=True)  # a rare table may be missing from the draws of one day
    @given(problem=problems())
    def count(problem: Problem) -> None:
        filled.update(name for name in TABLES if getattr(problem, name))

    count()
    assert set(filled) == set(TABLES)
