"""Searches over candidates: from the relaxation, in neighbourhoods, and with fewer people."""
