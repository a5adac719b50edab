"""Everything a reader can move, press and see in the one-unit laboratory, as one table."""

from lab.kit.controls import Choice, Numbers, Option, Slider, Toggle
from lab.kit.declaration import Action, Declaration, Figure
from lab.scalar_rnn.presets import PRESETS
from rnn.one_unit import Weights
from rnn.sequences import SEQUENCES


def _weight(name: str, symbol: str, label: str, reach: float, help_: str) -> Slider:
    return Slider(
        name=name,
        symbol=symbol,
        label=label,
        group="weights",
        low=-reach,
        high=reach,
        default=0.0,
        foreseen=True,
        help=help_,
    )


DECLARATION = Declaration(
    name="scalar-rnn",
    title="One recurrent unit",
    question="Can a single remembered number learn to predict what comes next?",
    groups={"sequence": "Sequence", "weights": "Weights", "training": "Training"},
    controls=(
        Choice(
            name="sequence",
            label="Sequence",
            group="sequence",
            default="linear",
            options=(
                Option(
                    "fibonacci",
                    "Fibonacci",
                    "1, 1, 2, 3, 5: the sum of the last two values. Hard: one unit keeps one "
                    "number, the rule needs two.",
                ),
                Option(
                    "linear",
                    "Linear",
                    "1, 2, 3, 4: the last value plus a constant. Easy: a straight line of the "
                    "last value.",
                ),
                Option(
                    "alternating",
                    "Alternating",
                    "1, −1, 1, −1: the last value with its sign turned. Easy: one negative weight "
                    "does it.",
                ),
                Option(
                    "exponential",
                    "Exponential",
                    "1, 2, 4, 8: twice the last value. Easy as a line; hard for a squashed memory, "
                    "which must stretch over every size.",
                ),
                Option(
                    "sine",
                    "Sine",
                    "sin(0.5 t): up and down. Hard: the same value occurs once rising and once "
                    "falling, and one number does not say which.",
                ),
                Option(
                    "custom",
                    "Custom",
                    "Your own numbers. The unit predicts each from the ones before.",
                ),
            ),
        ),
        Numbers(
            name="numbers",
            label="Your numbers",
            group="sequence",
            default="1, 2, 4, 7, 11, 16",
            fewest=3,
            most=20,
            shown_when={"sequence": ("custom",)},
            help="3 to 20 numbers with commas or spaces between them.",
        ),
        Slider(
            name="length",
            label="Length",
            group="sequence",
            low=5,
            high=20,
            minimum=5,
            maximum=20,
            default=10,
            step=1,
            integer=True,
            foreseen=True,
            help="How many values the sequence has. The last one is only predicted.",
            shown_when={"sequence": tuple(SEQUENCES)},
        ),
        Toggle(
            name="normalise",
            label="Normalise to [−1, 1]",
            group="sequence",
            default=True,
            help="Inputs and targets share one scale. It keeps tanh and sigmoid where they bend: "
            "fed a raw 34 at weight 1, tanh answers 1 and stays there.",
        ),
        _weight("w_x", "w_x", "input weight", 3, "How strongly the new input moves the memory."),
        _weight(
            "w_h",
            "w_h",
            "hidden weight",
            3,
            "The loop: how much of the old memory is kept. Beyond ±1 it amplifies itself.",
        ),
        _weight("w_y", "w_y", "output weight", 3, "Turns the memory into a prediction."),
        _weight("b_h", "b_h", "hidden bias", 2, "Where the memory rests when nothing comes in."),
        _weight("b_y", "b_y", "output bias", 2, "Shifts every prediction up or down."),
        Choice(
            name="activation",
            label="Activation",
            group="weights",
            default="tanh",
            options=(
                Option("tanh", "tanh", "Keeps the memory between −1 and 1; flat at both ends."),
                Option("relu", "ReLU", "Cuts off below 0; a unit stuck there no longer learns."),
                Option("sigmoid", "sigmoid", "Between 0 and 1, and its slope is at most 1/4."),
                Option("linear", "linear", "No bend: nothing stops the memory from growing."),
            ),
        ),
        Slider(
            name="learning_rate",
            label="Learning rate",
            group="training",
            low=1e-4,
            high=1.0,
            minimum=1e-4,
            maximum=1.0,
            default=0.1,
            scale="log",
            help="How far one update goes along the slope.",
        ),
        Choice(
            name="pace",
            label="Pace",
            group="training",
            default="full",
            options=(
                Option("one", "one epoch a press"),
                Option("slow", "slow"),
                Option("full", "full speed"),
            ),
        ),
        Toggle(
            name="clip",
            label="Clip gradients",
            group="training",
            default=True,
            more=True,
            help="Cut each of the five gradients to ±limit, each on its own (by value).",
        ),
        Slider(
            name="clip_limit",
            label="Clipping limit",
            group="training",
            low=0.1,
            high=10.0,
            minimum=1e-6,
            default=5.0,
            step=0.1,
            watched_in="gradients",
            foreseen=True,
            more=True,
            shown_when={"clip": (True,)},
        ),
        Slider(
            name="seed",
            label="Seed",
            group="training",
            low=1,
            high=100,
            minimum=0,
            maximum=2**32 - 1,
            default=55,
            step=1,
            integer=True,
            foreseen=True,
            more=True,
            help="Draws the starting weights and the guesses of random search.",
        ),
        Slider(
            name="step",
            label="Current step",
            group="time",
            low=1,
            high=19,
            minimum=1,
            default=4,
            step=1,
            integer=True,
        ),
    ),
    actions=(
        Action(name="first_step", label="Reset", group="time", help="Back to the first step."),
        Action(name="step_back", label="Step back", group="time"),
        Action(name="step_forward", label="Step forward", group="time"),
        Action(
            name="train",
            label="Train",
            group="training",
            primary=True,
            compact=True,
            help="Backpropagation through time (BPTT), until you pause.",
        ),
        Action(
            name="search",
            label="Random search",
            group="training",
            help="Guess all five weights, for as many evaluations as BPTT has used, or 3,000.",
        ),
        Action(name="use_best_guess", label="Use best guess", group="training"),
        Action(
            name="restore",
            label="Restore good weights",
            help="The best of this run.",
            group="problem",
        ),
        Action(name="reset_weights", label="Reset weights", group="weights", compact=True),
        Action(
            name="randomise",
            label="Randomise",
            group="weights",
            help="Draw from the next seed.",
            compact=True,
        ),
        Action(
            name="undo",
            label="Undo",
            group="weights",
            help="Back to the weights before.",
            compact=True,
        ),
    ),
    figures=(
        Figure(
            name="network",
            kind="unrolled-network",
            title="The network through time",
            caption="Click a step, or use the arrow keys.",
            compact=True,
        ),
        Figure(
            name="tracks",
            kind="tracks",
            title="Hidden state and prediction",
            caption="",
            compact=True,
        ),
        Figure(
            name="losses",
            kind="curves",
            title="Loss while searching",
            caption="Mean squared error, in the units trained on.",
        ),
        Figure(
            name="gradients",
            kind="bars",
            title="Where the gradient comes from",
            caption="",
            more=True,
        ),
    ),
    presets=PRESETS,
    more="clipping, seed, gradients, how to use",
    how_to=(
        "Step through the sequence, or click a step, and read how the numbers flow.",
        "Drag a weight: every figure answers at once.",
        "Press Train: backpropagation through time moves all five weights downhill.",
        "Press Random search: it guesses all five, at BPTT’s cost so far or 3,000 evaluations.",
        "Under More: clip the gradients, change the seed, see each step’s share.",
    ),
)

_SLIDERS = [control for control in DECLARATION.controls if isinstance(control, Slider)]
LOW = Weights(*(slider.low for slider in _SLIDERS if slider.name in Weights._fields))
HIGH = Weights(*(slider.high for slider in _SLIDERS if slider.name in Weights._fields))
