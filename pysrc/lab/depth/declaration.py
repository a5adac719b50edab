"""Everything a reader can move, press and see where width meets depth, as one table."""

from lab.kit.contest_controls import ACTIONS, place, training_controls
from lab.kit.controls import Slider, Text
from lab.kit.declaration import Declaration, Figure, Preset

DECLARATION = Declaration(
    name="depth",
    title="Wide or deep",
    question="What do more layers buy, for the same number of parameters?",
    groups={"text": "Text", "training": "Training"},
    controls=(
        Text(
            name="text",
            label="A text of the letters a, b, c",
            group="text",
            default="abcaabcbaacbabca",
            longest=32,
            compact=True,
            help="Three letters in a row that are all different are a triple. How many triples so "
            "far, modulo 3?",
        ),
        *training_controls(24, 0.01),
        Slider(
            name="layers",
            label="Layers of the deep network",
            group="training",
            low=2,
            high=5,
            minimum=2,
            maximum=6,
            default=3,
            step=1,
            integer=True,
            help="As many units in each as make no more parameters. A change begins anew.",
        ),
        place(32, 16),
    ),
    actions=ACTIONS,
    figures=(
        Figure(
            name="counts",
            kind="heatmap",
            title="Who has counted right?",
            caption="+ sure of the right count, − sure of a wrong one. Click a letter.",
            compact=True,
        ),
        Figure(
            name="losses",
            kind="curves",
            title="Loss while they learn",
            caption="Cross-entropy in nats for each letter.",
            compact=True,
        ),
    ),
    presets=(
        Preset(
            name="three-layers",
            label="Three layers",
            values={},
            note="Triples are made of letters, the count is made of triples, and the answer is "
            "wanted at once.",
        ),
        Preset(
            name="two-layers",
            label="Two layers",
            values={"layers": 2},
            note="One level for the pattern, one for the count.",
        ),
        Preset(
            name="steady-climb",
            label="All triples",
            values={"text": "abcabcabcabcabca"},
            note="From the third letter on each makes a triple: the count goes round and round.",
        ),
    ),
    how_to=(
        "Press Train both: two networks of about as many parameters learn from the same texts.",
        "The first row marks the triples; in the others a minus is a wrong count.",
        "Choose two layers, or five, or type a text of your own.",
    ),
    more="size, seed, how to use",
)
