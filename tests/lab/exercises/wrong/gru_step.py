"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

CANDIDATE = "x_n + r * (h_n + b_hn)"
SLIPS = [
    Slip(
        "turned around",
        {"(1.0 - z) * n + z * h_before": "z * n + (1.0 - z) * h_before"},
        "z and 1 − z",
    ),
    Slip(
        "reset before the product",
        {CANDIDATE: "x_n + np.split(W_hh, 3)[2] @ (r * h_before) + b_hn"},
        "reset gate came before the product",
    ),
    Slip("bias outside", {CANDIDATE: "x_n + r * h_n + b_hn"}, "stands outside the reset gate"),
    Slip("no bias", {CANDIDATE: "x_n + r * h_n"}, "b_hn is missing"),
    Slip("no reset", {CANDIDATE: "x_n + h_n + b_hn"}, "The reset gate is not used"),
    Slip(
        "gates swapped",
        {"r = s": "q = s", "z = s": "r = s", "q = s": "z = s"},
        "have changed places: the first",
    ),
    Slip("sigmoid", {"np.tanh(x_n": "sigmoid(x_n"}, "The candidate went through the sigmoid"),
    Slip("candidate alone", {"(1.0 - z) * n + z * h_before": "n"}, "This is the candidate"),
    Slip("too much reset", {CANDIDATE: "r * (x_n + h_n + b_hn)"}, "all of the candidate's sum"),
]
