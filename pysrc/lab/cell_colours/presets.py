"""States of the laboratory worth starting from, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="spaces",
        label="Spaces",
        values={"track": "spaces"},
        note="Blue is positive, red negative. How well does the best unit tell that a word has "
        "just ended?",
    ),
    Preset(
        name="line",
        label="Position in line",
        values={"track": "line"},
        note="Nobody told the network how long a line is. Look for a unit that fades from one "
        "end of the line to the other.",
    ),
    Preset(
        name="quotes",
        label="Inside quotes",
        values={"track": "quotes", "source": "own"},
        note="A quotation is opened and, much later, must be closed. Which unit remembers?",
    ),
    Preset(
        name="capitals",
        label="Capitals",
        values={"track": "capitals"},
        note="After a full stop and in names. Does one unit know, or several a little?",
    ),
    Preset(
        name="brackets",
        label="Brackets in Python",
        values={"model": "python-lstm", "track": "brackets", "temperature": 0.5},
        note="In code a bracket is a promise. The ranking shows which units keep it.",
    ),
)
