"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

SLIPS = [
    Slip("not fed back", {"step(index, h)": "step(first, h)"}, "What was drawn must be read"),
    Slip("memory lost", {"scores, h = step": "scores, _ = step"}, "forgets all it wrote"),
    Slip("likeliest", {"int(rng.choice(len(p), p=p))": "int(p.argmax())"}, "Draw by chance"),
    Slip("all alike", {"len(p), p=p": "len(p)"}, "drew others than the scores say"),
    Slip(
        "multiplied",
        {"scores / temperature": "scores * temperature"},
        "as if the scores were multiplied",
    ),
    Slip(
        "no temperature", {"scores / temperature": "scores"}, "as if the temperature were not used"
    ),
    Slip("the first too", {"written = []": "written = [first]"}, "leave it out"),
    Slip("step twice", {"        p = ": "        step(index, h)\n        p = "}, "Once for each"),
]
