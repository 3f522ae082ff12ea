"""Made-up pools with teams: valid, of the size asked for, and with every kind of row that teams know."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.cases import pools, teams
from tests.rings import seeds

from poolmatch import STANDARD_RULES, Problem, check, read
from poolmatch.arrays import Arrays
from poolmatch.checking import input_issues, pins_alone
from poolmatch.eligibility import eligibility

SMALL, MIDDLE = (11, 40, 6), (60, 250, 15)


@pytest.fixture(scope="module")
def middle() -> Problem:
    return teams.pool(*MIDDLE, seed=1)


@pytest.mark.parametrize("size", [(1, 1, 1), (3, 5, 2), SMALL, MIDDLE])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_pool_with_teams_has_the_size_asked_for(size: tuple[int, int, int], seed: int) -> None:
    problem = teams.pool(*size, seed)
    assert (len(problem.facilitators), len(problem.meetings), len(problem.organisations)) == size


def test_the_same_seed_gives_the_same_teams_and_another_seed_others() -> None:
    assert teams.tables(*SMALL, 7) == teams.tables(*SMALL, 7)
    assert len({teams.pool(*SMALL, seed).fingerprint for seed in range(3)}) == 3


def test_every_table_of_a_problem_has_rows(middle: Problem) -> None:
    empty = {name for name in type(middle).model_fields if not getattr(middle, name)}
    assert empty == set()


@pytest.mark.slow
def test_every_kind_of_row_occurs(middle: Problem) -> None:
    assert {row.kind for row in middle.pairings} == {"require", "prefer", "avoid", "forbid"}
    assert {row.continuity for row in middle.seats} == {"none", "prefer", "same", "rotate"}
    assert {row.role for row in middle.seats} == {"lead", "co", "trainee", "observer", "scribe", "mentor"}
    assert {row.required for row in middle.seats} == {True, False}
    assert {row.contention for row in middle.meetings} == {"low", "normal", "high"}
    assert {row.kind for row in middle.requirements if row.seat is None} >= {"required"}
    assert {1, 2, 3, 4} == {len(middle.seats_of(row.meeting)) for row in middle.meetings}
    assert any(row.external for row in middle.facilitators)
    assert any("trainee" in row.roles for row in middle.facilitators)
    assert any(row.min_meetings for row in middle.facilitators)
    assert any(row.series and row.seat for row in middle.history)
    assert {row.meeting is None for row in middle.strikes} == {True, False}
    kinds = {"family", "adviser", "former_employee", "resident", "dossier", "position"}
    assert {row.kind for seed in range(1, 5) for row in teams.pool(*MIDDLE, seed).ties} >= kinds


@pytest.mark.parametrize("seed", [1, 2])
def test_a_tenth_of_the_meetings_can_be_held_at_several_times(seed: int) -> None:
    problem = teams.pool(*MIDDLE, seed)
    flexible = {row.meeting for row in problem.slots}
    assert 0.05 < len(flexible) / len(problem.meetings) < 0.15
    assert max(Counter(row.meeting for row in problem.slots).values()) > 1


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
@pytest.mark.parametrize("seed", seeds(3, first=1))
def test_what_rules_ask_of_the_input_holds_and_pins_break_nothing(size: tuple[int, int, int], seed: int) -> None:
    problem = teams.pool(*size, seed)
    assert [item for item in input_issues(problem, STANDARD_RULES) if item.severity == "error"] == []
    curable = {rule.id for rule in STANDARD_RULES.constraints if rule.curable}
    report = check(problem, pins_alone(problem))
    assert {item.rule for item in report.violations} <= curable


def test_teams_have_about_eight_candidates_a_seat(middle: Problem) -> None:
    candidates = len(eligibility(Arrays(middle), STANDARD_RULES).candidates)
    assert 6 < candidates / len(middle.all_seats) < 13


def test_people_were_told_a_roster_that_has_changed_a_little(middle: Problem) -> None:
    told = [row for row in middle.published if row.meeting in middle.occasion_ids]
    known = {row.facilitator for row in middle.facilitators}
    assert 0.6 < len({row.meeting for row in told}) / len(middle.meetings) < 0.95
    moved = [
        row for row in told if row.slot_start not in {start for start, _ in middle.times(middle.meeting(row.meeting))}
    ]
    assert 0 < len(moved) < 0.1 * len(told)
    assert 0 < sum(row.facilitator is not None and row.facilitator not in known for row in told) < 0.1 * len(told)


def test_the_folder_reads_back_without_errors(tmp_path: Path) -> None:
    pools.main([*map(str, SMALL), "--seed", "3", "--out", str(tmp_path)], make=teams.tables, module="teams")
    cells = teams.tables(*SMALL, 3)
    assert {file.stem for file in tmp_path.iterdir()} == {name for name, rows in cells.items() if rows}
    for file in tmp_path.iterdir():
        with file.open(encoding="utf-8", newline="") as lines:
            written = list(csv.DictReader(lines))
        assert written == [{k: "" if v is None else str(v) for k, v in row.items()} for row in cells[file.stem]]
    assert read(tmp_path) == Problem.model_validate(cells)
