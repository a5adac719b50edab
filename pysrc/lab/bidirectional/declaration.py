"""Everything a reader can move, press and see where one way meets both, as one table."""

from lab.kit.contest_controls import ACTIONS, place, training_controls
from lab.kit.controls import Text
from lab.kit.declaration import Declaration, Figure, Preset

DECLARATION = Declaration(
    name="bidirectional",
    title="One way or both ways",
    question="Which answers need the future?",
    groups={"text": "Text", "training": "Training"},
    controls=(
        Text(
            name="text",
            label="A text with round brackets",
            group="text",
            default="one (two) and (four (five) six",
            longest=48,
            compact=True,
            help="All characters but ( and ) are one to the networks. An opening bracket counts "
            "if the next bracket closes it.",
        ),
        *training_controls(24, 0.01),
        place(48, 17),
    ),
    actions=ACTIONS,
    figures=(
        Figure(
            name="tags",
            kind="heatmap",
            title="Is it within brackets?",
            caption="+ yes, − no; pale: undecided. Click a character.",
            compact=True,
        ),
        Figure(
            name="losses",
            kind="curves",
            title="Loss while they learn",
            caption="Cross-entropy in nats for each character.",
            compact=True,
        ),
    ),
    presets=(
        Preset(
            name="closed-and-not",
            label="Closed and not",
            values={},
            note="The first bracket is closed; the second is not, the third is. On the way through "
            "“four” nobody who reads from the left can know that.",
        ),
        Preset(
            name="never-closed",
            label="Never closed",
            values={"text": "now (and for ever after nothing", "step": 10},
            note="All that follows the bracket depends on something that never comes.",
        ),
        Preset(
            name="never-opened",
            label="Never opened",
            values={"text": "nothing ever before and now) end", "step": 20},
            note="Here reading from the left is enough: no bracket is open, so none can be closed.",
        ),
    ),
    how_to=(
        "Press Train both: two networks of about as many parameters learn from the same texts.",
        "Compare the rows with the first one; click a character to read the probabilities.",
        "Type a text of your own, and delete its last closing bracket.",
    ),
    more="size, seed, how to use",
)
