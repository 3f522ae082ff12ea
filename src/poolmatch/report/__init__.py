"""What people look at: text for the terminal, and the files of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poolmatch.on_use import exported

if TYPE_CHECKING:
    from poolmatch.report.answers import write_answer
    from poolmatch.report.calendars import calendar_of, write_calendar, write_calendars
    from poolmatch.report.files import check_target, write_judged, write_result
    from poolmatch.report.page import report_page, write_page
    from poolmatch.report.publishing import publish
    from poolmatch.report.text import changes, problems, soundness, summary, told, verdict

__all__ = [
    "calendar_of",
    "changes",
    "check_target",
    "problems",
    "publish",
    "report_page",
    "soundness",
    "summary",
    "told",
    "verdict",
    "write_answer",
    "write_calendar",
    "write_calendars",
    "write_judged",
    "write_page",
    "write_result",
]

__getattr__ = exported(
    __name__,
    {
        "calendar_of": "calendars",
        "changes": "text",
        "check_target": "files",
        "problems": "text",
        "publish": "publishing",
        "report_page": "page",
        "soundness": "text",
        "summary": "text",
        "told": "text",
        "verdict": "text",
        "write_answer": "answers",
        "write_calendar": "calendars",
        "write_calendars": "calendars",
        "write_judged": "files",
        "write_page": "page",
        "write_result": "files",
    },
)
