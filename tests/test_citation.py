"""What CITATION.cff says is what pyproject.toml says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_citation_is_of_this_version() -> None:
    lines = (ROOT / "CITATION.cff").read_text("utf-8")
    cited = dict(re.findall(r"^([\w-]+): (\S.*)$", lines, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (cited["title"], cited["version"]) == (project["name"], project["version"])
    assert cited["license"] == project["license"]
    assert re.findall(r"^  - ([^:\n]*)$", lines, re.MULTILINE) == project["keywords"]
    assert "authors:\n  - name: The poolmatch developers\n" in lines
