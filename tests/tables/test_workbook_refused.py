"""Workbooks that a reader refuses before they take memory, or because they are not safe or not whole."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tables.workbook_parts import rewritten
from tests.tables.workbooks import said

from poolmatch.domain.problem import Problem
from poolmatch.tables import write
from poolmatch.tables.limits import Limits


def package(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


@pytest.mark.slow
def test_36_a_zip_bomb(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", {"[Content_Types].xml": b"", "xl/workbook.xml": bytes(300 * 2**20)})
    assert path.stat().st_size < 2**20
    assert said(path) == (
        "a.xlsx: unpacks to more than 268,435,456 bytes or 10,000 parts; split the problem, or use CSV or Parquet files"
    )


def test_36_a_bomb_of_parts(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", {f"{n}.xml": b"" for n in range(11)})
    assert said(path, Limits(parts=10)).startswith("a.xlsx: unpacks to more than")


def test_a_large_file(problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "a.xlsx")
    assert (
        said(tmp_path / "a.xlsx", Limits(file_bytes=100))
        == "a.xlsx: is a file of more than 100 bytes; split the problem"
    )


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_37_xml_entities(part: str, problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "a.xlsx")
    path = rewritten(tmp_path / "a.xlsx", part, lambda xml: xml.replace("?>", f"?>{ENTITIES}", 1))
    assert said(path) == "a.xlsx: holds XML entities, which no workbook needs; save it as .xlsx again"


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_38_macros(part: str, problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as file:
        file.writestr(part, b"")
    assert said(tmp_path / "a.xlsx") == "a.xlsx: holds macros; save it as .xlsx, which has none"


def test_38_a_workbook_of_a_kind_that_may_hold_macros(problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "a.xlsx")
    change: Callable[[str], str] = lambda xml: xml.replace(  # noqa: E731
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    rewritten(tmp_path / "a.xlsx", "[Content_Types].xml", change).rename(tmp_path / "a.xlsm")
    assert said(tmp_path / "a.xlsm") == "a.xlsm: holds macros; save it as .xlsx, which has none"


def test_38_an_encrypted_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000))
    assert said(tmp_path / "a.xlsx") == ("a.xlsx: is encrypted, or of before 2007; save it as .xlsx without a password")


def test_38_an_encrypted_package(problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "a.xlsx")
    data = bytearray((tmp_path / "a.xlsx").read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the table of contents
    (tmp_path / "a.xlsx").write_bytes(data)
    assert said(tmp_path / "a.xlsx") == "a.xlsx: is encrypted; save it without a password"


DAMAGED = "is not a workbook, or is damaged; save it as .xlsx again"


def test_damage(problem: Problem, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(problem, path)
    whole = path.read_bytes()
    path.write_text("no workbook")
    assert said(path) == f"a.xlsx: {DAMAGED}"
    package(path, {"readme.txt": b""})
    assert said(path) == f"a.xlsx: {DAMAGED}"
    package(path, {"[Content_Types].xml": b"<x/>"})
    assert said(path) == f"a.xlsx: {DAMAGED}"
    path.write_bytes(whole)
    rewritten(path, "xl/worksheets/sheet4.xml", lambda xml: xml[: len(xml) // 2])
    assert said(path) == f"a.xlsx: {DAMAGED}"
    path.write_bytes(whole)
    rewritten(path, "xl/worksheets/sheet4.xml", lambda xml: xml.replace('t="s"><v>', 't="s"><v>9999'))
    assert said(path) == f"a.xlsx: {DAMAGED}"


def test_it_is_not_read_without_protection(problem: Problem, tmp_path: Path) -> None:
    """Whoever has told openpyxl to do without is refused, and is told how to undo it."""
    write(problem, tmp_path / "a.xlsx")
    done = subprocess.run(
        [sys.executable, "-c", "import poolmatch, sys; poolmatch.read(sys.argv[1])", str(tmp_path / "a.xlsx")],
        env=os.environ | {"OPENPYXL_DEFUSEDXML": "False"},
        capture_output=True,
        text=True,
        check=False,
    )
    refusal = "a.xlsx: cannot be read safely; unset the environment variable OPENPYXL_DEFUSEDXML"
    assert done.stderr.rstrip().endswith(refusal), done.stderr
