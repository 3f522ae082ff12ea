"""What is said in a workbook that people fill in, besides the names and the explanations of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from poolmatch.words import Words

FIRST: Sequence[str] = ("period", "organisations", "facilitators", "meetings", "stakes", "availability")
"""Tables that everyone needs, in the order in which they are filled in."""
GROUPS: Mapping[Words, Sequence[str]] = {
    Words("More about neutrality", "Meer over neutraliteit"): ("ties", "links", "waivers", "strikes"),
    Words("More about people", "Meer over mensen"): ("serves", "skills", "pairings", "preferences"),
    Words("More about meetings", "Meer over bijeenkomsten"): ("seats", "requirements", "slots", "spacing", "duties"),
    Words("Fixed, and what went before", "Wat vaststaat en wat eraan voorafging"): (
        "pins",
        "published",
        "history",
        "ledger",
    ),
}
"""The other tables, by what they are about."""

PURPOSES: Mapping[str, Words] = {
    "period": Words(
        "The days for which you make a roster, such as one month. One row.",
        "De dagen waarvoor u een rooster maakt, zoals één maand. Eén regel.",
    ),
    "organisations": Words(
        "The organisations that your people work for, and those that have a stake in meetings.",
        "De organisaties waar uw mensen werken, en die belang hebben bij bijeenkomsten.",
    ),
    "facilitators": Words(
        "Who is in the pool, and for whom they work.",
        "Wie er in de pool zit, en voor wie ze werken.",
    ),
    "meetings": Words(
        "What there is to lead, and when. Each meeting asks for one lead, unless the sheet seats says otherwise.",
        "Wat er te begeleiden is, en wanneer. Elke bijeenkomst vraagt één leider, tenzij op het blad plaatsen iets "
        "anders staat.",
    ),
    "stakes": Words(
        "The parties: which organisations have a stake in which meeting. Who works for one of them does not lead it.",
        "De partijen: welke organisaties belang hebben bij welke bijeenkomst. Wie bij een van hen "
        "werkt, leidt die niet.",
    ),
    "availability": Words(
        "When people can or cannot work. May stay empty: then everybody always can.",
        "Wanneer mensen wel of niet kunnen. Mag leeg blijven: dan kan iedereen altijd.",
    ),
    "ties": Words(
        "Other ties than the employer: a board, a family, a place where somebody lives.",
        "Andere banden dan die met de werkgever: een bestuur, familie, waar iemand woont.",
    ),
    "links": Words(
        "How organisations hang together: a unit of, a member of, controlled by.",
        "Hoe organisaties samenhangen: onderdeel van, lid van, zeggenschap over.",
    ),
    "waivers": Words(
        "Where a party agrees to somebody in spite of a tie.",
        "Waar een partij iemand toestaat ondanks een band.",
    ),
    "strikes": Words("Where a party objects to somebody.", "Waar een partij bezwaar maakt tegen iemand."),
    "serves": Words(
        "In which regions somebody works. Who does not stand here works in all of them.",
        "In welke regio's iemand werkt. Wie hier niet staat, werkt overal.",
    ),
    "skills": Words("What somebody is good at.", "Wat iemand goed kan."),
    "pairings": Words(
        "Who works together with whom, and who rather does not.",
        "Wie met wie samenwerkt, en wie liever niet.",
    ),
    "preferences": Words(
        "What somebody likes to do: a theme, a region, a meeting.",
        "Wat iemand graag doet: een thema, een regio, een bijeenkomst.",
    ),
    "seats": Words(
        "Meetings that ask for more than one lead: a team, a scribe, a trainee.",
        "Bijeenkomsten die meer vragen dan één leider: een team, een verslaglegger, een leerling.",
    ),
    "requirements": Words(
        "Which skills a meeting asks for.",
        "Welke vaardigheden een bijeenkomst vraagt.",
    ),
    "slots": Words(
        "Meetings whose time is still to be chosen: the times that are possible.",
        "Bijeenkomsten waarvan de tijd nog gekozen wordt: de tijden die kunnen.",
    ),
    "spacing": Words(
        "How many days lie between the meetings of a series.",
        "Hoeveel dagen er tussen de bijeenkomsten van een reeks liggen.",
    ),
    "duties": Words(
        "Work without a fixed time, such as coaching somebody.",
        "Werk zonder vaste tijd, zoals iemand coachen.",
    ),
    "pins": Words(
        "What you have decided yourself: who sits where, or that a seat stays empty.",
        "Wat u zelf al beslist hebt: wie waar zit, of dat een plaats leeg blijft.",
    ),
    "published": Words(
        "The roster that people were told, so that little of it changes.",
        "Het rooster dat mensen is verteld, zodat daar weinig aan verandert.",
    ),
    "history": Words(
        "What people did before, so that the work is shared fairly over the months.",
        "Wat mensen eerder deden, zodat het werk over de maanden eerlijk verdeeld wordt.",
    ),
    "ledger": Words(
        "Hours that organisations gave and received before.",
        "Uren die organisaties eerder gaven en kregen.",
    ),
}
"""What each table is for."""
GRID_PURPOSE = Words(
    "The same as a calendar: one mark for each half-day on which somebody cannot, or would like to.",
    "Hetzelfde als kalender: een teken voor elk dagdeel waarop iemand niet kan, of juist graag wil.",
)
EXPLANATION_PURPOSE = Words(
    "What every column means, and the rules that a roster keeps to.",
    "Wat elke kolom betekent, en aan welke regels een rooster zich houdt.",
)

# --- the start sheet -------------------------------------------------------------------------------------

TITLE = Words("From an empty workbook to a roster", "Van lege werkmap naar rooster")
EXAMPLE_TITLE = Words(
    "An example: all people and organisations in it are made up",
    "Een voorbeeld: alle mensen en organisaties hierin zijn verzonnen",
)
TO_DO = Words("Still to be filled in", "Nog in te vullen")
SERIES_AHEAD = Words(
    "Of series {count} ready: give each its begin and end. One that is not held: remove its row, and what the other "
    "sheets say of it. Add whatever else there is.",
    "Van reeksen {count} klaar: vul begin en einde in. Gaat er een niet door, haal dan de regel weg, en wat op de "
    "andere bladen over die bijeenkomst staat. Voeg toe wat er verder is.",
)
STANDS_READY = Words("1 meeting stands", "staat er 1 bijeenkomst")
STAND_READY = Words("{count} meetings stand", "staan er {count} bijeenkomsten")
NEW_MEETINGS = Words(
    "Fill in what there is to lead in {period}, and on the sheet {stakes} who has a stake in it.",
    "Vul in wat er te begeleiden is in {period}, en op het blad {stakes} wie daar belang bij heeft.",
)
NEW_TIMES = Words(
    "Ask who can when. What comes back every week or month, and leave that goes on, still stands there.",
    "Vraag wie wanneer kan. Wat elke week of maand terugkomt, en verlof dat doorloopt, staat er nog.",
)
NEW_PEOPLE = Words(
    "Look whether somebody joins, leaves, or changes employers.",
    "Kijk of er iemand bij komt, weggaat of van werkgever wisselt.",
)
STEPS = Words("Fill in these sheets, in this order", "Vul deze bladen in, in deze volgorde")
MORE = Words("Only if you need it", "Alleen als u het nodig hebt")
HOW = Words("How to fill them in", "Zo vult u ze in")
FILLED = Words("rows", "regels")
HINTS: Sequence[Words] = (
    Words(
        "Each row below the headings is one thing. Do not leave rows empty in between, and leave the headings as they "
        "are.",
        "Onder de kopjes is elke regel één ding. Laat er geen regels tussen leeg, en laat de kopjes staan.",
    ),
    Words(
        "Dark headings with a thick line are required, green ones nearly everybody fills in, grey ones may stay empty. "
        "Rest the pointer on a heading to read what belongs below it.",
        "Donkere kopjes met een dikke streep zijn verplicht, groene vult bijna iedereen in, grijze mogen leeg blijven. "
        "Houd de muis op een kopje om te lezen wat eronder hoort.",
    ),
    Words(
        "Give every organisation, person and meeting a short id of your own, such as F01. On other sheets choose from "
        "the list, or type the id or the name.",
        "Geef elke organisatie, persoon en bijeenkomst een kort eigen kenmerk, zoals F01. Kies op andere bladen uit de "
        "lijst, of typ het kenmerk of de naam.",
    ),
    Words(
        "Type a date as 2026-03-02, and a date with a time as 2026-03-02 19:30.",
        "Typ een datum als 2-3-2026, en een datum met een tijd als 2-3-2026 19:30.",
    ),
    Words(
        "Ready? Save the workbook and have the roster made: poolmatch solve, followed by the name of the workbook.",
        "Klaar? Bewaar de werkmap en laat het rooster maken: poolmatch solve, gevolgd door de naam van de werkmap.",
    ),
)
USUAL = frozenset({("facilitators", "organisation"), ("meetings", "title"), ("meetings", "start"), ("meetings", "end")})
"""Columns that may be blank and that nearly everybody fills in, by table."""

# --- notes and lists -------------------------------------------------------------------------------------

REQUIRED_NOTE = Words("Required. {explanation}", "Verplicht. {explanation}")
ID_IN = Words("id in {tables}", "uit {tables}")
NOT_LISTED = Words("Not in the list", "Niet in de lijst")
CHOOSE = Words("Choose one of the list.", "Kies er een uit de lijst.")
CHOOSE_OR_TYPE = Words(
    "This does not stand in the list. A name that stands there once, or another id, may be right too.",
    "Dit staat niet in de lijst. Een naam die daar één keer staat, of een ander kenmerk, kan ook goed zijn.",
)

# --- the grid of half-days -------------------------------------------------------------------------------

GRID_TITLE = Words(
    "Who can when: one mark for each half-day. Blank: as the sheet availability says.",
    "Wie kan wanneer: één teken per dagdeel. Leeg: zoals op het blad beschikbaarheid staat.",
)
GRID_ONLY = Words(
    "whoever has a {mark} anywhere can only where a mark says so",
    "wie ergens een {mark} heeft, kan alleen waar een teken dat zegt",
)
GRID_PERSON = Words("Who", "Wie")
GRID_CHOOSE = Words("Choose a person; one line for each.", "Kies een persoon; voor ieder één regel.")
GRID_HOURS = Words("{half} from {start} to {end}", "{half} van {start} tot {end}")

# --- the sheet of explanations ---------------------------------------------------------------------------

EXPLANATION_HEADINGS: Sequence[Words] = (
    Words("table", "blad"),
    Words("column", "kolom"),
    Words("required", "verplicht"),
    Words("kind of value", "soort waarde"),
    Words("words", "woorden"),
    Words("explanation", "uitleg"),
)
RULES = Words("rules", "regels")
"""What stands in the place of a table where the rules are told."""
STANDARD = Words("a standard rule", "een standaardregel")
NOT_STANDARD = Words("off unless a rule set names it", "uit, tenzij een regelset haar noemt")
MARK = Words("a mark", "een teken")
HALF_DAY = Words("a half-day", "een dagdeel")
