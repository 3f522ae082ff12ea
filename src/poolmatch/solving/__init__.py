"""From blocks to a roster with proven bounds: `solve`, `solve_many` and `frontier` are in the modules of that name."""
