"""A number opened: what it is, and its formula with the numbers put in."""

from typing import Any

from lab.bptt_walkthrough.sheet import EPSILON, Sheet
from lab.kit.words import number
from rnn.walk import Key

Parts = list[dict[str, Any]]

_SYMBOLS = {
    "share": "ℓ",
    "loss": "L",
    "d_y": "∂L/∂y",
    "d_h": "∂L/∂h",
    "d_a": "∂L/∂a",
    "slope": "f′",
    "d_w_x": "∂L/∂w_x",
    "d_w_h": "∂L/∂w_h",
    "d_w_y": "∂L/∂w_y",
    "d_b_h": "∂L/∂b_h",
    "d_b_y": "∂L/∂b_y",
}
_RESULTS = {"new_": "new ", "full_": "full ∂L/∂", "numeric_": "nudged ∂L/∂"}
_FACTORS = {
    "add_w_x": ("the error signal times the input", "d_a", "x", 0),
    "add_w_h": ("the error signal times the memory before", "d_a", "h", -1),
    "add_b_h": ("the error signal itself", "d_a", "", 0),
    "add_w_y": ("the output’s derivative times the memory", "d_y", "h", 0),
    "add_b_y": ("the output’s derivative itself", "d_y", "", 0),
}
_WEIGHTS = {
    "w_x": "input weight",
    "w_h": "hidden weight",
    "w_y": "output weight",
    "b_h": "hidden bias",
    "b_y": "output bias",
}
_ACTIVATIONS = {"relu": "ReLU", "sigmoid": "σ", "tanh": "tanh", "linear": ""}


def symbol(key: Key) -> str:
    """How a number is called in type: h_3, ∂L/∂w_x; in words where it has no letter."""
    kind, step = key
    if kind == "above":
        return "from the output"
    if kind == "later":
        return f"from step {step + 1}"
    if kind.startswith("add_"):
        return f"step {step}"
    if kind.startswith("error_"):
        return "relative error"
    for result, words in _RESULTS.items():
        if kind.startswith(result):
            return words + kind.removeprefix(result)
    base = _SYMBOLS.get(kind, kind)
    return f"{base}_{step}" if step or kind == "h" else base


def spoken(sheet: Sheet, key: Key) -> str:
    """A number in one sentence, for those who listen."""
    value = number(sheet.value(key))
    if key.kind.startswith("add_"):
        return f"Step {key.step} adds {value} to ∂L/∂{key.kind.removeprefix('add_')}."
    if key.kind in ("above", "later"):
        return f"What comes {symbol(key)} to step {key.step} is {value}."
    return f"{symbol(key)} is {value}."


def opened(sheet: Sheet, key: Key) -> tuple[str, Parts]:
    """One sentence on a number, and its formula as parts a view sets in type."""
    if key in sheet.paper.given:
        return _given(sheet, key)
    writer = _Writer(sheet, key)
    kind, _, weight = key.kind.partition("_")
    made = {
        "a": writer.sum,
        "h": writer.memory,
        "y": writer.prediction,
        "share": writer.share,
        "loss": writer.loss,
        "above": writer.above,
        "later": writer.later,
        "slope": writer.slope,
        "add": writer.added,
        "new": writer.updated,
        "full": writer.full,
        "numeric": writer.numeric,
        "error": writer.error,
    }
    if kind == "d":
        at = {"y": writer.d_y, "h": writer.d_h, "a": writer.d_a}.get(weight, writer.gradient)
        return at()
    return made[kind]()


def _given(sheet: Sheet, key: Key) -> tuple[str, Parts]:
    if key.kind in _WEIGHTS:
        words = f"Given: the {_WEIGHTS[key.kind]}, the same at every step."
    elif key == Key("h", 0):
        words = "Given: before the first step the memory is empty."
    else:
        words = f"Given: the {'input' if key.kind == 'x' else 'target'} of step {key.step}."
    return words, [
        {"symbol": symbol(key)},
        {"text": " = "},
        {"number": number(sheet.value(key)), "result": True},
    ]


class _Writer:
    """Writes the formula of one computed number."""

    def __init__(self, sheet: Sheet, key: Key) -> None:
        self.sheet, self.key, self.t = sheet, key, key.step
        self.weight = key.kind.partition("_")[2]  # where the kind names one

    def put(self, kind: str, step: int = 0) -> dict[str, Any]:
        key = Key(kind, step)
        return self.plain(number(self.sheet.value(key)), symbol(key))

    def plain(self, text: str, name: str = "") -> dict[str, Any]:
        return {"number": text.replace("-", "−"), "name": name, "term": True}

    def line(self, words: str, *parts: dict[str, Any] | str) -> tuple[str, Parts]:
        """The number's own symbol, an equals sign, the parts, another, and the result."""
        body = [{"text": part} if isinstance(part, str) else part for part in parts]
        result = {"number": number(self.sheet.value(self.key)), "result": True}
        called = "share" if self.key.kind.startswith("add_") else symbol(self.key)
        head = [{"symbol": called}, {"text": " = "}]
        return words, [*head, *body, *([{"text": " = "}] if body else []), result]

    def at(self, words: str) -> str:
        forward = self.sheet.phase(self.key)[0] == "forward"
        return f"Step {self.t}, {'forward' if forward else 'backward'}: {words}"

    # Forward

    def sum(self) -> tuple[str, Parts]:
        put, t = self.put, self.t
        return self.line(
            self.at("input, old memory and bias, weighted and added up."),
            *(put("w_x"), " · ", put("x", t), " + ", put("w_h"), " · ", put("h", t - 1)),
            *(" + ", put("b_h")),
        )

    def memory(self) -> tuple[str, Parts]:
        name = self.sheet.activation.name
        words = "the new memory, bent by " + (_ACTIVATIONS[name] or "nothing: the unit is linear")
        if not _ACTIVATIONS[name]:
            return self.line(self.at(f"{words}."), self.put("a", self.t))
        return self.line(
            self.at(f"{words}."), f"{_ACTIVATIONS[name]}(", _alone(self.put("a", self.t)), ")"
        )

    def prediction(self) -> tuple[str, Parts]:
        put = self.put
        return self.line(
            self.at("the prediction, read off the memory."),
            *(put("w_y"), " · ", put("h", self.t), " + ", put("b_y")),
        )

    def share(self) -> tuple[str, Parts]:
        asked = self.sheet.asked
        of = f", divided by the {asked} steps that count" if asked > 1 else ""
        return self.line(
            self.at(f"its share of the loss, the squared mistake{of}."),
            *("(", _alone(self.put("y", self.t)), " − ", self.put("target", self.t), ")²"),
            *([f" / {asked}"] if asked > 1 else []),
        )

    def loss(self) -> tuple[str, Parts]:
        return self.line("The loss: the shares of all steps.", *self._added_up())

    # Backward

    def d_y(self) -> tuple[str, Parts]:
        if Key("target", self.t) not in self.sheet.paper.given:
            return self.line(self.at("no target here, so nothing is asked of this prediction."))
        asked = self.sheet.asked
        return self.line(
            self.at("how the loss changes with the prediction."),
            "2 · (" if asked == 1 else f"2/{asked} · (",
            _alone(self.put("y", self.t)),
            " − ",
            self.put("target", self.t),
            ")",
        )

    def above(self) -> tuple[str, Parts]:
        return self.line(
            self.at("what the prediction asks of the memory."),
            *(self.put("w_y"), " · ", self.put("d_y", self.t)),
        )

    def later(self) -> tuple[str, Parts]:
        t = self.t
        if t == self.sheet.steps:
            return self.line("The last step: no later step asks anything of this memory.")
        if self.sheet.paper.computed[self.key].made_of:
            return self.line(
                self.at(f"what step {t + 1} and all after it ask of this memory."),
                *(self.put("w_h"), " · ", self.put("d_a", t + 1)),
            )
        lost = self.sheet.weights.w_h * self.sheet.value(Key("d_a", t + 1))
        without = f"{number(lost)} would" if lost else "there would be nothing to pass"
        return self.line(f"Cut: from step {t + 1} nothing passes. Without the cut, {without}.")

    def d_h(self) -> tuple[str, Parts]:
        return self.line(
            self.at("how the loss changes with the memory, by all ways at once."),
            *(self.put("above", self.t), " + ", self.put("later", self.t)),
        )

    def slope(self) -> tuple[str, Parts]:
        words = self.at("the local derivative: how far the memory moves when the sum does.")
        h = self.put("h", self.t)
        name = self.sheet.activation.name
        if name == "tanh":
            return self.line(words, "1 − ", h, "²")
        if name == "sigmoid":
            return self.line(words, h, " · (1 − ", self.put("h", self.t), ")")
        if name == "linear":
            return self.line(words)
        return self.line(words, h, " is above 0: 1" if self._is_on() else " is not above 0: 0")

    def _is_on(self) -> bool:
        return self.sheet.value(Key("h", self.t)) > 0.0

    def d_a(self) -> tuple[str, Parts]:
        return self.line(
            self.at("the error signal, which goes on to the step before."),
            *(self.put("d_h", self.t), " · ", self.put("slope", self.t)),
        )

    def added(self) -> tuple[str, Parts]:
        words, error, other, back = _FACTORS[self.key.kind]
        second: list[dict[str, Any] | str] = []
        if other:
            second = [" · ", self.put(other, self.t + back)]
        told = f"Step {self.t} adds to ∂L/∂{self.weight}: {words}."
        return self.line(told, self.put(error, self.t), *second)

    def gradient(self) -> tuple[str, Parts]:
        words = f"The gradient of {self.weight}: one share for each step at which it was used."
        return self.line(words, *self._added_up())

    def _added_up(self) -> list[dict[str, Any] | str]:
        parts: list[dict[str, Any] | str] = []
        for key in self.sheet.paper.computed[self.key].made_of:
            parts += [" + ", self.put(*key)]
        return parts[1:] if len(parts) > 2 else []

    # What is done with the gradients

    def full(self) -> tuple[str, Parts]:
        return self.line(f"The gradient of {self.weight} with nothing cut.")

    def numeric(self) -> tuple[str, Parts]:
        check = self.sheet.checks[self.weight]
        return self.line(
            f"Nudge {self.weight} by 10⁻⁵ up and down; how much does the loss change?",
            *("(", self.plain(f"{check.above:.12g}", "L, up"), " − "),
            *(self.plain(f"{check.below:.12g}", "L, down"), f") / {2 * EPSILON:.5f}"),
        )

    def error(self) -> tuple[str, Parts]:
        analytic, numeric = (
            self.sheet.value(Key(f"{kind}_{self.weight}")) for kind in ("d", "numeric")
        )
        return self.line(
            "How far the two differ, measured against the larger of them.",
            *("|", _alone(self.plain(f"{analytic:.12g}", f"∂L/∂{self.weight}")), " − "),
            *(self.plain(f"{numeric:.12g}", "nudged"), "| / the larger"),
        )

    def updated(self) -> tuple[str, Parts]:
        rate = self.plain(number(self.sheet.learning_rate), "learning rate")
        return self.line(
            "Gradient descent: a step against the gradient.",
            *(self.put(self.weight), " − ", rate, " · ", self.put(f"d_{self.weight}")),
        )


def _alone(part: dict[str, Any]) -> dict[str, Any]:
    """A number that stands beside no operator needs no parentheses."""
    return {name: value for name, value in part.items() if name != "term"}
