"""The sheet that explains every column, the marks of the grid, and the rules, in a workbook that people fill in."""

from __future__ import annotations

from collections.abc import Iterator

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.half_days import HALF_DAYS
from poolmatch.tables.form import Form, in_order, sheet_title
from poolmatch.tables.form_grid import hours_of
from poolmatch.tables.form_tables import dress
from poolmatch.tables.naming import heading_of
from poolmatch.tables.schema import columns_of
from poolmatch.toml_keys import KINDS
from poolmatch.vocabulary import form as said
from poolmatch.vocabulary.closed_words import VALUE_KINDS, words_of_column
from poolmatch.vocabulary.explanations import EXPLANATIONS
from poolmatch.vocabulary.half_days import HALF_DAYS as CALLED
from poolmatch.vocabulary.half_days import MARKS, MEANINGS
from poolmatch.vocabulary.rules import rule_name
from poolmatch.words import OR, in_a_row, untranslated

_WIDTHS = (17, 24, 10, 24, 44, 80)
_COLOUR = "5C5C5C"


def write_explanation(form: Form) -> None:
    """Write the sheet, one line for each column, mark, half-day and rule."""
    sheet = form.book.add_worksheet(sheet_title("explanation", form.language))
    bold = form.format(bold=True, bg_color="#DCE9E4", bottom=2)
    wrapped = form.format(text_wrap=True, valign="top")
    for place, (words, width) in enumerate(zip(said.EXPLANATION_HEADINGS, _WIDTHS, strict=True)):
        sheet.write_string(0, place, form.say(words), bold)
        sheet.set_column(place, place, width)
    rows = [*_of_columns(form), *_of_grid(form), *_of_rules(form)]
    for number, cells in enumerate(rows, 1):
        for place, text in enumerate(cells):
            sheet.write_string(number, place, text, wrapped)
        lines = max(-(-len(text) // width) for text, width in zip(cells, _WIDTHS, strict=True))
        sheet.set_row(number, 15 * lines)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(_WIDTHS) - 1)
    dress(sheet, _COLOUR)
    sheet.repeat_rows(0)


def _of_columns(form: Form) -> Iterator[tuple[str, ...]]:
    for name in in_order():
        for column in columns_of(TABLES[name]):
            kind = VALUE_KINDS[column.kind]
            if column.tables:
                tables = [sheet_title(table, form.language) for table in column.tables]
                kind = said.ID_IN.fill(tables=in_a_row(tables, OR))
            words = (form.word(*item) for item in words_of_column(name, column.name).items())
            yield (
                sheet_title(name, form.language),
                heading_of(name, column.name, form.language),
                form.truth(column.required),
                form.say(kind),
                ", ".join(words),
                form.say(EXPLANATIONS[column.explanation]),
            )


def _of_grid(form: Form) -> Iterator[tuple[str, ...]]:
    grid = sheet_title("grid", form.language)
    for kind, mark in MARKS.items():
        yield grid, form.say(mark), "", form.say(said.MARK), "", form.say(MEANINGS[kind])
    for half in HALF_DAYS:
        yield grid, form.say(CALLED[half]), "", form.say(said.HALF_DAY), "", form.say(hours_of(half))


def _of_rules(form: Form) -> Iterator[tuple[str, ...]]:
    for rule in KINDS.values():
        told = said.STANDARD if rule.standard else said.NOT_STANDARD
        called = rule_name(rule.id) if form.language == "nl" else untranslated(rule.id)
        yield form.say(said.RULES), form.say(called), "", form.say(told), "", form.say(rule.sentence)
