"""Where a run is, in a fixed number of facts, so that nothing moves while they change."""

from lab.kit.words import number
from lab.text_trainer.course import Course
from lab.text_trainer.estimate import SLOW_STEP, Estimate, duration, megabytes

NONE = "–"


def status(state: str, course: Course | None, guess: Estimate | None) -> list[dict[str, str]]:
    """Facts for the page; `guess` is what is left to do, as estimated."""
    read = train = held_out = speed = left = size = NONE
    if guess is not None:
        size = f"{guess.weights:,} weights, {megabytes(guess.bytes)}"
        left = f"about {duration(guess.seconds)}"
    if course is not None:
        read = f"{course.characters:,} of {course.to_read:,}"
        if course.characters:
            read += f", {number(course.characters / len(course.run.text.learned))} passes"
        train, held_out = _last(course), _bits(course.bits)
        if course.speed:
            speed = f"{number(course.speed)} characters/s"
            left = duration((course.to_read - course.characters) / course.speed)
        if course.characters >= course.to_read:
            left = NONE
    facts = [
        ("State", state),
        ("Read", read),
        ("Train", train),
        ("Held out", held_out),
        ("Speed", speed),
        ("Time left", left),
        ("Size", size),
    ]
    if guess is not None and guess.step_seconds > SLOW_STEP:
        facts.append(("One step", f"about {number(guess.step_seconds)} s, and buttons wait for it"))
    return [{"name": name, "value": value} for name, value in facts]


def _last(course: Course) -> str:
    _, bits = course.train.columns()
    return _bits(float(bits[-1])) if len(bits) else NONE


def _bits(bits: float | None) -> str:
    return NONE if bits is None else f"{number(bits)} bits"
