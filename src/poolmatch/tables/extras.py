"""Optional packages: a missing one is told by the name of the extra that brings it."""

from __future__ import annotations

from importlib.util import find_spec

from poolmatch.errors import MissingExtra


def need(extra: str, *packages: str) -> None:
    """Make sure that optional packages are there.

    Parameters
    ----------
    extra
        Extra of poolmatch that brings them.
    packages
        Names under which they are imported.

    Raises
    ------
    MissingExtra
        One is not installed.
    """
    for package in packages:
        if find_spec(package) is None:
            raise MissingExtra(package, extra)
