"""Rosters and their proof from whole schedules: master problem, pricing, cuts, enumeration. `search` calls the rest."""
