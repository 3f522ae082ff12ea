"""``resilience``: what becomes of a roster when people fall out, or a party comes late."""

from __future__ import annotations

import signal
from argparse import Namespace
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from multiprocessing import get_context

from poolmatch.cli import flags, progress
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.cli.showing import show
from poolmatch.words import Words

ABOUT = Words(
    "What becomes of the roster when people fall out or a party comes late; what loses most comes first",
    "Wat er van het rooster wordt als mensen uitvallen of een partij later aansluit; wat het meeste kost staat voorop",
)


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    flags.roster(parser)
    parser.add(
        "--pairs",
        type=flags.whole,
        default=100,
        metavar=flags.NUMBER,
        help=Words(
            "so many pairs of people falling out at once (default 100)",
            "zoveel paren van mensen die tegelijk uitvallen (standaard 100)",
        ),
    )
    flags.time_limit(parser, 1.5, Words("for each mishap", "voor elke tegenslag"))
    parser.add(
        "--workers",
        type=flags.whole,
        default=1,
        metavar=flags.NUMBER,
        help=Words("processes that search at once (default 1)", "processen die tegelijk zoeken (standaard 1)"),
    )
    progress.flag(parser)
    flags.answer(parser)


def _run(options: Namespace) -> int:
    from poolmatch.explain import resilience
    from poolmatch.report.sections.of_answers import content_of_answers

    given = opened(options, options.roster)
    about = given.problem, given.roster, given.rules
    how = {"pairs": options.pairs, "time_limit": options.time_limit}
    with (
        given.placing(),
        _executor(options) as executor,
        progress.shown(options) as tell,
        progress.interruptible() as stop,
    ):
        found = resilience(*about, **how, executor=executor, stop=stop, on_progress=progress.counted(tell))
    show(options, given.problem, content_of_answers(ABOUT, found.words), found.to_dict())
    return DONE


def _executor(options: Namespace) -> AbstractContextManager[Executor | None]:
    if options.workers <= 1:
        return nullcontext()
    # Ctrl-C reaches workers too: they end without a word, and what they had is not asked for any more.
    quiet = signal.signal, (signal.SIGINT, signal.SIG_DFL)
    return ProcessPoolExecutor(options.workers, get_context("spawn"), *quiet)


COMMAND = Command(
    about=Words(
        "what becomes of a roster when people fall out, or a party comes late",
        "wat er van een rooster wordt als mensen uitvallen, of een partij later aansluit",
    ),
    declare=_declare,
    run=_run,
    examples=(
        Words(
            "resilience pool.xlsx roster/roster.csv --out resilience.xlsx",
            "resilience pool.xlsx rooster/roster.xlsx --out uitval.xlsx",
        ),
    ),
    more=Words(
        "Ctrl-C ends the search; what was looked at by then is told.",
        "Ctrl-C stopt het zoeken; wat dan bekeken is, wordt verteld.",
    ),
)
