"""``replan``: a roster after something has happened, which keeps to what people were told."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.cli.showing import say
from poolmatch.words import Words


def _declare(parser: Parser) -> None:
    flags.problem(
        parser,
        Words(
            "folder of CSV or Parquet files, workbook, or JSON document, as it is now",
            "map met CSV- of Parquet-bestanden, werkmap, of JSON-document, zoals het nu is",
        ),
    )
    flags.roster(
        parser,
        Words(
            "roster as CSV file or workbook: the one that people were told",
            "rooster als CSV-bestand of werkmap: dat wat mensen is verteld",
        ),
    )
    parser.add(
        "--out",
        type=Path,
        metavar=flags.FILE,
        help=Words("file for the new roster, .csv or .xlsx", "bestand voor het nieuwe rooster, .csv of .xlsx"),
    )
    flags.day(
        parser,
        "--today",
        Words("what began before this day stays as it was", "wat voor deze dag begon, blijft zoals het was"),
    )
    flags.ids(parser, "--ill", Words("who falls out; may be given again", "wie uitvalt; mag vaker gegeven worden"))
    flags.time_limit(parser, 60.0, flags.AT_MOST)
    flags.force(parser)


def _run(options: Namespace) -> int:
    from poolmatch import tables
    from poolmatch.edits import PersonOut
    from poolmatch.explain import replan

    given = opened(options, options.roster)
    out = [PersonOut(name) for name in options.ill]
    with given.placing():
        found = replan(given.problem, given.roster, options.today, out, given.rules, options.time_limit)
    say(found.words, options.language)
    for notice in found.notices:
        print(notice.facilitator)
        say(notice.words, options.language)
    if options.out is not None:
        tables.write_roster(found.roster, options.out, found.problem, force=options.force)
        print(options.out)
    return DONE


COMMAND = Command(
    about=Words(
        "after something has happened: a roster that keeps to what people were told",
        "nadat er iets gebeurd is: een rooster dat blijft bij wat mensen is verteld",
    ),
    declare=_declare,
    run=_run,
    examples=("replan pool.xlsx roster/roster.csv --ill F04 --out new.csv",),
    more=Words(
        "A late tie, and a meeting that is moved, added or cancelled: change it in the problem, and replan.",
        "Een band die later blijkt, en een bijeenkomst die verschuift, erbij komt of vervalt: wijzig het in het "
        "probleem, en plan opnieuw.",
    ),
)
