"""What people call those that a command is asked about: a name for an id, as in a workbook, and a role for a seat."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from poolmatch.messages import commands as said

if TYPE_CHECKING:
    from poolmatch.domain.problem import Problem
    from poolmatch.tables.references import Register


def put_ids(options: Namespace, problem: Problem) -> None:
    """Put ids in the place of names in the arguments of a command; what nobody is called stays as it is.

    Parameters
    ----------
    options
        The arguments; those that hold ids are changed in place.
    problem
        Its people, organisations, meetings and seats are meant.

    Raises
    ------
    ValueError
        Several are called so.
    """
    from poolmatch.tables.references import register_of

    people, given = register_of(problem, "facilitators"), vars(options)
    for flag in ("facilitator", "take"):
        if given.get(flag):
            given[flag] = _id(given[flag], people)
    if given.get("ill"):
        options.ill = [_id(name, people) for name in options.ill]
    if given.get("calendars"):
        options.calendars = [(_id(name, people), file) for name, file in options.calendars]
    if given.get("school_holidays"):
        options.school_holidays = [(region, name and _id(name, people)) for region, name in options.school_holidays]
    kind, name = options.audience
    if name:
        options.audience = kind, _id(name, people if kind == "facilitator" else register_of(problem, "organisations"))
    if given.get("seat"):
        meeting = _id(options.seat[0], register_of(problem, "meetings", "duties"))
        options.seat = meeting, _seat(problem, meeting, options.seat[1])


def _id(text: str, register: Register) -> str:
    if text in register.names:
        return text
    found, doubt = register.meant(text)
    if doubt is not None:
        raise ValueError(said.CALLED.fill(given=text, reason=doubt.reason, remedy=doubt.remedy))
    return found


def _seat(problem: Problem, meeting: str, text: str) -> str:
    """Return the id of a seat, which may be called by what its role is called where no other has that role."""
    from poolmatch.tables.seat_names import seat_meant

    return seat_meant(text, {row.seat: row.role for row in problem.seats_of(meeting)})
