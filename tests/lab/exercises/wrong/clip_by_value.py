"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

LINE = "np.minimum(np.maximum(gradient, -limit), limit)"
SLIPS = [
    Slip("top only", {LINE: "np.minimum(gradient, limit)"}, "Only large positive elements"),
    Slip("bottom only", {LINE: "np.maximum(gradient, -limit)"}, "Only large negative elements"),
    Slip("from zero", {"-limit": "0"}, "the lower end is"),
    Slip("signs lost", {LINE: "np.minimum(abs(gradient), limit)"}, "The signs are lost"),
    Slip(
        "to zero",
        {LINE: "np.where(abs(gradient) > limit, 0, gradient)"},
        "What was too large became 0",
    ),
    Slip(
        "by norm",
        {LINE: "gradient * min(1, limit / np.sqrt((gradient**2).sum()))"},
        "This is clipping by norm",
    ),
    Slip("NaN hidden", {LINE: "np.fmin(np.fmax(gradient, -limit), limit)"}, "A NaN went in"),
    Slip("swapped", {"-limit), limit": "limit), -limit"}, "clipped"),
]
