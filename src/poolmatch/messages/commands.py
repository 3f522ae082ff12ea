"""What is said of arguments of the command line that do not fit."""

from __future__ import annotations

from poolmatch.words import Words

NO_SEAT = Words(
    "{given} is no seat; write MEETING/SEAT, such as M14/lead",
    "{given} is geen plaats; schrijf BIJEENKOMST/PLAATS, zoals M14/lead",
)
NO_DAY = Words("{given} is no day; write it as 2026-03-05", "{given} is geen dag; schrijf die als 5-3-2026")
CALLED = Words('"{given}" {reason}; {remedy}', '"{given}" {reason}; {remedy}')
SEAT_OR_PERSON = Words(
    "give --seat MEETING/SEAT, or --facilitator ID with --day",
    "geef --seat BIJEENKOMST/PLAATS, of --facilitator WIE met --day",
)
NOT_WHOLE = Words("{given} is no whole number", "{given} is geen geheel getal")
NO_NUMBER = Words("{given} is no number, such as 30 or 2.5", "{given} is geen getal, zoals 30 of 2,5")
NO_LANGUAGE = Words(
    "POOLMATCH_LANGUAGE of the environment is {given}, which is no language; languages: {known}",
    "POOLMATCH_LANGUAGE van de omgeving is {given}, en dat is geen taal; talen: {known}",
)
TAKE_WHAT = Words(
    "give --take ID together with --seat MEETING/SEAT, and with --out FILE for the new roster",
    "geef --take WIE samen met --seat BIJEENKOMST/PLAATS, en met --out BESTAND voor het nieuwe rooster",
)
NO_SUBSTITUTE = Words(
    "{who} cannot take seat {seat} of {meeting}, as far as was found in time; leave --take out to see who can",
    "{who} kan plaats {seat} van {meeting} niet overnemen, voor zover op tijd gevonden is; laat --take weg om te zien "
    "wie dat kan",
)
DAYS_OF_NOBODY = Words(
    "--from and --until are of somebody who is out: give --ill ID as well",
    "--from en --until horen bij iemand die uitvalt: geef ook --ill WIE",
)
STOPPED = Words("Ended before there was anything to tell.", "Gestopt voordat er iets te vertellen was.")
NO_AUDIENCE = Words(
    "{given} is nobody who reads; write coordinator, facilitator:ID, party:ID or public",
    "{given} is geen lezer; schrijf coördinator, begeleider:WIE, partij:WIE of iedereen",
)
WRITE_DOWN = Words(
    "Write it down in {file} too, or a later roster does not know of it:",
    "Zet het ook in {file}, anders weet een later rooster er niet van:",
)
ROW_MORE = Words("{table}, a row more: {cells}", "{table}, een regel erbij: {cells}")
PIN_LESS = Words(
    "{table}, take away the row of seat {seat} of {meeting}",
    "{table}, haal de regel weg van plaats {seat} van {meeting}",
)
ROSTER_IS_COORDINATORS = Words(
    "a whole roster is the coordinator's: leave --audience out, or the file for the roster",
    "een heel rooster is voor de coördinator: laat --audience weg, of het bestand voor het rooster",
)
NO_PLACE = Words(
    "{file} is no place for a problem: name a workbook (.xlsx), a JSON document (.json), or a folder",
    "{file} is geen plek voor een probleem: noem een werkmap (.xlsx), een JSON-document (.json), of een map",
)
MARKED_NO_WORKBOOK = Words(
    "--marked is for a problem that is a workbook; leave it out",
    "--marked is voor een probleem dat een werkmap is; laat het weg",
)
NO_WORKBOOK = Words(
    "{file} is no workbook: its name does not end in .xlsx", "{file} is geen werkmap: de naam eindigt niet op .xlsx"
)
WHOSE_WISH = Words(
    "give --wish together with --facilitator ID, and without --seat",
    "geef --wish samen met --facilitator WIE, en zonder --seat",
)
