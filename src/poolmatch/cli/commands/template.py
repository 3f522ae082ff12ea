"""``template``: a workbook to fill in, empty or with an example."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from poolmatch.cli import flags
from poolmatch.cli.command import DONE, Command
from poolmatch.cli.parser import Parser
from poolmatch.words import Words


def _declare(parser: Parser) -> None:
    parser.add("out", type=Path, metavar=flags.FILE, help=Words("the .xlsx file to write", "het .xlsx-bestand"))
    parser.add(
        "--example",
        action="store_true",
        help=Words(
            "with a month of made-up people and meetings", "met een maand van verzonnen mensen en bijeenkomsten"
        ),
    )
    flags.force(parser)


def _run(options: Namespace) -> int:
    from poolmatch import tables

    tables.write_template(options.out, language=options.language, example=options.example, force=options.force)
    print(options.out)
    return DONE


COMMAND = Command(
    about=Words("write a workbook to fill in", "schrijf een werkmap om in te vullen"),
    declare=_declare,
    run=_run,
    examples=(
        Words("template pool.xlsx", "template pool.xlsx"),
        Words("template example.xlsx --example", "template voorbeeld.xlsx --example"),
        Words("template pool.xlsx --language nl", "template pool.xlsx --language nl"),
    ),
)
