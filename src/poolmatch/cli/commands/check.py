"""``check``: a roster against the rules."""

from __future__ import annotations

from argparse import Namespace

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, ILLEGAL, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.words import Words


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    flags.roster(parser)


def _run(options: Namespace) -> int:
    from poolmatch import report

    (found,) = opened(options, options.roster).reports()
    print(report.verdict(found, options.language))
    return DONE if found.legal else ILLEGAL


COMMAND = Command(
    about=Words(
        "check a roster, also one edited by hand", "controleer een rooster, ook een dat met de hand gewijzigd is"
    ),
    declare=_declare,
    run=_run,
    examples=("check pool.xlsx roster/roster.csv",),
    more=Words("The exit code is 1 where the roster is illegal.", "De eindcode is 1 als het rooster ongeldig is."),
)
