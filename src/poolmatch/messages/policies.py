"""What can be wrong with a policy."""

from __future__ import annotations

from poolmatch.issues import Message
from poolmatch.words import Words

_ONE_OF = Words("{hint}write one of: {known}", "{hint}schrijf een van: {known}")
_ONE_OR_OTHER = Words("do one of the two", "doe een van de twee")
_TOML_FILE = Words("give the path of a TOML file", "geef het pad van een TOML-bestand")

# --- files and keys --------------------------------------------------------------------------------------

NOT_TOML = Message(
    "policy-not-toml",
    Words("is not TOML: {fault}", "is geen TOML: {fault}"),
    Words("correct it there", "verbeter dat daar"),
)
NOT_UTF8 = Message("policy-file-not-utf-8", Words("is not UTF-8 text", "is geen tekst in UTF-8"), _TOML_FILE)
UNREADABLE = Message("policy-file-unreadable", Words("cannot be read", "is niet te lezen"), _TOML_FILE)
NO_KEY = Message(
    "policy-key-unknown",
    Words("is not a key of a policy", "is geen sleutel van een beleid"),
    Words("{hint}leave it out", "{hint}laat het weg"),
)
WRONG_KIND = Message(
    "policy-key-of-wrong-kind",
    Words("is of the wrong kind", "is van de verkeerde soort"),
    Words("give {what}", "geef {what}"),
)
TEXT = Words("text", "tekst")
WHOLE_NUMBER = Words("a whole number", "een geheel getal")
LIST_OF_WORDS = Words("a list of words", "een lijst van woorden")
TRUTH = Words("true or false", "true of false")
LIST_OF_ROWS = Words("a list of rows", "een lijst van rijen")
POLICY_NAME = Words("the name of a policy", "de naam van een beleid")
ROW_NAMES = Words("a list of rows by name", "een lijst van rijen bij naam")
TABLE_BY_ROW = Words("a table by row", "een tabel per rij")
REGRADING = Words('a table, such as decider = "avoid"', 'een tabel, zoals decider = "avoid"')
NOT_BUILT_IN = Message(
    "policy-unknown",
    Words("is not a policy that comes with poolmatch", "is geen beleid dat bij poolmatch zit"),
    _ONE_OF,
)
NO_POLICY = Message(
    "policy-of-wrong-kind",
    Words("is neither a name nor a policy", "is geen naam en geen beleid"),
    Words("give a name, a policy or its data", "geef een naam, een beleid of de gegevens ervan"),
)
WITHOUT_BASE = Message(
    "policy-changes-no-base",
    Words("is given without a base", "is ingevuld zonder base"),
    Words("name the policy that it changes in base", "noem in base het beleid dat het verandert"),
)
NOT_IN_BASE = Message(
    "policy-base-row-unknown",
    Words("is not a row of {base}", "is geen rij van {base}"),
    Words("{hint}correct the name", "{hint}verbeter de naam"),
)
DROPPED_AND_REGRADED = Message(
    "policy-row-dropped-and-regraded",
    Words("is dropped and regraded", "staat in drop en in regrade"),
    _ONE_OR_OTHER,
)

# --- values ----------------------------------------------------------------------------------------------

NOT_A_DEGREE = Message("policy-degree-unknown", Words("is not a degree", "is geen graad"), _ONE_OF)
NOT_YEARS = Message(
    "policy-years-wrong",
    Words("is not a number of years", "is geen aantal jaren"),
    Words(
        'write a whole number from 0 to {most}, or "unlimited"',
        'schrijf een geheel getal van 0 tot en met {most}, of "unlimited"',
    ),
)
_SEE_STRICT = Words(
    "{hint}correct it; strict.toml shows every key", "{hint}verbeter het; strict.toml toont elke sleutel"
)
NO_KEY_OF_ROW = Message(
    "policy-row-key-unknown", Words("is not a key of a row", "is geen sleutel van een rij"), _SEE_STRICT
)
WRONG_VALUE = Message("policy-value-wrong", Words("{fault}", "{fault}"), _SEE_STRICT)

# --- rows that contradict themselves ---------------------------------------------------------------------

NO_ROWS = Message(
    "policy-without-rows",
    Words("are missing, so that nobody would have a tie", "ontbreken, zodat niemand een band zou hebben"),
    Words("give rows, or a base", "geef rijen, of een base"),
)
BALANCED_BUILT_IN = Message(
    "policy-built-in-balanced",
    Words(
        "are never part of the policy {name} that comes with poolmatch",
        "horen nooit bij het beleid {name} dat bij poolmatch zit",
    ),
    Words(
        "give the policy a name of its own, and name the one it starts from in base",
        "geef het beleid een eigen naam, en noem in base waar het van uitgaat",
    ),
)
ROW_TWICE = Message(
    "policy-row-twice",
    Words("stands twice, in rows {first} and {second}", "staat er twee keer, in de rijen {first} en {second}"),
    Words("give each row a name of its own", "geef elke rij een eigen naam"),
)
NO_KIND = Message(
    "policy-kind-unknown",
    Words("names the kind of tie {kind!r}, which is not known", "noemt de soort band {kind!r}, die niet bekend is"),
    Words("{hint}correct it, or name it in kinds", "{hint}verbeter die, of noem die in kinds"),
)
KIND_TAKEN = Message(
    "policy-kind-taken",
    Words(
        "names the kind of tie {kind!r}, which workbooks read as {known!r}",
        "noemt de soort band {kind!r}, die werkmappen lezen als {known!r}",
    ),
    Words("write {known!r}, or give it another name", "schrijf {known!r}, of geef die een andere naam"),
)
NO_CHAIN = Message(
    "policy-row-without-chain",
    Words("has no chain", "heeft geen chain"),
    Words(
        'say how the tie reaches the party, such as chain = ["none"]',
        'zeg hoe de band de partij bereikt, zoals chain = ["none"]',
    ),
)
UNKNOWN_SAYS = Message(
    "policy-unknown-row-with-ties",
    Words(
        "says ties, chain, look_back or once_ended, but is about who has no employer on record",
        "noemt ties, chain, look_back of once_ended, maar gaat over wie geen bekende werkgever heeft",
    ),
    Words("leave them out", "laat die weg"),
)
NO_TIES = Message(
    "policy-row-without-ties",
    Words("names no kind of tie", "noemt geen soort band"),
    Words('say which, such as ties = ["employee"]', 'zeg welke, zoals ties = ["employee"]'),
)
HAS_CHAIN = Message(
    "policy-row-chain-unneeded",
    Words(
        "has a chain, but a tie to a {target} has none",
        "heeft een chain, maar een band met target {target} heeft er geen",
    ),
    Words("leave chain out", "laat chain weg"),
)
THEME_TOO_HARSH = Message(
    "policy-theme-too-harsh",
    Words("grades a tie to a theme {degree}", "geeft een band met een thema de graad {degree}"),
    Words(
        "grade it disclose at most: there is no one who could consent",
        "geef hoogstens disclose: er is niemand die toestemming kan geven",
    ),
)
ENDED_FOR_NOTHING = Message(
    "policy-ended-tie-for-no-time",
    Words("counts the tie {kind!r} for no time at all", "telt de band {kind!r} geen enkele tijd mee"),
    Words(
        "give look_back in years, or leave the ended ties out",
        "geef look_back in jaren, of laat de geëindigde banden weg",
    ),
)
NO_LOOK_BACK = Message(
    "policy-once-ended-without-look-back",
    Words("says once_ended, but looks back for no time at all", "noemt once_ended, maar kijkt geen enkele tijd terug"),
    Words("give look_back in years", "geef look_back in jaren"),
)
ACTIVE_AND_ENDED = Message(
    "policy-tie-active-and-ended",
    Words("names {kind!r} both active and ended", "noemt {kind!r} zowel lopend als geëindigd"),
    Words("keep one of the two", "houd een van de twee"),
)

TIE_KIND = Message(
    "tie-kind-unknown",
    Words("is not a kind of tie that the policy knows", "is geen soort band die het beleid kent"),
    Words("{hint}write one of: {known}", "{hint}schrijf een van: {known}"),
)
TIE_TARGET = Message(
    "tie-target-unfit",
    Words(
        "is not what a tie of kind {kind} can be to, so that no row of a policy matches it",
        "is niet waarmee een band van soort {kind} kan zijn, zodat geen rij van een beleid erbij past",
    ),
    Words(
        "fill the column that fits the kind, or correct the kind",
        "vul de kolom in die bij de soort past, of verbeter de soort",
    ),
)
