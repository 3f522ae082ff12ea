"""``solve``: make a roster."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from poolmatch.cli import flags, progress
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.errors import Issue, ProblemError
from poolmatch.words import Words

if TYPE_CHECKING:
    from poolmatch.cli.opening import Opened
    from poolmatch.domain.problem import Problem


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    parser.add(
        "--out",
        type=Path,
        default=Path("roster"),
        metavar=flags.FOLDER,
        help=Words("folder for the results (default: roster)", "map voor de uitkomst (standaard: roster)"),
    )
    parser.add(
        "--from",
        dest="start",
        type=Path,
        metavar=flags.FILE,
        help=Words(
            "roster to start from, such as one that was edited by hand; seats that it says are pinned stay as they are",
            "rooster om van uit te gaan, zoals een dat met de hand is bewerkt; wat daarin vast staat, blijft zo",
        ),
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
    from poolmatch.domain.roster_pins import pinned
    from poolmatch.solving.solve import solve

    given = opened(options, *([] if options.start is None else [options.start]))
    report.check_target(options.out, force=options.force)
    limits = {"time_limit": options.time_limit, "seed": options.seed}
    start = given.rosters[0] if given.rosters else None
    with given.placing(), progress.shown(options) as tell:
        problem = given.problem if start is None else pinned(given.problem, start)
        placed = partial(_placed, given, problem)
        problem = given.called(problem.with_warnings(placed(problem.warnings)))
        how = limits | {"initial_roster": start}
        try:
            result = solve(problem, given.rules, **how, on_progress=progress.improved(tell))
        except ProblemError as error:
            raise ProblemError(placed(error.issues), error.language, error.workbook) from None
    result = replace(result, report=given.located(result.report.with_warnings(placed(result.report.warnings))))
    try:  # what came to stand there while it was solved is no reason to lose the roster: it is kept as .bak
        written = report.write_result(result, options.out, options.language, force=True)
    finally:
        print(report.summary(result, options.language))
    print("\n" + "\n".join(str(path) for path in written))
    return DONE


def _placed(given: Opened, problem: Problem, issues: Iterable[Issue]) -> list[Issue]:
    """Return issues with pins that come from the roster at its rows."""
    from poolmatch.tables.roster_marks import at_marks

    return list(at_marks(issues, problem, given.problem, given.readings[-1]) if given.rosters else issues)


COMMAND = Command(
    about=Words("make a roster", "maak een rooster"),
    declare=_declare,
    run=_run,
    examples=(
        Words("solve pool.xlsx --out roster", "solve pool.xlsx --out rooster"),
        Words(
            "solve pool.xlsx --from roster/roster.xlsx --out next",
            "solve pool.xlsx --from rooster/roster.xlsx --out rooster-2",
        ),
    ),
    more=Words(
        "Ctrl-C ends the search; the best roster so far is kept.",
        "Ctrl-C stopt het zoeken; het beste rooster tot dan toe blijft bewaard.",
    ),
)
