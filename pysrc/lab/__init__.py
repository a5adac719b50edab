"""A lab is one question a reader can answer by moving things.

Each module of this package is one lab: its controls, actions and figures are declared in one table
and its snapshots are plain data. `kit` holds what all labs are made with.
"""
