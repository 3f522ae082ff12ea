"""What people look at: text for the terminal, and the files of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poolmatch.on_use import exported

if TYPE_CHECKING:
    from poolmatch.report.files import check_target, write_result
    from poolmatch.report.text import changes, problems, summary, verdict

__all__ = ["changes", "check_target", "problems", "summary", "verdict", "write_result"]

__getattr__ = exported(
    __name__,
    {
        "changes": "text",
        "check_target": "files",
        "problems": "text",
        "summary": "text",
        "verdict": "text",
        "write_result": "files",
    },
)
