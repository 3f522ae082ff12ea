"""Writing: the form is in the name, the old file stays until the new one is whole."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from tests.tables.files import GOOD, folder_of

from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.errors import NotWritten
from poolmatch.tables import read, write, write_roster, write_template
from poolmatch.tables.atomic import replacing

LINKS = "source,target,kind\nGEM,WAT,controls\n"


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    (tmp_path / "good").mkdir()
    return read(folder_of({"links": LINKS}, tmp_path / "good"))


@pytest.mark.parametrize(
    ("name", "form", "files"),
    [
        ("out", None, {"period.csv", "links.csv"}),
        ("march.2026", None, {"period.csv", "links.csv"}),
        ("out", "parquet", {"period.parquet", "links.parquet"}),
        ("out.parquet", None, {"period.parquet", "links.parquet"}),
    ],
)
def test_folders(name: str, form: str | None, files: set[str], problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / name, form=form)  # type: ignore[arg-type]
    names = {file.name for file in (tmp_path / name).iterdir()}
    assert names >= files
    assert len(names) == len(GOOD) + 1
    assert read(tmp_path / name) == problem


def test_required_tables_are_there_even_when_empty(tmp_path: Path) -> None:
    empty = Problem.model_validate(
        {
            "period": {"name": "x", "start": "2026-03-01", "end": "2026-03-31", "timezone": "UTC"},
            **{name: [] for name in ("organisations", "facilitators", "meetings", "stakes", "seats")},
        }
    )
    for name in ("csv", "a.xlsx", "a.json", "a.parquet"):
        write(empty, tmp_path / name)
        assert read(tmp_path / name) == empty


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_table_that_became_empty_does_not_come_back(form: str, problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "out", form=form)  # type: ignore[arg-type]
    (tmp_path / "out" / "notes.txt").write_text("mine")
    changed = problem.replace(links=())
    write(changed, tmp_path / "out", form=form, force=True)  # type: ignore[arg-type]
    assert read(tmp_path / "out") == changed
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(("first", "second"), [("csv", "parquet"), ("parquet", "csv")])
def test_a_folder_keeps_one_form(first: str, second: str, problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "out", form=first)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=f"out holds tables as {first} files: choose another folder"):
        write(problem, tmp_path / "out", form=second)  # type: ignore[arg-type]
    assert read(tmp_path / "out") == problem


def disk_full() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_45_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")
    with pytest.raises(NotWritten) as caught, replacing(path, force=True) as temporary:  # noqa: PT012
        temporary.write_text("ne")
        raise disk_full()
    assert str(caught.value) == f"{path} cannot be written: the disk is full; make room, or choose another place"
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_45_a_failure_leaves_all_files_of_a_folder(
    problem: Problem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(problem, tmp_path / "out")
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}

    def break_at_seats(path: Path, kind: type, *_: object) -> None:
        path.write_text("half")
        if kind.__name__ == "Seat":
            raise disk_full()

    monkeypatch.setattr("poolmatch.tables.writers.write_csv", break_at_seats)
    with pytest.raises(NotWritten, match=r"seats\.csv cannot be written: the disk is full"):
        write(problem.replace(links=()), tmp_path / "out", force=True)
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before


def test_45_a_workbook_that_cannot_be_written(problem: Problem, tmp_path: Path) -> None:
    for name in ("a.json", "a.xlsx"):
        with pytest.raises(OSError, match=r"a\.\w+ cannot be written: the folder does not exist"):
            write(problem, tmp_path / "nowhere" / name)


@pytest.mark.parametrize("name", ["a.xlsx", "a.json"])
def test_44_a_symbolic_link_is_refused(name: str, problem: Problem, tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old")
    (tmp_path / name).symlink_to(tmp_path / "target")
    with pytest.raises(ValueError, match=f"{name} is a symbolic link: name the file itself"):
        write(problem, tmp_path / name)
    assert (tmp_path / "target").read_text() == "old"


@pytest.mark.parametrize("name", ["CON.json", "nul.xlsx", "Com1.tar.json"])
def test_44_names_of_devices_are_refused(name: str, problem: Problem, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is a name that Windows keeps for devices: choose another"):
        write(problem, tmp_path / name)
    assert [file.name for file in tmp_path.iterdir()] == ["good"]


def test_other_endings_are_refused(problem: Problem, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"roster\.txt does not end in \.csv, \.xlsx or \.parquet"):
        write_roster(Roster(), tmp_path / "roster.txt", problem)
    with pytest.raises(ValueError, match=r"template\.xls does not end in \.xlsx"):
        write_template(tmp_path / "template.xls")
