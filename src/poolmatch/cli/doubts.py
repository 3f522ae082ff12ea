"""What the library logs as doubtful, told to whoever typed a command: in their language, with what it is about."""

from __future__ import annotations

import logging
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from poolmatch.issues import Issue
from poolmatch.words import Words


class _Telling(logging.Handler):
    """Says warnings on stderr, in the language that the arguments have by then: a workbook may bring its own.

    Parameters
    ----------
    options
        The arguments of the command.
    """

    def __init__(self, options: Namespace) -> None:
        super().__init__(logging.WARNING)
        self._options = options

    def emit(self, record: logging.LogRecord) -> None:
        """Say what was logged."""
        said = record.args[0] if isinstance(record.args, tuple) and len(record.args) == 1 else None
        words = said.words_in_full if isinstance(said, Issue) else said
        text = words.say(self._options.language) if isinstance(words, Words) else record.getMessage()
        print(text, file=sys.stderr)


@contextmanager
def telling_doubts(options: Namespace) -> Iterator[None]:
    """Say meanwhile what the library warns of; with ``--verbose`` all that it logs is shown as it is.

    Parameters
    ----------
    options
        The arguments of the command.
    """
    if getattr(options, "verbose", False):
        logging.basicConfig(level=logging.INFO, format="%(message)s")
        yield
        return
    logger, handler = logging.getLogger("poolmatch"), _Telling(options)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
