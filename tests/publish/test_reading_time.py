"""Reading time: prose counts, formulas a little, code and laboratories not at all."""

import pytest

from publish.chapters import chapters, sections
from publish.reading_time import minutes

PROSE = "word " * 400


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        (PROSE, 2),
        (f"{PROSE}\n\n```lab scalar-rnn\n{PROSE}\n```\n", 2),
        (f"{PROSE}\n\n````markdown\n```lab x\n```\n{PROSE}\n````\n", 2),
        (f'[{PROSE}](#scalar-rnn){{ data-set="w_h=1.2" }}<span class="{PROSE}"></span>', 2),
        ("$h_t = f(a)$ " * 120, 3),
    ],
)
def test_minutes_of_a_text(text: str, expected: int) -> None:
    assert minutes(text) == expected


def test_chapters_are_what_stands_in_no_group() -> None:
    listed = list(chapters())
    assert listed[:2] == ["sequences.md", "one-unit.md"]
    assert "index.md" not in listed
    assert "architecture.md" not in listed
    assert sections()["About"]["architecture.md"] == "Architecture"
