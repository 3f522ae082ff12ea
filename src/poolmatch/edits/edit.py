"""What an edit of a problem is: one change of its tables, with words and a price, that can be written down."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar, Self

from pydantic import TypeAdapter

from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.row import Row
from poolmatch.domain.values import fold
from poolmatch.errors import EditRefused
from poolmatch.words import Words

Cells = Mapping[str, Any]
Changes = Mapping[str, Sequence[Row | Cells]]
"""The new rows of each table that changes; nothing where the edit has been made already."""
IS_PAST = Words(
    "{meeting} is past; what was, cannot be changed", "{meeting} is geweest; dat is niet meer te veranderen"
)
TIMED = Words(
    "{meeting} is a duty, and has neither times nor optional seats; name a meeting",
    "{meeting} is een taak, zonder tijden of optionele plaatsen; noem een bijeenkomst",
)


@dataclass(frozen=True)
class Edit(ABC):
    """One change of a problem. Its fields say what changes, by ids; two that are equal do the same.

    Class attributes
    ----------------
    kind
        What it is called where it is written down; a contract.
    tables
        The tables that it may change. All others stay as they are.
    discreet
        Whether its words hold nothing of anybody but the one facilitator whose data it changes, so that they may read
        it; what does not say so is for the coordinator.
    """

    kind: ClassVar[str]
    tables: ClassVar[tuple[str, ...]]
    discreet: ClassVar[bool] = False

    @property
    @abstractmethod
    def words(self) -> Words:
        """The edit as a sentence, in English and Dutch; ids only."""

    @property
    def price(self) -> float:
        """How much it asks of people, to put remedies in order; 0 for what happens and is not chosen."""
        return 0.0

    @property
    def about(self) -> tuple[str, ...]:
        """The facilitators whose data it changes."""
        who = getattr(self, "facilitator", None)
        return (who,) if isinstance(who, str) else ()

    @property
    def starts(self) -> tuple[datetime, ...]:
        """When a meeting could begin by it and could not before: mostly never."""
        return ()

    @abstractmethod
    def changes(self, problem: Problem) -> Changes:
        """Return the new rows of each table that changes; nothing where it has been made already.

        Parameters
        ----------
        problem
            The problem as it is.

        Raises
        ------
        UnknownId
            The problem has no such meeting, seat or facilitator; a KeyError.
        EditRefused
            It cannot be made; the message says why.
        """

    @classmethod
    def proposed(cls, problem: Problem, meeting: str, seat: str) -> Iterable[Edit]:  # noqa: ARG003 - most propose none
        """Return edits of this kind that might fill a seat, the least first, whoever takes it: mostly none.

        What would let one facilitator take a seat the rules say (`Rule.cures`). Whoever asks verifies both.
        """
        return ()

    def apply(self, problem: Problem) -> Problem:
        """Return the problem after the edit, checked like any other; the same one where it has been made already.

        Raises
        ------
        UnknownId, EditRefused
            As of `changes`.
        ProblemError
            What it would make is wrong, such as a time outside the period.
        """
        must_be_problem(problem)
        changed = self.changes(problem)
        return problem.replace(**changed) if changed else problem

    def __call__(self, problem: Problem) -> Problem:
        """Apply it: wherever a function from problem to problem is asked for, an edit will do."""
        return self.apply(problem)

    def holds(self, problem: Problem) -> bool:
        """Tell whether it has been made in a problem, so that it would change nothing."""
        return not self.changes(problem)

    def to_dict(self) -> dict[str, Any]:
        """Return the edit as data for a JSON document; `poolmatch.edits.edit_from_dict` reads it back."""
        return {"kind": self.kind, **_adapter(type(self)).dump_python(self, mode="json", exclude_none=True)}

    @classmethod
    def from_fields(cls, fields: Cells) -> Self:
        """Return an edit of this kind from the values of its fields, native or as `to_dict` writes them.

        Raises
        ------
        ValueError
            A value is missing or wrong.
        """
        unknown = fields.keys() - {item.name for item in dataclass_fields(cls)}
        if unknown:
            raise ValueError(f"an edit of kind {cls.kind} has no {min(unknown)}")
        edit: Self = _adapter(cls).validate_python(dict(fields))
        return edit


@cache
def _adapter(kind: type[Edit]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def altered(row: Row, **cells: Any) -> Cells:
    """Return the cells of a row with some of them changed, to be checked again."""
    return {name: getattr(row, name) for name in type(row).model_fields} | cells


def with_altered(rows: Iterable[Row], old: Row, **cells: Any) -> tuple[Row | Cells, ...]:
    """Return the rows of a table with cells of one of them changed."""
    return tuple(altered(row, **cells) if row is old else row for row in rows)


def must_be_to_come(problem: Problem, meeting: str) -> None:
    """Raise UnknownId where there is no such meeting, and EditRefused where it is past or a duty."""
    problem.meeting(meeting)
    if meeting in problem.frozen:
        raise EditRefused(IS_PAST.fill(meeting=meeting))
    if problem.is_duty(meeting):
        raise EditRefused(TIMED.fill(meeting=meeting))


def instant(problem: Problem, moment: datetime) -> datetime:
    """Return a moment as an instant; without an offset it is by the clock of the period."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=problem.period.zone).astimezone(UTC)


def spelt(word: str, known: Iterable[str | None]) -> str:
    """Return a free word in the spelling in which a problem has it; as it is where it has not."""
    return next((other for other in known if other is not None and fold(other) == fold(word)), word)
