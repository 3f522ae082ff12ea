"""README's table of features: each row names tests that are there, and every rule stands in some row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from poolmatch.rules import ALL_RULES

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text("utf-8")
OPENS, CLOSES = "<!-- what others do -->", "<!-- end of what others do -->"
OURS, SHOWN_BY, OTHERS = "poolmatch", "shown by", {"yes", "partly", "–"}


def rows() -> list[dict[str, str]]:
    """Return the rows of the table by heading."""
    lines = TEXT[TEXT.index(OPENS) + len(OPENS) : TEXT.index(CLOSES)].strip().splitlines()
    headings, _, *rest = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [dict(zip(headings, row, strict=True)) for row in rest]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["feature"])
def test_a_feature_is_shown_by_tests_that_are_there(row: dict[str, str]) -> None:
    (file,) = re.findall(r"`(tests/[\w/]+\.py)`", row[SHOWN_BY])
    found = re.findall(r"^def (test_\w+)", (ROOT / file).read_text("utf-8"), re.MULTILINE)
    assert found, f"{file} holds no test"
    assert row[OURS] not in OTHERS
    assert {cell for name, cell in row.items() if name not in ("feature", OURS, SHOWN_BY)} <= OTHERS


def test_every_rule_is_part_of_a_feature() -> None:
    named = set(re.findall(r"`([\w-]+)`", " ".join(row[OURS] for row in rows())))
    assert {rule.id for rule in ALL_RULES} <= named


def test_no_feature_stands_twice() -> None:
    names = [row["feature"] for row in rows()]
    assert len(set(names)) == len(names) >= 59
