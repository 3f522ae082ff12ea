"""What can be wrong with tables, headings and documents, before their rows are looked at."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.issues import Message
from poolmatch.words import Words

NOT_TABLES = Message(
    "problem-not-tables",
    Words("is not a set of tables", "is geen verzameling tabellen"),
    Words("give an object with a table per name", "geef een object met een tabel per naam"),
)
NOT_ROWS = Message(
    "table-not-rows",
    Words("is not a list of rows", "is geen lijst van rijen"),
    Words("give a list with an object per row", "geef een lijst met een object per rij"),
)
MANY_ROWS = Message(
    "table-too-many-rows",
    Words("has more than {most} rows", "heeft meer dan {most} rijen"),
    Words("split the problem", "splits het probleem"),
)
NOT_ONE_ROW = Message(
    "period-not-one-row",
    Words("has {count} rows", "heeft {count} rijen"),
    Words("give exactly one row", "geef precies één rij"),
)
MISSING_TABLE = Message(
    "table-missing",
    Words("is required and missing", "is verplicht en ontbreekt"),
    Words("{hint}add the table; it may be empty", "{hint}voeg de tabel toe; zij mag leeg zijn"),
)
OTHER_VERSION = Message(
    "schema-version-unknown",
    Words("is of another version", "is van een andere versie"),
    Words(
        "write it with a poolmatch of this schema version, {version}",
        "schrijf het met een poolmatch van deze versie van het schema, {version}",
    ),
)

# --- names that are not known ----------------------------------------------------------------------------

_NO_TABLE = Words("is not a table that poolmatch knows", "is geen tabel die poolmatch kent")
_NO_COLUMN = Words("is not a column of this table", "is geen kolom van deze tabel")
_RENAME = Words("{hint}rename it, or remove it", "{hint}geef het die naam, of haal het weg")
_MAYBE = Words(
    "{hint}rename it, if it is what is missing; otherwise remove it",
    "{hint}geef het de juiste naam, als dit is wat ontbreekt; haal het anders weg",
)
_UNUSED = Words("{hint}its content is not used", "{hint}de inhoud wordt niet gebruikt")

TABLE_SLIP = Message("table-misspelt", _NO_TABLE, _RENAME)
TABLE_MAYBE = Message("table-unknown-while-one-misses", _NO_TABLE, _MAYBE)
TABLE_UNUSED = Message("table-unknown", _NO_TABLE, _UNUSED, "warning")
COLUMN_SLIP = Message("column-misspelt", _NO_COLUMN, _RENAME)
COLUMN_MAYBE = Message("column-unknown-while-one-misses", _NO_COLUMN, _MAYBE)
COLUMN_UNUSED = Message("column-unknown", _NO_COLUMN, _UNUSED, "warning")
MISSING_COLUMN = Message(
    "column-missing",
    Words("is required and missing", "is verplicht en ontbreekt"),
    Words("{hint}add the column", "{hint}voeg de kolom toe"),
)

# --- documents -------------------------------------------------------------------------------------------

KEY_TWICE = Message(
    "document-key-twice",
    Words("has the key {key!r} twice in one object", "heeft de sleutel {key!r} twee keer in één object"),
    Words("keep one of them", "houd er één"),
)
NO_CONSTANT = Message(
    "document-constant",
    Words("holds {word}, which JSON does not know", "bevat {word}, dat JSON niet kent"),
    Words("write a number or null", "schrijf een getal of null"),
)
DOCUMENT_NOT_UTF8 = Message(
    "document-not-utf-8",
    Words("is not UTF-8 text", "is geen tekst in UTF-8"),
    Words("save it as UTF-8", "sla het op als UTF-8"),
)
NOT_JSON = Message(
    "document-not-json",
    Words("is not JSON: {fault} at line {line}, column {sign}", "is geen JSON: {fault} op regel {line}, teken {sign}"),
    Words("correct it there", "verbeter dat daar"),
)
TOO_DEEP = Message(
    "document-too-deep",
    Words("is nested too deep", "is te diep genest"),
    Words(
        "a problem is an object of tables, each a list of flat rows",
        "een probleem is een object van tabellen, elk een lijst van platte rijen",
    ),
)
NUMBER_TOO_LONG = Message(
    "document-number-too-long",
    Words("holds a number that is too long", "bevat een getal dat te lang is"),
    Words("correct the number", "verbeter het getal"),
)
NOT_AN_OBJECT = Message(
    "document-not-an-object",
    Words("is not an object", "is geen object"),
    Words("give an object with a table per name", "geef een object met een tabel per naam"),
)
JSON_FAULTS: Mapping[str, Words] = {
    "Expecting value": Words("Expecting value", "hier hoort een waarde"),
    "Expecting property name enclosed in double quotes": Words(
        "Expecting property name enclosed in double quotes", "hier hoort een naam tussen dubbele aanhalingstekens"
    ),
    "Expecting ':' delimiter": Words("Expecting ':' delimiter", "hier hoort een dubbele punt"),
    "Expecting ',' delimiter": Words("Expecting ',' delimiter", "hier hoort een komma"),
    "Extra data": Words("Extra data", "er staat nog iets na het einde"),
    "Unterminated string starting at": Words("Unterminated string starting at", "een tekst zonder einde begint"),
    "Invalid control character at": Words("Invalid control character at", "een stuurteken"),
}
"""What the reader of JSON says."""
JSON_UNREADABLE = Words("it cannot be read", "het is niet te lezen")
