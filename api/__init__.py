"""Touchstone over HTTP, and on the command line."""

import gc

# A start makes half a million objects that all stay. Python's own threshold of 700 new ones has
# them searched for garbage again and again, for a third of the time that a start takes.
gc.set_threshold(10_000, 10, 10)
