"""Lines worth reading, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="prose",
        label="A sentence",
        values={"line": "He returned to the deck for a while, and said nothing."},
        note="A line of English. After how many characters is the network sure?",
    ),
    Preset(
        name="code",
        label="A line of Python",
        values={"line": "return [whale for whale in sea if whale.colour == 'white']"},
        note="It begins with an English word. Does the network ever take it for English?",
    ),
    Preset(
        name="turns",
        label="A change of mind",
        values={"line": "while the captain slept: print(self.deck)"},
        note="Half of a sentence, half of a statement: the memory must be overruled.",
    ),
    Preset(
        name="words",
        label="Code in plain words",
        values={"line": "raise not the sail and return the boat"},
        note="Keywords of Python in a sentence. Does it read the words, or only the signs?",
    ),
    Preset(
        name="comment",
        label="A comment",
        values={"line": "# Call me Ishmael. Some years ago, never mind how long"},
        note="It never saw a comment: they were taken out of the code it learned from. One sign at "
        "the beginning, and English after it.",
    ),
)
