"""What organisations have to settle with one another for the period."""

from __future__ import annotations

from poolmatch.domain.problem import Problem
from poolmatch.figures import Ledger
from poolmatch.figures.ledger import NOBODY
from poolmatch.report.sections.names import organisation_name
from poolmatch.report.sections.section import Cell, Column, Kind, Section
from poolmatch.views import View
from poolmatch.words import Words

UNRECEIVED = Words("no party", "geen partij")
COLUMNS = (
    Column(Words("organisation", "organisatie")),
    Column(Words("given", "gegeven"), Kind.HOURS),
    Column(Words("received from others", "gekregen van anderen"), Kind.HOURS),
    Column(Words("to be settled", "te verrekenen"), Kind.BALANCE),
    Column(Words("from outside", "van buiten"), Kind.HOURS),
)
AMOUNT = Column(Words("amount", "bedrag"), Kind.AMOUNT)
HEADING = Words("Settlement for the period, hours", "Verrekening over de periode, uren")
FOOT = Words(
    "Above zero: to be received from the others. Below: owed to them. Hours from outside are not settled.",
    "Boven nul: te ontvangen van de anderen. Eronder: aan hen verschuldigd. Uren van buiten tellen niet mee.",
)


def settlement_section(problem: Problem, ledger: Ledger, view: View, rate: float | None = None) -> Section:
    """Return what each organisation of a view is to receive from the others, or owes them.

    Parameters
    ----------
    problem
        Its organisations are named.
    ledger
        Its ledger after the roster.
    view
        What the reader may see.
    rate
        Amount per hour; None tells hours alone.
    """
    rows: list[tuple[Cell, ...]] = []
    for item in ledger.settlement(rate):
        figures = item.given, item.received, item.balance, item.external
        if any(figures) and view.organisation(item.organisation):
            name = UNRECEIVED if item.organisation == NOBODY else organisation_name(problem, item.organisation)
            amount = () if item.amount is None else (float(item.amount),)
            rows.append((name, *map(float, figures), *amount))
    columns = COLUMNS if rate is None else (*COLUMNS, AMOUNT)
    return Section("settlement", HEADING, columns, tuple(rows), "report.json", FOOT if rows else None)
