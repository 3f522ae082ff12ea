"""The library of instances: they are what they were, what is kept of them is true, and rosters are judged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.__main__ import main as benchmarks
from benchmarks.cases.registry import PUBLISHED, SCORES
from benchmarks.library import command, verify
from benchmarks.library.instances import (
    IN_TIERS,
    NAMES,
    OF_REVIEWERS,
    Description,
    NoInstance,
    describe,
    descriptions,
    made,
)
from benchmarks.library.records import (
    BEST_KNOWN,
    contradiction,
    read_record,
    write_record,
)
from benchmarks.library.table import README, refresh
from benchmarks.library.verify import goals_of
from tests.rings import WHOLE

from poolmatch import RuleSet, check, read, read_roster

SMALL = "teams-12x40x6-1"
MOST_SEATS = 700 if WHOLE else 100
"""Instances of more seats are made and judged by `verify` only: they take long."""
HERE = {name for name in NAMES if (PUBLISHED or not name.startswith("smptsp")) and (SCORES or name != OF_REVIEWERS)}
"""Without published instances whose files are not here."""
SIZED = {name: size for name, size in descriptions().items() if name in HERE and size.seats <= MOST_SEATS}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Return a folder of records that holds the small instance alone."""
    folder = tmp_path / "best_known"
    folder.mkdir()
    for path in BEST_KNOWN.glob(f"{SMALL}.*"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return Path(shutil.copy(README, tmp_path / "README.md"))


def changed(kept: Path, tier: int, value: int, bound: int | None) -> None:
    """Let the record say that the best known is worth so many units more in a tier, and what is proven of it."""
    known = read_record(SMALL, kept)
    assert known is not None
    levels = list(known.levels)
    goal = levels[tier - 1].goal
    levels[tier - 1] = replace(levels[tier - 1], goal=replace(goal, value=goal.value + value, bound=bound))
    write_record(SMALL, replace(known, levels=tuple(levels)), kept)


# --- instances -----------------------------------------------------------------------------------------------


def test_there_are_thirty_and_more_of_all_families_and_in_both_modes() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert len(IN_TIERS) >= 30
    assert sum(name.endswith("-weighted") for name in NAMES) >= 5
    families = {name.rpartition("-")[0].rpartition("-")[0] for name in IN_TIERS}
    assert families == {
        "teams",
        "national-teams",
        "pools",
        "national-pools",
        "programmes",
        "pleinen",
        "reviewers",
    }
    assert descriptions().keys() == {*NAMES} - {OF_REVIEWERS}


@pytest.mark.parametrize("name", SIZED)
def test_instances_are_what_they_were(name: str, tmp_path: Path) -> None:
    describe([name], tmp_path / "now.json")
    assert descriptions(tmp_path / "now.json") == {name: SIZED[name]}


def test_an_instance_that_is_made_otherwise_is_told() -> None:
    with pytest.raises(NoInstance, match="not what it was"):
        made(SMALL, {SMALL: Description(59, 78, "0" * 64)})


@pytest.mark.parametrize("name", [OF_REVIEWERS, "smptsp-1_23_40_66", "teams-1x1x1-1"])
def test_what_is_not_here_is_told(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    if name in HERE:
        pytest.skip("the published file is here")
    assert command.main([name, "--to", str(tmp_path)]) == 2
    assert name in capsys.readouterr().err


@pytest.mark.parametrize("name", [SMALL, f"{SMALL}-weighted", "programmes-10x24x5-1", "reviewers-40x60-1"])
def test_the_files_of_an_instance_are_the_instance(name: str, tmp_path: Path) -> None:
    assert command.main([name, "--to", str(tmp_path)]) == 0
    problem, rules = made(name)
    assert read(tmp_path / name / "problem").fingerprint == problem.fingerprint
    assert RuleSet.from_file(tmp_path / name / "rules.toml").fingerprint == rules.fingerprint


# --- what is kept -----------------------------------------------------------------------------------------------


def records() -> Iterator[str]:
    yield from (path.stem for path in sorted(BEST_KNOWN.glob("*.json")))


def test_every_record_has_a_roster_and_is_of_an_instance() -> None:
    assert {path.stem for path in BEST_KNOWN.glob("*.csv")} == {*records()} <= {*NAMES}


@pytest.mark.parametrize("name", [name for name in records() if name in SIZED])
def test_a_best_known_roster_is_legal_and_worth_what_is_said(name: str) -> None:
    problem, rules = made(name)
    report = check(problem, read_roster(BEST_KNOWN / f"{name}.csv", problem), rules)
    assert report.legal, report.violations[0].words.en
    known = read_record(name)
    assert known is not None
    assert known.values == tuple(goal.value for goal in goals_of(report))
    assert contradiction(known, known.values) is None


def test_the_page_shows_what_is_kept(page: Path) -> None:
    refresh(page=page)
    assert page.read_text("utf-8") == README.read_text("utf-8")


def test_the_command_shows_a_row_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmarks(["library"]) == 0
    shown = capsys.readouterr().out
    assert [line.split()[1] for line in shown.splitlines()[2:]] == [*NAMES]
    assert shown.strip() in README.read_text("utf-8")


@pytest.mark.slow
def test_solving_keeps_what_is_better(tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, folder = "teams-6x12x3-1", tmp_path / "found"
    words = [name, "--solve", "--limit", "10", "--workers", "1"]
    assert command.main(words, folder, tmp_path / "scratch", page) == 0
    found, known = read_record(name, folder), read_record(name)
    assert found is not None
    assert known is not None
    assert found.values == known.values
    assert all(level.goal.proven for level in found.levels)
    assert [path.name for path in sorted(folder.iterdir())] == [f"{name}.csv", f"{name}.json"]
    assert command.main(words, folder, tmp_path / "scratch", page) == 0
    assert "nothing better than what is known" in capsys.readouterr().out
    assert read_record(name, folder) == found


# --- anybody's roster --------------------------------------------------------------------------------------------


def test_the_best_known_roster_is_equal_to_the_best_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmarks(["verify", str(BEST_KNOWN / f"{SMALL}.csv")]) == 0
    assert "equal to the best known" in capsys.readouterr().out


def test_a_label_says_of_which_instance_a_roster_is(tmp_path: Path) -> None:
    assert command.main([SMALL, "--to", str(tmp_path)]) == 0
    file = Path(shutil.copy(BEST_KNOWN / f"{SMALL}.csv", tmp_path / SMALL / "problem" / "roster.csv"))
    assert verify.instance_of(file) == SMALL
    with pytest.raises(NoInstance, match="--instance"):
        verify.instance_of(tmp_path / "roster.csv")


def test_an_illegal_roster_is_refused(
    kept: Path, page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (kept / f"{SMALL}.csv").read_text("utf-8").splitlines(keepends=True)
    meeting, seat, holder, start = lines[1].split(",")
    other = next(row.split(",")[2] for row in lines[2:] if row.split(",")[2] != holder)
    (tmp_path / "roster.csv").write_text("".join([*lines, f"{meeting},{seat},{other},{start}"]), "utf-8")
    before = read_record(SMALL, kept)
    words = [str(tmp_path / "roster.csv"), "--instance", SMALL, "--by", "somebody"]
    assert verify.main(words, kept, page) == 1
    assert "one-per-seat" in capsys.readouterr().out
    assert read_record(SMALL, kept) == before


def test_a_roster_below_a_bound_is_an_alarm(kept: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = read_record(SMALL, kept)
    assert known is not None
    goal = known.levels[1].goal
    changed(kept, tier=2, value=1, bound=goal.value + 1)
    before = read_record(SMALL, kept)
    assert verify.main([str(kept / f"{SMALL}.csv"), "--by", "somebody"], kept, page) == 1
    assert f"ALARM: tier 2 is worth {goal.value}, below the bound {goal.value + 1}" in capsys.readouterr().out
    assert read_record(SMALL, kept) == before


def test_a_better_roster_takes_the_place_of_the_best_known(
    kept: Path, page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    true = read_record(SMALL, kept)
    assert true is not None
    changed(kept, tier=2, value=1, bound=None)
    (kept / f"{SMALL}.csv").rename(tmp_path / "roster.csv")
    words = [str(tmp_path / "roster.csv"), "--instance", SMALL]
    assert verify.main(words, kept, page) == 0
    assert "better than the best known" in capsys.readouterr().out
    assert not (kept / f"{SMALL}.csv").exists()  # unless it is said by whom it is
    assert verify.main([*words, "--by", "somebody"], kept, page) == 0
    found = read_record(SMALL, kept)
    assert found is not None
    assert (found.by, found.values) == ("somebody", true.values)
    assert (kept / f"{SMALL}.csv").read_bytes() == (BEST_KNOWN / f"{SMALL}.csv").read_bytes()
    assert "| somebody |" in page.read_text("utf-8")


def test_a_worse_roster_is_told_so(kept: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(kept, tier=1, value=-1, bound=None)
    before = read_record(SMALL, kept)
    assert verify.main([str(kept / f"{SMALL}.csv"), "--by", "somebody"], kept, page) == 0
    shown = capsys.readouterr().out
    assert "worse than the best known" in shown
    assert "by 1 in tier 1" in shown
    assert "nothing better than what is known" in shown
    assert read_record(SMALL, kept) == before


@pytest.mark.parametrize(
    ("text", "instance"),
    [("meeting,seat,facilitator\nM00001,lead,nobody\n", SMALL), ("nothing\n1\n", SMALL), ("meeting,seat\n", "unknown")],
)
def test_what_cannot_be_judged_is_told(text: str, instance: str, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(text, "utf-8")
    assert verify.main([str(tmp_path / "roster.csv"), "--instance", instance]) == 2


def test_values_in_other_units_are_not_compared(kept: Path) -> None:
    path = kept / f"{SMALL}.json"
    data = json.loads(path.read_text("utf-8"))
    data["levels"][0]["goal"]["scale"] *= 2
    path.write_text(json.dumps(data), "utf-8")
    assert verify.main([str(kept / f"{SMALL}.csv")], kept) == 2
