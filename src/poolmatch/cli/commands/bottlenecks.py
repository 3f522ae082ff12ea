"""``bottlenecks``: what a pool hangs on."""

from __future__ import annotations

from argparse import Namespace

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.cli.showing import show
from poolmatch.words import Words

ABOUT = Words("What the pool hangs on", "Waar de pool van afhangt")


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    flags.time_limit(parser, 60.0, flags.ALL_SEARCHES)
    flags.answer(parser)


def _run(options: Namespace) -> int:
    from poolmatch.explain import bottlenecks
    from poolmatch.report.sections.of_answers import content_of_answers

    given = opened(options)
    with given.placing():
        found = bottlenecks(given.problem, given.rules, time_limit=options.time_limit)
    show(options, given.problem, content_of_answers(ABOUT, found.words), found.to_dict())
    return DONE


COMMAND = Command(
    about=Words(
        "which seats the pool cannot fill, who or what would help, and how many people it takes",
        "welke plaatsen de pool niet kan bezetten, wie of wat zou helpen, en hoeveel mensen het vraagt",
    ),
    declare=_declare,
    run=_run,
    examples=(Words("bottlenecks pool.xlsx --out bottlenecks.xlsx", "bottlenecks pool.xlsx --out knelpunten.xlsx"),),
    more=Words("No roster is needed.", "Een rooster is niet nodig."),
)
