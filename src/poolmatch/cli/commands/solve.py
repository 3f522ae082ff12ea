"""``solve``: make a roster."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from poolmatch.cli import flags, progress
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.words import Words


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    parser.add(
        "--out",
        type=Path,
        default=Path("roster"),
        metavar=flags.FOLDER,
        help=Words("folder for the results (default: roster)", "map voor de uitkomst (standaard: roster)"),
    )
    flags.time_limit(parser, 60.0, flags.AT_MOST)
    parser.add(
        "--seed",
        type=flags.whole,
        default=0,
        metavar=flags.NUMBER,
        help=Words(
            "seed of the lottery between equal rosters (default 0)",
            "getal voor de loting tussen gelijke roosters (standaard 0)",
        ),
    )
    flags.force(parser)
    progress.flag(parser)


def _run(options: Namespace) -> int:
    from poolmatch import report
    from poolmatch.solving.solve import solve

    given = opened(options)
    report.check_target(options.out, force=options.force)
    limits = {"time_limit": options.time_limit, "seed": options.seed}
    with given.placing(), progress.shown(options) as tell:
        result = solve(given.problem, given.rules, **limits, on_progress=progress.improved(tell))
    result = replace(result, report=given.located(result.report))
    try:  # what came to stand there while it was solved is no reason to lose the roster: it is kept as .bak
        written = report.write_result(result, options.out, options.language, force=True)
    finally:
        print(report.summary(result, options.language))
    print("\n" + "\n".join(str(path) for path in written))
    return DONE


COMMAND = Command(
    about=Words("make a roster", "maak een rooster"),
    declare=_declare,
    run=_run,
    examples=("solve pool.xlsx --out roster",),
    more=Words(
        "Ctrl-C ends the search; the best roster so far is kept.",
        "Ctrl-C stopt het zoeken; het beste rooster tot dan toe blijft bewaard.",
    ),
)
