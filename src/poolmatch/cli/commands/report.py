"""``report``: a page to read and to print, for everybody who has to do with a roster."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from poolmatch.cli import flags, progress
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import Opened, opened
from poolmatch.cli.parser import Parser
from poolmatch.words import Words

if TYPE_CHECKING:
    from poolmatch.checking import Report
    from poolmatch.results import Result

RUN = "run.json"


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    parser.add(
        "--roster",
        type=Path,
        metavar=flags.FILE,
        help=Words(
            "roster as CSV file or workbook; without it one is made first",
            "rooster als CSV-bestand of werkmap; zonder dit wordt er eerst een gemaakt",
        ),
    )
    flags.audience(parser)
    parser.add(
        "--out",
        type=Path,
        default=Path("report.html"),
        metavar=flags.FILE,
        help=Words("the page (default report.html)", "de pagina (standaard report.html)"),
    )
    what = Words(
        "for what fills the empty seats, and where none is given for a roster; 0 searches for neither",
        "voor wat de lege plaatsen vult, en zonder rooster ook voor het maken ervan; 0 zoekt geen van beide",
    )
    flags.time_limit(parser, 30.0, what)
    flags.force(parser)
    progress.flag(parser)


def _run(options: Namespace) -> int:
    from poolmatch.report import report_page, write_page
    from poolmatch.report.page import check_page

    given = opened(options, *([] if options.roster is None else [options.roster]))
    check_page(options.out, force=options.force)
    with progress.shown(options) as tell:
        page = report_page(
            _made(options, given, tell) if options.roster is None else _checked(options.roster, given),
            options.language,
            given.audience,
            time_limit=options.time_limit,
            on_progress=progress.counted(tell),
        )
    write_page(page, options.out, force=options.force)
    print(options.out)
    return DONE


def _made(options: Namespace, given: Opened, tell: progress.Show) -> Result:
    from poolmatch.solving.solve import solve

    limit, news = options.time_limit, progress.improved(tell)
    with given.placing():
        return solve(given.problem, given.rules, time_limit=limit, on_progress=news)


def _checked(roster: Path, given: Opened) -> Report | Result:
    """Return what the rules say of a roster; with what is proven, where the record of its run lies beside it."""
    from poolmatch.results import RunRecord

    (report,) = given.reports()
    record = roster.with_name(RUN)
    return (RunRecord.from_file(record).result(report) if record.is_file() else None) or report


COMMAND = Command(
    about=Words(
        "a page to read and to print, for whoever is to see it",
        "een pagina om te lezen en af te drukken, voor wie hem mag zien",
    ),
    declare=_declare,
    run=_run,
    examples=(
        Words(
            "report pool.xlsx --roster roster/roster.csv --out report.html",
            "report pool.xlsx --roster rooster/roster.xlsx --out rooster.html",
        ),
        Words(
            "report pool.xlsx --roster roster/roster.csv --audience facilitator:F04 --out F04.html",
            "report pool.xlsx --roster rooster/roster.xlsx --audience begeleider:F04 --out F04.html",
        ),
    ),
    more=Words(
        "What is proven of a roster is told where its run.json lies beside it.",
        "Wat er van een rooster bewezen is, staat erin als de run.json ervan ernaast staat.",
    ),
)
