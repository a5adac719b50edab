"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

CELL = "f * c_before + i * g"
SLIPS = [
    Slip(
        "candidate sigmoid",
        {"np.tanh(a_g)": "sigmoid(a_g)"},
        "The candidate went through the sigmoid",
    ),
    Slip("candidate bare", {"np.tanh(a_g)": "a_g"}, "The candidate has no tanh"),
    Slip("gates swapped", {CELL: "i * c_before + f * g"}, "have changed places"),
    Slip("other rows", {"a_i, a_f, a_g, a_o": "a_i, a_f, a_o, a_g"}, "rows were taken as"),
    Slip("1 - f", {CELL: "(1 - f) * c_before + i * g"}, "kept 1 − f"),
    Slip("old hidden state", {CELL: "f * h_before + i * g"}, "given the old hidden state"),
    Slip("no forget gate", {CELL: "c_before + i * g"}, "The forget gate is not used"),
    Slip("no input gate", {CELL: "f * c_before + g"}, "The input gate is missing"),
    Slip("no tanh", {"o * np.tanh(c_t)": "o * c_t"}, "The tanh around the cell"),
    Slip("no output gate", {"o * np.tanh(c_t)": "np.tanh(c_t)"}, "The output gate is missing"),
    Slip("inside", {"o * np.tanh(c_t)": "np.tanh(o * c_t)"}, "inside the tanh"),
    Slip("returned c first", {"return h_t, c_t": "return c_t, h_t"}, "in the other order"),
]
