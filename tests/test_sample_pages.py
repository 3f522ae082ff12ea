"""Each sample has a page that tells what happened and what to do, made by the library."""

from pathlib import Path

import pytest
from tests.sample_pages import PAGE, SAMPLES, page

FOLDERS = sorted(path for path in SAMPLES.iterdir() if path.is_dir())


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#")]


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_page_of_a_sample_tells_what_the_library_says(folder: Path) -> None:
    """Of equally good rosters another may be found, so that what is told is held to its headings."""
    shown, now = (folder / PAGE).read_text("utf-8"), page(folder)
    assert headings(shown) == headings(now), "run: make sample"
    assert now.count("Dat is bewezen.") == shown.count("Dat is bewezen.") == 3
