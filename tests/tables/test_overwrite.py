"""Nothing is overwritten that would be lost by it, and what is replaced on purpose is kept once."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from tests.tables.files import folder_of

from poolmatch import NotWritten, Result, WouldOverwrite, solve
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.report import check_target, write_result
from poolmatch.tables import read, write, write_roster, write_template
from poolmatch.tables.atomic import check_folder


@pytest.fixture(scope="module")
def problem(tmp_path_factory: pytest.TempPathFactory) -> Problem:
    return read(folder_of({}, tmp_path_factory.mktemp("good")))


@pytest.fixture(scope="module")
def result(problem: Problem) -> Result:
    return solve(problem, time_limit=5)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


FORCE = "nothing was written; choose another place, or use force=True, which keeps what is replaced as .bak"

# --- results ---------------------------------------------------------------------------------------------


def test_an_untouched_result_is_replaced_without_a_word(result: Result, tmp_path: Path) -> None:
    for _ in range(3):
        write_result(result, tmp_path / "out", language="nl")
        check_target(tmp_path / "out")
    other = write_result(result, tmp_path / "out")  # with another certificate
    assert sorted(contents(tmp_path / "out")) == sorted(file.name for file in other)


def test_equal_results_are_equal_files(result: Result, tmp_path: Path) -> None:
    write_result(result, tmp_path / "a")
    write_result(result, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


FILES = ["roster.csv", "roster.xlsx", "report.json", "certificate.json", "certificate.txt", "run.json"]


@pytest.mark.parametrize("name", FILES)
def test_8e_a_file_changed_since_it_was_written_is_refused_and_kept(name: str, result: Result, tmp_path: Path) -> None:
    write_result(result, tmp_path)
    file = tmp_path / name
    if name == "run.json":
        edited = json.dumps(json.loads(file.read_text()) | {"seed": 8}).encode()
    else:
        edited = file.read_bytes() + b" "
    file.write_bytes(edited)
    before = contents(tmp_path)
    for refuse in (lambda: write_result(result, tmp_path), lambda: check_target(tmp_path)):
        with pytest.raises(WouldOverwrite) as caught:
            refuse()
        assert str(caught.value) == f"{file} is not as poolmatch wrote it: {FORCE}"
        assert contents(tmp_path) == before
    check_target(tmp_path, force=True)
    write_result(result, tmp_path, force=True)
    assert (tmp_path / f"{name}.bak").read_bytes() == edited
    assert set(contents(tmp_path)) == {*FILES, f"{name}.bak"}
    write_result(result, tmp_path, "nl")  # from here on nothing is lost: no force, and the copy stays
    write_result(result, tmp_path, force=True)
    assert (tmp_path / f"{name}.bak").read_bytes() == edited


def test_8e_what_is_replaced_is_kept_once(result: Result, tmp_path: Path) -> None:
    for edit in (b"first", b"second"):
        (tmp_path / "roster.csv").write_bytes(edit)
        write_result(result, tmp_path, force=True)
        assert (tmp_path / "roster.csv.bak").read_bytes() == edit
    assert not list(tmp_path.glob("*.bak.bak"))


@pytest.mark.parametrize("run", [None, "{}", "[]", "no json", '{"files": 3}', '{"files": {"roster.csv": 3}}'])
def test_8e_files_of_the_same_name_that_are_not_of_a_result(run: str | None, result: Result, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("meeting,seat\nM1,lead\n")
    if run is not None:
        (tmp_path / "run.json").write_text(run)
    with pytest.raises(WouldOverwrite, match=r"roster\.csv is not as poolmatch wrote it"):
        write_result(result, tmp_path)
    assert (tmp_path / "roster.csv").read_text() == "meeting,seat\nM1,lead\n"


def test_other_files_in_the_folder_are_left_alone(result: Result, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write_result(result, tmp_path)
    write_result(result, tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_workbook_of_before_is_still_known_when_none_was_written_since(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_result(result, tmp_path)
    with monkeypatch.context() as patch:
        patch.setitem(__import__("sys").modules, "xlsxwriter", None)
        write_result(result, tmp_path)
    write_result(result, tmp_path)


def test_the_copy_goes_to_no_symbolic_link(result: Result, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("old")
    (tmp_path / "roster.csv").write_text("edited")
    (tmp_path / "roster.csv.bak").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ValueError, match=r"roster\.csv\.bak is a symbolic link"):
        write_result(result, tmp_path, force=True)
    assert (tmp_path / "elsewhere").read_text() == "old"
    assert (tmp_path / "roster.csv").read_text() == "edited"


# --- template, problem, roster ---------------------------------------------------------------------------


def test_8e_a_filled_template_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "march.xlsx"
    path.write_bytes(b"filled in")
    with pytest.raises(WouldOverwrite) as caught:
        write_template(path)
    assert str(caught.value) == f"{path} is there already: {FORCE}"
    assert contents(tmp_path) == {"march.xlsx": b"filled in"}
    for _ in range(2):  # the second time the empty template is replaced: nothing is lost, and the copy stays
        write_template(path, force=True)
        assert contents(tmp_path)["march.xlsx.bak"] == b"filled in"
    write_template(path)


@pytest.mark.parametrize("name", ["folder", "a.xlsx", "a.json", "a.parquet"])
def test_8e_another_problem_is_refused_and_kept(name: str, problem: Problem, tmp_path: Path) -> None:
    path = tmp_path / name
    write(problem, path)
    write(problem, path)  # nothing is lost by it
    changed = problem.replace(stakes=problem.stakes[:1])
    with pytest.raises(WouldOverwrite, match="is there already: nothing was written"):
        write(changed, path)
    assert read(path) == problem
    write(changed, path, force=True)
    assert read(path) == changed
    folder = path if path.is_dir() else tmp_path
    assert [file.name for file in folder.glob("*.bak")] == [
        {"folder": "stakes.csv.bak", "a.parquet": "stakes.parquet.bak"}.get(name, f"{name}.bak")
    ]


def test_8e_nothing_of_a_folder_is_written_when_one_file_is_refused(problem: Problem, tmp_path: Path) -> None:
    (tmp_path / "seats.csv").write_text("mine")
    with pytest.raises(WouldOverwrite, match=r"seats\.csv is there already"):
        write(problem, tmp_path)
    assert contents(tmp_path) == {"seats.csv": b"mine"}


def test_8e_many_files_are_counted(problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path)
    for file in tmp_path.iterdir():
        file.write_text("mine")
    with pytest.raises(WouldOverwrite, match="is there already, and 1 more file: nothing"):
        write(problem, tmp_path)


@pytest.mark.parametrize("name", ["roster.csv", "roster.xlsx", "roster.parquet"])
def test_8e_another_roster_is_refused_and_kept(name: str, problem: Problem, tmp_path: Path) -> None:
    roster = Roster.of(problem, {("M1", "lead"): "F1"})
    for _ in range(2):
        write_roster(roster, tmp_path / name, problem)
    before = (tmp_path / name).read_bytes()
    with pytest.raises(WouldOverwrite):
        write_roster(Roster.of(problem, {}), tmp_path / name, problem)
    write_roster(Roster.of(problem, {}), tmp_path / name, problem, force=True)
    assert (tmp_path / f"{name}.bak").read_bytes() == before


# --- where nothing can be written ------------------------------------------------------------------------


def says(folder: Path) -> str:
    with pytest.raises(NotWritten) as caught:
        check_folder(folder)
    return str(caught.value)


def test_a_folder_can_be_made_and_is_not_left_there(tmp_path: Path) -> None:
    check_folder(tmp_path / "a" / "b")
    assert not list(tmp_path.iterdir())
    check_folder(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path)
    check_folder(tmp_path / "link")
    assert [path.name for path in tmp_path.iterdir()] == ["link"]


def test_places_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    file, below = tmp_path / "file", tmp_path / "file" / "out"
    assert says(file) == f"{file} cannot be written: is a file, not a folder; choose another place"
    assert says(below) == (f"{below} cannot be written: part of the path is a file, not a folder; choose another place")
    long = tmp_path / ("x" * 300)
    assert says(long) == f"{long} cannot be written: the name is too long; choose a shorter one"
    with pytest.raises(ValueError, match="CON is a name that Windows keeps for devices"):
        check_folder(tmp_path / "CON")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no /proc")
def test_proc(result: Result) -> None:
    reason = "/proc/x cannot be written: the folder does not exist, or cannot be made; choose another place"
    assert says(Path("/proc/x")) == reason
    with pytest.raises(NotWritten, match="the folder does not exist, or cannot be made"):
        write_result(result, "/proc/x")
    with pytest.raises(NotWritten, match="the folder does not exist, or cannot be made"):
        write(result.problem, "/proc/x")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "you may not write there; close it in other programs, check your rights, or choose"),
        (errno.EROFS, "nothing can be written there; choose another place"),
        (errno.ENOSPC, "the disk is full; make room, or choose another place"),
    ],
)
def test_what_the_system_says_is_said_in_words(
    number: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert says(tmp_path / "out").startswith(f"{tmp_path / 'out'} cannot be written: {words}")


def test_a_folder_where_a_file_should_come(problem: Problem, tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(NotWritten, match=r"a\.json cannot be written: is a folder; choose another name"):
        write(problem, tmp_path / "a.json", force=True)
