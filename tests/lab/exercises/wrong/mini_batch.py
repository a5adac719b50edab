"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

LOOP = "    for t in range(time):\n"
SLIPS = [
    Slip("not carried", {"state = np.tanh(": "h[t] = np.tanh(", "        h[t] = state\n": ""}, "not carried from step"),
    Slip("averaged", {"h[t] = state\n": "h[t] = state\n        state = state.mean(0) + 0 * state\n"}, "were averaged"),
    Slip("W_hh not transposed", {"state @ W_hh.T": "state @ W_hh"}, "W_hh were not transposed"),
    Slip("no tanh", {"np.tanh(x[t]": "(x[t]"}, "as if the tanh were missing"),
    Slip("batch first", {"return h, y": "return h.transpose(1, 0, 2), y"}, "(time, batch, hidden)"),
    Slip("no b_y", {" + b_y": ""}, "bias b_y were missing"),
    Slip("last memory alone", {"y = h @": "y = 0 * h @ W_hy.T + state @"}, "from the last memory"),
    Slip("one memory", {"np.zeros((batch, len(b_h)))": "np.zeros(len(b_h))",
         LOOP: "    for b in range(batch):\n      for t in range(time):\n",
         "x[t] @": "x[t, b] @", "h[t] = state": "h[t, b] = state"}, "one after another"),
]  # fmt: skip
