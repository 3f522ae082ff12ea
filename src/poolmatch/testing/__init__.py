"""For users' own rules and edits: the contracts that they must pass, and problems to try them on.

`check_rule` holds a rule's two doors against one another on *all* rosters of small problems, `check_edit` an edit
against what it says of itself; `random_problem` and `tiny_problems` make such problems.
"""

from poolmatch.testing.contract import check_rule
from poolmatch.testing.edits import check_edit
from poolmatch.testing.problems import random_problem, tiny_problems
from poolmatch.testing.rosters import every_roster

__all__ = ["check_edit", "check_rule", "every_roster", "random_problem", "tiny_problems"]
