"""Neutrality: graded, transitive, dated, and always with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poolmatch.neutrality.assessment import Assessment, Path, assess
from poolmatch.neutrality.policy import BUILT_IN, INTERNAL, STRICT, Policy, PolicyRow
from poolmatch.on_use import exported
from poolmatch.views import COORDINATOR, Audience

if TYPE_CHECKING:
    from poolmatch.neutrality.evidence import Certificate, Disclosure, certificate, disclosures

__all__ = [
    "BUILT_IN",
    "COORDINATOR",
    "INTERNAL",
    "STRICT",
    "Assessment",
    "Audience",
    "Certificate",
    "Disclosure",
    "Path",
    "Policy",
    "PolicyRow",
    "assess",
    "certificate",
    "disclosures",
]

__getattr__ = exported(__name__, dict.fromkeys(("Certificate", "Disclosure", "certificate", "disclosures"), "evidence"))
