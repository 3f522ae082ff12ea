"""``check``: a roster against the rules."""

from __future__ import annotations

from argparse import Namespace

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, ILLEGAL, Command
from poolmatch.cli.marking import marked_doubts, marked_roster
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.words import Words


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    flags.roster(parser)
    parser.add(
        "--marked",
        type=flags.workbook_file,
        metavar=flags.FILE,
        help=Words(
            "write a copy of the workbook of the problem in which what is worth a look is marked",
            "schrijf een kopie van de werkmap van het probleem waarin gemarkeerd is wat het bekijken waard is",
        ),
    )


def _run(options: Namespace) -> int:
    from poolmatch import report

    given = opened(options, options.roster)
    (found,) = given.reports()
    print(report.verdict(found, options.language))
    line = marked_roster(found, given.readings[-1], options.language)
    if line is not None:
        print(f"\n{line}")
    if options.marked is not None:
        doubts = [*found.problem.warnings, *found.warnings]
        print(f"\n{marked_doubts(given.readings[0], doubts, options.marked, options.language)}")
    return DONE if found.legal else ILLEGAL


COMMAND = Command(
    about=Words(
        "check a roster, also one edited by hand", "controleer een rooster, ook een dat met de hand gewijzigd is"
    ),
    declare=_declare,
    run=_run,
    examples=("check pool.xlsx roster/roster.csv",),
    more=Words(
        "The exit code is 1 where the roster is illegal; in a copy of its workbook the seats are marked.",
        "De eindcode is 1 als het rooster ongeldig is; in een kopie van de werkmap zijn de plaatsen gemarkeerd.",
    ),
)
