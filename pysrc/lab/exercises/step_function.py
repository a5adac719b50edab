"""The smallest network's step: one number goes in, one is remembered, one comes out."""

from lab.exercises.kit import Answer, Check, Exercise, number, parts, same
from rnn.activations import ACTIVATIONS
from rnn.one_unit import Weights, forward

STORY = """
A recurrent network is one function, called once per element of a sequence. Write it, for one unit
with tanh:

$$
\\begin{aligned}
h_t &= \\tanh(w_x x_t + w_h h_{t-1} + b_h) \\\\
y_t &= w_y h_t + b_y
\\end{aligned}
$$

`step` gets the input and the old memory, and returns the new memory and the prediction. All are
plain numbers.
"""

STARTER = '''\
import math


def step(x_t, h_before, w_x, w_h, w_y, b_h, b_y):
    """Return the new memory h_t and the prediction y_t."""
    h_t = ...
    y_t = ...
    return h_t, y_t
'''

SOLUTION = STARTER.replace(
    "h_t = ...\n    y_t = ...",
    "h_t = math.tanh(w_x * x_t + w_h * h_before + b_h)\n    y_t = w_y * h_t + b_y",
)

HINTS = (
    "Begin with the sum inside the tanh: three terms, two of them products.",
    "`math.tanh` bends one number. The second line uses the *new* memory, the first line the old one.",
    "`h_t = math.tanh(w_x * x_t + w_h * h_before + b_h)`",
)

WEIGHTS = Weights(w_x=0.8, w_h=-0.6, w_y=1.5, b_h=0.2, b_y=-0.4)
TANH = ACTIVATIONS["tanh"]


def _one_step(answer: Answer) -> None:
    _ask(answer, 0.5, 0.7)


def _memory(answer: Answer) -> None:
    _ask(answer, 0.0, -0.9)


def _sequence(answer: Answer) -> None:
    inputs, h_t = [0.3, -1.0, 0.8, 0.1], 0.0
    for x_t in inputs:
        h_t = _ask(answer, x_t, h_t)
    same("h_t", h_t, forward(WEIGHTS, inputs, TANH).hidden[-1])


def _ask(answer: Answer, x_t: float, h_before: float) -> float:
    w_x, w_h, w_y, b_h, b_y = WEIGHTS
    given_h, given_y = parts(answer(x_t, h_before, *WEIGHTS), ("h_t", "y_t"), answer.name)
    got_h, got_y = number(given_h, "h_t"), number(given_y, "y_t")
    trace = forward(WEIGHTS, [x_t], TANH, h_before)
    h_t, y_t = trace.hidden[0], trace.outputs[0]
    total = w_x * x_t + w_h * h_before + b_h
    same("h_t", got_h, h_t, {
        "It looks like the sum itself: the tanh around it is missing.": total,
        "It looks like y_t: the two are returned in the other order. Memory first.": y_t,
        "It looks as if the bias b_h were missing from the sum.": TANH.forward(total - b_h),
        "It looks as if b_h were added outside the tanh; it belongs into the sum.":
            TANH.forward(total - b_h) + b_h,
        "It looks as if the two weights had changed places: w_x goes with x_t, w_h with the memory.":
            TANH.forward(w_h * x_t + w_x * h_before + b_h),
        "It looks as if the old memory were not used: that is what w_h h_{t-1} is for.":
            TANH.forward(w_x * x_t + b_h),
    })  # fmt: skip
    same("y_t", got_y, y_t, {
        "It looks as if the prediction were read from the old memory; it reads the new one, h_t.":
            w_y * h_before + b_y,
        "It looks as if the prediction were bent by tanh; the output layer is a plain line.":
            TANH.forward(y_t),
        "It looks as if the bias b_y were missing.": y_t - b_y,
        "It looks as if the wrong bias were added: the output's is b_y.": y_t - b_y + b_h,
    })  # fmt: skip
    return got_h


EXERCISE = Exercise(
    name="step-function",
    title="The step function",
    function="step",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("One step from a memory of 0.7", _one_step),
        Check("One step that hears nothing: only the memory speaks", _memory),
        Check("Four steps, each with the memory of the one before", _sequence),
    ),
)
