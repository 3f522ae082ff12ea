"""Why a file is not written, and what to do."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from poolmatch.words import Words

NOT_WRITTEN = Words("{path} cannot be written: {reason}; {remedy}", "{path} is niet te schrijven: {reason}; {remedy}")
SYMBOLIC_LINK = Words(
    "{path} is a symbolic link: name the file itself", "{path} is een symbolische link: noem het bestand zelf"
)
RESERVED = Words(
    "{path} is a name that Windows keeps for devices: choose another",
    "{path} is een naam die Windows voor apparaten bewaart: kies een andere",
)
OTHER_ENDING = Words("{file} does not end in .csv, .xlsx or .parquet", "{file} eindigt niet op .csv, .xlsx of .parquet")
ANSWER_ENDING = Words("{file} does not end in .xlsx, .txt or .json", "{file} eindigt niet op .xlsx, .txt of .json")
NOT_XLSX = Words("{file} does not end in .xlsx", "{file} eindigt niet op .xlsx")
LANGUAGE_OF_WORKBOOK = Words("language is for workbooks alone", "language is alleen voor werkmappen")
NOT_CARRIED = Words(
    "The workbook is written anew: what you added to {source} yourself, such as colours, columns and sheets, is not in "
    "it, and marks of the grid are rows of the table.",
    "De werkmap is opnieuw geschreven: wat u zelf aan {source} hebt toegevoegd, zoals kleuren, kolommen en bladen, "
    "staat er niet in, en tekens van het raster zijn regels van de tabel.",
)
OTHER_FORM = Words(
    "{folder} holds tables as {form} files: choose another folder",
    "{folder} bevat tabellen als bestanden van de vorm {form}: kies een andere map",
)

# --- what would be lost ----------------------------------------------------------------------------------

THERE_ALREADY = Words("{file} is there already", "{file} is er al")
CHANGED = Words("{file} is not as poolmatch wrote it", "{file} is niet zoals poolmatch het schreef")
ONE_MORE = Words("{files}, and 1 more file", "{files}, en nog 1 bestand")
MORE = Words("{files}, and {more} more files", "{files}, en nog {more} bestanden")
WOULD_OVERWRITE = Words(
    "{files}: nothing was written; choose another place, or use force=True, which keeps what is replaced as .bak",
    "{files}: er is niets geschreven; kies een andere plek, of gebruik force=True, dat bewaart wat vervangen wordt als "
    ".bak",
)

# --- what the system says --------------------------------------------------------------------------------

_OTHER_PLACE = Words("choose another place", "kies een andere plek")
_NOT_ALLOWED = (
    Words("you may not write there", "u mag daar niet schrijven"),
    Words(
        "close it in other programs, check your rights, or choose another place",
        "sluit het in andere programma's, kijk uw rechten na, of kies een andere plek",
    ),
)
REASONS: Mapping[int, tuple[Words, Words]] = {
    errno.ENOENT: (
        Words("the folder does not exist, or cannot be made", "de map bestaat niet, of is niet te maken"),
        _OTHER_PLACE,
    ),
    errno.ENOTDIR: (
        Words("part of the path is a file, not a folder", "een deel van het pad is een bestand, geen map"),
        _OTHER_PLACE,
    ),
    errno.EISDIR: (Words("is a folder", "is een map"), Words("choose another name", "kies een andere naam")),
    errno.EEXIST: (Words("is a file, not a folder", "is een bestand, geen map"), _OTHER_PLACE),
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: (Words("nothing can be written there", "daar is niets te schrijven"), _OTHER_PLACE),
    errno.ENOSPC: (
        Words("the disk is full", "de schijf is vol"),
        Words("make room, or choose another place", "maak ruimte, of kies een andere plek"),
    ),
    errno.EDQUOT: (
        Words("your share of the disk is full", "uw deel van de schijf is vol"),
        Words("make room, or choose another place", "maak ruimte, of kies een andere plek"),
    ),
    errno.EFBIG: (
        Words("the disk takes no file of that size", "de schijf neemt geen bestand van die grootte"),
        _OTHER_PLACE,
    ),
    errno.ENAMETOOLONG: (
        Words("the name is too long", "de naam is te lang"),
        Words("choose a shorter one", "kies een kortere"),
    ),
}
"""Why a file cannot be written, and what to do, by the number that the system gives."""
OTHER_REASON = Words("{fault}", "het systeem zegt: {fault}")
LEFT_OUT = Words("no {file}: {reason}", "geen {file}: {reason}")


def reason_of(error: OSError) -> tuple[Words, Words]:
    """Return why a file cannot be written, and what to do."""
    found = REASONS.get(error.errno or 0)
    return found or (OTHER_REASON.fill(fault=error.strerror or str(error)), _OTHER_PLACE)
