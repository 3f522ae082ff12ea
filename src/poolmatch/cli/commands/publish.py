"""``publish``: what people are told of a roster, and the problem that keeps to it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, ILLEGAL, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.words import Words


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    flags.roster(parser)
    parser.add(
        "--out",
        type=Path,
        required=True,
        metavar=flags.FOLDER,
        help=Words(
            "folder for messages, calendars, and the problem with what was told; each period has its own",
            "map voor berichten, agenda's, en het probleem met wat verteld is; elke periode heeft een eigen map",
        ),
    )
    flags.pool(parser)
    flags.force(parser)


def _run(options: Namespace) -> int:
    from poolmatch import report

    given = opened(options, options.roster)
    (found,) = given.reports()
    if not found.legal:  # nobody is told what cannot be
        print(report.verdict(found, options.language))
        return ILLEGAL
    how = {"pool": options.pool, "force": options.force}
    for path in report.publish(found, options.out, options.problem, options.language, **how):
        print(path)
    return DONE


COMMAND = Command(
    about=Words(
        "write what to tell everybody, and the problem that keeps to it from then on",
        "schrijf wat iedereen te horen krijgt, en het probleem dat daar voortaan bij blijft",
    ),
    declare=_declare,
    run=_run,
    examples=(
        Words("publish pool.xlsx roster/roster.xlsx --out told", "publish pool.xlsx rooster/roster.xlsx --out verteld"),
        Words("publish told/pool.xlsx new.xlsx --out told", "publish verteld/pool.xlsx nieuw.xlsx --out verteld"),
    ),
    more=Words(
        "A message for each person, with their work and what is otherwise than they were told before; an overview of "
        "whom to write;\ncalendars; and the problem with the roster as the published one. Go on with that problem. "
        "An illegal roster is not published:\nthe exit code is 1.",
        "Een bericht voor iedereen, met het eigen werk en wat anders is dan eerder verteld; een overzicht van wie u "
        "moet berichten;\nagenda's; en het probleem met het rooster als gepubliceerd rooster. Werk met dat probleem "
        "verder. Een ongeldig rooster\nwordt niet gepubliceerd: de eindcode is dan 1.",
    ),
)
