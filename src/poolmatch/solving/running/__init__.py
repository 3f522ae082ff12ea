"""Running a search: work on executors, progress, stopping."""
