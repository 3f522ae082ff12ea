"""What each kind of input gets that is right by itself and probably not meant: a warning that names the place.

The numbers are those of the list in the contract; every case expects the whole text that a user sees.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from tests.tables.files import GOOD, folder_of
from tests.tables.spoilt import Case, instead

from poolmatch.tables import read

NO_MEETINGS = {"meetings": "meeting\n", "stakes": "meeting,organisation,grade\n", "seats": "meeting,seat,role\n"}

WARNINGS = [
    Case(
        "15-meeting-over-24-hours",
        instead("meetings", "2026-03-10 21:30", "2026-03-11 19:31"),
        """
        meetings, column end (line 2): is more than 24 hours after start; check the dates
        """,
    ),
    Case(
        "15-starts-at-midnight-where-only-a-date-was-typed",
        instead("meetings", "2026-03-10 19:30", "2026-03-10 00:00"),
        """
        meetings, column start (line 2): is midnight; give the time too, if only the date was typed
        """,
    ),
    Case(
        "19-empty-pool",
        {"facilitators": "facilitator,name\n"},
        """
        facilitators: is empty; add the members of the pool
        """,
    ),
    Case(
        "20-no-meetings",
        NO_MEETINGS,
        """
        meetings: is empty; add the meetings of the period
        """,
    ),
    Case(
        "21-a-period-of-one-day",
        NO_MEETINGS | instead("period", "2026-10-31", "2026-03-01"),
        """
        meetings: is empty; add the meetings of the period
        """,
    ),
    Case(
        "24-cycle-of-organisations",
        {"links": "source,target,kind\nGEM,WAT,controls\nWAT,GEM,controls\n"},
        """
        links (lines 2, 3): form a ring of organisations; check the direction of the links; a ring is allowed
        """,
    ),
    Case(
        "25-no-employer",
        {"facilitators": "facilitator,name,organisation,lat,lon,external\nF1,Anna,,53.2,6.4,\nF2,Bram,,53.1,6.5,yes\n"},
        """
        facilitators, column organisation (line 2): is blank for someone of the pool; \
fill in the employer, or write yes under independent: unknown is not neutral (rule unknown-employer)
        """,
    ),
    Case(
        "30-other-table",
        {"remarks": "facilitator,note\nF1,likes tea\n"},
        """
        remarks: is not a table that poolmatch knows; its content is not used
        """,
    ),
    Case(
        "30-other-column",
        instead("meetings", "title", "projectleider"),
        """
        meetings, column projectleider: is not a column of this table; its content is not used
        """,
    ),
    Case(
        "33-semicolon",
        {"organisations": GOOD["organisations"].replace(",", ";")},
        """
        organisations: is separated by a semicolon; nothing to do
        """,
    ),
    Case(
        "33-tab",
        {"organisations": GOOD["organisations"].replace(",", "\t")},
        """
        organisations: is separated by a tab; nothing to do
        """,
    ),
    Case(
        "43-characters-that-cannot-be-seen-in-a-name",
        instead("organisations", "Waterschap", "Water\u202eschap\u200b"),
        """
        organisations, column name (line 3): holds characters that cannot be seen; they are taken out
        """,
    ),
]


# --- words, names and points that match nothing, or too much ---------------------------------------------

IN_REGIONS = (
    GOOD["meetings"]
    .replace("lon\n", "lon,region,theme,series\n")
    .replace("53.2,6.4\n", "53.2,6.4,westerkwartier,wonen,buurt\n")
    .replace("53.1,6.5\n", "53.1,6.5,Westerkwartier,wonen,buurt\n")
)
"""The good meetings, each in the one region, on the one theme, and in one series."""
KEPT = "correct it; nothing to do if it is kept for another period"

WARNINGS += [
    Case(
        "05-word-in-another-spelling",
        {"meetings": IN_REGIONS, "serves": "facilitator,region\nF1,westerkwartier\nF2,WESTERKWARTIER\n"},
        """
        serves, column region (line 3): is a word in another spelling; nothing to do: it is shown as \
"westerkwartier", as it is written most often
        meetings, column region (line 3): is a word in another spelling; nothing to do: it is shown as \
"westerkwartier", as it is written most often
        """,
    ),
    Case(
        "06-region-close-to-another-however-often-it-stands",
        {
            "meetings": IN_REGIONS.replace("Wes", "wes"),
            "facilitators": GOOD["facilitators"]
            .replace("lon\n", "lon,region\n")
            .replace("6.4\n", "6.4,westerkwartir\n")
            .replace("6.5\n", "6.5,westerkwartir\n"),
        },
        """
        facilitators, column region (lines 2, 3): stands twice and is close to another region; did you mean \
"westerkwartier", which stands twice? write one of the two throughout, or do nothing if they differ
        """,
    ),
    Case(
        "07-series-close-to-another",
        {"meetings": IN_REGIONS.replace("Wes", "wes").replace("buurt", "buurtt", 1)},
        """
        meetings, column series (line 2): stands once and is close to another series; \
did you mean "buurt", which \
stands once? write one of the two throughout, or do nothing if they differ
        """,
    ),
    Case(
        "08-tie-to-a-theme-that-no-meeting-has",
        {
            "meetings": IN_REGIONS.replace("Wes", "wes"),
            "ties": "facilitator,kind,theme\nF1,position,wone\nF1,position,energie\nF2,position,energie\n",
        },
        f"""
        ties, column theme (line 2): is the theme of no meeting here; \
did you mean "wonen"? the tie has no effect: {KEPT}
        ties, column theme (lines 3, 4): is the theme of no meeting here; the tie has no effect: {KEPT}
        """,
    ),
    Case(
        "08-words-that-never-stand-on-the-other-side",
        {
            "meetings": IN_REGIONS.replace("Wes", "wes"),
            "serves": "facilitator,region\nF1,drenthe\nF2,drenthe\nF2,groningen\n",
            "skills": "facilitator,skill,level\nF1,intake,3\nF2,intake,3\nF2,mediation,3\n",
            "requirements": "meeting,skill,level\nM1,listening,3\n",
            "preferences": "facilitator,theme,score\nF1,energie,3\nF2,zorg,3\n",
        },
        f"""
        serves, column region (lines 2, 3, 4): is the region of no meeting here; {KEPT}
        skills, column skill (lines 2, 3, 4): is a skill that nothing here asks for; {KEPT}
        meetings, column region (lines 2, 3): is a region that nobody serves; correct it, or add it to serves
        requirements, column skill (line 2): is a skill that nobody has; correct it, or add it to skills
        preferences, column theme (lines 2, 3): is the theme of no meeting here; {KEPT}
        """,
    ),
    Case(
        "08-strike-and-consent-without-a-meeting",
        {
            "strikes": "organisation,facilitator,meeting\nGEM,F1,M2\n",
            "waivers": "facilitator,organisation,series,party,consented_on\nF1,GEM,buurt,WAT,2026-03-01\n",
        },
        """
        waivers, column series (line 2): is not the series of any meeting here; \
nothing to do if it has no session in \
this period
        strikes, column organisation (line 2): has no stake there; \
the row has no effect: correct it, or remove it
        """,
    ),
    Case(
        "08a-one-name-under-two-ids",
        {
            "organisations": GOOD["organisations"] + "WAT2,Stichting Wat\u00e9rschap\n",
            "facilitators": GOOD["facilitators"] + "F3,Annna,GEM,53.2,6.4\n",
        },
        """
        organisations, column name (lines 3, 4): is the same for WAT and WAT2; \
if they are one organisation, add a \
link of kind same_as between them, or use one id
        facilitators, column name (lines 2, 4): is nearly the same for F1 and F3; \
if they are one person, use one id
        """,
    ),
    Case(
        "08d-lat-and-lon-swapped",
        instead("facilitators", "53.1,6.5", "6.5,53.1"),
        """
        facilitators, column lat (line 3): looks swapped with lon: only the other way round it is near the \
others; \
swap lat and lon
        """,
    ),
    Case(
        "08d-a-thousand-kilometres-from-all-others",
        instead("facilitators", "53.1,6.5", "33.1,6.5"),
        """
        facilitators, column lat (line 3): is 1,000 km or more from all others; \
correct lat and lon, or do nothing if \
that is so
        """,
    ),
]


@pytest.mark.parametrize("case", WARNINGS, ids=lambda case: case.id)
def test_a_warning_that_names_the_place(case: Case, tmp_path: Path) -> None:
    problem = read(folder_of(case.files, tmp_path), **case.options)
    assert "\n".join(str(issue) for issue in problem.warnings) == dedent(case.says).strip("\n")


def test_the_good_problem_is_beyond_doubt(tmp_path: Path) -> None:
    assert read(folder_of({}, tmp_path)).warnings == ()
