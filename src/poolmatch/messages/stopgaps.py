"""What is said of words that stand where there is nothing to say."""

from __future__ import annotations

from poolmatch.issues import Message
from poolmatch.words import Words

STOPGAP_WORD = Message(
    "word-is-a-stopgap",
    Words("counts as a word like any other", "telt als een woord als elk ander"),
    Words(
        "leave the cell blank if nothing is meant, or write what is meant",
        "laat de cel leeg als er niets bedoeld is, of schrijf wat er bedoeld is",
    ),
    "warning",
)
STOPGAP_ORGANISATION = Message(
    "organisation-is-a-stopgap",
    Words("names no organisation", "noemt geen organisatie"),
    Words(
        "remove the row, and leave the employer of who works there blank: unknown is not neutral, and this would be",
        "haal de rij weg, en laat de werkgever van wie daar werkt leeg: onbekend is niet neutraal, en dit zou het zijn",
    ),
    "warning",
)
