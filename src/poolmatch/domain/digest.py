"""Fingerprints of content."""

from __future__ import annotations

import hashlib
import json


def digest(content: object) -> str:
    """Return the SHA-256 of content as JSON, in hexadecimal; keys of a mapping count in no order.

    Parameters
    ----------
    content
        Anything that JSON can hold.
    """
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
