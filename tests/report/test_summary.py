"""The summary and the verdict on a terminal: at most so many lines; what is left out is counted, and a file has it.

And the JSON of a result, from which its roster can be had again.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from benchmarks.cases import teams
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import meeting, problem, roster
from tests.results import result

from poolmatch import Roster, check, read_roster
from poolmatch.explain import empty_seats_of
from poolmatch.report import summary, text, verdict, write_result
from poolmatch.report.text import MOST_LINES, MOST_VIOLATIONS
from poolmatch.results import Result, Status
from poolmatch.tables.json_text import json_text


@pytest.fixture(scope="module")
def large() -> Result:
    """A pool in which everything is too long for a terminal."""
    case = teams.pool(60, 250, 15, 1)
    names = [row.facilitator for row in case.facilitators if row.external] or ["F0001"]
    everyone = [row.facilitator for row in case.facilitators]
    holders = {
        (seat.meeting, seat.seat): (names if n % 7 == 0 else everyone)[n % len(names if n % 7 == 0 else everyone)]
        for n, seat in enumerate(case.all_seats)
        if n % 5
    }
    return result(case, Roster.of(case, holders))


# --- how much fits -------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 500)), st.integers(0, 300))
def test_parts_are_cut_to_one_length_that_fills_the_room(sizes: list[int], room: int) -> None:
    most = text._fitting(sizes, room)
    assert sum(min(size, most) for size in sizes) <= room
    if most < max(sizes, default=0):  # one more row each would be too much
        assert sum(min(size, most + 1) for size in sizes) > room


def test_parts_that_fit_are_whole_and_without_room_nothing_is_shown() -> None:
    assert text._fitting([3, 40, 7], 50) == 40
    assert text._fitting([3, 40, 7], 49) == 39
    assert text._fitting([30, 40, 7], 57) == 25
    assert text._fitting([3, 4], 0) == text._fitting([3, 4], -5) == text._fitting([], 9) == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "more"), [("en", r"  and ([\d,]+) more: see (\S+)"), ("nl", r"  en nog ([\d.]+): zie (\S+)")]
)
def test_a_large_summary_says_how_much_it_leaves_out_and_where_that_is(large: Result, language: Any, more: str) -> None:
    lines = summary(large, language).split("\n")
    assert MOST_LINES - 15 < len(lines) <= MOST_LINES
    parts: dict[str, tuple[int, int]] = {}
    shown = 0
    for line in lines:
        found = re.fullmatch(more, line)
        if found:
            parts.setdefault(found[2], (shown, int(re.sub(r"\D", "", found[1]))))
        shown = shown + 1 if line.startswith("  ") else 0
    assert set(parts) >= {"roster.csv", "report.json"}
    rows, hidden = parts["roster.csv"]
    assert rows + hidden == len(large.roster.rows)


def test_a_thousand_is_written_as_the_language_has_it() -> None:
    part = text.Part("Head", ["  row"] * 1322, "roster.csv")
    assert part.text(2, "en") == "Head\n  row\n  row\n  and 1,320 more: see roster.csv"
    assert part.text(2, "nl") == "Head\n  row\n  row\n  en nog 1.320: zie roster.csv"
    assert part.text(1322, "en").count("\n") == 1322
    assert (
        text.Part("Head", ["  row"], "run.json", "  foot").text(0, "en") == "Head\n  and 1 more: see run.json\n  foot"
    )


def test_a_small_summary_is_whole() -> None:
    rows = [meeting(f"M{n}", f"2026-03-{n:02d} 19:30", f"2026-03-{n:02d} 21:30") for n in range(2, 29)]
    shown = summary(result(problem(rows, ["F1", "F2"]), roster({"M2": "F1"})))
    assert "more: see" not in shown
    assert all(f"M{n} " in shown for n in range(2, 29))


@pytest.mark.parametrize(("length", "end"), [(60, "tt"), (61, "t…")])
def test_a_title_that_is_cut_says_so(length: int, end: str) -> None:
    case = problem([meeting(title="t" * length)])
    (line,) = (line for line in summary(result(case, roster({"M1": "F1"}))).splitlines() if "tttt" in line)
    assert line.endswith(end)
    assert len(line.split()[-1]) == 60


def test_of_an_infeasible_problem_the_clash_and_the_values_are_told() -> None:
    shown = summary(result(problem(), roster({}), Status.INFEASIBLE))
    assert "no roster can keep these pins together" in shown
    assert "Roster" not in shown
    assert "1 coverage" in shown


def test_who_was_not_tried_is_not_said_to_be_possible() -> None:
    rows = [meeting(f"M{n}", "2026-03-05 19:00", "2026-03-05 21:00") for n in range(2)]
    made = result(problem(rows, ["F1", "F2", "F3"]), roster({"M0": "F1"}))
    empty_seats_of(made, most_trials=2)
    assert "1 kept out by no double booking, possible at no gain: 1, not tried: 1" in summary(made)
    assert "mogelijk zonder winst: 1, niet geprobeerd: 1" in summary(made, "nl")


def test_nobody_tried_is_told_as_just_that() -> None:
    made = result(problem(facilitators=["F1", "F2"]), roster({}))
    empty_seats_of(made, most_trials=0)
    shown = summary(made)
    assert "not tried: 2" in shown
    assert "possible at no gain" not in shown


# --- the verdict ---------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("beyond", [0, 1, 1200])
def test_a_verdict_tells_so_many_violations_and_counts_the_others_by_rule(beyond: int) -> None:
    number = MOST_VIOLATIONS + beyond
    rows = [meeting(f"M{n}", "2026-03-05 19:00", "2026-03-05 21:00") for n in range(number)]
    case = problem(rows, [{"facilitator": f"F{n}", "name": f"F{n}", "organisation": "Town"} for n in range(number)])
    report = check(case, roster({f"M{n}": f"F{n}" for n in range(number)}))
    assert len(report.violations) == number  # each works for the party that decides
    lines = verdict(report).split("\n")
    assert len([line for line in lines if line.startswith("  neutral: ")]) == MOST_VIOLATIONS
    assert [line for line in lines if "more" in line] == (
        [f"  and {beyond:,} more: neutral {beyond:,}"] if beyond else []
    )
    assert len(lines) < MOST_LINES


# --- JSON ----------------------------------------------------------------------------------------------------


def test_the_json_of_a_result_holds_its_roster(large: Result) -> None:
    document = json.loads(large.to_json())
    again = Roster.model_validate(document["roster"])
    assert again == large.roster
    assert check(large.problem, again).findings == large.report.findings
    assert document | {"roster": None} == large.run_dict() | {"roster": None}


def test_the_files_hold_the_same_and_run_json_no_second_roster(large: Result, tmp_path: Path) -> None:
    write_result(large, tmp_path)
    run, report = (json.loads((tmp_path / f"{name}.json").read_text("utf-8")) for name in ("run", "report"))
    assert {key: run[key] for key in large.run_dict()} == json.loads(json.dumps(large.run_dict()))
    assert set(run) - set(large.run_dict()) == {"files"}
    assert "roster" not in run
    assert read_roster(tmp_path / "roster.csv", large.problem).filled == large.roster.filled
    assert {key: report[key] for key in large.report.to_dict()} == json.loads(large.report.to_json())
    assert report["warnings"] == [str(issue) for issue in (*large.problem.warnings, *large.report.warnings)] != []


@pytest.mark.slow
@given(
    st.dictionaries(
        st.text(),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=20,
        ),
    )
)
def test_a_document_with_a_line_for_each_row_says_the_same(document: dict[str, Any]) -> None:
    assert json.loads(json_text(document)) == document


def test_lists_have_a_line_for_each_element() -> None:
    lines = json_text({"legal": True, "rows": [{"a": [1, 2]}, {"a": []}], "more": {"empty": [], "word": "é"}})
    assert lines == (
        '{\n  "legal": true,\n  "rows": [\n    {"a": [1, 2]},\n    {"a": []}\n  ],\n'
        '  "more": {\n    "empty": [],\n    "word": "é"\n  }\n}\n'
    )
