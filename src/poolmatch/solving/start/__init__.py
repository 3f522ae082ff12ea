"""A roster in no time: greedy, with propagation."""
