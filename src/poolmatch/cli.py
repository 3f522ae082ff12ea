"""The command line: ``python -m poolmatch solve|check|compare|template``. Thin: everything it does the library does.

Exit codes: 0 done, 1 a checked roster is illegal, 2 bad input or no place to write (the problems are listed on stderr,
nothing is written).
"""

from __future__ import annotations

import argparse
import gc
import logging
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poolmatch.errors import PoolmatchError, ProblemError, words_of
from poolmatch.words import LANGUAGES, Language, untranslated

if TYPE_CHECKING:
    from poolmatch.checking import Report
    from poolmatch.ruleset import RuleSet

DONE, ILLEGAL, BAD_INPUT = 0, 1, 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="poolmatch", description="Rosters a shared pool of facilitators, neutrally and with proof."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    shown = argparse.ArgumentParser(add_help=False)
    shown.add_argument(
        "--language", choices=tuple(LANGUAGES), default="en", help="language of what is shown (default en)"
    )
    common = argparse.ArgumentParser(add_help=False, parents=[shown])
    common.add_argument("--rules", type=Path, help="TOML file with what differs from the standard rules")
    common.add_argument(
        "--locale",
        choices=("nl",),
        help="read files of Dutch programs: decimal comma, 29-3-2026, 19.30, ja and nee",
    )
    common.add_argument(
        "--decimal", choices=(".", ","), metavar="SIGN", help="decimal sign in CSV files, . or , (default .)"
    )
    common.add_argument("--encoding", default="utf-8", help="encoding of CSV files (default utf-8)")
    common.add_argument("--verbose", action="store_true", help="log what is being done")

    force = "replace files that were changed since they were written, or are another's; they are kept as .bak"
    solve = commands.add_parser("solve", parents=[common], help="make a roster")
    solve.add_argument("problem", type=Path, help="folder of CSV or Parquet files, workbook, or JSON document")
    solve.add_argument("--out", type=Path, default=Path("roster"), help="folder for the results (default: roster)")
    solve.add_argument(
        "--time-limit", type=float, default=60.0, metavar="SECONDS", help="at most this long (default 60)"
    )
    solve.add_argument("--seed", type=int, default=0, help="seed of the lottery between equal rosters (default 0)")
    solve.add_argument("--force", action="store_true", help=force)
    solve.add_argument("--progress", action="store_true", help="show how far it is")

    check = commands.add_parser("check", parents=[common], help="check a roster, also one edited by hand")
    check.add_argument("problem", type=Path, help="folder of CSV or Parquet files, workbook, or JSON document")
    check.add_argument("roster", type=Path, help="roster as CSV file or workbook")

    compare = commands.add_parser("compare", parents=[common], help="what a second roster has otherwise than a first")
    compare.add_argument("problem", type=Path, help="folder of CSV or Parquet files, workbook, or JSON document")
    compare.add_argument("first", type=Path, help="roster as CSV file or workbook, such as the one people were told")
    compare.add_argument("second", type=Path, help="roster as CSV file or workbook")

    template = commands.add_parser("template", parents=[shown], help="write an empty workbook to fill in")
    template.add_argument("out", type=Path, help="the .xlsx file to write")
    template.add_argument("--force", action="store_true", help=force)
    return parser


def _solve(options: argparse.Namespace) -> int:
    from poolmatch import report, tables
    from poolmatch.solving.solve import solve

    reading = tables.reading_of(options.problem, **_reading(options))
    problem = reading.problem()
    report.check_target(options.out, force=options.force)
    with reading.placing():
        result = solve(
            problem, _rules(options), time_limit=options.time_limit, seed=options.seed, display=options.progress
        )
    try:  # what came to stand there while it was solved is no reason to lose the roster: it is kept as .bak
        written = report.write_result(result, options.out, options.language, force=True)
    finally:
        print(report.summary(result, options.language))
    print("\n" + "\n".join(str(path) for path in written))
    return DONE


def _check(options: argparse.Namespace) -> int:
    from poolmatch import report

    (found,) = _checked(options, options.roster)
    print(report.verdict(found, options.language))
    return DONE if found.legal else ILLEGAL


def _compare(options: argparse.Namespace) -> int:
    from poolmatch import report
    from poolmatch.explain import compare

    print(report.changes(compare(*_checked(options, options.first, options.second)), options.language))
    return DONE


def _checked(options: argparse.Namespace, *rosters: Path) -> list[Report]:
    """Return what the rules say of some rosters of the problem."""
    from poolmatch import tables
    from poolmatch.checking import check

    reading = tables.reading_of(options.problem, **_reading(options))
    problem, rules, found = reading.problem(), _rules(options), []
    for path in rosters:
        of_roster = tables.roster_reading_of(path, **_reading(options))
        roster = tables.roster_of(of_roster, problem)
        with reading.placing(), of_roster.placing():
            found.append(check(problem, roster, rules))
    return found


def _template(options: argparse.Namespace) -> int:
    from poolmatch import tables

    tables.write_template(options.out, force=options.force)
    print(options.out)
    return DONE


def _reading(options: argparse.Namespace) -> dict[str, Any]:
    return {"decimal": options.decimal, "encoding": options.encoding, "locale": options.locale}


_ARGUMENT = re.compile(r'\b(locale|encoding|decimal)="([^"]*)"|\b(force)=True\b|^(time_limit|seed)\b')


def in_flags(text: str) -> str:
    """Return a message of the library with its arguments as they are called on the command line.

    Parameters
    ----------
    text
        A remedy or message, such as ``read it with locale="nl"``.
    """

    def flag(found: re.Match[str]) -> str:
        name, value, switch, first = found.groups()
        return f"--{name} {value}" if name else f"--{(switch or first).replace('_', '-')}"

    return _ARGUMENT.sub(flag, text)


def _rules(options: argparse.Namespace) -> RuleSet:
    from poolmatch.ruleset import STANDARD_RULES, RuleSet

    return STANDARD_RULES if options.rules is None else RuleSet.from_file(options.rules)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    arguments
        Words after the program's name; None takes those of this process.
    """
    if arguments is None:
        gc.freeze()  # the process is this command's: what is imported stays, and is not looked through for garbage
    options = _parser().parse_args(arguments)
    language: Language = options.language
    if getattr(options, "verbose", False):
        logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        commands = {"solve": _solve, "check": _check, "compare": _compare, "template": _template}
        return commands[options.command](options)
    except ProblemError as error:
        from poolmatch.report import problems

        said = [untranslated(in_flags(issue.remedy_words.say(language))) for issue in error.issues]
        issues = [issue.with_remedy(remedy) for issue, remedy in zip(error.issues, said, strict=True)]
        print(problems(issues, language), file=sys.stderr)
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stdout = None
        return DONE
    except (PoolmatchError, ValueError, OSError) as error:
        print(in_flags(words_of(error).say(language)), file=sys.stderr)
    return BAD_INPUT
