"""Every cell starts alike: its sizes are checked, its matrices drawn small, its biases zero."""

from math import sqrt

import numpy as np

from rnn.arrays import Weights
from rnn.checks import whole_number

MOST_INPUTS = 100_000
"""The most inputs of a cell: a one-hot character of the largest alphabet, with room to spare."""
MOST_HIDDEN = 4_096
"""The most hidden units: an LSTM of this size has 67 million recurrent weights."""


def check_sizes(inputs: int, hidden: int) -> None:
    """Raise ValueError unless both are whole numbers in their ranges."""
    whole_number("inputs", inputs, 1, MOST_INPUTS)
    whole_number("hidden", hidden, 1, MOST_HIDDEN)


def draw_uniform(weights: Weights, hidden: int, rng: np.random.Generator) -> None:
    """Draw each matrix uniformly from +-1/sqrt(hidden) in place and set each bias to zero.

    The range is the one PyTorch's recurrent layers use (`torch.nn.RNNBase.reset_parameters`); it
    keeps a sum over `hidden` units near the size of one of them (LeCun et al., *Efficient
    BackProp*, 1998, section 4.6). PyTorch draws biases too; zero is the older habit, and leaves a
    bias that is set on purpose, such as an LSTM's, as it was meant.
    """
    reach = 1.0 / sqrt(hidden)
    for array in weights.values():
        array[...] = rng.uniform(-reach, reach, array.shape) if array.ndim == 2 else 0.0
