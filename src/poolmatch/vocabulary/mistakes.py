"""What stands on the sheet that lists the mistakes of a workbook, and around it."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.words import Words

TITLE = Words("Mistakes in this workbook", "Fouten in deze werkmap")
ABOUT = Words(
    "This is a copy of {file}. Correct the coloured cells here or there; click a cell in the list to go to it. This "
    "sheet itself is not read.",
    "Dit is een kopie van {file}. Verbeter de gekleurde cellen hier of daar; klik op een cel in de lijst om erheen te "
    "gaan. Dit blad zelf telt niet mee.",
)
HEADINGS = (
    Words("kind", "soort"),
    Words("what is wrong", "wat er mis is"),
    Words("what to do", "wat u kunt doen"),
    Words("where", "waar"),
    Words("column", "kolom"),
)
KINDS: Mapping[str, Words] = {"error": Words("mistake", "fout"), "warning": Words("worth a look", "let op")}
MORE = Words("and {count} more", "en nog {count}")
SUFFIX = Words("mistakes", "fouten")
"""Stands in the name of the copy."""
WRITTEN = Words("The mistakes are marked in a copy: {file}", "De fouten zijn gemarkeerd in een kopie: {file}")
SEAT = Words(
    "{rule} Change who sits there, or leave the seat empty.",
    "{rule} Wijzig wie daar zit, of laat de plaats leeg.",
)
"""What to do about a seat that breaks a rule, with what the rule says."""
