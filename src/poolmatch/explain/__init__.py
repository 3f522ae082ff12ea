"""Explaining: why a seat is empty or not theirs, what a change would cost, what to do, what a pool hangs on."""

from poolmatch.explain.bottlenecks import Bottlenecks, bottlenecks
from poolmatch.explain.comparison import Comparison, compare
from poolmatch.explain.emptiness import EmptySeat, empty_seats, empty_seats_of
from poolmatch.explain.granted_by import GrantedBy
from poolmatch.explain.mishaps import Mishap, Resilience
from poolmatch.explain.newcomers import OneMore, Training
from poolmatch.explain.objective import RuleCost, explain_objective
from poolmatch.explain.outsiders import Outsider, outsiders, outsiders_of
from poolmatch.explain.remedies import Remedies, Remedy, remedies
from poolmatch.explain.replan import Notice, Replan, replan
from poolmatch.explain.resilience import resilience
from poolmatch.explain.stepping_in import Absence, Substitute, Substitutes
from poolmatch.explain.substitutes import substitutes, substitutes_for
from poolmatch.explain.supply import Demand
from poolmatch.explain.what_if import WhatIf, what_if_table
from poolmatch.explain.who_is_left import HelpfulWaiver, neutral_pool, waivers_that_help
from poolmatch.explain.why_empty import WhyEmpty, why_empty, why_empty_all
from poolmatch.explain.why_not import WhyNot, why_not
from poolmatch.explain.why_not_wish import WhyNotWish, why_not_wish
from poolmatch.explain.why_these import WhyThese, why_these
from poolmatch.explain.wish_reasons import WishReason
from poolmatch.explain.wishing import wishes_of

__all__ = [
    "Absence",
    "Bottlenecks",
    "Comparison",
    "Demand",
    "EmptySeat",
    "GrantedBy",
    "HelpfulWaiver",
    "Mishap",
    "Notice",
    "OneMore",
    "Outsider",
    "Remedies",
    "Remedy",
    "Replan",
    "Resilience",
    "RuleCost",
    "Substitute",
    "Substitutes",
    "Training",
    "WhatIf",
    "WhyEmpty",
    "WhyNot",
    "WhyNotWish",
    "WhyThese",
    "WishReason",
    "bottlenecks",
    "compare",
    "empty_seats",
    "empty_seats_of",
    "explain_objective",
    "neutral_pool",
    "outsiders",
    "outsiders_of",
    "remedies",
    "replan",
    "resilience",
    "substitutes",
    "substitutes_for",
    "waivers_that_help",
    "what_if_table",
    "why_empty",
    "why_empty_all",
    "why_not",
    "why_not_wish",
    "why_these",
    "wishes_of",
]
