"""What reads the words of a command, in the language of whoever typed them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from poolmatch.errors import words_of
from poolmatch.words import Language, Words

OF_ARGPARSE: Mapping[str, Words] = {
    words.en: words
    for words in (
        Words("usage: ", "gebruik: "),
        Words("%(heading)s:", "%(heading)s:"),
        Words("positional arguments", "argumenten"),
        Words("options", "opties"),
        Words("show this help message and exit", "toon deze uitleg en stop"),
        Words("%(prog)s: error: %(message)s\n", "%(prog)s: fout: %(message)s\n"),
        Words("argument %(argument_name)s: %(message)s", "argument %(argument_name)s: %(message)s"),
        Words("unrecognized arguments: %s", "onbekende argumenten: %s"),
        Words("not allowed with argument %s", "kan niet samen met argument %s"),
        Words("ignored explicit argument %r", "hier hoort geen waarde bij: %r"),
        Words("the following arguments are required: %s", "deze argumenten ontbreken: %s"),
        Words("one of the arguments %s is required", "een van deze argumenten is nodig: %s"),
        Words("expected one argument", "hier hoort een waarde achter"),
        Words("expected at most one argument", "hier hoort hoogstens één waarde achter"),
        Words("expected at least one argument", "hier hoort ten minste één waarde achter"),
        Words("expected %s argument", "hier hoort %s waarde achter"),
        Words("expected %s arguments", "hier horen %s waarden achter"),
        Words("ambiguous option: %(option)s could match %(matches)s", "%(option)s kan van alles zijn: %(matches)s"),
        Words("unexpected option string: %s", "deze optie hoort hier niet: %s"),
        Words("invalid %(type)s value: %(value)r", "hier past deze waarde niet: %(value)r"),
        Words(
            "invalid choice: %(value)r (choose from %(choices)s)",
            "%(value)r is geen keuze (kies uit %(choices)s)",
        ),
    )
}
"""What argparse says to users, by what it says in English."""


@contextmanager
def saying(language: Language) -> Iterator[None]:
    """Let argparse say its own texts in a language meanwhile: it looks each up by a name of its module, as gettext."""

    def said(text: str) -> str:
        return OF_ARGPARSE[text].say(language) if text in OF_ARGPARSE else text

    def counted(one: str, several: str, count: int) -> str:
        return said(one if count == 1 else several)

    names = vars(argparse)
    before = {name: names[name] for name in ("_", "ngettext")}
    names.update({"_": said, "ngettext": counted})
    try:
        yield
    finally:
        names.update(before)


class Parser(argparse.ArgumentParser):
    """What reads the words of a command, with help that is said in a language.

    Flags are written out in full, so that a new one never changes what an old command means.

    Parameters
    ----------
    language
        Language of the help.
    options
        As of `argparse.ArgumentParser`.
    """

    def __init__(self, *, language: Language = "en", **options: Any) -> None:
        layout = argparse.RawDescriptionHelpFormatter
        super().__init__(allow_abbrev=False, formatter_class=layout, **options)
        self.language = language

    def add(
        self,
        *names: str,
        help: Words,
        metavar: Words | None = None,
        type: Callable[[str], object] | None = None,
        **options: Any,
    ) -> None:
        """Declare an argument.

        Parameters
        ----------
        names
            A name, or flags.
        help
            What it is for.
        metavar
            What its value is called.
        type
            Makes a value of the text, or raises ValueError with what is wrong with it.
        options
            As of `argparse.ArgumentParser.add_argument`.
        """
        if metavar is not None:
            options["metavar"] = metavar.say(self.language)
        if type is not None:
            options["type"] = self._told(type)
        self.add_argument(*names, help=help.say(self.language).replace("%", "%%"), **options)

    def _told(self, convert: Callable[[str], object]) -> Callable[[str], object]:
        def converted(text: str) -> object:
            try:
                return convert(text)
            except ValueError as error:
                raise argparse.ArgumentTypeError(words_of(error).say(self.language)) from None

        return converted
