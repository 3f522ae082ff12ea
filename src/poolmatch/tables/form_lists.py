"""The lists of a workbook that people choose from: ids with their names, closed words, yes and no.

They stand on a sheet of their own, which is hidden. Those of ids follow what is typed into the tables, by formulas.
"""

from __future__ import annotations

from typing import Any

from poolmatch.domain.assembly import TABLES
from poolmatch.tables.form import LABELLED, Form, sheet_title
from poolmatch.tables.references import SEPARATOR
from poolmatch.tables.schema import Column, Kind, columns_of
from poolmatch.tables.source import letters
from poolmatch.vocabulary.closed_words import words_of_column
from poolmatch.vocabulary.form import CHOOSE, CHOOSE_OR_TYPE, NOT_LISTED

_ROWS = 500
"""Ids that a list holds at least."""
TOP = 3
"""Row, counted from 1, in which lists begin: below a heading, and how many there are."""
_LAST_ROW = 10_000
"""Rows of a table that have lists."""


class Lists:
    """The sheet of lists: gives a place to each list that is asked for, and is written when all are known."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._places: dict[object, int] = {table: place for place, table in enumerate(LABELLED)}

    def ids(self, table: str) -> str:
        """Return the source of the list of the ids of a table, with their names."""
        name, letter = self._form.sheet("lists"), letters(self._places[table])
        return f"=OFFSET({name}!${letter}${TOP},0,0,{name}!${letter}${TOP - 1},1)"

    def offer(self, sheet: Any, place: int, table: str, column: Column) -> None:
        """Let the cells of a column be chosen from a list, if there is one for it.

        Closed words are refused in any other spelling. Ids and names may be typed: of those that do not stand in the
        list, a spreadsheet program asks whether they are meant.

        Parameters
        ----------
        sheet
            The worksheet.
        place
            Its column, counted from 0.
        table, column
            What stands in it.
        """
        source = self._source(table, column)
        if source is None:
            return
        form = self._form
        options: dict[str, object] = {"validate": "list", "source": source, "error_title": form.say(NOT_LISTED)}
        if column.tables:
            options |= {"error_type": "warning", "error_message": form.say(CHOOSE_OR_TYPE)}
        elif (column.words and column.kind is not Kind.ITEMS) or column.kind is Kind.YES_NO:
            options |= {"error_type": "stop", "error_message": form.say(CHOOSE)}
        else:  # a list of several, or words of which a policy may know others
            options["show_error"] = False
        sheet.data_validation(1, place, _LAST_ROW, place, options)

    def _source(self, table: str, column: Column) -> str | None:
        if column.tables:
            return self.ids(column.tables[0])
        words = tuple(self._form.word(*item) for item in words_of_column(table, column.name).items())
        if column.kind is Kind.YES_NO:
            words = self._form.truth(True), self._form.truth(False)
        return self.words(words) if words else None

    def words(self, words: tuple[str, ...]) -> str:
        """Return the source of a list of words."""
        letter = letters(self._places.setdefault(words, len(self._places)))
        return f"={self._form.sheet('lists')}!${letter}${TOP}:${letter}${TOP + len(words) - 1}"

    def write(self) -> None:
        """Write the sheet, which nobody needs to see."""
        form = self._form
        sheet = form.book.add_worksheet(sheet_title("lists", form.language))
        for key, place in self._places.items():
            if isinstance(key, tuple):
                for number, word in enumerate(key):
                    sheet.write_string(TOP - 1 + number, place, word)
            else:
                self._ids(sheet, str(key), place)
        sheet.hide()

    def _ids(self, sheet: Any, table: str, place: int) -> None:
        form = self._form
        name, letter = form.sheet(table), letters(place)
        columns = [column.name for column in columns_of(TABLES[table])]
        key, called = (
            f"INDEX({name}!${letters(columns.index(it))}:${letters(columns.index(it))},ROW()-{TOP - 2})"
            for it in LABELLED[table]
        )
        formula = f'=IF({key}="","",{key}&IF({called}="","","{SEPARATOR}"&{called}))'
        shown = [*form.labels[table].values()]
        rows = max(_ROWS, len(shown) + _ROWS // 5)
        span = f"{letter}${TOP}:{letter}${TOP + rows - 1}"
        sheet.write_string(0, place, sheet_title(table, form.language))
        sheet.write_formula(
            1, place, f'=MAX(1,SUMPRODUCT(MAX(({span}<>"")*(ROW({span})-{TOP - 1}))))', None, max(1, len(shown))
        )
        for number in range(rows):
            sheet.write_formula(TOP - 1 + number, place, formula, None, shown[number] if number < len(shown) else "")
