"""What a command is: what it is for, what it takes, and what it does."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass

from poolmatch.cli.parser import Parser
from poolmatch.words import Words

DONE, ILLEGAL, BAD_INPUT, STOPPED = 0, 1, 2, 130
"""Exit codes: done; a checked roster is illegal; bad input, or no place to write; ended by Ctrl-C, with nothing."""


@dataclass(frozen=True)
class Command:
    """A command.

    Attributes
    ----------
    about
        What it is for, in a phrase.
    declare
        Declares its arguments.
    run
        Does the work, given the arguments, and returns the exit code. What it needs is imported in it, so that help
        is there at once.
    examples
        Lines that can be typed so, each without the name of the program; with names that its reader would give.
    more
        What is good to know besides; sentences.
    """

    about: Words
    declare: Callable[[Parser], None]
    run: Callable[[Namespace], int]
    examples: tuple[Words, ...]
    more: Words | None = None
