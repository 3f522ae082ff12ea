"""What the columns of tables mean, in every language: looked up by the English that the rows of the domain have."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.words import Words

_OF_EVERYBODY = (
    Words("Id of the facilitator.", "Kenmerk van de begeleider, zoals F01."),
    Words("Id of the meeting.", "Kenmerk van de bijeenkomst, zoals M01."),
    Words("Id of the organisation.", "Kenmerk van de organisatie, zoals GEM."),
    Words(
        "Id of the duty; differs from every meeting id.",
        "Kenmerk van de taak; anders dan dat van elke bijeenkomst.",
    ),
    Words("Id of the seat, unique in its meeting.", "Kenmerk van de plaats; binnen één bijeenkomst elk een ander."),
    Words("Facilitator.", "Begeleider."),
    Words("Meeting.", "Bijeenkomst."),
    Words("Meeting or duty.", "Bijeenkomst of taak."),
    Words("Organisation.", "Organisatie."),
    Words("Party.", "Partij: een organisatie die er belang bij heeft."),
    Words("Seat.", "Plaats."),
    Words("Series.", "Reeks."),
    Words("Start.", "Begin."),
    Words("End.", "Einde."),
    Words("First day.", "Eerste dag."),
    Words("Last day, inclusive.", "Laatste dag; die telt mee."),
    Words("First day; blank = always.", "Eerste dag; leeg = altijd al."),
    Words("Last day, inclusive; blank = still.", "Laatste dag; die telt mee. Leeg = nog steeds."),
    Words("First day it holds; blank = always.", "Eerste dag dat het geldt; leeg = altijd al."),
    Words(
        "Last day it holds, inclusive; blank = no end.", "Laatste dag dat het geldt; die telt mee. Leeg = geen einde."
    ),
    Words("Series it belongs to.", "Reeks waar het bij hoort."),
    Words(
        "1 to 5, 5 = most important. Default 3.",
        "1 tot en met 5; 5 = het belangrijkst. Leeg = 3.",
    ),
)
"""What is said of columns of several tables, or in a word or two."""

_OF_THE_PERIOD = (
    Words("What the period is called, such as March 2026.", "Hoe de periode heet, zoals maart 2026."),
    Words(
        "IANA name of the time zone, such as Europe/Amsterdam.",
        "Naam van de tijdzone; in Nederland Europe/Amsterdam.",
    ),
    Words(
        "Day on which is planned: what began before it is past. Blank = nothing is past.",
        "Dag waarop u plant: wat daarvoor begon, is voorbij en verandert niet. Leeg = er is nog niets voorbij.",
    ),
)

_OF_ORGANISATIONS = (
    Words("Name, as people know it.", "Naam, zoals mensen die kennen."),
    Words(
        "What it is: municipality, school, housing corporation …",
        "Wat het is: gemeente, school, woningcorporatie …",
    ),
    Words("Region it lies in.", "Regio waar ze zit."),
    Words("Latitude in degrees (WGS84).", "Breedtegraad, zoals 53,2194."),
    Words("Longitude in degrees (WGS84).", "Lengtegraad, zoals 6,5665."),
    Words("Organisation the link starts from.", "Organisatie van waar de verbinding loopt."),
    Words("Organisation the link leads to.", "Organisatie waar de verbinding heen loopt."),
    Words(
        "controls: source controls target · unit_of: source is a unit of target · member_of: source is a member of "
        "target · funds: source funds target · affiliate, joint_venture: in both directions · same_as: one "
        "organisation under two ids, or its successor.",
        "Wat de eerste is voor de tweede: zeggenschap over, onderdeel van, lid van of financier van. Gelieerd aan en "
        "in een samenwerkingsverband met gelden in beide richtingen. Dezelfde organisatie als: één organisatie met "
        "twee kenmerken, of haar opvolger.",
    ),
    Words("First day of the link; blank = always.", "Eerste dag van de verbinding; leeg = altijd al."),
    Words(
        "Last day of the link, inclusive; blank = still.",
        "Laatste dag van de verbinding; die telt mee. Leeg = nog steeds.",
    ),
    Words("Hours its people gave, before this period.", "Uren die haar mensen gaven, vóór deze periode."),
    Words("Hours its meetings received, before this period.", "Uren die haar bijeenkomsten kregen, vóór deze periode."),
)

_OF_PEOPLE = (
    Words("Name, for people to read.", "Naam, zoals die op het rooster komt."),
    Words(
        "Employer; blank = unknown, unless independent says that there is none.",
        "Werkgever. Leeg = onbekend, behalve wie zelfstandig is: die heeft er geen.",
    ),
    Words(
        "Has no employer: retired or self-employed. Default no.",
        "Heeft geen werkgever: zzp'er of met pensioen. Leeg = nee.",
    ),
    Words("First day in the pool; blank = always.", "Eerste dag in de pool; leeg = altijd al."),
    Words(
        "Last day in the pool, inclusive; blank = still.", "Laatste dag in de pool; die telt mee. Leeg = nog steeds."
    ),
    Words("Region of the home.", "Regio waar iemand woont."),
    Words("Latitude of the home in degrees (WGS84).", "Breedtegraad van de woning, zoals 53,2194."),
    Words("Longitude of the home in degrees (WGS84).", "Lengtegraad van de woning, zoals 6,5665."),
    Words(
        "Roles, separated by ;. Default lead;co.",
        "Rollen die iemand kan hebben, gescheiden door ;. Leeg = leider;medebegeleider.",
    ),
    Words(
        "Most meetings in the period; blank = no limit.",
        "Hoogste aantal bijeenkomsten in de periode; leeg = geen grens.",
    ),
    Words("Most hours in the period; blank = no limit.", "Hoogste aantal uren in de periode; leeg = geen grens."),
    Words("Most meetings on one day. Default 2.", "Hoogste aantal bijeenkomsten op één dag. Leeg = 2."),
    Words(
        "Most meetings in one ISO week; blank = no limit.",
        "Hoogste aantal bijeenkomsten in één week, van maandag tot en met zondag; leeg = geen grens.",
    ),
    Words(
        "Most evening meetings in one ISO week; blank = no limit.",
        "Hoogste aantal avondbijeenkomsten in één week, van maandag tot en met zondag; leeg = geen grens.",
    ),
    Words(
        "Contract hours per week; blank = the mean of those given.",
        "Uren per week voor de pool; leeg = het gemiddelde van wie ze wel heeft.",
    ),
    Words(
        "Meetings needed in the period to stay in practice.",
        "Bijeenkomsten die iemand in de periode nodig heeft om ervaring te houden.",
    ),
    Words(
        "Farthest meeting, km one way; blank = no limit.",
        "Verste bijeenkomst, in km voor de heenreis; leeg = geen grens.",
    ),
    Words(
        "Most kilometres of travel in the period; blank = no limit.",
        "Hoogste aantal kilometers reizen in de periode; leeg = geen grens.",
    ),
    Words(
        "From outside the pool, asked last. Default no.",
        "Komt van buiten de pool en wordt als laatste gevraagd. Leeg = nee.",
    ),
    Words("Cost per hour, for externals.", "Kosten per uur, voor wie van buiten komt."),
    Words("Region served.", "Regio waar iemand werkt."),
    Words("Skill, such as deep democracy.", "Vaardigheid, zoals deep democracy."),
    Words("Level, 1 (begun) to 5 (teaches others).", "Niveau, van 1 (begonnen) tot en met 5 (leert het anderen)."),
    Words(
        "employee, director, financial_interest, former_employee, family, adviser, resident, dossier or position.",
        "Wat voor band: werknemer, bestuurder, financieel belang, oud-werknemer, familie, adviseur, inwoner, dossier "
        "of openbare functie.",
    ),
    Words("The tie is to this organisation.", "De band is met deze organisatie."),
    Words("The tie is to this theme.", "De band is met dit thema."),
    Words("The tie is to this meeting.", "De band is met deze bijeenkomst."),
    Words("The tie is to this series.", "De band is met deze reeks."),
    Words("Facilitator the consent is for.", "Begeleider voor wie de toestemming is."),
    Words("Organisation the facilitator is tied to.", "Organisatie waarmee de begeleider een band heeft."),
    Words("The consent is for this meeting.", "De toestemming is voor deze bijeenkomst."),
    Words("The consent is for this series.", "De toestemming is voor deze reeks."),
    Words("Party that consents.", "Partij die toestemming geeft."),
    Words("Day of the consent.", "Dag waarop de toestemming is gegeven."),
    Words("Party that objects.", "Partij die bezwaar maakt."),
    Words("Facilitator it objects to.", "Begeleider tegen wie het bezwaar is."),
    Words(
        "Only this meeting; blank = all its meetings.",
        "Alleen deze bijeenkomst; leeg = alle bijeenkomsten van die partij.",
    ),
    Words("One facilitator.", "De ene begeleider."),
    Words("The other facilitator.", "De andere begeleider."),
    Words("What is asked of the pair.", "Wat er van het koppel wordt gevraagd: samen in één team, of juist niet."),
    Words("About this meeting.", "Over deze bijeenkomst."),
    Words("About meetings on this theme.", "Over bijeenkomsten met dit thema."),
    Words("About meetings in this region.", "Over bijeenkomsten in deze regio."),
    Words("About meetings with this party.", "Over bijeenkomsten met deze partij."),
    Words(
        "-10 (not at all) to 10 (gladly), at most four decimals.",
        "-10 (helemaal niet) tot en met 10 (heel graag), met hoogstens vier decimalen.",
    ),
    Words(
        "Start: a moment, or a date for the whole day.",
        "Begin: een datum met een tijd, of alleen een datum voor de hele dag.",
    ),
    Words(
        "End: a moment, or a date, whose whole day is included.",
        "Einde: een datum met een tijd, of alleen een datum; die hele dag telt mee.",
    ),
    Words(
        "available rows limit; unavailable subtracts; prefer and avoid are wishes.",
        "Beschikbaar: alleen dan kan iemand. Niet beschikbaar: dan niet. Graag en liever niet zijn wensen.",
    ),
    Words(
        "Recurrence (RFC 5545), such as FREQ=WEEKLY;BYDAY=FR.",
        "Hoe het zich herhaalt: elke vrijdag, elke 2 weken op maandag, elke eerste dinsdag van de maand, "
        "elke vrijdag tot en met 30-6-2026. Leeg = eenmalig.",
    ),
    Words(
        "Local days on which it does not recur, separated by ;. Needs rrule.",
        "Dagen waarop het zich niet herhaalt, gescheiden door ;. Alleen bij een herhaling.",
    ),
)

_OF_MEETINGS = (
    Words("What it is called.", "Hoe ze heet."),
    Words(
        "Start; blank when the table slots has rows for it.",
        "Begin: datum en tijd, zoals 2-3-2026 19:30. Leeg als ze op het blad tijdstippen staat.",
    ),
    Words(
        "End; blank when the table slots has rows for it.",
        "Einde: datum en tijd, zoals 2-3-2026 21:30. Leeg als ze op het blad tijdstippen staat.",
    ),
    Words("Region it is held in; blank binds no one.", "Regio waar ze is; leeg = iedereen kan erheen."),
    Words("Latitude of the place in degrees (WGS84).", "Breedtegraad van de plek, zoals 53,2194."),
    Words("Longitude of the place in degrees (WGS84).", "Lengtegraad van de plek, zoals 6,5665."),
    Words("Held online: no travel. Default no.", "Online: niemand hoeft te reizen. Leeg = nee."),
    Words("What it is about.", "Waar ze over gaat."),
    Words("Place in the series; rises with time.", "De hoeveelste van de reeks; een latere heeft een hoger nummer."),
    Words("How contested it is. Default normal.", "Hoe omstreden het onderwerp is. Leeg = normaal."),
    Words(
        "Minutes needed on the spot before the start. Default 0.",
        "Minuten dat een begeleider er voor het begin moet zijn. Leeg = 0.",
    ),
    Words(
        "Minutes needed on the spot after the end. Default 0.",
        "Minuten dat een begeleider na het einde nog bezig is. Leeg = 0.",
    ),
    Words("Hours of preparation per facilitator. Default 0.", "Uren voorbereiding voor elke begeleider. Leeg = 0."),
    Words("Number of people expected.", "Hoeveel mensen er worden verwacht."),
    Words("What the party's interest is.", "Wat voor belang de partij heeft."),
    Words("Role of who takes the seat.", "Rol van wie op de plaats zit."),
    Words(
        "Must be filled if at all possible. Default yes.",
        "Moet bezet worden als het maar enigszins kan. Leeg = ja.",
    ),
    Words(
        "One person in all seats of this name in the series: prefer or same; or rotate. Default none.",
        "Of in de hele reeks dezelfde persoon op de plaats met deze naam zit, of juist telkens een ander. Leeg = geen.",
    ),
    Words("Seat; blank = the team as a whole.", "Plaats; leeg = het team als geheel."),
    Words("Skill asked for.", "Vaardigheid die wordt gevraagd."),
    Words("Least level, 1 to 5.", "Laagste niveau, van 1 tot en met 5."),
    Words(
        "Must it, or should it; or may at most a number of the team have it? Default required.",
        "Vereist of gewenst; of hoogstens zoveel mensen van het team. Leeg = vereist.",
    ),
    Words(
        "Of at_most: how many of the team may have the skill.",
        "Bij hoogstens: hoeveel mensen van het team de vaardigheid mogen hebben.",
    ),
    Words("Flexible meeting.", "Bijeenkomst die nog geen vaste tijd heeft."),
    Words("Start of the slot.", "Begin van het tijdstip."),
    Words("End of the slot.", "Einde van het tijdstip."),
    Words(
        "Penalty points when this slot is chosen. Default 0.",
        "Strafpunten als dit tijdstip wordt gekozen; meer = liever niet. Leeg = 0.",
    ),
    Words(
        "Fewest days between two sessions. Default 0.",
        "Hoeveel dagen er minstens tussen twee sessies liggen. Leeg = 0.",
    ),
    Words(
        "Most days between two sessions; blank = no limit.",
        "Hoeveel dagen er hoogstens tussen twee sessies liggen; leeg = geen grens.",
    ),
    Words(
        "Kind; a facilitator has at most one duty of a kind.",
        "Soort taak; een begeleider krijgt van elke soort hoogstens één taak.",
    ),
    Words("Hours it takes.", "Uren die het kost."),
    Words("Role it asks for; blank = any.", "Rol die wordt gevraagd; leeg = elke rol."),
    Words("Party at stake, if any.", "Partij die er belang bij heeft, als die er is."),
)

_OF_ROSTERS = (
    Words(
        "Who must take it; blank = must stay empty.",
        "Wie er moet zitten; leeg = de plaats moet leeg blijven.",
    ),
    Words(
        "Start of the slot, for a flexible meeting.",
        "Begin van het tijdstip, als de bijeenkomst nog geen vaste tijd heeft.",
    ),
    Words("Who did it.", "Wie het deed."),
    Words("In which role.", "In welke rol."),
    Words("Start; blank for a duty.", "Begin; leeg bij een taak."),
    Words("End; blank for a duty.", "Einde; leeg bij een taak."),
    Words("Which seat.", "Op welke plaats."),
    Words(
        "Parties other than observers, separated by ;.",
        "Partijen, behalve toehoorders, gescheiden door ;.",
    ),
    Words("Series it belonged to.", "Reeks waar het bij hoorde."),
    Words("Place in the series.", "De hoeveelste van de reeks."),
    Words(
        "Hours; blank = end minus start. Needed for a duty.",
        "Uren; leeg = van begin tot einde. Nodig bij een taak.",
    ),
    Words("Who was told to come; blank = nobody.", "Wie gezegd is te komen; leeg = niemand."),
    Words("Start that people were told.", "Begin dat mensen is verteld."),
    Words("Role of the seat.", "Rol van de plaats."),
    Words("Who takes it; blank = empty.", "Wie er zit; leeg = niemand."),
    Words(
        "How ties bear on the meeting, for information.", "Wat banden voor de bijeenkomst betekenen; ter informatie."
    ),
    Words(
        "What the parties are to be told, for information.",
        "Wat de partijen moeten weten; ter informatie.",
    ),
)

EXPLANATIONS: Mapping[str, Words] = {
    words.en: words
    for group in (_OF_EVERYBODY, _OF_THE_PERIOD, _OF_ORGANISATIONS, _OF_PEOPLE, _OF_MEETINGS, _OF_ROSTERS)
    for words in group
}
"""By what stands in English with the column, in the rows of the domain."""
