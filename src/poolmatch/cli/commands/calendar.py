"""``calendar``: calendars of a roster, for the programs in which people keep theirs."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.words import Words, joined

WITHOUT_TIME = Words("Without a time, so not in it: {items}", "Zonder tijd, en er dus niet in: {items}")


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    flags.roster(parser)
    parser.add(
        "--out",
        type=Path,
        required=True,
        metavar=Words("FILE_OR_FOLDER", "BESTAND_OF_MAP"),
        help=Words(
            "a file (.ics): the calendar of one reader; a folder: those of the pool, of each person and of each party",
            "een bestand (.ics): de agenda van één lezer; een map: die van de pool, van iedere begeleider en "
            "van iedere partij",
        ),
    )
    flags.audience(parser)
    flags.pool(parser)
    flags.force(parser)


def _run(options: Namespace) -> int:
    from poolmatch import report
    from poolmatch.report.sections.months import undated_of
    from poolmatch.views import COORDINATOR, View

    given = opened(options, options.roster)
    (found,) = given.reports()
    told = {"pool": options.pool, "force": options.force}
    if given.audience == COORDINATOR and options.out.suffix.lower() != ".ics":
        for path in report.write_calendars(found, options.out, options.language, **told):
            print(path)
    else:
        report.write_calendar(found, options.out, given.audience, options.language, **told)
        print(options.out)
    left = undated_of(found, View(found.plan, given.audience))
    if left:
        print(WITHOUT_TIME.fill(items=joined(", ", [item.label for item in left])).say(options.language))
    return DONE


COMMAND = Command(
    about=Words(
        "calendars (.ics) of a roster, of the pool or of whom you name",
        "agenda's (.ics) van een rooster, van de pool of van wie u noemt",
    ),
    declare=_declare,
    run=_run,
    examples=(
        Words(
            "calendar pool.xlsx roster/roster.csv --out calendars",
            "calendar pool.xlsx rooster/roster.xlsx --out agendas",
        ),
        Words(
            "calendar pool.xlsx roster/roster.csv --audience facilitator:F04 --out F04.ics",
            "calendar pool.xlsx rooster/roster.xlsx --audience begeleider:F04 --out F04.ics",
        ),
    ),
    more=Words(
        "Keep the calendars in their place, and write them there again after a change: then meetings move in the "
        "programs\nof those who were told, and what is no more is cancelled.",
        "Laat de agenda's staan, en schrijf ze na een wijziging op dezelfde plek: dan verschuiven de bijeenkomsten "
        "in de\nprogramma's van wie ze al had, en vervalt wat niet meer doorgaat.",
    ),
)
