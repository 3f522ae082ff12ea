"""Parameters of the search from text, for measuring: ``portfolio.direct=0`` is `Params` with one of them otherwise."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from poolmatch.solving.params import Params


def params_of(settings: Sequence[str]) -> Params:
    """Return the parameters with some of them set.

    Parameters
    ----------
    settings
        Each a path and a value: ``root.starts=False``, ``portfolio.direct=0``; of a set or tuple ``["a", "b"]``.

    Raises
    ------
    ValueError
        There is no such parameter, or the value is of another kind.
    """
    params = Params()
    for text in settings:
        path, equals, value = text.partition("=")
        if not equals:
            raise ValueError(f"{text!r} sets nothing: write PATH=VALUE")
        params = _with(params, path.strip().split("."), ast.literal_eval(value.strip()))
    return params


def _with(holder: Any, path: Sequence[str], value: Any) -> Any:
    """Return a group of parameters with one of them set, however deep it lies."""
    name, *deeper = path
    known = [item.name for item in fields(holder)] if is_dataclass(holder) else []
    if name not in known:
        raise ValueError(f"no parameter {name!r}; there are: {', '.join(known) or 'none'}")
    before = getattr(holder, name)
    if deeper:
        return replace(holder, **{name: _with(before, deeper, value)})
    if isinstance(before, frozenset | tuple) and isinstance(value, list):
        value = type(before)(value)
    if is_dataclass(before) or isinstance(before, bool) != isinstance(value, bool):
        raise ValueError(f"{name} cannot be {value!r}: it is {before!r}")
    return replace(holder, **{name: value})
