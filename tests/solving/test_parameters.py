"""What tunes a search: frozen, told in full, and checked."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from typing import Any

import pytest

import poolmatch.solving
from poolmatch.solving.bounds.dual_ascent import DualAscentParams
from poolmatch.solving.bounds.relaxation import RelaxationParams
from poolmatch.solving.column_generation.enumeration import EnumerationParams
from poolmatch.solving.column_generation.labelling import LabellingParams
from poolmatch.solving.column_generation.master import MasterParams
from poolmatch.solving.column_generation.mod_k_cuts import ModKParams
from poolmatch.solving.column_generation.stabilisation import StabilisationParams
from poolmatch.solving.column_generation.subset_row_cuts import SubsetRowParams


def every() -> Iterator[type[Any]]:
    """Yield all dataclasses of parameters, each once."""
    for module in pkgutil.walk_packages(poolmatch.solving.__path__, "poolmatch.solving."):
        for name, item in vars(importlib.import_module(module.name)).items():
            if name.endswith("Params") and item.__module__ == module.name:
                yield item


ALL = tuple(every())


def test_all_are_found() -> None:
    assert {DualAscentParams, RelaxationParams, MasterParams, ModKParams} <= set(ALL)
    assert len(ALL) == len(set(ALL))


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: str(kind.__name__))
def test_they_have_defaults_do_not_change_and_say_what_each_means(kind: type[Any]) -> None:
    assert is_dataclass(kind)
    usual: Any = kind()
    assert pickle.loads(pickle.dumps(usual)) == usual
    names = [item.name for item in fields(kind)]
    with pytest.raises(FrozenInstanceError):
        setattr(usual, names[0], 1)
    told = (kind.__doc__ or "").replace(",", " ").split()
    assert [name for name in names if name not in told] == []


@pytest.mark.parametrize(
    ("usual", "wrong"),
    [
        (RelaxationParams(), {"few": -1}),
        (RelaxationParams(), {"per_seat": 0}),
        (RelaxationParams(), {"close": -0.1}),
        (DualAscentParams(), {"region": 0}),
        (DualAscentParams(), {"likely": 0}),
        (DualAscentParams(), {"seconds": -1.0}),
        (DualAscentParams(), {"at_random": -1}),
        (DualAscentParams(), {"rough": 0.0}),
        (DualAscentParams(), {"precision": 0.0}),
        (DualAscentParams(), {"finer": 1.0}),
        (DualAscentParams(), {"liked": 1.5}),
        (LabellingParams(), {"numbers": -1}),
        (LabellingParams(), {"deepening": 1}),
        (StabilisationParams(), {"grows": 0.9}),
        (StabilisationParams(), {"shrinks": 1.0}),
        (StabilisationParams(), {"much": -1.0}),
        (StabilisationParams(), {"least": 1.0}),
        (SubsetRowParams(), {"violation": 0.5}),
        (SubsetRowParams(), {"at_once": 0}),
        (SubsetRowParams(), {"of_group": 0}),
        (ModKParams(), {"primes": (2, 3, 4)}),
        (ModKParams(), {"primes": (2, 3)}),
        (ModKParams(), {"orders": (4, 0, 2)}),
        (ModKParams(), {"slack": -0.1}),
        (ModKParams(), {"longest": 0}),
        (ModKParams(), {"violation": 1.0}),
        (ModKParams(), {"noise": -1.0}),
        (ModKParams(), {"at_once": 0}),
        (ModKParams(), {"of_limit": 0}),
        (MasterParams(), {"lately": 0}),
        (MasterParams(), {"little": 1.1}),
        (MasterParams(), {"roughly": -0.1}),
        (MasterParams(), {"near": 2.0}),
        (MasterParams(), {"worth": -1.0}),
        (MasterParams(), {"again": 1.1}),
        (EnumerationParams(), {"entering": -1}),
        (EnumerationParams(), {"on_the_way": (1.0, 1.5)}),
        (EnumerationParams(), {"few_left": -0.1}),
        (EnumerationParams(), {"largest": 0}),
    ],
    ids=lambda item: str(item) if isinstance(item, dict) else type(item).__name__,
)
def test_what_is_out_of_range_is_refused(usual: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        replace(usual, **wrong)
