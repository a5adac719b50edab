"""The whole trainer as one table: controls, buttons, figures, where to start."""

from lab.kit.declaration import Action, Declaration, Figure
from lab.text_trainer.controls import CONTROLS
from lab.text_trainer.presets import PRESETS

ACTIONS = (
    Action(
        name="train",
        label="Train",
        group="training",
        primary=True,
        compact=True,
        help="Learn until as many characters are read as set, or you pause.",
    ),
    Action(
        name="restart",
        label="Start over",
        group="training",
        help="New weights, from the seed. What was learned is set aside.",
    ),
    Action(
        name="bring_back",
        label="Bring back the run before",
        group="training",
        help="The run that was set aside takes its place again.",
    ),
    Action(
        name="sample",
        label="Write a sample",
        group="writing",
        help="Let the network write now, with the weights it has.",
    ),
    Action(
        name="save",
        label="Save the model",
        group="file",
        help="A safetensors file with the model and all that its training needs to go on.",
    ),
    Action(
        name="script",
        label="Copy as a Python script",
        group="file",
        help="One file for Python with NumPy: it holds the weights, writes, and goes on training.",
    ),
    Action(
        name="torch",
        label="Export for PyTorch",
        group="file",
        help="A safetensors file with PyTorch’s names, for torch.nn.RNN, GRU or LSTM.",
    ),
    Action(
        name="calm",
        label="Go on with a tenth of the learning rate",
        group="problem",
        help="From the last good weights.",
    ),
)

FIGURES = (
    Figure(
        name="losses",
        kind="curves",
        title="Loss",
        caption="Bits per character: on what it reads, and on the last tenth of the text, which it "
        "never learns from.",
        compact=True,
    ),
    Figure(
        name="samples",
        kind="samples",
        title="What it writes",
        caption="Samples on its way, the newest on top.",
        compact=True,
    ),
    Figure(
        name="code",
        kind="curves",
        title="Is it Python?",
        caption="200 samples of 400 characters, each from “def ”, cut at the last complete block "
        "at the left edge.",
    ),
    Figure(
        name="gradient",
        kind="curves",
        title="Norm of the gradient",
        caption="The length of the gradient before it is clipped, on a log scale.",
        more=True,
    ),
    Figure(
        name="rate",
        kind="curves",
        title="Learning rate",
        caption="The schedule over the whole run.",
        more=True,
    ),
)

DECLARATION = Declaration(
    name="text-trainer",
    title="A network learns a text",
    question="How does a network learn to write, and what can it learn from your text?",
    groups={
        "text": "Text",
        "network": "Network",
        "training": "Training",
        "writing": "Samples",
        "file": "Keep and go on",
    },
    controls=CONTROLS,
    actions=ACTIONS,
    figures=FIGURES,
    presets=PRESETS,
    more="layers, batch, schedule, clipping, seed, gradient, how to use",
    how_to=(
        "Choose a text, or “your own text” and paste or drop one.",
        "Press Train: the loss falls, and every few seconds the network writes a sample.",
        "Change the learning rate while it runs.",
        "Change the text or the network: that is another run, and the one before is set aside.",
        "Leave the page or reload it: the run is kept in this browser.",
        "Save the model, copy it as a script, or take it to PyTorch.",
    ),
)
