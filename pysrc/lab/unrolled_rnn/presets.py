"""States of the laboratory worth starting from, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="two-units",
        label="Sine, two units",
        values={},
        note="Two numbers of memory: enough to know the value and whether it rises or falls. "
        "Press Train.",
    ),
    Preset(
        name="one-unit",
        label="Sine, one unit",
        values={"hidden": 1},
        note="One number of memory cannot tell rising from falling. Press Train: the loss stays "
        "near 0.02, and the best known for one unit is 0.012.",
    ),
    Preset(
        name="early-steps",
        label="Fibonacci, one unit",
        values={
            "sequence": "fibonacci",
            "length": 10,
            "hidden": 1,
            "activation": "linear",
            "learning_rate": 0.02,
            "seed": 1,
            "step": 2,
            "unit": 0,
        },
        note="Press Train: the average loss becomes tiny, and still the unit answers 1.7 where 2 "
        "is right. The large values hide the early steps.",
    ),
    Preset(
        name="two-values",
        label="Fibonacci, two units",
        values={
            "sequence": "fibonacci",
            "length": 10,
            "activation": "linear",
            "learning_rate": 0.02,
            "seed": 1,
            "step": 2,
            "unit": 0,
        },
        note="The rule needs the last two values, and two units can hold them. Press Train and "
        "look at the early steps again.",
    ),
    Preset(
        name="latch",
        label="Latch",
        values={"sequence": "latch", "seed": 7, "step": 12},
        note="The first value is 1 or −1, all others are noise, and only the last step asks: which "
        "was it? Train, then see the units hold their sign.",
    ),
    Preset(
        name="parity",
        label="Parity",
        values={
            "sequence": "parity",
            "length": 8,
            "hidden": 4,
            "learning_rate": 0.03,
            "step": 6,
        },
        note="Was the number of ones so far even or odd? No single value says so; the state must "
        "turn over at every 1 and keep at every −1.",
    ),
    Preset(
        name="sixteen-units",
        label="Sine, sixteen units",
        values={"hidden": 16},
        note="More memory than the sine needs. After training, look which units do the same work.",
    ),
)
