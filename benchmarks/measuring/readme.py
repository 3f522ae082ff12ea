"""The table of README: what is promised of the default mode, and what of it the committed results show."""

from __future__ import annotations

from benchmarks.measuring.pages import with_table
from benchmarks.measuring.processes import ROOT
from benchmarks.measuring.promised import OF_DEFAULTS
from benchmarks.measuring.promises import promises
from benchmarks.measuring.results import Results

README = ROOT / "README.md"
BEGIN, END = "<!-- what was measured: python -m benchmarks -->", "<!-- end of what was measured -->"


def with_results(text: str, found: Results) -> str:
    """Return the text of README with the table of some results between its marks; raises as `with_table`."""
    return with_table("README", text, (BEGIN, END), promises(found, OF_DEFAULTS))
