"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

SLIPS = [
    Slip("no softmax", {"p = softmax(y[t])": "p = np.abs(y[t])"}, "loss"),
    Slip("no feedback", {" + W_hh @ h[t]": ""}, "not fed back"),
    Slip("always from h_0", {"W_hh @ h[t]": "W_hh @ h_0"}, "as if every step started from h_0"),
    Slip("no tanh", {"np.tanh(W_xh": "(W_xh"}, "as if the tanh were missing"),
    Slip("W_hh transposed", {"W_hh @ h[t]": "W_hh.T @ h[t]"}, "W_hh were transposed"),
    Slip("no b_h", {" + b_h)": ")"}, "bias b_h were missing"),
    Slip("reads h[t]", {"W_hy @ h[t + 1]": "W_hy @ h[t]"}, "memory before the step; read"),
    Slip(
        "returns p",
        {"return h, y": "return h, np.array([softmax(s) for s in y])"},
        "the softmax is only",
    ),
    Slip("sum", {" / T\n": "\n"}, "divide by T"),
    Slip("overwritten", {"loss +=": "loss ="}, "share alone"),
    Slip("sign", {"-np.log": "np.log"}, "sign is wrong"),
    Slip("log of all", {"p[targets[t]]": "p", "/ T": ".sum() / T"}, "logarithms of all symbols"),
    Slip("no logarithm", {"-np.log(p[targets[t]])": "-p[targets[t]]"}, "the logarithm is missing"),
]
