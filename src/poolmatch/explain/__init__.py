"""Explaining: why a seat is empty or not theirs, what a change would cost, who is left, what fills a seat."""

from poolmatch.explain.comparison import Comparison, compare
from poolmatch.explain.emptiness import EmptySeat, empty_seats, empty_seats_of
from poolmatch.explain.objective import RuleCost, explain_objective
from poolmatch.explain.outsiders import Outsider, outsiders, outsiders_of
from poolmatch.explain.remedies import Remedies, Remedy, remedies
from poolmatch.explain.what_if import WhatIf, what_if_table
from poolmatch.explain.who_is_left import HelpfulWaiver, neutral_pool, waivers_that_help
from poolmatch.explain.why_not import WhyNot, why_not
from poolmatch.explain.why_these import WhyThese, why_these

__all__ = [
    "Comparison",
    "EmptySeat",
    "HelpfulWaiver",
    "Outsider",
    "Remedies",
    "Remedy",
    "RuleCost",
    "WhatIf",
    "WhyNot",
    "WhyThese",
    "compare",
    "empty_seats",
    "empty_seats_of",
    "explain_objective",
    "neutral_pool",
    "outsiders",
    "outsiders_of",
    "remedies",
    "waivers_that_help",
    "what_if_table",
    "why_not",
    "why_these",
]
