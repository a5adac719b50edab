"""Judge one value: its type, its shape, its numbers; and say which slip a wrong number looks like.

A slip is a sentence and the value one gets by making that mistake. When a wrong value is the one of
a slip, the reader is told the sentence.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lab.exercises.kit.reader import Wrong

Numbers = NDArray[np.float64]


def close(got: Any, right: Any) -> bool:
    """True if two values agree, but for rounding."""
    return np.shape(got) == np.shape(right) and bool(
        np.allclose(got, right, rtol=1e-7, atol=1e-10, equal_nan=True)
    )


def parts(result: object, names: tuple[str, ...], function: str) -> tuple[Any, ...]:
    """Take apart what must be several values; raise Wrong if it is not that many."""
    wanted = " and ".join(f"`{name}`" for name in names)
    if not isinstance(result, tuple | list) or len(result) != len(names):
        got = f"{len(result)} values" if isinstance(result, tuple | list) else _kind(result)
        raise Wrong(
            f"`{function}` must return {len(names)} values, {wanted}, as in "
            f"`return {', '.join(names)}`; it returned {got}."
        )
    return tuple(result)


def by_name(result: object, names: Iterable[str], function: str) -> dict[str, Any]:
    """Take what must be a dictionary of these names; raise Wrong if it is not."""
    names = list(names)
    if not isinstance(result, dict):
        raise Wrong(
            f"`{function}` must return a dictionary with {', '.join(names)}; it returned "
            f"{_kind(result)}."
        )
    missing = [name for name in names if name not in result]
    if missing:
        raise Wrong(f"The dictionary that `{function}` returned lacks {', '.join(missing)}.")
    return result


def number(value: object, what: str) -> float:
    """Take what must be a single number; raise Wrong if it is none, or not finite."""
    if value is None or value is Ellipsis:
        raise Wrong(f"`{what}` is still {'None' if value is None else '`...`'}.")
    if isinstance(value, bool | str | complex) or not np.isscalar(value):
        if isinstance(value, np.ndarray) and value.shape == () and value.dtype.kind in "fiu":
            return _finite(float(value), what)
        raise Wrong(f"`{what}` must be a single number; it is {_kind(value)}.")
    try:
        return _finite(float(value), what)  # type: ignore[arg-type]  # a scalar that is no text
    except OverflowError:  # a whole number may have any size
        return _finite(float("inf"), what)


def array(value: object, shape: tuple[int, ...], what: str, axes: str) -> Numbers:
    """Take what must be finite numbers of this shape; raise Wrong if they are not.

    `axes` names the axes for the reader, as in "(time, hidden)".
    """
    wanted = f"an array of shape {_shape(shape)}, {axes}"
    if value is None or value is Ellipsis:
        raise Wrong(f"`{what}` is still {'None' if value is None else '`...`'}.")
    try:
        got = np.asarray(value)
    except Exception:  # noqa: BLE001 - a stranger's object may do anything
        got = np.asarray(None)
    if got.dtype.kind not in "fiub":
        raise Wrong(f"`{what}` must be {wanted}; it is {_kind(value)}.")
    if got.dtype.kind == "b":
        raise Wrong(f"`{what}` holds True and False. A network multiplies: use 1.0 and 0.0.")
    if got.shape != shape:
        turned = ""
        if len(shape) > 1 and got.shape == shape[::-1]:
            turned = " It is transposed."
        raise Wrong(f"`{what}` has the shape {_shape(got.shape)}; it must be {wanted}.{turned}")
    numbers = got.astype(np.float64)
    if not np.isfinite(numbers).all():
        at = np.argwhere(~np.isfinite(numbers))[0]
        raise Wrong(
            f"`{what}{_place(at)}` is {spelled(float(numbers[tuple(at)]))}. Something overflowed, "
            "was divided by zero, or is the logarithm of zero."
        )
    return numbers


def same(what: str, got: Any, right: Any, slips: Mapping[str, Any] | None = None) -> None:
    """Raise Wrong unless the values agree: where they differ most, and which slip it looks like."""
    if close(got, right):
        return
    got, right = np.asarray(got, np.float64), np.asarray(right, np.float64)
    at = np.unravel_index(int(np.argmax(np.abs(got - right))), right.shape)
    place = _place(at) if right.shape else ""
    finding = f"`{what}{place}` is {spelled(got[at])}; it should be {spelled(right[at])}."
    if right.size > 1 and not got.any():
        finding = f"`{what}` is all zeros; `{what}{place}` should be {spelled(right[at])}."
    for sentence, slip in (slips or {}).items():
        if close(got, slip):
            raise Wrong(finding, sentence)
    raise Wrong(finding)


def same_by_name(
    what: str,
    got: Mapping[str, Numbers],
    right: Mapping[str, Any],
    slips: Mapping[str, Mapping[str, Any]],
) -> None:
    """Judge several arrays together, for a slip may leave some of them right."""
    wrong = [name for name in right if not close(got[name], right[name])]
    alike = (
        sentence
        for sentence, slip in slips.items()
        if all(close(got[name], slip[name]) for name in right)
    )
    if wrong:
        sentence = next(alike, "")
        same(f'{what}["{wrong[0]}"]', got[wrong[0]], right[wrong[0]],
             {sentence: got[wrong[0]]} if sentence else None)  # fmt: skip


def spelled(value: float) -> str:
    """A number as the reader sees it: at most five digits, a true minus sign."""
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "infinite"
    return f"{value:.5g}".replace("-", "−")


def _finite(value: float, what: str) -> float:
    if not np.isfinite(value):
        raise Wrong(
            f"`{what}` is {spelled(value)}. Something overflowed, was divided by zero, or is the "
            "logarithm of zero."
        )
    return value


def _place(at: Iterable[Any]) -> str:
    return f"[{', '.join(str(int(index)) for index in at)}]"


def _shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _kind(value: object) -> str:
    if value is None:
        return "nothing (None)"
    if isinstance(value, np.ndarray):
        return f"an array of shape {_shape(value.shape)}"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
