"""A smallest set that touches every one of some sets, by CP-SAT."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model


def smallest_hitting_set(sets: Sequence[set[int]], count: int) -> set[int]:
    """Return a smallest set of numbers below a count that has a member in common with each of some sets.

    Of those that are as small it is the one whose numbers add up to least.

    Parameters
    ----------
    sets
        Sets of numbers, none of them empty.
    count
        The numbers are 0 to ``count - 1``.
    """
    model = cp_model.CpModel()
    chosen = [model.new_bool_var(str(number)) for number in range(count)]
    for members in sets:
        model.add_at_least_one([chosen[number] for number in members])
    model.minimize(sum((count * count + number) * taken for number, taken in enumerate(chosen)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # afterwards Ctrl-C would end the program, whoever listens to it
    solver.solve(model)
    return {number for number in range(count) if solver.value(chosen[number])}
