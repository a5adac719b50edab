"""Where a run is, in a fixed number of short facts, so that nothing moves while they change."""

from typing import Any

from lab.kit.words import number
from lab.text_trainer.course import Course
from lab.text_trainer.estimate import SLOW_STEP, Estimate, duration, megabytes

NONE = "–"


def status(state: str, course: Course | None, guess: Estimate | None) -> list[dict[str, str]]:
    """Facts for the page; `guess` is what is left to do, as estimated."""
    facts = {
        "State": state,
        "Train": _last(course),
        "Held out": _bits(course.bits if course else None),
        "Read": f"{course.characters:,}" if course else NONE,
        "Passes": number(course.characters / len(course.run.text.learned)) if course else NONE,
        "Time left": time_left(course, guess),
        "Speed": f"{number(course.speed)}/s" if course and course.speed else NONE,
        "Weights": f"{guess.weights:,}" if guess else NONE,
        "Memory": megabytes(guess.bytes) if guess else NONE,
    }
    return [{"name": name, "value": value} for name, value in facts.items()]


def readout(course: Course | None, guess: Estimate | None) -> list[list[dict[str, Any]]]:
    """The clock of the run, in a line below the chart."""
    if course is None or guess is None:
        return []
    left = time_left(course, guess)
    words = [f"{course.characters:,} of {course.to_read:,} characters read"]
    if course.speed:
        words.append(f"{number(course.speed)} a second")
    if left != NONE:
        words.append(f"{left} to go")
    lines = [", ".join(words)]
    if guess.step_seconds > SLOW_STEP:
        lines.append(
            f"One step takes about {number(guess.step_seconds)} seconds, and no button answers "
            "within a step"
        )
    return [[{"text": f"{line}."}] for line in lines]


def time_left(course: Course | None, guess: Estimate | None) -> str:
    """By the speed lately; before there is one, as estimated."""
    if guess is None or (course and course.characters >= course.to_read):
        return NONE
    if course and course.speed:
        return duration((course.to_read - course.characters) / course.speed)
    return f"about {duration(guess.seconds)}"


def _last(course: Course | None) -> str:
    bits = course.train.columns()[1].tolist() if course else []
    return _bits(bits[-1]) if bits else NONE


def _bits(bits: float | None) -> str:
    return NONE if bits is None else f"{number(bits)} bits"
