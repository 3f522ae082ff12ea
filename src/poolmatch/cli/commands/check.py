"""``check``: a roster against the rules, or a problem by itself."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, ILLEGAL, Command
from poolmatch.cli.marking import marked_doubts, marked_roster
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.words import Words


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    parser.add(
        "roster",
        type=Path,
        nargs="?",
        metavar=flags.ROSTER_NAME,
        help=Words(
            "{what}; without it the problem alone", "{what}; zonder rooster alleen het probleem", what=flags.ROSTER
        ),
    )
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

    if options.roster is None:
        given = opened(options)
        found = given.unfilled()
        print(report.soundness(found, options.language))
    else:
        given = opened(options, options.roster)
        (found,) = given.reports()
        print(report.verdict(found, options.language))
        line = marked_roster(found, given.readings[-1], options.language)
        if line is not None:
            print(f"\n{line}")
    if options.marked is not None:
        doubts = [*found.problem.warnings, *found.warnings]
        print(f"\n{marked_doubts(given.readings[0], doubts, options.marked, options.language)}")
    return ILLEGAL if options.roster is not None and not found.legal else DONE


COMMAND = Command(
    about=Words(
        "check a roster, also one edited by hand, or the problem alone",
        "controleer een rooster, ook een dat met de hand gewijzigd is, of alleen het probleem",
    ),
    declare=_declare,
    run=_run,
    examples=(
        Words("check pool.xlsx", "check pool.xlsx"),
        Words("check pool.xlsx roster/roster.csv", "check pool.xlsx rooster/roster.xlsx"),
    ),
    more=Words(
        "The exit code is 1 where the roster is illegal; in a copy of its workbook the seats are marked.",
        "De eindcode is 1 als het rooster ongeldig is; in een kopie van de werkmap zijn de plaatsen gemarkeerd.",
    ),
)
