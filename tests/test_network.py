"""The network is out of reach in every test, so that any use of it would show."""

from __future__ import annotations

import socket

import pytest


def test_the_network_is_blocked() -> None:
    with socket.socket() as plug, pytest.raises(AssertionError, match="network"):
        plug.connect(("127.0.0.1", 9))
    with pytest.raises(AssertionError, match="network"):
        socket.create_connection(("localhost", 9))
