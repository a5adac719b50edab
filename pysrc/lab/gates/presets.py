"""States of the laboratory worth starting from, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="trained",
        label="LSTM, as trained",
        values={},
        note="Follow the unit that keeps the letter: its input gate opens at the first letter, its "
        "forget gate stays open, until a question has been asked and a new letter comes.",
    ),
    Preset(
        name="forgets",
        label="LSTM that forgets",
        values={"forget": -3.0},
        note="The forget gates are pushed shut by 3. What was written leaks away before it is "
        "asked for.",
    ),
    Preset(
        name="clings",
        label="LSTM that cannot let go",
        values={"forget": 6.0, "scope": "one", "text": "abbac?cabb?", "step": 11},
        note="The forget gate of the one unit that keeps the letter is pushed open by 6. Look at "
        "the second question: it is answered with the first round’s letter.",
    ),
    Preset(
        name="deaf",
        label="LSTM that does not write",
        values={"input": -5.0, "row": 2},
        note="The input gates are pushed shut by 5. The first letter never gets in.",
    ),
    Preset(
        name="gru",
        label="GRU, as trained",
        values={"cell": "gru", "row": 3},
        note="One gate does both: where the update gate is near 1 the old is kept, where it is "
        "near 0 the new is written.",
    ),
    Preset(
        name="gru-forgets",
        label="GRU that forgets",
        values={"cell": "gru", "update": -5.0, "row": 3},
        note="The update gates are pushed by −5: at every step more of the old is replaced.",
    ),
)
