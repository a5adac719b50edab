"""What a reader can choose, before training and while it runs: each control once."""

from lab.kit.controls import Choice, Control, Document, Option, Slider, Text, Toggle
from lab.text_trainer.texts import CORPORA, ENCODINGS, OWN, UTF8

MOST_READ = 1_000_000_000
RATE, BATCH, WINDOW, READS = 0.008, 8, 32, 3_000_000


def _whole(name: str, **facts: object) -> Slider:
    return Slider(name=name, integer=True, step=1, **facts)  # type: ignore[arg-type]


TEXT: tuple[Control, ...] = (
    Choice(name="corpus", label="Text", group="text", default="moby-dick", options=CORPORA),
    Document(
        name="own_text",
        label="Your own text",
        group="text",
        longest=10_000_000,
        endings=(".txt", ".md", ".py", ".csv", ".json", ".html", ".tex"),
        shown_when={"corpus": (OWN,)},
        help="Up to 10 MB, in any language. It stays in this browser.",
    ),
    Choice(
        name="encoding",
        label="Encoding of your file",
        group="text",
        default=UTF8,
        options=ENCODINGS,
        more=True,
        shown_when={"corpus": (OWN,)},
        help="Counts for the next file you choose.",
    ),
    Toggle(
        name="code",
        label="It is Python code",
        group="text",
        default=False,
        more=True,
        help="Samples begin with “def ”, in colours, and Python’s parser judges 200 of them.",
    ),
)

NETWORK: tuple[Control, ...] = (
    Choice(
        name="cell",
        label="Cell",
        group="network",
        default="lstm",
        options=(
            Option("lstm", "LSTM", "Gates decide what is kept in a separate cell state."),
            Option("gru", "GRU", "Two gates and no separate cell state: fewer weights, faster."),
            Option("rnn", "plain RNN", "No gates: every step rewrites the whole memory."),
        ),
    ),
    _whole(
        "hidden",
        label="hidden units",
        group="network",
        low=16,
        high=512,
        minimum=1,
        maximum=2048,
        default=128,
        scale="log",
        help="How much it can remember. Twice as many take about four times as long.",
    ),
    _whole(
        "layers",
        label="layers",
        group="network",
        low=1,
        high=3,
        minimum=1,
        maximum=4,
        default=1,
        more=True,
        help="Each layer reads what the one below it remembers.",
    ),
    Slider(
        name="dropout",
        label="dropout between layers",
        group="network",
        low=0.0,
        high=0.8,
        minimum=0.0,
        maximum=0.95,
        default=0.0,
        step=0.05,
        more=True,
        shown_when={"layers": (2, 3, 4)},
        help="While learning, this share of what passes between layers is silenced at random.",
    ),
)

TRAINING: tuple[Control, ...] = (
    Slider(
        name="rate",
        symbol="η",
        label="learning rate",
        group="training",
        low=0.0001,
        high=0.1,
        minimum=1e-6,
        maximum=10.0,
        default=RATE,
        scale="log",
        help="How far each step goes. It may be changed while training runs.",
    ),
    _whole(
        "reads",
        label="characters to read",
        group="training",
        low=100_000,
        high=100_000_000,
        minimum=1_000,
        maximum=MOST_READ,
        default=READS,
        scale="log",
        help="When training ends. Of a short text every character is read many times.",
    ),
    Choice(
        name="schedule",
        label="Schedule of the learning rate",
        group="training",
        default="cosine",
        more=True,
        options=(
            Option("constant", "constant", "The same rate to the end."),
            Option("cosine", "cosine", "Half a cosine wave from the rate down to a hundredth."),
            Option("exponential", "exponential", "Multiplied by the same factor all the time."),
            Option("step", "steps", "Multiplied by the factor now and then."),
        ),
    ),
    Slider(
        name="decay",
        label="factor",
        group="training",
        low=0.1,
        high=1.0,
        minimum=0.001,
        maximum=1.0,
        default=0.5,
        step=0.05,
        more=True,
        shown_when={"schedule": ("exponential", "step")},
        help="What the rate is multiplied by, once in so many steps.",
    ),
    _whole(
        "decay_steps",
        label="steps until the factor has applied",
        group="training",
        low=100,
        high=10_000,
        minimum=1,
        maximum=10**9,
        default=2000,
        scale="log",
        more=True,
        shown_when={"schedule": ("exponential", "step")},
        help="A step is one batch.",
    ),
    _whole(
        "warm_up",
        label="steps of warm-up",
        group="training",
        low=0,
        high=1000,
        minimum=0,
        maximum=10**6,
        default=100,
        more=True,
        help="In these first steps the rate rises from almost nothing to its value.",
    ),
    _whole(
        "batch",
        label="texts read side by side (batch)",
        group="training",
        low=1,
        high=64,
        minimum=1,
        maximum=1024,
        default=BATCH,
        scale="log",
        more=True,
        help="The text is cut into so many streams. A larger batch takes fewer, surer steps.",
    ),
    _whole(
        "window",
        label="characters backpropagated through",
        group="training",
        low=8,
        high=256,
        minimum=1,
        maximum=1024,
        default=WINDOW,
        scale="log",
        more=True,
        help="How far back an error is traced. The memory itself is carried on from window to "
        "window.",
    ),
    Choice(
        name="clip",
        label="Clip the gradient",
        group="training",
        default="norm",
        more=True,
        options=(
            Option("norm", "by its norm", "Too long a gradient is shortened; its direction stays."),
            Option("value", "by value", "Each number is cut to the limit."),
            Option("none", "not at all", "One steep place may throw the weights far away."),
        ),
    ),
    Slider(
        name="clip_limit",
        label="limit",
        group="training",
        low=0.1,
        high=10.0,
        minimum=1e-6,
        maximum=1e6,
        default=5.0,
        scale="log",
        more=True,
        shown_when={"clip": ("norm", "value")},
        help="What the gradient, or each of its numbers, is clipped to.",
    ),
    _whole(
        "seed",
        label="seed of the random numbers",
        group="training",
        low=1,
        high=100,
        minimum=0,
        maximum=2**32 - 1,
        default=1,
        more=True,
        help="Of the first weights, of dropout and of the samples.",
    ),
)

WRITING: tuple[Control, ...] = (
    Slider(
        name="temperature",
        symbol="T",
        label="temperature",
        group="writing",
        low=0.1,
        high=2.0,
        minimum=0.01,
        maximum=100.0,
        default=0.6,
        step=0.05,
        help="Low: careful. High: inventive.",
    ),
    Text(
        name="start",
        label="Samples begin with",
        group="writing",
        default="",
        longest=200,
        more=True,
        help="Empty: a new line, or “def ” for Python.",
    ),
)

FILES: tuple[Control, ...] = (
    Document(
        name="model_file",
        label="Go on from a file",
        group="file",
        longest=100_000_000,
        typed=False,
        endings=(".safetensors",),
        help="A model saved here or by the command line.",
    ),
)

CONTROLS = (*TEXT, *NETWORK, *TRAINING, *WRITING, *FILES)
# A change of these is another run; of the others, the same one goes on.
OF_THE_NETWORK = frozenset({"cell", "hidden", "layers", "dropout"})
OF_THE_RUN = OF_THE_NETWORK | {"corpus", "batch", "window", "seed"}
OF_THE_WRITING = frozenset({"temperature", "start", "code"})
ON_THE_WAY = frozenset(
    {"rate", "reads", "schedule", "decay", "decay_steps", "warm_up", "clip", "clip_limit"}
)
