"""``busy``: when people cannot, from their calendars and the holidays, into the problem."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.opening import opened
from poolmatch.cli.parser import Parser
from poolmatch.messages import calendars as said
from poolmatch.words import Words

if TYPE_CHECKING:
    from poolmatch.domain.calendar import Availability
    from poolmatch.domain.problem import Problem

ONCE = Words("{who}: 1 row more", "{who}: 1 regel erbij")
TIMES = Words("{who}: {number} rows more", "{who}: {number} regels erbij")


def _declare(parser: Parser) -> None:
    flags.problem(parser)
    parser.add(
        "calendars",
        type=_of_whom,
        nargs="*",
        metavar=Words("ID=FILE", "WIE=BESTAND"),
        help=Words("whose calendar, and the file (.ics)", "wiens agenda, en het bestand (.ics)"),
    )
    parser.add(
        "--public-holidays",
        action="store_true",
        help=Words("nobody works on public holidays", "niemand werkt op feestdagen"),
    )
    parser.add(
        "--school-holidays",
        action="append",
        type=_region,
        default=[],
        metavar=Words("REGION[:ID]", "REGIO[:WIE]"),
        help=Words(
            "no work in the school holidays of noord, midden or zuid: for everybody, or noord:F01 for one; may be "
            "given again",
            "geen werk in de schoolvakanties van noord, midden of zuid: voor iedereen, of noord:F01 voor één; mag "
            "vaker gegeven worden",
        ),
    )
    parser.add(
        "--out",
        type=flags.problem_place,
        required=True,
        metavar=Words("FILE_OR_FOLDER", "BESTAND_OF_MAP"),
        help=Words(
            "where the problem with these times goes: a workbook (.xlsx), a JSON document (.json), or a folder",
            "waar het probleem met deze tijden komt: een werkmap (.xlsx), een JSON-document (.json), of een map",
        ),
    )
    flags.pool(parser)
    flags.force(parser)


def _run(options: Namespace) -> int:
    from poolmatch import tables
    from poolmatch.report.sections.names import named_words

    if not (options.calendars or options.public_holidays or options.school_holidays):
        raise ValueError(said.NOTHING_BUSY)
    given = opened(options)
    known = set(given.problem.availability)
    rows = list(dict.fromkeys(row for row in _rows(options, given.problem) if row not in known))
    with given.placing():
        made = given.problem.replace(availability=(*given.problem.availability, *rows))
    language = given.readings[0].language if options.out.suffix.lower() == ".xlsx" else None
    tables.write(made, options.out, language=language, force=options.force, source=options.problem)
    found = Counter(row.facilitator for row in rows)
    for who in dict.fromkeys([*(who for who, _ in options.calendars), *found]):
        told = ONCE if found[who] == 1 else TIMES
        print(named_words(given.problem, told.fill(who=who, number=found[who])).say(options.language))
    print(options.out)
    return DONE


def _rows(options: Namespace, problem: Problem) -> list[Availability]:
    from poolmatch import tables

    rows: list[Availability] = []
    for who in dict.fromkeys(who for who, _ in options.calendars):
        files = [file for whose, file in options.calendars if whose == who]
        rows += tables.read_busy(files, who, problem, pool=options.pool)
    if options.public_holidays:
        rows += tables.public_holiday_rows(problem)
    for region, who in options.school_holidays:
        rows += tables.school_holiday_rows(problem, region, [who] if who else None)
    return rows


def _of_whom(text: str) -> tuple[str, Path]:
    who, sign, file = text.partition("=")
    if not (who and sign and file):
        raise ValueError(said.OF_WHOM.fill(given=text))
    return who, Path(file)


def _region(text: str) -> tuple[str, str]:
    region, _, who = text.partition(":")
    return region, who


COMMAND = Command(
    about=Words(
        "when people cannot: from their own calendars (.ics), and the holidays",
        "wanneer mensen niet kunnen: uit hun eigen agenda's (.ics), en de vakanties",
    ),
    declare=_declare,
    run=_run,
    examples=(
        Words(
            "busy pool.xlsx F01=anna.ics F04=bas.ics --out pool-busy.xlsx",
            "busy pool.xlsx F01=anna.ics F04=bas.ics --out pool-bezet.xlsx",
        ),
        Words(
            "busy pool.xlsx --public-holidays --school-holidays noord:F01 --out pool-busy.xlsx",
            "busy pool.xlsx --public-holidays --school-holidays noord:F01 --out pool-bezet.xlsx",
        ),
    ),
    more=Words(
        "Only times are taken over, never what somebody does. Begin each time from the problem without them, so that\n"
        "what has gone from a calendar goes from the problem too.",
        "Alleen tijden worden overgenomen, nooit wat iemand doet. Begin elke keer met het probleem zonder deze\n"
        "tijden, zodat wat uit een agenda verdwenen is, ook uit het probleem verdwijnt.",
    ),
)
