"""The command line: ``python -m poolmatch COMMAND``. Thin: everything it does the library does.

Exit codes: 0 done, 1 a checked roster is illegal, 2 bad input or no place to write (the problems are listed on stderr,
nothing is written).
"""

from __future__ import annotations

import gc
import logging
import re
import sys
from collections.abc import Sequence

from poolmatch.cli.arguments import parser
from poolmatch.cli.commands import BAD_INPUT, COMMANDS, DONE, ILLEGAL
from poolmatch.errors import PoolmatchError, ProblemError, words_of
from poolmatch.words import Language, untranslated

__all__ = ["BAD_INPUT", "DONE", "ILLEGAL", "in_flags", "main"]

_ARGUMENT = re.compile(r'\b(locale|encoding|decimal)="([^"]*)"|\b(force)=True\b|^(time_limit|seed)\b')


def in_flags(text: str) -> str:
    """Return a message of the library with its arguments as they are called on the command line.

    Parameters
    ----------
    text
        A remedy or message, such as ``read it with locale="nl"``.
    """

    def flag(found: re.Match[str]) -> str:
        name, value, switch, first = found.groups()
        return f"--{name} {value}" if name else f"--{(switch or first).replace('_', '-')}"

    return _ARGUMENT.sub(flag, text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    arguments
        Words after the program's name; None takes those of this process.
    """
    if arguments is None:
        gc.freeze()  # the process is this command's: what is imported stays, and is not looked through for garbage
    options = parser().parse_args(arguments)
    language: Language = options.language
    if getattr(options, "verbose", False):
        logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        return COMMANDS[options.command](options)
    except ProblemError as error:
        from poolmatch.report import problems

        said = [untranslated(in_flags(issue.remedy_words.say(language))) for issue in error.issues]
        issues = [issue.with_remedy(remedy) for issue, remedy in zip(error.issues, said, strict=True)]
        print(problems(issues, language), file=sys.stderr)
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stdout = None
        return DONE
    except (PoolmatchError, ValueError, OSError) as error:
        print(in_flags(words_of(error).say(language)), file=sys.stderr)
    return BAD_INPUT
