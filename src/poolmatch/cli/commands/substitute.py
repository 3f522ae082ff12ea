"""``substitute``: who can step in, and what it costs."""

from __future__ import annotations

from argparse import Namespace

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.cli.showing import say
from poolmatch.messages import commands as said
from poolmatch.words import Words


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    flags.roster(parser)
    flags.seat(parser, Words("a seat; of a duty DUTY/KIND", "een plaats; van een taak TAAK/SOORT"))
    who = Words("who falls out on the day", "wie er die dag uitvalt")
    parser.add("--facilitator", metavar=flags.ID, help=who)
    flags.day(parser, "--day", Words("the day on which they fall out", "de dag waarop die uitvalt"))
    flags.time_limit(parser, 5.0, flags.ALL_SEARCHES)


def _run(options: Namespace) -> int:
    from poolmatch.explain import substitutes, substitutes_for

    if bool(options.seat) == bool(options.facilitator and options.day):
        raise ValueError(said.SEAT_OR_PERSON)
    (report,) = opened(options, options.roster).reports()
    limit = options.time_limit
    if options.seat:
        say(substitutes(report, *options.seat, time_limit=limit).words, options.language)
    else:
        absence = substitutes_for(report, options.facilitator, options.day, time_limit=limit)
        say(absence.words, options.language)
    return DONE


COMMAND = Command(
    about=Words("who can step in, and what it costs", "wie kan invallen, en wat dat kost"),
    declare=_declare,
    run=_run,
    examples=(
        "substitute pool.xlsx roster/roster.csv --seat M14/lead",
        "substitute pool.xlsx roster/roster.csv --facilitator F04 --day 2026-03-05",
    ),
)
