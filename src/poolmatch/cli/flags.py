"""Arguments that several commands have, each declared once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from poolmatch.cli.parser import Parser
from poolmatch.cli.showing import COORDINATOR
from poolmatch.messages import commands as said
from poolmatch.messages import writing
from poolmatch.vocabulary.closed_words import AUDIENCES
from poolmatch.words import LANGUAGES, Words

PROBLEM = Words(
    "folder of CSV or Parquet files, workbook, or JSON document",
    "map met CSV- of Parquet-bestanden, werkmap, of JSON-document",
)
ROSTER = Words("roster as CSV file or workbook", "rooster als CSV-bestand of werkmap")
ROSTER_NAME = Words("ROSTER", "ROOSTER")
FILE = Words("FILE", "BESTAND")
FOLDER = Words("FOLDER", "MAP")
ID = Words("ID", "WIE")
DAY = Words("YYYY-MM-DD", "D-M-JJJJ")
SEAT = Words("MEETING/SEAT", "BIJEENKOMST/PLAATS")
NUMBER = Words("NUMBER", "GETAL")
ANSWER = Words(
    "write the answer to a file too: .xlsx to print or to send, .txt or .json",
    "schrijf het antwoord ook naar een bestand: .xlsx om af te drukken of te versturen, .txt of .json",
)
_SECONDS = Words("SECONDS", "SECONDEN")
_LANGUAGE = Words("LANGUAGE", "TAAL")


def language(parser: Parser) -> None:
    """Declare the flag of all commands."""
    parser.add(
        "--language",
        choices=tuple(LANGUAGES),
        metavar=_LANGUAGE,
        help=Words(
            "language of what is shown: {known}; default: POOLMATCH_LANGUAGE of the environment, else that of the "
            "workbook, else en",
            "taal van wat er getoond wordt: {known}; standaard: POOLMATCH_LANGUAGE van de omgeving, anders die van de "
            "werkmap, anders en",
            known=", ".join(LANGUAGES),
        ),
    )


def problem(parser: Parser, what: Words = PROBLEM) -> None:
    """Declare the problem, and the flags of all commands that read one; the coordinator reads, unless others may.

    Parameters
    ----------
    parser
        Takes them.
    what
        What problem.
    """
    parser.set_defaults(audience=COORDINATOR)
    parser.add("problem", type=Path, metavar=Words("PROBLEM", "PROBLEEM"), help=what)
    parser.add(
        "--rules",
        type=Path,
        metavar=FILE,
        help=Words(
            "TOML file with what differs from the standard rules",
            "TOML-bestand met wat anders is dan de standaardregels",
        ),
    )
    parser.add(
        "--locale",
        choices=("nl",),
        help=Words(
            "read files of Dutch programs: decimal comma, 29-3-2026, 19.30, ja and nee",
            "lees bestanden van Nederlandse programma's: decimale komma, 29-3-2026, 19.30, ja en nee",
        ),
    )
    parser.add(
        "--decimal",
        choices=(".", ","),
        metavar=Words("SIGN", "TEKEN"),
        help=Words(
            "decimal sign in CSV files, . or , (default .)", "decimaalteken in CSV-bestanden, . of , (standaard .)"
        ),
    )
    parser.add(
        "--encoding",
        default="utf-8",
        metavar=Words("NAME", "NAAM"),
        help=Words("encoding of CSV files (default utf-8)", "codering van CSV-bestanden (standaard utf-8)"),
    )
    parser.add(
        "--verbose",
        action="store_true",
        help=Words("log what is being done", "meld wat er gedaan wordt, in het Engels"),
    )


def roster(parser: Parser, what: Words = ROSTER, name: str = "roster", metavar: Words | None = None) -> None:
    """Declare a roster.

    Parameters
    ----------
    parser
        Takes it.
    what
        What roster.
    name, metavar
        What it is called, and what it is called to people.
    """
    parser.add(name, type=Path, metavar=metavar or ROSTER_NAME, help=what)


def time_limit(parser: Parser, default: float, what: Words, *, own: Words | None = None) -> None:
    """Declare how long searches may take.

    Parameters
    ----------
    parser
        Takes it.
    default
        Seconds.
    what
        What is limited.
    own
        Which questions have a default of their own, and what; the option is None then unless it is given.
    """
    usual = Words("{default:g}", "{default:g}", default=default)
    shown = usual if own is None else Words("{usual}; {own}", "{usual}; {own}", usual=usual, own=own)
    parser.add(
        "--time-limit",
        type=_number,
        default=default if own is None else None,
        metavar=_SECONDS,
        help=Words("{what} (default {shown})", "{what} (standaard {shown})", what=what, shown=shown),
    )


ALL_SEARCHES = Words("for all searches together", "voor alle zoekwerk samen")
AT_MOST = Words("at most this long", "hoogstens zo lang")


def force(parser: Parser) -> None:
    """Declare whether files may be replaced."""
    parser.add(
        "--force",
        action="store_true",
        help=Words(
            "replace files that were changed since they were written, or are another's; they are kept as .bak",
            "vervang bestanden die sindsdien gewijzigd zijn, of van een ander zijn; ze worden bewaard als .bak",
        ),
    )


def seat(parser: Parser, what: Words) -> None:
    """Declare a seat; its value is meeting and seat.

    Parameters
    ----------
    parser
        Takes it.
    what
        What it is for.
    """
    parser.add("--seat", type=_seat, metavar=SEAT, help=what)


def day(parser: Parser, flag: str, what: Words) -> None:
    """Declare a day.

    Parameters
    ----------
    parser
        Takes it.
    flag
        Its flag.
    what
        What it is for.
    """
    parser.add(flag, type=_day, metavar=DAY, help=what)


def ids(parser: Parser, flag: str, what: Words) -> None:
    """Declare ids, for each of which the flag is given once; by default there is none.

    Parameters
    ----------
    parser
        Takes them.
    flag
        Their flag.
    what
        What they are for.
    """
    empty: Sequence[str] = []
    parser.add(flag, metavar=ID, action="append", default=empty, help=what)


def answer(
    parser: Parser, flag: str = "--out", what: Words = ANSWER, type: Callable[[str], object] | None = None
) -> None:
    """Declare a file for what is shown, and whether a file may be replaced.

    Parameters
    ----------
    parser
        Takes them.
    flag, what, type
        The flag of the file, what it is for, and what makes a path of it; by default what any answer can be written as.
    """
    parser.add(flag, dest="answer", type=type or answer_file, metavar=FILE, help=what)
    force(parser)


_AUDIENCES = {name.casefold(): kind for kind, words in AUDIENCES.items() for name in (kind, words.en, words.nl)}
"""Kinds of audience, by what they are called."""


def audience(parser: Parser) -> None:
    """Declare who reads the answer."""
    parser.add(
        "--audience",
        type=_audience,
        default=COORDINATOR,
        metavar=Words("WHO", "LEZER"),
        help=Words(
            "who reads it, and is told no more than they may see: coordinator (default), facilitator:ID, party:ID or "
            "public",
            "wie het leest, en niet meer hoort dan die mag zien: coördinator (standaard), begeleider:WIE, partij:WIE "
            "of iedereen",
        ),
    )


def pool(parser: Parser) -> None:
    """Declare the name of the pool, as calendars have it."""
    parser.add(
        "--pool",
        default="",
        metavar=Words("NAME", "NAAM"),
        help=Words(
            "name of the pool in calendars, which parts its meetings from those of another pool; give it always, or "
            "never",
            "naam van de pool in agenda's, die haar bijeenkomsten scheidt van die van een andere pool; geef hem "
            "altijd, of nooit",
        ),
    )


# --- values ------------------------------------------------------------------------------------------------


def whole(text: str) -> int:
    """Return a whole number; whether it fits is for the library to say."""
    try:
        return int(text)
    except ValueError:
        raise ValueError(said.NOT_WHOLE.fill(given=text)) from None


def _number(text: str) -> float:
    comma = text.count(",") == 1 and "." not in text  # as people write it in Dutch
    try:
        return float(text.replace(",", ".") if comma else text)
    except ValueError:
        raise ValueError(said.NO_NUMBER.fill(given=text)) from None


def _seat(text: str) -> tuple[str, str]:
    """Return meeting and seat; ids may hold strokes, and then the last one parts them."""
    meeting, stroke, seat = text.rpartition("/")
    if not (meeting and stroke and seat):
        raise ValueError(said.NO_SEAT.fill(given=text))
    return meeting, seat


def _day(text: str) -> date:
    """Return a day, written as poolmatch does or as people write it in Dutch."""
    from poolmatch.tables.dutch_time import settled  # here, because help needs none of it
    from poolmatch.tables.schema import Kind

    meant, fault = settled(text, Kind.DAY)
    if fault is not None:
        raise ValueError(said.NO_DAY.fill(given=text))
    return date.fromisoformat(meant)


def answer_file(text: str) -> Path:
    """Return the file of an answer that is to be written."""
    from poolmatch.report.answers import check_ending  # here, because help needs none of it

    path = Path(text)
    check_ending(path)
    return path


def roster_file(text: str) -> Path:
    """Return the file of a roster that is to be written."""
    path = Path(text)
    if path.suffix.lower() not in (".csv", ".xlsx", ".parquet"):
        raise ValueError(writing.OTHER_ENDING.fill(file=path.name))
    return path


def problem_place(text: str) -> Path:
    """Return where a problem is to be written; what ends like a file of another kind would become a folder."""
    path = Path(text)
    ending = path.suffix[1:]
    if ending.isalpha() and ending.lower() not in ("xlsx", "json") and not path.is_dir():
        raise ValueError(said.NO_PLACE.fill(file=path.name))
    return path


def workbook_file(text: str) -> Path:
    """Return the workbook that is to be written."""
    path = Path(text)
    if path.suffix.lower() != ".xlsx":
        raise ValueError(said.NO_WORKBOOK.fill(file=path.name))
    return path


def _audience(text: str) -> tuple[str, str]:
    """Return kind and id of an audience, by what it is called in any language.

    There is an id exactly if somebody of many is meant.
    """
    called, colon, name = text.partition(":")
    kind = _AUDIENCES.get(called.strip().casefold())
    of_many = kind in ("party", "facilitator")
    if kind is None or bool(name) != of_many or bool(colon) != of_many:
        raise ValueError(said.NO_AUDIENCE.fill(given=text))
    return kind, name
