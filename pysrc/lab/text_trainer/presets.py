"""States of the trainer worth starting from, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="prose",
        label="A novel",
        values={},
        note="Press Train. Before it has read the book once, the network spells; the dashed lines "
        "are what counting pairs and triples of characters achieves.",
    ),
    Preset(
        name="code",
        label="Python code",
        values={"corpus": "python", "cell": "gru", "temperature": 0.4},
        note="Source code is text with rules that can be checked: brackets, indentation, and "
        "whether Python itself accepts it.",
    ),
    Preset(
        name="names",
        label="First names",
        values={"corpus": "first-names", "cell": "gru", "hidden": 64, "reads": 500_000},
        note="A small text, read many times. One name on each line.",
    ),
    Preset(
        name="by-heart",
        label="Learned by heart",
        values={
            "corpus": "first-names",
            "cell": "gru",
            "schedule": "constant",
            "rate": 0.004,
            "reads": 1_500_000,
        },
        note="A large network and a small text: the loss on what it reads keeps falling, the loss "
        "on what it never saw turns and rises. That is overfitting.",
    ),
    Preset(
        name="no-gates",
        label="No gates",
        values={"cell": "rnn", "rate": 0.002},
        note="The plain network, at a lower rate, which it needs.",
    ),
    Preset(
        name="too-fast",
        label="Too fast",
        values={"cell": "rnn", "rate": 0.2, "clip": "none", "schedule": "constant", "warm_up": 0},
        note="A learning rate far too high and no clipping. Train, look at the loss, then drag the "
        "rate down while it runs.",
    ),
    Preset(
        name="own",
        label="Your own text",
        values={"corpus": "own"},
        note="Paste a text, type one, or drop a file. A few hundred thousand characters are a good "
        "start; a poem is enough to see it learned by heart.",
    ),
)
