"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

SLIPS = [
    Slip("not divided", {" / grown.sum()": ""}, "The largest is 1"),
    Slip("temperature unused", {"scores / temperature": "scores"}, "temperature were not used"),
    Slip("multiplied", {"scores / temperature": "scores * temperature"}, "hot means flatter"),
    Slip(
        "afterwards",
        {"scores / temperature": "scores", "grown.sum()": "grown.sum() / temperature"},
        "after the softmax",
    ),
    Slip("no largest score", {" - s.max()": ""}, "Subtract the largest score first"),
    Slip("the powers", {" - s.max()": "", " / grown.sum()": ""}, "These are the powers alone"),
    Slip("no powers", {"np.exp(s - s.max())": "s"}, "without raising e to them"),
]
