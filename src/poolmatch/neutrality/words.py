"""Paths in words, in English and Dutch, so that every answer can be read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from poolmatch.domain.degree import Degree
from poolmatch.domain.people import Tie
from poolmatch.domain.problem import Problem
from poolmatch.neutrality.assessment import UNKNOWN, Path
from poolmatch.words import Language

Naming = Callable[[str], str]
"""From the id of an organisation to what it is called: the id itself in logs and errors, its name on paper."""

DEGREES: Mapping[Degree, tuple[str, str]] = {
    Degree.NEUTRAL: ("neutral", "neutraal"),
    Degree.AVOID: ("avoid", "liever niet"),
    Degree.DISCLOSE: ("disclose", "melden"),
    Degree.WAIVABLE: ("waivable", "alleen met toestemming"),
    Degree.BLOCKED: ("blocked", "geblokkeerd"),
}
GRADES: Mapping[str, tuple[str, str]] = {
    "decider": ("decider", "beslisser"),
    "commissioner": ("commissioner", "opdrachtgever"),
    "interest": ("interest", "belanghebbende"),
    "contributor": ("contributor", "meedenker"),
    "observer": ("observer", "toehoorder"),
}
TIES: Mapping[str, tuple[str, str]] = {
    "employee": ("works for {0}", "werkt bij {0}"),
    "director": ("is a director of {0}", "is bestuurder van {0}"),
    "financial_interest": ("has a financial interest in {0}", "heeft een financieel belang in {0}"),
    "former_employee": ("works for {0}", "werkt bij {0}"),
    "family": ("has family at {0}", "heeft familie bij {0}"),
    "adviser": ("advises {0}", "adviseert {0}"),
    "resident": ("is a resident of {0}", "is inwoner van {0}"),
    "dossier": ("has worked on the dossier of {0}", "heeft gewerkt aan het dossier van {0}"),
    "position": ("holds a public position on {0}", "bekleedt een openbare functie op het gebied van {0}"),
    UNKNOWN: ("employer unknown", "werkgever onbekend"),
}
ENDED_TIES: Mapping[str, tuple[str, str]] = {
    "employee": ("worked for {0} until {1}", "werkte tot en met {1} bij {0}"),
    "director": ("was a director of {0} until {1}", "was tot en met {1} bestuurder van {0}"),
    "financial_interest": (
        "had a financial interest in {0} until {1}",
        "had tot en met {1} een financieel belang in {0}",
    ),
    "former_employee": ("worked for {0} until {1}", "werkte tot en met {1} bij {0}"),
    "family": ("had family at {0} until {1}", "had tot en met {1} familie bij {0}"),
    "adviser": ("advised {0} until {1}", "adviseerde {0} tot en met {1}"),
    "resident": ("was a resident of {0} until {1}", "was tot en met {1} inwoner van {0}"),
    "position": (
        "held a public position on {0} until {1}",
        "bekleedde tot en met {1} een openbare functie op het gebied van {0}",
    ),
}
OTHER = ("has a tie of kind {2} to {0}", "heeft een band ({2}) met {0}")
ENDED_OTHER = ("had a tie of kind {2} to {0} until {1}", "had tot en met {1} een band ({2}) met {0}")
LASTING = frozenset({"dossier", UNKNOWN})
"""Kinds of tie that read the same once they have ended."""
STEPS: Mapping[tuple[str, bool], tuple[str, str]] = {
    ("controls", True): ("which controls {0}", "met zeggenschap over {0}"),
    ("controls", False): ("controlled by {0}", "onder zeggenschap van {0}"),
    ("unit_of", True): ("a unit of {0}", "onderdeel van {0}"),
    ("unit_of", False): ("which includes {0}", "met als onderdeel {0}"),
    ("member_of", True): ("a member of {0}", "lid van {0}"),
    ("funds", True): ("which funds {0}", "financier van {0}"),
    ("funds", False): ("funded by {0}", "gefinancierd door {0}"),
    ("affiliate", True): ("affiliated with {0}", "gelieerd aan {0}"),
    ("affiliate", False): ("affiliated with {0}", "gelieerd aan {0}"),
    ("joint_venture", True): ("in a joint venture with {0}", "in een samenwerkingsverband met {0}"),
    ("joint_venture", False): ("in a joint venture with {0}", "in een samenwerkingsverband met {0}"),
    ("same_as", True): ("the same organisation as {0}", "dezelfde organisatie als {0}"),
    ("same_as", False): ("the same organisation as {0}", "dezelfde organisatie als {0}"),
}
VERDICT = ("{0}, rule {1}", "{0}, regel {1}")
NO_RULE = ("{0}, no rule applies", "{0}, geen regel van toepassing")
RAISED = ("raised by high contention", "verzwaard door hoge spanning")
WAIVED = ("waived by every party", "alle partijen geven toestemming")
LINKED = ("linked so on {0}", "zo verbonden op {0}")
NOBODY = (
    "nobody can consent to it: fill in the employer, or say that there is none",
    "niemand kan daarvoor toestemming geven: vul de werkgever in, of dat er geen is",
)


def pick(pair: tuple[str, str], language: Language) -> str:
    """Return the phrase of a language."""
    return pair[0] if language == "en" else pair[1]


def named(problem: Problem) -> Naming:
    """Return a function from the id of an organisation to its name."""
    names = {row.organisation: row.name for row in problem.organisations}
    return lambda organisation: names.get(organisation, organisation)


def tie_words(tie: Tie, ended: bool, language: Language, naming: Naming) -> str:
    """Return what a tie is.

    Parameters
    ----------
    tie
        The tie.
    ended
        Whether it has ended by the day of the meeting.
    language
        English or Dutch.
    naming
        What organisations are called.
    """
    what = naming(tie.organisation) if tie.organisation is not None else (tie.theme or tie.series or tie.meeting or "")
    table, other = (ENDED_TIES, ENDED_OTHER) if ended and tie.kind not in LASTING else (TIES, OTHER)
    return pick(table.get(tie.kind, other), language).format(what, tie.end, tie.kind)


def path_words(path: Path, language: Language, naming: Naming = str) -> str:
    """Return a path in words: the tie, each link, the party with its grade, the degree and the rule.

    Parameters
    ----------
    path
        The path.
    language
        English or Dutch.
    naming
        What organisations are called; by default by their ids.
    """

    def graded(name: str) -> str:
        return f"{naming(name)} ({pick(GRADES[path.grade], language)})" if name == path.party else naming(name)

    parts = [tie_words(path.tie, path.ended, language, graded)]
    for step, name in zip(path.steps, path.organisations[1:], strict=True):
        parts.append(pick(STEPS[step.kind, step.forward], language).format(graded(name)))
    if path.party and not path.organisations:
        parts.append(graded(path.party))
    verdict = pick(VERDICT if path.rule else NO_RULE, language).format(pick(DEGREES[path.degree], language), path.rule)
    nobody = path.tie.kind == UNKNOWN and path.degree >= Degree.WAIVABLE
    notes = [pick(LINKED, language).format(path.linked)] * (path.ended and path.linked == path.tie.end)
    notes += [pick(RAISED, language)] * path.raised + [pick(WAIVED, language)] * path.waived
    notes += [pick(NOBODY, language)] * nobody
    return f"{' → '.join(parts)}: {', '.join([verdict, *notes])}"
