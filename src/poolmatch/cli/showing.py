"""An answer on the screen, and in a file where one is asked for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from poolmatch.domain.problem import Problem
    from poolmatch.report.sections.section import Content

COORDINATOR = ("coordinator", "")
"""Who reads by default."""


def show(options: Namespace, problem: Problem, content: Content, data: Mapping[str, Any] | None = None) -> None:
    """Show an answer, and write it to the file that is named.

    Parameters
    ----------
    options
        The arguments of the command, see `flags.answer`.
    problem
        What was asked about: a coordinator is told the names behind its ids.
    content
        The answer.
    data
        The answer as data, for the coordinator; for others it is what is said.
    """
    from poolmatch import report
    from poolmatch.report.sections.names import content_of_ids, named_content

    content = (named_content if options.audience == COORDINATOR else content_of_ids)(problem, content)
    try:  # first, because whoever reads the screen may stop reading
        if options.answer is not None:
            told = data if options.audience == COORDINATOR else None
            report.write_answer(content, options.answer, options.language, data=told, force=options.force)
    finally:
        print(report.told(content, options.language))
    if options.answer is not None:
        print(f"\n{options.answer}")
