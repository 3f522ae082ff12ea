"""Rule `role`: out where the seat's role is not among the facilitator's roles."""

import pytest
from tests.builders import facilitator, out, problem, roster

from poolmatch import Problem
from poolmatch.arrays import Arrays
from poolmatch.checking import judge
from poolmatch.domain.people import ROLES
from poolmatch.eligibility import objections
from poolmatch.ruleset import STANDARD_RULES


def seated(role: str, roles: str | None = None) -> Problem:
    cells = {} if roles is None else {"roles": roles}
    return problem(facilitators=[facilitator(**cells)], seats=[{"meeting": "M1", "seat": "lead", "role": role}])


@pytest.mark.parametrize(
    ("role", "expected"),
    [("lead", set()), ("co", set()), ("scribe", {"role"}), ("mentor", {"role"}), ("observer", {"role"})],
)
def test_who_names_no_roles_takes_lead_and_co(role: str, expected: set[str]) -> None:
    assert out(seated(role)) == expected


@pytest.mark.parametrize("role", ["lead", "co", "scribe", "mentor", "observer"])
@pytest.mark.parametrize("roles", ["lead", "co;scribe", "observer;mentor", "scribe"])
def test_only_the_roles_that_are_named_are_taken(role: str, roles: str) -> None:
    assert out(seated(role, roles)) == (set() if role in roles.split(";") else {"role"})


def test_a_trainee_is_not_a_lead_nor_the_other_way_round() -> None:
    # A problem with trainees is refused for now (practice, lead-first), so the rule set is asked without `check`.
    for role, roles, expected in [
        ("trainee", "lead;co", ["role"]),
        ("lead", "trainee", ["role"]),
        ("trainee", "trainee", []),
    ]:
        case = seated(role, roles)
        assert [rule.id for rule in objections(Arrays(case), STANDARD_RULES, "F1", "M1", "lead")] == expected
        found = judge(case, roster({"M1": "F1"}), STANDARD_RULES).violations
        assert [item.rule for item in found] == expected


def test_every_role_is_asked_about() -> None:
    assert set(ROLES) == {"lead", "co", "scribe", "mentor", "observer", "trainee"}
