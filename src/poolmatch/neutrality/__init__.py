"""Neutrality: graded, transitive, dated, and always with its evidence."""

from poolmatch.neutrality.assess import Assessment, Path, assess
from poolmatch.neutrality.policy import BUILT_IN, INTERNAL, STRICT, Policy, PolicyRow

__all__ = ["BUILT_IN", "INTERNAL", "STRICT", "Assessment", "Path", "Policy", "PolicyRow", "assess"]
