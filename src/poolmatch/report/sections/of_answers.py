"""What there is to say of a question about a roster or a pool: sentences, under headings where there are several."""

from __future__ import annotations

from collections.abc import Iterable

from poolmatch.report.sections.section import Column, Content, Section
from poolmatch.words import Words

WHAT = Column(Words("answer", "antwoord"))
ANSWER = Words("Answer", "Antwoord")


def content_of_answers(
    about: Words, sentences: Iterable[Words], parts: Iterable[tuple[Words, Iterable[Words]]] = ()
) -> Content:
    """Return an answer.

    Parameters
    ----------
    about
        What was asked, or the answer in short.
    sentences
        What there is to say of it as a whole.
    parts
        Heading and sentences of each further part.
    """
    whole, *rest = (_section(heading, told) for heading, told in ((ANSWER, sentences), *parts))
    return Content(None, about, whole, tuple(rest))


def _section(heading: Words, sentences: Iterable[Words]) -> Section:
    return Section("answer", heading, (WHAT,), tuple((words,) for words in sentences))
