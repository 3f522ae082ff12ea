"""The commands: each a file of its own, registered here by one line, in the order in which help lists them."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.cli.command import Command
from poolmatch.cli.commands import (
    bottlenecks,
    busy,
    calendar,
    check,
    compare,
    explain,
    next_month,
    publish,
    replan,
    report,
    resilience,
    solve,
    substitute,
    template,
)

COMMANDS: Mapping[str, Command] = {
    "template": template.COMMAND,
    "solve": solve.COMMAND,
    "check": check.COMMAND,
    "publish": publish.COMMAND,
    "compare": compare.COMMAND,
    "explain": explain.COMMAND,
    "substitute": substitute.COMMAND,
    "replan": replan.COMMAND,
    "report": report.COMMAND,
    "next-month": next_month.COMMAND,
    "calendar": calendar.COMMAND,
    "busy": busy.COMMAND,
    "resilience": resilience.COMMAND,
    "bottlenecks": bottlenecks.COMMAND,
}
