"""Numbers as the book writes them: three significant digits and a true minus sign."""

import math
import sys

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_HAIR = 1.0 + 2.0**-50  # so that 1.125 and 1.005 round up here and in JavaScript


def number(value: float) -> str:
    """Write a number: 0.521, −12.3, 1,235, 1.2×10⁻⁷. The views' `formatNumber` gives the same."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "∞" if value > 0 else "−∞"
    if value == 0.0:
        return "0"
    size = min(abs(float(value)) * _HAIR, sys.float_info.max)
    mantissa, exponent = f"{size:.2e}".split("e")
    if size < 1e-3 or size >= 999_999.5:
        text = f"{mantissa}×10{str(int(exponent)).translate(_SUPERSCRIPTS)}"
    else:
        text = f"{size:,.{max(2 - int(exponent), 0)}f}"
    return f"−{text}" if value < 0 else text


def exactly(value: float) -> str:
    """A number that was set, as it was set: 0.8, 1.25, 100. None of its digits is measured."""
    return f"{value:.12g}".replace("-", "−", 1) if abs(value) >= 1e-4 else number(value)
