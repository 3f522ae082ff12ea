"""What people look at: for now a summary for the terminal."""

from poolmatch.report.text import problems, summary, verdict

__all__ = ["problems", "summary", "verdict"]
