"""Write docs/messages.md, every kind of message in English and Dutch: ``python -m tests.messages.regenerate_page``.

The page is committed; a test compares it with the code.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.messages.walk import every_message

PAGE = Path(__file__).parents[2] / "docs" / "messages.md"
HEAD = """# What is said of the input

Every issue is of a kind, with a code that does not change: `issue.code`. What stands in braces is filled in;
`issue.values` has it by name. `issue.words` says the whole in every language. Tables, columns and words are called as
the contract calls them; what is said of a Dutch workbook calls them as they stand there. This page is written from the
code, by `make messages`.

| code | stops the work | English | Dutch |
|---|---|---|---|
"""


def _plain(template: str) -> str:
    """Return a template with names of the contract in the place of what stands for them."""
    return re.sub(r"{(?:table|column|word)_(\w+)}", r"\1", template)


def page() -> str:
    """Return the page as it should be."""
    rows = []
    for message in sorted(every_message(), key=lambda message: message.code):
        said = [_plain(f"{message.reason.templates[side]}; {message.remedy.templates[side]}") for side in (0, 1)]
        cells = [f"`{message.code}`", "yes" if message.severity == "error" else "no", *said]
        rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n")
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
