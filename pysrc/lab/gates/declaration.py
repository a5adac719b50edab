"""Everything a reader can move, press and see at the gates of a trained network, as one table."""

from lab.gates.presets import PRESETS
from lab.kit.controls import Choice, Option, Slider, Text
from lab.kit.declaration import Action, Declaration, Figure

LONGEST = 60  # symbols
TEXT = "cabba?abcca?"


def _bias(name: str, cell: str, label: str, help_: str) -> Slider:
    return Slider(
        name=name,
        label=label,
        group="gates",
        low=-6.0,
        high=6.0,
        minimum=-100.0,
        maximum=100.0,
        step=0.1,
        default=0.0,
        help=help_,
        shown_when={"cell": (cell,)},
    )


DECLARATION = Declaration(
    name="gates",
    title="Inside the gates",
    question="Which gate writes, which one keeps, and what happens when it does not?",
    groups={"network": "Network", "gates": "Added to a gate’s bias", "sequence": "Sequence"},
    controls=(
        Choice(
            name="cell",
            label="Cell",
            group="network",
            default="lstm",
            options=(
                Option("lstm", "LSTM", "Three gates, and a cell state beside the hidden state."),
                Option("gru", "GRU", "Two gates, and the hidden state alone."),
            ),
        ),
        Slider(
            name="unit",
            label="Unit",
            group="network",
            low=1,
            high=4,
            minimum=0,
            default=0,
            step=1,
            integer=True,
            help="0 is the unit that keeps the letter best.",
        ),
        _bias(
            "forget",
            "lstm",
            "forget gate",
            "Below 0 it keeps less of the cell state at every step, above 0 more.",
        ),
        _bias(
            "input",
            "lstm",
            "input gate",
            "Below 0 it writes less of what is new, above 0 more.",
        ),
        _bias(
            "output",
            "lstm",
            "output gate",
            "Below 0 it shows less of the cell state, above 0 more.",
        ),
        _bias(
            "update",
            "gru",
            "update gate",
            "Below 0 it keeps less of the hidden state at every step, above 0 more.",
        ),
        _bias(
            "reset",
            "gru",
            "reset gate",
            "Below 0 the candidate sees less of the hidden state, above 0 more.",
        ),
        Text(
            name="text",
            label="Your sequence",
            group="sequence",
            default=TEXT,
            longest=LONGEST,
            help=f"Up to {LONGEST} symbols: a, b, c, and ? where the first letter is asked for.",
        ),
        Choice(
            name="scope",
            label="Move the bias of",
            group="gates",
            default="all",
            more=True,
            options=(
                Option("all", "all units", "Every unit’s gate of that kind."),
                Option("one", "the chosen unit", "Only the unit in the first figure."),
            ),
        ),
        Slider(
            name="step",
            label="Current step",
            group="time",
            low=1,
            high=LONGEST,
            minimum=1,
            default=6,
            step=1,
            integer=True,
        ),
        Slider(
            name="row",
            label="Gate, candidate, state or answer",
            group="time",
            low=1,
            high=7,
            minimum=1,
            default=1,
            step=1,
            integer=True,
        ),
    ),
    actions=(
        Action(name="first_step", label="Reset", group="time", help="Back to the first symbol."),
        Action(name="step_back", label="Step back", group="time"),
        Action(name="step_forward", label="Step forward", group="time"),
        Action(
            name="restore",
            label="As trained",
            group="gates",
            help="Take away what was added to the biases.",
        ),
        Action(
            name="draw",
            label="New sequence",
            group="sequence",
            primary=True,
            help="Another one of the kind it learned from.",
        ),
    ),
    figures=(
        Figure(
            name="unit",
            kind="heatmap",
            title="One unit, step by step",
            caption="Choose a cell to see its formula.",
        ),
        Figure(
            name="units",
            kind="heatmap",
            title="The same row in all units",
            caption="Choose a unit.",
        ),
        Figure(
            name="answers",
            kind="heatmap",
            title="What it answers",
            caption="Probabilities. The right answer to each question has a frame.",
        ),
        Figure(
            name="bars",
            kind="bars",
            title="The unit’s gates through time",
            caption="The same numbers as heights.",
            more=True,
        ),
        Figure(
            name="everything",
            kind="heatmap",
            title="Every gate, candidate and state of every unit",
            caption="",
            more=True,
        ),
        Figure(
            name="sweep",
            kind="bars",
            title="How much a gate’s bias can be moved",
            caption="Share of questions answered rightly, each gate moved alone, in all units.",
            more=True,
        ),
    ),
    presets=PRESETS,
    more="one unit’s bias alone, all units at once, how far a bias can be moved, how to use",
    how_to=(
        "Play the sequence: the first letter is written, the others are not, the ? asks for it.",
        "Choose a cell in the first figure: its formula stands below, with this step’s numbers.",
        "Drag a gate’s bias and watch the share of right answers.",
        "Write your own sequence of a, b, c and ?, or press New sequence.",
    ),
)
