"""How worksheets fall on pages of paper: heights of lines, where pages begin, how much everything is made smaller.

Spreadsheet programs fit the height of a line to wrapped text only once somebody edits it, and heed no page break on a
sheet that is fitted to a page. So both are worked out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

A4 = 9
LETTERS: Mapping[str, object] = {"font_name": "Arial", "font_size": 10}
"""Letters that are equally wide in all programs, or are taken for some that are."""
LINE, MORE = 15.0, 12.75
"""Points that a line of a sheet takes, and each further line of text in it."""
HIGHEST = 400.0
"""Points that a line of a sheet can be high: programs allow 409."""
FULL_PAGE = 118
"""Signs that fit beside one another on a page on its side, without making anything smaller."""
MOST_ON_A_PAGE, LEAST = 145, 26
"""Signs beside one another that can still be read on a page; what a column keeps that is made narrower."""
LETTERS_PER_DIGIT = 1.2
"""Letters of a text that fit where one digit would: widths are told in digits, which are a little wider."""
WIDTH, HEIGHT = 770.0, 460.0
"""Points that a page on its side has within its margins; of the height a little less, for printers differ."""
MOST_BREAKS = 1_000
"""Pages that can be made to begin where they should: programs allow 1,023."""


def height_of(cells: Iterable[tuple[str, float]]) -> float:
    """Return how high a line of a sheet is, in points.

    Parameters
    ----------
    cells
        Texts, each with the width of its column in signs.
    """
    lines = max((_lines(text, width) for text, width in cells), default=1)
    return min(HIGHEST, LINE + MORE * (lines - 1))


def _lines(text: str, width: float) -> int:
    signs = max(1, int(width * LETTERS_PER_DIGIT))
    if len(text) <= signs and "\n" not in text:
        return 1
    return sum(_wrapped(part, signs) for part in text.split("\n"))


def _wrapped(text: str, signs: int) -> int:
    """Return over how many lines a text goes on: a word that does not fit begins a line, a longer one is cut."""
    lines, taken = 1, 0
    for word in text.split(" "):
        size = len(word)
        if taken and taken + 1 + size > signs:
            lines, taken = lines + 1, 0
        taken += size + (taken > 0)
        lines, taken = lines + max(0, taken - 1) // signs, (taken - 1) % signs + 1 if taken else 0
    return lines


def squeezed(widths: Sequence[int], most: int = MOST_ON_A_PAGE, least: int = LEAST) -> list[int]:
    """Return widths of columns with the widest made narrower, until they are so wide together, or none is wide."""
    found = list(widths)
    while found and sum(found) > most and max(found) > least:
        found[found.index(max(found))] -= 1
    return found


def points(widths: Sequence[float]) -> float:
    """Return how wide columns are together at most, in points, of widths in signs.

    Where there is no Arial, nor letters of its widths, wider ones are taken: a seventh, of those that are common.
    """
    return sum(6.4 * width + 4.5 for width in widths)


def to_print(sheet: Any) -> None:
    """Lay a worksheet out for paper: A4 on its side, with its name and numbers of pages."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5)
    sheet.set_footer("&L&A&R&P / &N")


class Pages:
    """A worksheet that is filled line by line, in blocks that are not torn apart where a page can hold them.

    Parameters
    ----------
    sheet
        The worksheet.
    widths
        Of its columns, in signs.
    apart
        Whether each block begins on a page of its own.

    Attributes
    ----------
    line
        The line that is next.
    """

    def __init__(self, sheet: Any, widths: Sequence[float], *, apart: bool = False) -> None:
        self._sheet, self.widths, self._apart = sheet, widths, apart
        self.line = 0
        self._blocks: list[tuple[int, float]] = []

    def begin(self) -> None:
        """Begin a block: what is added until the next one belongs together."""
        self._blocks.append((self.line, 0.0))

    def add(self, height: float = LINE) -> None:
        """Go on to the next line; this one is so high."""
        if height != LINE:
            self._sheet.set_row(self.line, height)
        if self._blocks:
            first, so_far = self._blocks[-1]
            self._blocks[-1] = first, so_far + height
        self.line += 1

    def skip(self) -> None:
        """Leave a line free."""
        self.add()

    def finish(self) -> None:
        """Make all as much smaller as the columns need to fit beside one another, and say where pages begin."""
        scale = min(1.0, WIDTH / points(self.widths))
        self._sheet.set_print_scale(max(10, int(100 * scale)))
        left, breaks = HEIGHT / scale, list[int]()
        for number, (first, height) in enumerate(self._blocks):
            if number and (self._apart or height > left):
                breaks.append(first)
                left = HEIGHT / scale
            left = (left - height) % (HEIGHT / scale)  # a block that no page holds goes on over the next ones
        self._sheet.set_h_pagebreaks(breaks[:MOST_BREAKS])
