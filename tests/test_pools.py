"""Made-up pools: the same seed gives the same pool, every pool is a valid problem of the size asked for."""

import csv
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from benchmarks.cases import pools, programmes, teams
from tests.rings import seeds

from poolmatch import Problem, read
from poolmatch.domain.hours import TICKS
from poolmatch.domain.shares import required_ticks

UNMATCHED = {("requirements", "skill"), ("skills", "skill"), ("serves", "region")} | {
    ("preferences", column) for column in ("theme", "region", "organisation")
}
SIZES = [(1, 1, 1), (3, 5, 2), (11, 40, 12), (60, 250, 15)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_pool_has_the_size_asked_for_and_nothing_doubtful(size: tuple[int, int, int], seed: int) -> None:
    problem = pools.pool(*size, seed)
    assert (len(problem.facilitators), len(problem.meetings), len(problem.organisations)) == size
    # in a small pool skills may be missing, and wishes may be about what does not occur
    assert {(issue.table, issue.column) for issue in problem.warnings} <= UNMATCHED


def test_the_same_seed_gives_the_same_pool() -> None:
    assert pools.tables(11, 40, 12, 7) == pools.tables(11, 40, 12, 7)
    assert pools.pool(11, 40, 12, 7).fingerprint == pools.pool(11, 40, 12, 7).fingerprint


def test_another_seed_gives_another_pool() -> None:
    assert len({pools.pool(11, 40, 12, seed).fingerprint for seed in range(5)}) == 5


@pytest.mark.parametrize("period", ["2026-02", "2026-10", "2026-12"])
def test_any_month_can_be_planned(period: str) -> None:
    problem = pools.pool(11, 40, 12, 1, period=period)
    assert {f"{problem.period.local_day(row.start):%Y-%m}" for row in problem.meetings if row.start} == {period}
    assert all(row.start < problem.period.span[0] for row in problem.history if row.start)


@pytest.mark.parametrize("seed", seeds(3))
def test_each_meeting_has_one_lead_seat_and_two_to_four_parties_around_it(seed: int) -> None:
    problem = pools.pool(60, 250, 15, seed)
    for meeting in problem.meetings:
        assert [seat.role for seat in problem.seats_of(meeting.meeting)] == ["lead"]
        grades = [stake.grade for stake in problem.stakes_of(meeting.meeting)]
        assert 2 <= len(grades) <= 4
        assert grades[0] in {"decider", "commissioner"}


@pytest.mark.parametrize("seed", seeds(3))
def test_the_pool_can_carry_the_work_without_much_to_spare(seed: int) -> None:
    problem = pools.pool(60, 250, 15, seed)
    weeks = (problem.period.end - problem.period.start).days / 7
    contract = weeks * sum(person.contract_hours or 0 for person in problem.facilitators)
    assert 0.6 < required_ticks(problem) / TICKS / 60 / contract < 0.8


def test_an_empty_pool_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        pools.pool(0, 1, 1, 1)


def test_the_folder_holds_the_cells_of_the_pool(tmp_path: Path) -> None:
    pools.main(["11", "40", "12", "--seed", "3", "--out", str(tmp_path)])
    cells = pools.tables(11, 40, 12, 3)
    assert {file.stem for file in tmp_path.iterdir()} == {name for name, rows in cells.items() if rows}
    for file in tmp_path.iterdir():
        with file.open(encoding="utf-8", newline="") as lines:
            written = list(csv.DictReader(lines))
        assert written == [{k: "" if v is None else str(v) for k, v in row.items()} for row in cells[file.stem]]


@pytest.mark.parametrize(
    ("module", "more"), [(pools, ["--national"]), (teams, ["--national", "--today", "2026-03-10"]), (programmes, [])]
)
def test_each_family_is_written_as_a_folder_by_one_door(module: ModuleType, more: list[str], tmp_path: Path) -> None:
    pools.main(["6", "12", "4", "--seed", "3", *more, "--out", str(tmp_path)], make=module.tables, module="family")
    options: dict[str, Any] = {"national": True} if "--national" in more else {}
    if "--today" in more:
        options |= {"today": "2026-03-10"}
    assert read(tmp_path) == Problem.model_validate(module.tables(6, 12, 4, 3, **options))
