"""The page on neutrality, spelled out once more: plain, slow, and without a line of the library's own assessment.

Domain rows go in, a degree in words comes out. A group is grown by going through all links again and again until
nothing is added; nothing is pruned, cached or shared, so that what is read here can be held next to the page.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from poolmatch.domain.meetings import Duty, Meeting
from poolmatch.domain.organisations import Link
from poolmatch.domain.people import Tie
from poolmatch.domain.problem import Problem

HARM = ["neutral", "avoid", "disclose", "waivable", "blocked"]

WORK = ["employee", "director", "financial_interest"]
FORMER = ["former_employee", "ended employee", "ended director"]

# rule, tie kinds, chains, [decider commissioner interest, contributor, observer], look-back in years
POLICY = {
    "strict": [
        ("employed-by-party", WORK, ["none"], ["blocked", "blocked", "disclose"], 0),
        ("employed-in-group", WORK, ["group"], ["blocked", "waivable", "disclose"], 0),
        ("employed-by-affiliate", WORK, ["affiliate"], ["waivable", "disclose", "neutral"], 0),
        ("employer-funding", WORK, ["funds"], ["disclose", "disclose", "neutral"], 0),
        ("employer-membership", WORK, ["membership"], ["disclose", "avoid", "neutral"], 0),
        ("recently-employed", FORMER, ["none", "group"], ["waivable", "disclose", "neutral"], 1),
        ("formerly-employed", FORMER, ["none", "group"], ["disclose", "avoid", "neutral"], 3),
        ("family-at-party", ["family"], ["none"], ["waivable", "disclose", "neutral"], 0),
        ("adviser-to-party", ["adviser"], ["none", "group"], ["waivable", "disclose", "neutral"], 0),
        ("adviser-to-party", ["ended adviser"], ["none", "group"], ["disclose", "disclose", "neutral"], 3),
        ("resident", ["resident"], ["none"], ["disclose", "avoid", "neutral"], 0),
        ("worked-on-dossier", ["dossier", "ended dossier"], ["meeting"], ["blocked", "blocked", "blocked"], 1000),
        ("public-position", ["position", "ended position"], ["theme"], ["disclose", "disclose", "disclose"], 3),
        ("unknown-employer", ["nobody knows"], ["each party"], ["disclose", "avoid", "neutral"], 0),
    ],
}
POLICY["internal"] = [
    ("employed-by-party", WORK, ["none"], ["waivable", "waivable", "disclose"], 0),
    ("employed-in-group", WORK, ["group"], ["waivable", "waivable", "disclose"], 0),
    *POLICY["strict"][2:],
]

COLUMN = {"decider": 0, "commissioner": 0, "interest": 0, "contributor": 1, "observer": 2}


class Found(NamedTuple):
    """One path that a row of the table matched: the row, the grade met, the degree, and whether consent made it so."""

    rule: str
    grade: str
    degree: str
    waived: bool


class Verdict(NamedTuple):
    """The degree in words, whether it is so by waiver only, and what was found."""

    degree: str
    waived: bool
    found: tuple[Found, ...]


def naive_assessment(
    problem: Problem, facilitator: str, occasion: str, slot: int = 0, policy: str = "strict"
) -> Verdict:
    """Return what the page says of a facilitator in a meeting (one of its slots) or duty."""
    day = day_of(problem, occasion, slot)
    found: list[Found] = []
    for organisation, kind in ties_to_organisations(problem, facilitator, day):
        for party, grade in stakes(problem, occasion).items():
            for form in forms_on_either_day(problem, organisation, party, kind):
                for rule, written in rows_for(policy, kind, form, grade):
                    degree = raised(problem, occasion, written)
                    waived = degree == "waivable" and all_consent(problem, facilitator, organisation, occasion, day)
                    found.append(Found(rule, grade, "disclose" if waived else degree, waived))
    if nobody_knows(problem, facilitator, day):
        for grade in stakes(problem, occasion).values():
            for rule, written in rows_for(policy, Kind("nobody knows", None, day), "each party", grade):
                found.append(Found(rule, grade, raised(problem, occasion, written), False))
    for form, kind in ties_to_the_matter(problem, facilitator, occasion, day):
        # Every grade has the same degree here, and a meeting without parties has a dossier and a theme all the same.
        for grade in stakes(problem, occasion).values() or ["observer"]:
            for rule, written in rows_for(policy, kind, form, grade):
                degree = raised(problem, occasion, written)
                if form == "theme" and HARM.index(degree) > HARM.index("disclose"):
                    degree = "disclose"
                found.append(Found(rule, grade, degree, False))
    worst = max((one.degree for one in found), key=HARM.index, default="neutral")
    return Verdict(worst, worst == "disclose" and any(one.waived for one in found), tuple(found))


# --- the occasion ----------------------------------------------------------------------------------------


def thing(problem: Problem, occasion: str) -> Meeting | Duty:
    for meeting in problem.meetings:
        if meeting.meeting == occasion:
            return meeting
    for duty in problem.duties:
        if duty.duty == occasion:
            return duty
    raise AssertionError(occasion)


def day_of(problem: Problem, occasion: str, slot: int) -> date:
    """Return the local date on which the meeting starts; a duty is judged on the first day of the period."""
    what = thing(problem, occasion)
    if isinstance(what, Duty):
        return problem.period.start
    start = what.start
    if start is None:
        start = sorted(row.start for row in problem.slots if row.meeting == occasion)[slot]
    return start.astimezone(ZoneInfo(problem.period.timezone)).date()


def stakes(problem: Problem, occasion: str) -> dict[str, str]:
    """Return the grade of each party."""
    what = thing(problem, occasion)
    if isinstance(what, Duty):
        return {} if what.organisation is None else {what.organisation: "interest"}
    return {row.organisation: row.grade for row in problem.stakes if row.meeting == occasion}


# --- ties ------------------------------------------------------------------------------------------------


def kinds_on(tie: Tie, day: date) -> list[str]:
    """Return the kinds as which a tie counts on a day: with "ended" before it after its last day, with the years."""
    if tie.start is not None and tie.start > day:
        return []
    if tie.end is None or day <= tie.end:
        return ["employee" if tie.kind == "former_employee" else tie.kind]
    return [tie.kind if tie.kind == "former_employee" else f"ended {tie.kind}"]


def last_day(end: date, years: int) -> date:
    """Return the same calendar day some years later; 29 February becomes 28 where there is none."""
    year = min(end.year + years, 9999)
    try:
        return date(year, end.month, end.day)
    except ValueError:
        return date(year, 2, 28)


class Kind(NamedTuple):
    """As what a tie counts, and how long ago it ended."""

    name: str
    ended: date | None
    day: date

    def within(self, years: int) -> bool:
        return self.ended is None or self.day <= last_day(self.ended, years)


def ties_to_organisations(problem: Problem, facilitator: str, day: date) -> list[tuple[str, Kind]]:
    ties = []
    for person in problem.facilitators:
        if person.facilitator == facilitator and person.organisation is not None:
            ties.append((person.organisation, Kind("employee", None, day)))
    for tie in problem.ties:
        if tie.facilitator == facilitator and tie.organisation is not None:
            ties += [(tie.organisation, kind_of(tie, name, day)) for name in kinds_on(tie, day)]
    return ties


def nobody_knows(problem: Problem, facilitator: str, day: date) -> bool:
    """Tell whether no employer is on record, and nothing says that there is none."""
    for person in problem.facilitators:
        if person.facilitator == facilitator and (person.organisation or person.independent or person.external):
            return False
    for tie in problem.ties:
        if tie.facilitator == facilitator and tie.organisation is not None and "employee" in kinds_on(tie, day):
            return False
    return True


def kind_of(tie: Tie, name: str, day: date) -> Kind:
    ended = tie.end if tie.end is not None and tie.end < day else None
    return Kind(name, ended, day)


def ties_to_the_matter(problem: Problem, facilitator: str, occasion: str, day: date) -> list[tuple[str, Kind]]:
    """Return ties to the meeting itself, to its series and to its theme."""
    what = thing(problem, occasion)
    ties = []
    for tie in problem.ties:
        if tie.facilitator != facilitator:
            continue
        for name in kinds_on(tie, day):
            if tie.meeting == occasion or (tie.series is not None and tie.series == what.series):
                ties.append(("meeting", kind_of(tie, name, day)))
            if isinstance(what, Meeting) and tie.theme is not None and tie.theme == what.theme:
                ties.append(("theme", kind_of(tie, name, day)))
    return ties


# --- chains ----------------------------------------------------------------------------------------------


def links_on(problem: Problem, day: date, *kinds: str) -> list[Link]:
    return [
        link
        for link in problem.links
        if link.kind in kinds
        and not (link.start is not None and day < link.start)
        and not (link.end is not None and link.end < day)
    ]


def grown(problem: Problem, organisation: str, day: date, *kinds: str) -> set[str]:
    """Return all that such links join to an organisation, itself among them."""
    links, members, size = links_on(problem, day, *kinds), {organisation}, 0
    while len(members) > size:
        size = len(members)
        for link in links:
            if link.source in members or link.target in members:
                members |= {link.source, link.target}
    return members


def same(problem: Problem, organisation: str, day: date) -> set[str]:
    return grown(problem, organisation, day, "same_as")


def group(problem: Problem, organisation: str, day: date) -> set[str]:
    return grown(problem, organisation, day, "controls", "unit_of", "same_as")


def forms_on(problem: Problem, organisation: str, party: str, day: date) -> list[str]:
    """Return the forms of chain from an organisation to a party; where they are one, no other is looked for."""
    if party in same(problem, organisation, day):
        return ["none"]
    ours, theirs = group(problem, organisation, day), group(problem, party, day)
    forms = ["group"] if party in ours else []
    for form, kinds in (("affiliate", ("affiliate", "joint_venture")), ("funds", ("funds",))):
        for link in links_on(problem, day, *kinds):
            if (link.source in ours and link.target in theirs) or (link.target in ours and link.source in theirs):
                forms.append(form)
    for link in links_on(problem, day, "member_of"):
        if link.source in ours and link.target in same(problem, party, day):
            forms.append("membership")
    return sorted(set(forms))


def forms_on_either_day(problem: Problem, organisation: str, party: str, kind: Kind) -> set[str]:
    """Return the forms on the day of the meeting, and for a tie that has ended those on its last day as well."""
    forms = set(forms_on(problem, organisation, party, kind.day))
    return forms if kind.ended is None else forms | set(forms_on(problem, organisation, party, kind.ended))


def fewest_links(problem: Problem, organisation: str, party: str, form: str, day: date) -> int:
    """Return with how few links a chain of a form leads from an organisation to a party."""
    whole = ("controls", "unit_of", "same_as")
    before, across, after = {
        "none": (("same_as",), (), ()),
        "group": (whole, (), ()),
        "affiliate": (whole, ("affiliate", "joint_venture"), whole),
        "funds": (whole, ("funds",), whole),
        "membership": (whole, ("member_of",), ("same_as",)),
    }[form]
    here = {(organisation, False)}  # where one may be after so many links, and whether the one other link is behind
    for count in range(3 * len(problem.organisations)):
        if (party, bool(across)) in here:
            return count
        there = set()
        for name, crossed in here:
            for link in links_on(problem, day, *(after if crossed else before)):
                there |= {(link.target, crossed)} if link.source == name else set()
                there |= {(link.source, crossed)} if link.target == name else set()
            for link in links_on(problem, day, *(() if crossed else across)):
                there |= {(link.target, True)} if link.source == name else set()
                there |= {(link.source, True)} if link.target == name and link.kind != "member_of" else set()
        here = there
    raise AssertionError((organisation, party, form))


# --- degrees ---------------------------------------------------------------------------------------------


def rows_for(policy: str, kind: Kind, form: str, grade: str) -> list[tuple[str, str]]:
    """Return each row that fits, with the degree it gives."""
    return [
        (rule, degrees[COLUMN[grade]])
        for rule, kinds, chains, degrees, years in POLICY[policy]
        if kind.name in kinds and form in chains and kind.within(years)
    ]


def raised(problem: Problem, occasion: str, degree: str) -> str:
    """Return the degree one step up where contention is high."""
    what = thing(problem, occasion)
    if isinstance(what, Duty) or what.contention != "high" or degree == "neutral":
        return degree
    return HARM[min(HARM.index(degree) + 1, HARM.index("blocked"))]


def all_consent(problem: Problem, facilitator: str, organisation: str, occasion: str, day: date) -> bool:
    """Tell whether every party that counts consents to this facilitator's tie to this organisation, on the day."""
    what = thing(problem, occasion)
    needed = {party for party, grade in stakes(problem, occasion).items() if grade != "observer"}
    given: set[str] = set()
    for row in problem.waivers:
        for_this = row.meeting == occasion or (row.series is not None and row.series == what.series)
        in_time = row.consented_on <= day and (row.expires is None or day <= row.expires)
        tied = row.organisation in same(problem, organisation, day)
        if row.facilitator == facilitator and tied and for_this and in_time:
            given |= same(problem, row.party, day)
    return bool(needed) and needed <= given
