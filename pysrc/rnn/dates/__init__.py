"""Dates in the many ways people write them, and a network that learns to read them."""
