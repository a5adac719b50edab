"""A refusal names the value and the rule. One place says how."""

import math


def whole_number(name: str, value: object, low: int, high: int) -> int:
    """Return `value` if it is an int in [low, high]; otherwise raise ValueError."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"{name} must be a whole number from {low:,} to {high:,}; got {value!r}")
    return value


def real_number(
    name: str, value: object, low: float, high: float, *, above_low: bool = False
) -> float:
    """Return `value` as a float if it is finite and in [low, high]; otherwise raise ValueError.

    With `above_low` the low end itself is refused.
    """
    rule = f"above {low:g} and at most {high:g}" if above_low else f"from {low:g} to {high:g}"
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name} must be a number {rule}; got {value!r}")
    if not low <= value <= high or (above_low and value == low):
        raise ValueError(f"{name} must be {rule}; got {value!r}")
    return float(value)


def one_of(name: str, value: object, allowed: tuple[str, ...]) -> str:
    """Return `value` if it is one of `allowed`; otherwise raise ValueError listing them."""
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}; got {value!r}")
    return value
