"""No rule is idle in the families that are measured: each is at work in some small problem, which is solved to proof.

What "at work" means stands in `benchmarks.measuring.idle_rules`, which also finds the problems of this table.
"""

import pytest
from benchmarks.cases.all_rules import RULES
from benchmarks.cases.families import FAMILIES
from benchmarks.measuring.idle_rules import at_work, best
from tests.benchmarks.rules_at_work import AT_WORK, IDLE, Size
from tests.rings import RING

from poolmatch import STANDARD_RULES


# Each takes seconds: every other one in `make test`, all in `make soak`.
@pytest.mark.slow
@pytest.mark.parametrize(("family", "size", "seed", "today"), [*AT_WORK][:: 1 if RING == "soak" else 2])
def test_rules_are_at_work(family: str, size: Size, seed: int, today: str | None) -> None:
    problem = FAMILIES[family](*size, seed, **({} if today is None else {"today": today}))
    rules = AT_WORK[family, size, seed, today].split()
    assert at_work(problem, rules) == rules


def test_what_has_nothing_to_say_is_not_at_work() -> None:
    assert at_work(FAMILIES["pools"](12, 30, 9, 1), ["neutral", "role", "cost"]) == ["neutral"]


@pytest.mark.parametrize("family", sorted({*FAMILIES} - {"all rules"}))
def test_each_standard_rule_is_at_work_in_each_family_or_idle_by_its_nature(family: str) -> None:
    found = [rules for (name, *_), rules in AT_WORK.items() if name == family]
    named = " ".join([*found, *IDLE.get(family, {}).values()]).split()
    assert sorted(named) == sorted(rule.id for rule in STANDARD_RULES.rules)


def test_each_rule_of_the_family_for_all_rules_is_at_work_in_it() -> None:
    found = [rules for (name, *_), rules in AT_WORK.items() if name == "all rules"]
    assert sorted(" ".join(found).split()) == sorted(RULES)


def test_what_is_not_proven_tells_nothing() -> None:
    with pytest.raises(ValueError, match="not proven"):
        best(FAMILIES["pools"](12, 30, 9, 1), STANDARD_RULES, limit=0)
