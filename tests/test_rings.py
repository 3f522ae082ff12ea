"""The rings of the suite: what each draws, and that it says what it leaves out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SUITE = """
import pytest
from hypothesis import given, settings, strategies as st
from tests.rings import chunks, enough, scaled, seeds, seeds_of

drawn = 0

@pytest.mark.parametrize("seed", seeds(20, first=3))
def test_a_seed(seed):
    pass

@settings(max_examples=scaled(50), database=None)
@given(st.integers())
def test_an_example(number):
    global drawn
    drawn += 1

def test_how_often():
    print("drawn", drawn, scaled(50), "least", scaled(3, least=2), "enough", enough(5))
    print("chunks", [(len(seeds_of(chunk, 7)), seeds_of(chunk, 7, first=3)[0]) for chunk in chunks(3)])

@pytest.mark.slow
def test_slow():
    print("slow ran")
"""


def run(folder: Path, ring: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_drawn.py").write_text(SUITE, "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-s", "--rootdir", str(ROOT)]
    return subprocess.run(
        [*command, "-c", str(ROOT / "pyproject.toml"), "--confcutdir", str(ROOT), "-p", "tests.conftest", str(folder)],
        cwd=ROOT,
        env=os.environ | {"POOLMATCH_RING": ring, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ring", "outcome", "drawn", "pieces", "said"),
    [
        (
            "quick",
            "4 passed, 1 skipped",
            "drawn 5 5 least 2 enough 0",
            [(7, 3)],
            "a tenth of what is drawn by lot; left out are",
        ),
        ("test", "23 passed", "drawn 50 50 least 3 enough 5", [(7, 3), (7, 10), (7, 17)], "everything."),
        (
            "soak",
            "203 passed",
            "drawn 500 500 least 30 enough 5",
            [(70, 3), (70, 73), (70, 143)],
            "everything, and ten times what is drawn by lot.",
        ),
    ],
)
def test_a_ring_draws_its_share_and_tells_of_it(
    ring: str, outcome: str, drawn: str, pieces: list[tuple[int, int]], said: str, tmp_path: Path
) -> None:
    done = run(tmp_path, ring)
    assert f"{outcome} in " in done.stdout, done.stdout + done.stderr
    assert drawn in done.stdout
    assert f"chunks {pieces}" in done.stdout
    assert f"Ring {ring}: {said}" in done.stdout
    assert ("slow ran" in done.stdout) == (ring != "quick")
    assert ("the notebooks and the slow tests named below: 1." in done.stdout) == (ring == "quick")


def test_an_unknown_ring_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, "swift")
    assert done.returncode != 0
    assert "POOLMATCH_RING is 'swift'; it must be one of quick, test, soak" in done.stdout + done.stderr
