"""The page as people meet it: axe finds nothing, it fits telephone and paper, and it needs neither script nor mouse.

One browser for all. Without Chromium, or the packages that drive it, the tests are skipped.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.results import result

from poolmatch import Audience, read, read_roster, report_page
from poolmatch.results import Result
from poolmatch.views import COORDINATOR, PUBLIC

pytest.importorskip("playwright", reason="playwright drives the browser")
pytest.importorskip("axe_playwright_python", reason="axe looks for what keeps people out")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium to open pages with"),
]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK, TELEPHONE = (1280, 900), (390, 844)
A4 = (595, 842)
"""Width and height in points."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@cache
def made(name: str) -> Result:
    problem = read(SAMPLES / name)
    return result(problem, read_roster(SAMPLES / f"{name}.hand-made.csv", problem))


@cache
def written(folder: Path, name: str, audience: Audience) -> str:
    """Return the address of a page."""
    place = folder / f"{name}-{audience.kind}.html"
    place.write_text(report_page(made(name), "nl", audience), "utf-8")
    return place.as_uri()


PAGES = (
    ("extern-2026-06", COORDINATOR),
    ("train-de-trainer-2026-09", Audience.facilitator("F01")),
    ("extern-2026-06", Audience.party("GEM")),
    ("samenspel-2026-10", PUBLIC),
)
CONTRAST, ALL_BUT_CONTRAST = "{runOnly: ['color-contrast']}", "{rules: {'color-contrast': {enabled: false}}}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


def opened(browser: Browser, address: str, size: tuple[int, int] = DESK, **how: Any) -> Page:
    """Return a page that a browser shows; whatever it asks for besides, or complains of, is an error."""
    shown = browser.new_context(viewport={"width": size[0], "height": size[1]}, **how).new_page()
    asked = list[str]()
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("console", lambda message: asked.append(message.text))
    shown.goto(address)
    assert asked == [address]
    return shown


@pytest.mark.parametrize(("name", "audience"), PAGES)
@pytest.mark.parametrize(
    ("size", "scheme", "rules"),
    [(DESK, "light", "{}"), (DESK, "dark", CONTRAST), (TELEPHONE, "light", ALL_BUT_CONTRAST)],
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, folder: Path, name: str, audience: Audience, size: tuple[int, int], scheme: str, rules: str
) -> None:
    shown = opened(browser, written(folder, name, audience), size, color_scheme=scheme)
    shown.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    assert shown.evaluate("document.documentElement.scrollWidth") <= size[0]
    found = looked_at(shown, rules)
    assert [(item["id"], item["nodes"][0]["html"]) for item in found["violations"]] == []
    assert len(found["passes"]) >= (1 if rules == CONTRAST else 20)  # it looked
    shown.context.close()


def looked_at(shown: Page, rules: str = "{}") -> Any:
    """Return what axe finds on a page."""
    shown.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    return shown.evaluate(f"axe.run(document, {rules})")


def test_axe_finds_what_is_wrong(browser: Browser, folder: Path) -> None:
    place = folder / "wrong.html"
    place.write_text("<p style='color: #ccc'>pale<img src=''>", "utf-8")
    shown = browser.new_page()
    shown.goto(place.as_uri())
    found = looked_at(shown)
    assert {"color-contrast", "image-alt", "html-has-lang"} <= {item["id"] for item in found["violations"]}
    shown.close()


def test_without_script_and_mouse_all_is_within_reach(browser: Browser, folder: Path) -> None:
    shown = opened(browser, written(folder, *PAGES[0]), java_script_enabled=False)
    shown.keyboard.press("Tab")
    assert shown.locator("a.skip").bounding_box()["x"] > 0  # type: ignore[index]
    shown.keyboard.press("Enter")
    assert shown.url.endswith("#content")
    fold = shown.locator("details").first
    assert not fold.locator("table").first.is_visible()
    for _ in range(30):
        shown.keyboard.press("Tab")
        if shown.locator("details").first.locator("summary:focus").count():
            break
    shown.keyboard.press("Enter")
    assert fold.locator("table").first.is_visible()
    shown.context.close()


def test_it_is_printed_on_a4_with_the_calendar_across(browser: Browser, folder: Path) -> None:
    shown = opened(browser, written(folder, *PAGES[0]))
    printed = shown.pdf(prefer_css_page_size=True)
    boxes = [tuple(map(float, found)) for found in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)]
    sizes = [(round(width), round(height)) for width, height in boxes]
    assert sizes[0] == A4[::-1]
    assert sizes[-1] == A4
    assert set(sizes) == {A4, A4[::-1]}
    shown.context.close()
