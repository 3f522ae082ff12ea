"""What can be wrong with the grid of half-days in a workbook."""

from __future__ import annotations

from poolmatch.issues import Message
from poolmatch.words import Words

UNKNOWN_MARK = Message(
    "mark-unknown",
    Words("holds a mark that is not known", "bevat een teken dat niet bekend is"),
    Words("write one of {marks}, or leave it blank", "schrijf een van {marks}, of laat het leeg"),
)
WITHOUT_DAY = Message(
    "mark-without-day",
    Words("is a mark below no day of the period", "is een teken dat niet onder een dag van de periode staat"),
    Words(
        "fill in the period, with its days as dates, and save the workbook; or move the mark below one of its days",
        "vul de periode in, met haar dagen als datum, en bewaar de werkmap; of zet het teken onder een van haar dagen",
    ),
)
WITHOUT_PERSON = Message(
    "mark-without-person",
    Words("has marks and no person in front of them", "heeft tekens zonder een persoon ervoor"),
    Words("write in front of them whose they are, or remove them", "schrijf ervoor van wie ze zijn, of haal ze weg"),
)
GRID_CHANGED = Message(
    "grid-of-half-days-changed",
    Words("has days that are not {count} columns wide", "heeft dagen die niet {count} kolommen breed zijn"),
    Words(
        "put the columns back that were removed, or remove those that were added",
        "zet de kolommen terug die weg zijn, of haal weg wat erbij is gekomen",
    ),
)
AGAINST = Message(
    "availability-against-itself",
    Words(
        "say of one person that they can and that they cannot at one time",
        "zeggen van één persoon dat die op één moment wel en niet kan",
    ),
    Words("it counts that they cannot; remove what is wrong", "dat die niet kan, telt; haal weg wat niet klopt"),
    "warning",
)
