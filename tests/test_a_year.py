"""A year of a coordinator with a Dutch workbook, command by command; what must hold is worked out from the sheets."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from tests.a_year import (
    assigned,
    begin_series,
    employers_of,
    fill_in,
    hours_of,
    parties_of,
    receivers,
    rows_of,
    run,
    typed,
)
from tests.office import converted, needs_office

from poolmatch.cli import ILLEGAL, main

MONTHS = 12
PUBLISHED_IN = {0, 4, 11}
"""Months of which people are told, after which somebody falls ill; counted from 0."""
OBJECTION = ("DOR", "F03")
"""A party that objects to somebody, from the second month on."""
MOVES_IN, CONSENT_UNTIL = 4, "2027-03-31"
"""The month in which F01 begins to work for WON, no longer for GEM; the last day of a consent of GEM for one series."""
SPREAD = 9
"""Hours between who worked most and least, over all months: three of the longest meetings. Where nothing of what was
done carries over, it is 14 in July."""
WITH_INTEREST = {"beslisser", "opdrachtgever", "belanghebbende"}


class Books:
    """What the months so far come to, worked out from workbooks alone."""

    def __init__(self) -> None:
        self.given: defaultdict[str, Fraction] = defaultdict(Fraction)
        self.received: defaultdict[str, Fraction] = defaultdict(Fraction)
        self.worked: defaultdict[str, Fraction] = defaultdict(Fraction)
        self.done: Counter[tuple[str, str]] = Counter()

    def add(self, pool: Path, roster: Path) -> None:
        """Add a month."""
        parties = parties_of(pool)
        employers = employers_of(pool)
        for meeting, who, hours in hours_of(pool, roster):
            self.worked[who] += hours
            self.done[meeting, who] += 1
            if employers[who] is not None:
                self.given[employers[who]] += hours
            found = receivers(parties[meeting])
            for party in found:
                self.received[party] += hours / len(found)


def is_neutral(pool: Path, roster: Path) -> None:
    """Nobody leads for their own employer, nor for one they left, nor for who objects to them: seen by hand."""
    parties = parties_of(pool)
    employers = employers_of(pool)
    series = {row["bijeenkomst"]: row["reeks"] for row in rows_of(pool, "bijeenkomsten")}
    (period,) = rows_of(pool, "periode")
    first = period["eerste dag"] < datetime(2026, 10, 1)  # noqa: DTZ001 - a cell has no zone
    moved = period["eerste dag"] >= datetime(2027, 1, 1)  # noqa: DTZ001
    for row in assigned(roster):
        who, meeting = row["begeleider"], row["bijeenkomst"]
        graded = parties[meeting]
        assert graded.get(employers[who]) in (None, "toehoorder")
        assert first or (next((p for p in graded if p == OBJECTION[0]), None), who) != OBJECTION
        if moved and who == "F01" and graded.get("GEM") in WITH_INTEREST:
            assert series[meeting] == "PLEIN"
            assert row["begin"] < datetime(2027, 4, 1)  # noqa: DTZ001


def who_differs(before: Path, after: Path) -> set[str]:
    """Return who sits in another meeting than before."""
    old, new = ({(row["bijeenkomst"], row["begeleider"]) for row in assigned(path)} for path in (before, after))
    return {who for _, who in old ^ new}


def told_of_changes(folder: Path) -> set[str]:
    """Return who gets a message that says that something has changed."""
    letters = {path.stem: path.read_text("utf-8") for path in folder.glob("F*.txt")}
    return {who for who, text in letters.items() if "is veranderd." in text}


def made_her_own(pool: Path) -> None:
    """Add to the workbook what nobody but the coordinator needs."""
    book = openpyxl.load_workbook(pool)
    book.create_sheet("notities", 1)["A1"] = "koffie bestellen"
    people = book["begeleiders"]
    place = people.max_column + 1
    for line, text in enumerate(["telefoon", "06-1", "06-2"], 1):
        people.cell(line, place).value = text
    people["B3"].fill = PatternFill("solid", fgColor="FFFF9900")
    people["B4"].comment = Comment("belt liever niet", "coördinator")
    people.column_dimensions["B"].width = 41
    people.row_dimensions[5].hidden = True
    book.save(pool)


def still_her_own(pool: Path) -> None:
    """All that is there yet."""
    book = openpyxl.load_workbook(pool)
    assert book.sheetnames[1] == "notities"
    assert book["notities"]["A1"].value == "koffie bestellen"
    people = book["begeleiders"]
    *_, phones = people.iter_cols(values_only=True)
    assert phones[:4] == ("telefoon", "06-1", "06-2", None)
    assert people["B3"].fill.fgColor.rgb == "FFFF9900"
    comment = people["B4"].comment
    assert comment is not None
    assert comment.text == "belt liever niet"
    assert people.column_dimensions["B"].width == 41
    assert people.row_dimensions[5].hidden


def filled_in(number: int, pool: Path) -> None:
    """Type what a month has and brings."""
    book = openpyxl.load_workbook(pool)
    fill_in(book)
    if number == 1:
        begin_series(book)
        typed(book, {"bezwaren": [{"partij": OBJECTION[0], "begeleider": OBJECTION[1]}]})
    if number == MOVES_IN:
        assert book["begeleiders"]["A2"].value == "F01"
        book["begeleiders"]["C2"] = "Woningstichting Sprookje"
        left = {"begeleider": "F01", "soort": "oud-werknemer", "organisatie": "GEM", "einde": "31-12-2026"}
        consent = {"begeleider": "F01", "band met": "GEM", "reeks": "PLEIN", "partij die toestemt": "GEM"}
        dates = {"toestemming op": "4-1-2027", "geldig tot en met": CONSENT_UNTIL}
        typed(book, {"banden": [left], "toestemmingen": [consent | dates]})
    book.save(pool)


@pytest.mark.slow
def test_a_year_of_workbooks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books, pool = Books(), tmp_path / "0.xlsx"
    run("template", pool, "--language", "nl", "--example")
    for number in range(MONTHS):
        results, told = tmp_path / f"rooster {number}", tmp_path / f"verteld {number}"
        run("solve", pool, "--out", results, "--time-limit", 10)
        assert json.loads((results / "run.json").read_text("utf-8"))["status"] == "OPTIMAL"
        roster = results / "roster.xlsx"
        if number in PUBLISHED_IN:
            pool, roster = told_and_upset(pool, roster, told)
        is_neutral(pool, roster)
        books.add(pool, roster)
        after = tmp_path / f"{number + 1}.xlsx"
        run("next-month", pool, roster, "--out", after)
        add_up(books, after)
        carried_over(number + 1, after)
        spread = max(books.worked.values()) - min(books.worked.values())
        assert spread <= SPREAD
        filled_in(number + 1, after)
        if number == 0:
            made_her_own(after)
        still_her_own(after)
        pool = after
    assert "opnieuw geschreven" not in capsys.readouterr().err
    (period,) = rows_of(pool, "periode")
    assert (period["naam"], period["laatste dag"]) == ("september 2027", datetime(2027, 9, 30))  # noqa: DTZ001


def told_and_upset(pool: Path, roster: Path, told: Path) -> tuple[Path, Path]:
    """Tell everybody, fill the seats of who works first and falls ill, and tell whom that concerns and nobody else."""
    run("publish", pool, roster, "--out", told)
    assert {path.stem for path in (told / "berichten 1").glob("F*")} == {r["begeleider"] for r in assigned(roster)}
    assert not told_of_changes(told / "berichten 1")
    pool = told / pool.name
    ill = assigned(roster)[0]["begeleider"]
    new = told.parent / f"{told.name} nieuw.xlsx"
    run("replan", pool, roster, "--ill", ill, "--out", new, "--time-limit", 10)
    run("compare", pool, roster, new)
    assert ill not in {row["begeleider"] for row in assigned(new)}
    run("publish", pool, new, "--out", told)
    assert told_of_changes(told / "berichten 2") == who_differs(roster, new)
    assert ill in who_differs(roster, new)
    text = (told / "berichten 2" / f"{ill}.txt").read_text("utf-8")
    assert "U hebt geen bijeenkomsten." in text
    assert text.count("Niet meer voor u: ") == sum(row["begeleider"] == ill for row in assigned(roster))
    return pool, new


def add_up(books: Books, pool: Path) -> None:
    """The ledger is the sum of all rosters, and each assignment stands in the history once."""
    ledger = {row["organisatie"]: (row["gegeven uren"], row["gekregen uren"]) for row in rows_of(pool, "grootboek")}
    names = {*books.given, *books.received}
    assert ledger == {name: (float(books.given[name]), float(books.received[name])) for name in names}
    history = list(rows_of(pool, "eerder werk"))
    assert Counter((row["bijeenkomst"], row["begeleider"]) for row in history) == books.done
    worked: defaultdict[str, Fraction] = defaultdict(Fraction)
    for row in history:
        worked[row["begeleider"]] += Fraction(row["uren"])
    assert worked == books.worked


def carried_over(number: int, pool: Path) -> None:
    """What still holds is there, and nothing else: what recurs, leave as long as it counts, consents, objections."""
    away = {(row["begeleider"], row["herhaling"]) for row in rows_of(pool, "beschikbaarheid")}
    # 91 days and a week before the month reach back to the week of 14 September until that of December
    assert away == {("F05", "elke vrijdag")} | ({("F03", None)} if number <= 3 else set())
    objections = [(row["partij"], row["begeleider"]) for row in rows_of(pool, "bezwaren")]
    assert objections == ([OBJECTION] if number > 1 else [])
    assert len(list(rows_of(pool, "toestemmingen"))) == (MOVES_IN < number <= 6)
    assert len(list(rows_of(pool, "gepubliceerd rooster"))) == 0
    ready = list(rows_of(pool, "bijeenkomsten"))
    assert [row["reeks"] for row in ready] == (["FIETS", "FIETS", "PLEIN"] if number > 1 else [])
    # two sessions of the one series in each month since the second, the other one without numbers
    assert [row["sessie"] for row in ready] == ([2 * number - 1, 2 * number, None] if number > 1 else [])
    assert [row["bijeenkomst"] for row in ready] == (
        [f"S{2 * number - 1:02}", f"S{2 * number:02}", f"P{number}"] if number > 1 else []
    )


@pytest.mark.slow
@needs_office
@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # openpyxl, of what it does not look at
def test_two_months_through_libre_office(tmp_path: Path) -> None:
    """Each workbook is opened and saved by LibreOffice before it is read again."""
    books, pool = Books(), tmp_path / "0.xlsx"
    run("template", pool, "--language", "nl", "--example")
    for number in range(2):
        kept, results, told = (tmp_path / f"{name} {number}" for name in ("bewaard", "rooster", "verteld"))
        kept.mkdir()
        pool = converted(pool, kept)
        run("solve", pool, "--out", results, "--time-limit", 10)
        roster = converted(results / "roster.xlsx", kept)
        book = openpyxl.load_workbook(roster)
        seat, *_ = [row for row in book["rooster"].iter_rows(min_row=2) if row[4].value is not None]
        seat[5].value = "ja"  # whoever sits there stays
        book.save(roster)
        run("solve", pool, "--from", roster, "--out", results, "--time-limit", 10, "--force")
        roster = results / "roster.xlsx"
        assert [row["vast"] for row in rows_of(roster, "rooster")].count("ja") == 1
        run("publish", pool, roster, "--out", told)
        pool = converted(told / pool.name, kept)
        if number == 1:
            ill = assigned(roster)[0]["begeleider"]
            run("replan", pool, roster, "--ill", ill, "--out", tmp_path / "nieuw.xlsx", "--time-limit", 10)
            roster = converted(tmp_path / "nieuw.xlsx", kept)
            run("publish", pool, roster, "--out", told, "--force")
            assert ill in told_of_changes(told / "berichten 2")
        is_neutral(pool, roster)
        books.add(pool, roster)
        after = tmp_path / f"{number + 1}.xlsx"
        run("next-month", pool, roster, "--out", after)
        add_up(books, converted(after, kept))
        filled_in(number + 1, after)
        pool = after


def test_nobody_is_told_an_illegal_roster(tmp_path: Path) -> None:
    run("template", tmp_path / "pool.xlsx", "--language", "nl", "--example")
    edited = tmp_path / "roster.csv"
    edited.write_text("meeting,seat,facilitator\nM01,lead,F01\n", "utf-8")  # who works for the commissioner
    assert main(["publish", str(tmp_path / "pool.xlsx"), str(edited), "--out", str(tmp_path / "told")]) == ILLEGAL
    assert not (tmp_path / "told").exists()
