"""Questions on the command line are asked, and answered by the simplest thing that could work as well."""

import re

import pytest
from benchmarks.cases.registry import CASES, Case, sized
from benchmarks.measuring.questions import lines


@pytest.mark.slow
def test_each_question_is_asked_from_files_to_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CASES, "a few", Case(sized("pools", 12, 40, 6), 5))
    found = list(lines("a few", seed=1, asked=1))
    beside = "N s, N others hear of it (N asked); solved again N s, N others, worse N of N"
    replan, substitute, why_not, empty = (re.sub(r"[\d.]+", "N", line) for line in found)
    assert replan == f"a few: replan {beside}"
    assert substitute == "a few: substitute N s"
    assert why_not in (f"a few: explain --facilitator {beside}", "a few: explain --facilitator not asked")
    assert empty == "a few: explain, every empty seat N s"
    assert all(float(seconds) > 0 for line in found for seconds in re.findall(r"([\d.]+) s", line))
