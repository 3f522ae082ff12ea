"""Who solves it: poolmatch and its peers, each in a process of its own, and the verdict on what they return."""
