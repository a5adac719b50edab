"""States of the laboratory worth starting from, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="too-small",
        label="Small random numbers",
        values={"initialiser": "normal", "deviation": 0.01},
        note="Entries around 0.01, the old habit. A hundred of them add up to a tenth of what came "
        "in: at each step nine tenths are lost. Drag the spread up to 0.1, then to 1.",
    ),
    Preset(
        name="too-large",
        label="Large random numbers",
        values={"initialiser": "normal", "deviation": 1.0},
        note="Entries around 1: nearly every unit is pressed to an end of tanh, where it can no "
        "longer answer. And the gradient does not fade: it explodes.",
    ),
    Preset(
        name="xavier",
        label="Xavier and tanh",
        values={"initialiser": "xavier"},
        note="The spread follows from the size of the matrix. Change Units under More: the "
        "picture stays as it is.",
    ),
    Preset(
        name="orthogonal",
        label="Orthogonal, no bend",
        values={"initialiser": "orthogonal", "activation": "linear"},
        note="An orthogonal matrix turns, and changes no length. Without a bend all 50 steps look "
        "alike, forward and backward. Then choose tanh.",
    ),
    Preset(
        name="he",
        label="He and ReLU",
        values={"initialiser": "he", "activation": "relu"},
        note="ReLU cuts off half of what it gets; twice the variance makes up for it. Compare with "
        "Xavier, which was not made for ReLU.",
    ),
    Preset(
        name="identity",
        label="Identity and ReLU",
        values={"initialiser": "identity", "activation": "relu"},
        note="Each unit keeps what it holds: this is the start of the IRNN. Then let numbers come "
        "in at every step.",
    ),
    Preset(
        name="sigmoid",
        label="Sigmoid",
        values={"initialiser": "orthogonal", "activation": "sigmoid"},
        note="The activations look healthy. The gradient loses three quarters at each step, for "
        "the slope of a sigmoid is at most 1/4.",
    ),
    Preset(
        name="noise",
        label="Something new at every step",
        values={"initialiser": "orthogonal", "input": "every"},
        note="Fresh numbers keep the activations alive, whatever the matrix does. The gradient "
        "still has to come back through the slopes of tanh.",
    ),
)
