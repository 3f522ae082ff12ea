"""For users' own rules: the contract that every rule must pass, and problems to try it on.

`check_rule` holds a rule's two doors against one another on *all* rosters of small problems; `random_problem` and
`tiny_problems` make such problems.
"""

from poolmatch.testing.contract import check_rule
from poolmatch.testing.problems import random_problem, tiny_problems
from poolmatch.testing.rosters import every_roster

__all__ = ["check_rule", "every_roster", "random_problem", "tiny_problems"]
