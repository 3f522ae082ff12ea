# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A month's roster
#
# Eleven facilitators, forty meetings in the villages of the Westerkwartier, one lead seat each: read, solve, look.
# The people, meetings and parties are made up; `data/samples/westerkwartier-2026-03/README.md` says what to look for.

# %%
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display
from matplotlib.patches import Patch, Rectangle

from poolmatch import check, read, solve
from poolmatch.domain.plan import Plan
from poolmatch.domain.shares import targets
from poolmatch.explain import empty_seats

plt.rcParams["text.parse_math"] = False  # titles are text, also with a $ in them

here = Path.cwd()
root = next(folder for folder in (here, *here.parents) if (folder / "data" / "samples").is_dir())
problem = read(root / "data" / "samples" / "westerkwartier-2026-03")
result = solve(problem, time_limit=30, seed=1)
display(result)

# %% [markdown]
# ## The roster
#
# Times are kept in UTC; here they are shown in the time zone of the period.

# %%
zone = problem.period.timezone
title = {meeting.meeting: meeting.title for meeting in problem.meetings}
name = {person.facilitator: person.name for person in problem.facilitators}

table = result.roster.to_frame()
table["start"] = table["start"].dt.tz_convert(zone).dt.strftime("%a %d %b %H:%M")
table["title"] = table["meeting"].map(title)
with pd.option_context("display.max_rows", 50, "display.max_colwidth", 70):
    display(table[["start", "meeting", "title", "facilitator", "degree", "disclosure"]].fillna(""))

# %% [markdown]
# ## The month at a glance
#
# A row per facilitator, a column per day. Seats that stay empty have a row of their own.

# %%
COLOURS = {"noord": "#56b4e9", "midden": "#f0c04c", "zuid": "#5cc8a0", None: "#d0d0d0"}
EMPTY = "left empty"

first, days = problem.period.start, (problem.period.end - problem.period.start).days
rows = [EMPTY, *(person.facilitator for person in reversed(problem.facilitators))]
placed = defaultdict(list)
for seat in sorted(result.roster.rows, key=lambda seat: seat.start):
    day = (problem.period.local_day(seat.start) - first).days + 1
    placed[seat.facilitator or EMPTY, day].append(seat.meeting)

figure, axes = plt.subplots(figsize=(15, 5.6), layout="constrained")
for day in range(1, days + 1):
    if (first + timedelta(days=day - 1)).weekday() >= 5:
        axes.axvspan(day - 0.5, day + 0.5, color="#f1f1f1", zorder=0)
for (who, day), meetings in placed.items():
    height = 0.84 / len(meetings)  # meetings of one day stand above one another, the first on top
    for place, meeting in enumerate(meetings):
        colour = COLOURS[problem.meeting(meeting).region]
        bottom = rows.index(who) + 0.42 - (place + 1) * height
        look = (
            {"facecolor": "white", "edgecolor": "#c03030", "linewidth": 1.4} if who == EMPTY else {"edgecolor": "white"}
        )
        axes.add_patch(Rectangle((day - 0.46, bottom), 0.92, height, **({"facecolor": colour} | look)))
        axes.text(day, bottom + height / 2, meeting, ha="center", va="center_baseline", fontsize=8)
axes.set_xlim(0.5, days + 0.5)
axes.set_ylim(-0.6, len(rows) - 0.4)
axes.set_xticks(
    range(1, days + 1), [f"{first + timedelta(days=day):%a}"[:2] + f"\n{day + 1}" for day in range(days)], fontsize=9
)
axes.set_yticks(range(len(rows)), [name.get(who, who) for who in rows], fontsize=9)
axes.hlines([row + 0.5 for row in range(1, len(rows) - 1)], 0.5, days + 0.5, color="#e8e8e8", linewidth=0.8, zorder=0)
axes.axhline(0.5, color="#808080", linewidth=0.8)
axes.tick_params(length=0)
axes.spines[:].set_visible(False)
seats = result.seats
axes.set_title(f"{problem.period.name}: {seats['filled']} of {seats['required']} seats filled", loc="left")
legend = [Patch(facecolor=colour, label=region or "no region") for region, colour in COLOURS.items()]
legend.append(Patch(facecolor="white", edgecolor="#c03030", label="empty"))
axes.legend(handles=legend, ncols=len(legend), loc="lower right", bbox_to_anchor=(1, 1), frameon=False, fontsize=9)

# %% [markdown]
# ## Why seats stay empty
#
# Each of the pool falls away at the first rule that says so. For one seat, person by person: `check` judges any roster,
# also one in which somebody is put there by hand.

# %%
empty = empty_seats(problem, result.roster, result.rules)
reasons = pd.DataFrame([dict(seat.fell) for seat in empty], index=[seat.meeting for seat in empty])
reasons.insert(0, "title", reasons.index.map(title))
display(reasons.fillna(0).astype({column: int for column in reasons.columns if column != "title"}))

seat = empty[-1]
for person in problem.facilitators:
    edited = result.roster.with_holder(seat.meeting, seat.seat, person.facilitator)
    found = [finding for finding in check(problem, edited).violations if finding.seat == seat.seat]
    print("\n".join(finding.words.en for finding in found if seat.meeting in finding.meetings))

# %% [markdown]
# ## Load and fair share
#
# The fair share follows contract hours, less what was worked too much in the weeks before. Nothing is charged up to
# 110 % of it.

# %%
fair = targets(problem)
placements = Plan(problem, result.roster).of_facilitator
load = pd.DataFrame(
    {
        "hours": {who: sum(item.hours for item in placements.get(who, ())) for who in fair},
        "fair share": {who: minutes / 60 for who, minutes in fair.items()},
    }
)
figure, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
position = range(len(load))
axes.barh(position, load["hours"], color="#56b4e9", height=0.6, label="hours in this roster")
axes.plot(load["fair share"], position, "|", color="black", markersize=16, markeredgewidth=2, label="fair share")
axes.plot(1.1 * load["fair share"], position, "|", color="#c03030", markersize=10, label="charged from here on (110 %)")
axes.set_yticks(position, [name[who] for who in load.index], fontsize=9)
axes.invert_yaxis()
axes.set_xlabel("hours")
axes.spines[["top", "right", "left"]].set_visible(False)
axes.tick_params(axis="y", length=0)
axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False, fontsize=9)

# %% [markdown]
# ## How good is it?
#
# Per tier: the value, and the bound that no legal roster can beat. What no roster could avoid is the price of the five
# seats for which nobody is possible.

# %%
display(
    pd.DataFrame(
        [
            (tier.tier, tier.points, tier.bound / tier.scale, tier.unavoidable / tier.scale, tier.gap)
            for tier in result.tiers
        ],
        columns=["tier", "value", "proven bound", "unavoidable", "gap"],
    ).set_index("tier")
)
