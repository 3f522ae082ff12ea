"""``explain``: why a seat is empty or not somebody's, and what would help."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from poolmatch.cli import flags, progress
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.cli.showing import show
from poolmatch.messages import commands as said
from poolmatch.words import Words, joined, pattern

if TYPE_CHECKING:
    from poolmatch.checking import Report
    from poolmatch.explain import Remedies
    from poolmatch.views import View

THEM = Words("{who} in seat {seat} of {meeting}", "{who} op plaats {seat} van {meeting}")
THEIRS = Words("What {who} has to do", "Wat {who} te doen heeft")
WISHES = Words("What {who} wishes", "Wat {who} wenst")
NO_WISHES = Words("{who} has no wishes on record.", "Van {who} zijn geen wensen bekend.")
EMPTY = Words("Required seats that are empty: {count}", "Verplichte plaatsen die leeg zijn: {count}")
EXPLAINED = Words("Explained before the search was ended: {count}", "Verklaard voordat het zoeken stopte: {count}")
HELP = Words("What would help, the cheapest first:", "Wat zou helpen, het lichtste eerst:")
REMEDIES = Words("what would help: {done} of {total}", "wat zou helpen: {done} van {total}")
SEAT = pattern("{meeting}, {seat}")
EVERYTHING, A_SEAT, THEM_THERE = 30.0, 10.0, 2.0
"""Seconds that searches may take by default: of all there is to explain, of one seat, and of somebody in a seat."""
MOST_REMEDIES = 3
"""So many ways to fill a seat are told, as on the page."""


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
            "waarom niet deze begeleider op de plaats; zonder plaats, waarom die dit werk heeft",
        ),
    )
    parser.add(
        "--wish",
        action="store_true",
        help=Words(
            "why what they wish for was or was not granted, and what would have done it",
            "waarom wat zij wensen wel of niet vervuld is, en waarmee het wel was gelukt",
        ),
    )
    flags.time_limit(
        parser,
        EVERYTHING,
        flags.ALL_SEARCHES,
        own=Words(
            "{seat:g} for one seat, {them:g} for them in it",
            "{seat:g} voor één plaats, {them:g} voor deze begeleider daar",
            seat=A_SEAT,
            them=THEM_THERE,
        ),
    )
    progress.flag(parser)
    flags.audience(parser)
    flags.answer(parser)


def _run(options: Namespace) -> int:
    from poolmatch.explain import why_not, why_these
    from poolmatch.report.sections.of_answers import content_of_answers
    from poolmatch.views import View

    if options.wish and (options.seat or not options.facilitator):
        raise ValueError(said.WHOSE_WISH)
    given = opened(options, options.roster)
    (report,) = given.reports()
    view = View(report.plan, given.audience)
    who = options.facilitator
    if options.time_limit is None:
        options.time_limit = EVERYTHING if options.seat is None else A_SEAT if who is None else THEM_THERE
    if who is None:
        _empty(options, report, view)
    elif options.wish:
        _wishes(options, report, view)
    elif options.seat is None:
        theirs = why_these(report, who, time_limit=options.time_limit)
        show(options, report.problem, content_of_answers(THEIRS.fill(who=who), theirs.said_to(view)), theirs.to_dict())
    else:
        meeting, seat = options.seat
        answer = why_not(report, meeting, seat, who, time_limit=options.time_limit)
        about = THEM.fill(who=who, seat=seat, meeting=meeting)
        show(options, report.problem, content_of_answers(about, answer.said_to(view)), answer.to_dict())
    return DONE


def _empty(options: Namespace, report: Report, view: View) -> None:
    """Tell why one seat is empty, or each that is, and what would fill it."""
    from poolmatch.explain import remedies, why_empty, why_empty_all
    from poolmatch.explain.answer import NOT_THEIRS
    from poolmatch.report.sections.of_answers import content_of_answers
    from poolmatch.solving.running.budget import Budget

    budget = Budget(options.time_limit)
    with progress.shown(options) as tell, progress.interruptible() as stop:
        if options.seat is None:
            found = why_empty_all(report, time_limit=budget.left / 2, stop=stop, on_progress=progress.counted(tell))
        else:
            found = (why_empty(report, *options.seat, time_limit=budget.left / 2),)
        helped: list[Remedies | None] = [None] * len(found)
        for place, item in enumerate(found):
            if item.holder is None and not stop.is_set():
                tell(REMEDIES.fill(done=place, total=len(found)))
                share = max(0.0, budget.left) / (len(found) - place)  # what one leaves over passes on
                helped[place] = remedies(report, item.meeting, item.seat, most=MOST_REMEDIES, time_limit=share)
    parts, seats = list[tuple[Words, tuple[Words, ...]]](), list[object]()
    for item, remedy in zip(found, helped, strict=True):
        told = tuple(dict.fromkeys((*item.said_to(view), *(() if remedy is None else _helping(remedy, view)))))
        if told != (NOT_THEIRS,) or options.seat is not None:  # nor may they learn then that there is such a seat
            parts.append((SEAT.fill(meeting=item.meeting, seat=item.seat), told))
        seats.append(item.to_dict() | {"remedies": remedy and remedy.to_dict()})
    if options.seat is None:
        required = (seat for seat in report.problem.all_seats if seat.required)
        count = sum(report.roster.holder(seat.meeting, seat.seat) is None for seat in required)
        left = [EXPLAINED.fill(count=len(found))] if len(found) < count else []
        hidden = [NOT_THEIRS] if len(parts) < len(found) else []
        content = content_of_answers(EMPTY.fill(count=count), [*left, *hidden], parts)
    else:
        content = content_of_answers(*parts[0])
    show(options, report.problem, content, {"seats": seats})


def _wishes(options: Namespace, report: Report, view: View) -> None:
    """Tell of each wish of somebody whether it was granted, and why not."""
    from poolmatch.explain import why_not_wish, wishes_of
    from poolmatch.report.sections.of_answers import content_of_answers

    who, wishes = options.facilitator, wishes_of(report.problem, options.facilitator)
    found = []
    with progress.shown(options) as tell, progress.interruptible() as stop:
        for number, wish in enumerate(wishes):
            if stop.is_set():
                break
            tell(progress.DONE_OF.fill(done=number, total=len(wishes)))
            found.append(why_not_wish(report, who, wish, time_limit=options.time_limit / len(wishes)))
    told = [words for item in found for words in item.said_to(view)]
    if not wishes and view.facilitator(who):
        told = [NO_WISHES.fill(who=who)]
    content = content_of_answers(WISHES.fill(who=who), dict.fromkeys(told))
    show(options, report.problem, content, {"wishes": [item.to_dict() for item in found]})


def _helping(found: Remedies, view: View) -> Iterator[Words]:
    """Yield what would help: for the coordinator one paragraph for each remedy."""
    if not (view.whole and found.remedies):
        yield from found.said_to(view)
        return
    yield HELP
    for number, item in enumerate(found.remedies, 1):
        yield pattern("{number}. {told}", number=number, told=joined(" ", item.words))


COMMAND = Command(
    about=Words(
        "why a seat is empty or not somebody's, and what would help",
        "waarom een plaats leeg is of niet van iemand, en wat zou helpen",
    ),
    declare=_declare,
    run=_run,
    examples=(
        Words(
            "explain pool.xlsx roster/roster.csv --out empty.xlsx",
            "explain pool.xlsx rooster/roster.xlsx --out lege-plaatsen.xlsx",
        ),
        Words(
            "explain pool.xlsx roster/roster.csv --seat M30/lead --facilitator F02",
            "explain pool.xlsx rooster/roster.xlsx --seat M30/leider --facilitator F02",
        ),
        Words(
            "explain pool.xlsx roster/roster.csv --facilitator F02 --wish --audience facilitator:F02",
            "explain pool.xlsx rooster/roster.xlsx --facilitator F02 --wish --audience begeleider:F02",
        ),
    ),
    more=Words(
        "Ctrl-C ends the search; what is explained by then is told.",
        "Ctrl-C stopt het zoeken; wat dan verklaard is, wordt verteld.",
    ),
)
