"""Importing poolmatch is light, and the shop window holds what it shows."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import poolmatch
import poolmatch.rows
from poolmatch.domain.assembly import TABLES

ROOT = Path(__file__).parent.parent

HEAVY = ("pandas", "ortools", "matplotlib", "scipy")


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_loads_nothing_heavy() -> None:
    code = f"import sys, poolmatch; poolmatch.Problem; print([name for name in sys.modules if name in {HEAVY}])"
    assert run(code) == "[]"


def test_checking_a_roster_loads_no_solver() -> None:
    code = f"import sys; from poolmatch import check; print([name for name in sys.modules if name in {HEAVY}])"
    assert run(code) == "[]"


def test_the_command_that_checks_a_roster_loads_nothing_heavy() -> None:
    """A sample with links, recurring absence and past work: whatever a check needs, it needs here."""
    sample = ROOT / "data" / "samples" / "westerkwartier-2026-03"
    words = ["check", str(sample), f"{sample}.hand-made.csv"]
    heavy = ("ortools", "pandas", "scipy", "pyarrow", "openpyxl", "xlsxwriter", "matplotlib")
    results = ("poolmatch.results", "poolmatch.figures", "poolmatch.explain")  # of which a check has nothing to tell
    names = (*heavy, *results)
    code = f"import sys; from poolmatch.cli import main; main({words}); print([n for n in {names} if n in sys.modules])"
    verdict, *_, loaded = run(code).split("\n")
    assert verdict == "The roster is legal."
    assert loaded == "[]"


@pytest.mark.parametrize("package", ["poolmatch", "poolmatch.neutrality", "poolmatch.report", "poolmatch.tables"])
def test_everything_in_the_window_can_be_taken_and_nothing_else(package: str) -> None:
    window = import_module(package)
    for name in window.__all__:
        assert getattr(window, name) is not None
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'nothing'"):
        _ = window.nothing


@pytest.mark.slow
def test_functions_stay_functions_whatever_is_imported() -> None:
    code = """
import poolmatch.testing, poolmatch.solving.solve, poolmatch.checking, poolmatch.tables, poolmatch.report
import poolmatch
print(all(callable(getattr(poolmatch, name)) for name in ("solve", "check", "read", "write", "assess")))
"""
    assert run(code) == "True"


def test_versions_can_be_shown() -> None:
    assert "ortools: 9.15" in poolmatch.show_versions()


@pytest.mark.slow
def test_reading_tables_loads_no_solver() -> None:
    code = f"import sys, poolmatch.tables; print([name for name in sys.modules if name in {HEAVY}])"
    assert run(code) == "[]"


def test_the_version_is_that_of_the_package() -> None:
    assert poolmatch.__version__ == version("poolmatch")


def test_the_row_of_every_table_can_be_imported_from_one_place() -> None:
    kinds = [getattr(poolmatch.rows, name) for name in poolmatch.rows.__all__]
    assert {*TABLES.values(), poolmatch.rows.RosterRow, poolmatch.rows.Row} == set(kinds)
    assert run("import poolmatch; print(poolmatch.rows.Facilitator.table)") == "facilitators"


def test_help_on_solve_shows_its_arguments_in_a_few_lines() -> None:
    text = str(inspect.signature(poolmatch.solve))
    assert "rules: 'RuleSet' = <RuleSet standard 1, " in text
    assert len(text) < 800


CODE_OF_A_USER = """
from datetime import date
from typing import Any

import poolmatch
from poolmatch.rows import Facilitator, Organisation, Period

period = Period(name="April", start=date(2026, 4, 1), end=date(2026, 4, 30), timezone="Europe/Amsterdam")
people: list[Facilitator | dict[str, str]] = [
    Facilitator(facilitator="F1", name="Facilitator 1"),
    {"facilitator": "F2", "name": "Facilitator 2"},
]
made: poolmatch.Problem = Problem(
    period=period, facilitators=people, organisations=(Organisation(organisation="WON", name="A corporation"),)
)
cells: dict[str, list[dict[str, Any]]] = {"skills": [{"facilitator": "F1", "skill": "intake", "level": 3}], "ties": []}
made = Problem(period=period, facilitators=people, **cells)
version: str = poolmatch.__version__
start = result.roster.rows[0].start
day: date | None = None if start is None else start.date()
"""
WRONG = """
Problem(period="April")
Problem(periode=period)
Facilitator(facilitator="F1")
"""


@pytest.mark.slow
def test_the_code_of_the_readme_passes_strict_mypy(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 3
    script = tmp_path / "readme.py"
    script.write_text("\n".join([*blocks, CODE_OF_A_USER, WRONG]), "utf-8")
    # As in a project of one's own: none of the settings of this one, and poolmatch as any installed package.
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--follow-imports=silent", "--cache-dir=cache"]
    done = subprocess.run(
        [*mypy, script.name],
        cwd=tmp_path,
        env={"MYPYPATH": str(ROOT / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = list(enumerate(script.read_text("utf-8").split("\n"), 1))
    found = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error: " in line}
    assert found == {number for number, line in lines if line and line in WRONG.split("\n")}, done.stdout + done.stderr
