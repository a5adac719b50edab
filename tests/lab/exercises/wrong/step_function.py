"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

SLIPS = [
    Slip("no tanh", {"math.tanh(w_x": "(w_x"}, "the tanh around it is missing"),
    Slip("old memory unused", {" + w_h * h_before": ""}, "as if the old memory were not used"),
    Slip("no b_h", {" + b_h)": ")"}, "bias b_h were missing"),
    Slip("b_h outside", {" + b_h)": ") + b_h"}, "added outside the tanh"),
    Slip(
        "weights swapped", {"w_x * x_t + w_h": "w_h * x_t + w_x"}, "two weights had changed places"
    ),
    Slip("returned y first", {"return h_t, y_t": "return y_t, h_t"}, "returned in the other order"),
    Slip("reads the old memory", {"w_y * h_t": "w_y * h_before"}, "read from the old memory"),
    Slip("no b_y", {" + b_y": ""}, "bias b_y were missing"),
    Slip("b_h for b_y", {"h_t + b_y": "h_t + b_h"}, "wrong bias"),
    Slip("one value only", {"return h_t, y_t": "return h_t"}, "must return 2 values"),
]
