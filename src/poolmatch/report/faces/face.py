"""What a face is: a way of writing down what there is to say of a result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from poolmatch.neutrality.evidence import Certificate
from poolmatch.report.sections.of_result import content_of_result
from poolmatch.report.sections.section import Content
from poolmatch.results import Result
from poolmatch.words import Language


@dataclass(frozen=True)
class Told:
    """A result, and what faces tell of it: each part is worked out once, when the first face asks for it.

    Attributes
    ----------
    result
        What ``solve`` returned.
    language
        Language of what people read.
    """

    result: Result
    language: Language

    @cached_property
    def content(self) -> Content:
        """All there is to say, as data."""
        return content_of_result(self.result)

    @cached_property
    def certificate(self) -> Certificate:
        """Why each assigned facilitator is neutral."""
        return self.result.certificate


@dataclass(frozen=True)
class Face:
    """A file of a result.

    Attributes
    ----------
    write
        Writes the file, whose place it is given.
    extra, packages
        The extra that it needs, and which packages this brings; where one is missing the file is left out.
    """

    write: Callable[[Told, Path], None]
    extra: str = ""
    packages: tuple[str, ...] = ()
