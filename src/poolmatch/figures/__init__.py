"""Figures of a roster: who owes whom hours, how evenly the work is shared, and what carries over to the next month."""

from poolmatch.figures.ahead import series_ahead
from poolmatch.figures.closing import following, next_month
from poolmatch.figures.externals import externals_of
from poolmatch.figures.fairness import Fairness, PersonShare, fairness, fairness_of
from poolmatch.figures.ledger import Account, Ledger, Settlement, ledger, ledger_of

__all__ = [
    "Account",
    "Fairness",
    "Ledger",
    "PersonShare",
    "Settlement",
    "externals_of",
    "fairness",
    "fairness_of",
    "following",
    "ledger",
    "ledger_of",
    "next_month",
    "series_ahead",
]
