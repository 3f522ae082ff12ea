"""The only home of ortools: CP-SAT and linear programs."""
