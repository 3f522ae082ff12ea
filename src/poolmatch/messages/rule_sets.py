"""What can be wrong with a rule set in a TOML file."""

from __future__ import annotations

from poolmatch.issues import Message
from poolmatch.words import Words

_THERE = Words("correct it there", "verbeter dat daar")
_SEE_RULES = Words("{hint}see docs/rules.md", "{hint}zie docs/rules.md")
_EXAMPLE = Words("look at the example in docs/rules.md", "kijk naar het voorbeeld in docs/rules.md")

NOT_TOML = Message("rules-not-toml", Words("is not TOML: {fault}", "is geen TOML: {fault}"), _THERE)
NOT_TOGETHER = Message("rules-not-together", Words("{fault}", "{fault}"), _THERE)
BOTH = Message(
    "rule-given-and-left-out",
    Words("is also in without", 'staat ook in "without"'),
    Words("do one of the two", "doe een van de twee"),
)
SHARED = Message(
    "setting-of-all-rules",
    Words("is no setting of one rule", "is geen instelling van één regel"),
    Words("write it at the top", "zet het bovenaan"),
)
_TOML_FILE = Words("give the path of a TOML file", "geef het pad van een TOML-bestand")
NOT_UTF8 = Message("rules-file-not-utf-8", Words("is not UTF-8 text", "is geen tekst in UTF-8"), _TOML_FILE)
UNREADABLE = Message("rules-file-unreadable", Words("cannot be read", "is niet te lezen"), _TOML_FILE)
NO_KEY = Message(
    "rules-key-unknown",
    Words("is not a key of a rule set", "is geen sleutel van een regelset"),
    Words("{hint}keys: {keys}", "{hint}sleutels: {keys}"),
)
WRONG_KIND = Message("rules-key-of-wrong-kind", Words("is not {what}", "moet {what} zijn"), _EXAMPLE)
NO_TABLE = Message(
    "rule-not-a-table",
    Words("is not a table", "is geen tabel"),
    Words("write its parameters under [rules.{rule}]", "schrijf de parameters onder [rules.{rule}]"),
)
NO_PREFERENCE = Message("tier-of-no-preference", Words("is not a preference", "is geen voorkeur"), _SEE_RULES)
NO_TIER = Message(
    "tier-out-of-range",
    Words("is not a tier", "is geen niveau"),
    Words("write a number from 1 to 9", "schrijf een getal van 1 tot en met 9"),
)
NO_TOLERANCE = Message(
    "tolerance-wrong",
    Words("is not a tolerance", "is geen tolerantie"),
    Words(
        'write points from 0 on, such as 0.5, or a share, such as "1 %"; a tier between two stands in quotes: "5.5"',
        'schrijf punten vanaf 0, zoals 0.5, of een deel, zoals "1 %"; een niveau ertussen met aanhalingstekens: "5.5"',
    ),
)
NO_RULE = Message("rule-unknown", Words("is not a rule", "is geen regel"), _SEE_RULES)
WRONG_PARAMETER = Message(
    "rule-parameter-wrong",
    Words("{fault}", "{fault}"),
    Words("{hint}parameters: {known}", "{hint}parameters: {known}"),
)
NO_PARAMETERS = Words("none", "geen")
IDLE_STEPS = Message(
    "steps-without-rule",
    Words("is read by no rule", "wordt door geen regel gelezen"),
    Words(
        "switch on {rules} under rules, or leave the steps out",
        "zet {rules} aan onder rules, of laat de stappen weg",
    ),
)

TEXT = Words("text", "tekst")
WHOLE_NUMBER = Words("a whole number", "een geheel getal")
WORD = Words("a word", "een woord")
RULE_IDS = Words("a list of rule ids", "een lijst van namen van regels")
TABLE = Words("a table", "een tabel")
NAME_OR_TABLE = Words("the name of a policy, or a table", "de naam van een beleid, of een tabel")
WHOLE_NUMBERS = Words("a list of whole numbers", "een lijst van gehele getallen")
TIERS = Words("a table of rule ids and tiers", "een tabel van regels en niveaus")
TOLERANCES = Words("a table of tiers and tolerances", "een tabel van niveaus en toleranties")
TABLES = Words("a table of tables", "een tabel van tabellen")
STEPS = Words("a list of tables", "een lijst van tabellen")

# --- rules that do not go together -----------------------------------------------------------------------

ONE_ID = Words("rules with one id: {rules}", "regels met één naam: {rules}")
NEEDS = Words("the rule {rule} needs {others}", "de regel {rule} heeft {others} nodig")
UNBALANCED = Words(
    "the policy {policy} has balanced teams, and so needs the rule {rule}",
    "het beleid {policy} kent teams in evenwicht, en heeft dus de regel {rule} nodig",
)
NO_MODE = Words("mode is {mode!r}; write one of: {known}", "mode is {mode!r}; schrijf een van: {known}")
WEIGHTS = Words(
    "weights are whole numbers from 1 to 1,000,000, one for each tier",
    "weights zijn gehele getallen van 1 tot en met 1.000.000, één voor elk niveau",
)
TIER_OF_NONE = Words(
    "{rule!r} has a tier but is no preference of this rule set",
    "{rule!r} heeft een niveau maar is geen voorkeur van deze regelset",
)
TIER_IS = Words(
    "the tier of {rule} is {tier}; write a number from 1 to 9",
    "het niveau van {rule} is {tier}; schrijf een getal van 1 tot en met 9",
)
NO_RULE_HERE = Words("no rule {rule!r} in this rule set", "geen regel {rule!r} in deze regelset")
TWO_TIERS = Words("a rule has two tiers; keep one", "een regel heeft twee niveaus; houd er één")
TOLERANCE_IS = Words(
    "the tolerance of tier {tier} is {written!r}; write points from 0 on, such as 0.5, or a share, such as '1 %'",
    "de tolerantie van niveau {tier} is {written!r}; schrijf punten vanaf 0, zoals 0.5, of een deel, zoals '1 %'",
)
TOLERANCE_OF_NONE = Words(
    "tier {tier} has a tolerance but no rule; tiers: {tiers}",
    "niveau {tier} heeft een tolerantie maar geen regel; niveaus: {tiers}",
)
TWO_TOLERANCES = Words("a tier has two tolerances; keep one", "een niveau heeft twee toleranties; houd er één")
TWO_SETTINGS = Words(
    "rules with different {setting} settings ({rules}): give them one by with_{setting}",
    "regels met verschillende instellingen voor {setting} ({rules}): geef ze er één met with_{setting}",
)
