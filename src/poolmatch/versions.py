"""Versions of poolmatch and of what it stands on."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("poolmatch", "ortools", "numpy", "scipy", "pandas", "pydantic")


@cache
def versions() -> Mapping[str, str]:
    """Return the version of Python, of poolmatch and of the packages that decide about results."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def show_versions() -> str:
    """Return the versions as lines of text, for bug reports."""
    return "\n".join(f"{name}: {number}" for name, number in versions().items())
