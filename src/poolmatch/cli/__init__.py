"""The command line: ``python -m poolmatch COMMAND``. Thin: everything it does the library does.

Exit codes: 0 done, 1 a checked roster is illegal, 2 bad input or no place to write (the problems are listed on stderr;
nothing is written but a copy of a workbook in which they are marked), 130 ended by Ctrl-C before there was anything to
tell.
"""

from __future__ import annotations

import gc
import io
import os
import re
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import redirect_stderr

from poolmatch.cli import flags
from poolmatch.cli.command import BAD_INPUT, DONE, ILLEGAL, STOPPED
from poolmatch.cli.commands import COMMANDS
from poolmatch.cli.doubts import telling_doubts
from poolmatch.cli.marking import marked
from poolmatch.cli.opening import language_of_workbooks
from poolmatch.cli.parser import Parser, saying
from poolmatch.errors import PoolmatchError, ProblemError, words_of
from poolmatch.messages import commands as said
from poolmatch.words import LANGUAGES, Language, Words, untranslated

__all__ = ["BAD_INPUT", "COMMANDS", "DONE", "ILLEGAL", "STOPPED", "in_flags", "main", "parser"]

LANGUAGE = "POOLMATCH_LANGUAGE"
"""Variable of the environment that names the language of what is shown."""
ABOUT = Words(
    "Rosters a shared pool of facilitators, neutrally and with proof.",
    "Roostert een gedeelde pool van procesbegeleiders, neutraal en met bewijs.",
)
EXAMPLE, EXAMPLES = Words("example:", "voorbeeld:"), Words("examples:", "voorbeelden:")
_ARGUMENT = re.compile(
    r'\b(locale|encoding|decimal)="([^"]*)"|\b(force)=True\b|^(time_limit|seed|today|day|encoding)\b', re.MULTILINE
)


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


def parser(language: Language = "en") -> Parser:
    """Return what reads the words of a command; to be used within `saying`.

    Parameters
    ----------
    language
        Language of the help.
    """
    whole = Parser(language=language, prog="poolmatch", description=ABOUT.say(language))
    flags.language(whole)
    title, name = Words("commands", "opdrachten"), Words("COMMAND", "OPDRACHT")
    places = whole.add_subparsers(dest="command", required=True, title=title.say(language), metavar=name.say(language))
    for word, command in COMMANDS.items():
        about = command.about.say(language)
        lines = "\n".join(f"  poolmatch {line.say(language)}" for line in command.examples)
        heading = EXAMPLE if len(command.examples) == 1 else EXAMPLES
        more = [] if command.more is None else [command.more.say(language)]
        one = places.add_parser(
            word,
            language=language,
            help=about,
            description="\n".join([f"{about[0].upper()}{about[1:]}.", *more]),
            epilog=f"{heading.say(language)}\n{lines}",
        )
        command.declare(one)
        flags.language(one)
    return whole


def _language_of(arguments: Sequence[str]) -> Language | None:
    """Return the language that is asked for, wherever in the arguments, or by the environment; None where none is.

    Raises
    ------
    ValueError
        The environment names none that there is.
    """
    first = Parser(add_help=False)
    first.add_argument("--language", nargs="?")
    asked = first.parse_known_args(arguments)[0].language
    if asked in LANGUAGES:
        return str(asked)
    named = os.environ.get(LANGUAGE) or None
    if named is not None and named not in LANGUAGES:
        raise ValueError(said.NO_LANGUAGE.fill(given=named, known=", ".join(LANGUAGES)))
    return named


def _options(arguments: Sequence[str], asked: Language | None) -> Namespace:
    """Return what the arguments say; what is wrong with them is told in the language of a workbook among them."""
    language, told = asked or "en", io.StringIO()
    try:
        with saying(language), redirect_stderr(told):
            return parser(language).parse_args(arguments)
    except SystemExit as end:
        other = language_of_workbooks(arguments) if end.code and asked is None else None
        if other in (None, language):
            sys.stderr.write(told.getvalue())
            raise
        language = str(other)
    with saying(language):
        return parser(language).parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    arguments
        Words after the program's name; None takes those of this process.
    """
    if arguments is None:
        gc.freeze()  # the process is this command's: what is imported stays, and is not looked through for garbage
        arguments = sys.argv[1:]
    asked: Language | None = None
    options = Namespace(language="en")
    try:
        asked = _language_of(arguments)
        options.language = asked or "en"
        options = _options(arguments, asked)
        options.language, options.asked = asked or "en", asked is not None
        with telling_doubts(options):
            return COMMANDS[options.command].run(options)
    except SystemExit as end:  # help is shown, or what is wrong with the arguments
        return int(end.code or DONE)
    except ProblemError as error:
        from poolmatch.report import problems

        language = asked or error.language or options.language
        said_so = [untranslated(in_flags(issue.remedy_words.say(language))) for issue in error.issues]
        issues = [issue.with_remedy(remedy) for issue, remedy in zip(error.issues, said_so, strict=True)]
        print(problems(issues, language), file=sys.stderr)
        line = marked(error.workbook, issues, language)
        if line is not None:
            print(f"\n{line}", file=sys.stderr)
    except KeyboardInterrupt:
        print(said.STOPPED.say(options.language), file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stdout = None
        return DONE
    except (PoolmatchError, ValueError, OSError) as error:
        language = asked or (language_of_workbooks(arguments) if options.language == "en" else None) or options.language
        print(in_flags(words_of(error).say(language)), file=sys.stderr)
    return BAD_INPUT
