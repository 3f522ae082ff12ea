"""What is understood without a word: offsets, encodings, separators and ids that look like numbers.

The numbers are those of the list of bad input in the contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.tables.files import GOOD, folder_of
from tests.tables.spoilt import instead

from poolmatch.domain.problem import Problem
from poolmatch.tables import read


def good(folder: Path, files: Mapping[str, str | bytes | None], **options: str) -> Problem:
    problem = read(folder_of(files, folder), **options)
    assert problem.warnings == ()
    return problem


def test_10_text_without_an_offset_is_local_time(tmp_path: Path) -> None:
    start = good(tmp_path, {}).meetings[0].start
    assert start == datetime(2026, 3, 10, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2026-03-10T19:30", "2026-03-10 19:30:00", "2026-03-10T18:30Z", "2026-03-10 23:30+05:00"]
)
def test_11_mixed_offsets_become_utc(text: str, tmp_path: Path) -> None:
    meeting = good(tmp_path, instead("meetings", "2026-03-10 19:30", text)).meetings[0]
    assert meeting.start == datetime(2026, 3, 10, 18, 30, tzinfo=UTC)
    assert meeting.start.tzinfo is UTC


def test_13_an_offset_tells_which_of_two_hours_is_meant(tmp_path: Path) -> None:
    files = instead("meetings", "2026-03-10 19:30,2026-03-10 21:30", "2026-10-25 02:30+02:00,2026-10-25 02:30+01:00")
    meeting = good(tmp_path, files).meetings[0]
    assert meeting.start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert meeting.end == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_33_byte_order_mark(tmp_path: Path) -> None:
    files = {"organisations": b"\xef\xbb\xbf" + GOOD["organisations"].encode()}
    assert good(tmp_path, files).organisations[0].organisation == "GEM"


def test_33_byte_order_mark_counts_before_the_declared_encoding(tmp_path: Path) -> None:
    files = {"organisations": b"\xef\xbb\xbf" + "organisation,name\nGEM,é\nWAT,W\n".encode()}
    assert good(tmp_path, files, encoding="cp1252").organisations[0].name == "é"


def test_33_declared_encoding(tmp_path: Path) -> None:
    files = {"organisations": "organisation,name\nGEM,Súdwest €\nWAT,W\n".encode("cp1252")}
    assert good(tmp_path, files, encoding="cp1252").organisations[0].name == "Súdwest €"


def test_33_declared_decimal_comma(tmp_path: Path) -> None:
    files = {name: GOOD[name].replace(",", ";").replace(".", ",") for name in ("facilitators", "meetings")}
    problem = read(folder_of(files, tmp_path), decimal=",")
    assert problem.facilitators[0].lat == 53.2
    assert {str(issue).split(";")[0] for issue in problem.warnings} == {
        "facilitators: is separated by a semicolon",
        "meetings: is separated by a semicolon",
    }


@pytest.mark.parametrize("name", ["007", "1e5", "NA", "null", "nan", "True", "1.0", "2026-03-01"])
def test_34_ids_stay_text(name: str, tmp_path: Path) -> None:
    files = {"organisations": GOOD["organisations"] + f"{name},{name}\n"}
    assert good(tmp_path, files).organisations[2].organisation == name


def test_34_a_dash_stays_text_and_is_doubted(tmp_path: Path) -> None:
    problem = read(folder_of({"organisations": GOOD["organisations"] + "-,-\n"}, tmp_path))
    assert problem.organisations[2].organisation == "-"
    assert {issue.code for issue in problem.warnings} == {"organisation-is-a-stopgap"}
