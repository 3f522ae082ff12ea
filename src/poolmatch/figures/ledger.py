"""The ledger between organisations: hours given and received, exactly, and the settlement between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from poolmatch.checking import Report
from poolmatch.domain.employers import employers
from poolmatch.domain.hours import TICKS, exact
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.reciprocity import Split, receivers
from poolmatch.domain.roster import Roster, must_be_roster

NOBODY = ";"
"""Stands for the receiver of hours that no party receives, such as those of a duty without an organisation.

No organisation is called so: ids hold no semicolon.
"""


@dataclass(frozen=True)
class Account:
    """Hours of one organisation, exactly.

    Attributes
    ----------
    organisation
        Id; ``NOBODY`` where no party receives.
    opening
        Hours given less received before the period.
    given
        Hours its people give in the period.
    received
        Hours its meetings receive in the period from people who have an employer on the day.
    external
        Hours its meetings receive in the period from people without an employer on the day, and in its past from
        people who have left the pool since.
    """

    organisation: str
    opening: Fraction
    given: Fraction
    received: Fraction
    external: Fraction

    @property
    def closing(self) -> Fraction:
        """Hours given less received by the end of the period, whoever gave them."""
        return self.opening + self.given - self.received - self.external

    @property
    def balance(self) -> Fraction:
        """Hours of the period to be settled with the other organisations: given less received from their people."""
        return self.given - self.received


@dataclass(frozen=True)
class Settlement:
    """A row of the settlement: hours and, at a rate, an amount; positive is to be received.

    Attributes
    ----------
    organisation
        Id.
    given, received, balance
        Hours of the period; the balances add up to zero.
    external
        Hours received from people without an employer: outside the settlement.
    amount
        Balance times rate, in hundredths, rounded so that the amounts add up to zero; None without a rate.
    """

    organisation: str
    given: Fraction
    received: Fraction
    balance: Fraction
    external: Fraction
    amount: Decimal | None

    def to_dict(self) -> dict[str, Any]:
        """Return the row as plain numbers; hours as floats."""
        return {
            "organisation": self.organisation,
            "given": float(self.given),
            "received": float(self.received),
            "balance": float(self.balance),
            "external": float(self.external),
            "amount": None if self.amount is None else float(self.amount),
        }


@dataclass(frozen=True)
class Ledger:
    """The accounts of all organisations, in the order of the problem; of nobody only when there is one."""

    accounts: tuple[Account, ...]

    def of(self, organisation: str) -> Account:
        """Return the account of an organisation."""
        return next(item for item in self.accounts if item.organisation == organisation)

    def settlement(self, rate: float | None = None) -> tuple[Settlement, ...]:
        """Return who is to receive what from the others for the period.

        Parameters
        ----------
        rate
            Amount per hour; None leaves amounts out.
        """
        amounts: list[Decimal | None] = [None] * len(self.accounts)
        if rate is not None:
            amounts = list(_to_hundredths({a.organisation: a.balance * exact(rate) for a in self.accounts}))
        return tuple(
            Settlement(item.organisation, item.given, item.received, item.balance, item.external, amount)
            for item, amount in zip(self.accounts, amounts, strict=True)
        )


def _to_hundredths(amounts: Mapping[str, Fraction]) -> list[Decimal]:
    """Round amounts that add up to zero to hundredths that do too: the largest remainders go up, of equals by id."""
    down = {name: (amount * 100).__floor__() for name, amount in amounts.items()}
    left = -sum(down.values())
    for name in sorted(amounts, key=lambda name: (down[name] - amounts[name] * 100, name))[:left]:
        down[name] += 1
    return [Decimal(cents) / 100 for cents in down.values()]


def ledger(problem: Problem, roster: Roster, split: Split = "commissioner") -> Ledger:
    """Return the ledger after a roster.

    Hours are given by the employer of who works, or where that is blank by the organisations of their ties of kind
    `employee` on the day. They are received by the commissioners of a meeting, else its deciders, else all its parties
    but observers. Both go in equal parts; hours for one's own meetings count on both sides.

    Parameters
    ----------
    problem
        The problem; its table ``ledger`` holds what was given and received before.
    roster
        A roster of it.
    split
        ``"parties"`` lets all parties but observers receive, whoever commissioned the meeting.

    Raises
    ------
    ProblemError
        The roster does not fit the problem.
    """
    must_be_problem(problem)
    must_be_roster(roster)
    opening = {row.organisation: exact(row.hours_given) - exact(row.hours_received) for row in problem.ledger}
    given, received, external = (defaultdict[str, Fraction](Fraction) for _ in range(3))
    plan = Plan(problem, roster)
    for item in plan.assignments:
        hours = Fraction(item.ticks, TICKS * 60)
        givers = employers(problem, item.facilitator.facilitator, item.day)
        for name in givers:
            given[name] += hours / len(givers)
        parties = receivers(problem, item.meeting.meeting, split) or (NOBODY,)
        for party in parties:
            (received if givers else external)[party] += hours / len(parties)
    for gone in plan.departed:
        parties = receivers(problem, gone.meeting.meeting, split) or (NOBODY,)
        for party in parties:
            external[party] += Fraction(gone.ticks, TICKS * 60) / len(parties)
    names = [row.organisation for row in problem.organisations]
    if received[NOBODY] or external[NOBODY]:
        names.append(NOBODY)
    return Ledger(
        tuple(
            Account(name, opening.get(name, Fraction(0)), given[name], received[name], external[name]) for name in names
        )
    )


def ledger_of(report: Report) -> Ledger:
    """Return the ledger after a roster that was judged, split as its rules say: worked out once."""
    return report.memo(ledger, lambda: ledger(report.problem, report.roster, report.rules.ledger_split))
