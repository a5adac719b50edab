"""Everything a reader can move, press and see where gradients are clipped, as one table."""

from lab.clipping.presets import PRESETS
from lab.kit.controls import Choice, Option, Slider
from lab.kit.declaration import Action, Declaration, Figure

_BY_HAND = {"source": ("hand",)}


def _weight(name: str, label: str, default: float, help_: str) -> Slider:
    return Slider(
        name=name,
        symbol=name,
        label=label,
        group="gradient",
        low=-2.0,
        high=2.0,
        minimum=-1e6,
        maximum=1e6,
        default=default,
        help=help_,
    )


def _component(name: str, label: str, default: float) -> Slider:
    return Slider(
        name=name,
        symbol=name,
        label=label,
        group="gradient",
        low=-10.0,
        high=10.0,
        minimum=-1e12,
        maximum=1e12,
        default=default,
        help="Type it, or drag the tip of the arrow.",
        shown_when=_BY_HAND,
    )


DECLARATION = Declaration(
    name="clipping",
    title="Clipping a gradient",
    question="What do two ways of clipping do to the same gradient?",
    groups={"gradient": "Gradient", "training": "Training"},
    controls=(
        Choice(
            name="source",
            label="Taken from",
            group="gradient",
            default="network",
            options=(
                Option("network", "a network", "One unit, two weights: w_x and w_h."),
                Option("hand", "your hand", "Drag the tip, or type the two numbers."),
            ),
        ),
        _component("g_x", "along w_x", 0.5),
        _component("g_h", "along w_h", 1.8),
        Slider(
            name="limit",
            label="limit",
            group="gradient",
            low=0.05,
            high=20.0,
            minimum=1e-6,
            maximum=1e6,
            default=1.0,
            scale="log",
            help="By value: for each element. By norm: for the length of the whole gradient.",
        ),
        _weight("w_x", "input weight", 0.5, "Where the gradient is taken and training starts."),
        _weight("w_h", "hidden weight", 1.3, "Where the gradient is taken and training starts."),
        Slider(
            name="learning_rate",
            label="learning rate",
            group="training",
            low=1e-4,
            high=1.0,
            minimum=1e-6,
            maximum=10.0,
            default=0.005,
            scale="log",
            help="How far one update goes along the clipped gradient.",
        ),
        Choice(
            name="activation",
            label="Activation",
            group="gradient",
            default="linear",
            options=(
                Option("linear", "linear"),
                Option("tanh", "tanh"),
                Option("relu", "ReLU"),
                Option("sigmoid", "sigmoid"),
            ),
            more=True,
        ),
        Slider(
            name="length",
            symbol="T",
            label="steps to carry the 1",
            group="gradient",
            low=2,
            high=50,
            minimum=2,
            maximum=200,
            default=15,
            step=1,
            integer=True,
            more=True,
            help="The unit reads a 1, then zeros; only its last state is asked for.",
        ),
        Slider(
            name="target",
            label="target",
            group="gradient",
            low=-1.0,
            high=1.0,
            minimum=-1e6,
            maximum=1e6,
            default=1.0,
            more=True,
            help="What the last state should be.",
        ),
    ),
    actions=(
        Action(
            name="train",
            label="Train",
            group="training",
            primary=True,
            help="Three runs from the same weights: unclipped, by value, by norm.",
        ),
        Action(name="restart", label="Start again", group="training"),
    ),
    figures=(
        Figure(
            name="arrows",
            kind="arrows",
            title="One gradient, before and after",
            caption="Drag the grey arrow’s tip, or move it with the arrow keys.",
        ),
        Figure(
            name="losses",
            kind="curves",
            title="Three runs from these weights",
            caption="Squared error of the last state.",
        ),
    ),
    presets=PRESETS,
    more="activation, length, target, how to use",
    how_to=(
        "Move the limit: the box is what by value leaves, the circle what by norm leaves.",
        "Read the angle: by value turns the gradient, by norm only shortens it.",
        "Move w_x and w_h to take the gradient elsewhere, or drag the arrow’s tip yourself.",
        "Press Train: three runs start from w_x and w_h. Only the clipping differs.",
    ),
)
