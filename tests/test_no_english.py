"""From the empty template to what hangs on the wall a Dutch reader meets no English: every text is looked through.

That of the page for coordinators is looked through where that page is followed, in `test_guide`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import problem, roster
from tests.english_words import english, free_texts, left_below, left_in
from tests.report.worked_example import HOLDERS, example, made
from tests.results import result
from tests.rings import scaled

from poolmatch import Problem, Roster, read, read_roster, report_page, write
from poolmatch.cli import COMMANDS, main
from poolmatch.report import write_page, write_result

DATA = Path(__file__).parents[1] / "data" / "samples"
SAMPLES = sorted(path.name for path in DATA.iterdir() if path.is_dir())


def all_of(case: Problem, held: Roster, folder: Path) -> None:
    """Write everything that comes of a roster, in Dutch."""
    write(case, folder / "pool.xlsx", language="nl")
    made = result(read(folder / "pool.xlsx"), held)
    write_result(made, folder / "all", "nl")
    write_page(report_page(made, "nl", time_limit=1), folder / "all" / "page.html")
    files = str(folder / "pool.xlsx"), str(folder / "all" / "roster.xlsx")
    assert main(["publish", *files, "--out", str(folder / "told")]) == 0
    assert main(["next-month", *files, "--out", str(folder / "next.xlsx")]) == 0


def test_a_month_with_all_there_may_be_to_tell_is_dutch(tmp_path: Path) -> None:
    """Empty and optional seats, pins, disclosures and changes since what was published."""
    all_of(example(), roster(HOLDERS), tmp_path)
    assert left_below(tmp_path, free_texts(example())) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES[: scaled(1)])
def test_the_samples_are_dutch_but_for_what_is_called_otherwise_in_them(name: str, tmp_path: Path) -> None:
    case = read(DATA / name)
    all_of(case, read_roster(DATA / f"{name}.hand-made.csv", case), tmp_path)
    assert left_below(tmp_path, free_texts(case)) == {}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_dutch(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*([command] if command else []), "--help", "--language", "nl"]) == 0
    said, _, _ = capsys.readouterr().out.partition("voorbeeld")
    assert english(said) == set()


def test_english_would_be_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In each kind of text, and by more words than one or two."""
    assert english("staat niet in facilitators, kolom lat") == {"facilitators", "lat"}
    assert english("staat niet in begeleiders; typ poolmatch next-month, of --from roster/roster.xlsx") == set()
    month = made()
    write_result(month, tmp_path / "all", "en")
    write_page(report_page(month, "en", time_limit=0), tmp_path / "all" / "page.html")
    text = (tmp_path / "all" / "page.html").read_text("utf-8").replace('lang="en"', 'lang="nl"')
    (tmp_path / "all" / "page.html").write_text(text, "utf-8")
    for name in ("roster.xlsx", "certificate.txt", "page.html"):
        assert len(left_in(tmp_path / "all" / name)) > 10, name
    write(problem([]), tmp_path / "pool.xlsx", language="en")
    assert len(left_in(tmp_path / "pool.xlsx")) > 100
    for command in COMMANDS:
        assert main([command, "--help", "--language", "en"]) == 0
        assert len(english(capsys.readouterr().out)) > 3
