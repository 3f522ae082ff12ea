"""What a search is about: columns, rows, objectives, parts of them, and the best roster so far."""
