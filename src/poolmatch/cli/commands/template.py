"""``template``: an empty workbook to fill in."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.parser import Parser
from poolmatch.words import Words


def _declare(parser: Parser) -> None:
    parser.add("out", type=Path, metavar=flags.FILE, help=Words("the .xlsx file to write", "het .xlsx-bestand"))
    flags.force(parser)


def _run(options: Namespace) -> int:
    from poolmatch import tables

    tables.write_template(options.out, force=options.force)
    print(options.out)
    return DONE


COMMAND = Command(
    about=Words("write an empty workbook to fill in", "schrijf een lege werkmap om in te vullen"),
    declare=_declare,
    run=_run,
    examples=("template pool.xlsx",),
)
