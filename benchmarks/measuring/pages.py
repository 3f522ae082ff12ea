"""Pages with a table that a command writes."""

from __future__ import annotations


def with_table(page: str, text: str, marks: tuple[str, str], table: str) -> str:
    """Return the text of a page with a table between its marks.

    Parameters
    ----------
    page, text
        Its name, for the error, and what it is now.
    marks
        What stands before the table and after it.
    table
        What is to stand there.

    Raises
    ------
    ValueError
        A mark is missing.
    """
    begin, end = marks
    before, first, rest = text.partition(begin)
    _, last, after = rest.partition(end)
    if not (first and last):
        raise ValueError(f"{page} needs the marks {begin} and {end}")
    return f"{before}{begin}\n\n{table}\n\n{end}{after}"
