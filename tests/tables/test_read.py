"""What a path is decides how it is read; what cannot be read is said, never a bare exception."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.tables.files import folder_of

from poolmatch.errors import MissingExtra, ProblemError
from poolmatch.tables import read, read_roster, write
from poolmatch.tables.limits import LIMITS, Limits
from poolmatch.tables.readers import reading_of


def said(path: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(ProblemError) as caught:
        reading_of(path, limits=limits).problem()
    return str(caught.value).removeprefix("1 problem in the input\n  ")


FORMS = "give a folder of CSV or Parquet files, a workbook (.xlsx) or a JSON document (.json)"


def test_a_missing_path(tmp_path: Path) -> None:
    assert said(tmp_path / "nowhere") == "nowhere: is missing; check its name, its place and your rights to it"


def test_a_folder_without_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "march").mkdir()
    (tmp_path / "march" / "notes.txt").write_text("x")
    (tmp_path / "march" / ".facilitators.csv").write_text("x")
    assert said(tmp_path / "march") == f"march: is a folder without CSV or Parquet files; {FORMS}"
    monkeypatch.chdir(tmp_path / "march")
    assert said(Path()) == f"march: is a folder without CSV or Parquet files; {FORMS}"


def test_a_folder_of_two_forms(tmp_path: Path) -> None:
    folder = folder_of({}, tmp_path)
    (folder / "links.parquet").write_bytes(b"")
    assert said(folder) == f"{folder.name}: holds both CSV and Parquet files; keep the files of one form in the folder"


@pytest.mark.parametrize("name", ["facilitators.csv", "facilitators.parquet"])
def test_one_table_of_a_problem(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("facilitator,name\n")
    assert said(tmp_path / name) == f"{name}: is one table of a problem; give the folder in which its tables lie"


@pytest.mark.parametrize("name", ["problem.pickle", "problem.yaml", "problem"])
def test_46_other_forms_are_not_loaded(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\x80\x04K\x01.")
    assert said(tmp_path / name) == f"{name}: has a form that is not known; {FORMS}"


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    problem = read(folder_of({}, tmp_path))
    write(problem, tmp_path / "book.xlsx")
    (tmp_path / "book.xlsx").rename(tmp_path / "book.backup")
    assert read(tmp_path / "book.backup") == problem


def test_a_path_may_be_text(tmp_path: Path) -> None:
    assert read(str(folder_of({}, tmp_path))) == read(tmp_path)


def test_a_large_document_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(" " * 101)
    assert (
        said(tmp_path / "a.json", Limits(file_bytes=100))
        == "a.json: is a file of more than 100 bytes; split the problem"
    )


@pytest.mark.parametrize("options", [{"decimal": ";"}, {"decimal": ""}, {"encoding": "utf-seven"}])
def test_unknown_options(options: dict[str, str], tmp_path: Path) -> None:
    problem = read(folder_of({}, tmp_path))
    says = f"{next(iter(options))} is "
    with pytest.raises(ValueError, match=says):
        read(tmp_path, **options)
    with pytest.raises(ValueError, match=says):
        read_roster(tmp_path / "seats.csv", problem, **options)


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [("a.xlsx", "openpyxl", "excel"), ("a.xlsx", "defusedxml", "excel"), ("a.parquet", "pyarrow", "parquet")],
)
def test_reading_names_a_missing_extra(
    name: str, package: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(read(folder_of({}, tmp_path)), tmp_path / name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra) as caught:
        read(tmp_path / name)
    assert str(caught.value) == f"this needs the package {package}: pip install 'poolmatch[{extra}]'"


@pytest.mark.parametrize(
    ("name", "package", "extra"), [("a.xlsx", "xlsxwriter", "excel"), ("a.parquet", "pyarrow", "parquet")]
)
def test_writing_names_a_missing_extra(
    name: str, package: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = read(folder_of({}, tmp_path))
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra) as caught:
        write(problem, tmp_path / name)
    assert str(caught.value) == f"this needs the package {package}: pip install 'poolmatch[{extra}]'"
    assert not (tmp_path / name).exists()
