"""The same mathematics as `rnn.cells` and `rnn.unroll`, arranged for speed.

The readable cells say what is computed. Here a whole sequence is computed at once wherever no step
needs the one before it, in buffers that are used again and again, with one form of product. The
layout inside is private; parameters and gradients have the public names and shapes, and a test
holds both paths to the same numbers.
"""
