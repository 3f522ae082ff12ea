"""One way of saying a thing in several languages: English and Dutch side by side, other languages by look-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

Language = str
"""Code of a language: a key of `LANGUAGES`."""


def translations(code: Language, folder: Path = Path(__file__).parent / "languages") -> Mapping[str, str]:
    """Return what a language says for each English template, from its file ``<code>.toml``.

    Parameters
    ----------
    code
        The language.
    folder
        Where the file is.
    """
    import tomllib  # here, because English and Dutch need no file

    return tomllib.loads((folder / f"{code}.toml").read_text("utf-8"))


LANGUAGES: dict[Language, Mapping[str, str]] = {
    "en": {},
    "nl": {},
}
"""Languages by code, with their translations of English templates; what a language lacks is said in English.

English and Dutch are written where something is said. Another language is one file, ``languages/<code>.toml``, and
one line here: ``"fy": translations("fy"),``. The file has a line per English template, as in
``"{who} lacks {skill}." = "..."``; of an English word with two senses the Dutch tells which is meant, as in
``"observer / toehoorder" = "..."``.
"""


def check_language(code: Language) -> None:
    """Make sure that there is a language.

    Raises
    ------
    ValueError
        There is none of that code.
    """
    if code not in LANGUAGES:
        raise ValueError(f'no language has the code "{code}"; languages: {", ".join(LANGUAGES)}')


@dataclass(frozen=True, init=False)
class Words:
    """Something said to people, in every language. Names nobody: ids only.

    ::

        Words("{who} lacks {skill}.", "{who} mist {skill}.", who="F1", skill="mediation")

    Attributes
    ----------
    templates
        What is said in English and in Dutch. With values, each stands where its name does in braces, as for
        `str.format`; without any the text is literal, braces too.
    values
        What is filled in, by name: text as it is; other words, dates, moments and numbers with decimals in the language
        of the whole. In Dutch these are 18-3-2026, 18-3-2026 19:30 and 2,5; a format that a template asks for holds.
    """

    templates: tuple[str, str]
    values: tuple[tuple[str, Any], ...]

    def __init__(self, en: str, nl: str, /, **values: object) -> None:
        object.__setattr__(self, "templates", (en, nl))
        object.__setattr__(self, "values", tuple(sorted(values.items(), key=lambda item: item[0])))

    def say(self, language: Language) -> str:
        """Return the text in a language.

        Raises
        ------
        ValueError
            There is no such language.
        """
        check_language(language)
        english, dutch = self.templates
        translated = LANGUAGES[language]
        template = (
            dutch if language == "nl" else translated.get(f"{english} / {dutch}", translated.get(english, english))
        )
        if not self.values:
            return template
        return template.format(**{name: _filled_in(value, language) for name, value in self.values})

    def fill(self, **values: object) -> Words:
        """Return these words with values filled in: of a template that is written down once, such as in a table."""
        return Words(*self.templates, **values)

    @property
    def clause(self) -> Words:
        """The sentence as part of another: without its full stop."""
        return _Clause(*self.templates, **dict(self.values))

    @property
    def en(self) -> str:
        """The text in English."""
        return self.say("en")

    @property
    def nl(self) -> str:
        """The text in Dutch."""
        return self.say("nl")

    def __str__(self) -> str:
        return self.en


class _DutchNumber:
    """A number that has a decimal comma in whatever format."""

    def __init__(self, number: float) -> None:
        self._number = number

    def __format__(self, form: str) -> str:
        return format(self._number, form).translate(_SWAPPED)


class _Moment:
    """A day or a moment, by the clock that it was given by."""

    def __init__(self, moment: date, language: Language) -> None:
        self._moment, self._language = moment, language

    def __format__(self, form: str) -> str:
        day = f"{self._moment.day}-{self._moment.month}-{self._moment:%Y}" if self._language == "nl" else "%Y-%m-%d"
        clock = " %H:%M" if isinstance(self._moment, datetime) else ""
        return format(self._moment, form or f"{day}{clock}")


def _filled_in(value: object, language: Language) -> object:
    """Return what stands for a value in a sentence; whole numbers may be years, and have no signs of their own."""
    if isinstance(value, Words):
        return value.say(language)
    if isinstance(value, date):
        return _Moment(value, language)
    return _DutchNumber(value) if language == "nl" and isinstance(value, (int, float)) else value


class _Clause(Words):
    """A sentence that stands within another."""

    def say(self, language: Language) -> str:
        return super().say(language).removesuffix(".")


def pattern(template: str, **values: object) -> Words:
    """Return words whose template is the same in every language: signs and values alone, such as ``{a} ({b})``."""
    return Words(template, template, **values)


def untranslated(text: str) -> Words:
    """Return text that is the same in every language, such as an id; it is literal, braces too."""
    return Words(text, text)


def by_id(name: str, words: Words) -> Words:
    """Return words that are an id in English, by which it can be looked up; in Dutch what people call it."""
    return Words(name, words.nl)


def joined(separator: str, parts: Iterable[object]) -> Words:
    """Return parts one after another.

    Parameters
    ----------
    separator
        What stands between two parts: signs without braces, the same in every language.
    parts
        Words, each said in the language of the whole, or text.
    """
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return pattern(separator.join(f"{{{name}}}" for name in values), **values)


AND = Words("{first} and {second}", "{first} en {second}")
OR = Words("{first} or {second}", "{first} of {second}")


def in_a_row(items: Iterable[object], link: Words = AND) -> object:
    """Return things one after another, with a word between each two.

    Parameters
    ----------
    items
        Words or text; at least one.
    link
        The word: `AND` or `OR`.
    """
    first, *rest = items
    for item in rest:
        first = link.fill(first=first, second=item)
    return first


def first_few(items: Sequence[object], most: int, separator: str = ", ") -> str | Words:
    """Return things one after another: all of them, or so many and how many there are besides.

    Parameters
    ----------
    items
        Words or text.
    most
        So many are told.
    separator
        As for `joined`.
    """
    told = joined(separator, items[:most])
    if len(items) > most:
        return Words("{items} and {more} more", "{items} en nog {more}", items=told, more=len(items) - most)
    return told if any(isinstance(item, Words) for item in items) else told.en


def grouped(number: int) -> Words:
    """Return a whole number with a sign between thousands."""
    return Words(f"{number:,}", f"{number:,}".replace(",", "."))


def decimal(number: float, places: int) -> Words:
    """Return a number with so many decimals, and signs between thousands, as people write it."""
    text = f"{number:,.{places}f}"
    return Words(text, text.translate(_SWAPPED))


_SWAPPED = str.maketrans(",.", ".,")
