"""``substitute``: who can step in, and what it costs."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.cli.showing import show
from poolmatch.messages import commands as said
from poolmatch.words import Words

if TYPE_CHECKING:
    from poolmatch.checking import Report
    from poolmatch.explain import Substitutes

SEAT = Words("Who can take seat {seat} of {meeting}", "Wie plaats {seat} van {meeting} kan overnemen")
DAY = Words("Who can step in for {who} on {day}", "Wie op {day} voor {who} kan invallen")


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    flags.roster(parser)
    flags.seat(parser, Words("a seat; of a duty DUTY/KIND", "een plaats; van een taak TAAK/SOORT"))
    who = Words("who falls out on the day", "wie er die dag uitvalt")
    parser.add("--facilitator", metavar=flags.ID, help=who)
    flags.day(parser, "--day", Words("the day on which they fall out", "de dag waarop die uitvalt"))
    parser.add(
        "--take",
        metavar=flags.ID,
        help=Words(
            "take this substitute for the seat: FILE is the new roster then, .csv or .xlsx",
            "neem deze invaller voor de plaats: BESTAND is dan het nieuwe rooster, .csv of .xlsx",
        ),
    )
    flags.time_limit(parser, 2.0, flags.ALL_SEARCHES)
    flags.audience(parser)
    flags.answer(parser, type=Path)


def _run(options: Namespace) -> int:
    from poolmatch.explain import substitutes, substitutes_for
    from poolmatch.report.sections.of_answers import content_of_answers
    from poolmatch.views import View

    if bool(options.seat) == bool(options.facilitator and options.day):
        raise ValueError(said.SEAT_OR_PERSON)
    if options.take and not (options.seat and options.answer):
        raise ValueError(said.TAKE_WHAT)
    if options.answer:
        (flags.roster_file if options.take else flags.answer_file)(options.answer)
    given = opened(options, options.roster)
    (report,) = given.reports()
    view = View(report.plan, given.audience)
    if options.take and not view.whole:
        raise ValueError(said.ROSTER_IS_COORDINATORS)
    if options.seat:
        meeting, seat = options.seat
        found = substitutes(report, meeting, seat, time_limit=options.time_limit)
        if options.take:
            return _take(options, report, found)
        show(
            options,
            report.problem,
            content_of_answers(SEAT.fill(meeting=meeting, seat=seat), found.said_to(view)),
            found.to_dict(),
        )
    else:
        absence = substitutes_for(report, options.facilitator, options.day, time_limit=options.time_limit)
        about = DAY.fill(who=options.facilitator, day=options.day)
        show(options, report.problem, content_of_answers(about, absence.said_to(view)), absence.to_dict())
    return DONE


def _take(options: Namespace, report: Report, found: Substitutes) -> int:
    """Write the roster in which somebody has the seat, and tell what that changes."""
    from poolmatch.checking import check
    from poolmatch.explain import compare
    from poolmatch.report import told, write_judged
    from poolmatch.report.sections.names import named_content
    from poolmatch.report.sections.of_comparison import content_of_comparison

    taken = next((item for item in found.ranked if item.facilitator == options.take), None)
    if taken is None:
        report.problem.facilitator(options.take)  # which says so where there is no such person
        raise ValueError(said.NO_SUBSTITUTE.fill(who=options.take, seat=found.seat, meeting=found.meeting))
    after = check(report.problem, taken.stepped_in(report.roster), report.rules)
    try:
        write_judged(after, options.answer, options.language, force=options.force)
    finally:
        content = content_of_comparison(compare(report, after))
        print(told(named_content(report.problem, content), options.language))
    print(f"\n{options.answer}")
    return DONE


COMMAND = Command(
    about=Words("who can step in, and what it costs", "wie kan invallen, en wat dat kost"),
    declare=_declare,
    run=_run,
    examples=(
        Words(
            "substitute pool.xlsx roster/roster.csv --seat M14/lead",
            "substitute pool.xlsx rooster/roster.xlsx --seat M14/leider",
        ),
        Words(
            "substitute pool.xlsx roster/roster.csv --seat M14/lead --take F07 --out new.xlsx",
            "substitute pool.xlsx rooster/roster.xlsx --seat M14/leider --take F07 --out nieuw.xlsx",
        ),
        Words(
            "substitute pool.xlsx roster/roster.csv --facilitator F04 --day 2026-03-05",
            "substitute pool.xlsx rooster/roster.xlsx --facilitator F04 --day 5-3-2026",
        ),
    ),
)
