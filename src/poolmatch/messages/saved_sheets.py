"""What can be said of files that were saved of the sheets of a workbook."""

from __future__ import annotations

from poolmatch.issues import Message
from poolmatch.words import Words

SAVED_SHEETS = Message(
    "sheets-of-a-workbook",
    Words(
        "holds the sheets of a workbook, saved one by one as {book}-….csv",
        "bevat de bladen van een werkmap, een voor een bewaard als {book}-….csv",
    ),
    Words(
        "nothing to do: each is read as the sheet it was", "niets te doen: elk wordt gelezen als het blad dat het was"
    ),
    "warning",
)
SEVERAL_BOOKS = Message(
    "sheets-of-several-workbooks",
    Words("holds the sheets of several workbooks: {books}", "bevat de bladen van verschillende werkmappen: {books}"),
    Words(
        "put the files of each into a folder of its own",
        "zet de bestanden van elke werkmap in een eigen map",
    ),
)
