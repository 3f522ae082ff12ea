"""Names of the data contract in what is said to people: a message names a table, a column or a word as the file does.

A template writes ``{column_start}``, ``{table_slots}`` or ``{word_yes}``. That is filled with the name of the contract,
which is what files have, whatever the language of the message; of a Dutch file it becomes the name that stands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from string import Formatter

from poolmatch.vocabulary import closed_words
from poolmatch.vocabulary.closed_words import TRUTH, words_of_column
from poolmatch.vocabulary.columns import column_name
from poolmatch.vocabulary.tables import TABLES
from poolmatch.words import Language, Words, untranslated


@dataclass(frozen=True, init=False)
class Term(Words):
    """A name of the contract. It is said alike in every language, for it is what stands in the file.

    Attributes
    ----------
    dutch
        What stands in a Dutch file instead.
    """

    dutch: str

    def __init__(self, name: str, dutch: str) -> None:
        super().__init__(name, name)
        object.__setattr__(self, "dutch", dutch)

    def say(self, language: Language) -> str:  # noqa: ARG002 - the file decides, not the reader
        """Return the name of the contract."""
        return self.templates[0]


def table_term(name: str) -> Words:
    """Return what a table is called; a name that the contract does not know is as it is."""
    return Term(name, TABLES[name].nl) if name in TABLES else untranslated(name)


def column_term(table: str, column: str) -> Words:
    """Return what a column of a table is called; a name that the contract does not know is as it is."""
    try:
        return Term(column, column_name(table, column).nl)
    except KeyError:
        return untranslated(column)


def word_term(table: str, column: str, word: str) -> Words:
    """Return what a closed word of a column is called; a word that the column does not know is as it is."""
    words = words_of_column(table, column)
    return Term(word, words[word].nl) if word in words else untranslated(word)


@cache
def _words() -> dict[str, set[str]]:
    """Return what closed words are called in Dutch, whichever column they stand in."""
    found: dict[str, set[str]] = {words.en: {words.nl} for words in TRUTH.values()}
    for kinds in (
        closed_words.LINK_KINDS,
        closed_words.ROLES,
        closed_words.TIE_KINDS,
        closed_words.AVAILABILITY_KINDS,
        closed_words.CONTENTION,
        closed_words.GRADES,
        closed_words.CONTINUITY,
        closed_words.REQUIREMENT_KINDS,
        closed_words.PAIRING_KINDS,
    ):
        for word, words in kinds.items():
            found.setdefault(word, set()).add(words.nl)
    return found


def _term(placeholder: str, table: str) -> Words:
    kind, _, name = placeholder.partition("_")
    if kind == "table":
        return table_term(name)
    if kind == "column":
        return column_term(table, name)
    (dutch,) = _words()[name]  # a word with two senses is given by whoever knows the column
    return Term(name, dutch)


@cache
def terms_in(template: str) -> tuple[str, ...]:
    """Return the placeholders of a template that stand for names of the contract."""
    fields = (field for _, field, _, _ in Formatter().parse(template) if field)
    return tuple(dict.fromkeys(field for field in fields if field.startswith(("table_", "column_", "word_"))))


def with_terms(words: Words, table: str) -> Words:
    """Return words in which the names of the contract are filled in.

    Parameters
    ----------
    words
        What is said; whatever else it mentions is filled in already.
    table
        Table it is said of, to which the columns belong.
    """
    names = terms_in(words.templates[0])
    if not names:
        return words
    return words.fill(**dict(words.values), **{name: _term(name, table) for name in names})


def in_dutch_file(words: Words) -> Words:
    """Return words with the names of the contract as a Dutch file has them."""
    if isinstance(words, Term):
        return untranslated(words.dutch)
    if not words.values:
        return words
    values = {name: in_dutch_file(item) if isinstance(item, Words) else item for name, item in words.values}
    return type(words)(*words.templates, **values)
