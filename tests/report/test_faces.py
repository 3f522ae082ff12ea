"""A face of a result is one file and one line: it lays out what there is to say, and works nothing out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest
from tests.results import result

from poolmatch import MissingExtra, Result, read, read_roster, write_result
from poolmatch.arrays import Arrays
from poolmatch.domain.plan import Plan
from poolmatch.neutrality import assessment
from poolmatch.report import check_target, summary
from poolmatch.report.faces import FACES
from poolmatch.report.faces.face import Face, Told
from poolmatch.report.sections.section import Cell, Section
from poolmatch.words import Words

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "extern-2026-06"


@pytest.fixture
def made() -> Result:
    problem = read(SAMPLE)
    return result(problem, read_roster(SAMPLE.with_name(f"{SAMPLE.name}.hand-made.csv"), problem))


# --- a tenth face --------------------------------------------------------------------------------------------


def markdown(told: Told, path: Path) -> None:
    """Write all there is to say as Markdown: a face that knows no section."""
    content = told.content
    lines = [f"# {content.title.say(told.language)}" if content.title else "", content.verdict.say(told.language)]
    for section in (content.details, *content.sections):
        lines += ["", *table_of(section, told.language)]
    path.write_text("\n".join(lines), "utf-8")


def table_of(section: Section, language: str) -> Iterator[str]:
    yield f"## {section.heading.say(language)}"
    yield f"| {' | '.join(column.heading.say(language) for column in section.columns)} |"
    for row in section.rows:
        assert len(row) == len(section.columns)
        yield f"| {' | '.join(shown(cell, language) for cell in row)} |"
    if section.foot:
        yield section.foot.say(language)


def shown(cell: Cell, language: str) -> str:
    if isinstance(cell, Words):
        return cell.say(language)
    return f"{cell:%d-%m}" if isinstance(cell, datetime) else "" if cell is None else str(cell)


def test_a_face_is_one_line_more(made: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FACES, "report.md", Face(markdown))
    files = write_result(made, tmp_path, "nl")
    assert [file.name for file in files][-2:] == ["report.md", "run.json"]
    text = (tmp_path / "report.md").read_text("utf-8")
    assert text.startswith("# Juni 2026 – 17 van 18 verplichte plaatsen bezet\nUitkomst: een geldig rooster")
    assert "| organisatie | begin | gegeven | gekregen | van buiten | eind |" in text
    assert "## Rooster\n| begin | bijeenkomst | plaats | begeleider | titel |\n| 02-06 | M01 | lead | Facilit" in text
    check_target(tmp_path)  # it knows the file again
    (tmp_path / "report.md").write_text("changed", "utf-8")
    with pytest.raises(FileExistsError, match=r"report\.md is not as poolmatch wrote it"):
        check_target(tmp_path)


def test_a_face_that_lacks_its_package_is_left_out_and_the_log_says_so(
    made: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(FACES, "report.md", Face(markdown, extra="excel", packages=("a_package_that_is_not_there",)))
    assert "report.md" not in [file.name for file in write_result(made, tmp_path)]
    assert f"no report.md: {MissingExtra('a_package_that_is_not_there', 'excel')}" in caplog.text


# --- what there is to say ------------------------------------------------------------------------------------


def test_the_sections_are_typed_and_known_by_their_ids(made: Result) -> None:
    content = Told(made, "en").content
    ids = [section.id for section in content.sections]
    assert ids == ["roster", "empty seats", "externals", "load", "ledger", "tiers"]
    roster, empty, *_, tiers = content.sections
    assert isinstance(roster.rows[0][0], datetime)
    assert [str(row[0]) for row in empty.rows] == ["M14"]
    assert [row[2:4] for row in tiers.rows] == [(tier.bound / tier.scale, tier.gap) for tier in made.tiers]
    assert all(section.file in {*FACES, "run.json"} for section in content.sections)


# --- worked out once -----------------------------------------------------------------------------------------


def test_what_is_shown_and_written_is_worked_out_once(
    made: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = Counter[str]()

    def counted(where: object, name: str) -> None:
        work = getattr(where, name)

        def count(*arguments: object, **named: object) -> object:
            calls[f"{getattr(where, '__name__', where)}.{name}"] += 1
            return work(*arguments, **named)

        monkeypatch.setattr(where, name, count)

    for module, name in (("explain.emptiness", "standings"), ("explain.outsiders", "standings")):
        counted(import_module(f"poolmatch.{module}"), name)
    counted(assessment, "assess")
    counted(Arrays, "__init__")
    counted(Plan, "__init__")
    summary(made)
    assert calls.pop("Plan.__init__") == 3  # the report's, and those that ledger and fairness are counted on
    assert calls == {  # who sits where has been assessed, and the problem made numbers, when the roster was judged
        "poolmatch.explain.emptiness.standings": 1,
        "poolmatch.explain.outsiders.standings": 1,
    }
    calls.clear()
    summary(made, "nl")
    write_result(made, tmp_path)
    assert calls == {}
