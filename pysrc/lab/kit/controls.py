"""A control is declared once: its name, its range, its default, and what it accepts.

A slider's range bounds its thumb only. The number field, a link and training may hold any finite
value, unless the control states a hard limit (`minimum`, `maximum`).
"""

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)


class ControlError(ValueError):
    """A value a control does not accept.

    The message begins with the control's name, so that a page can show it there, and gives the
    value and the rule.
    """


@dataclass(frozen=True, kw_only=True)
class Control:
    """What every control has.

    `group` is one of the declaration's groups, or "scrub" (drawn below the sequence's buttons), or
    "time" (not drawn: figures and addresses set it). `more` hides it until the reader asks for
    more; `compact` shows it in the compact layout too.
    """

    name: str
    label: str
    group: str
    help: str = ""
    default: Any
    more: bool = False
    compact: bool = False
    shown_when: Mapping[str, tuple[object, ...]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The word by which a view knows how to draw this control."""
        return type(self).__name__.lower()

    def describe(self) -> dict[str, Any]:
        """Plain data for a view."""
        return {"kind": self.kind, **asdict(self)}

    def accept(self, value: object) -> Any:
        """Return the value as the lab stores it, or raise ControlError."""
        raise ControlError(f"{self.name}: this control takes no value; got {value!r}")


@dataclass(frozen=True, kw_only=True)
class Slider(Control):
    """A number. `step` is the thumb's; `scale` is "linear" or "log".

    `zones` are named stretches of the track, (name, from, to); its help then stands below them.
    `watched_in` is the figure that follows the hand before all others, where it is shown; else and
    if empty, the lab's first.
    `foreseen`: its lab can tell what a value would show before it is set (`registry.Foresees`),
    whatever other values are set on the way there; the scale is linear then, and every place on the
    track a multiple of `step` from its low end.
    """

    low: float
    high: float
    step: float = 0.01
    scale: str = "linear"
    integer: bool = False
    symbol: str = ""
    watched_in: str = ""
    foreseen: bool = False
    zones: tuple[tuple[str, float, float], ...] = ()
    minimum: float | None = None
    maximum: float | None = None

    def accept(self, value: object) -> float | int:
        """Accept a finite number, or a string that reads as one, within the hard limits."""
        number = self._number(value)
        below = self.minimum is not None and number < self.minimum
        above = self.maximum is not None and number > self.maximum
        if below or above:
            raise ControlError(f"{self.name} must be {self._limits()}; got {number:.15g}")
        return int(number) if self.integer else number

    def _number(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ControlError(f"{self.name} must be a number; got {value!r}")
        try:
            number = float(_plain(value) if isinstance(value, str) else value)
        except (ValueError, OverflowError):
            raise ControlError(f"{self.name} must be a number; got {value!r}") from None
        if not math.isfinite(number):
            raise ControlError(f"{self.name} must be finite; got {value!r}")
        if self.integer and number != int(number):
            raise ControlError(f"{self.name} must be a whole number; got {number:.15g}")
        return number

    def _limits(self) -> str:
        if self.minimum is None:
            return f"at most {self.maximum:.15g}"
        if self.maximum is None:
            return f"at least {self.minimum:.15g}"
        return f"in [{self.minimum:.15g}, {self.maximum:.15g}]"


def _plain(text: str) -> str:
    """Without the commas between thousands: 3,000,000. A comma elsewhere stays, and is refused."""
    text = text.strip().replace("−", "-")
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else text


def whole_slider(
    name: str,
    label: str,
    group: str,
    low: int,
    high: int,
    *,
    default: int,
    help: str = "",  # noqa: A002 - the control's own word
    more: bool = False,
    shown_when: Mapping[str, tuple[object, ...]] | None = None,
) -> Slider:
    """A slider of whole numbers whose range is a limit."""
    return Slider(
        name=name,
        label=label,
        group=group,
        low=low,
        high=high,
        minimum=low,
        maximum=high,
        step=1,
        integer=True,
        default=default,
        help=help,
        more=more,
        shown_when=shown_when or {},
    )


@dataclass(frozen=True)
class Option:
    """One thing to choose, and one line on what it is."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of a few words."""

    options: tuple[Option, ...]

    def accept(self, value: object) -> str:
        """Accept one of the options' values."""
        allowed = [option.value for option in self.options]
        if value not in allowed:
            raise ControlError(
                f"{self.name}: {value!r} is not allowed; allowed: {', '.join(allowed)}"
            )
        return str(value)


@dataclass(frozen=True, kw_only=True)
class Toggle(Control):
    """On or off."""

    def accept(self, value: object) -> bool:
        """Accept true and false, also as the words a link or a page would hold."""
        words = {"true": True, "on": True, "1": True, "false": False, "off": False, "0": False}
        if isinstance(value, bool):
            return value
        if str(value).lower() not in words:
            raise ControlError(f"{self.name} must be on or off; got {value!r}")
        return words[str(value).lower()]


@dataclass(frozen=True, kw_only=True)
class Text(Control):
    """Some text, in a field of so many lines. The lab says what may stand in it.

    It may hold line ends whatever `lines` is: that is how much of it is seen at once.
    """

    longest: int = 400
    lines: int = 1

    def accept(self, value: object) -> str:
        """Accept any text up to the longest length."""
        text = str(value)
        if len(text) > self.longest:
            raise ControlError(
                f"{self.name} must be at most {self.longest} characters; got {len(text)}"
            )
        return text


@dataclass(frozen=True, kw_only=True)
class Document(Control):
    """A text or a file of the reader's: pasted, typed, dropped or chosen.

    Its content comes as bytes, through `lab.kit.registry.upload`. Its value is a short name of what
    was taken, which the lab sets; "" for nothing. No link can bring it, so `changed` in a snapshot
    never names it. Without `typed` it is a file or nothing.
    """

    default: str = ""
    longest: int = 10_000_000  # bytes
    typed: bool = True
    endings: tuple[str, ...] = ()  # of file names, as ".txt", that a dialog offers first

    def accept(self, value: object) -> str:
        """Accept "" alone: no link and no field can bring a document."""
        if value != "":
            raise ControlError(f"{self.name} is taken by paste, drop or file only; got {value!r}")
        return ""

    def check_size(self, size: int) -> None:
        """Refuse more bytes than this control takes, with a ControlError."""
        if size > self.longest:
            raise ControlError(
                f"{self.name} must be at most {self.longest:,} bytes long; got {size:,}"
            )


@dataclass(frozen=True, kw_only=True)
class Numbers(Text):
    """Numbers typed in, separated by commas, semicolons or white space."""

    fewest: int
    most: int

    def accept(self, value: object) -> str:
        """Accept the text if every piece of it is a finite number and there are enough of them."""
        text = super().accept(value)
        try:
            count = len(parse_numbers(text))
        except ValueError as error:
            raise ControlError(f"{self.name}: {error}") from None
        if not self.fewest <= count <= self.most:
            raise ControlError(
                f"{self.name} must hold {self.fewest} to {self.most} numbers; got {count}"
            )
        return text


def parse_numbers(text: str) -> list[float]:
    """Read numbers from a line; raise ValueError naming the first piece that is not one."""
    numbers = []
    for piece in text.replace(",", " ").replace(";", " ").replace("−", "-").split():
        try:
            value = float(piece)
        except ValueError:
            raise ValueError(f"“{piece}” is not a number; write for example 1, 2.5, -3") from None
        if not abs(value) <= 1e9:
            raise ValueError(f"“{piece}” must be between -1e9 and 1e9")
        numbers.append(value)
    return numbers
