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
# # Why, and what to do about it
#
# A roster that cannot be explained is not accepted, and a month never goes as planned. Here the sample month of the
# Westerkwartier is asked why it is as it is; then somebody falls ill, a tie comes to light, and a meeting is moved. The
# people, meetings and parties are made up.

# %%
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from IPython.display import display

from poolmatch import (
    bottlenecks,
    compare,
    read,
    remedies,
    replan,
    solve,
    substitutes,
    why_empty,
    why_not,
    why_these,
)
from poolmatch.edits import MeetingMoved, PersonOut, TieAdded

here = Path.cwd()
root = next(folder for folder in (here, *here.parents) if (folder / "data" / "samples").is_dir())
problem = read(root / "data" / "samples" / "westerkwartier-2026-03")
told = solve(problem, seed=1)
print(told)


# %%
def say(answer):
    for words in answer:
        print(words.en)


# %% [markdown]
# ## Why is this seat empty, and what would fill it?
#
# First who fell away at which rule. Then a proof: rules that together keep the seat empty in every legal roster, each
# of which is needed for that. Then the smallest changes that would fill it, each of which was made and solved.

# %%
say(why_empty(told, "M30", "lead").words)

# %%
say(remedies(told, "M30", "lead", most=3).words)

# %% [markdown]
# ## Why not her, and why so many for him?
#
# Every rule that objects is told. Where none does, the best roster with her there is sought, and what is worse in it is
# told in points of the highest level that loses. A facilitator's own question is answered without a word about anybody
# else.

# %%
print(why_not(told, "M30", "lead", "F02").words[0].en)
say(why_not(told, "M39", "lead", "F03").words)

# %%
say(why_these(told, "F04").words)

# %% [markdown]
# ## What does the pool hang on?

# %%
say(bottlenecks(problem, time_limit=20).words[:8])

# %% [markdown]
# ## 10 March: somebody falls ill
#
# Facilitator 04 is out for the rest of the month. Who can step in tonight, and at what price? And what is the roster
# for the rest of the month that keeps best to what people were told? Only her seats change, and it is proven that no
# other roster fills as many and disturbs fewer people.

# %%
hers = [row for row in told.roster.rows if row.facilitator == "F04" and row.start.date() >= date(2026, 3, 10)]
say(substitutes(told, hers[-1].meeting, hers[-1].seat).words)

# %%
ill = replan(problem, told, date(2026, 3, 10), [PersonOut("F04", date(2026, 3, 10), date(2026, 3, 31))])
say(ill.words)
assert ill.proven
assert {change.before for change in ill.changes.seats} == {"F04"}

# %% [markdown]
# What to send to whom:

# %%
display(
    pd.DataFrame(
        [(notice.facilitator, words.en) for notice in ill.notices for words in notice.words],
        columns=["to", "message"],
    )
)

# %% [markdown]
# ## 16 March: a tie comes to light
#
# A party tells that the sister of whoever leads its meeting of the next week sits in its board. That was not on record.

# %%
party_of = {stake.meeting: stake.organisation for stake in problem.stakes if stake.grade == "decider"}
coming = [row for row in ill.roster.rows if row.facilitator and row.start.date() >= date(2026, 3, 18)]
late = next(row for row in coming if row.meeting in party_of)
tied = replan(
    ill.problem, ill.roster, date(2026, 3, 16), [TieAdded(late.facilitator, "family", party_of[late.meeting])]
)
say(tied.words)

# %% [markdown]
# ## 20 March: a meeting is moved
#
# The hall of a meeting in the last week is taken; it is held a day later. Whoever leads it may not be free then.

# %%
held = [row for row in tied.roster.rows if row.facilitator and row.start.date() >= date(2026, 3, 24)]
late = min(held, key=lambda row: (row.start, row.meeting))
a_day = timedelta(days=1)
happened = [MeetingMoved(late.meeting, late.start + a_day, late.end + a_day)]
moved = replan(tied.problem, tied.roster, date(2026, 3, 20), happened)
print(happened[0].words.en)
say(moved.words)

# %% [markdown]
# ## What became of the month
#
# All changes since people were first told, seat by seat, and for each person.

# %%
whole = compare(told.roster, moved.roster)
say(whole.words)
display(
    pd.DataFrame(
        [(person.facilitator, len(person.leaves), len(person.comes)) for person in whole.people],
        columns=["facilitator", "seats left", "seats taken"],
    )
)
