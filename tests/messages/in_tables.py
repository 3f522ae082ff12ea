"""A small input for each kind of message about tables and their cells: what differs from a problem without a doubt."""

from __future__ import annotations

from collections.abc import Mapping

from tests.tables.files import GOOD

Tables = Mapping[str, str]


def plus(table: str, *rows: str) -> Tables:
    """The good table with more rows."""
    return {table: GOOD[table] + "".join(f"{row}\n" for row in rows)}


def new(table: str, *lines: str) -> Tables:
    """A table with a header and rows."""
    return {table: "".join(f"{line}\n" for line in lines)}


PERIOD = "name,start,end,timezone"
PEOPLE = "facilitator,name,organisation,lat,lon"
TIES = "facilitator,kind,organisation,theme,meeting,series,start,end"
WAIVERS = "facilitator,organisation,meeting,series,party,consented_on,expires"
MEETINGS = "meeting,title,start,end,lat,lon"
SERIES = "meeting,start,end,lat,lon,series,session"
HISTORY = "meeting,facilitator,role,start,end,hours"
LIMITS = "meeting,seat,skill,level,kind,number"
TODAY = new("period", f"{PERIOD},today", "Voorjaar,2026-03-01,2026-10-31,Europe/Amsterdam,2026-03-11")
DUTY = new("duties", "duty,kind,hours,organisation", "D1,coaching,2,GEM")


def facilitator(columns: str, cells: str) -> Tables:
    """The facilitators with more columns, filled in for the first."""
    head, first, second = GOOD["facilitators"].split()
    return new("facilitators", f"{head},{columns}", f"{first},{cells}", f"{second}{',' * (columns.count(',') + 1)}")


def period(name: str, start: str, end: str, zone: str = "Europe/Amsterdam") -> Tables:
    return new("period", PERIOD, f"{name},{start},{end},{zone}")


def meetings(*rows: str) -> Tables:
    """The good meetings and others, all with a series and a session."""
    good = [f"{row.replace(',Plein', '').replace(',Intake', '')},," for row in GOOD["meetings"].split("\n")[1:3]]
    stakes = (f"{row.split(',')[0]},GEM,interest" for row in rows)
    return {**new("meetings", SERIES, *good, *rows), **plus("stakes", *stakes)}


def available(rrule: str, exceptions: str = "") -> Tables:
    head = "facilitator,kind,start,end,rrule,except"
    return new("availability", head, f'F1,unavailable,2026-03-02 09:00,2026-03-02 10:00,"{rrule}",{exceptions}')


CONTINUED = "A,leider,lead,same", "B,leider,lead,same"
TWO_SESSIONS = meetings(
    "A,2026-03-16 19:30,2026-03-16 21:30,53.2,6.4,S,1", "B,2026-03-17 19:30,2026-03-17 21:30,53.2,6.4,S,2"
)
THREE_SESSIONS = meetings(
    "A,2026-03-16 19:30,2026-03-16 21:30,53.2,6.4,S,1",
    "B,2026-03-17 19:30,2026-03-17 21:30,53.2,6.4,S,2",
    "C,2026-03-18 19:30,2026-03-18 21:30,53.2,6.4,S,3",
)

CELLS: Mapping[str, Tables] = {
    "cell-blank": plus("organisations", "PRO,  "),
    "id-blank": plus("organisations", "  ,Naamloos"),
    "word-unknown": plus("stakes", "M1,WAT,beslisser"),
    "cell-hidden-signs": plus("organisations", "PRO,Pro\u200bvincie"),
    "text-too-long": plus("organisations", f"PRO,{'a' * 2001}"),
    "text-only-hidden-signs": plus("organisations", "PRO,\u200b"),
    "id-hidden-sign": plus("organisations", "P\u200bR,Provincie"),
    "id-semicolon": plus("organisations", "A;B,Provincie"),
    "list-item-twice": facilitator("roles", "lead;lead"),
    "not-yes-or-no": facilitator("external", "misschien"),
    "not-a-whole-number": facilitator("max_meetings", "2.5"),
    "not-a-number": facilitator("max_hours", "veel"),
    "too-many-decimals": new("preferences", "facilitator,meeting,score", "F1,M1,0.12345"),
    "number-too-small": facilitator("max_hours", "-1"),
    "number-too-large": facilitator("max_hours", "100001"),
    "year-out-of-range": period("Voorjaar", "1026-03-01", "2026-10-31"),
    "not-a-date": period("Voorjaar", "maart", "2026-10-31"),
    "no-such-date": period("Voorjaar", "2026-02-30", "2026-10-31"),
    "not-a-date-with-time": plus("meetings", "M3,,avond,2026-03-10 21:30,53.2,6.4"),
    "no-such-moment": plus("meetings", "M3,,2026-02-30 19:30,2026-03-10 21:30,53.2,6.4"),
    "clock-time-twice": plus("meetings", "M3,,2026-10-25 02:30,2026-10-25 05:30,53.2,6.4"),
    "clock-time-skipped": plus("meetings", "M3,,2026-03-29 02:30,2026-03-29 05:30,53.2,6.4"),
    "time-zone-unknown": period("Voorjaar", "2026-03-01", "2026-10-31", "Europe/Amsterdan"),
    "dutch-truth": facilitator("external", "ja"),
    "dutch-date": period("Voorjaar", "1-3-2026", "2026-10-31"),
    "dutch-date-with-time": plus("meetings", "M3,,10-3-2026 19:30,2026-03-10 21:30,53.2,6.4"),
    "comma-though-decimal-point": facilitator("max_hours", '"1,5"'),
}
"""Of one cell."""

ROWS: Mapping[str, Tables] = {
    "end-not-after-start": plus("meetings", "M3,,2026-03-10 19:30,2026-03-10 19:30,53.2,6.4"),
    "start-or-end-blank": plus("meetings", "M3,,2026-03-10 19:30,,53.2,6.4"),
    "last-day-before-first": new("ties", TIES, "F1,family,WAT,,,,2026-03-02,2026-03-01"),
    "period-ends-before-start": period("Voorjaar", "2026-03-01", "2026-02-28"),
    "point-half-blank": plus("facilitators", "F3,Cees,GEM,53.2,"),
    "link-to-itself": new("links", "source,target,kind", "GEM,GEM,funds"),
    "one-of-columns-blank": new("ties", TIES, "F1,family,,,,,,"),
    "several-of-columns-filled": new("ties", TIES, "F1,family,WAT,wonen,,,,"),
    "session-without-series": meetings("M3,2026-03-10 09:30,2026-03-10 11:30,53.2,6.4,,1"),
    "max-days-below-min-days": new("spacing", "series,min_days,max_days", "S,7,2"),
    "limit-of-one-seat": new("requirements", LIMITS, "M1,lead,dialoog,3,at_most,1"),
    "limit-without-number": new("requirements", LIMITS, "M1,,dialoog,3,at_most,"),
    "number-without-limit": new("requirements", LIMITS, "M1,,dialoog,3,required,1"),
    "left-before-joined": facilitator("joined,left", "2026-03-01,2026-02-01"),
    "independent-with-employer": facilitator("independent", "yes"),
    "valid-until-before-valid-from": new(
        "skills", "facilitator,skill,level,valid_from,valid_until", "F1,dialoog,3,2026-03-01,2026-02-01"
    ),
    "former-employee-without-end": new("ties", TIES, "F1,former_employee,WAT,,,,,"),
    "expires-before-consent": new("waivers", WAIVERS, "F1,GEM,M1,,GEM,2026-02-01,2026-01-01"),
    "pairing-of-one-person": new("pairings", "first,second,kind", "F1,F1,forbid"),
    "except-without-recurrence": available("", "2026-03-09"),
    "recurs-too-often": available("FREQ=SECONDLY"),
    "not-a-recurrence-rule": available("nu en dan"),
    "recurrence-until-unreadable": available("FREQ=WEEKLY;UNTIL=1"),
    "past-work-without-hours": new("history", HISTORY, "OUD,F1,lead,,,"),
}
"""Of the cells of one row against one another."""

BETWEEN: Mapping[str, Tables] = {
    "key-twice": plus("organisations", "GEM,Nog een"),
    "key-twice-but-for-capitals": plus("organisations", "gem,Nog een"),
    "duty-id-of-a-meeting": new("duties", "duty,kind,hours", "m1,coaching,2"),
    "start-outside-period": plus("meetings", "M3,,2027-03-10 19:30,2027-03-10 21:30,53.2,6.4"),
    "longer-than-a-day": plus("meetings", "M3,,2026-03-10 19:30,2026-03-12 21:30,53.2,6.4"),
    "row-twice": new("preferences", "facilitator,meeting,score", "F1,M1,2", "F1,M1,2"),
    "ends-at-midnight": new("availability", "facilitator,start,end,kind", "F1,2026-03-10,2026-03-12 00:00,unavailable"),
    "starts-at-midnight": plus("meetings", "M3,,2026-03-10 00:00,2026-03-10 02:00,53.2,6.4"),
    "start-beside-slots": new("slots", "meeting,start,end", "M1,2026-03-10 19:30,2026-03-10 21:30"),
    "meeting-without-time": plus("meetings", "M3,,,,53.2,6.4"),
    "except-without-occurrence": available("FREQ=WEEKLY", "2026-03-03"),
    "pin-slot-of-fixed-meeting": new("pins", "meeting,seat,facilitator,slot_start", "M1,lead,F1,2026-03-10 19:30"),
    "pin-slot-unknown": {
        **plus("meetings", "M3,,,,53.2,6.4"),
        **plus("stakes", "M3,GEM,interest"),
        **new("slots", "meeting,start,end", "M3,2026-03-16 19:30,2026-03-16 21:30"),
        **new("pins", "meeting,seat,facilitator,slot_start", "M3,lead,F2,2026-03-17 19:30"),
    },
    "session-blank-among-numbered": meetings(
        "A,2026-03-16 19:30,2026-03-16 21:30,53.2,6.4,S,", "B,2026-03-17 19:30,2026-03-17 21:30,53.2,6.4,S,2"
    ),
    "session-twice": meetings(
        "A,2026-03-16 19:30,2026-03-16 21:30,53.2,6.4,S,1", "B,2026-03-17 19:30,2026-03-17 21:30,53.2,6.4,S,1"
    ),
    "session-out-of-order": meetings(
        "A,2026-03-16 19:30,2026-03-16 21:30,53.2,6.4,S,2", "B,2026-03-17 19:30,2026-03-17 21:30,53.2,6.4,S,1"
    ),
    "continuity-without-series": new("seats", "meeting,seat,role,continuity", "M1,lead,lead,same"),
    "continuity-differs": {
        **TWO_SESSIONS,
        **new("seats", "meeting,seat,role,continuity", "A,lead,lead,same", "B,lead,lead,prefer"),
    },
    "continuity-of-one-session": {
        **TWO_SESSIONS,
        **new("seats", "meeting,seat,role,continuity", "A,leider,lead,same", "B,lead,lead,same"),
    },
    "seat-named-otherwise-in-series": {
        **THREE_SESSIONS,
        **new("seats", "meeting,seat,role,continuity", *CONTINUED, "C,leidster,lead,none"),
    },
    "seat-not-named-in-series": {**THREE_SESSIONS, **new("seats", "meeting,seat,role,continuity", *CONTINUED)},
    "limit-of-duty": {**DUTY, **new("requirements", LIMITS, "D1,,dialoog,3,at_most,1")},
    "tie-after-meeting": new("ties", TIES, "F1,dossier,,,M1,,2026-03-20,"),
    "tie-after-all": new("ties", TIES, "F1,family,WAT,,,,2026-10-20,"),
    "tie-after-period": {
        **new("meetings", MEETINGS),
        **new("stakes", "meeting,organisation,grade"),
        **new("seats", "meeting,seat,role"),
        **new("ties", TIES, "F1,family,WAT,,,,2026-12-20,"),
    },
    "consent-after-meeting": new("waivers", WAIVERS, "F1,GEM,M1,,GEM,2026-03-20,"),
    "consent-expires-before-meeting": new("waivers", WAIVERS, "F1,GEM,M1,,GEM,2026-03-02,2026-03-03"),
    "consent-after-series": {
        **meetings("A,2026-03-16 19:30,2026-03-16 21:30,53.2,6.4,S,1"),
        **new("waivers", WAIVERS, "F1,GEM,,S,GEM,2026-03-20,"),
    },
    "consent-expires-before-series": {
        **meetings("A,2026-03-16 19:30,2026-03-16 21:30,53.2,6.4,S,1"),
        **new("waivers", WAIVERS, "F1,GEM,,S,GEM,2026-03-02,2026-03-03"),
    },
    "employer-unknown": plus("facilitators", "F3,Cees,,53.2,6.4"),
    "independent-with-tie": {
        **new("facilitators", f"{PEOPLE},independent", "F1,Anna,,53.2,6.4,yes"),
        **new("ties", TIES, "F1,employee,WAT,,,,,"),
    },
    "links-in-a-ring": new("links", "source,target,kind", "GEM,WAT,controls", "WAT,GEM,controls"),
    "no-facilitators": new("facilitators", PEOPLE),
    "no-meetings": {
        **new("meetings", MEETINGS),
        **new("stakes", "meeting,organisation,grade"),
        **new("seats", "meeting,seat,role"),
    },
    "home-without-point": plus("facilitators", "F3,Cees,GEM,,"),
    "place-without-point": plus("meetings", "M3,,2026-03-16 19:30,2026-03-16 21:30,,"),
    "point-swapped": plus("facilitators", "F3,Cees,GEM,6.4,53.2"),
    "point-far-away": plus("facilitators", "F3,Cees,GEM,-53.2,-6.4"),
    "word-in-other-spelling": new("skills", "facilitator,skill,level", "F1,dialoog,3", "F2,Dialoog,3"),
    "words-in-other-spelling": new(
        "skills", "facilitator,skill,level", "F1,dialoog,3", "F2,Dialoog,3", "F1,zorg,3", "F2,Zorg,3"
    ),
    "word-close-to-another": new("skills", "facilitator,skill,level", "F1,bemiddeling,3", "F2,bemideling,3"),
    "word-is-a-stopgap": new("skills", "facilitator,skill,level", "F1,n.v.t.,3"),
    "organisation-is-a-stopgap": plus("organisations", "ONB,Onbekend"),
    "organisations-of-one-name": plus("organisations", "W2,Het Waterschap"),
    "organisations-of-close-names": plus("organisations", "W2,Waterschab"),
    "facilitators-of-one-name": new(
        "facilitators", PEOPLE, "F1,Anna Jansen,GEM,53.2,6.4", "F2,Jansen Anna,WAT,53.1,6.5"
    ),
    "facilitators-of-close-names": new(
        "facilitators", PEOPLE, "F1,Anna Jansen,GEM,53.2,6.4", "F2,Anna Janssen,WAT,53.1,6.5"
    ),
    "past-meeting-unknown": TODAY,
    "history-of-planned-meeting": {
        **TODAY,
        **new("history", HISTORY, "M2,F1,lead,2026-03-09 19:30,2026-03-09 21:30,"),
    },
    "history-at-another-time": {
        **TODAY,
        **new("history", HISTORY, "M1,F1,lead,2026-03-09 19:30,2026-03-09 21:30,"),
    },
    "history-without-seat": {
        **TODAY,
        **new("history", HISTORY, "M1,F1,scribe,2026-03-10 19:30,2026-03-10 21:30,"),
    },
}
"""Of rows against one another."""

JOINS: Mapping[str, Tables] = {
    "id-unknown": plus("stakes", "M1,GEN,interest"),
    "tie-theme-unused": new("ties", TIES, "F1,position,,wonen,,,,"),
    "series-unused": new("ties", TIES, "F1,dossier,,,,S,,"),
    "waiver-without-tie": new("waivers", WAIVERS, "F1,WAT,M1,,GEM,2026-03-02,"),
    "waiver-party-without-stake": new("waivers", WAIVERS, "F1,GEM,M1,,WAT,2026-03-02,"),
    "strike-without-stake": new("strikes", "organisation,facilitator,meeting", "GEM,F1,M2"),
    "preferred-theme-unused": new("preferences", "facilitator,theme,score", "F1,wonen,1"),
    "preferred-region-unused": new("preferences", "facilitator,region,score", "F1,noord,1"),
    "preferred-organisation-unused": {
        **plus("organisations", "PRO,Provincie"),
        **new("preferences", "facilitator,organisation,score", "F1,PRO,1"),
    },
    "skill-of-nobody": new("requirements", "meeting,seat,skill,level", "M1,lead,dialoog,3"),
    "skill-unused": new("skills", "facilitator,skill,level", "F1,dialoog,3"),
    "served-region-unused": new("serves", "facilitator,region", "F1,noord"),
    "region-of-nobody": {
        **new("meetings", f"{MEETINGS},region", "M1,,2026-03-10 19:30,2026-03-10 21:30,53.2,6.4,zuid"),
        **new("serves", "facilitator,region", "F1,noord", "F2,noord"),
        **new("stakes", "meeting,organisation,grade", "M1,GEM,interest"),
        **new("seats", "meeting,seat,role", "M1,lead,lead"),
    },
    "role-of-nobody": plus("seats", "M1,mentor,mentor"),
    "seat-unknown": new("pins", "meeting,seat,facilitator", "M1,co,F1"),
    "history-facilitator-gone": new("history", HISTORY, "OUD,F9,lead,2026-02-09 19:30,2026-02-09 21:30,"),
    "history-organisation-gone": new(
        "history", f"{HISTORY},organisations", "OUD,F1,lead,2026-02-09 19:30,2026-02-09 21:30,,PRO"
    ),
    "history-seat-unknown": {
        **meetings("A,2026-03-16 19:30,2026-03-16 21:30,53.2,6.4,S,1"),
        **new("seats", "meeting,seat,role,continuity", "A,lead,lead,same"),
        **new("history", f"{HISTORY},series,seat", "OUD,F1,lead,2026-02-09 19:30,2026-02-09 21:30,,S,voorzitter"),
    },
    "published-facilitator-gone": new("published", "meeting,seat,facilitator,role,slot_start", "M1,lead,F9,lead,"),
    "published-meeting-gone": new("published", "meeting,seat,facilitator,role,slot_start", "M9,lead,F1,lead,"),
    "published-seat-gone": new("published", "meeting,seat,facilitator,role,slot_start", "M1,co,F1,co,"),
}
"""Of what refers to nothing."""

RULES: Mapping[str, Tables] = {
    "meeting-without-parties": plus("meetings", "M3,,2026-03-16 19:30,2026-03-16 21:30,53.2,6.4"),
    "tie-kind-unknown": new("ties", TIES, "F1,vriend,WAT,,,,,"),
    "tie-target-unfit": new("ties", TIES, "F1,employee,,wonen,,,,"),
    "sessions-out-of-order-in-all-slots": {
        **meetings("A,,,53.2,6.4,S,2", "B,,,53.2,6.4,S,1"),
        **new(
            "slots",
            "meeting,start,end",
            "A,2026-03-16 19:30,2026-03-16 21:30",
            "B,2026-03-17 19:30,2026-03-17 21:30",
        ),
    },
    "spacing-of-fixed-sessions": {
        **meetings(
            "A,2026-03-16 19:30,2026-03-16 21:30,53.2,6.4,S,1", "B,2026-03-17 19:30,2026-03-17 21:30,53.2,6.4,S,2"
        ),
        **new("spacing", "series,min_days", "S,7"),
    },
    "spacing-kept-by-no-slots": {
        **meetings("A,,,53.2,6.4,S,1", "B,,,53.2,6.4,S,2"),
        **new("spacing", "series,min_days", "S,7"),
        **new(
            "slots",
            "meeting,start,end",
            "A,2026-03-16 19:30,2026-03-16 21:30",
            "B,2026-03-17 19:30,2026-03-17 21:30",
        ),
    },
    "spacing-kept-by-no-slots-together": {
        **meetings("A,,,53.2,6.4,S,1", "B,,,53.2,6.4,S,2", "C,,,53.2,6.4,S,3"),
        **new("spacing", "series,min_days,max_days", "S,7,7"),
        **new(
            "slots",
            "meeting,start,end",
            "A,2026-03-02 19:30,2026-03-02 21:30",
            "B,2026-03-09 19:30,2026-03-09 21:30",
            "B,2026-03-10 19:30,2026-03-10 21:30",
            "C,2026-03-17 19:30,2026-03-17 21:30",
        ),
    },
    "pin-on-the-past": {**TODAY, **new("pins", "meeting,seat,facilitator", "M1,lead,F1")},
    "pin-slot-before-today": {
        **TODAY,
        **plus("meetings", "M3,,,,53.2,6.4"),
        **plus("stakes", "M3,GEM,interest"),
        **new(
            "slots", "meeting,start,end", "M3,2026-03-09 19:30,2026-03-09 21:30", "M3,2026-03-16 19:30,2026-03-16 21:30"
        ),
        **new("pins", "meeting,seat,facilitator,slot_start", "M3,lead,,2026-03-09 19:30"),
    },
    "pin-breaks-rule": new("pins", "meeting,seat,facilitator", "M1,lead,F1"),
    "pins-break-rule-together": {
        **plus("meetings", "M3,,2026-03-10 19:30,2026-03-10 21:30,53.2,6.4"),
        **plus("stakes", "M3,GEM,interest"),
        **new("pins", "meeting,seat,facilitator", "M1,lead,F2", "M3,lead,F2"),
    },
}
"""Of what the standard rules say of the input."""

TABLES: Mapping[str, Tables] = {
    "table-missing": {"stakes": ""},
    "table-misspelt": new("meeting", "x"),
    "table-unknown-while-one-misses": {"stakes": "", "deelname": "x\n"},
    "table-unknown": new("vergaderzalen", "x"),
    "column-misspelt": new("organisations", "organisaton,name", "GEM,Gemeente"),
    "column-unknown-while-one-misses": new("organisations", "code,name", "GEM,Gemeente"),
    "column-unknown": new("organisations", "organisation,name,kleur", "GEM,Gemeente,rood", "WAT,Waterschap,blauw"),
    "column-missing": new("organisations", "organisation", "GEM", "WAT"),
    "period-not-one-row": new(
        "period",
        PERIOD,
        "Voorjaar,2026-03-01,2026-10-31,Europe/Amsterdam",
        "Najaar,2026-11-01,2026-12-31,Europe/Amsterdam",
    ),
}
"""Of tables and headings; a table that is "" is left out."""

GRIDS: Mapping[str, Tables] = {
    "header-too-wide": {"organisations": ",".join(f"c{n}" for n in range(101)) + "\n"},
    "header-missing": {"organisations": "\n"},
    "heading-twice": new("organisations", "organisation,name,name", "GEM,Gemeente,"),
    "row-too-short": plus("organisations", "PRO"),
    "row-too-long": new("organisations", "organisation,name", "GEM,Gemeente", "WAT,,"),
    "cell-without-heading": plus("organisations", "PRO,Provincie,extra"),
    "row-of-totals": plus("organisations", "Totaal,2"),
    "blank-rows": plus("organisations", ",", "PRO,Provincie"),
    "cells-far-below": plus("organisations", *[","] * 1001, "PRO,Provincie"),
    "csv-names-its-separator": new("organisations", "sep=;", "organisation;name", "GEM;Gemeente", "WAT;Waterschap"),
    "csv-other-separator": new("organisations", "organisation;name", "GEM;Gemeente", "WAT;Waterschap"),
    "csv-cell-too-long": plus("organisations", f"PRO,{'a' * 131073}"),
    "csv-open-quote": plus("organisations", 'PRO,"Provincie'),
}
"""Of CSV files."""
