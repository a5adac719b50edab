"""A network of one to sixteen units, unrolled through time, and scrubbed through its training."""

from lab.unrolled_rnn.session import UnrolledRnn

LAB = UnrolledRnn
