"""States of the sampler worth starting from, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="balanced",
        label="Balanced",
        values={},
        note="No rule about words or spelling was given: the network only ever guesses the next "
        "character. Press Sample and watch it write.",
    ),
    Preset(
        name="careful",
        label="Careful",
        values={"temperature": 0.3},
        note="Temperature 0.3: the likeliest character nearly always wins. Safe spelling, and "
        "soon the same phrases again.",
    ),
    Preset(
        name="wild",
        label="Wild",
        values={"temperature": 1.6},
        note="Temperature 1.6: unlikely characters get their chance, and one odd letter leads "
        "to the next.",
    ),
    Preset(
        name="side-by-side",
        label="Side by side",
        values={"compare": True, "temperature": 0.5, "temperature_2": 1.2},
        note="One seed text, one state, the same random numbers: only the temperature differs. "
        "Find the first character where the two texts part.",
    ),
    Preset(
        name="code",
        label="Python code",
        values={"model": "python-lstm", "temperature": 0.5},
        note="The same network, fed Python instead of a novel. Look at the indentation and at "
        "what follows a colon.",
    ),
    Preset(
        name="names",
        label="First names",
        values={"model": "first-names-lstm"},
        note="One name on each line. Most of them were in no list; few of them could not be.",
    ),
)
