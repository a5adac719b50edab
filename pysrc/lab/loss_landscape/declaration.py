"""Everything a reader can move, press and see on the loss's landscape, as one table."""

from lab.kit.controls import Choice, Option, Slider
from lab.kit.declaration import Action, Declaration, Figure
from lab.loss_landscape.presets import PRESETS

_FARTHEST = 1e6  # a place beyond it has no number worth showing


def _place(name: str, symbol: str, label: str, default: float) -> Slider:
    return Slider(
        name=name,
        symbol=symbol,
        label=label,
        group="start",
        low=-3,
        high=3,
        minimum=-_FARTHEST,
        maximum=_FARTHEST,
        default=default,
        help="Where both walks start. A click on the map sets it too.",
    )


def _rest(name: str, label: str, reach: float, default: float, help_: str) -> Slider:
    return Slider(
        name=name,
        symbol=name,
        label=label,
        group="map",
        low=-reach,
        high=reach,
        minimum=-_FARTHEST,
        maximum=_FARTHEST,
        default=default,
        more=True,
        help=help_,
    )


def _middle(name: str, label: str, default: float) -> Slider:
    return Slider(
        name=name,
        label=label,
        group="map",
        low=-8,
        high=8,
        minimum=-_FARTHEST,
        maximum=_FARTHEST,
        default=default,
        step=0.05,
        more=True,
        help="What lies in the middle of the map.",
    )


def _width(name: str, label: str, default: float) -> Slider:
    return Slider(
        name=name,
        label=label,
        group="map",
        low=0.01,
        high=10,
        minimum=1e-4,
        maximum=_FARTHEST,
        default=default,
        scale="log",
        more=True,
        help="How much of the plane the map shows.",
    )


DECLARATION = Declaration(
    name="loss-landscape",
    title="The loss over two of the weights",
    question="What does clipping change when a walk downhill meets a cliff?",
    groups={"task": "Task", "start": "Start", "descent": "Descent"},
    controls=(
        Choice(
            name="task",
            label="Task",
            group="task",
            default="carry",
            options=(
                Option("carry", "carry a 1", "1, then zeros. At the last step a 1 is asked for."),
                Option("hold", "hold at 0.7", "Always 1. At the last step 0.7 is asked for."),
                Option("linear", "count", "1, 2, 3: each value from the one before."),
                Option("alternating", "alternate", "1, −1, 1: each value from the one before."),
                Option("sine", "sine", "sin(0.5 t): each value from the one before."),
            ),
        ),
        Slider(
            name="length",
            label="Steps",
            group="task",
            low=2,
            high=50,
            minimum=2,
            maximum=50,
            default=15,
            step=1,
            integer=True,
            help="The more steps, the steeper the cliff.",
        ),
        Choice(
            name="activation",
            label="Activation",
            group="task",
            default="linear",
            options=(
                Option("linear", "linear"),
                Option("tanh", "tanh"),
                Option("sigmoid", "sigmoid"),
                Option("relu", "ReLU"),
            ),
        ),
        _place("w_x", "w_x", "input weight", 0.4),
        _place("w_h", "w_h", "hidden weight", 0.85),
        Slider(
            name="learning_rate",
            label="Learning rate",
            group="descent",
            low=1e-3,
            high=1.0,
            minimum=1e-6,
            maximum=10.0,
            default=0.05,
            scale="log",
            help="How far one update goes along the slope.",
        ),
        Slider(
            name="clip_limit",
            label="Longest gradient",
            group="descent",
            low=0.01,
            high=10.0,
            minimum=1e-6,
            maximum=1e6,
            default=0.1,
            scale="log",
            help="Clipping by norm: a longer gradient is shortened to this and keeps its "
            "direction. It concerns one of the two walks.",
        ),
        Slider(
            name="updates",
            label="Updates",
            group="descent",
            low=10,
            high=500,
            minimum=1,
            maximum=1000,
            default=150,
            step=10,
            integer=True,
            more=True,
            help="How many updates a walk has.",
        ),
        Slider(
            name="resolution",
            label="Points a side",
            group="map",
            low=16,
            high=96,
            minimum=8,
            maximum=96,
            default=64,
            step=8,
            integer=True,
            more=True,
            help="The loss is computed at so many places across and up.",
        ),
        _middle("middle_x", "Middle of the map, w_x", 0.75),
        _middle("middle_h", "Middle of the map, w_h", 1.0),
        _width("width_x", "Width of the map, w_x", 2.5),
        _width("width_h", "Height of the map, w_h", 1.0),
        _rest("w_y", "output weight", 3, 1.0, "The same everywhere on the map."),
        _rest("b_h", "hidden bias", 2, 0.0, "The same everywhere on the map."),
        _rest("b_y", "output bias", 2, 0.0, "The same everywhere on the map."),
        Slider(
            name="seed",
            label="Seed",
            group="map",
            low=1,
            high=100,
            minimum=0,
            maximum=2**32 - 1,
            default=1,
            step=1,
            integer=True,
            more=True,
            help="Draws the guesses of random search.",
        ),
        Slider(
            name="look_x",
            label="Cursor, w_x",
            group="time",
            low=-3,
            high=3,
            minimum=-_FARTHEST,
            maximum=_FARTHEST,
            default=0.4,
        ),
        Slider(
            name="look_h",
            label="Cursor, w_h",
            group="time",
            low=-3,
            high=3,
            minimum=-_FARTHEST,
            maximum=_FARTHEST,
            default=0.85,
        ),
    ),
    actions=(
        Action(
            name="train",
            label="Descend",
            group="descent",
            primary=True,
            help="Walk downhill twice from the start: with clipping and without.",
        ),
        Action(name="one", label="One update", group="descent"),
        Action(
            name="search",
            label="Random search",
            group="descent",
            help="Guess places on the map: as many evaluations as a walk has used.",
        ),
        Action(name="clear", label="Clear", group="descent", help="Take away walks and guesses."),
    ),
    figures=(
        Figure(
            name="map",
            kind="contours",
            title="Loss over w_x (across) and w_h (up)",
            caption="Click to start somewhere else.",
        ),
        Figure(
            name="losses",
            kind="curves",
            title="Loss for the work spent",
            caption="Both walks and the best guess, at equal cost.",
        ),
        Figure(
            name="slopes",
            kind="curves",
            title="Length of the gradient along each walk",
            caption="",
            more=True,
        ),
    ),
    presets=PRESETS,
    more="resolution, what the map shows, the other weights, length of the gradient, how to use",
    how_to=(
        "Point at the map: below it stand the loss and the gradient of that place.",
        "Click, or move the cursor with the arrow keys and press Enter, to start there.",
        "Press Descend. The solid path is clipped, the dashed one is not.",
        "Press Random search: the same work, spent on guesses.",
        "Make the sequence longer or shorter, and watch the cliff.",
    ),
)
