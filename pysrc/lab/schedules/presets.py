"""States of the race worth starting from, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="race",
        label="Four schedules",
        values={},
        note="Press Race. All four begin alike, from the same weights, and read the same batches. "
        "Which of them comes nearest to the dashed line?",
    ),
    Preset(
        name="too-high",
        label="Too high",
        values={"rate": 1.0},
        note="A rate that no network survives unharmed. A schedule that falls can still save "
        "something; a constant rate cannot.",
    ),
    Preset(
        name="too-low",
        label="Too low",
        values={"rate": 0.0005},
        note="Nothing is wrong here but the time it takes. Letting so small a rate fall even "
        "further only makes it worse.",
    ),
    Preset(
        name="warm-up",
        label="Warm-up",
        values={"compare": "warm_up", "rate": 0.5, "schedule": "cosine"},
        note="A high rate, at once and after a rise over 50 updates. The first steps of a fresh "
        "network are its most dangerous ones.",
    ),
    Preset(
        name="batches",
        label="Batch sizes",
        values={"compare": "batch", "rate": 0.1, "schedule": "constant"},
        note="The same rate, the same number of updates, more examples in each. Press Race, then "
        "Measure: the spread of the gradient falls with the root of the batch size.",
    ),
)
