"""What exercises are made with: running a reader's text, judging what it returns, reporting."""

from lab.exercises.kit.exercise import Check, Exercise
from lab.exercises.kit.judging import array, by_name, number, parts, same, same_by_name
from lab.exercises.kit.reader import Answer, Wrong

__all__ = [
    "Answer",
    "Check",
    "Exercise",
    "Wrong",
    "array",
    "by_name",
    "number",
    "parts",
    "same",
    "same_by_name",
]
