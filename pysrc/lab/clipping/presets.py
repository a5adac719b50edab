"""States of the laboratory worth starting from, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="cliff",
        label="A steep wall",
        values={},
        note="A linear unit must carry a 1 over 15 steps, and its loop is too strong: its gradient "
        "is 8,059 long. Press Train: one update without clipping is enough to ruin it.",
    ),
    Preset(
        name="jump",
        label="A jump",
        values={
            "activation": "tanh",
            "length": 20,
            "target": 0.5,
            "w_x": 0.001,
            "w_h": 1.6,
            "learning_rate": 0.1,
        },
        note="Nothing overflows in a tanh unit. But one step too long takes the unclipped run to "
        "where the gradient is almost 0, and it stays there.",
    ),
    Preset(
        name="dead",
        label="A dead unit",
        values={"activation": "relu"},
        note="The first unclipped step makes both weights so negative that the ReLU is off for "
        "good: the loss stays at 1, the gradient at 0.",
    ),
    Preset(
        name="restless",
        label="Learning rate too high",
        values={"learning_rate": 0.02},
        note="Clipping bounds a step: limit times learning rate, by value in each weight. Both "
        "clipped runs come down safely, and then hop from side to side.",
    ),
    Preset(
        name="short",
        label="Below the limit",
        values={"activation": "tanh", "length": 20, "target": 0.5, "w_h": 1.6, "limit": 0.3},
        note="A network’s gradient within the limit is left alone: all three arrows are one.",
    ),
    Preset(
        name="hand",
        label="By hand",
        values={"source": "hand", "g_x": 0.5, "g_h": 1.8},
        note="Drag the tip of the arrow. By value, a long gradient ends on the edge of the box, "
        "and in its corner when both elements are too long.",
    ),
)
