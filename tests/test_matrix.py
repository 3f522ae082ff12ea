"""The lowest versions that the matrix tries are the lower bounds of pyproject.toml, of all that tests need."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from requirements.matrix import lowest

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = {
    "name": "poolmatch",
    "dependencies": ["numpy>=2.1.0", "ortools>=9.15.6755,<9.16", "tzdata >= 2024.1 ; python_version < '3.13'"],
    "optional-dependencies": {
        "test": ["poolmatch[one,two]", "pytest>=8.0.0"],
        "one": ["a.b-c>=1"],
        "two": ["d[e]>=2.0"],
    },
}


def test_lower_bounds_are_found_through_extras() -> None:
    found = lowest(PROJECT, "test")
    assert found == {
        "numpy": "2.1.0",
        "ortools": "9.15.6755",
        "tzdata": "2024.1",
        "pytest": "8.0.0",
        "a.b-c": "1",
        "d": "2.0",
    }


@pytest.mark.parametrize("requirement", ["scipy", "scipy<2", "scipy==1.17"])
def test_a_package_without_a_lower_bound_is_an_error(requirement: str) -> None:
    with pytest.raises(ValueError, match="no lower bound for scipy"):
        lowest(PROJECT | {"dependencies": [requirement]}, "test")


def test_everything_that_poolmatch_and_its_tests_need_has_a_lower_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = lowest(project, "test")
    assert found.keys() > {"numpy", "ortools", "openpyxl", "pyarrow", "matplotlib", "distributed", "pytest"}
    assert all(bound.count(".") for bound in found.values())
