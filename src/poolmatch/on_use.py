"""What is imported when it is first used: what packages export, and methods whose work is done higher up."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def exported(package: str, where: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a package.

    Parameters
    ----------
    package
        Its full name.
    where
        Module, within the package, of each name that it exports.
    """

    def find(name: str) -> Any:
        if name not in where:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{where[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return find


def higher(module: str, name: str) -> Callable[..., Any]:
    """Return a method that reads well where it stands and whose work is done by a function higher up.

    Parameters
    ----------
    module, name
        Full name of the module, and the function in it, which takes the object first.
    """

    def call(self: object, *given: Any, **options: Any) -> Any:
        return getattr(import_module(module), name)(self, *given, **options)

    call.__name__ = name
    call.__doc__ = f"See `{module}.{name}`."
    return call
