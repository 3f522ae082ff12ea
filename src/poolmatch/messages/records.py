"""What is said of records of runs, and what they say to the Dutch register of algorithms."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.issues import Message
from poolmatch.words import Words

NO_RECORD = Message(
    "record-incomplete",
    Words("is missing or holds something else than it should", "ontbreekt of bevat iets anders dan het hoort"),
    Words("give the run.json that was written beside the roster", "geef de run.json die bij het rooster is geschreven"),
)
UNREADABLE = Message(
    "record-unreadable",
    Words("cannot be read as JSON", "is niet te lezen als JSON"),
    Words("give the run.json that was written beside the roster", "geef de run.json die bij het rooster is geschreven"),
)
OWN_RULES = Message(
    "record-own-rules",
    Words("holds rules that poolmatch does not have: {rules}", "bevat regels die poolmatch niet kent: {rules}"),
    Words("give the rule set by rules=", "geef de regels mee met rules="),
)

REGISTER_FIELDS = (
    *("name", "organization", "description_short", "category", "website", "status", "goal", "proportionality"),
    *("lawful_basis", "impacttoetsen", "source_data", "methods_and_models", "human_intervention", "risks", "provider"),
    *("publiccode", "begin_date", "end_date", "contact_email"),
)
"""Fields of the register, in its order."""
REGISTER: Mapping[str, Words] = {
    "name": Words("Roster of the pool of process facilitators", "Rooster van de pool van procesbegeleiders"),
    "description_short": Words(
        "Proposes who facilitates which meeting, so that nobody leads where a tie to a party stands in the way.",
        "Stelt voor wie welke bijeenkomst begeleidt, zo dat niemand begeleidt waar een band met een partij in de weg "
        "staat.",
    ),
    "goal": Words(
        "To fill as many seats of meetings as the rules allow, by people who are neutral there, to share the work "
        "fairly, and to keep journeys short. People are assigned to meetings; no decision on citizens is taken.",
        "Zoveel mogelijk plaatsen bij bijeenkomsten bezetten als de regels toelaten, met mensen die er neutraal zijn, "
        "het werk eerlijk verdelen en reizen kort houden. Mensen worden ingedeeld; over burgers wordt niets besloten.",
    ),
    "source_data": Words(
        "Data that the pool keeps itself: people with employer, ties, skills, availability and wishes; organisations "
        "and links between them; meetings with parties, times and places; past work.",
        "Gegevens die de pool zelf bijhoudt: mensen met werkgever, banden, vaardigheden, beschikbaarheid en wensen; "
        "organisaties en hun onderlinge verbindingen; bijeenkomsten met partijen, tijden en plaatsen; eerder werk.",
    ),
    "methods_and_models": Words(
        "Rules that people wrote down (set {rules}, digest {digest}; policy on neutrality {policy}) as a model of "
        "whole numbers, solved by constraint programming. It learns from no data. Each roster is judged again by code "
        "that never saw the solver; for each level of the objective it is told how far the roster is from the best.",
        "Regels die mensen hebben opgeschreven (verzameling {rules}, kenmerk {digest}; beleid over neutraliteit "
        "{policy}) als model van gehele getallen, opgelost met constraint programming. Het leert niet van gegevens. "
        "Elk rooster wordt nagekeken door code die de oplosser niet kent; bij elk niveau van het doel staat hoe ver "
        "het rooster van het best mogelijke af is.",
    ),
    "human_intervention": Words(
        "A coordinator makes the roster, can pin and change every seat, and decides what is published. Why a seat is "
        "empty and why somebody is not assigned is told with the evidence.",
        "Een coördinator maakt het rooster, kan elke plaats vastzetten en veranderen, en besluit wat er bekend wordt "
        "gemaakt. Waarom een plaats leeg is en waarom iemand niet is ingedeeld, staat er met het bewijs bij.",
    ),
    "risks": Words(
        "A tie that nobody wrote down is not seen: who has no known employer does not count as neutral, and what is "
        "doubtful is a warning. Equal people are drawn by lot. Names stay out of logs.",
        "Een band die niemand opschreef, wordt niet gezien: wie geen bekende werkgever heeft, geldt niet als neutraal, "
        "en wat twijfelachtig is, is een waarschuwing. Tussen gelijken beslist het lot. Namen staan niet in logboeken.",
    ),
    "provider": Words("poolmatch {version}, open source", "poolmatch {version}, open source"),
}
"""What poolmatch says of itself there."""
