"""Everything a reader can move, press and see while a line is judged, as one table."""

from lab.classify.presets import PRESETS
from lab.kit.controls import Choice, Option, Slider, Text
from lab.kit.declaration import Action, Declaration, Figure
from rnn.lines import LONGEST

DECLARATION = Declaration(
    name="classify",
    title="Prose or code?",
    question="After how many characters does a network know what it reads?",
    groups={"line": "Line", "reader": "Network"},
    controls=(
        Text(
            name="line",
            label="Your line",
            group="line",
            default="He returned to the deck for a while, and said nothing.",
            longest=LONGEST,
            lines=2,
            compact=True,
            help=f"Up to {LONGEST} characters. It stays in this page.",
        ),
        Choice(
            name="reader",
            label="Network",
            group="reader",
            default="ours",
            options=(
                Option("ours", "trained by us", "A GRU of 24 units; 1,500 updates."),
                Option("own", "trained here", "The same network, from its first weights."),
            ),
        ),
        Slider(
            name="learning_rate",
            label="Learning rate",
            group="reader",
            low=1e-4,
            high=0.1,
            minimum=1e-6,
            maximum=1.0,
            default=0.01,
            scale="log",
            more=True,
            help="Of the training here.",
        ),
        Slider(
            name="seed",
            label="Seed",
            group="reader",
            low=1,
            high=100,
            minimum=0,
            maximum=2**32 - 1,
            default=1,
            step=1,
            integer=True,
            more=True,
            help="Draws the first weights and the lines of the training here.",
        ),
        Slider(
            name="step",
            label="Place in the line",
            group="time",
            low=1,
            high=LONGEST,
            minimum=1,
            maximum=LONGEST,
            default=10,
            step=1,
            integer=True,
        ),
    ),
    actions=(
        Action(
            name="mistake",
            label="One it got wrong",
            group="line",
            compact=True,
            help="The next of the held-out lines that our network took for the other kind.",
        ),
        Action(
            name="train",
            label="Train",
            group="reader",
            primary=True,
            help="Fetches both texts (1.7 MB) and learns from nine tenths of them.",
        ),
        Action(name="start_over", label="Start over", group="reader", help="First weights again."),
    ),
    figures=(
        Figure(
            name="text",
            kind="text",
            title="The line, as it is read",
            caption="What it takes the line for, after each character.",
            compact=True,
        ),
        Figure(
            name="opinion",
            kind="curves",
            title="The probability of code",
            caption="After each character.",
            compact=True,
        ),
        Figure(
            name="confusion",
            kind="confusion",
            title="Lines it never learned from",
            caption="By the last opinion on each.",
        ),
        Figure(
            name="losses",
            kind="curves",
            title="Loss of the training here",
            caption="Bits per character; a coin scores 1.",
            more=True,
        ),
    ),
    presets=PRESETS,
    more="learning rate, seed, loss of the training here, how to use",
    how_to=(
        "Type a line, or start from one of ours: it is judged after every character.",
        "Point at a character, or use the arrow keys: the curve shows the same place.",
        "Press One it got wrong: real lines, held out, and taken for the other kind.",
        "Press Train: the same network from its first weights, in this page.",
    ),
)
