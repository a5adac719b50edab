"""Everything a reader can move, press and see while a network writes, as one table."""

from lab.kit.controls import Choice, Option, Slider, Text, Toggle
from lab.kit.declaration import Action, Declaration, Figure
from lab.kit.text.models import model_choice
from lab.kit.text.writing import MOST
from lab.text_sampler.presets import PRESETS

THE_END = 1_000_000  # a cursor beyond the text stands at its end, and follows it
SEED_TEXTS = {"python-lstm": "def ", "first-names-lstm": ""}  # by model
SEED_TEXT = "The whale"
_ZONES = (("low", 0.1, 0.5), ("balanced", 0.8, 1.2), ("high", 1.5, 2.0))
_CAPTION = (
    "Low, 0.1 to 0.5: careful, repetitive. Balanced, 0.8 to 1.2. "
    "High, 1.5 to 2.0: inventive, may be nonsense."
)


def _temperature(
    name: str, symbol: str, label: str, default: float, words: str, **shown: object
) -> Slider:
    return Slider(
        name=name,
        symbol=symbol,
        label=label,
        group="sampling",
        low=0.1,
        high=2.0,
        minimum=0.01,
        maximum=100.0,
        default=default,
        step=0.05,
        zones=_ZONES,
        help=words,
        **shown,  # type: ignore[arg-type]  # the two that a control has
    )


DECLARATION = Declaration(
    name="text-sampler",
    title="A network writes",
    question="What would a network write, one character at a time?",
    groups={"model": "Model", "sampling": "Sampling", "writing": "Writing"},
    controls=(
        model_choice("model"),
        Text(
            name="seed_text",
            label="Seed text",
            group="model",
            default=SEED_TEXT,
            longest=200,
            help="The network reads this first and goes on from it. Empty: it starts on a new "
            "line.",
        ),
        _temperature("temperature", "T", "temperature", 0.8, _CAPTION, compact=True),
        Choice(
            name="method",
            label="Draw from",
            group="sampling",
            default="all",
            options=(
                Option("all", "all characters", "Each as often as its probability says."),
                Option(
                    "greedy",
                    "only the likeliest (greedy)",
                    "No chance, no temperature: always the largest score. It soon runs in circles.",
                ),
                Option(
                    "top-k",
                    "the k likeliest (top-k)",
                    "The others are cut off, and the rest scaled up to sum to 1.",
                ),
                Option(
                    "top-p",
                    "the likeliest that reach p (top-p)",
                    "As many as are needed to sum to p: few where the network is sure, many where "
                    "it is not.",
                ),
            ),
        ),
        Slider(
            name="top_k",
            symbol="k",
            label="how many stay",
            group="sampling",
            low=1,
            high=20,
            minimum=1,
            maximum=1_000_000,
            default=5,
            step=1,
            integer=True,
            shown_when={"method": ("top-k",)},
            help="1 is greedy.",
        ),
        Slider(
            name="top_p",
            symbol="p",
            label="sum that stays",
            group="sampling",
            low=0.05,
            high=1.0,
            minimum=0.001,
            maximum=1.0,
            default=0.9,
            step=0.05,
            shown_when={"method": ("top-p",)},
            help="At 1 all characters stay.",
        ),
        Toggle(
            name="compare",
            label="Compare two temperatures",
            group="sampling",
            default=False,
            help="A second text from the same seed text, state and random numbers.",
        ),
        _temperature(
            "temperature_2",
            "T_2",
            "second temperature",
            1.2,
            "The same network, bolder or more careful.",
            shown_when={"compare": (True,)},
        ),
        Choice(
            name="pace",
            label="Pace",
            group="writing",
            default="slow",
            options=(
                Option("slow", "as you read"),
                Option("full", "full speed"),
            ),
        ),
        Slider(
            name="length",
            label="Length",
            group="writing",
            low=100,
            high=MOST,
            minimum=1,
            maximum=MOST,
            default=300,
            step=100,
            integer=True,
            help="Where writing stops, in characters.",
        ),
        Slider(
            name="seed",
            label="Seed of the random numbers",
            group="writing",
            low=1,
            high=100,
            minimum=0,
            maximum=2**32 - 1,
            default=1,
            step=1,
            integer=True,
            more=True,
            help="The same seed, the same text. Sample takes the next one.",
        ),
        Slider(
            name="written",
            label="Characters written",
            group="time",
            low=0,
            high=MOST,
            minimum=0,
            maximum=MOST,
            default=300,
            step=1,
            integer=True,
        ),
        Slider(
            name="step",
            label="Place in the text",
            group="time",
            low=1,
            high=MOST,
            minimum=0,
            default=THE_END,
            step=1,
            integer=True,
        ),
    ),
    actions=(
        Action(
            name="sample",
            label="Sample",
            group="writing",
            primary=True,
            compact=True,
            help="Write a new text, until it is as long as set or you pause.",
        ),
        Action(
            name="step",
            label="Step",
            group="writing",
            compact=True,
            help="Draw one character more, and see how.",
        ),
        Action(name="clear", label="Clear", group="writing", help="Back to the seed text."),
    ),
    figures=(
        Figure(
            name="text",
            kind="text",
            title="What it writes",
            caption="Point at any character, or use the arrow keys: the chart shows what could "
            "have stood there.",
            compact=True,
        ),
        Figure(
            name="text_2",
            kind="text",
            title="The same at the second temperature",
            caption="Same seed text, same state, same random numbers.",
        ),
        Figure(
            name="choices",
            kind="choices",
            title="The ten likeliest next characters",
            caption="Score, score divided by the temperature, and the probability it was drawn "
            "with.",
            compact=True,
        ),
        Figure(
            name="strip",
            kind="heatmap",
            title="Hidden state",
            caption="The units that move most around the cursor, after each character was read.",
            compact=True,
        ),
        Figure(
            name="perplexity",
            kind="curves",
            title="Perplexity of the text so far",
            caption="Among how many equally likely characters the network itself, at temperature "
            "1, would hesitate.",
            more=True,
        ),
        Figure(
            name="units",
            kind="bars",
            title="All units at the cursor",
            caption="",
            more=True,
        ),
    ),
    presets=PRESETS,
    more="seed, perplexity, all units, how to use",
    how_to=(
        "Press Sample: the network writes, each character drawn from its own guess.",
        "Press Step: one character more, and the numbers that led to it.",
        "Point at any character: the chart shows the ten likeliest at that place.",
        "Drag the temperature: the text is written anew at once, with the same random numbers.",
        "Compare two temperatures, or keep only the likeliest characters.",
    ),
)
