"""States of the laboratory worth starting from, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="adding",
        label="Adding, 25 steps",
        values={},
        note="Two numbers out of twenty-five are marked, one in each half. Whoever forgets the "
        "first one can do no better than answer 1. Press Train.",
    ),
    Preset(
        name="parity",
        label="Parity, 20 steps",
        values={"task": "parity", "length": 20},
        note="One bit has to be kept and turned over by every 1 that is read. Press Train.",
    ),
    Preset(
        name="latch",
        label="Latch, 40 steps",
        values={"task": "latch", "length": 40, "parameters": 1200},
        note="One sign is to be kept over noise: what gates should be good at. Guess who wins, "
        "then press Train.",
    ),
    Preset(
        name="open-latch",
        label="Latch, gates open",
        values={"task": "latch", "length": 40, "parameters": 1200, "forget_bias": 5.0},
        note="The same race, but the LSTM’s forget gates start open: a bias of 5 instead of 1.",
    ),
    Preset(
        name="brackets",
        label="Brackets, 20 symbols",
        values={"task": "brackets", "length": 20},
        note="Which bracket comes next? Nobody can know it all: the lower line is the best that "
        "is possible.",
    ),
    Preset(
        name="copy",
        label="Copy, waiting 5 steps",
        values={"task": "copy", "length": 5, "budget": 3000},
        note="Thirty bits to be kept and given back in order. Press Train, and take a book.",
    ),
)
