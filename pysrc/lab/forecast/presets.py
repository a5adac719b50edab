"""Series worth forecasting, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="carbon-dioxide",
        label="Carbon dioxide",
        values={"series": "carbon-dioxide"},
        note="Up every winter, down every summer, and higher every year. A network can learn the "
        "wave. Press Walk forward.",
    ),
    Preset(
        name="daily",
        label="Tomorrow’s temperature",
        values={"series": "daily"},
        note="The highest temperature of each day at Seattle. Tomorrow will be much as today: how "
        "much is left for a network to know?",
    ),
    Preset(
        name="weekly",
        label="Next week’s temperature",
        values={"series": "weekly"},
        note="The same measurements, averaged over weeks: only 208 of them. Is that enough to "
        "learn from?",
    ),
    Preset(
        name="own",
        label="Your own numbers",
        values={"series": "own"},
        note="Paste a column of a table. There is a wave of 12, with a pattern on it.",
    ),
)
