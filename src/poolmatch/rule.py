"""What a rule is: a room with two doors.

An *eligibility* rule decides once, for one person against a table of occasions. A *constraint* or *preference* speaks
twice: it writes columnar blocks for the solver, and it judges a finished roster in the words of the world. The judge
never sees arrays and the builder never sees a roster: that makes the check independent.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar, Protocol

from numpy.typing import ArrayLike
from pydantic import BaseModel, ConfigDict

from poolmatch.arrays import Arrays, Bools, Candidates, Ints, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.reciprocity import Split
from poolmatch.edits import Edit
from poolmatch.errors import Issue
from poolmatch.finding import Finding as Finding
from poolmatch.finding import Severity as Severity
from poolmatch.finding import told as told
from poolmatch.words import Words as Words  # of a rule's vocabulary: whoever writes one imports it from here

Cure = tuple[Edit, ...]
"""Edits that together take away what a rule objects to."""


class Model(Protocol):
    """Where a rule writes its columnar blocks. The first columns are the candidates, each 0 or 1."""

    def columns(self, lower: ArrayLike, upper: ArrayLike) -> Ints:
        """Add whole-number variables and return their columns.

        Parameters
        ----------
        lower, upper
            Inclusive bounds; shape ``(variables,)``.
        """
        ...

    def rows(
        self,
        row: ArrayLike,
        column: ArrayLike,
        coefficient: ArrayLike,
        *,
        lower: ArrayLike | None = None,
        upper: ArrayLike | None = None,
    ) -> None:
        """Add linear rows ``lower ≤ Σ coefficient · column ≤ upper``.

        Parameters
        ----------
        row
            Which of the new rows an entry belongs to, from 0; shape ``(entries,)``.
        column, coefficient
            The entries: column and whole-number coefficient; shape ``(entries,)`` or a scalar coefficient.
        lower, upper
            Bounds; shape ``(rows,)``. None is unbounded; at least one is given.
        """
        ...

    def at_most_one(self, group: ArrayLike, column: ArrayLike) -> None:
        """Add groups of 0/1 columns of which at most one is 1; shape of both ``(entries,)``."""
        ...

    def fix(self, column: ArrayLike, value: int) -> None:
        """Fix columns to a value."""
        ...

    def cost(self, column: ArrayLike, weight: ArrayLike, constant: int = 0) -> None:
        """Add whole-number weights on columns, and a constant, to the rule's penalty in units of 1/scale points."""
        ...


class Rule(BaseModel, ABC):
    """Base of all rules. Fields are the rule's parameters, with their units in the description.

    Class attributes
    ----------------
    id
        Name of the rule; a contract.
    sentence
        What the rule says, in English and Dutch.
    standard
        Whether the rule is among the standard rules; others hold only where a rule set names them.
    presumes
        Ids of constraints that must hold for the rule's model to be right. A rule set with the rule has them too.
    leans_on
        Ids of constraints without which a constraint's model may be stricter than its judge, never laxer: it need not
        tell apart what is illegal anyway.
    discreet
        Whether what it says of one facilitator holds nothing of anybody else, so that they may read it. Unless a rule
        says so they are only told that it stands in the way.
    looks_wide
        Whether what it says of somebody in a seat can hang on what others do elsewhere, in meetings that are not of the
        same series and in which that person does not sit. Who tries people in seats lays out the whole roster for it;
        a rule that says it need not is tried much faster.
    ledger_split
        Among which parties the hours of a meeting are split, where the rule settles that for the ledger.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True)

    id: ClassVar[str]
    sentence: ClassVar[Words]
    standard: ClassVar[bool] = True
    presumes: ClassVar[tuple[str, ...]] = ()
    leans_on: ClassVar[tuple[str, ...]] = ()
    discreet: ClassVar[bool] = False
    looks_wide: ClassVar[bool] = True

    @property
    def ledger_split(self) -> Split | None:
        """Among which parties the hours of a meeting are split, None where the rule does not say."""
        return None

    def issues(self, problem: Problem) -> Iterable[Issue]:  # noqa: ARG002 - most rules ask nothing of the input
        """Return what is wrong or doubtful in a problem as far as this rule can tell: mostly nothing."""
        return ()

    def parameters(self) -> dict[str, Any]:
        """Return the parameters as data."""
        return self.model_dump(mode="json")


class EligibilityRule(Rule):
    """Says whether a facilitator is possible for a seat at all.

    Class attributes
    ----------------
    waivable
        Whether the parties can consent to what it objects to.
    """

    waivable: ClassVar[bool] = False

    @abstractmethod
    def out(self, person: Person, occasions: Occasions) -> Bools:
        """Tell for which occasions the person is out.

        Parameters
        ----------
        person
            One facilitator.
        occasions
            Any number of rows; a row must be judged the same whatever other rows stand beside it.

        Returns
        -------
        ndarray of bool, shape ``(occasions,)``
        """

    @abstractmethod
    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:
        """Say why the facilitator is out for the seat. Decides nothing."""

    def words_at(
        self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat, start: datetime | None
    ) -> Words:
        """Say why the facilitator is out for the seat in the slot that starts then; parameters as of `words`."""
        del start  # matters to few rules
        return self.words(problem, facilitator, meeting, seat)

    def cures(
        self,
        problem: Problem,  # noqa: ARG002 - most rules know of none
        facilitator: Facilitator,  # noqa: ARG002
        meeting: Meeting,  # noqa: ARG002
        seat: Seat,  # noqa: ARG002
        start: datetime | None,  # noqa: ARG002
    ) -> Iterable[Cure]:
        """Return ways to take away what the rule objects to; parameters as of `words_at`.

        Each way is some edits that do it together, and none of which can be left out. Nothing where the rule knows
        none: whoever asks verifies what it gets, and looks no further for what it does not get.
        """
        return ()

    def look_again(self, world: Arrays, seed: int) -> None:
        """Decide a sample of pairs in another way, if there is one.

        Parameters
        ----------
        world
            The problem as numbers.
        seed
            Draws the sample.

        Raises
        ------
        InternalError
            The two ways disagree.
        """

    def judge_again(self, plan: Plan, objects: Sequence[bool]) -> None:
        """Decide each assignment of a roster in another way, if there is one.

        Parameters
        ----------
        plan
            The roster.
        objects
            Of each of its assignments, whether the rule is against it.

        Raises
        ------
        InternalError
            The two ways disagree.
        """


class ConstraintRule(Rule):
    """Never broken by a roster. The empty roster breaks none.

    Class attributes
    ----------------
    binds_past
        Whether what it says of the past alone makes a roster illegal too: only where a roster contradicts the past.
    curable
        Whether filling more seats can make a roster legal that breaks the rule, such as a team without a lead. Then a
        pin that breaks it by itself is no mistake.
    one_each
        Whether it sees to it that a seat is held once.
    one_place
        Whether it says that nobody is in two places at once: then pins that break it together are a mistake.
    keeps_pins
        Whether it holds rosters to the pins.
    gives_way_last
        Whether other rules rather give way to pins that are forced.
    balances
        Whether it sees to it that who is not neutral is balanced: a policy with balanced teams asks for such a rule.
    """

    binds_past: ClassVar[bool] = False
    curable: ClassVar[bool] = False
    one_each: ClassVar[bool] = False
    one_place: ClassVar[bool] = False
    keeps_pins: ClassVar[bool] = False
    gives_way_last: ClassVar[bool] = False
    balances: ClassVar[bool] = False

    @property
    def forces_pins(self) -> bool:
        """Whether pins are kept that break other rules."""
        return False

    @abstractmethod
    def post(self, candidates: Candidates, model: Model) -> None:
        """Write the blocks that keep rosters legal."""

    @abstractmethod
    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield a violation for each thing that is illegal in a finished roster, with the meetings that take part."""

    def cures(self, plan: Plan, finding: Finding) -> Iterable[Cure]:  # noqa: ARG002 - most rules know of none
        """Return ways to make a violation of this rule go away without changing the roster, as of `EligibilityRule`.

        Parameters
        ----------
        plan
            A roster, or the part of it that the rule was asked about.
        finding
            What the rule said of it.
        """
        return ()


class PreferenceRule(Rule):
    """Costs penalty points, within a tier.

    Class attributes
    ----------------
    tier
        Level of the objective, 1 the highest; one between two whole numbers lies between those tiers.
    scale
        Units per penalty point, so that every penalty is a whole number of units.
    told_elsewhere
        Whether reports tell of what it charges seat by seat, with the reasons, as of empty seats: then a list of what
        the roster could not give need not.
    """

    tier: ClassVar[float]
    scale: ClassVar[int] = 1
    told_elsewhere: ClassVar[bool] = False

    @property
    def limits(self) -> bool:
        """Whether it is a limit here, by a parameter: then it charges nothing, and what its judge yields is illegal."""
        return False

    def post(self, candidates: Candidates, model: Model) -> None:
        """Write the blocks that keep rosters legal, where the preference is a limit: mostly none."""

    @abstractmethod
    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Write columns, rows and costs that add up to the rule's penalty once minimised."""

    @abstractmethod
    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield a penalty for each thing that costs points; they add up to the rule's value."""

    def cures(self, plan: Plan, finding: Finding) -> Iterable[Cure]:  # noqa: ARG002 - mostly it is no limit
        """Return ways to make a violation of this rule go away, where it is a limit; as of `ConstraintRule`."""
        return ()

    def least_work(self, candidates: Candidates, value: int) -> int:  # noqa: ARG002
        """Return a lower bound on what the pool works in any roster that costs no more than this here, in ticks.

        Parameters
        ----------
        candidates
            Who can be where.
        value
            What this rule charges at most, in its units.
        """
        return 0

    def least(self, candidates: Candidates, work: int) -> int | None:  # noqa: ARG002
        """Return a lower bound on what this rule charges because assignments are whole, in its units; None is unknown.

        Parameters
        ----------
        candidates
            Who can be where.
        work
            What the pool works at least, in ticks.
        """
        return None

    def found(self, penalty: int, words: Words, **about: Any) -> Finding:
        """Return a penalty finding of this rule."""
        return Finding(self.id, "penalty", words, penalty=penalty, scale=self.scale, **about)


Limit = ConstraintRule | PreferenceRule
"""What a roster never breaks: a constraint, or a preference that is a limit (`PreferenceRule.limits`)."""
