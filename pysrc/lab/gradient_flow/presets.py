"""States of the laboratory worth starting from, and what each one shows."""

from lab.gradient_flow.experiment import COUNTER_EXAMPLE
from lab.kit.declaration import Preset

# One unit without a bend and without inputs: every factor is its one weight.
_SCALAR = {
    "activation": "linear",
    "initialiser": "identity",
    "hidden": 1,
    "inputs": "none",
    "compare": "none",
}

PRESETS = (
    Preset(
        name="fading",
        label="RNN beside LSTM",
        values={},
        note="Sixteen tanh units, freshly drawn. No factor is above 1, so the product can only "
        "shrink, and it shrinks faster than the factors alone would tell.",
    ),
    Preset(
        name="nine-tenths",
        label="One unit, weight 0.9",
        values={**_SCALAR, "scale": 0.9, "step": 0},
        note="Every factor is 0.9. After 10 steps 0.349 is left, after 20 steps 0.122, after 50 "
        "steps 0.00515.",
    ),
    Preset(
        name="eleven-tenths",
        label="One unit, weight 1.1",
        values={**_SCALAR, "scale": 1.1, "step": 0},
        note="Every factor is 1.1. After 10 steps the gradient is 2.59 times as large, after 20 "
        "steps 6.73 times, after 50 steps 117 times.",
    ),
    Preset(
        name="sigmoid",
        label="One sigmoid unit",
        values={**_SCALAR, "activation": "sigmoid", "length": 20, "step": 0},
        note="The slope of a sigmoid is at most 1/4. With a weight of 1 at most 0.25²⁰, about "
        "9.1×10⁻¹³, can be left after 20 steps.",
    ),
    Preset(
        name="exploding",
        label="Explosion",
        values={"initialiser": "orthogonal", "scale": 2.0, "compare": "none", "step": 30},
        note="An orthogonal matrix stretches all directions alike, here twofold. tanh takes some "
        "of it back where it is flat; what is left still multiplies to 4,091.",
    ),
    Preset(
        name="eigenvalues",
        label="All eigenvalues 0",
        values={
            "initialiser": COUNTER_EXAMPLE,
            "length": 10,
            "eigenvalues": True,
            "compare": "none",
            "step": 0,
        },
        note="The only eigenvalue of W_hh is 0, and still the gradient grows 7,241-fold in ten "
        "steps. The largest singular value of each factor, 14.1, gave warning.",
    ),
    Preset(
        name="identity",
        label="ReLU from the identity",
        values={
            "activation": "relu",
            "initialiser": "identity",
            "inputs": "constant",
            "compare": "none",
        },
        note="W_hh starts as the identity: a unit that is awake hands its gradient on "
        "unchanged (Le, Jaitly & Hinton 2015). A unit asleep hands on nothing.",
    ),
    Preset(
        name="residual",
        label="A residual connection",
        values={"cell": "residual", "compare": "rnn"},
        note="The same weights as the RNN beside it, but each step only adds to the state. The "
        "gradient has a way around the layer, where nothing multiplies it.",
    ),
    Preset(
        name="lstm",
        label="LSTM and its forget gate",
        values={"cell": "lstm", "compare": "rnn"},
        note="The cell state c has a way of its own, multiplied by the forget gate alone. Move "
        "the bias of the forget gates and watch the reach.",
    ),
    Preset(
        name="gru",
        label="GRU and its update gate",
        values={"cell": "gru", "compare": "rnn"},
        note="The update gate blends the old state with the new. The more it keeps, the further "
        "the gradient reaches.",
    ),
)
