"""What people look at: text for the terminal, and the files of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poolmatch.on_use import exported

if TYPE_CHECKING:
    from poolmatch.report.answers import write_answer
    from poolmatch.report.files import check_target, write_result
    from poolmatch.report.page import report_page, write_page
    from poolmatch.report.text import changes, problems, summary, told, verdict

__all__ = [
    "changes",
    "check_target",
    "problems",
    "report_page",
    "summary",
    "told",
    "verdict",
    "write_answer",
    "write_page",
    "write_result",
]

__getattr__ = exported(
    __name__,
    {
        "changes": "text",
        "check_target": "files",
        "problems": "text",
        "report_page": "page",
        "summary": "text",
        "told": "text",
        "verdict": "text",
        "write_answer": "answers",
        "write_page": "page",
        "write_result": "files",
    },
)
