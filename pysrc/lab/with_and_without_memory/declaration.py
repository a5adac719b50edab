"""Everything a reader can set, press and see in the laboratory of memory and no memory."""

from lab.kit.controls import Slider, whole_slider
from lab.kit.declaration import Action, Declaration, Figure, Preset

MOST = 20
ROWS = ("values 1", "values 2", "recurrent 1", "recurrent 2", "window 1", "window 2")


DECLARATION = Declaration(
    name="with-and-without-memory",
    title="With and without memory",
    question="Same value now, another past: which answer changes?",
    groups={"past": "The past of history 2", "networks": "The networks"},
    controls=(
        whole_slider(
            "position",
            "Value to move",
            "past",
            1,
            MOST,
            default=2,
            help="Which value of history 2 differs from history 1, counted from the first.",
        ),
        Slider(
            name="value",
            label="Its new value",
            group="past",
            low=-1.0,
            high=1.0,
            minimum=-1e6,
            maximum=1e6,
            default=-0.7,
            step=0.1,
            help="What stands there in history 2.",
        ),
        whole_slider(
            "window",
            "Window",
            "networks",
            1,
            MOST,
            default=4,
            help="How many values the feed-forward network sees at once. Each needs a weight.",
        ),
        whole_slider(
            "length",
            "Length of the sequence",
            "networks",
            4,
            MOST,
            default=10,
            help="The recurrent unit reads any length with the same weights.",
        ),
        Slider(
            name="seed",
            label="Seed",
            group="networks",
            low=1,
            high=100,
            minimum=0,
            maximum=2**32 - 1,
            default=23,
            step=1,
            integer=True,
            more=True,
            help="Draws the values of history 1.",
        ),
        whole_slider("step", "Step", "scrub", 1, MOST, default=MOST, help="After which value."),
        whole_slider("row", "Row of the chosen cell", "time", 1, len(ROWS), default=4),
    ),
    actions=(
        Action(name="first_step", label="Reset", group="time", help="Back to the first value."),
        Action(name="step_back", label="Step back", group="time"),
        Action(name="step_forward", label="Step forward", group="time"),
        Action(
            name="redraw",
            label="Other values",
            group="past",
            help="Draw history 1 from the next seed.",
        ),
    ),
    figures=(
        Figure(
            name="histories",
            kind="heatmap",
            title="Two histories, two networks",
            caption="Asked for: the sum so far.",
        ),
        Figure(
            name="changes",
            kind="bars",
            title="What the moved value changes",
            caption="The answer to history 2 minus the answer to history 1, at each step.",
        ),
    ),
    presets=(
        Preset(
            name="early",
            label="An early value",
            values={},
            note="Both histories end alike and differ in one early value. The window never sees it "
            "at the end; the recurrent unit has it in its memory.",
        ),
        Preset(
            name="recent",
            label="A recent value",
            values={"position": 8},
            note="A value within the last four: now both answers change.",
        ),
        Preset(
            name="wide",
            label="A window as wide as the sequence",
            values={"window": 10},
            note="A window can see the early value, at the price of one weight for each value.",
        ),
        Preset(
            name="longer",
            label="A longer sequence",
            values={"window": 10, "length": 20},
            note="The sequence grew and the wide window is blind again. The recurrent unit did not "
            "change.",
        ),
    ),
    more="seed, how to use",
    how_to=(
        "Drag the new value and see which answers move with it.",
        "Point at a cell: below the figure stands how it was computed.",
        "The frame shows what the window sees at the step; move the step and it moves along.",
        "Widen the window until it sees the moved value, and count its weights.",
    ),
)
