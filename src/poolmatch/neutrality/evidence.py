"""The neutrality certificate of a roster, and what must be disclosed to the parties of each meeting."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from poolmatch.domain.degree import Degree
from poolmatch.domain.employers import employer_unknown, employers
from poolmatch.domain.frozen import Departed
from poolmatch.domain.meetings import Meeting
from poolmatch.domain.people import Tie, Waiver
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Assignment, Plan, Roster
from poolmatch.neutrality.assessment import Path, assess
from poolmatch.neutrality.audience import COORDINATOR, Audience, must_exist
from poolmatch.neutrality.consents import consents
from poolmatch.neutrality.policy import STRICT, Policy, must_be_policy
from poolmatch.neutrality.words import DEGREES, GRADES, Naming, named, path_words, pick, tie_words
from poolmatch.words import Language

Employer = Literal["known", "none", "unknown"]
"""Whether somebody's employer is on record, they are said to have none, or nobody knows."""


@dataclass(frozen=True)
class Entry:
    """One assignment of the certificate.

    Attributes
    ----------
    meeting, seat, facilitator, day
        The assignment.
    degree
        The worst degree, after waivers.
    checked
        The parties that were looked at, with their grades.
    ties
        The facilitator's ties that were followed.
    paths
        A shortest path for each tie, party and form of chain that was found.
    waivers
        The consents that were used.
    employer
        Whether an employer is on record on the day; None where the audience is a party.
    """

    meeting: str
    seat: str
    facilitator: str
    day: date
    degree: Degree
    checked: tuple[tuple[str, str], ...]
    ties: tuple[Tie, ...]
    paths: tuple[Path, ...]
    waivers: tuple[Waiver, ...]
    employer: Employer | None = None


@dataclass(frozen=True)
class Certificate:
    """Why each assigned facilitator is neutral, and who says so.

    Attributes
    ----------
    problem
        The problem; its fingerprint is cited.
    policy
        The policy; its name, version and fingerprint are cited.
    audience
        For whom it is written.
    entries
        One for each assignment that the audience may see.
    unjudged
        The seats of the past that the audience may see, held by people who are no longer in the pool: nothing is on
        record of them any more.
    """

    problem: Problem
    policy: Policy
    audience: Audience
    entries: tuple[Entry, ...]
    unjudged: tuple[Departed, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the certificate as data for a JSON document."""
        return {
            "problem": self.problem.fingerprint,
            "policy": {
                "name": self.policy.name,
                "version": self.policy.version,
                "fingerprint": self.policy.fingerprint,
            },
            "audience": {"kind": self.audience.kind, "id": self.audience.id},
            "assignments": [self._entry(entry) for entry in self.entries],
            "unjudged": [
                {"meeting": item.meeting.meeting, "seat": item.seat.seat, "facilitator": item.facilitator}
                for item in self.unjudged
            ],
        }

    def _entry(self, entry: Entry) -> dict[str, Any]:
        naming = named(self.problem)
        return {
            "meeting": entry.meeting,
            "seat": entry.seat,
            "facilitator": entry.facilitator,
            "day": entry.day.isoformat(),
            "degree": entry.degree.word,
            **({} if entry.employer is None else {"employer": entry.employer}),
            "checked": [{"organisation": party, "grade": grade} for party, grade in entry.checked],
            "ties": [tie.model_dump(mode="json", exclude_none=True) for tie in entry.ties],
            "paths": [
                {
                    "tie": path.tie.kind,
                    "organisations": list(path.organisations),
                    "links": [{"kind": step.kind, "forward": step.forward} for step in path.steps],
                    "linked": None if path.linked is None else path.linked.isoformat(),
                    "party": path.party,
                    "grade": path.grade,
                    "degree": path.degree.word,
                    "rule": path.rule,
                    "raised": path.raised,
                    "waived": path.waived,
                    "en": path_words(path, "en", naming),
                    "nl": path_words(path, "nl", naming),
                }
                for path in entry.paths
            ],
            "waivers": [waiver.model_dump(mode="json", exclude_none=True) for waiver in entry.waivers],
        }

    def to_json(self, indent: int | None = 2) -> str:
        """Return the certificate as a JSON document."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_text(self, language: Language = "en") -> str:
        """Return the certificate to read, with the names of facilitators and organisations."""
        return "\n".join(_text(self, language)) + "\n"


NEVER = datetime.max.replace(tzinfo=UTC)
HEAD = ("Neutrality certificate – {0}", "Neutraliteitsverklaring – {0}")
DUTY = ("Duty", "Taak")
SOURCE = (
    "Judged by policy {0}, version {1} (fingerprint {2}), on the ties, links and consents of problem {3}.\n"
    "It says what was on record, not what nobody wrote down.",
    "Beoordeeld volgens beleid {0}, versie {1} (vingerafdruk {2}), op grond van de banden, verbindingen en "
    "toestemmingen van probleem {3}.\nHet zegt wat bekend was, niet wat niemand heeft opgeschreven.",
)
CHECKED = ("Parties looked at: {0}.", "Bekeken partijen: {0}.")
NO_PARTY = ("The meeting has no parties.", "De bijeenkomst heeft geen partijen.")
TIES_ARE = ("On record: {0}.", "Bekend is: {0}.")
NO_TIES = ("No tie is on record.", "Er is geen band bekend.")
EMPLOYERS: Mapping[Employer, tuple[str, str]] = {
    "none": ("Has no employer.", "Heeft geen werkgever."),
    "unknown": (
        "Employer unknown: nobody wrote down for whom, so that nothing was looked at for it.",
        "Werkgever onbekend: niemand heeft opgeschreven voor wie, dus daarvoor is niets bekeken.",
    ),
}
NO_PATH = (
    "None of this leads to a party of this meeting.",
    "Niets daarvan leidt naar een partij van deze bijeenkomst.",
)
UNJUDGED = (
    "not judged: no longer in the pool, so that nothing is on record",
    "niet beoordeeld: niet meer in de pool, zodat er niets bekend is",
)
NEUTRAL_TO_PARTY = ("Nothing to disclose.", "Niets te melden.")
CONSENT = ("Consent: {0} on {1}", "Toestemming: {0} op {1}")
FROM = (" from {0}", " vanaf {0}")
EXPIRES = (", until {0}", ", tot en met {0}")


def _text(certificate: Certificate, language: Language) -> Iterator[str]:
    problem, policy = certificate.problem, certificate.policy
    naming = named(problem)
    yield pick(HEAD, language).format(problem.period.name)
    yield pick(SOURCE, language).format(policy.name, policy.version, policy.fingerprint[:12], problem.fingerprint[:12])
    for entry in certificate.entries:
        meeting, person = problem.meeting(entry.meeting), problem.facilitator(entry.facilitator)
        title = f" {meeting.title}" if meeting.title else ""
        yield ""
        yield f"{pick(DUTY, language) if problem.is_duty(entry.meeting) else entry.day} {entry.meeting}{title}"
        yield f"  {person.name} ({entry.seat}): {pick(DEGREES[entry.degree], language)}"
        if certificate.audience.kind == "party":
            if not entry.paths:
                yield "  " + pick(NEUTRAL_TO_PARTY, language)
        else:
            parties = ", ".join(f"{naming(name)} ({pick(GRADES[grade], language)})" for name, grade in entry.checked)
            yield "  " + (pick(CHECKED, language).format(parties) if parties else pick(NO_PARTY, language))
            known = "; ".join(_recorded(tie, entry.day, language, naming) for tie in entry.ties)
            yield "  " + (pick(TIES_ARE, language).format(known) if known else pick(NO_TIES, language))
            if entry.employer is not None and entry.employer in EMPLOYERS:
                yield "  " + pick(EMPLOYERS[entry.employer], language)
            if known and not entry.paths:
                yield "  " + pick(NO_PATH, language)
        for path in entry.paths:
            yield f"  – {person.name} → {path_words(path, language, naming)}"
        for waiver in entry.waivers:
            until = pick(EXPIRES, language).format(waiver.expires) if waiver.expires else ""
            yield "    " + pick(CONSENT, language).format(naming(waiver.party), waiver.consented_on) + until
    for item in certificate.unjudged:
        yield ""
        yield f"{problem.period.local_day(item.start)} {item.meeting.meeting}"
        yield f"  {item.facilitator} ({item.seat.seat}): {pick(UNJUDGED, language)}"


def _recorded(tie: Tie, day: date, language: Language, naming: Naming) -> str:
    """Return a tie as it stood on the day: it may have ended, and it may not have begun."""
    begins = pick(FROM, language).format(tie.start) if tie.start is not None and tie.start > day else ""
    return tie_words(tie, tie.end is not None and tie.end < day, language, naming) + begins


def _seen(problem: Problem, audience: Audience, meeting: Meeting, facilitator: str) -> bool:
    """Tell whether an audience may see anything of who sits in a meeting."""
    if audience.kind == "party":
        return any(stake.organisation == audience.id for stake in problem.stakes_of(meeting.meeting))
    return audience.kind == "coordinator" or facilitator == audience.id


def certificate(
    problem: Problem, roster: Roster, policy: Policy = STRICT, audience: Audience = COORDINATOR
) -> Certificate:
    """Return the neutrality certificate of a roster.

    Parameters
    ----------
    problem
        The problem.
    roster
        A roster of it.
    policy
        What counts as a tie.
    audience
        For whom: a coordinator sees all, a party what it must be told about its meetings, a facilitator what is about
        themselves.

    Raises
    ------
    ProblemError
        The roster does not fit the problem.
    UnknownId
        The problem has no such party or facilitator as the audience; a KeyError.
    """
    must_be_policy(policy)
    must_exist(problem, audience)
    plan = Plan(problem, roster)
    work = sorted(plan.assignments, key=lambda item: (item.day, item.start or NEVER, item.meeting.meeting))
    seen = (item for item in work if _seen(problem, audience, item.meeting, item.facilitator.facilitator))
    entries = tuple(_entry(problem, item, policy, audience) for item in seen)
    gone = sorted(plan.departed, key=lambda item: (item.start, item.meeting.meeting))
    unjudged = tuple(item for item in gone if _seen(problem, audience, item.meeting, item.facilitator))
    return Certificate(problem, policy, audience, entries, unjudged)


def _entry(problem: Problem, item: Assignment, policy: Policy, audience: Audience) -> Entry:
    name, meeting = item.facilitator.facilitator, item.meeting.meeting
    found = assess(problem, name, meeting, item.start, policy=policy)
    common = (meeting, item.seat.seat, name, item.day)
    checked = tuple((stake.organisation, stake.grade) for stake in problem.stakes_of(meeting))
    if audience.kind == "party":
        told = tuple(path for path in found.paths if path.effect >= Degree.DISCLOSE)
        return Entry(*common, found.degree if told else Degree.NEUTRAL, checked, (), told, ())
    tied = dict.fromkeys(path.organisations[0] for path in found.paths if path.waived)
    cured = {row for organisation in tied for row in consents(problem, name, organisation, meeting, item.day)}
    used = tuple(row for row in problem.about(name, "waivers") if row in cured)
    return Entry(
        *common, found.degree, checked, problem.ties_of(name), found.paths, used, _employer(problem, name, item.day)
    )


def _employer(problem: Problem, facilitator: str, day: date) -> Employer:
    if employer_unknown(problem, facilitator, day):
        return "unknown"
    return "known" if employers(problem, facilitator, day) else "none"


@dataclass(frozen=True)
class Disclosure:
    """What the parties of a meeting are to be told about a facilitator.

    Attributes
    ----------
    meeting, facilitator
        Ids.
    en, nl
        One sentence for each tie that must be told, with the names of organisations.
    """

    meeting: str
    facilitator: str
    en: tuple[str, ...]
    nl: tuple[str, ...]


def disclosures(
    problem: Problem, roster: Roster, policy: Policy = STRICT, audience: Audience = COORDINATOR
) -> tuple[Disclosure, ...]:
    """Return what must be told to the parties, per meeting, and nothing else.

    Parameters
    ----------
    problem, roster, policy
        As for `certificate`.
    audience
        For whom: a coordinator sees all meetings, a party its own, a facilitator what is told about themselves.
    """
    must_be_policy(policy)
    must_exist(problem, audience)
    naming = named(problem)
    result = []
    for item in Plan(problem, roster).assignments:
        if not _seen(problem, audience, item.meeting, item.facilitator.facilitator):
            continue
        name, meeting = item.facilitator.facilitator, item.meeting.meeting
        found = assess(problem, name, meeting, item.start, policy=policy)
        if found.told:
            words = {
                language: tuple(dict.fromkeys(path_words(p, language, naming) for p in found.told))
                for language in ("en", "nl")
            }
            result.append(Disclosure(meeting, name, words["en"], words["nl"]))
    return tuple(result)
