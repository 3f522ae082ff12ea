"""Neutrality: graded, transitive, dated, and always with its evidence."""

from poolmatch.neutrality.assessment import Assessment, Path, assess
from poolmatch.neutrality.evidence import Certificate, Disclosure, certificate, disclosures
from poolmatch.neutrality.policy import BUILT_IN, INTERNAL, STRICT, Policy, PolicyRow
from poolmatch.views import COORDINATOR, Audience

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
