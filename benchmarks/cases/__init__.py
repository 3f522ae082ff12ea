"""What is solved: made-up pools, with teams and without, programmes, and readers of published instances."""
