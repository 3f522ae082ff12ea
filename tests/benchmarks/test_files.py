"""The benchmark of files runs on any size; and what it measures grows with the size of a pool, not with its square."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

import pytest
from benchmarks.cases import teams
from benchmarks.measuring import files

from poolmatch import STANDARD_RULES, Problem, Roster, check
from poolmatch.explain import empty_seats, empty_seats_of
from poolmatch.report import summary, write_result
from poolmatch.results import Result, Status


def test_a_size_is_measured_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files.main(["--sizes", "4x10x3", "8x24x5"])
    head, small, large = capsys.readouterr().out.splitlines()
    assert head == files.HEAD
    assert len(head.split()) == len(large.split()) == len(small.split()) + 1  # the first has no power
    figures = files.measured("4x10x3", 1, tmp_path)
    assert figures.bytes_of_report == (tmp_path / "roster" / "report.json").stat().st_size
    assert figures.lines <= 200
    assert figures.after_reading > 0


def worked(made: Problem) -> tuple[Problem, Roster]:
    """Return a pool with a roster in which every tenth seat is empty."""
    names = [row.facilitator for row in made.facilitators]
    holders = {(s.meeting, s.seat): names[n % len(names)] for n, s in enumerate(made.all_seats) if n % 10}
    return made, Roster.of(made, holders)


def calls(work: Callable[[Result, Path], object], made: Result, folder: Path) -> int:
    """Return how many functions some work on a result calls: what it costs, however busy the machine is."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:  # noqa: ARG001
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work(made, folder)
    finally:
        sys.setprofile(None)
    return count


WORK: Mapping[str, Callable[[Result, Path], object]] = {
    "check": lambda made, _: check(made.problem, made.roster),
    "data": lambda made, _: made.report.to_dict(),
    "empty seats": lambda made, _: empty_seats(made.problem, made.roster, made.rules),
    "files": write_result,
    "summary": lambda made, _: summary(made),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", WORK)
def test_four_times_the_pool_takes_about_four_times_the_work(what: str, tmp_path: Path) -> None:
    counts = []
    for scale in (1, 4):
        case, held = worked(teams.pool(15 * scale, 50 * scale, 9 * scale, 1))
        report = check(case, held)
        made = Result(Status.FEASIBLE, report, (), 1.0, 0, {})
        if what in ("files", "summary"):
            empty_seats_of(made)  # is measured by itself
        seats = len(case.all_seats)
        if what == "empty seats":  # where there are more meetings in a region, there are more people for each
            seats = sum(seat.eligible for seat in empty_seats(case, held, STANDARD_RULES))
        counts.append(calls(WORK[what], made, tmp_path) / seats)
    small, large = counts
    assert large < 1.8 * small
