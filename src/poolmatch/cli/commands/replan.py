"""``replan``: a roster after something has happened, which keeps to what people were told."""

from __future__ import annotations

import dataclasses
from argparse import Namespace
from typing import TYPE_CHECKING

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.cli.showing import show
from poolmatch.messages import commands as said
from poolmatch.words import Words, pattern

if TYPE_CHECKING:
    from poolmatch.cli.opening import Opened
    from poolmatch.domain.problem import Problem

ABOUT = Words("The roster after what has happened", "Het rooster na wat er gebeurd is")


def _declare(parser: Parser) -> None:
    flags.problem(
        parser,
        Words(
            "folder of CSV or Parquet files, workbook, or JSON document, as it is now",
            "map met CSV- of Parquet-bestanden, werkmap, of JSON-document, zoals het nu is",
        ),
    )
    flags.roster(
        parser,
        Words(
            "roster as CSV file or workbook: the one that people were told",
            "rooster als CSV-bestand of werkmap: dat wat mensen is verteld",
        ),
    )
    parser.add(
        "--out",
        type=flags.roster_file,
        metavar=flags.FILE,
        help=Words("file for the new roster, .csv or .xlsx", "bestand voor het nieuwe rooster, .csv of .xlsx"),
    )
    flags.day(
        parser,
        "--today",
        Words("what began before this day stays as it was", "wat voor deze dag begon, blijft zoals het was"),
    )
    flags.ids(parser, "--ill", Words("who falls out; may be given again", "wie uitvalt; mag vaker gegeven worden"))
    flags.day(
        parser,
        "--from",
        Words(
            "first day on which they are out (default: today, else the first of the period)",
            "eerste dag waarop zij weg zijn (standaard: vandaag, anders de eerste van de periode)",
        ),
    )
    flags.day(
        parser,
        "--until",
        Words(
            "last day on which they are out (default: the last of the period)",
            "laatste dag waarop zij weg zijn (standaard: de laatste van de periode)",
        ),
    )
    flags.time_limit(parser, 10.0, flags.AT_MOST)
    flags.audience(parser)
    flags.answer(
        parser,
        "--changes",
        Words(
            "write what changes and whom to tell to a file too: .xlsx, .txt or .json",
            "schrijf wat verandert en wie wat moet horen ook naar een bestand: .xlsx, .txt of .json",
        ),
    )


def _run(options: Namespace) -> int:
    from poolmatch import report
    from poolmatch.edits import PersonOut
    from poolmatch.explain import replan
    from poolmatch.report.sections.of_answers import content_of_answers
    from poolmatch.views import COORDINATOR, View

    days = vars(options)["from"], options.until
    if any(days) and not options.ill:
        raise ValueError(said.DAYS_OF_NOBODY)
    given = opened(options, options.roster)
    if options.out is not None and given.audience != COORDINATOR:
        raise ValueError(said.ROSTER_IS_COORDINATORS)
    out = [PersonOut(name, *days) for name in options.ill]
    with given.placing():
        found = replan(given.problem, given.roster, options.today, out, given.rules, options.time_limit)
    view = View(found.report.plan, given.audience)
    notices = [(pattern("{who}", who=notice.facilitator), notice.words) for notice in found.notices if view.whole]
    try:
        if options.out is not None:
            written = given.located(dataclasses.replace(found.report, problem=given.called(found.problem)))
            report.write_judged(written, options.out, options.language, force=options.force)
    finally:
        show(options, found.problem, content_of_answers(ABOUT, found.said_to(view), notices), found.to_dict())
    if options.out is not None:
        print(f"\n{options.out}")
        _tell_what_to_write_down(options, given, found.problem)
    return DONE


def _tell_what_to_write_down(options: Namespace, given: Opened, now: Problem) -> None:
    """Tell which rows of the problem are otherwise by what has happened: the file itself stays as it was."""
    from poolmatch.report.sections.names import named_words
    from poolmatch.tables.naming import title_of
    from poolmatch.vocabulary.closed_words import words_of_column

    language = given.readings[0].language
    kinds = words_of_column("availability", "kind")
    rows = [
        said.ROW_MORE.fill(
            table=title_of("availability", language),
            cells=pattern(
                "{who}, {start}, {end}, {kind}", who=row.facilitator, start=row.start, end=row.end, kind=kinds[row.kind]
            ),
        )
        for row in now.availability
        if row not in given.problem.availability
    ]
    rows += [
        said.PIN_LESS.fill(table=title_of("pins", language), seat=row.seat, meeting=row.meeting)
        for row in given.problem.pins
        if row not in now.pins
    ]
    if rows:
        print(f"\n{said.WRITE_DOWN.fill(file=str(options.problem)).say(options.language)}")
        for words in rows:
            print(f"  {named_words(now, words).say(options.language)}")


COMMAND = Command(
    about=Words(
        "after something has happened: a roster that keeps to what people were told",
        "nadat er iets gebeurd is: een rooster dat blijft bij wat mensen is verteld",
    ),
    declare=_declare,
    run=_run,
    examples=(
        Words(
            "replan pool.xlsx roster/roster.csv --ill F04 --out new.csv",
            "replan pool.xlsx rooster/roster.xlsx --ill F04 --out nieuw.xlsx",
        ),
        Words(
            "replan pool.xlsx roster/roster.csv --ill F04 --from 2026-03-09 --until 2026-03-13 --changes changes.xlsx",
            "replan pool.xlsx rooster/roster.xlsx --ill F04 --from 9-3-2026 --until 13-3-2026 --changes anders.xlsx",
        ),
        Words(
            "replan pool-as-it-is-now.xlsx roster/roster.csv --today 2026-03-12 --out new.xlsx",
            "replan pool-zoals-nu.xlsx rooster/roster.xlsx --today 12-3-2026 --out nieuw.xlsx",
        ),
    ),
    more=Words(
        "A late tie, and a meeting that is moved, added or cancelled: change it in the problem, and replan.\n"
        "Ctrl-C ends the search; the best roster so far is kept.",
        "Een band die later blijkt, en een bijeenkomst die verschuift, erbij komt of vervalt: wijzig het in het "
        "probleem,\nen plan opnieuw. Ctrl-C stopt het zoeken; het beste rooster tot dan toe blijft bewaard.",
    ),
)
