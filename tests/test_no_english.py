"""From the empty template to what hangs on the wall a Dutch reader meets no English: every text is looked through.

Words are looked for that are English and not Dutch: common ones, and what the contract calls tables, columns, closed
words and rules. Files for other programs (CSV, JSON) keep the names of the contract, and ids are what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.guide import Called
from tests.messages.pseudo import ENGLISH, QUOTED, WORDS
from tests.test_guide import Done, follow

from poolmatch import Problem, read, solve
from poolmatch.cli import COMMANDS, main
from poolmatch.domain.assembly import TABLES
from poolmatch.report import write_result
from poolmatch.rules import ALL_RULES
from poolmatch.tables import write_template
from poolmatch.tables.schema import columns_of
from poolmatch.vocabulary import column_name, rule_name, words_of_column
from poolmatch.vocabulary import TABLES as TABLE_NAMES
from poolmatch.words import Words

ROOT = Path(__file__).parent.parent
COMMON = frozenset("the and with from seat meeting roster workbook sheet hours people who when is_ empty seats".split())
LEAD = "lead"
"""Id of the seat of a meeting that names none, which the page for coordinators explains."""
BOTH = frozenset("begin code contract ledger lead online per past score start team week weekend".split())
"""Words that Dutch has too, and that id."""


def of_the_contract() -> Iterator[tuple[str, Words]]:
    """Yield names that the contract gives, with what people call them."""
    for table, kind in TABLES.items():
        yield table, TABLE_NAMES[table]
        for column in columns_of(kind):
            yield column.name, column_name(table, column.name)
            yield from words_of_column(table, column.name).items()
    yield from ((rule.id, rule_name(rule.id)) for rule in ALL_RULES)
