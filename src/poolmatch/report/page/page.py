"""Puts a page together: one document that needs nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from poolmatch.checking import HasReport, Report, report_of
from poolmatch.domain.arguments import seconds
from poolmatch.messages import writing
from poolmatch.report.page.cells import day_text
from poolmatch.report.page.explored import Explored, OnProgress, explored
from poolmatch.report.page.figures import figures_of
from poolmatch.report.page.part import Reader
from poolmatch.report.page.parts import parts_of
from poolmatch.report.sections.names import organisation_name, person_name
from poolmatch.report.sections.of_check import verdict_of
from poolmatch.results import Result
from poolmatch.tables.atomic import check_folder, check_name, replacing, would_overwrite
from poolmatch.tables.extras import need
from poolmatch.versions import versions
from poolmatch.views import COORDINATOR, Audience, View
from poolmatch.vocabulary.days import DAYS, FULL_DAYS
from poolmatch.vocabulary.outcomes import STATUSES
from poolmatch.words import Language, Words

if TYPE_CHECKING:
    from jinja2 import Environment

TITLE = Words("Roster {period}", "Rooster {period}")
FOR = Words("Roster for {reader}", "Rooster voor {reader}")
READERS = {"coordinator": Words("the coordinator", "de coördinator"), "public": Words("everybody", "iedereen")}
SOURCE = Words(
    "Made by poolmatch {version}. Input {problem}, rules {rules}, roster {roster}.",
    "Gemaakt met poolmatch {version}. Invoer {problem}, regels {rules}, rooster {roster}.",
)
LABELS = {
    "skip": Words("Skip to the content", "Naar de inhoud"),
    "contents": Words("Contents", "Inhoud"),
    "key": Words("Key figures", "Kerncijfers"),
    "week": Words("week", "week"),
    "missing": Words("still empty", "nog leeg"),
    "optional": Words("may stay empty", "mag leeg blijven"),
    "tell": Words("to be told to the parties", "te melden aan de partijen"),
    "nothing": Words("nothing", "niets"),
    "picture": Words("picture", "in beeld"),
    "meetings": Words("meetings", "bijeenkomsten"),
    "meeting": Words("meeting", "bijeenkomst"),
    "empty_seats": Words("seats empty", "plaatsen leeg"),
    "empty_seat": Words("seat empty", "plaats leeg"),
    "why": Words("Why", "Waarom"),
    "helps": Words("What fills it (each made and checked)", "Wat de plaats vult (stuk voor stuk nagegaan)"),
    "could_help": Words("What could help (not verified)", "Wat zou kunnen helpen (niet nagegaan)"),
    "reason": Words("why", "waarom"),
    "who": Words("who", "wie"),
    "worth": Words("The roster would then be worth:", "Het rooster is dan waard:"),
    "holiday": Words("public holiday", "feestdag"),
    "full": Words("proven", "bewezen"),
    "open": Words("could still be won, at most", "valt hooguit nog te winnen"),
}
"""What the templates say themselves."""


def report_page(
    result: Report | HasReport,
    language: Language = "en",
    audience: Audience = COORDINATOR,
    *,
    time_limit: float = 0.0,
    on_progress: OnProgress | None = None,
) -> str:
    """Return the report as an HTML page: calendar, empty seats, neutrality, load, ledger, changes, quality, findings.

    The page needs nothing from elsewhere and runs no script; it can be read without a mouse, aloud, in the dark, on a
    telephone and on A4.

    Parameters
    ----------
    result
        What ``solve`` returned; of what ``check`` returned the page cannot say what is proven.
    language
        Language of the page.
    audience
        Who reads: they get what they may see.
    time_limit
        Seconds for finding out why seats are empty and what would fill them, each remedy verified; 0 searches nothing.
    on_progress
        Told how many steps of that are done, and how many there are.

    Raises
    ------
    MissingExtra
        Jinja2 is not installed (extra ``report``).
    UnknownId
        The problem has no such party or facilitator as the audience; a KeyError.
    ValueError
        There is no such language, or the time is no number of seconds from 0 on.
    """
    need("report", "jinja2")
    report, limit = report_of(result), seconds(time_limit, "time_limit")
    view = View(report.plan, audience)
    known = explored(report, limit, on_progress) if view.whole else Explored()
    reader = Reader(report, result if isinstance(result, Result) else None, view, language, known)
    style = _style()
    return (
        _templates(language)
        .get_template("page.html")
        .render(
            language=language,
            title=TITLE.fill(period=report.problem.period.name),
            kicker=FOR.fill(reader=_called(view)),
            verdict=_verdict(reader),
            figures=figures_of(reader),
            parts=parts_of(reader),
            source=_source(report),
            style=style,
            digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            weekdays=tuple(zip(DAYS, FULL_DAYS, strict=True)),
            **LABELS,
        )
    )


def write_page(page: str, path: str | os.PathLike[str], *, force: bool = False) -> None:
    """Write a page to a file, all of it or nothing.

    Parameters
    ----------
    page
        What `report_page` returned.
    path
        The file, such as ``report.html``. Its folder must exist.
    force
        Whether to replace a file with other content; it is kept beside the new one, with ``.bak`` behind its name.

    Raises
    ------
    ValueError
        The file is a symbolic link, or has a name that Windows keeps for devices.
    WouldOverwrite
        Such a file is there; nothing was written.
    NotWritten
        The file cannot be written; what stood there before is still there.
    """
    with replacing(Path(path), force=force) as place:
        place.write_text(page, encoding="utf-8")


def check_page(path: str | os.PathLike[str], *, force: bool = False) -> None:
    """Make sure that a page can be written, before the work for it is done; arguments and errors as of `write_page`."""
    path = Path(path)
    check_name(path)
    if path.exists() and not force:
        raise would_overwrite([path], writing.THERE_ALREADY)
    check_folder(path.parent)


def _called(view: View) -> str | Words:
    """Return what the reader is called."""
    audience, problem = view.audience, view.plan.problem
    if audience.kind == "facilitator":
        return person_name(problem, audience.id)
    return organisation_name(problem, audience.id) if audience.id else READERS[audience.kind]


def _verdict(reader: Reader) -> Words:
    return verdict_of(reader.report) if reader.result is None else STATUSES[reader.result.status.value]


def _source(report: Report) -> Words:
    problem, rules, roster = (item.fingerprint[:12] for item in (report.problem, report.rules, report.roster))
    return SOURCE.fill(version=versions()["poolmatch"], problem=problem, rules=rules, roster=roster)


def _style() -> str:
    return (Path(__file__).parent / "templates" / "page.css").read_text("utf-8")


@cache
def _templates(language: Language) -> Environment:
    """Return the templates, which say words in a language; whatever else they are given is text and never markup."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # here, because the package may be missing

    loader = PackageLoader("poolmatch.report.page")
    made = Environment(autoescape=True, loader=loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["say"] = lambda words: words.say(language) if isinstance(words, Words) else words
    made.filters["sentence"] = lambda text: f"{text[:1].upper()}{text[1:].removesuffix('.')}."
    made.filters["lacking"] = lambda occasion: [
        post for post in occasion.posts if post.required and not post.facilitator
    ]
    made.filters["day"] = lambda day: day_text(day, language)
    return made
