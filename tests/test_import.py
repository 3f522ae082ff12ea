"""Importing poolmatch is light, and the shop window holds what it shows."""

from __future__ import annotations

import subprocess
import sys

import poolmatch

HEAVY = ("pandas", "ortools", "matplotlib", "scipy")


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_loads_nothing_heavy() -> None:
    code = f"import sys, poolmatch; poolmatch.Problem; print([name for name in sys.modules if name in {HEAVY}])"
    assert run(code) == "[]"


def test_checking_a_roster_loads_no_solver() -> None:
    code = f"import sys; from poolmatch import check; print([name for name in sys.modules if name in {HEAVY}])"
    assert run(code) == "[]"


def test_everything_in_the_window_can_be_taken() -> None:
    for name in poolmatch.__all__:
        assert getattr(poolmatch, name) is not None


def test_functions_stay_functions_whatever_is_imported() -> None:
    code = """
import poolmatch.testing, poolmatch.solving.run, poolmatch.checking, poolmatch.tables, poolmatch.report
import poolmatch
print(all(callable(getattr(poolmatch, name)) for name in ("solve", "check", "read", "write", "assess")))
"""
    assert run(code) == "True"


def test_versions_can_be_shown() -> None:
    assert "ortools: 9.15" in poolmatch.show_versions()


def test_reading_tables_loads_no_solver() -> None:
    code = f"import sys, poolmatch.tables; print([name for name in sys.modules if name in {HEAVY}])"
    assert run(code) == "[]"
