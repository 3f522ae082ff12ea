"""A library of instances with the best that is known of each; see README.md beside it."""
