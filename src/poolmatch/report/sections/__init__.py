"""What there is to say of a result or a check, worked out once, as data; faces lay it out.

Import from the modules: what is said of a check needs less than what is said of a result.
"""
