"""Run the quick tests under this Python, on the lowest versions that pyproject.toml allows and on the newest.

Each is a new environment in a folder that is removed afterwards, with poolmatch installed as users install it, and
what its tests need (extra `test`). Lower bounds in pyproject.toml name releases that exist, so the lowest versions are
those that they name. What these need in their turn is the newest that fits. Warnings are errors, as always; but what
old releases do that has been deprecated since is left to them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[(?P<extras>[\w,-]+)\])?(?P<versions>[^;]*)")


def lowest(project: Mapping[str, Any], extra: str) -> dict[str, str]:
    """Return the lower bound of each package that poolmatch with an extra asks for, by name.

    Raises
    ------
    ValueError
        If a package has no lower bound.
    """
    bounds: dict[str, str] = {}
    todo: list[str] = [*project["dependencies"], f"{project['name']}[{extra}]"]
    for requirement in todo:
        parsed = REQUIREMENT.match(requirement)
        assert parsed is not None
        if parsed["name"] == project["name"]:
            extras = parsed["extras"].split(",")
            todo += [line for name in extras for line in project["optional-dependencies"][name]]
            continue
        bound = re.search(r">=\s*([\w.]+)", parsed["versions"])
        if bound is None:
            raise ValueError(f"pyproject.toml gives no lower bound for {parsed['name']}")
        bounds[parsed["name"]] = bound[1]
    return bounds


def tested(versions: Sequence[str], folder: Path) -> str | None:
    """Install poolmatch with these versions, run the quick tests and return their last line, or None if they fail."""
    constraints = folder / "constraints.txt"
    constraints.write_text("".join(f"{line}\n" for line in versions), "utf-8")
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run([sys.executable, "-m", "venv", str(folder / "venv")])
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    run([*pip, "install", "--no-compile", "--constraint", str(constraints), f"{ROOT}[test]"])
    run([*pip, "check"])
    run([*pip, "list"])
    pytest = [str(python), "-m", "pytest", "-n", "2", "-p", "no:cacheprovider", "tests"]
    if versions:
        pytest += ["-W", "default::DeprecationWarning"]
    lines: list[str] = []
    with subprocess.Popen(
        pytest, cwd=ROOT, env=os.environ | {"POOLMATCH_RING": "quick"}, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    return lines[-1].strip("= \n") if process.returncode == 0 else None


def run(command: Sequence[str]) -> None:
    """Run a command, and stop with its exit code if it fails."""
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def main() -> None:
    """Try both, and say of each how it went."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    kinds = {"lowest": [f"{name}=={bound}" for name, bound in lowest(project, "test").items()], "newest": []}
    python = ".".join(map(str, sys.version_info[:3]))
    told = {}
    for kind, versions in kinds.items():
        with tempfile.TemporaryDirectory(prefix="poolmatch-") as folder:
            told[kind] = tested(versions, Path(folder))
    for kind, outcome in told.items():
        print(f"Python {python}, {kind} versions: {outcome or 'FAILED'}")
    sys.exit(None in told.values())


if __name__ == "__main__":
    main()
