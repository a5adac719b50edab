"""A refusal names the value and the rule. One place says how."""

import math
from numbers import Integral, Real


def whole_number(name: str, value: object, low: int, high: int) -> int:
    """Return `value` as an int if it is a whole number, also one of NumPy's, in [low, high].

    Otherwise raise ValueError. True and False are no numbers here.
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or not low <= int(value) <= high:
        raise ValueError(
            f"{name} must be a whole number from {low:,} to {high:,}; got {_told(value)}"
        )
    return int(value)


def real_number(
    name: str, value: object, low: float, high: float, *, above_low: bool = False
) -> float:
    """Return `value` as a float if it is a finite number, also one of NumPy's, in [low, high].

    Otherwise raise ValueError. With `above_low` the low end itself is refused.
    """
    rule = f"above {low:g} and at most {high:g}" if above_low else f"from {low:g} to {high:g}"
    number = _float(value)
    if number is None:
        raise ValueError(f"{name} must be a number {rule}; got {_told(value)}")
    if not low <= number <= high or (above_low and number == low):
        raise ValueError(f"{name} must be {rule}; got {_told(value)}")
    return number


def one_of(name: str, value: object, allowed: tuple[str, ...]) -> str:
    """Return `value` if it is one of `allowed`; otherwise raise ValueError listing them."""
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}; got {_told(value)}")
    return value


def plain(number: object) -> float:
    """A number as JSON can hold it: one of NumPy's becomes Python's own int or float.

    Raises ValueError for what is no finite number.
    """
    if isinstance(number, Integral):
        return int(number)
    return real_number("number", number, -math.inf, math.inf)


def _float(value: object) -> float | None:
    """None for what is not a finite number."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    try:
        number = float(value)
    except OverflowError:  # 10**400
        return None
    return number if math.isfinite(number) else None


def _told(value: object) -> str:
    """The value as Python writes it, if that is not too long to be read."""
    try:
        words = repr(value)
    except ValueError:  # Python refuses to write out a number of thousands of digits
        return "a number of thousands of digits"
    return words if len(words) <= 200 else f"{words[:197]}..."
