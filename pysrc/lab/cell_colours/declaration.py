"""Everything a reader can move, press and see while colouring a text by one unit, as one table."""

from lab.cell_colours.presets import PRESETS
from lab.cell_colours.tracking import NAMES
from lab.kit.controls import Choice, Option, Slider, Text
from lab.kit.declaration import Action, Declaration, Figure
from lab.kit.text.models import model_choice

MOST = 2000  # characters of the reader's own text
SAMPLED = 500  # characters of a text that the network writes
OWN_TEXT = (
    '"Where is the whale?" cried the captain, and nobody answered him. The sea was very still. '
    '"I have seen it," said the boy at last, "a white one, and longer than the ship," and he '
    "looked away over the water. Then the men began to sing."
)

DECLARATION = Declaration(
    name="cell-colours",
    title="What one unit sees",
    question="What does one unit mean?",
    groups={"text": "Text", "unit": "Unit"},
    controls=(
        model_choice("text"),
        Choice(
            name="source",
            label="Text",
            group="text",
            default="sampled",
            options=(
                Option("sampled", "written by the network", "Temperature and seed are under More."),
                Option("own", "my own", "The network reads it character by character."),
            ),
        ),
        Text(
            name="own_text",
            label="Your text",
            group="text",
            default=OWN_TEXT,
            longest=MOST,
            lines=6,
            shown_when={"source": ("own",)},
            help=f"Up to {MOST:,} characters. Read when you paste, leave the field or press Ctrl "
            "and Enter. It stays in this page.",
        ),
        Choice(
            name="track",
            label="What to look for",
            group="unit",
            default="spaces",
            compact=True,
            options=(
                Option("quotes", NAMES["quotes"], "Between double quotes, straight or curly."),
                Option("brackets", NAMES["brackets"], "Between ( ), [ ] or { }, however deep."),
                Option("line", NAMES["line"], "How many characters of the line were read."),
                Option("spaces", NAMES["spaces"], "The character just read is a space."),
                Option("capitals", NAMES["capitals"], "The character just read is a capital."),
            ),
        ),
        Slider(
            name="unit",
            label="Unit",
            group="unit",
            low=1,
            high=200,
            minimum=0,
            default=0,
            step=1,
            integer=True,
            help="0 is the unit that best tracks what you look for.",
        ),
        Slider(
            name="temperature",
            symbol="T",
            label="temperature",
            group="text",
            low=0.1,
            high=2.0,
            minimum=0.01,
            maximum=100.0,
            default=0.7,
            step=0.05,
            more=True,
            shown_when={"source": ("sampled",)},
            help="Of the text that the network writes.",
        ),
        Slider(
            name="seed",
            label="Seed of the random numbers",
            group="text",
            low=1,
            high=100,
            minimum=0,
            maximum=2**32 - 1,
            default=1,
            step=1,
            integer=True,
            more=True,
            shown_when={"source": ("sampled",)},
            help="The same seed, the same text. Sample takes the next one.",
        ),
        Slider(
            name="step",
            label="Place in the text",
            group="time",
            low=1,
            high=MOST,
            minimum=0,
            default=1,
            step=1,
            integer=True,
        ),
    ),
    actions=(
        Action(
            name="sample",
            label="Sample",
            group="text",
            primary=True,
            compact=True,
            help="Let the network write another text.",
        ),
        Action(
            name="best",
            label="Best unit",
            group="unit",
            compact=True,
            help="The unit that best tracks what you look for.",
        ),
        Action(
            name="next_best",
            label="Next best",
            group="unit",
            compact=True,
            help="The unit after this one in the ranking.",
        ),
    ),
    figures=(
        Figure(
            name="text",
            kind="text",
            title="The text, coloured by one unit",
            caption="Blue is positive, red negative: the unit right after it read the character.",
            compact=True,
        ),
        Figure(
            name="ranking",
            kind="bars",
            title="The ten units that track it best",
            caption="Correlation with what you look for, over this text; computed live.",
            compact=True,
        ),
        Figure(
            name="heatmap",
            kind="heatmap",
            title="The same units over the text",
            caption="On top what you look for, below the chosen unit and the ranking.",
        ),
    ),
    presets=PRESETS,
    more="temperature and seed of the text, how to use",
    how_to=(
        "Choose what to look for: the unit that tracks it best colours the text.",
        "Press Next best, or drag the slider, to see other units.",
        "Point at a character, or use the arrow keys: both figures share the place.",
        "Take your own text, with a quotation or a bracket in it.",
    ),
)
