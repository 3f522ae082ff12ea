"""The reader of published instances: small files written here, with answers by hand or by trying everything.

The published files are not part of the project. Where the environment variable POOLMATCH_SMPTSP names a folder that
holds them, they are read too.
"""

import os
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from benchmarks.cases import smptsp
from benchmarks.cases.smptsp import RULES, WEIGHTED, Instance
from tests.rings import seeds

from poolmatch import Roster, RuleSet, Status, check, solve
from poolmatch.arrays import Arrays
from poolmatch.eligibility import eligibility

SHIFTS = """# made up
# tightness = 90
Type = 1
Jobs = 4
   0   60
  60  120
  30   90
 120  180
Qualifications = 3
  3:   0   1   3
  1:   2
  4:   3   0   1   2
"""
"""The third task overlaps the first two; the others touch. Two workers are needed, and two will do."""

FOLDER = os.environ.get("POOLMATCH_SMPTSP")
PUBLISHED = {  # lower bounds as the source of the files gives them
    "data_1_23_40_66": 20,
    "data_12_49_119_33": 40,
    "data_23_74_180_66": 60,
    "data_34_152_240_33": 120,
    "data_45_67_420_33": 60,
    "data_56_163_500_66": 140,
    "data_67_371_600_66": 300,
    "data_78_199_688_66": 160,
    "data_89_88_788_33": 70,
    "data_100_194_956_66": 160,
    "data_111_155_1211_33": 139,
    "data_122_422_1358_66": 348,
    "data_133_211_1647_33": 185,
}


@pytest.fixture
def shifts(tmp_path: Path) -> Path:
    path = tmp_path / "shifts.dat"
    path.write_text(SHIFTS, encoding="utf-8")
    return path


def least_workers(instance: Instance) -> tuple[int, int]:
    """Return the fewest tasks that stay undone, and the fewest workers for that, by trying everything."""
    choices = [
        [None, *(worker for worker, mine in enumerate(instance.qualified) if task in mine)]
        for task in range(len(instance.tasks))
    ]
    overlap = [
        (one, other)
        for one, other in combinations(range(len(instance.tasks)), 2)
        if instance.tasks[one][0] < instance.tasks[other][1] and instance.tasks[other][0] < instance.tasks[one][1]
    ]
    return min(
        (given.count(None), len({*given} - {None}))
        for given in product(*choices)
        if not any(given[one] is not None and given[one] == given[other] for one, other in overlap)
    )


# --- reading -----------------------------------------------------------------------------------------------


def test_tasks_and_qualifications_are_read_as_they_are_written(shifts: Path) -> None:
    instance = smptsp.parse(shifts)
    assert instance.tasks == [(0, 60), (60, 120), (30, 90), (120, 180)]
    assert instance.qualified == [[0, 1, 3], [2], [3, 0, 1, 2]]


def test_a_task_is_a_meeting_with_one_required_lead_seat_at_its_minutes(shifts: Path) -> None:
    problem = smptsp.read(shifts)
    assert [row.meeting for row in problem.meetings] == ["t0000", "t0001", "t0002", "t0003"]
    third = problem.meeting("t0002")
    assert third.start is not None
    assert third.end is not None
    assert (f"{third.start:%d %H:%M}", f"{third.end:%d %H:%M}") == ("01 00:30", "01 01:30")
    assert [(seat.seat, seat.role, seat.required) for seat in problem.seats_of("t0002")] == [("lead", "lead", True)]
    assert [issue.code for issue in problem.warnings] == ["starts-at-midnight"]  # minute 0 of the first task


def test_who_is_eligible_is_who_is_qualified(shifts: Path) -> None:
    world = Arrays(smptsp.read(shifts), seed=3)
    found = eligibility(world, RULES).candidates
    pairs = {
        (world.people[person].facilitator, world.meetings[meeting].meeting)
        for person, meeting in zip(found.person.tolist(), found.meeting.tolist(), strict=True)
    }
    assert pairs == {
        *(("w0000", name) for name in ("t0000", "t0001", "t0003")),
        ("w0001", "t0002"),
        *(("w0002", name) for name in ("t0000", "t0001", "t0002", "t0003")),
    }


def test_a_worker_who_can_do_nothing_does_nothing() -> None:
    problem = smptsp.problem(Instance([(0, 60)], [[], [0]]))
    assert solve(problem, RULES, seed=1).roster.holder("t0000", "lead") == "w0001"
    assert solve(smptsp.problem(Instance([(0, 60)], [[]])), RULES, seed=1).roster.holder("t0000", "lead") is None


def test_tasks_after_midnight_lie_on_the_next_day() -> None:
    problem = smptsp.problem(Instance([(1430, 1450), (1440, 1500)], [[0, 1]]))
    starts = [row.start for row in problem.meetings]
    assert [f"{start:%d %H:%M}" for start in starts if start] == ["01 23:50", "02 00:00"]


@pytest.mark.parametrize(
    ("line", "instead", "words"),
    [
        ("Jobs = 4", "Tasks = 4", "Jobs = was expected"),
        ("Qualifications = 3", "Qualifications = 4", "a worker was expected"),
        ("Qualifications = 3\n", "", "Qualifications = was expected"),
        ("  30   90", "  90   90", "takes no time"),
        ("  1:   2", "  2:   2", "worker 1 does not have 2"),
        ("  1:   2", "  1:   4", "worker 1 does not have 1"),
        ("  1:   2", "  2:   2   2", "worker 1 does not have 2"),
        ("  1:   2", "  1:   -1", "worker 1 does not have 1"),
        ("  30   90", "  30   90   1", "too many values"),
    ],
)
def test_a_file_that_is_wrong_is_refused(tmp_path: Path, line: str, instead: str, words: str) -> None:
    assert line in SHIFTS
    path = tmp_path / "wrong.dat"
    path.write_text(SHIFTS.replace(line, instead), encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        smptsp.read(path)


# --- the bound and the answer ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tasks", "bound"),
    [
        ([(0, 60), (60, 120)], 1),  # they touch
        ([(0, 61), (60, 120)], 2),
        ([(60, 120), (0, 61)], 2),
        ([(0, 100), (10, 20), (20, 30)], 2),
        ([(0, 100), (10, 21), (20, 30)], 3),
        ([], 0),
    ],
)
def test_the_bound_is_the_largest_number_at_one_moment(tasks: list[tuple[int, int]], bound: int) -> None:
    assert Instance(tasks, []).lower_bound == bound


def test_the_bound_of_a_file(shifts: Path) -> None:
    assert smptsp.parse(shifts).lower_bound == 2


@pytest.mark.parametrize("rules", [RULES, WEIGHTED])
@pytest.mark.parametrize(
    ("instance", "workers"),
    [
        (Instance([(0, 60), (60, 120)], [[0, 1], [0, 1]]), 1),  # they touch: one does both
        (Instance([(0, 61), (60, 120)], [[0, 1], [0, 1]]), 2),
        (Instance([(0, 60), (100, 120)], [[0], [1]]), 2),  # nobody can do both, though one is enough at any moment
        (Instance([(0, 60), (60, 120), (30, 90), (120, 180)], [[0, 1, 3], [2], [3, 0, 1, 2]]), 2),
        (Instance([(0, 60), (60, 120), (120, 180)], [[0], [1], [2], [0, 1], [1, 2]]), 2),
    ],
)
def test_the_fewest_workers(rules: RuleSet, instance: Instance, workers: int) -> None:
    result = solve(smptsp.problem(instance), rules, seed=1)
    assert result.status is Status.OPTIMAL
    assert len({row.facilitator for row in result.roster.rows}) == workers
    assert all(row.facilitator for row in result.roster.rows)


@pytest.mark.parametrize("seed", seeds(8))
def test_the_answer_is_that_of_trying_everything(seed: int) -> None:
    rng = np.random.default_rng(seed)
    starts = rng.integers(0, 12, 6)
    tasks = [(int(start), int(start + length)) for start, length in zip(starts, rng.integers(1, 7, 6), strict=True)]
    qualified = [np.flatnonzero(rng.random(6) < 0.5).tolist() for _ in range(4)]
    instance = Instance(tasks, qualified)
    found = smptsp.run(instance, smptsp.problem(instance), limit=20, seed=seed)
    assert (found.empty, found.workers) == least_workers(instance)
    assert (found.status, found.legal) == ("OPTIMAL", True)


def test_a_double_booking_is_illegal(shifts: Path) -> None:
    problem = smptsp.read(shifts)
    both = {("t0000", "lead"): "w0002", ("t0002", "lead"): "w0002"}
    assert not check(problem, Roster.of(problem, both), RULES).legal


def test_a_task_without_the_qualification_is_illegal(shifts: Path) -> None:
    problem = smptsp.read(shifts)
    assert not check(problem, Roster.of(problem, {("t0000", "lead"): "w0001"}), RULES).legal


@pytest.mark.parametrize(
    ("done", "right"),
    [
        ({"t0000": "w0000", "t0001": "w0000", "t0003": "w0000", "t0002": "w0001"}, True),
        ({"t0000": "w0000"}, True),
        ({"t0000": "w0001"}, False),  # is not qualified
        ({"t0000": "w0002", "t0002": "w0002"}, False),  # they overlap
        ({"t0002": "w0002", "t0001": "w0002"}, False),
    ],
)
def test_rosters_are_looked_at_again_without_the_rules(shifts: Path, done: dict[str, str], right: bool) -> None:
    assert smptsp.fits(smptsp.parse(shifts), done) is right


def test_the_command_prints_a_line_for_each_file_and_seed(shifts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    smptsp.main([str(shifts.parent), "--limit", "5", "--seeds", "1", "2"])
    head, first, second, last = capsys.readouterr().out.splitlines()
    assert head.split()[0] == "file"
    for line, seed in ((first, 1), (second, 2)):
        assert line.split()[:6] == ["shifts", "3", "×", "4", "8", "2"]
        assert f" {seed}: 2 at " in line
        assert line.endswith("OPTIMAL, legal")
    assert last == "at the best known or better: 2, within 3 %: 2, runs: 2"


# --- the published files -----------------------------------------------------------------------------------


@pytest.mark.skipif(FOLDER is None, reason="POOLMATCH_SMPTSP names no folder with the published files")
@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_file(name: str) -> None:
    instance = smptsp.parse(Path(FOLDER or "") / f"{name}.dat")
    _, _, workers, tasks, multiskilling = name.split("_")
    assert (len(instance.qualified), len(instance.tasks)) == (int(workers), int(tasks))
    share = sum(map(len, instance.qualified)) / (int(workers) * int(tasks))
    assert share == pytest.approx(int(multiskilling) / 100, abs=0.06)
    assert instance.lower_bound == PUBLISHED[name] <= smptsp.BEST_KNOWN.get(name, int(workers))


@pytest.mark.skipif(FOLDER is None, reason="POOLMATCH_SMPTSP names no folder with the published files")
def test_the_smallest_published_file_is_proven() -> None:
    path = Path(FOLDER or "") / "data_1_23_40_66.dat"
    problem = smptsp.read(path)
    candidates = eligibility(Arrays(problem, seed=1), RULES).candidates
    assert len(candidates) == sum(map(len, smptsp.parse(path).qualified))
    result = solve(problem, WEIGHTED, time_limit=60, seed=1)
    assert result.status is Status.OPTIMAL
    assert len({row.facilitator for row in result.roster.rows}) == smptsp.BEST_KNOWN[path.stem]
