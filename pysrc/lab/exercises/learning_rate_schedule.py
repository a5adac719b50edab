"""A schedule answers one question: how large is the learning rate at step k?"""

from lab.exercises.kit import Answer, Check, Exercise, number, same
from rnn.schedules import make_schedule

STORY = """
Write a schedule that most of today's training runs would recognise: a **warm-up** in equal
strides, then an **exponential decay** that counts from where the warm-up ended. Steps $k$ are
counted from 0; $w$ is `warm_up`.

$$
\\text{rate}(k) = \\begin{cases}
\\text{base} \\cdot \\dfrac{k + 1}{w + 1} & k < w \\\\[2ex]
\\text{base} \\cdot \\text{decay}^{(k - w) / \\text{steps}} & k \\ge w
\\end{cases}
$$

So the rate is never 0, and reaches `base` exactly at step $w$. Every `steps` steps after that, it
is multiplied by `decay`.
"""

STARTER = '''\
def learning_rate(k, base, decay, steps, warm_up):
    """Return the learning rate at step k, counted from 0."""
    if k < warm_up:
        return ...
    return ...
'''

SOLUTION = STARTER.replace(
    "        return ...\n    return ...\n",
    "        return base * (k + 1) / (warm_up + 1)\n"
    "    return base * decay ** ((k - warm_up) / steps)\n",
)

HINTS = (
    "`**` raises to a power. The power may be any number, not only a whole one.",
    "Look at step `warm_up`: the decay must not have begun, so its power is 0.",
    "`base * decay ** ((k - warm_up) / steps)`",
)

BASE, DECAY, STEPS = 0.4, 0.5, 10


def _decay(answer: Answer) -> None:
    for k in (0, 10, 5, 23):
        _ask(answer, k, 0)


def _warm_up(answer: Answer) -> None:
    for k in (0, 1, 3):
        _ask(answer, k, 4)


def _after(answer: Answer) -> None:
    for k in (4, 9, 37):
        _ask(answer, k, 4)


def _ask(answer: Answer, k: int, warm_up: int) -> None:
    got = number(answer(k, BASE, DECAY, STEPS, warm_up), f"learning_rate({k}, ...)")
    schedule = make_schedule("exponential", BASE, warm_up, decay=DECAY, steps=STEPS)
    after = k - warm_up
    if k < warm_up:
        slips = {
            "The warm-up begins at 0, so the first update does nothing: count from k + 1.":
                BASE * k / warm_up,
            "It reaches the base one step too early: there are warm_up + 1 strides up to step warm_up.":
                BASE * (k + 1) / warm_up,
            "It begins at 0: take k + 1, and warm_up + 1 below.": BASE * k / (warm_up + 1),
            "The warm-up is missing: there the rate is already the base.": BASE,
            "During the warm-up the decay is at work already.": BASE * DECAY ** (k / STEPS),
        }  # fmt: skip
    else:
        slips = {
            "The decay counts from step 0. It counts from the end of the warm-up: k − warm_up.":
                BASE * DECAY ** (k / STEPS),
            "It goes down in stairs: `//` throws the remainder away. Use `/`.":
                BASE * DECAY ** (after // STEPS),
            "`steps` is missing from the power: every single step multiplies by decay.":
                BASE * DECAY**after,
            "The whole rate is divided by `steps`: `**` comes before `/`, so put all of the power in "
            "brackets.": BASE * DECAY**after / STEPS,
            "It looks as if the rate were multiplied by decay times k / steps. Decay is *raised* to "
            "that power.": BASE * DECAY * after / STEPS,
            "It falls in a straight line. Equal times, equal *factors*: raise decay to the power.":
                BASE * (1.0 - (1.0 - DECAY) * after / STEPS),
            "It rises: the power has the wrong sign.": BASE * DECAY ** (-after / STEPS),
            "The base itself is raised to the power; only decay is.": (BASE * DECAY) ** (after / STEPS),
            "The rate never falls: the decay is missing.": BASE,
        }  # fmt: skip
    same(f"learning_rate({k}, ...)", got, schedule(k), slips)


EXERCISE = Exercise(
    name="learning-rate-schedule",
    title="A learning-rate schedule",
    function="learning_rate",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("The decay alone, without a warm-up", _decay),
        Check("Four steps of warm-up", _warm_up),
        Check("The decay after a warm-up", _after),
    ),
)
