"""JSON that says the same thing to every reader: nothing twice, nothing deep, whole numbers only.

Python's own parser takes the last of two equal names, numbers of any length, NaN, and as many
brackets as its stack holds. A header that came from a stranger gets none of that.
"""

import json
import re
from typing import Any, NoReturn

MOST_DIGITS = 15
"""The longest number: far beyond the size of any file, far below a costly integer."""

# Brackets, and strings as wholes, so that a bracket in a string is not counted. A string without
# an end reaches to the end of the text: trying again at each of its quotes would take for ever.
BRACKET_OR_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
"""One bracket, or one whole string."""


def parse(text: str, deepest: int) -> Any:
    """Return the value that `text` says, nested at most `deepest` deep.

    Raises:
        ValueError: for anything that is not JSON, and for what this module's first lines refuse.
    """
    refuse_depth(text, deepest)
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_duplicates,
            parse_int=_integer,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON at character {error.pos:,}") from error


def refuse_depth(text: str, deepest: int) -> None:
    """Raise ValueError beyond `deepest`, before parsing: many brackets would exhaust the stack."""
    depth = 0
    for found in BRACKET_OR_STRING.finditer(text):
        first = text[found.start()]
        depth += (first in "[{") - (first in "]}")
        if depth > deepest:
            raise ValueError(f"it is nested more than {deepest} deep")


def brief(value: object) -> str:
    """A value as Python writes it, at most 60 characters: for a sentence that refuses it."""
    words = ascii(value)
    return words if len(words) <= 60 else f"{words[:57]}..."


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise ValueError(f"it names {brief(name)} twice")
        made[name] = value
    return made


def _integer(digits: str) -> int:
    return int(digits) if len(digits.lstrip("-")) <= MOST_DIGITS else _refuse_number(digits)


def _refuse_number(digits: str) -> NoReturn:
    raise ValueError(
        f"its numbers must be whole, with at most {MOST_DIGITS} digits; got {digits[:40]}"
    )
