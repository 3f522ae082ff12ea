"""``explain``: why a seat is empty or not somebody's, and what would help."""

from __future__ import annotations

from argparse import Namespace

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.cli.showing import say
from poolmatch.words import Words


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    flags.roster(parser)
    flags.seat(
        parser,
        Words(
            "a seat; of a duty DUTY/KIND; without it every empty required seat",
            "een plaats; van een taak TAAK/SOORT; zonder dit elke lege verplichte plaats",
        ),
    )
    parser.add(
        "--facilitator",
        metavar=flags.ID,
        help=Words(
            "why not them in the seat; without a seat, why their work",
            "waarom niet deze begeleider op de plaats; zonder plaats, waarom dit hun werk is",
        ),
    )
    flags.time_limit(parser, 30.0, flags.ALL_SEARCHES)


def _run(options: Namespace) -> int:
    from poolmatch.explain import remedies, why_empty, why_empty_all, why_not, why_these

    (report,) = opened(options, options.roster).reports()
    seat, who, limit = options.seat, options.facilitator, options.time_limit
    if seat and who:
        meeting, name = seat
        say(why_not(report, meeting, name, who, time_limit=limit).words, options.language)
    elif who:
        say(why_these(report, who, time_limit=limit).words, options.language)
    else:
        found = (
            [why_empty(report, *seat, time_limit=limit / 2)] if seat else why_empty_all(report, time_limit=limit / 2)
        )
        for item in found:
            print(f"{item.meeting}/{item.seat}")
            say(item.words, options.language)
            if item.holder is None:
                help_in_time = limit / 2 / len(found)
                say(remedies(report, item.meeting, item.seat, time_limit=help_in_time).words, options.language)
    return DONE


COMMAND = Command(
    about=Words(
        "why a seat is empty or not somebody's, and what would help",
        "waarom een plaats leeg is of niet van iemand, en wat zou helpen",
    ),
    declare=_declare,
    run=_run,
    examples=(
        "explain pool.xlsx roster/roster.csv",
        "explain pool.xlsx roster/roster.csv --seat M30/lead --facilitator F02",
    ),
)
