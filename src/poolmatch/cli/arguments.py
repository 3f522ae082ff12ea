"""The words of the command line: commands, arguments and flags, with their help."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from poolmatch.words import LANGUAGES

PROBLEM = "folder of CSV or Parquet files, workbook, or JSON document"
ROSTER = "roster as CSV file or workbook"
SEAT = "a seat, as MEETING/SEAT; of a duty DUTY/KIND"
FORCE = "replace files that were changed since they were written, or are another's; they are kept as .bak"


def parser() -> argparse.ArgumentParser:
    """Return what reads the words of a command."""
    whole = argparse.ArgumentParser(
        prog="poolmatch", description="Rosters a shared pool of facilitators, neutrally and with proof."
    )
    commands = whole.add_subparsers(dest="command", required=True)
    shown = argparse.ArgumentParser(add_help=False)
    shown.add_argument(
        "--language", choices=tuple(LANGUAGES), default="en", help="language of what is shown (default en)"
    )
    common = _common(shown)

    solve = commands.add_parser("solve", parents=[common], help="make a roster")
    solve.add_argument("problem", type=Path, help=PROBLEM)
    solve.add_argument("--out", type=Path, default=Path("roster"), help="folder for the results (default: roster)")
    _limited(solve, 60, "at most this long")
    solve.add_argument("--seed", type=int, default=0, help="seed of the lottery between equal rosters (default 0)")
    solve.add_argument("--force", action="store_true", help=FORCE)
    solve.add_argument("--progress", action="store_true", help="show how far it is")

    check = commands.add_parser("check", parents=[common], help="check a roster, also one edited by hand")
    check.add_argument("problem", type=Path, help=PROBLEM)
    check.add_argument("roster", type=Path, help=ROSTER)

    compare = commands.add_parser("compare", parents=[common], help="what a second roster has otherwise than a first")
    compare.add_argument("problem", type=Path, help=PROBLEM)
    compare.add_argument("first", type=Path, help=f"{ROSTER}, such as the one people were told")
    compare.add_argument("second", type=Path, help=ROSTER)

    _about_a_roster(commands, common)

    template = commands.add_parser("template", parents=[shown], help="write an empty workbook to fill in")
    template.add_argument("out", type=Path, help="the .xlsx file to write")
    template.add_argument("--force", action="store_true", help=FORCE)
    return whole


def _common(shown: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Return the flags of all commands that read a problem."""
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
    return common


def _about_a_roster(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands that answer questions about a roster, or mend one."""
    explain = commands.add_parser(
        "explain", parents=[common], help="why a seat is empty or not somebody's, and what would help"
    )
    explain.add_argument("problem", type=Path, help=PROBLEM)
    explain.add_argument("roster", type=Path, help=ROSTER)
    explain.add_argument("--seat", metavar="MEETING/SEAT", help=f"{SEAT}; without it every empty required seat")
    explain.add_argument("--facilitator", metavar="ID", help="why not them in the seat; without a seat, why their work")
    _limited(explain, 30, "for all searches together")

    substitute = commands.add_parser("substitute", parents=[common], help="who can step in, and what it costs")
    substitute.add_argument("problem", type=Path, help=PROBLEM)
    substitute.add_argument("roster", type=Path, help=ROSTER)
    substitute.add_argument("--seat", metavar="MEETING/SEAT", help=SEAT)
    substitute.add_argument("--facilitator", metavar="ID", help="who falls out on the day")
    substitute.add_argument("--day", metavar="YYYY-MM-DD", help="the day on which they fall out")
    _limited(substitute, 5, "for all searches together")

    replan = commands.add_parser(
        "replan", parents=[common], help="after something has happened: a roster that keeps to what people were told"
    )
    replan.add_argument("problem", type=Path, help=f"{PROBLEM}, as it is now")
    replan.add_argument("roster", type=Path, help=f"{ROSTER}: the one that people were told")
    replan.add_argument("--out", type=Path, help="file for the new roster, .csv or .xlsx")
    replan.add_argument("--today", metavar="YYYY-MM-DD", help="what began before this day stays as it was")
    replan.add_argument("--ill", metavar="ID", action="append", default=[], help="who falls out; may be given again")
    _limited(replan, 60, "at most this long")
    replan.add_argument("--force", action="store_true", help=FORCE)


def _limited(command: argparse.ArgumentParser, default: float, what: str) -> None:
    told = f"{what} (default {default:g})"
    command.add_argument("--time-limit", type=float, default=float(default), metavar="SECONDS", help=told)
