"""Everything a network computes is an array; these are the words for the ones it uses.

Sequences are (time, batch, features). A state is a tuple: (h,) for an Elman network and a GRU,
(h, c) for an LSTM, each (batch, hidden). Training uses float32, checking float64; no function
changes the dtype it is given.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
"""An array of floats, of any shape."""
IntArray = NDArray[np.integer[Any]]
"""An array of whole numbers, such as the indices of characters."""
BoolArray = NDArray[np.bool_]
"""An array of true and false."""
State = tuple[Array, ...]
"""A cell's state: `(h,)`, or `(h, c)` for an LSTM, each (batch, hidden)."""
Weights = Mapping[str, Array]
"""One layer's parameters, or their gradients, by name."""
