"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

SLIPS = [
    Slip("stairs", {"(k - warm_up) / steps": "(k - warm_up) // steps"}, "It goes down in stairs"),
    Slip(
        "times decay",
        {"decay ** ((k - warm_up) / steps)": "decay * (k - warm_up) / steps"},
        "Decay is *raised*",
    ),
    Slip(
        "no brackets",
        {"((k - warm_up) / steps)": "(k - warm_up) / steps"},
        "The whole rate is divided",
    ),
    Slip("every step", {" / steps)": ")"}, "every single step multiplies"),
    Slip(
        "straight line",
        {"decay ** ((k - warm_up) / steps)": "(1 - (1 - decay) * (k - warm_up) / steps)"},
        "straight line",
    ),
    Slip("rises", {"** ((k": "** -((k"}, "It rises"),
    Slip(
        "from step 0", {"(k - warm_up) / steps": "k / steps"}, "counts from the end of the warm-up"
    ),
    Slip(
        "from nothing", {"(k + 1) / (warm_up + 1)": "k / warm_up"}, "the first update does nothing"
    ),
    Slip("too early", {"/ (warm_up + 1)": "/ warm_up"}, "one step too early"),
    Slip(
        "no warm-up",
        {"k < warm_up": "False", "k - warm_up": "max(0, k - warm_up)"},
        "The warm-up is missing",
    ),
]
