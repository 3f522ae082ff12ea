"""An environment of its own for each peer that cannot live beside ortools, made when it is first needed.

``.venv-peers/NAME`` is made of ``benchmarks/contenders/peers/requirements/NAME.txt``, locked with hashes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.measuring.processes import ROOT

HOME = ROOT / ".venv-peers"
REQUIREMENTS = ROOT / "benchmarks" / "contenders" / "peers" / "requirements"


class Absent(Exception):
    """A contender cannot take part; the message says why."""


def python_of(name: str) -> Path:
    """Return the Python of a peer's environment, which is made or renewed if need be.

    Raises
    ------
    Absent
        It cannot be made.
    """
    requirements, folder = REQUIREMENTS / f"{name}.txt", HOME / name
    if not requirements.exists():
        raise Absent(f"there is no benchmarks/contenders/peers/requirements/{name}.txt")
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp, digest = folder / "made-of", hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text("utf-8") == digest:
        return python
    print(f"making the environment of {name}", file=sys.stderr)
    venv.create(folder, clear=True, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    done = subprocess.run([*install, "-r", str(requirements)], capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["pip failed"])[-1]
        raise Absent(f"its environment cannot be made: {last}")
    stamp.write_text(digest, "utf-8")
    return python
