"""The controls and buttons of every lab in which two networks learn one task side by side."""

from lab.kit.controls import Slider
from lab.kit.declaration import Action


def training_controls(hidden: int, rate: float) -> tuple[Slider, ...]:
    """The controls that every such lab has."""
    return (
        Slider(
            name="learning_rate",
            label="Learning rate",
            group="training",
            low=0.0001,
            high=0.1,
            minimum=1e-6,
            maximum=10.0,
            default=rate,
            step=0.0001,
            scale="log",
            help="Of Adam, the same for both. It may be changed while they learn.",
        ),
        Slider(
            name="hidden",
            label="Units of the plain network",
            group="training",
            low=4,
            high=48,
            minimum=2,
            maximum=128,
            default=hidden,
            step=2,
            integer=True,
            more=True,
            help="The other gets as many as make no more parameters. A change begins anew.",
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
            help="Draws the weights and the texts, the same texts for both. A change begins anew.",
        ),
    )


def place(longest: int, default: int) -> Slider:
    """The place in the text that is looked at."""
    return Slider(
        name="step",
        label="Place in the text",
        group="time",
        low=1,
        high=longest,
        minimum=0,
        default=default,
        step=1,
        integer=True,
    )


ACTIONS = (
    Action(
        name="another",
        label="Another text",
        group="text",
        help="Drawn at random, as those that are learned from.",
    ),
    Action(
        name="train",
        label="Train both",
        group="training",
        primary=True,
        compact=True,
        help="A step of each in turn, on the same texts, until you pause.",
    ),
    Action(name="reset", label="Start over", group="training", help="Random weights again."),
)
