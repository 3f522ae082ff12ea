"""``next-month``: the problem of the next period, with this one as its history and ledger."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened, reading_of
from poolmatch.cli.parser import Parser
from poolmatch.words import Words


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    flags.roster(
        parser,
        Words("roster as CSV file or workbook: what was done", "rooster als CSV-bestand of werkmap: wat gedaan is"),
    )
    parser.add(
        "--out",
        type=flags.problem_place,
        required=True,
        metavar=Words("FILE_OR_FOLDER", "BESTAND_OF_MAP"),
        help=Words(
            "where the next problem goes: a workbook (.xlsx), a JSON document (.json), or a folder",
            "waar het volgende probleem komt: een werkmap (.xlsx), een JSON-document (.json), of een map",
        ),
    )
    parser.add(
        "--with",
        dest="next",
        type=Path,
        metavar=flags.FILE,
        help=Words(
            "what the next period has of its own, in the forms of a problem: period, meetings and stakes at least; "
            "without it the period that follows, and no meetings yet",
            "wat de volgende periode zelf heeft, in de vormen van een probleem: minstens periode, bijeenkomsten en "
            "partijen; zonder dit de periode die volgt, nog zonder bijeenkomsten",
        ),
    )
    parser.add(
        "--no-series",
        dest="series",
        action="store_false",
        help=Words(
            "do not set ready the meetings of series, without their times, in the workbook",
            "zet de bijeenkomsten van reeksen niet alvast klaar, zonder tijden, in de werkmap",
        ),
    )
    flags.force(parser)


def _run(options: Namespace) -> int:
    from poolmatch import tables
    from poolmatch.figures.ahead import series_ahead
    from poolmatch.figures.closing import NEEDED, following, next_month

    given = opened(options, options.roster)
    more: dict[str, Any] = {}
    if options.next is None:
        own: dict[str, Any] = {
            "period": following(given.problem.period, options.language),
            "meetings": (),
            "stakes": (),
        }
        made = next_month(given.problem, given.roster, own)
        more = series_ahead(given.problem) if options.series else {}
    else:
        reading = reading_of(options, options.next)
        own = {name: rows for name, rows in reading.tables.items() if rows or name in NEEDED}  # else a blank sheet
        with reading.placing():
            made = next_month(given.problem, given.roster, own)
    if options.out.suffix.lower() != ".xlsx":
        tables.write(made, options.out, force=options.force)
    elif options.next is None:  # a workbook can have rows that are not finished
        tables.write_to_finish(made, more, options.out, options.language, options.force, options.problem)
    else:
        tables.write(made, options.out, language=options.language, force=options.force, source=options.problem)
    print(options.out)
    return DONE


COMMAND = Command(
    about=Words(
        "close a period: write the problem of the next one, with this one as its history and ledger",
        "sluit een periode af: schrijf het probleem van de volgende, met deze als historie en grootboek",
    ),
    declare=_declare,
    run=_run,
    examples=(
        Words(
            "next-month pool.xlsx roster/roster.csv --out april.xlsx",
            "next-month pool.xlsx rooster/roster.xlsx --out april.xlsx",
        ),
    ),
    more=Words(
        "People, organisations and what is known of them carry over; what was said of single meetings does not.\n"
        "In a workbook the meetings of series stand ready, and its first sheet says what is still to be filled in.\n"
        "Take out of the roster first what was rostered and did not take place.",
        "Mensen, organisaties en wat van hen bekend is gaan mee; wat over losse bijeenkomsten gezegd is niet.\n"
        "In een werkmap staan de bijeenkomsten van reeksen klaar, en zegt het eerste blad wat nog in te vullen is.\n"
        "Haal eerst uit het rooster wat geroosterd was en niet is doorgegaan.",
    ),
)
