"""States of the laboratory worth starting from, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="counting",
        label="Counting",
        values={},
        note="One straight line of the last value is enough, so one unit can do it. Press Train.",
    ),
    Preset(
        name="alternating",
        label="Alternating",
        values={"sequence": "alternating"},
        note="Turning the sign takes one negative factor; where it goes, w_x, w_h or w_y, is up "
        "to training. Press Train.",
    ),
    Preset(
        name="bptt-wins",
        label="BPTT wins",
        values={"sequence": "alternating", "activation": "relu", "seed": 1},
        note="From these weights the unit is awake often enough that there is a slope to follow, "
        "and following it beats guessing by many powers of ten.",
    ),
    Preset(
        name="guessing-wins",
        label="Guessing wins",
        values={"sequence": "alternating", "activation": "relu", "seed": 4},
        note="Same problem, another seed: here the ReLU ends up off at every step. Its slope "
        "is 0, BPTT has nothing to follow, and blind guessing wins.",
    ),
    Preset(
        name="two-values",
        label="Fibonacci",
        values={"sequence": "fibonacci", "activation": "linear", "step": 2},
        note="The average loss gets small, yet the first steps stay wrong: the rule needs two "
        "values and the unit keeps one.",
    ),
    Preset(
        name="rise-or-fall",
        label="Sine",
        values={"sequence": "sine", "length": 20},
        note="The loss settles near 0.02 and stays there. One number cannot tell rising from "
        "falling.",
    ),
    Preset(
        name="exploding",
        label="Explosion",
        values={
            "sequence": "exponential",
            "activation": "linear",
            "normalise": False,
            "clip": False,
            "learning_rate": 0.001,
            "w_x": 0.5,
            "w_h": 1.5,
            "w_y": 1.0,
        },
        note="Raw numbers, no clipping, w_h above 1. Press Train and watch it diverge; then "
        "switch clipping on under More.",
    ),
)
