"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

RETURN = "gradient * factor for"
OWN = "np.sqrt((gradient**2).sum())"
SLIPS = [
    Slip(
        "one by one",
        {RETURN: f"gradient * min(1, limit / {OWN}) for"},
        "shortened by its own length",
    ),
    Slip("one by one, always", {RETURN: f"gradient * limit / {OWN} for"}, "brought to the limit"),
    Slip("always", {" if norm > limit else 1.0": ""}, "It was short enough already"),
    Slip("upside down", {"limit / norm": "norm / limit"}, "upside down"),
    Slip("no root", {"np.sqrt(": "("}, "the root were missing"),
    Slip("by value", {RETURN: "np.clip(gradient, -limit, limit) for"}, "This is clipping by value"),
    Slip(
        "lengths added",
        {"np.sqrt(sum((gradient**2).sum() for": f"(sum({OWN} for"},
        "as if the lengths of the arrays were added",
    ),
    Slip(
        "a list",
        {"{name: gradient": "[gradient", "items()}": "items()]"},
        "must return a dictionary",
    ),
]
