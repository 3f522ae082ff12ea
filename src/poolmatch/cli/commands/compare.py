"""``compare``: what one roster has otherwise than another."""

from __future__ import annotations

from argparse import Namespace

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.cli.showing import show
from poolmatch.words import Words

ABOUT = Words("What changes", "Wat er verandert")
FIRST = Words(
    "roster as CSV file or workbook, such as the one people were told",
    "rooster als CSV-bestand of werkmap, zoals het rooster dat mensen is verteld",
)


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    flags.roster(parser, FIRST, "first", Words("FIRST", "EERSTE"))
    flags.roster(parser, flags.ROSTER, "second", Words("SECOND", "TWEEDE"))
    flags.audience(parser)
    flags.answer(parser)


def _run(options: Namespace) -> int:
    from poolmatch.explain import compare
    from poolmatch.report.sections.of_answers import content_of_answers
    from poolmatch.report.sections.of_comparison import content_of_comparison
    from poolmatch.views import View

    given = opened(options, options.first, options.second)
    first, second = given.reports()
    found, view = compare(first, second), View(second.plan, given.audience)
    if view.whole:
        show(options, given.problem, content_of_comparison(found), found.to_dict())
    else:
        show(options, given.problem, content_of_answers(ABOUT, found.said_to(view)))
    return DONE


COMMAND = Command(
    about=Words(
        "what a second roster has otherwise than a first", "wat een tweede rooster anders heeft dan een eerste"
    ),
    declare=_declare,
    run=_run,
    examples=(
        Words(
            "compare pool.xlsx roster/roster.csv other.csv --out changes.xlsx",
            "compare pool.xlsx rooster/roster.xlsx ander.xlsx --out verschillen.xlsx",
        ),
    ),
)
