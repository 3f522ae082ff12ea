"""Make the pictures of the Dutch page for coordinators anew: ``python -m tests.guide_pictures``, or ``make pictures``.

Everything that the page says is done once; then LibreOffice prints the workbooks, and Chromium opens the HTML page.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PIL import Image, ImageChops
from tests.guide import ROOT, Called, walk
from tests.office import converted

PICTURES = ROOT / "docs" / "pictures"
DOTS, MARGIN, COLOURS = 110, 12, 48
"""Dots per inch; white dots around what is drawn; colours of a picture: few, so that it is small."""
FOOTER = 0.07
"""Part of a printed sheet below which there is its footer."""
WIDTH, HEIGHT = 1000, 760
"""Of the window of the browser, in dots."""


class Drawn(NamedTuple):
    """A picture of a sheet.

    Attributes
    ----------
    name
        Name of the picture, without its ending.
    workbook, sheet
        What is drawn; blank for the first sheet that has no footer.
    part
        How much of its width and height, from the left and the top.
    """

    name: str
    workbook: str
    sheet: str
    part: tuple[float, float] = (1, 1)


SHEETS: Mapping[str, tuple[Drawn, ...]] = {
    "template": (Drawn("begin-hier", "pool.xlsx", "begin hier"),),
    "solve": (
        Drawn("begeleiders", "pool.xlsx", "begeleiders"),
        Drawn("wie-kan-wanneer", "voorbeeld.xlsx", "wie kan wanneer", (0.42, 0.5)),
        Drawn("rooster", "rooster/roster.xlsx", "rooster"),
        Drawn("maand", "rooster/roster.xlsx", "januari 2027"),
    ),
    "refused": (Drawn("fouten", "pool.fouten.xlsx", ""),),
}
"""What is drawn after the first call of a command, and after the first that was refused."""


def printed(workbook: Path, folder: Path) -> Mapping[str, Image.Image]:
    """Return the first page of each sheet of a workbook as it is printed, by the name of the sheet in its footer."""
    pdf = converted(workbook, folder, "pdf")
    pages: dict[str, Image.Image] = {}
    texts = _output("pdftotext", "-layout", str(pdf), "-").decode("utf-8").split("\f")
    for number, text in enumerate(texts[:-1], 1):
        footer = text.strip().splitlines()[-1]
        title = footer_title(footer, workbook.name)
        if title not in pages:
            data = _output("pdftoppm", "-r", str(DOTS), "-f", str(number), "-l", str(number), "-png", str(pdf))
            pages[title] = Image.open(io.BytesIO(data)).convert("RGB")
    return pages


def footer_title(footer: str, workbook: str) -> str:
    """Return the name of a sheet from the last line of its page: the workbook, the sheet, and which page it is."""
    found = re.fullmatch(r"(.*?)\s*\d+ / \d+", footer.strip())
    return found[1].replace(workbook, "").strip() if found else ""


def trimmed(picture: Image.Image, footer: float = 0.0) -> Image.Image:
    """Return a picture without footer and without the white around what is drawn."""
    picture = picture.crop((0, 0, picture.width, round(picture.height * (1 - footer))))
    white = Image.new("RGB", picture.size, "white")
    box = ImageChops.difference(picture, white).getbbox()
    assert box is not None, "nothing is drawn"
    left, top, right, bottom = box
    return picture.crop(
        (
            max(left - MARGIN, 0),
            max(top - MARGIN, 0),
            min(right + MARGIN, picture.width),
            min(bottom + MARGIN, picture.height),
        )
    )


def kept(picture: Image.Image, name: str) -> None:
    """Write a picture, small."""
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def seen(page: Path) -> Image.Image:
    """Return what a browser shows of a page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        window = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        window.goto(page.as_uri())
        data = window.screenshot()
        browser.close()
    return Image.open(io.BytesIO(data)).convert("RGB")


def _output(*command: str) -> bytes:
    return subprocess.run(command, capture_output=True, check=True).stdout


def drawing(folder: Path) -> Callable[[Called, tuple[int, str]], None]:
    """Return what draws after each command."""
    drawn: set[str] = set()
    paper = folder / "paper"
    paper.mkdir()

    def after(step: Called, said: tuple[int, str]) -> None:
        command = "refused" if said[0] else step.words[0]
        if command in drawn:
            return
        drawn.add(command)
        pages: dict[str, Mapping[str, Image.Image]] = {}
        for item in SHEETS.get(command, ()):
            if item.workbook not in pages:
                pages[item.workbook] = printed(folder / item.workbook, paper)
            whole = trimmed(pages[item.workbook][item.sheet], FOOTER)
            kept(whole.crop((0, 0, round(whole.width * item.part[0]), round(whole.height * item.part[1]))), item.name)
        if command == "report":
            kept(seen(folder / "rooster.html"), "pagina")

    return after


def main() -> None:
    """Make all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        office = folder / "office"
        office.mkdir()

        def saved(path: Path) -> None:
            shutil.move(converted(path, office), path)

        walk(folder, drawing(folder), saved)


if __name__ == "__main__":
    main()
