"""For all tests: nobody may use the network, and each ring (see `rings.py`) tells what it leaves out."""

from __future__ import annotations

import socket
from typing import Any, NoReturn

import pytest
from hypothesis import settings
from tests.rings import RING, scaled

settings.register_profile(RING, max_examples=scaled(100), derandomize=RING == "test")
settings.load_profile(RING)

SLOW = "slow: not in the ring `quick`"
TOLD = {
    "quick": "a tenth of what is drawn by lot; left out are the notebooks and the slow tests named below: {slow}",
    "test": "everything",
    "soak": "everything, and ten times what is drawn by lot",
}
"""What each ring runs."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if RING == "quick":
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason=SLOW))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.getreports("skipped")
    slow = sum(report.longrepr[2].endswith(SLOW) for report in skipped if isinstance(report.longrepr, tuple))
    terminalreporter.write_line(f"Ring {RING}: {TOLD[RING].format(slow=slow)}.")


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise AssertionError("poolmatch must not use the network")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, _refuse)
    monkeypatch.setattr(socket, "getaddrinfo", _refuse)
    monkeypatch.setattr(socket, "create_connection", _refuse)
