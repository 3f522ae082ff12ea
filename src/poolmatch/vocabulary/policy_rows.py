"""What the rows of the policies on neutrality are called: in English by the id that the policy has."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.words import Words, untranslated

POLICY_ROWS: Mapping[str, Words] = {
    "employed-by-party": Words("employed-by-party", "in dienst van een partij"),
    "employed-in-group": Words("employed-in-group", "in dienst in de groep van een partij"),
    "employed-by-affiliate": Words("employed-by-affiliate", "in dienst van wie aan een partij gelieerd is"),
    "employer-funding": Words("employer-funding", "geld tussen werkgever en partij"),
    "employer-membership": Words("employer-membership", "werkgever lid van een partij"),
    "recently-employed": Words("recently-employed", "kort geleden in dienst"),
    "formerly-employed": Words("formerly-employed", "eerder in dienst"),
    "family-at-party": Words("family-at-party", "familie bij een partij"),
    "adviser-to-party": Words("adviser-to-party", "adviseur van een partij"),
    "resident": Words("resident", "bewoner"),
    "worked-on-dossier": Words("worked-on-dossier", "werkte aan het dossier"),
    "public-position": Words("public-position", "openbaar standpunt"),
    "unknown-employer": Words("unknown-employer", "werkgever onbekend"),
}
"""The rows of the policies that poolmatch has."""


def policy_row(row: str) -> Words:
    """Return what a row of a policy is called; one of somebody's own by its id.

    Parameters
    ----------
    row
        Its id.
    """
    return POLICY_ROWS.get(row) or untranslated(row)
