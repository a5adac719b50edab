"""Everything a reader can move, press and see in the walk, as one table."""

from lab.bptt_walkthrough.presets import PRESETS
from lab.kit.controls import Choice, Numbers, Option, Slider, Text
from lab.kit.declaration import Action, Declaration, Figure

FEWEST, MOST = 2, 6  # steps: as many as a reader will follow by hand


def _weight(
    name: str, label: str, reach: float, default: float, help_: str, more: bool = True
) -> Slider:
    return Slider(
        name=name,
        symbol=name,
        label=label,
        group="weights",
        low=-reach,
        high=reach,
        default=default,
        help=help_,
        more=more,
    )


DECLARATION = Declaration(
    name="bptt-walkthrough",
    title="Backpropagation through time, number by number",
    question="Where does the gradient of a weight come from?",
    clock="Walk",
    groups={"sequence": "Sequence", "walk": "Walk", "weights": "Weights", "update": "Update"},
    controls=(
        Numbers(
            name="numbers",
            label="Numbers",
            group="sequence",
            default="1, 0.5, -0.5, -1, -0.5",
            fewest=FEWEST + 1,
            most=MOST + 1,
            help="3 to 7 numbers. Each is the input of a step, the next one its target.",
        ),
        Choice(
            name="asked",
            label="Loss",
            group="sequence",
            default="every",
            options=(
                Option("every", "at every step", "The mean of the squared mistakes."),
                Option("last", "at the last step", "Only the last prediction counts."),
            ),
        ),
        Choice(
            name="stride",
            label="One press goes",
            group="walk",
            default="number",
            options=(
                Option("number", "one number"),
                Option("step", "one time step"),
            ),
        ),
        Slider(
            name="truncate",
            label="Steps between cuts",
            group="walk",
            low=1,
            high=MOST,
            minimum=1,
            maximum=MOST,
            default=MOST,
            step=1,
            integer=True,
            help="Truncated backpropagation: no error signal crosses a cut. At the sequence's "
            "length or more nothing is cut.",
        ),
        _weight(
            "w_h", "hidden weight", 3, 0.8, "The loop: every step back multiplies by it.", False
        ),
        _weight("w_x", "input weight", 3, 0.5, "How strongly an input moves the memory."),
        _weight("w_y", "output weight", 3, 1.0, "Turns the memory into a prediction."),
        _weight("b_h", "hidden bias", 2, 0.0, "Where the memory rests when nothing comes in."),
        _weight("b_y", "output bias", 2, 0.0, "Shifts every prediction up or down."),
        Choice(
            name="activation",
            label="Activation",
            group="weights",
            default="tanh",
            more=True,
            options=(
                Option("tanh", "tanh", "Its slope is 1 − h²: 1 in the middle, 0 at both ends."),
                Option("relu", "ReLU", "Its slope is 1 above 0, and 0 below."),
                Option("sigmoid", "sigmoid", "Its slope is h (1 − h), at most 1/4."),
                Option("linear", "linear", "Its slope is 1 everywhere."),
            ),
        ),
        Slider(
            name="learning_rate",
            label="Learning rate",
            group="update",
            low=1e-3,
            high=1.0,
            minimum=1e-4,
            maximum=10.0,
            default=0.1,
            scale="log",
            help="How far one update goes along the slope.",
        ),
        Slider(
            name="step",
            label="Numbers written so far",
            group="time",
            low=1,
            high=15 * MOST + 11,
            minimum=1,
            default=15 * MOST + 11,
            step=1,
            integer=True,
        ),
        Text(name="number", label="Open number", group="time", default="", longest=20),
    ),
    actions=(
        Action(name="first_step", label="Start", group="time", help="Back to a blank sheet."),
        Action(name="step_back", label="Step back", group="time"),
        Action(name="step_forward", label="Step forward", group="time"),
        Action(name="last_step", label="End", group="time", help="Write all the numbers."),
        Action(
            name="reset_weights",
            label="Reset weights",
            group="weights",
            help="Back to the weights of the preset.",
        ),
        Action(
            name="update",
            label="Apply the update",
            group="update",
            primary=True,
            help="Move each of the five weights against its gradient.",
        ),
        Action(
            name="check",
            label="Check my gradients",
            group="update",
            help="Nudge each weight by 10⁻⁵ up and down, and compare how the loss changes.",
            result="gradients",
        ),
    ),
    figures=(
        Figure(
            name="network",
            kind="unrolled-walk",
            title="Forward (solid) and back (dashed)",
            caption="Point at a number.",
        ),
        Figure(
            name="sheet",
            kind="ledger",
            title="What is computed at each step",
            caption="Forward from left to right, backward from right to left.",
        ),
        Figure(
            name="gradients",
            kind="ledger",
            title="The five gradients, and what is done with them",
            caption="",
        ),
        Figure(
            name="losses",
            kind="curves",
            title="Loss after each update",
            caption="",
            more=True,
        ),
    ),
    presets=PRESETS,
    more="the other weights, activation, loss after each update, how to use",
    how_to=(
        "Press Start, then Step forward: numbers are written down, forward in time, then back.",
        "Point at any number, or use the arrow keys: its formula opens, its parts are outlined.",
        "Press Check my gradients: each is compared with what the loss does at a nudge.",
        "Cut the way back, and see which gradients change.",
        "Press Apply the update, again and again, and watch the loss.",
        "Numbers are shown with three digits and computed with sixteen.",
    ),
)
