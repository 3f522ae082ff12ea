"""Paths in words, in English and Dutch, so that every answer can be read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from poolmatch.domain.degree import Degree
from poolmatch.domain.people import Tie
from poolmatch.domain.problem import Problem
from poolmatch.neutrality.assessment import UNKNOWN, Path
from poolmatch.vocabulary.closed_words import DEGREES, GRADES
from poolmatch.vocabulary.policy_rows import policy_row
from poolmatch.words import Words, joined, pattern

Naming = Callable[[str], str]
"""From the id of an organisation to what it is called: the id itself in logs and errors, its name on paper."""

TIES: Mapping[str, Words] = {
    "employee": Words("works for {what}", "werkt bij {what}"),
    "director": Words("is a director of {what}", "is bestuurder van {what}"),
    "financial_interest": Words("has a financial interest in {what}", "heeft een financieel belang in {what}"),
    "former_employee": Words("works for {what}", "werkt bij {what}"),
    "family": Words("has family at {what}", "heeft familie bij {what}"),
    "adviser": Words("advises {what}", "adviseert {what}"),
    "resident": Words("is a resident of {what}", "is inwoner van {what}"),
    "dossier": Words("has worked on the dossier of {what}", "heeft gewerkt aan het dossier van {what}"),
    "position": Words("holds a public position on {what}", "bekleedt een openbare functie op het gebied van {what}"),
    UNKNOWN: Words("employer unknown", "werkgever onbekend"),
}
ENDED_TIES: Mapping[str, Words] = {
    "employee": Words("worked for {what} until {end}", "werkte tot en met {end} bij {what}"),
    "director": Words("was a director of {what} until {end}", "was tot en met {end} bestuurder van {what}"),
    "financial_interest": Words(
        "had a financial interest in {what} until {end}", "had tot en met {end} een financieel belang in {what}"
    ),
    "former_employee": Words("worked for {what} until {end}", "werkte tot en met {end} bij {what}"),
    "family": Words("had family at {what} until {end}", "had tot en met {end} familie bij {what}"),
    "adviser": Words("advised {what} until {end}", "adviseerde {what} tot en met {end}"),
    "resident": Words("was a resident of {what} until {end}", "was tot en met {end} inwoner van {what}"),
    "position": Words(
        "held a public position on {what} until {end}",
        "bekleedde tot en met {end} een openbare functie op het gebied van {what}",
    ),
}
OTHER = Words("has a tie of kind {kind} to {what}", "heeft een band ({kind}) met {what}")
ENDED_OTHER = Words(
    "had a tie of kind {kind} to {what} until {end}", "had tot en met {end} een band ({kind}) met {what}"
)
LASTING = frozenset({"dossier", UNKNOWN})
"""Kinds of tie that read the same once they have ended."""
STEPS: Mapping[tuple[str, bool], Words] = {
    ("controls", True): Words("which controls {to}", "met zeggenschap over {to}"),
    ("controls", False): Words("controlled by {to}", "onder zeggenschap van {to}"),
    ("unit_of", True): Words("a unit of {to}", "onderdeel van {to}"),
    ("unit_of", False): Words("which includes {to}", "met als onderdeel {to}"),
    ("member_of", True): Words("a member of {to}", "lid van {to}"),
    ("funds", True): Words("which funds {to}", "financier van {to}"),
    ("funds", False): Words("funded by {to}", "gefinancierd door {to}"),
    ("affiliate", True): Words("affiliated with {to}", "gelieerd aan {to}"),
    ("affiliate", False): Words("affiliated with {to}", "gelieerd aan {to}"),
    ("joint_venture", True): Words("in a joint venture with {to}", "in een samenwerkingsverband met {to}"),
    ("joint_venture", False): Words("in a joint venture with {to}", "in een samenwerkingsverband met {to}"),
    ("same_as", True): Words("the same organisation as {to}", "dezelfde organisatie als {to}"),
    ("same_as", False): Words("the same organisation as {to}", "dezelfde organisatie als {to}"),
}
VERDICT = Words("{degree}, rule {rule}", "{degree}, regel ‘{rule}’")
NO_RULE = Words("{degree}, no rule applies", "{degree}, geen regel van toepassing")
RAISED = Words("raised by high contention", "verzwaard door hoge spanning")
WAIVED = Words("waived by every party", "alle partijen geven toestemming")
BALANCED = Words(
    "only beside as many people of each other party that decides",
    "alleen naast evenveel mensen van elke andere partij die beslist",
)
LINKED = Words("linked so on {day}", "zo verbonden op {day}")
NOBODY = Words(
    "nobody can consent to it: fill in the employer, or say that there is none",
    "niemand kan daarvoor toestemming geven: vul de werkgever in, of dat er geen is",
)


def named(problem: Problem) -> Naming:
    """Return a function from the id of an organisation to its name."""
    names = {row.organisation: row.name for row in problem.organisations}
    return lambda organisation: names.get(organisation, organisation)


def tie_words(tie: Tie, ended: bool, naming: Callable[[str], object] = str) -> Words:
    """Return what a tie is.

    Parameters
    ----------
    tie
        The tie.
    ended
        Whether it has ended by the day of the meeting.
    naming
        What organisations are called; by default by their ids.
    """
    what = naming(tie.organisation) if tie.organisation is not None else (tie.theme or tie.series or tie.meeting or "")
    table, other = (ENDED_TIES, ENDED_OTHER) if ended and tie.kind not in LASTING else (TIES, OTHER)
    return table.get(tie.kind, other).fill(what=what, end=tie.end, kind=tie.kind)


def path_words(path: Path, naming: Naming = str) -> Words:
    """Return a path in words: the tie, each link, the party with its grade, the degree and the rule.

    Parameters
    ----------
    path
        The path.
    naming
        What organisations are called; by default by their ids.
    """

    def graded(name: str) -> object:
        called = naming(name)
        return pattern("{party} ({grade})", party=called, grade=GRADES[path.grade]) if name == path.party else called

    parts: list[object] = [tie_words(path.tie, path.ended, graded)]
    for step, name in zip(path.steps, path.organisations[1:], strict=True):
        parts.append(STEPS[step.kind, step.forward].fill(to=graded(name)))
    if path.party and not path.organisations:
        parts.append(graded(path.party))
    verdict = (VERDICT if path.rule else NO_RULE).fill(degree=DEGREES[path.degree.word], rule=policy_row(path.rule))
    nobody = path.tie.kind == UNKNOWN and path.degree >= Degree.WAIVABLE
    notes = [LINKED.fill(day=path.linked)] * (path.ended and path.linked == path.tie.end)
    notes += [RAISED] * path.raised + [WAIVED] * path.waived + [BALANCED] * bool(path.balanced) + [NOBODY] * nobody
    return joined(": ", [joined(" → ", parts), joined(", ", [verdict, *notes])])
