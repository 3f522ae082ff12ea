"""What people look at: text for the terminal, and the files of a result. Imported when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from poolmatch.report.files import check_target, write_result
    from poolmatch.report.text import problems, summary, verdict

__all__ = ["check_target", "problems", "summary", "verdict", "write_result"]

_WHERE = {"check_target": "files", "problems": "text", "summary": "text", "verdict": "text", "write_result": "files"}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"poolmatch.report.{_WHERE[name]}"), name)
