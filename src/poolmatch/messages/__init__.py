"""What is said of the input, as data: one file per area, and in each the kinds of message of that area.

What a rule says of the input stands with the rule.
"""
