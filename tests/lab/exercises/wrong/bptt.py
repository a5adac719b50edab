"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

SLOPE = " * (1.0 - h[t + 1] ** 2)"
NEXT = "W_hh.T @ d_a"
SLIPS = [
    Slip("no slope", {SLOPE: ""}, "the derivative of tanh were missing"),
    Slip("slope not squared", {" ** 2": ""}, "It is 1 − h squared"),
    Slip("slope at h[t]", {"h[t + 1] ** 2": "h[t] ** 2"}, "the slope were taken at h[t]"),
    Slip("overwritten", {"+=": "="}, "overwritten at each step"),
    Slip(
        "one overwritten",
        {'["W_hh"] +=': '["W_hh"] ='},
        "W_hh: It looks as if it were overwritten",
    ),
    Slip("W_hh not transposed", {"W_hh.T @": "W_hh @"}, "W_hh were not transposed"),
    Slip(
        "W_hy not transposed", {"W_hy.T @": "W_hy @"}, "On the way back each matrix is transposed"
    ),
    Slip("no next", {" + d_h_next": ""}, "d_h_next were not added"),
    Slip("next not set", {f"        d_h_next = {NEXT}\n": ""}, "or never set"),
    Slip("next from d_h", {NEXT: "W_hh.T @ d_h"}, "Make it from d_a"),
    Slip("next is d_a", {NEXT: "d_a"}, "W_hh.T has to carry it back"),
    Slip("next added up", {"d_h_next = W": "d_h_next = d_h_next + W"}, "each step sets it anew"),
    Slip("sign", {"-= 1.0": "-= 1.0\n        d_y *= -1"}, "The sign is turned around"),
    Slip("no target", {"        d_y[targets[t]] -= 1.0\n": ""}, "1 at the target were never"),
    Slip(
        "off by one",
        {"np.outer(d_a, h[t])": "np.outer(d_a, h[t + 1])"},
        "W_hh met the memory *before*",
    ),
    Slip(
        "output off by one",
        {"np.outer(d_y, h[t + 1])": "np.outer(d_y, h[t])"},
        "W_hy reads the memory *after*",
    ),
    Slip("no mean", {"        d_y /= T\n": ""}, "so d_y is divided by T"),
    Slip(
        "outer turned",
        {"np.outer(d_a, h[t])": "np.outer(h[t], d_a)"},
        "It looks transposed: np.outer",
    ),
    Slip(
        "d_h for d_a",
        {"np.outer(d_a": "np.outer(d_h", '["b_h"] += d_a': '["b_h"] += d_h'},
        "not from d_h",
    ),
    Slip(
        "two slips",
        {SLOPE: "", "np.outer(d_a, h[t])": "np.outer(d_a, h[t + 1])"},
        "Two things at once",
    ),
    Slip(
        "b_h forgotten",
        {'        gradients["b_h"] += d_a\n': ""},
        "The gradient of b_h is all zeros",
    ),
    Slip("p itself changed", {"p[t].copy()": "p[t]"}, "changed its argument p"),
]
