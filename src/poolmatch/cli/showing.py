"""Sentences on the screen."""

from __future__ import annotations

from collections.abc import Iterable

from poolmatch.words import Language, Words


def say(sentences: Iterable[Words], language: Language) -> None:
    """Show sentences, one a line.

    Parameters
    ----------
    sentences
        What is said.
    language
        In which language.
    """
    for words in sentences:
        print(f"  {words.say(language)}")
