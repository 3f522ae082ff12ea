"""What is said of calendars: those that people give, and those that are handed out."""

from __future__ import annotations

from poolmatch.issues import Message
from poolmatch.words import Words

# --- calendars of people ---------------------------------------------------------------------------------

_EXPORT = Words("export the calendar as an .ics file again", "exporteer de agenda opnieuw als .ics-bestand")
_SHORTER = Words("export only the months around the period", "exporteer alleen de maanden rond de periode")
_MEND = Words(
    "mend or remove it in the calendar, and export that again",
    "herstel of verwijder die in de agenda, en exporteer die opnieuw",
)
UNREADABLE = Message("calendar-unreadable", Words("is no calendar (.ics)", "is geen agenda (.ics)"), _EXPORT)
TOO_LARGE = Message(
    "calendar-too-large",
    Words("is a calendar of more than {most} bytes", "is een agenda van meer dan {most} bytes"),
    _SHORTER,
)
TOO_MANY = Message(
    "calendar-too-many-appointments",
    Words("holds more than {most} appointments", "bevat meer dan {most} afspraken"),
    _SHORTER,
)
TOO_OFTEN = Message(
    "calendar-recurs-too-often",
    Words(
        "holds appointments that recur more than {most} times around the period, or more than {steps} times before it",
        "bevat afspraken die rond de periode meer dan {most} keer terugkomen, of ervoor meer dan {steps} keer",
    ),
    _SHORTER,
)
APPOINTMENT = Message(
    "calendar-appointment-unreadable",
    Words(
        "holds an appointment whose times cannot be read: number {number} of the file",
        "bevat een afspraak waarvan de tijden niet te lezen zijn: nummer {number} van het bestand",
    ),
    _MEND,
)
NO_ZONE = Message(
    "calendar-zone-unknown",
    Words(
        "holds an appointment in a time zone that is not known: number {number} of the file",
        "bevat een afspraak in een tijdzone die niet bekend is: nummer {number} van het bestand",
    ),
    Words(
        "choose a time zone such as Europe/Amsterdam for it in the calendar, and export that again",
        "kies er in de agenda een tijdzone voor zoals Europe/Amsterdam, en exporteer die opnieuw",
    ),
)

# --- school holidays -------------------------------------------------------------------------------------

NO_REGION = Words(
    "{given} is no region of school holidays; write noord, midden or zuid",
    "{given} is geen vakantieregio; schrijf noord, midden of zuid",
)
NO_SCHOOL_YEAR = Words(
    "the school holidays of {year} are not all known to the package holidays {version}; install a later one, or write "
    "them in the table availability yourself",
    "de schoolvakanties van {year} zijn niet alle bekend bij het pakket holidays {version}; installeer een nieuwere "
    "versie, of schrijf ze zelf in de tabel availability",
)

# --- calendars that are handed out -----------------------------------------------------------------------

NOTHING_FOR_PUBLIC = Words(
    "the public sees no meetings, so there is no calendar for it",
    "het publiek ziet geen bijeenkomsten; daarvoor is er dus geen agenda",
)
OTHER_CALENDAR = Words(
    "the earlier calendar is not one that poolmatch wrote for this reader, this period and this pool",
    "de eerdere agenda is er geen die poolmatch voor deze lezer, deze periode en deze pool schreef",
)
NOT_ICS = Words(
    "{file} does not end in .ics, as the calendar of one reader must",
    "{file} eindigt niet op .ics, en dat moet bij de agenda van één lezer",
)
OF_WHOM = Words(
    "{given} does not say whose calendar it is; write ID=FILE, such as F01=anna.ics",
    "{given} zegt niet wiens agenda het is; schrijf WIE=BESTAND, zoals F01=anna.ics",
)
NOTHING_BUSY = Words(
    "give a calendar as ID=FILE, --public-holidays or --school-holidays REGION",
    "geef een agenda als WIE=BESTAND, --public-holidays of --school-holidays REGIO",
)
