"""What of a reader's numbers can be drawn, and words for the rest: NaN, infinity, 0 on log axes."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lab.kit.words import number

Array = NDArray[np.float64]
MOST_NAMED = 3  # places of what was left out; of more, only the first is named


def numbers(name: str, values: Any, axes: int) -> Array:
    """Take what must be numbers with so many axes; raise ValueError with the value and the rule."""
    try:
        array = np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name}: only numbers can be drawn; got {short(values)}") from None
    if array.ndim != axes or array.size == 0:
        wanted = "a list of numbers" if axes == 1 else "an array with two axes"
        got = f"shape {array.shape}" if array.size else short(values)
        raise ValueError(f"{name} must be {wanted}, not empty; got {got}")
    return array


def drawable(values: Array, *, log: bool = False) -> Array:
    """The values that have a place in a figure; NaN where the others are."""
    fits = np.isfinite(values) & ((values > 0) | (not log))
    return np.where(fits, values, np.nan)


def refuse_if_none(drawn: Iterable[Array], name: str, values: Any, *, log: bool = False) -> None:
    """Raise ValueError where nothing is left to draw."""
    if not any(np.isfinite(line).any() for line in drawn):
        rule = "at least one finite number" + (" above 0, for a log scale" if log else "")
        raise ValueError(f"{name} must hold {rule}; got {short(values)}")


def left_out(what: str, values: Array, drawn: Array, places: Sequence[str]) -> str:
    """Words for the values that are not drawn: `loss at step 2 (not a number)`; "" if all are."""
    gone = np.flatnonzero(np.isnan(drawn))
    if gone.size == 0:
        return ""
    told = [f"{places[at]} ({number(float(values[at]))})" for at in gone[:MOST_NAMED]]
    if gone.size <= MOST_NAMED:
        return f"{what}{', '.join(told)}"
    return f"{what}{gone.size:,} of {values.size:,} places, the first {told[0]}"


def sentence(parts: Iterable[str], *, log: bool = False) -> str:
    """All that was left out, after a summary; "" for nothing."""
    gone = "; ".join(part for part in parts if part)
    if not gone:
        return ""
    why = "only finite numbers above 0 have a place" if log else "only finite numbers can be drawn"
    return f" Left out, since {why}: {gone}."


def short(values: Any) -> str:
    """The value as Python spells it, on one line, cut where it is long."""
    spelled = " ".join(repr(values).split())
    return spelled if len(spelled) <= 60 else f"{spelled[:60]}…"
