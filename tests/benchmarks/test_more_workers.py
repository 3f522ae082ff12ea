"""What more workers would add: figures worked out by hand, and whole runs on a small pool that is split as a nation."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from benchmarks.cases.pools import pool
from benchmarks.cases.registry import WEIGHTED, Case
from benchmarks.measuring import results
from benchmarks.measuring.results import Goal, Point
from benchmarks.simulation import more_workers
from benchmarks.simulation.more_workers import Recorded, as_table, document, main, recorded, simulated, speed_up
from benchmarks.simulation.recording import Call, Mark
from benchmarks.simulation.replay import Batch, Replay, batches, by_itself, in_workers, replayed
from tests.benchmarks.record import RECORD

from poolmatch import STANDARD_RULES
from poolmatch.solving.bounds.dual_ascent import DualAscent, DualAscentParams
from poolmatch.solving.params import Params, PortfolioParams, RegionalParams
from poolmatch.solving.search.root import RootParams

SIZE = 300
TINY = pool(60, 250, 15, 1, national=True)


NATIONAL = Params(
    portfolio=PortfolioParams(direct=-1, large=0),
    regional=RegionalParams(seconds=0.2, piece=SIZE, ascent=DualAscentParams(region=SIZE)),
)
"""Split whatever there is, into parts that take a fraction of a second."""


@pytest.fixture
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as pool_:
        yield pool_


# --- figures -------------------------------------------------------------------------------------------------

BY_HAND = Recorded(
    RECORD,
    Goal(0, 87, 55, 1, 7),
    Replay(12.5, (Point(1, 0, 100, 50), Point(6, 0, 100, 55), Point(8, 0, 90, 55), Point(11, 0, 87, 55))),
)
"""What two workers did, half a second slower than it is replayed. The gap is 32 of 80."""


def test_gaps_over_time() -> None:
    curve = replayed(RECORD, 2).curve
    assert BY_HAND.gap == pytest.approx(0.4)
    assert BY_HAND.gap_at(curve, 0.9) is None
    assert BY_HAND.gap_at(curve, 6.5) == pytest.approx(45 / 93)
    assert BY_HAND.gap_at(curve) == pytest.approx(0.4)
    assert BY_HAND.reached(curve) == 10.25
    assert math.isinf(BY_HAND.reached(curve[:-1]))


def test_a_speed_up_is_that_of_the_time_to_the_same_gap() -> None:
    one, two, three = (replayed(RECORD, number) for number in (1, 2, 3))
    assert speed_up(BY_HAND, two, three) == pytest.approx(10.25 / 7.25)
    assert speed_up(BY_HAND, two, one) == pytest.approx(10.25 / 15.25)


def test_the_table() -> None:
    """12 s are 4 % less than 12.5 s. The main process works 8 s, or 67 %; two workers 9 s, or 38 % of 24 s."""
    lines = as_table(BY_HAND, simulated(BY_HAND, [3, 1])).splitlines()
    assert lines[0] == "2 workers: measured 12.5 s, replayed 12.0 s (-4.0%); gap 40 %, measured after 11.0 s"
    assert lines[1] == "main process: 3.00 s alone, 5.00 s for tasks; tasks: 9.00 s"
    assert lines[2:4] == ["rounds: 1, of 3 tasks at most", ""]
    cells = {row[0]: row[1:] for row in ([cell.strip() for cell in line.strip("|").split("|")] for line in lines[4:])}
    assert list(cells) == ["workers", "---", "1", "2", "3", "one for each task"]
    assert cells["workers"][5:] == ["gap at 3.12 s", "gap at 6.25 s", "gap at 9.38 s", "gap at the end"]
    assert cells["2"] == ["12.0 s", "10.2 s", "1.00 ×", "67 %", "38 %", "54 %", "48 %", "42 %", "40 %"]
    assert cells["1"][:3] == ["17.0 s", "15.2 s", "0.67 ×"]
    assert cells["3"] == cells["one for each task"]
    assert cells["3"][:3] == ["9.00 s", "7.25 s", "1.41 ×"]


def test_the_document_suffices_to_replay() -> None:
    found = json.loads(json.dumps(document("by hand", 1, 12, BY_HAND, simulated(BY_HAND, [3]))))
    assert found["batches"][0] == {"function": "improve_piece", "alone": 2, "tasks": [[0, 4, 1], [1, 2, 1], [1, 3, 1]]}
    assert found["batches"][1] == {"function": "", "alone": 1, "tasks": []}
    assert found["simulated"]["3"]["curve"][-1] == [7.25, 87, 55]
    assert found["simulated"]["3"]["speed-up"] == 1.414
    assert found["measured"]["same gap after"] == 11


# --- whole runs ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_run_is_replayed(threads: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds and sweeps come apart, nothing is lost, and two workers take about as long as they did."""
    monkeypatch.setattr(DualAscent, "first_order", lambda *_: None)  # so that sweeps have their turn
    found = recorded(TINY, WEIGHTED, threads, 8, 1, NATIONAL)
    sizes = [len(batch.tasks) for batch in found.batches]
    assert {batch.function for batch in found.batches[:-1]} == {"improve_piece", "solve_lp"}
    assert max(sizes) == sizes[0] > 5
    assert median(sizes) == sizes[0]  # but for what time cut short: more of them, the busier the machine
    assert found.batches[0].function == "improve_piece"
    first, last = found.measured.curve[0], found.measured.curve[-1]
    assert first.value is not None
    assert last.value is not None
    assert last.value < first.value
    for number in (1, 2, 8):
        end = replayed(found.batches, number).curve[-1]
        assert (end.value, end.bound) == (found.goal.value, found.goal.bound) == (last.value, last.bound)
    one, two, many = (replayed(found.batches, number).seconds for number in (1, 2, 1000))
    alone, own = by_itself(found.batches)
    assert one == pytest.approx(alone + own + in_workers(found.batches))
    assert 0.5 < two / found.measured.seconds < 1.25
    longest = sum(max(task.span for task in batch.tasks) for batch in found.batches[:-1])
    assert alone + longest <= many < two < one


@pytest.mark.slow
def test_cutting_and_stitching_come_apart(threads: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is cut out, the search asks whether to go on after what it stitched in before."""
    noted = list[Mark]()

    def keep(calls: Sequence[Call], marks: Sequence[Mark]) -> tuple[Batch, ...]:
        noted.extend(marks)
        return batches(calls, marks)

    monkeypatch.setattr(more_workers, "batches", keep)
    monkeypatch.setattr(DualAscent, "first_order", lambda *_: None)  # so that sweeps have their turn
    recorded(TINY, WEIGHTED, threads, 4, 1, NATIONAL)
    before = Counter(first.kind for first, second in pairwise(noted) if second.kind == "submitted")
    assert before["asked"] > 5
    assert before["asked"] + before["submitted"] > 0.8 * before.total()  # the first of a round follows what was told


@pytest.mark.slow
def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = {"tiny": Case(lambda _: TINY, 60, rules=WEIGHTED, seeds=(3,))}
    arguments = ["tiny", "--limit", "4", "--workers", "4", "--executor", "processes"]
    main(arguments, cases, tmp_path / "results" / "latest.json", NATIONAL)
    written = json.loads((tmp_path / "results" / "more-workers.json").read_text("utf-8"))
    assert (written["case"], written["seed"], written["limit"]) == ("tiny", 3, 4)
    assert list(written["simulated"]) == ["2", "4"]
    assert written["simulated"]["4"]["seconds"] < written["simulated"]["2"]["seconds"]
    assert written["simulated"]["4"]["gap"] == written["measured"]["gap"]
    said = results.read(tmp_path / "results" / "latest.json").others["more workers"]
    assert (said["case"], said["executor"], said["gap"]) == ("tiny", "processes", written["measured"]["gap"])
    assert (tmp_path / "results" / "more-workers.png").read_bytes().startswith(b"\x89PNG")
    assert "| one for each task | " in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["tiny"], ["--workers", "0"], ["--workers", "3", "4", "5", "6", "7", "8"]])
def test_arguments_that_make_no_sense(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)


@pytest.mark.parametrize("direct", [1500, -1])
def test_a_problem_that_is_not_split_is_refused(direct: int, threads: Executor) -> None:
    """It is searched at once, or in neighbourhoods of what earlier neighbourhoods found."""
    params = Params(portfolio=PortfolioParams(direct=direct), root=RootParams(starts=False))
    with pytest.raises(ValueError, match="not split by region"):
        recorded(pool(12, 40, 6, 1), WEIGHTED, threads, 2, 1, params)


def test_tiers_are_refused(threads: Executor) -> None:
    with pytest.raises(ValueError, match="mode weighted"):
        recorded(TINY, STANDARD_RULES, threads, 1, 1)
