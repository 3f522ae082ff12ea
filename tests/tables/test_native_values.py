"""Bad input as native values, in JSON and in frames; and documents that are no problem.

The numbers are those of the list of bad input in the contract.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.tables.files import folder_of
from tests.tables.spoilt import NOT_AN_INSTANT, NOT_WHOLE

from poolmatch.errors import ProblemError
from poolmatch.tables import read, read_frames, to_frames


def spoilt_json(folder: Path, column: str, text: str) -> Path:
    """The good problem as JSON, with JSON text in one column of the first facilitator."""
    (folder / "good").mkdir()
    document = json.loads(read(folder_of({}, folder / "good")).to_json())
    document["facilitators"][0][column] = "HERE"
    path = folder / "problem.json"
    path.write_text(json.dumps(document).replace('"HERE"', text), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        ("max_hours", "1e999", "input should be a finite number; write a number, or leave the cell blank"),
        ("max_hours", "true", "is not a number; write digits with a decimal point, such as 1.5"),
        ("max_meetings", "true", NOT_WHOLE),
        ("max_meetings", "5.0", NOT_WHOLE),
        (
            "max_meetings",
            "1" + "0" * 30,
            "input should be less than or equal to 1000000000; write a number of 1000000000 or less",
        ),
        ("facilitator", "7", "must be text; write it as text; a number may have lost its leading zeros"),
        ("external", "1", "input should be a valid boolean; write yes or no"),
    ],
)
def test_16_to_18_native_values_in_json(column: str, text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read(spoilt_json(tmp_path, column, text))
    assert str(caught.value) == f"1 problem in the input\n  facilitators, row 1, column {column}: {says}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"period": {}, "period": {}}', "has the key 'period' twice in one object; keep one of them"),
        ('{"period": NaN}', "holds NaN, which JSON does not know; write a number or null"),
        ('{"period": -Infinity}', "holds -Infinity, which JSON does not know; write a number or null"),
        (
            "[" * 100_000 + "]" * 100_000,
            "is nested too deep; a problem is an object of tables, each a list of flat rows",
        ),
        ('{"a": 1,}', None),
        ('"a"', "is not an object; give an object with a table per name"),
        ("1" * 5000, "holds a number that is too long; correct the number"),
    ],
    ids=["31-key-twice", "31-NaN", "31-infinity", "32-deep", "32-not-json", "32-no-object", "32-long-number"],
)
def test_31_and_32_documents(text: str, says: str | None, tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError) as caught:
        read(path)
    if says is None:  # the rest of the sentence is the json module's own
        assert str(caught.value).startswith("1 problem in the input\n  document: is not JSON: ")
    else:
        assert str(caught.value) == f"1 problem in the input\n  document: {says}"


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("max_hours", float("inf"), "input should be a finite number; write a number, or leave the cell blank"),
        ("max_meetings", True, NOT_WHOLE),
        ("max_meetings", "5.0", NOT_WHOLE),
        ("max_meetings", 5.0, NOT_WHOLE),
        ("max_meetings", 5.5, NOT_WHOLE),
        ("facilitator", 7, "must be text; write it as text; a number may have lost its leading zeros"),
    ],
)
def test_16_to_18_native_values_in_frames(column: str, value: Any, says: str, tmp_path: Path) -> None:
    frames = to_frames(read(folder_of({}, tmp_path)))
    frames["facilitators"] = frames["facilitators"].astype({column: "object"})
    frames["facilitators"].loc[0, column] = value
    with pytest.raises(ProblemError) as caught:
        read_frames(frames)
    assert str(caught.value) == f"1 problem in the input\n  facilitators, row 1, column {column}: {says}"


def test_14_a_date_is_not_an_instant_in_frames(tmp_path: Path) -> None:
    frames = to_frames(read(folder_of({}, tmp_path)))
    frames["meetings"] = frames["meetings"].astype({"start": "object"})
    frames["meetings"].loc[0, "start"] = date(2026, 3, 10)
    with pytest.raises(ProblemError) as caught:
        read_frames(frames)
    assert str(caught.value) == f"1 problem in the input\n  meetings, row 1, column start: {NOT_AN_INSTANT}"
