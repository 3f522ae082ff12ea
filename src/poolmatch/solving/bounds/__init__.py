"""Bounds: the linear relaxation, dual ascent on it, and what whole assignments cost at least."""
