"""What people look at: for now a summary for the terminal."""

from poolmatch.report.text import Language, problems, summary, verdict

__all__ = ["Language", "problems", "summary", "verdict"]
