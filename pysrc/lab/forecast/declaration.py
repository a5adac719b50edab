"""Everything a reader can choose about a forecast, as one table."""

import math

from lab.forecast.presets import PRESETS
from lab.kit.controls import Choice, Numbers, Option, Slider
from lab.kit.declaration import Action, Declaration, Figure

_NOISE = (3, -5, 1, 4, -2, 0, 5, -4, 2, -1)
OWN = ", ".join(
    f"{50 + 10 * math.sin(math.pi * at / 6) + _NOISE[at * at % 10] / 2:.1f}" for at in range(120)
)
SEEDS = 3

DECLARATION = Declaration(
    name="forecast",
    title="What comes next?",
    question="Is a network better than repeating the last value?",
    groups={"series": "Series", "network": "Network"},
    controls=(
        Choice(
            name="series",
            label="Series",
            group="series",
            default="carbon-dioxide",
            compact=True,
            options=(
                Option(
                    "carbon-dioxide",
                    "carbon dioxide, monthly",
                    "At Mauna Loa, in parts per million, 1958 to 2020 (Scripps CO₂ Program).",
                ),
                Option(
                    "daily",
                    "temperature, daily",
                    "The highest of each day at Seattle, 2012 to 2015 (NOAA).",
                ),
                Option("weekly", "temperature, weekly", "The same, averaged over each week."),
                Option("own", "your own", "Pasted below. They stay in this page."),
            ),
        ),
        Numbers(
            name="numbers",
            label="Your numbers",
            group="series",
            default=OWN,
            longest=40_000,
            lines=5,
            fewest=60,
            most=3000,
            shown_when={"series": ("own",)},
            help="60 to 3,000 numbers in order of time, with spaces, commas or lines between.",
        ),
        Slider(
            name="season",
            label="Season",
            group="series",
            low=2,
            high=60,
            minimum=1,
            maximum=400,
            default=12,
            step=1,
            integer=True,
            shown_when={"series": ("own",)},
            help="After so many values it begins again: 12 for months, 7 for days of a week.",
        ),
        Choice(
            name="kind",
            label="Cell",
            group="network",
            default="rnn",
            options=(
                Option("rnn", "plain RNN", "Every step rewrites the whole memory."),
                Option("gru", "GRU", "Two gates; some three times the work."),
                Option("lstm", "LSTM", "Three gates and a cell state; four times the work."),
            ),
        ),
        Slider(
            name="updates",
            label="Updates",
            group="network",
            low=50,
            high=1000,
            minimum=10,
            maximum=3000,
            default=400,
            step=50,
            integer=True,
            help="Of each training. There are three in a walk, for three stretches of the test.",
        ),
        Slider(
            name="hidden",
            label="Units",
            group="network",
            low=2,
            high=32,
            minimum=1,
            maximum=64,
            default=12,
            step=1,
            integer=True,
            more=True,
            help="How many numbers the memory holds.",
        ),
        Slider(
            name="seed",
            label="First seed",
            group="network",
            low=1,
            high=100,
            minimum=0,
            maximum=2**31,
            default=1,
            step=1,
            integer=True,
            more=True,
            help="A walk is made from this seed and the two after it.",
        ),
    ),
    actions=(
        Action(
            name="walk",
            label="Walk forward",
            group="network",
            primary=True,
            compact=True,
            help="Train on the past, forecast what follows, step by step; from three seeds.",
        ),
        Action(name="start_over", label="Start over", group="network", help="Forget the walks."),
    ),
    figures=(
        Figure(
            name="series",
            kind="curves",
            title="The end of the series",
            caption="Each value is forecast from the true ones before it.",
            compact=True,
        ),
        Figure(
            name="errors",
            kind="bars",
            title="How far off, on average",
            caption="Mean absolute error over the last 30 % of the series.",
            compact=True,
        ),
    ),
    presets=PRESETS,
    more="units, first seed, how to use",
    how_to=(
        "Choose a series, or paste your own numbers.",
        "Press Walk forward: three networks, each trained three times, always on the past only.",
        "Compare the bars: a network that is not below both of the others is of no use.",
        "Look at the spread over the seeds before you believe a difference.",
    ),
)
