"""Rosters and their proof from whole schedules: prices, cuts, listings. The rest of `solving` needs `search` only."""
