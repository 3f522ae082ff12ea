"""Pins that no roster can keep together, and pins that are kept whatever rules say."""
