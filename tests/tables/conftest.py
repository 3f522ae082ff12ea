"""The good problem, for tests of what becomes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables.files import folder_of

from poolmatch.domain.problem import Problem
from poolmatch.tables import read


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    (tmp_path / "good").mkdir()
    return read(folder_of({}, tmp_path / "good"))
