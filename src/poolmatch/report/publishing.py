"""Publishing a roster: what to tell each person, their calendars, and the problem that keeps to it from then on."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from poolmatch.checking import Report
from poolmatch.domain.told import as_published
from poolmatch.errors import MissingExtra, words_of
from poolmatch.messages import writing
from poolmatch.report.calendars import write_calendars
from poolmatch.report.sections.letters import Letter, gone, letters
from poolmatch.report.sections.section import Cell, Column, Content, Kind, Section
from poolmatch.report.text import told
from poolmatch.tables.atomic import check_folder, replacing_all, telling
from poolmatch.tables.writers import write
from poolmatch.words import Language, Words

_log = logging.getLogger(__name__)

MESSAGES, CALENDARS = Words("messages", "berichten"), Words("calendars", "agenda's")
OVERVIEW = Words("overview", "overzicht")
VERDICT = Words(
    "Roster of {period}: {count} to be sent a message, {same} for whom nothing changes.",
    "Rooster van {period}: {count} te berichten, {same} voor wie niets verandert.",
)
TO_SEND = Words("To be sent a message", "Een bericht te sturen")
NOT_TO_SEND = Words("Nothing changes", "Er verandert niets")
GONE = Words("No longer in the pool, and told of work before", "Niet meer in de pool, en eerder werk verteld")
WHO, FILE = Column(Words("who", "wie")), Column(Words("message", "bericht"))
WORK = Column(Words("meetings", "bijeenkomsten"), Kind.WHOLE)
CHANGES = Column(Words("changes", "veranderingen"), Kind.WHOLE)


def publish(
    report: Report,
    folder: str | os.PathLike[str],
    source: str | os.PathLike[str],
    language: Language = "en",
    *,
    pool: str = "",
    force: bool = False,
) -> tuple[Path, ...]:
    """Write what people are told of a roster, and the problem with it as the published one.

    In the folder come, beside what an earlier publication wrote there:

    - a folder of messages with the next number: one to each person, with their work and what is otherwise than they
      were told before, and an overview of whom to write;
    - calendars, where the extra ``calendar`` is installed, which go on from those that stand there;
    - the problem, with the roster as what people were told, under the name of its source: from it the next roster is
      made, and it keeps to what was told.

    Parameters
    ----------
    report
        What the rules say of the roster, which is legal.
    folder
        Where it goes; made if need be.
    source
        File or folder that the problem was read from. Where it is the one that is written, it is kept as ``.bak``.
    language
        Language of all of it.
    pool
        Name of the pool, as for `write_calendars`.
    force
        Whether to replace files that say something else.

    Returns
    -------
    tuple of Path
        The folders of messages and calendars, and the problem.

    Raises
    ------
    WouldOverwrite
        Something else stands in the place of the problem or of a calendar.
    NotWritten
        Something cannot be written.
    """
    folder, source = Path(folder), Path(source)
    check_folder(folder)
    calendars, written = folder / CALENDARS.say(language), []
    try:
        write_calendars(report, calendars, language, pool=pool, force=force)
        written.append(calendars)
    except MissingExtra as missing:
        _log.warning("%s", writing.LEFT_OUT.fill(file=calendars.name, reason=words_of(missing)))
    place = folder / source.name
    if source.is_file() and source.suffix.lower() != ".json":
        place = place.with_suffix(".xlsx")
    is_workbook = place.suffix.lower() == ".xlsx"
    parquet = source.is_dir() and any(source.glob("*.parquet"))
    write(
        as_published(report.problem, report.roster),
        place,
        form="parquet" if parquet else None,
        language=language if is_workbook else None,
        force=force or (place.exists() and place.samefile(source)),
        source=source,
    )
    messages = folder / f"{MESSAGES.say(language)} {_number(folder, MESSAGES.say(language))}"
    _write_messages(report, messages, language)  # last: they are told once
    return (messages, *written, place)


def _number(folder: Path, name: str) -> int:
    """Return the number after that of the last folder of messages."""
    with telling(lambda: folder):
        found = [re.fullmatch(rf"{re.escape(name)} (\d+)", path.name) for path in folder.glob(f"{name} *")]
    return 1 + max((int(match[1]) for match in found if match), default=0)


def _write_messages(report: Report, folder: Path, language: Language) -> None:
    found = letters(report)
    with telling(lambda: folder):
        folder.mkdir(parents=True)
    with replacing_all() as fresh:
        for letter in found:
            fresh(folder / _file(letter)).write_text(letter.text(language), "utf-8")
        overview = told(_overview(report, found), language) + "\n"
        fresh(folder / f"{OVERVIEW.say(language)}.txt").write_text(overview, "utf-8")


def _file(letter: Letter) -> str:
    return f"{quote(letter.facilitator, safe=' ')}.txt"


def _overview(report: Report, found: Sequence[Letter]) -> Content:
    """Return whom to write, and for whom nothing changes."""
    first = not report.problem.published
    send = [letter for letter in found if first or letter.changes]
    rest = [letter for letter in found if letter not in send]
    counts = {"count": len(send), "same": len(rest)}
    verdict = VERDICT.fill(period=report.problem.period.name, **counts)
    sections = [
        _section(TO_SEND, [_row(letter) for letter in send]),
        _section(NOT_TO_SEND, [_row(letter) for letter in rest]),
        Section("gone", GONE, (WHO,), tuple((name,) for name in gone(report))),
    ]
    return Content(None, verdict, Section("", verdict, (), ()), tuple(item for item in sections if item.rows))


def _row(letter: Letter) -> tuple[Cell, ...]:
    return _file(letter), letter.name, len(letter.work), len(letter.changes)


def _section(heading: Words, rows: Sequence[tuple[Cell, ...]]) -> Section:
    return Section("letters", heading, (FILE, WHO, WORK, CHANGES), tuple(rows))
