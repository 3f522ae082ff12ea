"""Figures of a roster: who owes whom hours, how evenly the work is shared, and what carries over to the next month."""

from poolmatch.figures.closing import next_month
from poolmatch.figures.fairness import Fairness, PersonShare, fairness
from poolmatch.figures.ledger import Account, Ledger, Settlement, ledger

__all__ = ["Account", "Fairness", "Ledger", "PersonShare", "Settlement", "fairness", "ledger", "next_month"]
