"""What is true: the answers to the book's *predict, then reveal* questions, read off the labs.

Each takes the lab in the very state that the question's link shows, and returns a number or the key
of a choice. So an answer on a page is what a reader will see there, and changes with the engine.
"""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from lab.kit.registry import Lab

Answer = float | str
_TURNED = 1e-6  # relative: closer than this, two gradients are one
_GROWN, _FADED = 10.0, 0.1


def answers_moved(lab: Lab) -> float:
    """At how many steps the window's answer depends on the moved value."""
    columns = _columns(lab, "histories")
    return float(np.count_nonzero(np.abs(columns["window 1"] - columns["window 2"]) > 1e-9))


def left_of_a_one(lab: Lab) -> float:
    """What of the first hidden state is in the last, in percent."""
    hidden = _figure(lab, "network")["hidden"]
    return float(100 * hidden[-1] / hidden[0])


def numbers_to_learn(lab: Lab) -> float:
    """How many parameters the network has."""
    return _number(_fact(lab, "Parameters"))


def gradients_untouched(lab: Lab) -> str:
    """Which gradients a cut leaves as they are: `none`, `output`, `all`, or their names."""
    table = _figure(lab, "gradients")["tables"][0]
    columns = dict(zip(table["columns"], table["data"], strict=True))
    cut, full = columns["cut"], columns["in full"]
    same = [
        name
        for name, a, b in zip(table["rows"], cut, full, strict=True)
        if abs(a - b) <= _TURNED * abs(b)
    ]
    known = {(): "none", ("w_y", "b_y"): "output", tuple(table["rows"]): "all"}
    return known.get(tuple(same), ", ".join(same))


def gradient_of_a_stretch(lab: Lab) -> str:
    """What became of the gradient at the first step."""
    return _fate(_figure(lab, "survival")["series"][0]["values"][0])


def gradient_of_large_weights(lab: Lab) -> str:
    """What became of the gradient at the first step, with the first weights drawn large."""
    return _fate(_figure(lab, "sizes")["series"][1]["values"][0])


def right_after_forgetting(lab: Lab) -> float:
    """The share of new questions answered rightly, in percent."""
    return _number(_fact(lab, "400 new questions"))


def likeliest_letter(lab: Lab) -> float:
    """The probability of the likeliest character at this place, in percent."""
    return float(100 * max(row["probability"] for row in _figure(lab, "choices")["rows"]))


def bits_before_learning(lab: Lab) -> float:
    """The loss on held-out text before the first update, in bits per character."""
    return _number(_fact(lab, "Held out"))


def year_written(lab: Lab) -> str:
    """The year it writes for a date that gives two figures of it."""
    return "".join(_figure(lab, "alignment")["rows"][:4])


def sure_since(lab: Lab) -> float:
    """From which character on it never doubted again."""
    found = re.search(r"sure since character (\d+)", _figure(lab, "text")["summary"])
    if not found:
        raise ValueError("the summary no longer says since when the network is sure")
    return float(found[1])


ANSWERS: dict[str, Callable[[Lab], Answer]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        answers_moved,
        left_of_a_one,
        numbers_to_learn,
        gradients_untouched,
        gradient_of_a_stretch,
        gradient_of_large_weights,
        right_after_forgetting,
        likeliest_letter,
        bits_before_learning,
        year_written,
        sure_since,
    )
}


def _figure(lab: Lab, name: str) -> dict[str, Any]:
    figure: dict[str, Any] = lab.snapshot([name])["figures"][name]
    return figure


def _columns(lab: Lab, figure: str) -> dict[str, Any]:
    table = _figure(lab, figure)["tables"][0]
    return dict(zip(table["columns"], table["data"], strict=True))


def _fact(lab: Lab, name: str) -> str:
    facts = {fact["name"]: fact["value"] for fact in lab.snapshot(())["status"]}
    return str(facts[name])


def _number(words: str) -> float:
    return float(words.split()[0].replace(",", "").replace("−", "-"))


def _fate(left: float) -> str:
    if left > _GROWN:
        return "grows"
    return "fades" if left < _FADED else "stays"
