"""A recurrent network reads one element at a time and keeps what it needs in a hidden state.

This package is the engine of the book: plain Python and NumPy, no browser. It neither reads nor
prints anything, except `rnn.command`, the command line (`python -m rnn`). Start with `one_unit`,
the smallest network that remembers.
"""
