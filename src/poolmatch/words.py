"""One way of saying a thing in several languages: English and Dutch side by side, other languages by look-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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

English and Dutch are written where something is said. Another language is one file, ``languages/<code>.toml``, and one
line here: ``"fy": translations("fy"),``.
"""


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
        What is filled in, by name: text, numbers and dates as they are, never formatted again; other words in the
        language of the whole.
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
        if language not in LANGUAGES:
            raise ValueError(f'no language has the code "{language}"; languages: {", ".join(LANGUAGES)}')
        english, dutch = self.templates
        template = dutch if language == "nl" else LANGUAGES[language].get(english, english)
        if not self.values:
            return template
        said = {name: value.say(language) if isinstance(value, Words) else value for name, value in self.values}
        return template.format(**said)

    def fill(self, **values: object) -> Words:
        """Return these words with values filled in: of a template that is written down once, such as in a table."""
        return Words(*self.templates, **values)

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


def pattern(template: str, **values: object) -> Words:
    """Return words whose template is the same in every language: signs and values alone, such as ``{a} ({b})``."""
    return Words(template, template, **values)


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
