"""A command in a process of its own, with its time and the most memory that it and its children held."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROC = Path("/proc")
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
"""With this variable each process would compile all that it imports: what is installed has been compiled."""
SAMPLE_SECONDS = 0.2
LAST_LINES = 5


@dataclass(frozen=True)
class Ended:
    """How a process ended.

    Attributes
    ----------
    code
        Its exit code; None when it was stopped because it did not end.
    seconds
        From start to end, the start of Python and imports included.
    mib
        Most resident memory, of all its processes together, in MiB; pages that they share count for each. None where
        the system does not tell (no ``/proc``).
    words
        The last lines it wrote.
    """

    code: int | None
    seconds: float
    mib: float | None
    words: str


def watched(command: Sequence[str], log: Path, most_seconds: float, environment: Mapping[str, str] = {}) -> Ended:
    """Run a command at the root of the repository and wait for it.

    Parameters
    ----------
    command
        Program and arguments.
    log
        File that takes whatever it writes.
    most_seconds
        After so long it is stopped, with its children.
    environment
        Variables that it has besides those of this process.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    began, peak = time.perf_counter(), 0.0
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if name != UNCOMPILED} | dict(environment),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        code: int | None = None
        try:
            while code is None and time.perf_counter() - began < most_seconds:
                peak = max(peak, held(process.pid))
                try:
                    code = process.wait(SAMPLE_SECONDS)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    seconds = time.perf_counter() - began
    words = " ".join(log.read_text("utf-8", "replace").splitlines()[-LAST_LINES:])
    return Ended(code, seconds, peak or None, words)


def held(leader: int) -> float:
    """Return the MiB that a process and its children hold; if more, the most that one of them has held. 0 if unknown.

    Parameters
    ----------
    leader
        Process that leads a session: its children are those of the session.
    """
    now, most = 0.0, 0.0
    for folder in PROC.glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == leader:
                rss, peak = memory_of(folder / "status")
                now, most = now + rss, max(most, peak)
        except OSError:  # it has ended meanwhile
            continue
    return max(now, most)


def memory_of(status: Path) -> tuple[float, float]:
    """Return what a process holds now and has held at most, in MiB, by its file ``/proc/…/status``."""
    lines = (line.split() for line in status.read_text("utf-8", "replace").splitlines())
    kib = {words[0]: int(words[1]) for words in lines if words and words[0] in ("VmRSS:", "VmHWM:")}
    return kib.get("VmRSS:", 0) / 1024, kib.get("VmHWM:", 0) / 1024
