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
# # Twelve months
#
# Nobody has exactly their share in one month: certificates, days off and ties see to that. So each month is closed, and
# what was done in it becomes history and ledger of the next: who did too much is asked less. Here the sample month of
# the Westerkwartier is held twelve times, from March 2026 to February 2027. The people, meetings and parties are made
# up.

# %%
from datetime import date, timedelta
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display

from poolmatch import explain_objective, frontier, next_month, read, solve
from poolmatch.report.pictures import plot_frontier

plt.rcParams["text.parse_math"] = False  # titles are text, also with a $ in them

here = Path.cwd()
root = next(folder for folder in (here, *here.parents) if (folder / "data" / "samples").is_dir())
first = read(root / "data" / "samples" / "westerkwartier-2026-03")

# %% [markdown]
# ## The same meetings, a month later
#
# Each meeting keeps its hour and its day of the week; what would fall after the end of a month is held four weeks
# earlier. Ids get the month as a suffix, for a meeting that is planned again is not past. `next_month` carries over the
# people and what is known of them, and leaves out rows about meetings of the month that is closed, such as its pin.


# %%
def tables_of(number):
    """Return the tables of the month that comes so many months after the first."""
    zone, month = first.period.zone, first.period.start.month - 1 + number
    opens, closes = (date(first.period.start.year + n // 12, n % 12 + 1, 1) for n in (month, month + 1))
    weekday = timedelta(days=(first.period.start.weekday() - opens.weekday()) % 7)
    shift = opens + weekday - first.period.start

    def moved(moment):
        local = moment.astimezone(zone).replace(tzinfo=None) + shift
        return (local - timedelta(weeks=4) if local.date() >= closes else local).replace(tzinfo=zone)

    def named(rows):
        return [dict(row) | {"meeting": f"{row.meeting}/{opens:%Y-%m}"} for row in rows]

    meetings = named(first.meetings)
    for row in meetings:
        row |= {"start": moved(row["start"]), "end": moved(row["end"])}
        row |= {"series": row["series"] and f"{row['series']}/{opens:%Y-%m}", "session": None}
    return {
        "period": {
            "name": f"{opens:%Y-%m}",
            "start": opens,
            "end": closes - timedelta(days=1),
            "timezone": first.period.timezone,
        },
        "meetings": meetings,
        "stakes": named(first.stakes),
        "seats": named(first.seats),
        "requirements": named(first.requirements),
    }


results, problem = [], first
for number in range(1, 13):
    results.append(solve(problem, time_limit=3, seed=1))
    problem = next_month(problem, results[-1].roster, tables_of(number))

months = [f"{result.problem.period.start:%b}" for result in results]
year = pd.DataFrame(
    {
        "seats filled": [result.seats["filled"] for result in results],
        "status": [str(result.status) for result in results],
        "Gini before": [result.fairness.gini_before for result in results],
        "Gini after": [result.fairness.gini_after for result in results],
    },
    index=pd.Index(months, name="month"),
)
display(year.round(3))

# %% [markdown]
# ## Shares even out
#
# The Gini coefficient is 0 when all have worked as much as their share, by contract hours and over the last 91 days,
# and 1 when one person without a share has done everything. A deviation is what someone has done above or below their
# share of all hours. Doing too much is charged, doing too little is not: it only shows in what others do.

# %%
HOURS, ABOVE, BELOW = "#1f4e5f", "#c03030", "#56b4e9"


def bare(axes):
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xticks(range(len(months)), months)
    axes.grid(axis="y", color="#e8e8e8")
    axes.set_axisbelow(True)


def most(result, sign):
    """Return the largest deviation above or below, as a percentage of all hours."""
    rows = result.fairness.people
    return 100 * max(sign * row.deviation_after for row in rows) / sum(row.before + row.hours for row in rows)


figure, (left, right) = plt.subplots(1, 2, figsize=(12, 3.8), layout="constrained")
left.plot([-1, *range(12)], [results[0].fairness.gini_before, *year["Gini after"]], "o-", color=HOURS)
bare(left)
left.set_xticks([-1, *range(12)], ["before", *months], fontsize=8)
left.set_ylim(0)
left.set_ylabel("Gini coefficient, 0 = as much as one's share")
left.set_title("Hours against shares, after each month", loc="left")
right.plot([most(result, 1) for result in results], "o-", color=ABOVE, label="most above one's share")
right.plot([most(result, -1) for result in results], "o-", color=BELOW, label="most below one's share")
bare(right)
right.set_ylim(0)
right.set_ylabel("% of all hours, 91 days and the month")
right.set_title("Largest deviation of anyone, after each month", loc="left")
right.legend(frameon=False, loc="center right")

# %% [markdown]
# The shortage that stays is that of F02. Reciprocity stands in the same tier as fair shares and asks first of those
# whose employer has received most: of F01, from the municipality, rather than of F02, from its area teams, which have
# an account of their own and receive nothing.

# %%
people = pd.DataFrame([row.to_dict() for row in results[-1].fairness.people]).set_index("name")
people["employer"] = [first.facilitator(name).organisation for name in people.index]
display(people[["employer", "share", "before", "hours", "target", "deviation_before", "deviation_after"]].round(2))

# %% [markdown]
# ## The ledger
#
# Hours that an organisation's people gave, less hours that its meetings received. Most parties of the sample employ
# nobody in the pool: they can only receive, and their balance falls month after month, as the balance of those whose
# people lead for them must rise. No roster mends that; it is for the settlement.

# %%
balance = pd.DataFrame(
    [{item.organisation: float(item.closing) for item in result.ledger.accounts} for result in results], index=months
)
employers = {person.organisation for person in first.facilitators}
order = [name for name in balance.iloc[-1].sort_values(ascending=False).index if balance[name].any()]
limit = balance.abs().to_numpy().max()
figure, axes = plt.subplots(figsize=(10, 0.3 * len(order) + 1.2), layout="constrained")
picture = axes.imshow(balance[order].T, cmap="RdBu", vmin=-limit, vmax=limit, aspect="auto")
for row, name in enumerate(order):
    for column, hours in enumerate(balance[name]):
        colour = "white" if abs(hours) > 0.6 * limit else "black"
        axes.text(column, row, f"{hours:+.0f}", ha="center", va="center", fontsize=8, color=colour)
axes.set_xticks(range(12), months)
axes.set_yticks(range(len(order)), [f"{name} *" if name in employers else name for name in order], fontsize=9)
axes.tick_params(length=0)
axes.spines[:].set_visible(False)
axes.set_title("Closing balance in hours: given less received (* employs people of the pool)", loc="left")
figure.colorbar(picture, label="hours", shrink=0.6)

# %% [markdown]
# What is to be settled for the last month alone, at 60 euros an hour. The balances and the amounts add up to nothing.

# %%
settlement = pd.DataFrame([row.to_dict() for row in results[-1].ledger.settlement(60)]).set_index("organisation")
settlement.loc["sum"] = settlement.sum()
display(settlement[settlement.any(axis=1) | (settlement.index == "sum")].round(2))

# %% [markdown]
# ## How good is the last month?
#
# Per tier: the value, and the bound that no legal roster can beat that keeps the tiers above it. Tier 1 is what could
# be filled at all. And which rule costs how much, for whom: the three who, or which, cost most.

# %%
last = results[-1]
rows = [
    (tier.tier, tier.points, tier.bound / tier.scale, tier.gap, "proven" if tier.proven else "not proven")
    for tier in last.tiers
]
display(pd.DataFrame(rows, columns=["tier", "value", "bound", "gap", "proof"]).set_index("tier").round(3))

NAMES = {1: "coverage", 2: "neutrality", 3: "stability", 4: "continuity", 5: "fairness", 6: "comfort and cost"}
figure, axes = plt.subplots(1, len(rows), figsize=(12, 2.9), layout="constrained")
for (tier, value, bound, _, proof), box in zip(rows, axes, strict=True):
    box.bar(["bound", "value"], [bound, value], color=["#d0d0d0", HOURS], width=0.6)
    box.bar_label(box.containers[0], fmt="{:.1f}", fontsize=8, padding=2)
    box.set_ylim(min(0, 1.2 * bound), max(1, 1.2 * value))
    box.axhline(0, color="#808080", linewidth=0.8)
    box.set_title(f"{tier:g} {NAMES[tier]}\n{proof}", fontsize=9, color="#2e7d32" if proof == "proven" else ABOVE)
    box.set_yticks([])
    box.tick_params(axis="x", length=0)
    box.spines[["top", "right", "left", "bottom"]].set_visible(False)
figure.suptitle(f"{last.problem.period.name}: penalty points per tier", x=0.01, ha="left")

# %%
costs = []
for cost in explain_objective(last):
    if cost.findings:
        about = {**cost.facilitators, **cost.organisations, **cost.meetings}
        worst = sorted(about, key=lambda name: -about[name])[:3]
        costs.append((cost.tier, cost.rule, cost.points, ", ".join(f"{name} {about[name]:.1f}" for name in worst)))
with pd.option_context("display.max_colwidth", 70):
    display(pd.DataFrame(costs, columns=["tier", "rule", "points", "most for"]).set_index("tier").round(1))

# %% [markdown]
# ## What fairness costs
#
# The first month again. Its tiers 1 to 4 are kept; each point is a roster that no other beats in both fairness (tier 5)
# and comfort (tier 6). `solve` takes the leftmost point, for a higher tier is never traded for a lower one.

# %%
front = frontier(first, first=5, second=6, points=10, time_limit=15, seed=1)
figure, axes = plt.subplots(figsize=(8, 4.2), layout="constrained")
plot_frontier(front, axes)
axes.spines[["top", "right"]].set_visible(False)
axes.set_title(f"{first.period.name}: comfort against fairness, {len(front.points)} rosters", loc="left")
display(pd.DataFrame(front.table()).rename(columns={"first": "tier 5", "second": "tier 6"}).round(2))
