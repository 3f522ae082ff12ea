"""Explaining: why a seat is empty, why an external sits in one, who is left for a meeting, which consents help."""

from poolmatch.explain.emptiness import EmptySeat, empty_seats, empty_seats_of
from poolmatch.explain.objective import RuleCost, explain_objective
from poolmatch.explain.outsiders import Outsider, outsiders, outsiders_of
from poolmatch.explain.who_is_left import HelpfulWaiver, neutral_pool, waivers_that_help

__all__ = [
    "EmptySeat",
    "HelpfulWaiver",
    "Outsider",
    "RuleCost",
    "empty_seats",
    "empty_seats_of",
    "explain_objective",
    "neutral_pool",
    "outsiders",
    "outsiders_of",
    "waivers_that_help",
]
