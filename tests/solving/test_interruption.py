"""Ctrl-C, SIGTERM and the stop event: the best roster is kept."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from poolmatch import Problem, Status, check, solve
from poolmatch.report.text import summary
from poolmatch.solving.running.stopping import Stop
from poolmatch.testing import random_problem

ROOT = Path(__file__).parents[2]
SCRIPT = """
import json, random
from poolmatch import solve, check
from poolmatch.testing import random_problem
problem = random_problem(random.Random(2), people=60, meetings=400, pins=False)
print("ready", flush=True)
result = solve(problem, time_limit=300, on_progress=lambda news: print("news", flush=True))
print(json.dumps({"status": result.status, "filled": result.roster.filled, "seconds": result.runtime,
                  "legal": check(problem, result.roster).legal}), flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_keep_the_best_roster(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert process.stdout.readline() == "news\n"
        process.send_signal(number)
        lines = process.stdout.read().splitlines()
    assert process.returncode == 0
    answer = json.loads(lines[-1])
    assert answer["status"] == "CANCELLED"
    assert answer["filled"] > 0
    assert answer["legal"]
    assert answer["seconds"] < 60


def test_the_stop_event_keeps_the_best_roster() -> None:
    problem = random_problem(random.Random(2), people=60, meetings=400, pins=False)
    stop = threading.Event()
    threading.Timer(1.0, stop.set).start()
    began = time.monotonic()
    result = solve(problem, time_limit=300, stop=stop)
    assert time.monotonic() - began < 60
    assert result.status is Status.CANCELLED
    assert result.roster.filled
    assert check(problem, result.roster).legal


def test_a_stop_before_the_start_still_gives_a_roster() -> None:
    problem = random_problem(random.Random(2), people=20, meetings=60, pins=False)
    stop = threading.Event()
    stop.set()
    result = solve(problem, stop=stop)
    assert result.roster.filled
    assert check(problem, result.roster).legal


def clashing() -> Problem:
    """Return two meetings pinned to one person who takes at most one."""
    return Problem(
        period={"name": "p", "start": "2026-03-01", "end": "2026-03-31", "timezone": "Europe/Amsterdam"},
        organisations=[{"organisation": name, "name": name} for name in "NP"],
        facilitators=[{"facilitator": "F", "name": "F", "organisation": "N", "max_meetings": 1}],
        meetings=[{"meeting": f"M{n}", "start": f"2026-03-0{n} 10:00", "end": f"2026-03-0{n} 12:00"} for n in (2, 4)],
        stakes=[{"meeting": f"M{n}", "organisation": "P", "grade": "decider"} for n in (2, 4)],
        seats=[{"meeting": f"M{n}", "seat": "s", "role": "lead"} for n in (2, 4)],
        pins=[{"meeting": f"M{n}", "seat": "s", "facilitator": "F"} for n in (2, 4)],
    )


def test_a_stop_is_no_proof_that_pins_clash() -> None:
    stop = threading.Event()
    stop.set()
    tight = clashing()
    assert solve(tight).status is Status.INFEASIBLE
    result = solve(tight, stop=stop)
    assert result.status is Status.CANCELLED
    assert result.clash == ()
    assert result.gap > 0  # nothing is proven of rosters that keep the pins
    assert "stopped before a roster was found that keeps the pins" in summary(result)


def test_a_handler_that_python_does_not_know_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program around Python may have installed it; it could not be put back."""
    monkeypatch.setattr(signal, "getsignal", lambda _: None)
    replaced: list[int] = []
    monkeypatch.setattr(signal, "signal", lambda number, _: replaced.append(number))
    with Stop(None).listening() as stop:
        assert not stop.asked()
    assert replaced == []


def test_handlers_are_put_back() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    solve(random_problem(random.Random(1)).replace(pins=()))
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


@pytest.mark.slow
def test_whoever_listens_to_ctrl_c_still_does_after_a_search() -> None:
    """The solver has a listener of its own, which it puts back wrongly: then Ctrl-C ends the program at once."""
    code = """
import os, signal
from poolmatch.solving.backends.hitting_set import smallest_hitting_set
signal.signal(signal.SIGINT, lambda *_: print("heard", flush=True))
print(smallest_hitting_set([{0, 1}, {1, 2}], 3))
os.kill(os.getpid(), signal.SIGINT)
print("alive")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "{1}\nheard\nalive\n")
