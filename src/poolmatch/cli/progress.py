"""How far long work is, on a line of the terminal; and Ctrl-C, which ends it with what there is by then."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from poolmatch.cli.parser import Parser
from poolmatch.words import Words

if TYPE_CHECKING:
    from poolmatch.results.progress import Progress

DONE_OF = Words("{done} of {total}", "{done} van {total}")
TIER = Words("{tier}: {value:g} points, at least {bound:g}", "{tier}: {value:g} punten, ten minste {bound:g}")

Show = Callable[[Words], None]
"""Shows how far it is."""


def flag(parser: Parser) -> None:
    """Declare whether it is shown how far work is."""
    parser.add(
        "--progress",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=Words(
            "show how far it is, or do not; by default on a terminal alone",
            "toon hoe ver het is, of niet; standaard alleen op een terminal",
        ),
    )


@contextmanager
def shown(options: Namespace) -> Iterator[Show]:
    """Give what shows how far work is, on one line of the terminal that is written anew, and wiped at the end.

    Parameters
    ----------
    options
        The arguments of the command, see `flag`.
    """
    wanted = sys.stderr.isatty() if options.progress is None else options.progress
    width = shutil.get_terminal_size().columns - 1

    def write(text: str) -> None:
        sys.stderr.write(f"\r{text[:width]:<{width}}")
        sys.stderr.flush()

    def show(words: Words) -> None:
        if wanted:
            write(words.say(options.language))

    try:
        yield show
    finally:
        if wanted:
            write("")
            sys.stderr.write("\r")
            sys.stderr.flush()


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """Give an event that the first Ctrl-C sets, so that work ends with what there is; the second one ends all."""
    event = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def asked(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signal module calls it so
        event.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, asked)
    try:
        yield event
    finally:
        signal.signal(signal.SIGINT, before)


def counted(show: Show) -> Callable[[int, int], None]:
    """Return what shows how many of all are done."""
    return lambda done, total: show(DONE_OF.fill(done=done, total=total))


def improved(show: Show) -> Callable[[Progress], None]:
    """Return what shows how good a tier is."""
    from poolmatch.vocabulary.outcomes import tier_name

    return lambda news: show(TIER.fill(tier=tier_name(news.tier), value=news.value, bound=news.bound))
