"""Everything a reader can move, press and see while a network rewrites a date, as one table."""

from lab.attention.presets import PRESETS
from lab.kit.controls import Choice, Option, Slider, Text
from lab.kit.declaration import Action, Declaration, Figure
from rnn.dates.forms import LONGEST

THE_END = 1_000_000  # a step beyond the date stands at its end
CHECKED = 500  # held-out dates

DECLARATION = Declaration(
    name="attention",
    title="A network reads a date",
    question="Where does it look while it writes?",
    groups={"date": "Date", "training": "Training"},
    controls=(
        Text(
            name="date",
            label="A date, as you would write it",
            group="date",
            default="May the 3rd, 1999",
            longest=LONGEST,
            compact=True,
            help="In English, 1950 to 2049. Between points the day comes first. Two-figure years "
            "from 50 on are in the 1900s.",
        ),
        Choice(
            name="reader",
            label="Read by",
            group="date",
            default="trained",
            options=(
                Option(
                    "trained",
                    "the trained network",
                    "64 units in each direction; it learned before, from 192,000 spellings.",
                ),
                Option("own", "the one you train here", "Random weights until you press Train."),
            ),
        ),
        Slider(
            name="learning_rate",
            label="Learning rate",
            group="training",
            low=0.0001,
            high=0.1,
            minimum=1e-6,
            maximum=10.0,
            default=0.008,
            step=0.0001,
            scale="log",
            help="Of Adam, for the network you train here. It may be changed while it learns.",
        ),
        Slider(
            name="hidden",
            label="Hidden units",
            group="training",
            low=8,
            high=64,
            minimum=2,
            maximum=128,
            default=32,
            step=4,
            integer=True,
            more=True,
            help="In each direction, and in the part that writes. A change begins anew.",
        ),
        Slider(
            name="seed",
            label="Seed",
            group="training",
            low=1,
            high=100,
            minimum=0,
            maximum=2**32 - 1,
            default=1,
            step=1,
            integer=True,
            more=True,
            help="Draws the starting weights and the dates to learn from. A change begins anew.",
        ),
        Slider(
            name="step",
            label="Character being written",
            group="time",
            low=1,
            high=16,
            minimum=0,
            default=THE_END,
            step=1,
            integer=True,
        ),
    ),
    actions=(
        Action(name="first_step", label="Reset", group="time", help="Back to the first character."),
        Action(name="step_back", label="Step back", group="time"),
        Action(name="step_forward", label="Step forward", group="time"),
        Action(
            name="another",
            label="Another date",
            group="date",
            compact=True,
            help="A date that was held out, in a spelling drawn at random.",
        ),
        Action(
            name="check",
            label="Check held-out dates",
            group="date",
            help=f"{CHECKED} dates that the network never learned from, each in some spelling.",
        ),
        Action(
            name="train",
            label="Train",
            group="training",
            primary=True,
            help="Learn from 32 new spellings at each step, until you pause.",
        ),
        Action(name="reset", label="Start over", group="training", help="Random weights again."),
    ),
    figures=(
        Figure(
            name="alignment",
            kind="alignment",
            title="Where it looks",
            caption="A row for each written character; more colour, more attention. Click a row.",
            compact=True,
        ),
        Figure(
            name="choices",
            kind="choices",
            title="What it could write here",
            caption="",
        ),
        Figure(
            name="share",
            kind="curves",
            title="Exact dates while it learns",
            caption="Share of held-out dates that the network you train writes without a mistake.",
        ),
        Figure(
            name="answers",
            kind="answers",
            title="Held-out dates, checked",
            caption="Mistakes first.",
            more=True,
        ),
        Figure(
            name="losses",
            kind="curves",
            title="Loss while it learns",
            caption="Cross-entropy in nats for each written character, smoothed.",
            more=True,
        ),
    ),
    presets=PRESETS,
    more="size, seed, mistakes, loss, how to use",
    how_to=(
        (
            "Type a date and read the matrix from the top: each row is a character it writes, "
            "and the coloured cells are what it looked at."
        ),
        "Step through the writing: the chart shows what it could have written instead.",
        (
            "Press Check held-out dates: it reads dates it never learned from, and the mistakes "
            "are listed here."
        ),
        "Press Train: a smaller network learns from nothing, in your browser.",
    ),
    clock="Writing",
)
